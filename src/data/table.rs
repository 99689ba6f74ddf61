//! A table in file units: typed columns and a label per row, before anything is scaled or encoded.

/// Columns of features and, where known, labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The feature columns, in the order of the file; each holds one value per row.
    pub columns: Vec<Column>,
    /// Classes of the rows, if the table has any.
    pub labels: Option<Labels>,
    /// Row number in the file of every row, counted from 0 below the header.
    pub rows: Vec<usize>,
}

/// A named column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name in the header.
    pub name: String,
    /// One value per row.
    pub values: Values,
}

impl Column {
    /// Whether all rows have the same value.
    pub(super) fn is_constant(&self) -> bool {
        match &self.values {
            Values::Numbers(values) => values.iter().all(|value| Some(value) == values.first()),
            Values::Categories { codes, .. } => {
                codes.iter().all(|code| codes.first() == Some(code))
            }
        }
    }
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Finite numbers with all their digits; NaN where the value is missing.
    Numbers(Vec<f64>),
    /// Text: each row's position in `names`, `None` where the value is missing.
    Categories {
        /// The distinct texts, in ascending order.
        names: Vec<String>,
        /// One position in `names` per row.
        codes: Vec<Option<usize>>,
    },
}

/// The label column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Name in the header.
    pub column: String,
    /// Names of the `k` classes.
    pub classes: Vec<String>,
    /// Class of every row, each `< k`.
    pub y: Vec<usize>,
}

impl Table {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The given rows, in the given order.
    pub fn select(&self, rows: &[usize]) -> Self {
        Self {
            columns: self.columns.iter().map(|c| c.select(rows)).collect(),
            labels: self.labels.as_ref().map(|labels| labels.select(rows)),
            rows: rows.iter().map(|&row| self.rows[row]).collect(),
        }
    }
}

impl Column {
    /// A column of numbers.
    pub fn numbers<T: Into<f64>>(name: impl Into<String>, values: Vec<T>) -> Self {
        Self {
            name: name.into(),
            values: Values::Numbers(values.into_iter().map(Into::into).collect()),
        }
    }

    /// A column of text; categories in ascending order, `None` where a value is missing.
    pub fn text<'a>(
        name: impl Into<String>,
        values: impl Iterator<Item = Option<&'a str>> + Clone,
    ) -> Self {
        let mut names: Vec<&str> = values.clone().flatten().collect();
        names.sort_unstable();
        names.dedup();
        let codes = values
            .map(|value| value.and_then(|text| names.binary_search(&text).ok()))
            .collect();
        Self {
            name: name.into(),
            values: Values::Categories {
                names: names.into_iter().map(String::from).collect(),
                codes,
            },
        }
    }

    /// The number in `row`; `None` if it is missing, or the column holds text.
    pub fn number(&self, row: usize) -> Option<f64> {
        match &self.values {
            Values::Numbers(values) => values.get(row).copied().filter(|value| !value.is_nan()),
            Values::Categories { .. } => None,
        }
    }

    /// The distinct texts of a text column; none for numbers.
    pub fn categories(&self) -> &[String] {
        match &self.values {
            Values::Numbers(_) => &[],
            Values::Categories { names, .. } => names,
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match &self.values {
            Values::Numbers(values) => values.len(),
            Values::Categories { codes, .. } => codes.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the value of `row` is missing.
    pub fn is_missing(&self, row: usize) -> bool {
        match &self.values {
            Values::Numbers(values) => values[row].is_nan(),
            Values::Categories { codes, .. } => codes[row].is_none(),
        }
    }

    fn select(&self, rows: &[usize]) -> Self {
        let values = match &self.values {
            Values::Numbers(values) => Values::Numbers(rows.iter().map(|&r| values[r]).collect()),
            Values::Categories { names, codes } => Values::Categories {
                names: names.clone(),
                codes: rows.iter().map(|&row| codes[row]).collect(),
            },
        };
        Self {
            name: self.name.clone(),
            values,
        }
    }
}

impl Labels {
    fn select(&self, rows: &[usize]) -> Self {
        Self {
            column: self.column.clone(),
            classes: self.classes.clone(),
            y: rows.iter().map(|&row| self.y[row]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_selected_together() {
        let table = Table {
            columns: vec![
                Column::numbers("a", vec![1.0, f32::NAN, 3.0]),
                Column::text("b", [Some("y"), Some("x"), None].into_iter()),
            ],
            labels: Some(Labels {
                column: "label".into(),
                classes: vec!["0".into(), "1".into()],
                y: vec![0, 1, 0],
            }),
            rows: vec![0, 1, 2],
        };
        let part = table.select(&[2, 1]);
        assert_eq!(part.rows, [2, 1]);
        assert_eq!(part.labels.as_ref().unwrap().y, [0, 1]);
        assert!(part.columns[0].is_missing(1) && !part.columns[0].is_missing(0));
        let expected = Values::Categories {
            names: vec!["x".into(), "y".into()],
            codes: vec![None, Some(0)],
        };
        assert_eq!(part.column("b").unwrap().values, expected);
    }
}
