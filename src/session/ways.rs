//! Ways from the inspected sample to another class, by every arm.

use ndarray::Axis;
use rayon::prelude::*;

use super::Lockstep;
use crate::{
    counterfactual::Constraints,
    data::{DataError, image},
    recourse::{Recourse, Start, Target, Ways, Wish, never_unknown},
};

/// Which ways are wished for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaysView {
    /// The row of the test set.
    pub row: usize,
    /// Where it is to go.
    pub target: Target,
    /// How many ways, and how many columns each may change.
    pub wish: Wish,
}

/// What is known of the ways.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampleWays {
    /// What was asked for; nothing before the first measurement.
    pub view: Option<WaysView>,
    /// The epoch whose weights were asked.
    pub epoch: usize,
    /// What each arm says; nothing of images, whose pixels are no advice.
    pub arms: Vec<ArmWays>,
}

/// What an arm says.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmWays {
    /// The class to go to.
    pub target: usize,
    /// The ways to it.
    pub ways: Ways,
}

impl SampleWays {
    /// Asks all arms.
    pub(super) fn search(run: &Lockstep, view: &WaysView) -> Self {
        let dataset = run.dataset();
        let row = view.row < dataset.test.len();
        let has_columns = image::shape(&dataset.features).is_none();
        let arms = match row && has_columns {
            true => (0..run.arms()).into_par_iter(),
            false => (0..0).into_par_iter(),
        };
        let arms: Result<Vec<ArmWays>, DataError> =
            arms.map(|arm| of_arm(run, arm, view)).collect();
        Self {
            view: Some(*view),
            epoch: run.epoch(),
            arms: arms.unwrap_or_default(),
        }
    }
}

fn of_arm(run: &Lockstep, arm: usize, view: &WaysView) -> Result<ArmWays, DataError> {
    let (dataset, model) = (run.dataset(), run.models()[arm]);
    let constraints = advisable(run, arm);
    let recourse = Recourse::new(model, &dataset.features, &constraints, run.threshold(arm))?;
    let factual = dataset.test.x.select(Axis(0), &[view.row]);
    let probabilities = model.probabilities(factual.view());
    let target = view.target.class(probabilities.row(0));
    let start = Start::told(&dataset.features, factual.row(0).to_vec(), target);
    Ok(ArmWays {
        target,
        ways: recourse.ways(&start, &view.wish),
    })
}

/// What an arm's counterfactuals respect, and beyond that people: whole numbers stay in their range, and
/// nobody is advised to become a missing value.
pub(super) fn advisable(run: &Lockstep, arm: usize) -> Constraints {
    let features = &run.dataset().features;
    let mut constraints = run.constraints(arm).clone();
    for (feature, domain) in features.iter().zip(&mut constraints.domain) {
        if let (None, Some(range)) = (feature.domain, feature.range) {
            *domain = feature.scale.interval(range);
        }
    }
    never_unknown(features, &mut constraints.mutability);
    constraints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        data::{Family, Mutability, Source},
        recipe::{Controls, Recipe},
        recourse::FEW,
        training::HyperParameters,
    };

    fn run(family: Family) -> Lockstep {
        let parameters = HyperParameters {
            samples: 300,
            counterfactuals: 20,
            decision_threshold: 0.6,
            ..HyperParameters::default()
        };
        let source = Source::Synthetic {
            family,
            classes: None,
        };
        let mut run = Lockstep::new(Recipe::pair(source, Controls::new(parameters))).unwrap();
        for _ in 0..10 {
            run.train_epoch().unwrap();
        }
        run
    }

    fn view(row: usize, target: Target) -> WaysView {
        let wish = Wish {
            ways: 3,
            most: Some(FEW),
        };
        WaysView { row, target, wish }
    }

    #[test]
    fn every_arm_tells_ways_under_its_own_locks() {
        let mut run = run(Family::LoanApproval);
        let features = run.dataset().features.clone();
        let income = features.iter().position(|f| f.name == "income").unwrap();
        let mut controls = run.applied(1).controls.clone();
        controls.mutability[income] = Mutability::None;
        run.change(1, &controls).unwrap();
        let mut moves = [false; 2];
        for row in 0..20 {
            let asked = view(row, Target::Opposite);
            let found = SampleWays::search(&run, &asked);
            assert_eq!((found.view, found.epoch), (Some(asked), 10));
            for (arm, said) in found.arms.iter().enumerate() {
                let factual = run.dataset().test.x.select(Axis(0), &[row]);
                assert_ne!(run.models()[arm].predict(factual.view()), [said.target]);
                assert!(said.ways.advice.len() <= 3);
                for advice in &said.ways.advice {
                    assert!(advice.changes <= FEW);
                    moves[arm] |= advice.point[income] != factual[[0, income]];
                }
            }
        }
        assert_eq!(moves, [true, false]);
    }

    #[test]
    fn pixels_are_no_advice() {
        let run = run(Family::Glyphs);
        let found = SampleWays::search(&run, &view(0, Target::Class(1)));
        assert_eq!(found.arms, []);
        let found = SampleWays::search(&run, &view(usize::MAX, Target::Class(1)));
        assert_eq!(found.arms, []);
    }
}
