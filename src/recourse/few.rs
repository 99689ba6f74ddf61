//! Counterfactuals that change few columns.

use super::{Advice, Recourse, Start, column::Column};
use crate::data::Mutability;

/// Points that are tried for one factual and number of columns.
const MOST_POINTS: usize = 200_000;
/// Points whose probabilities are computed together.
const AT_ONCE: usize = 4096;
/// Values of a number that are tried, by how many columns change together.
const VALUES: [usize; 4] = [256, 32, 12, 6];
/// How far numbers without bounds may go, in model units.
const REACH: f64 = 10.0;
/// Starting points of refinement that are kept for each set of columns.
const KEPT: usize = 2;

/// Advice that changes a set of columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Places of the columns that change, ascending; [`Recourse::names`] knows their names.
    pub columns: Vec<usize>,
    /// The cheapest advice that changes just these.
    pub advice: Advice,
}

/// A value, or a category, that a column may take: features and their values in model units.
pub(super) type Choice = Vec<(usize, f32)>;

impl Recourse<'_> {
    /// The cheapest advice for every set of at most `most` columns with which the target can be reached,
    /// cheapest first; sets that are no better than a part of them are left out.
    ///
    /// Every set of up to four columns is tried with a grid of values, as long as there are not too
    /// many: then those that help most by themselves. What is found is refined between the grid's
    /// values. If more columns may change and no small set suffices, columns are added one by one, the
    /// most helpful first.
    pub fn few(&self, start: &Start, most: usize) -> Vec<Found> {
        let places: Vec<usize> = (0..self.columns.len())
            .filter(|&place| !self.options(start, place, 2).is_empty())
            .collect();
        let ranked = self.ranked(start, &places);
        let mut found: Vec<Found> = Vec::new();
        for size in 1..=most.min(VALUES.len()).min(ranked.len()) {
            let considered = considered(ranked.len(), size);
            let mut candidates = ranked[..considered].to_vec();
            candidates.sort_unstable();
            for set in combinations(&candidates, size) {
                found.extend(self.cheapest(start, &set));
            }
        }
        if found.is_empty() && most > VALUES.len() {
            found.extend(self.grow(start, &ranked, most));
        }
        found.sort_by(|a, b| a.advice.cost.total_cmp(&b.advice.cost));
        without_idle(found)
    }

    /// The places, most helpful first: by the target's largest probability with that column alone.
    fn ranked(&self, start: &Start, places: &[usize]) -> Vec<usize> {
        let mut helpful: Vec<(f32, usize)> = places
            .iter()
            .map(|&place| {
                let options = self.options(start, place, VALUES[1]);
                let points: Vec<Vec<f32>> = options
                    .iter()
                    .map(|option| with(&start.factual, [option]))
                    .collect();
                let probabilities = self.probabilities_of(&points, start.target);
                let best = probabilities.into_iter().fold(0.0, f32::max);
                (best, place)
            })
            .collect();
        helpful.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        helpful.into_iter().map(|(_, place)| place).collect()
    }

    /// The cheapest advice that changes all columns of `set` and no other.
    fn cheapest(&self, start: &Start, set: &[usize]) -> Option<Found> {
        let values = VALUES[set.len() - 1];
        let options: Vec<Vec<Choice>> = set
            .iter()
            .map(|&place| self.options(start, place, values))
            .collect();
        let total = options.iter().map(Vec::len).product::<usize>();
        let mut best: Vec<(f64, Vec<f32>)> = Vec::new();
        for first in (0..total).step_by(AT_ONCE) {
            let points: Vec<Vec<f32>> = (first..(first + AT_ONCE).min(total))
                .map(|index| with(&start.factual, chosen(&options, index)))
                .collect();
            let probabilities = self.probabilities_of(&points, start.target);
            for (point, probability) in points.into_iter().zip(probabilities) {
                if self.reaches(probability) && self.keeps(start, &point) {
                    best.push((self.cost(start, &point), point));
                }
            }
            best.sort_by(|a, b| a.0.total_cmp(&b.0));
            best.truncate(KEPT);
        }
        let refined = best
            .into_iter()
            .map(|(_, point)| self.refine(start, set, point));
        let point = refined.min_by(|a, b| self.cost(start, a).total_cmp(&self.cost(start, b)))?;
        Some(Found {
            columns: set.to_vec(),
            advice: self.tell(start, point),
        })
    }

    /// Adds columns one by one, each with the value that helps most, until the target is reached.
    fn grow(&self, start: &Start, ranked: &[usize], most: usize) -> Option<Found> {
        let mut point = start.factual.clone();
        let mut set: Vec<usize> = Vec::new();
        while set.len() < most {
            let mut best: Option<(f32, usize, Vec<f32>)> = None;
            for &place in ranked.iter().filter(|place| !set.contains(place)) {
                let options = self.options(start, place, VALUES[1]);
                let points: Vec<Vec<f32>> = options
                    .iter()
                    .map(|option| with(&point, [option]))
                    .collect();
                let probabilities = self.probabilities_of(&points, start.target);
                for (candidate, probability) in points.into_iter().zip(probabilities) {
                    let better = best.as_ref().is_none_or(|(best, ..)| probability > *best);
                    if better && self.keeps(start, &candidate) {
                        best = Some((probability, place, candidate));
                    }
                }
            }
            let (probability, place, next) = best?;
            point = next;
            set.push(place);
            if self.reaches(probability) {
                set.sort_unstable();
                let point = self.refine(start, &set, point);
                let advice = self.tell(start, point);
                return Some(Found {
                    columns: set,
                    advice,
                });
            }
        }
        None
    }

    /// What the column at `place` may become, at most about `most` values.
    pub(super) fn options(&self, start: &Start, place: usize, most: usize) -> Vec<Choice> {
        match &self.columns[place] {
            Column::Number(position) => self
                .multiples(start, *position, most)
                .into_iter()
                .map(|multiple| vec![(*position, self.model_value(start, *position, multiple))])
                .collect(),
            Column::Group(range) => self.categories(start, range.clone()),
        }
    }

    /// Multiples that a number may become, evenly spread over both sides of the factual.
    fn multiples(&self, start: &Start, position: usize, most: usize) -> Vec<f64> {
        let Some(limit) = self.limits[position] else {
            return Vec::new();
        };
        let here = start.numbers[position] / limit.step;
        let far = REACH * self.features[position].scale.factor_in_file() / limit.step;
        let [least, last] = limit.multiples;
        let (least, last) = (least.max(here - far).floor(), last.min(here + far).ceil());
        let sides = [
            (here.ceil() - 1.0, least, -1.0),
            (here.floor() + 1.0, last, 1.0),
        ];
        let mut multiples = Vec::new();
        for (first, end, sign) in sides {
            let count = (end - first) * sign + 1.0;
            if count < 1.0 || !count.is_finite() || !self.allows(start, position, end) {
                continue;
            }
            let taken = count.min(most as f64 / 2.0).max(1.0);
            for index in 1..=taken as usize {
                let reach = (count * index as f64 / taken).round() - 1.0;
                let multiple = first + sign * reach;
                let moves = limit.value(multiple) != start.numbers[position];
                if moves && self.allows(start, position, multiple) {
                    multiples.push(multiple);
                }
            }
        }
        multiples
    }

    /// The other categories of a group that may be taken.
    fn categories(&self, start: &Start, range: std::ops::Range<usize>) -> Vec<Choice> {
        let mutability = &self.constraints.mutability;
        let present = range.clone().find(|&i| start.factual[i] > 0.5);
        let may_leave = present
            .is_none_or(|i| matches!(mutability[i], Mutability::Both | Mutability::Decrease));
        if !may_leave {
            return Vec::new();
        }
        range
            .clone()
            .filter(|&i| Some(i) != present)
            .filter(|&i| matches!(mutability[i], Mutability::Both | Mutability::Increase))
            .map(|chosen| {
                let value = |i| f32::from(u8::from(i == chosen));
                range.clone().map(|i| (i, value(i))).collect()
            })
            .collect()
    }
}

