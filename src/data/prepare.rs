//! From a table to a data set: a split, scales, model units.

use std::path::Path;

use super::bytes::unpacked_name;
use super::csv::{Reading, listed, read_table};
use super::encode::{column_name, encode, fit};
use super::split::{Sizes, split};
use super::table::Table;
use super::{Balance, DataError, Dataset, Feature, Samples, Schema, TableFormat};

/// Fewest rows that a data set is made of.
const MIN_ROWS: usize = 10;
/// Fewest rows of a class.
const MIN_CLASS_ROWS: usize = 2;

/// A data set with remarks for the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The data set.
    pub dataset: Dataset,
    /// What was left out or decided, one sentence each.
    pub notes: Vec<String>,
}

/// Makes a data set of the CSV file at `path`: reads it, handles missing values, splits it with
/// `seed`, balances it, and scales it by its training rows.
///
/// # Errors
/// As [`read_table`]; also [`DataError::Content`] for a file without a label column, with fewer
/// than two classes, or too few rows.
pub fn load_csv(
    path: &Path,
    label: Option<&str>,
    schema: &Schema,
    format: &TableFormat,
    seed: u64,
) -> Result<Loaded, DataError> {
    let reading = read_table(path, label, schema, format)?.sound()?;
    let name = unpacked_name(path);
    let name = name.file_stem().unwrap_or_default().to_string_lossy();
    prepare(reading, &name, schema, None, seed).map_err(|error| error.within(path))
}

/// Makes a data set called `name` of a table that has been read: handles missing values, splits it with
/// `seed` into parts of `sizes`, balances it, and scales it by its training rows.
///
/// # Errors
/// [`DataError::Value`] for a table without labels, with fewer than two classes, or too few rows.
pub fn prepare(
    reading: Reading,
    name: &str,
    schema: &Schema,
    sizes: Option<Sizes>,
    seed: u64,
) -> Result<Loaded, DataError> {
    let Reading {
        mut table,
        mut notes,
        ..
    } = reading;
    notes.extend(table.settle_missing(schema.missing));
    check_classes(&table, schema.balance).map_err(DataError::Value)?;
    let parts = match &table.labels {
        Some(labels) => split(&labels.y, labels.classes.len(), sizes, schema.balance, seed),
        None => (Vec::new(), Vec::new()),
    };
    notes.extend(table.impute(&parts.0));
    notes.extend(remark_on_constants(&table));
    let dataset = table.into_dataset(name, schema, parts)?;
    notes.extend(remark_on_scale(&dataset, schema));
    Ok(Loaded { dataset, notes })
}

/// Refuses a table that no classifier can be trained on.
fn check_classes(table: &Table, balance: Balance) -> Result<(), String> {
    let Some(labels) = &table.labels else {
        let names: Vec<&str> = table
            .columns
            .iter()
            .take(12)
            .map(|c| c.name.as_str())
            .collect();
        return Err(format!(
            "there is no label column; call it `label` or `target`, or name it with --label (the columns are {})",
            names.join(", ")
        ));
    };
    check_counts(&labels.classes, &labels.y)?;
    let rarest = counts(&labels.classes, &labels.y).into_iter().min();
    let left = labels.classes.len() * rarest.unwrap_or(0);
    match balance == Balance::Under && left < MIN_ROWS {
        true => Err(format!(
            "{left} rows are left if every class has as many as the rarest, too few to train and test with; `balance = \"over\"` in the schema keeps all"
        )),
        false => Ok(()),
    }
}

/// Rows of each class.
fn counts(classes: &[String], y: &[usize]) -> Vec<usize> {
    let mut counts = vec![0; classes.len()];
    y.iter().for_each(|&class| counts[class] += 1);
    counts
}

/// Refuses labels with fewer than two classes, or too few rows of them.
pub(super) fn check_counts(classes: &[String], y: &[usize]) -> Result<(), String> {
    let counts = counts(classes, y);
    let occurring = (0..classes.len())
        .filter(|&class| counts[class] > 0)
        .collect::<Vec<_>>();
    if let [only] = occurring.as_slice() {
        return Err(format!(
            "every usable row is of the class `{}`; a classifier needs at least two",
            classes[*only]
        ));
    }
    if y.len() < MIN_ROWS {
        return Err(format!(
            "{} usable rows are too few to train and test with; at least {MIN_ROWS} are needed",
            y.len()
        ));
    }
    match counts.iter().position(|&count| count < MIN_CLASS_ROWS) {
        Some(class) => Err(format!(
            "class `{}` has {} usable rows; each class needs at least {MIN_CLASS_ROWS}",
            classes[class], counts[class]
        )),
        None => Ok(()),
    }
}

/// Names the columns that tell no row from another.
fn remark_on_constants(table: &Table) -> Option<String> {
    let columns = table.columns.iter().filter(|column| column.is_constant());
    let names: Vec<String> = columns.map(|column| column.name.clone()).collect();
    let (have, them) = match names.len() {
        0 => return None,
        1 => ("has", "it"),
        _ => ("have", "them"),
    };
    Some(format!(
        "{} {have} the same value in all rows, so that nothing can be learned from {them}; --ignore leaves {them} out",
        listed(&names)
    ))
}

fn remark_on_scale(dataset: &Dataset, schema: &Schema) -> Option<String> {
    let scaled = dataset
        .features
        .iter()
        .any(|f| f.scale != super::Scale::IDENTITY);
    (schema.standardise.is_none() && scaled).then(|| {
        "numeric columns were standardised because they are far from the scale of 1; `standardise` in the schema decides otherwise".into()
    })
}

impl Table {
    /// Scales and encodes the rows of `(train, test)`; missing values must be gone.
    ///
    /// # Errors
    /// [`DataError::Value`] for a table without labels or a schema that does not fit it.
    pub fn into_dataset(
        self,
        name: &str,
        schema: &Schema,
        (train, test): (Vec<usize>, Vec<usize>),
    ) -> Result<Dataset, DataError> {
        let features = fit(&self, schema, &train)?;
        let Some(labels) = &self.labels else {
            return Err(DataError::Value(format!("`{name}` has no labels")));
        };
        let samples = |rows: &[usize]| {
            Ok::<_, DataError>(Samples {
                x: encode(&self, &features, rows)?,
                y: rows.iter().map(|&row| labels.y[row]).collect(),
            })
        };
        Ok(Dataset {
            name: name.into(),
            train: samples(&train)?,
            test: samples(&test)?,
            classes: labels.classes.clone(),
            features,
        })
    }

    /// Leaves out the columns that none of `features` is computed from.
    pub fn keep_columns_of(&mut self, features: &[Feature]) {
        let needed = |name: &str| features.iter().any(|feature| column_name(feature) == name);
        self.columns.retain(|column| needed(&column.name));
    }
}
