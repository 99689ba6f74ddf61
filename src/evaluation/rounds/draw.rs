//! What the rounds of an evaluation draw.

use std::collections::BTreeMap;

use rand::{Rng, RngExt, seq::index};

use super::{Directions, Protocol};
use crate::{
    evaluation::plausibility::MMD_SAMPLES,
    random::{Purpose, stream},
};

/// First of the random streams that choose the IP's target samples.
const IP_TARGET_STREAMS: u64 = 1 << 47;
/// First of the random streams that spread directions; rounds use those below.
const DIRECTION_STREAMS: u64 = 1 << 46;

/// A factual class, and another as target.
pub type Direction = (usize, usize);

/// All directions of `classes` classes.
pub(super) fn all_directions(classes: usize) -> Vec<Direction> {
    let from = |factual| (1..classes).map(move |step| (factual, (factual + step) % classes));
    (0..classes).flat_map(from).collect()
}

/// Individuals of one factual and target class.
pub(super) struct Cell {
    pub(super) target: usize,
    /// Positions of its individuals, ascending.
    pub(super) members: Vec<usize>,
}

/// The individuals of one weight of the energy penalty, the same in every round.
pub(super) struct Individuals {
    /// Factual class of each, `(n,)`.
    pub(super) factual: Vec<usize>,
    /// Target class of each, `(n,)`.
    pub(super) target: Vec<usize>,
    pub(super) cells: Vec<Cell>,
}

impl Individuals {
    /// Those of the weight at `position` whose directions, a factual and a target class, are
    /// `possible`; where all are, the same for every model.
    pub(super) fn draw(
        protocol: &Protocol,
        classes: usize,
        position: usize,
        possible: impl Fn(Direction) -> bool,
    ) -> Self {
        let index = DIRECTION_STREAMS + position as u64;
        let mut random = stream(protocol.seed, Purpose::Evaluation, index);
        let mut directions = match protocol.directions {
            Directions::Drawn => drawn(protocol.individuals, classes, &mut random),
            Directions::Even => even(protocol.individuals, classes, &mut random),
        };
        directions.retain(|&direction| possible(direction));
        let mut cells: BTreeMap<Direction, Vec<usize>> = BTreeMap::new();
        for (individual, &direction) in directions.iter().enumerate() {
            cells.entry(direction).or_default().push(individual);
        }
        let (factual, target) = directions.into_iter().unzip();
        let cells = cells
            .into_iter()
            .map(|((_, target), members)| Cell { target, members });
        Self {
            factual,
            target,
            cells: cells.collect(),
        }
    }
}

/// Directions of `n` individuals, each drawn by itself.
fn drawn(n: usize, classes: usize, random: &mut impl Rng) -> Vec<Direction> {
    let direction = |_| {
        let factual = random.random_range(0..classes);
        (
            factual,
            (factual + random.random_range(1..classes)) % classes,
        )
    };
    (0..n).map(direction).collect()
}

/// Directions of `n` individuals, each as frequent as any other; those left over are drawn.
fn even(n: usize, classes: usize, random: &mut impl Rng) -> Vec<Direction> {
    let all = all_directions(classes);
    if n < 2 * all.len() {
        return drawn(n, classes, random);
    }
    let rest = index::sample(random, all.len(), n % all.len());
    let mut directions = all.repeat(n / all.len());
    directions.extend(rest.into_iter().map(|position| all[position]));
    directions
}

/// What one round draws for one model.
pub(super) struct Draw {
    /// Test rows of the individuals, `(n,)`.
    pub(super) rows: Vec<usize>,
    /// Per cell, rows of the target class's test samples that IP* compares with.
    pub(super) compared: Vec<Vec<usize>>,
}

impl Draw {
    /// A round's, given test rows by `predicted` and by `actual` class. What IP* compares with is
    /// the same for every model.
    pub(super) fn new(
        individuals: &Individuals,
        predicted: &[Vec<usize>],
        actual: &[Vec<usize>],
        random: &mut impl Rng,
    ) -> Self {
        let cells = individuals.cells.iter();
        let compared = cells.map(|cell| some_of(&actual[cell.target], MMD_SAMPLES, random));
        let compared = compared.collect();
        let row = |&factual: &usize| {
            let candidates: &Vec<usize> = &predicted[factual];
            candidates[random.random_range(0..candidates.len())]
        };
        Self {
            compared,
            rows: individuals.factual.iter().map(row).collect(),
        }
    }
}

/// At most `most` of the test rows of `class` for its IP.
pub(super) fn ip_targets(rows: &[usize], class: usize, most: usize, seed: u64) -> Vec<usize> {
    let index = IP_TARGET_STREAMS + class as u64;
    some_of(rows, most, &mut stream(seed, Purpose::Evaluation, index))
}

/// At most `most` of `rows`, drawn without replacement.
fn some_of(rows: &[usize], most: usize, random: &mut impl Rng) -> Vec<usize> {
    let chosen = index::sample(random, rows.len(), rows.len().min(most));
    chosen.into_iter().map(|position| rows[position]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_round_holds_all_directions() {
        for (directions, least) in [(Directions::Drawn, 5), (Directions::Even, 16)] {
            let protocol = Protocol {
                directions,
                ..Protocol::paper(100, 3)
            };
            let individuals = Individuals::draw(&protocol, 3, 0, |_| true);
            assert_eq!(individuals.cells.len(), 6);
            let sizes = individuals.cells.iter().map(|cell| cell.members.len());
            assert_eq!(sizes.clone().sum::<usize>(), 100);
            assert!(sizes.min().is_some_and(|size| size >= least));
            for cell in &individuals.cells {
                let mut members = cell.members.iter();
                assert!(members.all(|&member| individuals.target[member] == cell.target));
            }
        }
        let few = Individuals::draw(&Protocol::even(25, 3), 10, 0, |_| true);
        assert!(few.cells.iter().any(|cell| cell.members.len() > 1));
    }
}
