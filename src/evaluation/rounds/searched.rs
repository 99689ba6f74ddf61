//! Measuring the counterfactuals of one round.

use ndarray::{Array2, ArrayView2, Axis};

use super::{
    Evaluation, IpStarOf, Round,
    draw::{Cell, Draw, Individuals},
};
use crate::{
    counterfactual::Outcome,
    evaluation::{
        change::{cost, redundancy},
        energy::{energy, energy_differential},
        plausibility::{MMD_SAMPLES, ip_star},
    },
    model::most_likely,
};

/// The individuals of one round, searched.
pub(super) struct Searched<'a> {
    /// `(n, d)`.
    pub(super) factuals: ArrayView2<'a, f32>,
    /// Their counterfactuals, `(n, d)`.
    pub(super) points: ArrayView2<'a, f32>,
    /// The counterfactuals' logits, `(n, k)`.
    pub(super) logits: ArrayView2<'a, f32>,
    /// How the searches ended, `(n,)`.
    pub(super) outcomes: &'a [Outcome],
}

/// A mean that grows; not a number while it has no weight.
#[derive(Default)]
struct Mean {
    sum: f64,
    weight: f64,
}

impl Mean {
    /// Takes a value that stands for `count` individuals; what is not a number stands for none.
    fn add(&mut self, value: f64, count: usize) {
        if value.is_finite() {
            self.sum += value * count as f64;
            self.weight += count as f64;
        }
    }

    fn get(&self) -> f64 {
        self.sum / self.weight
    }
}

/// Means over the valid individuals of a round.
#[derive(Default)]
struct Means {
    ip: Mean,
    ip_star: Mean,
    cost: Mean,
    redundancy: Mean,
    energy_differential: Mean,
}

impl Searched<'_> {
    /// The measures of the round.
    pub(super) fn measure(
        &self,
        evaluation: &Evaluation<'_>,
        individuals: &Individuals,
        draw: &Draw,
    ) -> Round {
        let predicted = most_likely(self.logits);
        let mut means = Means::default();
        let mut valid = 0;
        for (cell, compared) in individuals.cells.iter().zip(&draw.compared) {
            let is_valid = |&member: &usize| predicted[member] == cell.target;
            let members: Vec<usize> = cell.members.iter().copied().filter(is_valid).collect();
            valid += members.len();
            if !members.is_empty() {
                self.add_cell(evaluation, cell, &members, compared, &mut means);
            }
        }
        let mature = self.outcomes.iter().filter(|outcome| outcome.mature);
        let share = |count: usize| count as f64 / predicted.len() as f64;
        Round {
            validity: share(valid),
            strict_validity: share(mature.count()),
            ip: means.ip.get(),
            ip_star: means.ip_star.get(),
            cost: means.cost.get(),
            redundancy: means.redundancy.get(),
            energy_differential: means.energy_differential.get(),
        }
    }

    /// Adds the `valid` individuals of a cell, of which there are some.
    fn add_cell(
        &self,
        evaluation: &Evaluation<'_>,
        cell: &Cell,
        valid: &[usize],
        compared: &[usize],
        means: &mut Means,
    ) {
        let targets = &evaluation.targets[cell.target];
        for &member in valid {
            let (from, to) = (self.factuals.row(member), self.points.row(member));
            means.ip.add(targets.implausibility(to), 1);
            means.cost.add(cost(from, to), 1);
            means.redundancy.add(redundancy(from, to), 1);
        }
        let protocol = evaluation.protocol;
        let chosen: &[usize] = match protocol.ip_star_of {
            IpStarOf::All => &cell.members,
            IpStarOf::Valid => valid,
        };
        let points = pick(self.points, &chosen[..chosen.len().min(MMD_SAMPLES)]);
        let samples = pick(evaluation.test.x.view(), compared);
        let distance = ip_star(points.view(), samples.view(), protocol.length_scale);
        means.ip_star.add(distance, valid.len());
        let found = valid
            .iter()
            .map(|&row| energy(self.logits.row(row), cell.target));
        let real = compared.iter().map(|&row| evaluation.energies[row]);
        let (found, real): (Vec<f64>, Vec<f64>) = (found.collect(), real.collect());
        let differential = energy_differential(&found, &real);
        means.energy_differential.add(differential, valid.len());
    }
}

fn pick(points: ArrayView2<'_, f32>, rows: &[usize]) -> Array2<f32> {
    points.select(Axis(0), rows)
}
