//! A description as an aligned table for people.

use std::fmt::{self, Display, Formatter};

use super::{ColumnDescription, Description, Summary};
use crate::data::csv::listed;
use crate::data::error::shown;
use crate::data::{FeatureSchema, Missing, Mutability, ValueKind};
use crate::math::log10;
use crate::text::{number_of, printable};

impl Display for Description {
    /// An aligned table for people, ending with a line break.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}: {}, {}",
            shown(&self.path),
            number_of(self.rows, "row"),
            number_of(self.columns.len(), "feature")
        )?;
        match &self.label {
            Some((name, classes)) => {
                writeln!(f, "label `{}`: {}", printable(name), counted(classes, 10))?;
            }
            None => writeln!(f, "no label column")?,
        }
        self.write_treatment(f)?;
        for note in &self.notes {
            writeln!(f, "{}", printable(note))?;
        }
        writeln!(f)?;
        self.write_columns(f)?;
        writeln!(f)?;
        self.write_training(f)
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
            Missing::Category => {
                "missing texts are a category, rows that miss a number are left out"
            }
        };
        writeln!(f, "numeric columns are {scaling}; {gaps}")
    }

    /// What is left out because someone wants it, and what training would do.
    fn write_training(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let asked = self.left_out.iter().filter(|out| out.asked);
        let asked: Vec<String> = asked.map(|out| out.column.clone()).collect();
        if !asked.is_empty() {
            writeln!(f, "left out as asked for: {}", listed(&asked))?;
        }
        match &self.training {
            Err(problem) => writeln!(f, "training would be refused: {}", printable(problem)),
            Ok(steps) => {
                writeln!(f, "training would take")?;
                steps
                    .iter()
                    .try_for_each(|step| writeln!(f, "  {}", printable(step)))
            }
        }
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
            printable(&column.name).into_owned(),
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
            min,
            max,
            mean,
            deviation,
        } => {
            let unit = if unit.is_empty() {
                String::new()
            } else {
                format!(" {}", printable(unit))
            };
            let [min, max, mean, deviation] = [min, max, mean, deviation].map(|v| rounded(*v));
            format!("{min} to {max}{unit}, mean {mean}, σ {deviation}")
        }
        Summary::Categories(categories) => counted(categories, 6),
    }
}

/// Names with their counts, the first `shown` of them.
fn counted(names: &[(String, usize)], shown: usize) -> String {
    let each = names
        .iter()
        .take(shown)
        .map(|(name, count)| format!("{} ({count})", printable(name)));
    let mut text = each.collect::<Vec<_>>().join(", ");
    if names.len() > shown {
        text += &format!(" and {} more", names.len() - shown);
    }
    text
}

/// Four significant digits for people.
fn rounded(value: f64) -> String {
    let digits = if value == 0.0 {
        0
    } else {
        log10(value.abs()).floor() as i32
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
