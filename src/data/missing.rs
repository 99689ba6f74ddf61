//! Missing values: leave the rows out, or fill the gaps.

use serde::{Deserialize, Serialize};

use super::encode::column_name;
use super::table::{Column, Table, Values};
use super::{Feature, Kind};

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
        let fill = |column: &mut Column| column.fill(column.typical(train));
        let filled: usize = self.columns.iter_mut().map(fill).sum();
        (filled > 0).then(|| {
            format!("{filled} missing values were filled with the column's median or most frequent category")
        })
    }

    /// Fills missing values with what is typical of their columns as `features` have learned it
    /// ([`Feature::typical`]), of those that are imputed or if `all` are to be; returns a remark if there
    /// are any.
    pub fn fill_as_learned(&mut self, features: &[Feature], all: bool) -> Option<String> {
        let mut filled = Vec::new();
        for column in &mut self.columns {
            let own = |feature: &&Feature| {
                (feature.imputed || all) && column_name(feature) == column.name
            };
            let learned = match features.iter().find(|f| is_unknown_of(f, &column.name)) {
                Some(_) => Some(Learned::Category(UNKNOWN)),
                None => features.iter().filter(own).find_map(learned),
            };
            let (typical, shown) = match learned {
                None => continue,
                Some(Learned::Number(number)) => (Typical::Number(number), number.to_string()),
                Some(Learned::Category(name))
                    if (0..column.len()).any(|row| column.is_missing(row)) =>
                {
                    (Typical::Category(column.category(name)), name.to_owned())
                }
                Some(Learned::Category(_)) => continue,
            };
            match column.fill(typical) {
                0 => {}
                count => filled.push(format!("{count} of `{}` with {shown}", column.name)),
            }
        }
        (!filled.is_empty()).then(|| {
            format!(
                "missing values were filled in as the model's training rows have it: {}",
                filled.join(", ")
            )
        })
    }
}

/// Makes the gaps of a text column the category `?`; returns how many there were.
fn name_gaps(column: &mut Column) -> usize {
    if !(0..column.len()).any(|row| column.is_missing(row)) {
        return 0;
    }
    let unknown = column.category(UNKNOWN);
    column.fill(Typical::Category(unknown))
}

/// Whether the feature is the category for missing texts of the column called `name`.
fn is_unknown_of(feature: &Feature, name: &str) -> bool {
    matches!(&feature.kind, Kind::Category { group, category } if group == name && category == UNKNOWN)
}

/// What stands for a missing value.
enum Learned<'a> {
    Number(f64),
    Category(&'a str),
}

fn learned(feature: &Feature) -> Option<Learned<'_>> {
    match &feature.kind {
        Kind::Category { category, .. } => {
            (feature.typical == Some(1.0)).then_some(Learned::Category(category))
        }
        Kind::Numeric | Kind::Pixel => feature.typical.map(Learned::Number),
    }
}

/// What is typical of a column, and stands for its missing values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Typical {
    /// The lower median; 0 if there are no values.
    Number(f64),
    /// Position of the most frequent category, the first of equals; `None` if there are none.
    Category(Option<usize>),
}

impl Column {
    /// What is typical of the `train` rows.
    pub fn typical(&self, train: &[usize]) -> Typical {
        match &self.values {
            Values::Numbers(values) => {
                Typical::Number(median(train.iter().map(|&row| values[row])))
            }
            Values::Categories { names, codes } => {
                let mut counts = vec![0_usize; names.len()];
                train
                    .iter()
                    .filter_map(|&row| codes[row])
                    .for_each(|code| counts[code] += 1);
                let max = counts.iter().max().copied().unwrap_or(0);
                Typical::Category(counts.iter().position(|&count| count == max))
            }
        }
    }

    /// Fills the gaps; returns how many there were.
    fn fill(&mut self, typical: Typical) -> usize {
        match (&mut self.values, typical) {
            (Values::Numbers(values), Typical::Number(number)) => {
                let gaps = values.iter_mut().filter(|value| value.is_nan());
                gaps.map(|value| *value = number).count()
            }
            (Values::Categories { codes, .. }, Typical::Category(mode)) => {
                let gaps = codes.iter_mut().filter(|code| code.is_none());
                gaps.map(|code| *code = mode).count()
            }
            _ => 0,
        }
    }

    /// Position of the category `name` of a text column, which is added if it is not there.
    fn category(&mut self, name: &str) -> Option<usize> {
        let Values::Categories { names, codes } = &mut self.values else {
            return None;
        };
        Some(
            match names.binary_search_by(|known| known.as_str().cmp(name)) {
                Ok(place) => place,
                Err(place) => {
                    names.insert(place, name.into());
                    for code in codes.iter_mut().flatten() {
                        *code += usize::from(*code >= place);
                    }
                    place
                }
            },
        )
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

    #[test]
    fn gaps_are_filled_as_learned() {
        let category = |name: &str, typical| Feature {
            kind: Kind::Category {
                group: "b".into(),
                category: name.into(),
            },
            typical: Some(typical),
            imputed: true,
            ..Feature::numeric(format!("b={name}"))
        };
        let features = [
            Feature {
                typical: Some(7.5),
                imputed: true,
                ..Feature::numeric("a")
            },
            category("other", 1.0),
            category("x", 0.0),
            category("y", 0.0),
        ];
        let mut table = table();
        let note = table.fill_as_learned(&features, false).unwrap();
        assert!(
            note.ends_with("1 of `a` with 7.5, 1 of `b` with other"),
            "{note}"
        );
        let cells = [("a", 1, 7.5), ("a", 2, 3.0)];
        for (name, row, value) in cells {
            let Values::Numbers(values) = &table.column(name).unwrap().values else {
                panic!("not numeric")
            };
            assert_eq!(values[row], value);
        }
        let Values::Categories { names, codes } = &table.columns[1].values else {
            panic!("not text")
        };
        assert_eq!(names, &["other", "x", "y"]);
        assert_eq!(codes, &[Some(1), Some(2), Some(0), Some(2)]);
        assert_eq!(table.fill_as_learned(&features, false), None);
    }
}
