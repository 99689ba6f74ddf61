//! Making a counterfactual cheaper without losing its target.

use ndarray::ArrayView1;

use super::{Recourse, Start, column::Column, limits::Limit};
use crate::evaluation::change::cost;

/// Rounds over all columns.
const ROUNDS: usize = 4;
/// Values that are tried together.
const TOGETHER: usize = 16;
/// Width of the trade between two columns, in model units, in its first round.
const TRADE: f64 = 0.25;

impl Recourse<'_> {
    /// L1 distance to the factual in model units.
    pub(super) fn cost(&self, start: &Start, point: &[f32]) -> f64 {
        cost(ArrayView1::from(&start.factual), ArrayView1::from(point))
    }

    /// Moves the numbers among the columns of `set` back towards the factual as far as the target allows:
    /// each alone, and any two in exchange for each other.
    pub(super) fn refine(&self, start: &Start, set: &[usize], mut point: Vec<f32>) -> Vec<f32> {
        let numbers: Vec<usize> = set
            .iter()
            .filter_map(|&place| match self.columns[place] {
                Column::Number(position) => Some(position),
                Column::Group(_) => None,
            })
            .collect();
        let mut width = TRADE;
        for _ in 0..ROUNDS {
            let before = self.cost(start, &point);
            for &position in &numbers {
                self.shrink(start, position, &mut point);
            }
            for (place, &first) in numbers.iter().enumerate() {
                for &second in &numbers[place + 1..] {
                    self.trade(start, [first, second], width, &mut point);
                }
            }
            width /= 3.0;
            if numbers.len() < 2 && self.cost(start, &point) >= before {
                break;
            }
        }
        point
    }

    /// Moves one number towards the factual: the nearest of some values in between that keeps the
    /// target, then between that and the next, until nothing lies between.
    fn shrink(&self, start: &Start, position: usize, point: &mut [f32]) {
        let Some(limit) = self.limits[position] else {
            return;
        };
        let mut far = self.multiple(&limit, position, point);
        let Some(mut near) = nearest_moved(&limit, start.numbers[position], far) else {
            return;
        };
        while (far - near).abs() >= 1.0 {
            let gap = far - near;
            let steps = gap.abs().min(TOGETHER as f64);
            let tried: Vec<f64> = (0..steps as usize)
                .map(|index| near + (gap * index as f64 / steps).round())
                .collect();
            let Some(good) = self.first_good(start, position, &tried, point) else {
                near += (gap * (steps - 1.0) / steps).round() + gap.signum();
                continue;
            };
            far = tried[good];
            point[position] = self.model_value(start, position, far);
            near = match good.checked_sub(1) {
                Some(bad) => tried[bad] + gap.signum(),
                None => far,
            };
        }
    }

    /// The first of some multiples, nearest to the factual first, at which the target is reached.
    fn first_good(
        &self,
        start: &Start,
        position: usize,
        multiples: &[f64],
        point: &[f32],
    ) -> Option<usize> {
        let points: Vec<Vec<f32>> = multiples
            .iter()
            .map(|&multiple| {
                let mut point = point.to_vec();
                point[position] = self.model_value(start, position, multiple);
                point
            })
            .collect();
        let probabilities = self.probabilities_of(&points, start.target);
        let good = |place: &usize| {
            self.reaches(probabilities[*place])
                && self.allows(start, position, multiples[*place])
                && self.keeps(start, &points[*place])
        };
        (0..points.len()).find(good)
    }

    /// Looks around for a cheaper pair of values of two numbers.
    fn trade(&self, start: &Start, pair: [usize; 2], width: f64, point: &mut Vec<f32>) {
        let mut choices: Vec<Vec<f64>> = Vec::new();
        for position in pair {
            let Some(limit) = self.limits[position] else {
                return;
            };
            let here = self.multiple(&limit, position, point);
            let reach = width * self.features[position].scale.factor_in_file() / limit.step;
            let half = TOGETHER as i32 / 2;
            let stride = (reach / f64::from(half)).max(1.0);
            let before = start.numbers[position];
            let mut around: Vec<f64> = (-half..=half)
                .map(|index| here + (stride * f64::from(index)).round())
                .filter(|&multiple| self.allows(start, position, multiple))
                .filter(|&multiple| limit.value(multiple) != before)
                .collect();
            around.dedup();
            choices.push(around);
        }
        let points: Vec<Vec<f32>> = choices[0]
            .iter()
            .flat_map(|&first| choices[1].iter().map(move |&second| [first, second]))
            .map(|multiples| {
                let mut point = point.clone();
                for (position, multiple) in pair.into_iter().zip(multiples) {
                    point[position] = self.model_value(start, position, multiple);
                }
                point
            })
            .filter(|candidate| self.cost(start, candidate) < self.cost(start, point))
            .collect();
        let probabilities = self.probabilities_of(&points, start.target);
        let good = points
            .into_iter()
            .zip(probabilities)
            .filter(|(point, probability)| self.reaches(*probability) && self.keeps(start, point));
        let costs = good.map(|(point, _)| (self.cost(start, &point), point));
        if let Some((_, cheapest)) = costs.min_by(|a, b| a.0.total_cmp(&b.0)) {
            *point = cheapest;
        }
    }

    /// The multiple that `point` has at `position`.
    fn multiple(&self, limit: &Limit, position: usize, point: &[f32]) -> f64 {
        (self.features[position].scale.to_file(point[position]) / limit.step).round()
    }
}

/// The multiple nearest to `before` on the side of `far`, if `far` is on one.
fn nearest_moved(limit: &Limit, before: f64, far: f64) -> Option<f64> {
    let here = before / limit.step;
    match limit.value(far) {
        value if value > before => Some((here.floor() + 1.0).min(far)),
        value if value < before => Some((here.ceil() - 1.0).max(far)),
        _ => None,
    }
}
