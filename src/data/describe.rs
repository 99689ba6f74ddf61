//! What a CSV file holds and what was inferred from it.

use std::fmt::{self, Display, Formatter};
use std::path::{Path, PathBuf};

use super::csv::{Reading, read_table};
use super::encode::standardises;
use super::table::{Column, Table, Values};
use super::{DataError, FeatureSchema, Missing, Mutability, Schema, ValueKind};

/// What is known about a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// The file.
    pub path: PathBuf,
    /// Number of rows with a label.
    pub rows: usize,
    /// Name of the label column, if there is one, and rows of each class.
    pub label: Option<(String, Vec<(String, usize)>)>,
    /// The feature columns.
    pub columns: Vec<ColumnDescription>,
    /// What the file's schema says, completed by what was inferred.
    pub schema: Schema,
    /// What was left out or decided, one sentence each.
    pub notes: Vec<String>,
}

/// What is known about a column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDescription {
    /// Name in the header.
    pub name: String,
    /// What the column holds.
    pub values: Summary,
    /// Number of rows without a value.
    pub missing: usize,
}

/// The values of a column in short.
#[derive(Clone, Debug, PartialEq)]
pub enum Summary {
    /// Numbers.
    Numbers {
        /// Smallest.
        least: f32,
        /// Largest.
        most: f32,
        /// Mean.
        mean: f32,
        /// Population standard deviation.
        deviation: f32,
    },
    /// Text: each category with its number of rows.
    Categories(Vec<(String, usize)>),
}

/// Describes the CSV file at `path`; `label` names its label column.
///
/// # Errors
/// As [`read_table`].
pub fn describe(path: &Path, label: Option<&str>) -> Result<Description, DataError> {
    let given = Schema::beside(path)?;
    let schema = given.clone().unwrap_or_default();
    let Reading { table, mut notes } = read_table(path, label, &schema)?;
    notes.push(match given {
        Some(_) => format!("described by {}", Schema::path_beside(path).display()),
        None => "there is no schema file beside it".into(),
    });
    Ok(Description {
        path: path.into(),
        rows: table.len(),
        label: table.labels.as_ref().map(|labels| {
            let counted = count(labels.y.iter().copied(), &labels.classes);
            (labels.column.clone(), counted)
        }),
        columns: table.columns.iter().map(column).collect(),
        schema: complete(&table, schema),
        notes,
    })
}

/// Fills in what the schema leaves open.
fn complete(table: &Table, mut schema: Schema) -> Schema {
    let rows: Vec<usize> = (0..table.len()).collect();
    schema.standardise = Some(standardises(table, &schema, &rows));
    if let Some(labels) = &table.labels {
        schema.label = Some(labels.column.clone());
        if labels.classes.len() == 2 {
            schema.positive = labels.classes.last().cloned();
        }
    }
    for column in &table.columns {
        let entry = schema.features.entry(column.name.clone()).or_default();
        entry.kind.get_or_insert(match column.values {
            Values::Numbers(_) => ValueKind::Numeric,
            Values::Categories { .. } => ValueKind::Category,
        });
    }
    schema
}

fn column(column: &Column) -> ColumnDescription {
    let values = match &column.values {
        Values::Numbers(values) => summarise(values),
        Values::Categories { names, codes } => {
            Summary::Categories(count(codes.iter().flatten().copied(), names))
        }
    };
    let rows = match &column.values {
        Values::Numbers(values) => values.len(),
        Values::Categories { codes, .. } => codes.len(),
    };
    ColumnDescription {
        name: column.name.clone(),
        values,
        missing: (0..rows).filter(|&row| column.is_missing(row)).count(),
    }
}

fn summarise(values: &[f32]) -> Summary {
    let present = || values.iter().copied().filter(|value| !value.is_nan());
    let n = present().count().max(1) as f64;
    let mean = present().map(f64::from).sum::<f64>() / n;
    let variance = present()
        .map(|v| (f64::from(v) - mean).powi(2))
        .sum::<f64>()
        / n;
    Summary::Numbers {
        least: present().fold(f32::INFINITY, f32::min),
        most: present().fold(f32::NEG_INFINITY, f32::max),
        mean: mean as f32,
        deviation: variance.sqrt() as f32,
    }
}

