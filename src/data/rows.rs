//! A file's rows as a classifier's inputs, without a split.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ndarray::Array2;

use super::csv::{self, Sheet, canonical, listed};
use super::encode::{column_name, whole_range};
use super::missing::Typical;
use super::{DataError, Feature, Kind, Samples, Source, Table, TableFormat, idx, nearest};

/// What a classifier takes and gives that exists already.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// Its `d` features, which say which columns to read and how to scale and encode them. Without
    /// any, the columns are taken as they are, and text is one-hot encoded.
    pub features: Option<Vec<Feature>>,
    /// Names of its `k` classes, in its order. Without any, the file's own in ascending order.
    pub classes: Option<Vec<String>>,
    /// Numbers of the rows that are wanted; all rows without any. The others are not looked at.
    pub rows: Option<Vec<usize>>,
    /// Whether labels are of no interest; a column of them need not be there, or be readable.
    pub unlabelled: bool,
    /// Whether the rows are to learn from rather than to be answered for: a cell that cannot be read
    /// then counts as missing.
    pub lenient: bool,
}

/// Rows of a file in model units.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The file.
    pub path: PathBuf,
    /// Features in model units, `(n, d)`, in the order of the file.
    pub x: Array2<f32>,
    /// Classes, `(n,)`; `None` if there are no labels.
    pub y: Option<Vec<usize>>,
    /// The `d` features.
    pub features: Vec<Feature>,
    /// Names of the `k` classes; empty if neither the caller nor the file has any.
    pub classes: Vec<String>,
    /// Row number in the file of every row, counted from 0 below the header, `(n,)`.
    pub numbers: Vec<usize>,
    /// What was left out or decided, one sentence each.
    pub notes: Vec<String>,
    /// The table that the rows are from, if it is one.
    pub(super) origin: Option<Origin>,
}

/// A table, and the file that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Origin {
    pub(super) sheet: Arc<Sheet>,
    pub(super) table: Arc<Table>,
}

impl Rows {
    /// The number from which the value of a feature was computed, with all the digits of the file, or
    /// what was filled in; `row` and `feature` are positions in `x`. `None` for text and images.
    pub fn number(&self, row: usize, feature: usize) -> Option<f64> {
        let table = &self.origin.as_ref()?.table;
        let column = table.column(column_name(self.features.get(feature)?))?;
        column.number(row)
    }

    /// What is typical of the feature at position `feature`, as [`Feature::typical`] has it; `None` if
    /// it is not known.
    pub fn typical(&self, feature: usize) -> Option<f64> {
        let feature = self.features.get(feature)?;
        let table = &self.origin.as_ref()?.table;
        let column = table.column(column_name(feature))?;
        let every: Vec<usize> = (0..column.len()).collect();
        match (column.typical(&every), &feature.kind) {
            (Typical::Number(median), _) => Some(median),
            (Typical::Category(mode), Kind::Category { category, .. }) => {
                let mode = column.categories().get(mode?)?;
                Some(f64::from(u8::from(mode == category)))
            }
            (Typical::Category(_), _) => None,
        }
    }

    /// Smallest and largest value of the feature at position `feature`, as [`Feature::range`] has them,
    /// if it has nothing but whole numbers.
    pub fn whole_range(&self, feature: usize) -> Option<[f64; 2]> {
        let feature = self.features.get(feature)?;
        let table = &self.origin.as_ref()?.table;
        whole_range(table.column(column_name(feature))?)
    }

    /// What the file has for each feature of the rows at the given positions in `x`,
    /// `(rows, d)`; `None` where it has nothing, or is no table.
    ///
    /// # Errors
    /// As reading the file.
    pub fn written(&self, rows: &[usize]) -> Result<Vec<Vec<Option<String>>>, DataError> {
        let Some(Origin { sheet, .. }) = &self.origin else {
            return Ok(vec![vec![None; self.features.len()]; rows.len()]);
        };
        let names: Vec<&str> = self.features.iter().map(column_name).collect();
        let numbers: Vec<usize> = rows.iter().map(|&row| self.numbers[row]).collect();
        sheet.cells(&numbers, &names)
    }

