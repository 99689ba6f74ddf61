//! The letter.

use std::path::Path;

use ndarray::Axis;

use super::{Answer, Asked, ExplainArguments};
use crate::{
    cli::{
        CliError,
        inputs::{Loaded, Wanted},
    },
    recourse::{
        Advice, Start,
        letter::{Common, Letter, Section, Way},
        profile::{NEAR, alike},
    },
};

/// Ways that a letter tells at most.
const MOST_WAYS: usize = 3;

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
            mutability: &loaded.constraints.mutability,
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
        let start = &asked.starts[row];
        let (decided, certainty) = asked.predicted[row];
        let told = answers
            .iter()
            .map(|answer| &answer.advice)
            .filter(|advice| advice.changes > 0 || decided == start.target);
        let mut ways = Vec::new();
        for advice in told.take(MOST_WAYS) {
            ways.push(Way {
                profile: self.common(loaded, start, advice)?,
                advice: advice.clone(),
            });
        }
        Ok(Section {
            model: format!("the model in {}", loaded.name),
            decided: asked.classes[decided].clone(),
            certainty,
            wished: asked.classes[start.target].clone(),
            threshold: parameters.decision_threshold,
            start: start.clone(),
            ways,
        })
    }

    /// How common the profile is among rows with the decision that is wished for.
    fn common(
        &self,
        loaded: &Loaded,
        start: &Start,
        advice: &Advice,
    ) -> Result<Option<Common>, CliError> {
        let features = &loaded.known.features;
        let changed: Vec<usize> = (0..features.len())
            .filter(|&i| advice.values[i] != start.numbers[i])
            .filter(|&i| !features[i].is_category() || advice.values[i] == 1.0)
            .collect();
        let Some(rows) = loaded.learned_from()? else {
            return Ok(None);
        };
        let predicted = loaded.known.model.predict(rows.x.view());
        let accepted: Vec<usize> = (0..predicted.len())
            .filter(|&row| predicted[row] == start.target)
            .collect();
        let x = rows.x.select(Axis(0), &accepted);
        let deviations: Vec<f32> = rows.x.columns().into_iter().map(|c| c.std(0.0)).collect();
        let within = |&position: &usize| {
            let feature = &features[position];
            let reach = f64::from(NEAR * deviations[position]) * feature.scale.factor_in_file();
            let unit = match feature.unit.is_empty() {
                true => String::new(),
                false => format!(" {}", feature.unit),
            };
            (feature.name.clone(), format!("{}{unit}", short(reach)))
        };
        let numbers = changed.iter().filter(|&&i| features[i].is_number());
        let name = rows.path.file_name().unwrap_or_default();
        Ok(Some(Common {
            alike: alike(x.view(), &advice.point, features, &deviations, &changed),
            of: accepted.len(),
            source: name.to_string_lossy().into_owned(),
            within: numbers.map(within).collect(),
        }))
    }
}

/// Two significant digits.
fn short(value: f64) -> String {
    if value <= 0.0 {
        return "0".into();
    }
    let digits = 1 - value.log10().floor() as i32;
    let unit = 10_f64.powi(-digits);
    let rounded = (value / unit).round() * unit;
    match digits > 0 {
        true => format!("{rounded:.*}", digits as usize),
        false => rounded.to_string(),
    }
}
