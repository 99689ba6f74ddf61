//! Training a cell and measuring it.

use std::{collections::BTreeMap, io};

use super::{Protocol, score::Score};
use crate::{
    counterfactual::Constraints,
    data::Samples,
    evaluation::{
        accuracy::{accuracy, macro_f1},
        robustness::{Attack, accuracy_curve},
        rounds::{self, Evaluation, Measure},
    },
    halt::Halt,
    model::Mlp,
    recipe::Recipe,
    run::{self, Event, RunError, Sink, Trained},
};

/// Strength of the attacks.
const ATTACK: f32 = 0.1;

/// Trains by `recipe` and measures what came out. What cannot be measured is left out.
///
/// # Errors
/// [`RunError`] if the data cannot be had, or the end was asked for.
pub fn measure(
    recipe: &Recipe,
    measures: &[Score],
    protocol: Protocol,
    halt: &Halt,
) -> Result<BTreeMap<Score, f64>, RunError> {
    let trained = train(recipe, halt)?;
    let subject = Subject {
        trained: &trained,
        recipe,
        protocol,
    };
    let mut scores = BTreeMap::new();
    if measures.iter().any(|score| score.needs_counterfactuals()) {
        scores.extend(subject.counterfactuals());
    }
    for &score in measures {
        if halt.is_requested() {
            return Err(RunError::Halted);
        }
        scores.extend(subject.plain(score).map(|value| (score, value)));
    }
    scores.retain(|score, value| measures.contains(score) && value.is_finite());
    Ok(scores)
}

/// Trains, unless the end is asked for.
fn train(recipe: &Recipe, halt: &Halt) -> Result<Trained, RunError> {
    match run::train(recipe, &mut [&mut Heeding(halt)]) {
        Err(RunError::Sink(_)) if halt.is_requested() => Err(RunError::Halted),
        outcome => outcome,
    }
}

/// Passes the wish to stop on to a run.
struct Heeding<'a>(&'a Halt);

impl Sink for Heeding<'_> {
    fn take(&mut self, _: Event<'_>) -> io::Result<()> {
        match self.0.is_requested() {
            true => Err(io::ErrorKind::Interrupted.into()),
            false => Ok(()),
        }
    }
}

/// A trained model and how it is measured.
struct Subject<'a> {
    trained: &'a Trained,
    recipe: &'a Recipe,
    protocol: Protocol,
}

impl Subject<'_> {
    fn model(&self) -> &Mlp {
        &self.trained.first().model
    }

    fn test(&self) -> &Samples {
        &self.trained.dataset.test
    }

    /// A score for which no counterfactuals are searched.
    fn plain(&self, score: Score) -> Option<f64> {
        let (model, test) = (self.model(), self.test());
        let under = |attack| {
            let curve = accuracy_curve(model, test, attack, &[ATTACK]);
            curve.first().map(|&accuracy| f64::from(accuracy))
        };
        Some(match score {
            Score::Accuracy => f64::from(accuracy(model, test)),
            Score::F1 => {
                let predicted = model.predict(test.x.view());
                f64::from(macro_f1(&predicted, &test.y, model.classes()))
            }
            Score::Fgsm => under(Attack::Fgsm)?,
            Score::Pgd => under(Attack::Pgd {
                random_start: Some(self.recipe.seed()),
            })?,
            Score::MatureShare => f64::from(self.trained.first().mature_share()),
            _ => return None,
        })
    }

    /// Means over all rounds of what counterfactuals are worth; nothing where none can be drawn.
    fn counterfactuals(&self) -> Vec<(Score, f64)> {
        let constraints = self.constraints();
        let protocol = rounds::Protocol {
            rounds: self.protocol.rounds,
            ..rounds::Protocol::even(self.protocol.individuals, self.recipe.seed())
        };
        let evaluation = Evaluation::new(self.model(), self.test(), &constraints, &protocol);
        let rounds = evaluation
            .map(|evaluation| evaluation.run())
            .unwrap_or_default();
        let mean = |measure: Measure| measure.estimate(&rounds).value;
        vec![
            (Score::Ip, mean(Measure::Ip)),
            (Score::IpStar, mean(Measure::IpStar)),
            (Score::Cost, mean(Measure::Cost)),
            (Score::Validity, mean(Measure::Validity)),
            (Score::StrictValidity, mean(Measure::StrictValidity)),
            (Score::Redundancy, mean(Measure::Redundancy)),
        ]
    }

    /// What the counterfactuals of the cell respect.
    fn constraints(&self) -> Constraints {
        self.recipe
            .reference()
            .controls
            .constraints(&self.trained.dataset)
    }
}