    /// The columns of the file, whether or not features are computed from them; none of images.
    pub fn columns(&self) -> &[String] {
        match &self.origin {
            Some(Origin { sheet, .. }) => &sheet.header,
            None => &[],
        }
    }

    /// What the file has in the column called `name`, for every row, `(n,)`; `None` where it has
    /// nothing.
    ///
    /// # Errors
    /// As reading the file; also [`DataError::Name`] for a column that there is not.
    pub fn column(&self, name: &str) -> Result<Vec<Option<String>>, DataError> {
        let origin = self.origin.as_ref();
        let sheet = origin.map(|origin| &origin.sheet);
        let Some(sheet) = sheet.filter(|sheet| sheet.header.iter().any(|known| known == name))
        else {
            let columns = self.columns();
            let there = match columns.is_empty() {
                true => "images have none".to_owned(),
                false => format!("there are {}", listed(columns)),
            };
            return Err(DataError::Name(format!(
                "{} has no column `{name}`{}; {there}",
                self.path.display(),
                nearest::hint(name, columns.iter().map(String::as_str)),
            )));
        };
        let cells = sheet.cells(&self.numbers, &[name])?;
        Ok(cells
            .into_iter()
            .map(|mut cells| cells.swap_remove(0))
            .collect())
    }

    /// The rows as labelled samples.
    ///
    /// # Errors
    /// [`DataError::Content`] if there are no labels.
    pub fn into_samples(self) -> Result<Samples, DataError> {
        match self.y {
            Some(y) => Ok(Samples { x: self.x, y }),
            None => Err(DataError::Content {
                problem: match idx::is_images_name(&self.path) {
                    true => format!(
                        "there are no labels; put them into {}",
                        idx::labels_beside(&self.path).display()
                    ),
                    false => "there is no label column; call it `label` or `target`, or name it with --label".into(),
                },
                path: self.path,
            }),
        }
    }
}

impl Source {
    /// All rows of a file as inputs of a classifier that exists already, in their order; labels are
    /// not required.
    ///
    /// Columns that no feature is computed from are not looked at. What is missing is filled in with
    /// what the features know to be typical, if they are imputed or the schema beside the file asks for
    /// it, or by the rows themselves if there are no features yet; other rows with a missing value are
    /// left out ([`Rows::numbers`] tells which are there). A category that the features do not know
    /// counts as none of them. The columns of a published data set are recognised under all their names.
    ///
    /// # Errors
    /// As [`Source::load`]; also [`DataError::Name`] for a formula, which has no rows; a row of a number
    /// that is not there; and a column, class or size of images that the classifier and the file do not
    /// share, or a column without any category that it knows.
    pub fn rows(&self, expected: &Expected) -> Result<Rows, DataError> {
        match self {
            Self::Synthetic { family, .. } => Err(DataError::Name(format!(
                "{} are drawn from a formula and have no rows of their own; draw some with `ctui data make {name} --out {name}.csv`, and name that file",
                family.title(),
                name = family.name()
            ))),
            Self::Csv {
                path,
                label,
                format,
            } => csv::read_rows(path, label.as_deref(), format, None, expected),
            Self::Images { images, labels } => idx::read_rows(images, labels, expected),
            Self::Benchmark {
                benchmark, path, ..
            } => {
                let path = benchmark.locate(path)?;
                match benchmark.is_table() {
                    true => csv::read_rows(
                        &path,
                        None,
                        &TableFormat::default(),
                        Some(*benchmark),
                        expected,
                    ),
                    false => idx::read_rows(&path, &idx::labels_beside(&path), expected),
                }
            }
        }
    }
}

/// Labels `y` among the file's classes, as positions among the classifier's.
pub(super) fn translate(
    path: &Path,
    from: &[String],
    y: &[usize],
    to: &[String],
) -> Result<Vec<usize>, DataError> {
    let position = |class: &String| {
        to.iter()
            .position(|known| canonical(known) == *class)
            .ok_or_else(|| DataError::Content {
                path: path.into(),
                problem: format!(
                    "the model does not know the class `{class}`; it knows {}",
                    listed(to)
                ),
            })
    };
    let positions = from.iter().map(position).collect::<Result<Vec<_>, _>>()?;
    Ok(y.iter().map(|&class| positions[class]).collect())
}
