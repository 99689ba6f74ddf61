//! Finding the answers.

use rayon::prelude::*;

use super::{Answer, Asked, ExplainArguments, SEED};
use crate::{
    cli::{CliError, inputs::Loaded},
    counterfactual::Search,
    recourse::{Advice, Found, Recourse, Start, pick},
};

/// Columns that each of several explanations may change, unless it is said.
const FEW: usize = 3;
/// Probability at which a class is predicted whatever the others have.
const MAJORITY: f32 = 0.5;

impl ExplainArguments {
    /// Answers for the rows at the positions `chosen`, and a sentence for each row that has fewer than
    /// were asked for.
    pub(super) fn answers(
        &self,
        loaded: &Loaded,
        asked: &Asked<'_>,
        chosen: &[usize],
    ) -> Result<(Vec<Answer>, Vec<String>), CliError> {
        match (self.max_changed, self.diverse) {
            (None, None) => Ok((self.searched(loaded, asked, chosen)?, Vec::new())),
            _ => self.few(loaded, asked, chosen),
        }
    }

    /// One answer per row by the generator.
    fn searched(
        &self,
        loaded: &Loaded,
        asked: &Asked<'_>,
        chosen: &[usize],
    ) -> Result<Vec<Answer>, CliError> {
        let parameters = self.search.parameters(self.lambda_energy.as_deref())?;
        let recourse = loaded.recourse(parameters.decision_threshold)?;
        let search = Search {
            model: &loaded.known.model,
            generator: &loaded.generator(&self.search, SEED)?,
            constraints: &loaded.constraints,
            parameters: &parameters,
        };
        let (factuals, targets) = asked.factuals(chosen);
        let found = search.run(factuals.view(), &targets);
        let answer = |place: usize| {
            let row = chosen[place];
            let start = &asked.starts[row];
            let point = found.points.row(place).to_vec();
            let nascent = found.nascent.row(place).to_vec();
            Answer {
                row,
                target: start.target,
                steps: found.outcomes[place].steps,
                nascent: recourse.values(start, &nascent),
                advice: recourse.snap(start, &point),
            }
        };
        Ok((0..chosen.len()).into_par_iter().map(answer).collect())
    }

    /// Answers that change few columns, several per row if that is wished for.
    fn few(
        &self,
        loaded: &Loaded,
        asked: &Asked<'_>,
        chosen: &[usize],
    ) -> Result<(Vec<Answer>, Vec<String>), CliError> {
        let parameters = self.search.parameters(self.lambda_energy.as_deref())?;
        let threshold = parameters.decision_threshold;
        let recourse = loaded.recourse(threshold)?;
        let lower = loaded.recourse(threshold.min(MAJORITY))?;
        let most = self.max_changed.map_or(FEW, |most| most as usize);
        let count = self.diverse.unwrap_or(1) as usize;
        let of_row = |&row: &usize| {
            let start = &asked.starts[row];
            let number = asked.rows.numbers[row];
            let mut notes = Vec::new();
            let unchanged = recourse.snap(start, &start.factual);
            if unchanged.mature {
                return (vec![answer(row, start, unchanged)], notes);
            }
            let mut found = recourse.few(start, most);
            if found.is_empty() {
                found = lower.few(start, most);
                found
                    .iter_mut()
                    .for_each(|found| found.advice.mature = false);
                if !found.is_empty() {
                    notes.push(format!(
                        "row {number}: no change of at most {} gives the target a probability of {threshold}; those told give it at least {MAJORITY}",
                        columns(most)
                    ));
                }
            }
            notes.extend(too_few(number, most, count, found.len()));
            let picked: Vec<Found> = pick(found, count);
            let answers = picked.into_iter();
            let answers = answers.map(|found| answer(row, start, found.advice));
            (answers.collect(), notes)
        };
        let rows: Vec<(Vec<Answer>, Vec<String>)> = chosen.par_iter().map(of_row).collect();
        let (answers, notes): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        Ok((
            answers.into_iter().flatten().collect(),
            notes.into_iter().flatten().collect(),
        ))
    }
}

fn answer(row: usize, start: &Start, advice: Advice) -> Answer {
    Answer {
        row,
        target: start.target,
        steps: 0,
        nascent: start.numbers.clone(),
        advice,
    }
}

/// What is said if there are fewer explanations than asked for.
fn too_few(number: usize, most: usize, wanted: usize, found: usize) -> Option<String> {
    let columns = columns(most);
    (found < wanted).then(|| match found {
        0 => format!("row {number}: no change of at most {columns} reaches the target"),
        1 => format!("row {number}: 1 explanation exists that changes at most {columns}"),
        more => format!("row {number}: {more} explanations exist that change at most {columns}"),
    })
}

/// So many columns, in words.
fn columns(count: usize) -> String {
    match count {
        1 => "1 column".into(),
        count => format!("{count} columns"),
    }
}

impl Loaded {
    /// Advice for these rows, whose targets have to reach the probability `threshold`.
    pub(super) fn recourse(&self, threshold: f32) -> Result<Recourse<'_>, CliError> {
        Ok(Recourse::new(
            &self.known.model,
            &self.known.features,
            &self.constraints,
            threshold,
        )?)
    }
}
