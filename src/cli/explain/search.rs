//! Finding the answers.

use rayon::prelude::*;

use super::{Answer, Asked, ExplainArguments, SEED};
use crate::{
    cli::{CliError, inputs::Loaded},
    counterfactual::Search,
    recourse::{Advice, FEW, Recourse, Start, Wish},
};

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
        let recourse = loaded.recourse(parameters.decision_threshold)?;
        let wish = Wish {
            ways: self.diverse.unwrap_or(1) as usize,
            most: Some(self.max_changed.map_or(FEW, |most| most as usize)),
        };
        let of_row = |&row: &usize| {
            let start = &asked.starts[row];
            let ways = recourse.ways(start, &wish);
            let number = asked.rows.numbers[row];
            let remarks = recourse.remarks(&ways, &wish).into_iter();
            let notes: Vec<String> = remarks
                .map(|remark| format!("row {number}: {remark}"))
                .collect();
            let answers = ways.advice.into_iter();
            let answers: Vec<Answer> = answers.map(|advice| answer(row, start, advice)).collect();
            (answers, notes)
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
