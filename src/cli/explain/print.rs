//! Answers for people, and as CSV.

use std::io::{self, Write};

use serde_json::Value;

use super::{
    Asked,
    answer::{Answer, Change, number},
};
use crate::{
    data::{Kind, image},
    text::printable,
};

impl Asked<'_> {
    /// A paragraph for the only row, or a line for each.
    pub(super) fn print(&self, answers: &[Answer], output: &mut dyn Write) -> io::Result<()> {
        let alone = answers.iter().all(|answer| answer.row == answers[0].row);
        for answer in answers {
            match alone {
                true => self.print_paragraph(answer, output)?,
                false => self.print_line(answer, output)?,
            }
        }
        Ok(())
    }

    fn print_paragraph(&self, answer: &Answer, output: &mut dyn Write) -> io::Result<()> {
        let (predicted, certainty) = self.predicted[answer.row];
        let advice = &answer.advice;
        writeln!(
            output,
            "row {} to {}: {}, probability {:.3}, cost {:.3} (predicted {}, {certainty:.3})",
            self.rows.numbers[answer.row],
            printable(&self.classes[answer.target]),
            outcome(answer),
            advice.probability,
            advice.cost,
            printable(&self.classes[predicted]),
        )?;
        if image::shape(&self.rows.features).is_some() {
            return writeln!(output, "  {}; --json has them", self.pixels(answer));
        }
        for change in self.changes(answer) {
            writeln!(output, "  {}: {}", printable(change.column), ends(&change))?;
        }
        for relation in &advice.broken {
            writeln!(output, "  breaks {}", printable(relation))?;
        }
        Ok(())
    }

    fn print_line(&self, answer: &Answer, output: &mut dyn Write) -> io::Result<()> {
        let (predicted, certainty) = self.predicted[answer.row];
        let changes = match image::shape(&self.rows.features) {
            Some(_) => self.pixels(answer),
            None => {
                let changes = self.changes(answer);
                let told = changes
                    .iter()
                    .map(|change| format!("{} {}", printable(change.column), ends(change)));
                told.collect::<Vec<_>>().join(", ")
            }
        };
        writeln!(
            output,
            "row {}: {} ({certainty:.3}) to {} ({:.3}{}){}{}",
            self.rows.numbers[answer.row],
            printable(&self.classes[predicted]),
            printable(&self.classes[answer.target]),
            answer.advice.probability,
            if answer.advice.mature {
                ""
            } else {
                ", not reached"
            },
            if changes.is_empty() {
                ", no change"
            } else {
                ": "
            },
            changes
        )
    }

    fn pixels(&self, answer: &Answer) -> String {
        let moved = self.starts[answer.row].numbers.iter();
        let moved = moved.zip(&answer.advice.values).filter(|(a, b)| a != b);
        format!(
            "{} of {} pixels changed",
            moved.count(),
            answer.advice.values.len()
        )
    }

    /// A header and a line for each, with the columns of the data.
    pub(super) fn write_csv(&self, answers: &[Answer], output: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        let told = [
            "row",
            "predicted",
            "target",
            "mature",
            "probability",
            "cost",
        ];
        let columns = self.columns();
        let names = columns.iter().map(|(name, _)| *name);
        writer.write_record(told.into_iter().chain(names))?;
        for answer in answers {
            let advice = &answer.advice;
            let told = [
                self.rows.numbers[answer.row].to_string(),
                self.classes[self.predicted[answer.row].0].clone(),
                self.classes[answer.target].clone(),
                advice.mature.to_string(),
                advice.probability.to_string(),
                advice.cost.to_string(),
            ];
            let cells = columns
                .iter()
                .map(|(_, positions)| self.cell(positions, answer));
            writer.write_record(told.into_iter().chain(cells))?;
        }
        writer.flush()
    }

    /// Names of the columns, and positions of their features.
    fn columns(&self) -> Vec<(&str, Vec<usize>)> {
        let mut columns: Vec<(&str, Vec<usize>)> = Vec::new();
        for (position, feature) in self.rows.features.iter().enumerate() {
            let name = crate::data::encode::column_name(feature);
            match columns.iter_mut().find(|(known, _)| *known == name) {
                Some((_, positions)) => positions.push(position),
                None => columns.push((name, vec![position])),
            }
        }
        columns
    }

    fn cell(&self, positions: &[usize], answer: &Answer) -> String {
        let values = &answer.advice.values;
        let category = |&position: &usize| match &self.rows.features[position].kind {
            Kind::Category { category, .. } if values[position] == 1.0 => Some(category.clone()),
            Kind::Category { .. } => None,
            Kind::Numeric | Kind::Pixel => Some(number(values[position]).to_string()),
        };
        positions.iter().find_map(category).unwrap_or_default()
    }
}

fn outcome(answer: &Answer) -> String {
    match (answer.advice.mature, answer.steps) {
        (true, 0) if answer.advice.changes == 1 => "reached by 1 column".to_owned(),
        (true, 0) if answer.advice.changes > 0 => {
            format!("reached by {} columns", answer.advice.changes)
        }
        (true, steps) => format!("mature after {steps} steps"),
        (false, 0) => "not reached".to_owned(),
        (false, steps) => format!("exhausted after {steps} steps"),
    }
}

/// What a column is and what it becomes, with its unit.
fn ends(change: &Change<'_>) -> String {
    let [from, to] = change.ends.each_ref().map(short);
    let unit = match change.unit.is_empty() {
        true => String::new(),
        false => format!(" {}", printable(change.unit)),
    };
    format!("{from} → {to}{unit}")
}

/// A value as people read it.
fn short(value: &Value) -> String {
    match value {
        Value::String(text) => printable(text).into_owned(),
        Value::Null => "none of the known".into(),
        other => other.to_string(),
    }
}
