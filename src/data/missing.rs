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
    /// Make a missing text a category of its own, `?`, and leave out rows that miss a number.
    Category,
}

/// Name of the category that stands for a missing text.
const UNKNOWN: &str = "?";

impl Table {
    /// Does what can be done about missing values before it is known which rows train; returns
    /// remarks. What is to be imputed stays missing.
    pub fn settle_missing(&mut self, missing: Missing) -> Vec<String> {
        let named = match missing {
            Missing::Category => self.name_missing(),
            Missing::Drop => None,
            Missing::Impute => return Vec::new(),
        };
        named.into_iter().chain(self.drop_missing()).collect()
    }

    /// Makes every missing text the category `?`; returns a remark if there are any.
    pub fn name_missing(&mut self) -> Option<String> {
        let named: usize = self.columns.iter_mut().map(name_gaps).sum();
        (named > 0).then(|| format!("{named} missing texts became the category `{UNKNOWN}`"))
    }

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

/// Makes the gaps of a text column the category `?`; returns how many there were.
fn name_gaps(column: &mut Column) -> usize {
    let Values::Categories { names, codes } = &mut column.values else {
        return 0;
    };
    let gaps = codes.iter().filter(|code| code.is_none()).count();
    if gaps == 0 {
        return 0;
    }
    let place = names.partition_point(|name| name.as_str() < UNKNOWN);
    names.insert(place, UNKNOWN.into());
    for code in codes {
        *code = Some(code.map_or(place, |code| code + usize::from(code >= place)));
    }
    gaps
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
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut present: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    if present.is_empty() {
        return 0.0;
    }
    let middle = (present.len() - 1) / 2;
    *present.select_nth_unstable_by(middle, f64::total_cmp).1
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
    fn missing_texts_become_a_category_and_missing_numbers_leave() {
        let mut table = table();
        let notes = table.settle_missing(Missing::Category);
        assert!(notes[0].starts_with("1 missing texts"), "{notes:?}");
        assert!(notes[1].starts_with("1 of 4 rows"), "{notes:?}");
        assert_eq!(table.rows, [0, 2, 3]);
        let Values::Categories { names, codes } = &table.columns[1].values else {
            panic!("not text")
        };
        assert_eq!(names, &["?", "x", "y"]);
        assert_eq!(codes, &[Some(1), Some(0), Some(2)]);
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