fn count(codes: impl Iterator<Item = usize>, names: &[String]) -> Vec<(String, usize)> {
    let mut counts = vec![0; names.len()];
    codes.for_each(|code| counts[code] += 1);
    names.iter().cloned().zip(counts).collect()
}

impl Display for Description {
    /// An aligned table for people, ending with a line break.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}: {} rows, {} features",
            self.path.display(),
            self.rows,
            self.columns.len()
        )?;
        match &self.label {
            Some((name, classes)) => writeln!(f, "label `{name}`: {}", counted(classes, 10))?,
            None => writeln!(f, "no label column")?,
        }
        self.write_treatment(f)?;
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        writeln!(f)?;
        self.write_columns(f)
    }
}

impl Description {
    fn write_treatment(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let scaling = match self.schema.standardise {
            Some(true) => "standardised",
            _ => "left as they are",
        };
        let gaps = match self.schema.missing {
            Missing::Drop => "rows with missing values are left out",
            Missing::Impute => "missing values are filled in",
        };
        writeln!(f, "numeric columns are {scaling}; {gaps}")
    }

    fn write_columns(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut lines = vec![
            [
                "feature",
                "kind",
                "mutability",
                "missing",
                "domain",
                "values",
            ]
            .map(String::from),
        ];
        lines.extend(self.columns.iter().map(|column| self.line(column)));
        let widths: [usize; 6] = std::array::from_fn(|i| {
            lines
                .iter()
                .map(|line| line[i].chars().count())
                .max()
                .unwrap_or(0)
        });
        for line in lines {
            let cells = line
                .iter()
                .zip(widths)
                .map(|(cell, width)| format!("{cell:<width$}"));
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }

    fn line(&self, column: &ColumnDescription) -> [String; 6] {
        let schema = self
            .schema
            .features
            .get(&column.name)
            .cloned()
            .unwrap_or_default();
        [
            column.name.clone(),
            kind_name(schema.kind).into(),
            mutability_name(schema.mutability).into(),
            column.missing.to_string(),
            domain(&schema),
            summary(&column.values, &schema.unit),
        ]
    }
}

fn kind_name(kind: Option<ValueKind>) -> &'static str {
    match kind {
        Some(ValueKind::Category) => "category",
        Some(ValueKind::Pixel) => "pixel",
        Some(ValueKind::Numeric) | None => "numeric",
    }
}

fn mutability_name(mutability: Mutability) -> &'static str {
    match mutability {
        Mutability::Both => "both",
        Mutability::Increase => "increase",
        Mutability::Decrease => "decrease",
        Mutability::None => "none",
    }
}

fn domain(schema: &FeatureSchema) -> String {
    match schema.domain {
        Some([lower, upper]) => format!("[{lower}, {upper}]"),
        None => "inferred".into(),
    }
}

fn summary(values: &Summary, unit: &str) -> String {
    match values {
        Summary::Numbers {
            least,
            most,
            mean,
            deviation,
        } => {
            let unit = if unit.is_empty() {
                String::new()
            } else {
                format!(" {unit}")
            };
            let [least, most, mean, deviation] =
                [least, most, mean, deviation].map(|v| rounded(*v));
            format!("{least} to {most}{unit}, mean {mean}, σ {deviation}")
        }
        Summary::Categories(categories) => counted(categories, 6),
    }
}

/// Names with their counts, the first `shown` of them.
fn counted(names: &[(String, usize)], shown: usize) -> String {
    let each = names
        .iter()
        .take(shown)
        .map(|(name, count)| format!("{name} ({count})"));
    let mut text = each.collect::<Vec<_>>().join(", ");
    if names.len() > shown {
        text += &format!(" and {} more", names.len() - shown);
    }
    text
}

/// Four significant digits for people.
fn rounded(value: f32) -> String {
    let digits = if value == 0.0 {
        0
    } else {
        value.abs().log10().floor() as i32
    };
    let decimals = (3 - digits).clamp(0, 6) as usize;
    let text = format!("{value:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').into(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(rounded(0.0), "0");
        assert_eq!(rounded(-12.34567), "-12.35");
        assert_eq!(rounded(31000.0), "31000");
        assert_eq!(rounded(0.012345), "0.01235");
        assert_eq!(rounded(2.5), "2.5");
    }
}
