//! The letter.

use std::path::Path;

use super::{Answer, Asked, ExplainArguments};
use crate::{
    cli::{
        CliError,
        inputs::{Loaded, Wanted},
    },
    recourse::{
        Advice,
        letter::{Case, Letter, Section},
    },
};

impl ExplainArguments {
    /// Writes a letter about the row that was asked about.
    pub(super) fn write_report(
        &self,
        path: &Path,
        loaded: &Loaded,
        asked: &Asked<'_>,
        answers: &[Answer],
    ) -> Result<(), CliError> {
        let row = match (asked.starts.len(), answers.first()) {
            (1, _) => 0,
            (_, Some(first)) if answers.iter().all(|answer| answer.row == first.row) => first.row,
            _ => {
                return Err(CliError::Input(
                    "--report writes about one row; choose it with --rows".into(),
                ));
            }
        };
        let mut sections = vec![self.section(loaded, asked, row, answers)?];
        for model in &self.beside {
            sections.push(self.section_of(model, asked.rows.numbers[row])?);
        }
        let name = asked.rows.path.file_name().unwrap_or_default();
        let letter = Letter {
            subject: format!(
                "row {} of {}, counted from 0 below the header",
                asked.rows.numbers[row],
                name.to_string_lossy()
            ),
            features: &loaded.known.features,
            sections,
        };
        let page = letter.html().map_err(|error| {
            CliError::Input(format!(
                "--report: {error}; ask for fewer with --max-changed, such as --max-changed 3"
            ))
        })?;
        self.overwrite
            .write(path, |file| file.write_all(page.as_bytes()))
    }

    /// What another model says about the row of that number.
    fn section_of(&self, model: &Path, number: usize) -> Result<Section, CliError> {
        let inputs = self.inputs.with_model(model);
        let loaded = inputs.load(&Wanted {
            rows: Some(vec![number]),
            labels: false,
        })?;
        let asked = Asked::of(&loaded, &self.target)?;
        if asked.starts.is_empty() {
            return Err(CliError::Input(format!(
                "{}: a value that this model takes is missing in row {number}",
                model.display()
            )));
        }
        let (answers, _) = self.answers(&loaded, &asked, &[0])?;
        self.section(&loaded, &asked, 0, &answers)
    }

    fn section(
        &self,
        loaded: &Loaded,
        asked: &Asked<'_>,
        row: usize,
        answers: &[Answer],
    ) -> Result<Section, CliError> {
        let parameters = self.search.parameters(self.lambda_energy.as_deref())?;
        let learned = loaded.learned_from()?;
        let rows = learned.as_ref().map(|rows| {
            let name = rows.path.file_name().unwrap_or_default();
            (rows.x.view(), name.to_string_lossy().into_owned())
        });
        let told: Vec<Advice> = answers.iter().map(|answer| answer.advice.clone()).collect();
        let case = Case {
            name: format!("the model in {}", loaded.name),
            model: &loaded.known.model,
            features: &loaded.known.features,
            mutability: &loaded.constraints.mutability,
            classes: asked.classes,
            threshold: parameters.decision_threshold,
            start: &asked.starts[row],
            rows,
        };
        Ok(case.section(&told))
    }
}