/// How many of `columns` are tried in sets of `size`.
fn considered(columns: usize, size: usize) -> usize {
    let points = VALUES[size - 1].pow(size as u32);
    let sets = (MOST_POINTS / points).max(1);
    (size..=columns)
        .take_while(|&count| binomial(count, size) <= sets)
        .last()
        .unwrap_or(size)
}

fn binomial(n: usize, k: usize) -> usize {
    (0..k).fold(1, |product, i| product * (n - i) / (i + 1))
}

/// All sets of `size` of the `items`, in lexicographic order.
fn combinations(items: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut sets = Vec::new();
    for (position, &item) in items.iter().enumerate() {
        for mut rest in combinations(&items[position + 1..], size - 1) {
            rest.insert(0, item);
            sets.push(rest);
        }
    }
    sets
}

/// The options at `index` when counting through all choices of one per column.
fn chosen(options: &[Vec<Choice>], mut index: usize) -> Vec<&Choice> {
    options
        .iter()
        .map(|column| {
            let option = &column[index % column.len()];
            index /= column.len();
            option
        })
        .collect()
}

/// `point` with other values.
fn with<'o>(point: &[f32], options: impl IntoIterator<Item = &'o Choice>) -> Vec<f32> {
    let mut point = point.to_vec();
    for &(position, value) in options.into_iter().flatten() {
        point[position] = value;
    }
    point
}

/// Leaves out what costs no less than something that changes only a part of its columns.
fn without_idle(found: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for candidate in found {
        let idle = kept.iter().any(|cheaper| {
            cheaper
                .columns
                .iter()
                .all(|column| candidate.columns.contains(column))
        });
        if !idle {
            kept.push(candidate);
        }
    }
    kept
}
