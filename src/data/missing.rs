//! Missing values: leave the rows out, or fill the gaps.

use serde::{Deserialize, Serialize};

use super::table::{Column, Table, Values};

/// What to do about missing values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// Leave out every row that misses a value.
    #[default]
    Drop,
    /// Fill in the training rows' median, or their most frequent category.
    Impute,
}

impl Table {
    /// Leaves out every row that misses a value; returns a remark if there are any.
    pub fn drop_missing(&mut self) -> Option<String> {
        let missing = |&row: &usize| self.columns.iter().any(|column| column.is_missing(row));
        let (without, complete): (Vec<usize>, Vec<usize>) = (0..self.len()).partition(missing);
        if without.is_empty() {
            return None;
        }
        let note = format!(
            "{} of {} rows were left out because a value is missing",
            without.len(),
            self.len()
        );
        *self = self.select(&complete);
        Some(note)
    }

    /// Fills every missing value from the `train` rows; returns a remark if there are any.
    ///
    /// A column without any value in those rows becomes 0, or its first category.
    pub fn impute(&mut self, train: &[usize]) -> Option<String> {
        let filled: usize = self.columns.iter_mut().map(|c| fill(c, train)).sum();
        (filled > 0).then(|| {
            format!("{filled} missing values were filled with the column's median or most frequent category")
        })
    }
}

/// Fills the gaps of a column; returns how many there were.
fn fill(column: &mut Column, train: &[usize]) -> usize {
    match &mut column.values {
        Values::Numbers(values) => {
            let median = median(train.iter().map(|&row| values[row]));
            let gaps = values.iter_mut().filter(|value| value.is_nan());
            gaps.map(|value| *value = median).count()
        }
        Values::Categories { names, codes } => {
            let mut counts = vec![0_usize; names.len()];
            train
                .iter()
                .filter_map(|&row| codes[row])
                .for_each(|code| counts[code] += 1);
            let max = counts.iter().max().copied().unwrap_or(0);
            let mode = counts.iter().position(|&count| count == max);
            let gaps = codes.iter_mut().filter(|code| code.is_none());
            gaps.map(|code| *code = mode).count()
        }
    }
}

/// The lower median of the values that are there, 0 if there are none.
fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut present: Vec<f32> = values.filter(|value| !value.is_nan()).collect();
    if present.is_empty() {
        return 0.0;
    }
    let middle = (present.len() - 1) / 2;
    *present.select_nth_unstable_by(middle, f32::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            columns: vec![
                Column::numbers("a", vec![1.0, f32::NAN, 3.0, 100.0]),
                Column::text("b", [Some("x"), Some("y"), None, Some("y")].into_iter()),
            ],
            labels: None,
            rows: vec![0, 1, 2, 3],
        }
    }

    #[test]
    fn incomplete_rows_are_left_out() {
        let mut table = table();
        let note = table.drop_missing().unwrap();
        assert!(note.starts_with("2 of 4 rows"), "{note}");
        assert_eq!(table.rows, [0, 3]);
        assert_eq!(table.drop_missing(), None);
    }

    #[test]
    fn gaps_are_filled_from_training_rows_only() {
        let mut table = table();
        let note = table.impute(&[0, 1, 2]).unwrap();
        assert!(note.starts_with("2 missing"), "{note}");
        let Values::Numbers(values) = &table.columns[0].values else {
            panic!("not numeric")
        };
        assert_eq!(values[1], 1.0);
        let Values::Categories { codes, .. } = &table.columns[1].values else {
            panic!("not text")
        };
        assert_eq!(codes[2], Some(0));
    }
}
