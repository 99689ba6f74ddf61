//! Everything that is measured of a model: the one way of `ctui evaluate` and of the scoreboard.

use ndarray::Array2;

use super::{
    accuracy::{macro_f1, share_equal},
    attribution::{
        Baseline, attribution_shares, class_attributions, label_attributions, sensitivities,
    },
    bootstrap::standard_error,
    comparison::Comparison,
    estimate::Estimate,
    robustness::{Attack, accuracy_curve},
    rounds::{Direction, Evaluation, EvaluationError, Measure, Protocol, Round},
};
use crate::{
    counterfactual::Constraints,
    data::Samples,
    model::Mlp,
    random::{Purpose, stream},
};

/// What is measured, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How counterfactuals are drawn, searched and measured.
    pub protocol: Protocol,
    /// Strengths ε of the attacks, in model units; none for no attacks.
    pub epsilons: Vec<f32>,
    /// Seed of random starts of projected gradient descent; it starts at the samples if `None`.
    pub random_start: Option<u64>,
    /// Where the paths of integrated gradients begin.
    pub baseline: Baseline,
    /// Most test samples whose attributions are averaged.
    pub attributed: usize,
}

/// What was measured of one model.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Share of test samples predicted correctly.
    pub accuracy: Estimate,
    /// Macro F1 on test samples.
    pub f1: Estimate,
    /// The rounds of its counterfactuals, or why there are none.
    pub rounds: Result<Vec<Round>, EvaluationError>,
    /// Directions of classes that the rounds leave out, as a protocol that is not complete may.
    pub left_out: Vec<Direction>,
    /// Accuracy under the fast gradient sign method, per ε.
    pub fgsm: Vec<Estimate>,
    /// Accuracy under projected gradient descent, per ε.
    pub pgd: Vec<Estimate>,
    /// Mean integrated gradients of each class's logit, `(k, d)`.
    pub attributions: Array2<f32>,
    /// Each feature's share of the attribution of the samples' own labels, `(d,)`.
    pub shares: Vec<Estimate>,
    /// Sensitivity to each feature as the paper normalises it, `(d,)`.
    pub sensitivity: Vec<f64>,
}

impl Measured {
    /// A measure of its counterfactuals; not a number if there are none.
    pub fn estimate(&self, measure: Measure) -> Estimate {
        let rounds = self.rounds.as_deref().unwrap_or_default();
        measure.estimate(rounds)
    }

    /// A measure of its counterfactuals compared with those of a `baseline` that was measured by
    /// the same settings.
    pub fn compare(&self, baseline: &Self, measure: Measure) -> Comparison {
        let rounds =
            |measured: &Self| vec![measure.values(measured.rounds.as_deref().unwrap_or_default())];
        Comparison::new(&rounds(self), &rounds(baseline), None)
    }
}

/// Measures `model` on `test`, its counterfactuals under `constraints`.
///
/// Models that are measured by the same settings have the same draws, round by round.
pub fn measure(
    model: &Mlp,
    test: &Samples,
    constraints: &Constraints,
    settings: &Settings,
) -> Measured {
    let Settings {
        protocol, baseline, ..
    } = settings;
    let predicted = model.predict(test.x.view());
    let share = f64::from(share_equal(&predicted, &test.y));
    let first: Vec<usize> = (0..test.len().min(settings.attributed)).collect();
    let some = test.select(&first);
    let curve = |attack| {
        let accuracies = accuracy_curve(model, test, attack, &settings.epsilons);
        let shares = accuracies.into_iter();
        let estimate = |share| Estimate::of_share(f64::from(share), test.len());
        shares.map(estimate).collect()
    };
    let evaluation = Evaluation::new(model, test, constraints, protocol);
    Measured {
        accuracy: Estimate::of_share(share, test.len()),
        f1: f1(&predicted, test, model.classes(), protocol.seed),
        left_out: evaluation
            .as_ref()
            .map_or_else(|_| Vec::new(), Evaluation::left_out),
        rounds: evaluation.map(|evaluation| evaluation.run()),
        fgsm: curve(Attack::Fgsm),
        pgd: curve(Attack::Pgd {
            random_start: settings.random_start,
        }),
        attributions: class_attributions(model, some.x.view(), *baseline),
        shares: attribution_shares(model, &some, *baseline),
        sensitivity: sensitivities(&label_attributions(model, &some, *baseline)),
    }
}

/// Macro F1 with its bootstrapped error.
fn f1(predicted: &[usize], test: &Samples, classes: usize, seed: u64) -> Estimate {
    let mut random = stream(seed, Purpose::Bootstrap, 0);
    let resampled = |positions: &[usize]| {
        let at = |values: &[usize]| -> Vec<usize> {
            positions.iter().map(|&position| values[position]).collect()
        };
        f64::from(macro_f1(&at(predicted), &at(&test.y), classes))
    };
    Estimate {
        value: f64::from(macro_f1(predicted, &test.y, classes)),
        error: standard_error(predicted.len(), &mut random, resampled),
    }
}
