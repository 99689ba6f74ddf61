//! Bringing a point to allowed values.

use ndarray::ArrayView2;

use super::{Advice, Recourse, Start, column::Column};
use crate::model::cross_entropy;

/// Moves that are tried to reach the target again.
const MOVES: usize = 200;
/// Points that are asked for these moves, of inputs with many numbers.
const ASKED: usize = 20_000;
/// Numbers of which each is asked whether its nearest value would do.
const RELAXED: usize = 200;
/// Smallest move in model units.
const MOVE: f64 = 0.02;

impl Recourse<'_> {
    /// The point nearest to `point`, `(d,)` in model units, whose values are allowed; if `point` reaches
    /// its target, one that reaches it too, if there is one in the neighbourhood.
    ///
    /// Numbers go to the nearest multiples of their steps; if that loses the target, to those on the
    /// side where the target class is, and step by step further if need be. Categories of a relaxed
    /// search are decoded first.
    pub fn snap(&self, start: &Start, point: &[f32]) -> Advice {
        let reached = self.reaches(self.probability(point, start.target));
        let decoded = self.decoded(start, point);
        let point = decoded.as_deref().unwrap_or(point);
        let moved: Vec<usize> = (0..point.len())
            .filter(|&i| self.limits[i].is_some() && start.moves(point, i))
            .collect();
        let nearest = self.put(start, point, &moved, |i| self.around(point, i));
        if !reached || self.reaches(self.probability(&nearest, start.target)) {
            return self.tell(start, nearest);
        }
        let slopes = self.slopes(&nearest, start.target);
        let mut toward = self.put(start, point, &moved, |i| {
            let [first, second] = self.around(point, i);
            let up = slopes[i] * self.features[i].scale.direction() < 0.0;
            match up == (first > second) {
                true => [first, second],
                false => [second, first],
            }
        });
        if self.reaches(self.probability(&toward, start.target)) {
            if moved.len() <= RELAXED {
                self.relax(start, &moved, &nearest, &mut toward);
            }
            return self.tell(start, toward);
        }
        let found = self.climb(start, toward);
        self.tell(start, found)
    }

    /// `point` with its categories decoded, if one is between yes and no; a group that has none of its
    /// categories, or several, is the factual's.
    fn decoded(&self, start: &Start, point: &[f32]) -> Option<Vec<f32>> {
        let groups = self.columns.iter().filter_map(|column| match column {
            Column::Group(range) => Some(range.clone()),
            Column::Number(_) => None,
        });
        let groups: Vec<_> = groups
            .filter(|range| !is_one(&point[range.clone()]))
            .collect();
        let is_between = |&value: &f32| value != 0.0 && value != 1.0;
        let mut decoded = point.to_vec();
        for range in &groups {
            if !point[range.clone()].iter().any(is_between) {
                decoded[range.clone()].copy_from_slice(&start.factual[range.clone()]);
            }
        }
        if decoded
            .iter()
            .enumerate()
            .any(|(position, value)| self.limits[position].is_none() && is_between(value))
        {
            self.constraints
                .decode(&start.factual, &mut decoded, start.target, 0);
        }
        (!groups.is_empty()).then_some(decoded)
    }

    /// `point` with each number of `moved` at the first of two multiples that is allowed, or where it
    /// was; relations are kept.
    fn put(
        &self,
        start: &Start,
        point: &[f32],
        moved: &[usize],
        multiples: impl Fn(usize) -> [f64; 2],
    ) -> Vec<f32> {
        let mut put = point.to_vec();
        for &position in moved {
            let mut choices = multiples(position).into_iter();
            let allowed = choices.find(|&multiple| self.allows(start, position, multiple));
            put[position] = match allowed {
                Some(multiple) => self.model_value(start, position, multiple),
                None => start.factual[position],
            };
        }
        for position in 0..put.len() {
            if !start.moves(&put, position) {
                put[position] = start.factual[position];
            }
        }
        self.mend(start, &mut put);
        put
    }

    /// Takes numbers back to their nearest values as long as the target stays reached.
    fn relax(&self, start: &Start, moved: &[usize], nearest: &[f32], point: &mut [f32]) {
        for &position in moved {
            let kept = point[position];
            point[position] = nearest[position];
            let good =
                self.keeps(start, point) && self.reaches(self.probability(point, start.target));
            if !good {
                point[position] = kept;
            }
        }
    }

    /// Moves numbers one after the other, each time the one that helps most, until the target is
    /// reached or nothing helps.
    fn climb(&self, start: &Start, mut point: Vec<f32>) -> Vec<f32> {
        let mut present = self.probability(&point, start.target);
        let moves = (ASKED / (2 * self.columns.len()).max(1)).min(MOVES);
        for _ in 0..moves {
            if self.reaches(present) {
                break;
            }
            let candidates = self.neighbours(start, &point);
            let probabilities = self.probabilities_of(&candidates, start.target);
            let best = (0..candidates.len())
                .max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
            match best {
                Some(best) if probabilities[best] > present => {
                    present = probabilities[best];
                    point.clone_from(&candidates[best]);
                }
                _ => break,
            }
        }
        point
    }

    /// The points one move away, those that change no further column first.
    fn neighbours(&self, start: &Start, point: &[f32]) -> Vec<Vec<f32>> {
        let mut neighbours = Vec::new();
        for column in &self.columns {
            let Column::Number(position) = *column else {
                continue;
            };
            let Some(limit) = self.limits[position] else {
                continue;
            };
            let scale = self.features[position].scale;
            let stride = (MOVE * scale.factor_in_file() / limit.step)
                .round()
                .max(1.0);
            let here = (scale.to_file(point[position]) / limit.step).round();
            for multiple in [here - stride, here + stride] {
                if self.allows(start, position, multiple) {
                    let mut neighbour = point.to_vec();
                    neighbour[position] = self.model_value(start, position, multiple);
                    if self.keeps(start, &neighbour) {
                        neighbours.push(neighbour);
                    }
                }
            }
        }
        neighbours
    }

    /// Gradient of the cross-entropy with the target, `(d,)`.
    fn slopes(&self, point: &[f32], target: usize) -> Vec<f64> {
        let Ok(points) = ArrayView2::from_shape((1, point.len()), point) else {
            return vec![0.0; point.len()];
        };
        let gradient = self.model.input_gradient(points, |logits, cotangent| {
            cross_entropy(logits, target, 1.0, cotangent);
        });
        gradient.iter().map(|&slope| f64::from(slope)).collect()
    }
}

/// Whether a group has one category.
fn is_one(values: &[f32]) -> bool {
    let others = values.iter().filter(|&&value| value != 1.0);
    others.clone().count() + 1 == values.len() && others.into_iter().all(|&value| value == 0.0)
}
