//! Racing over seeds: all combinations with few seeds, the best of them with more.
//!
//! Winners on one seed are luck, and halving over epochs fails, since early epochs say little about
//! late ones. Seeds are what is noisy, so seeds are what the better combinations get more of.

use super::{
    Cell, Drive, Settings, Store, SweepError, Tally,
    cell::Resolver,
    drive::Observer,
    spec::Spec,
    summary::{Group, Judge, group},
};

/// Seeds of the stages, where there are as many.
const STAGES: [usize; 3] = [1, 3, usize::MAX];

/// How a race went.
#[derive(Clone, Debug, Default)]
pub struct Race {
    /// Combinations of the last stage, the best first.
    pub finalists: Vec<Group>,
    /// Combinations and seeds per stage.
    pub stages: Vec<(usize, usize)>,
    /// Cells of all stages.
    pub tally: Tally,
}

/// Numbers of seeds of the stages, if there are `seeds` in all.
pub fn stages(seeds: usize) -> Vec<usize> {
    let mut stages: Vec<usize> = STAGES.iter().map(|&stage| stage.min(seeds)).collect();
    stages.dedup();
    stages
}

/// Cells that a race over `combinations` runs at most: those of later stages are partly those of
/// earlier ones.
pub fn race_cells(combinations: usize, seeds: usize, keep: f64) -> usize {
    let (mut running, mut before, mut cells) = (combinations, 0, 0);
    for stage in stages(seeds) {
        if before > 0 {
            running = kept(running, keep);
        }
        cells += running * (stage - before);
        before = stage;
    }
    cells
}

/// How many of `running` combinations go on.
fn kept(running: usize, keep: f64) -> usize {
    ((running as f64 * keep).round() as usize).max(1)
}

/// Races `combinations` over the seeds of `spec` and keeps every result in `store`; `keep` is the
/// share that goes on from stage to stage, at least one.
///
/// # Errors
/// As [`Drive::run`].
pub fn race(
    spec: &Spec,
    judge: &dyn Judge,
    keep: f64,
    combinations: Vec<Settings>,
    drive: &Drive,
    store: &Store,
    observer: &dyn Observer,
) -> Result<Race, SweepError> {
    let mut resolver = Resolver::default();
    let mut race = Race::default();
    let mut running = combinations;
    for seeds in stages(spec.seeds.len()) {
        if !race.stages.is_empty() {
            let keep = kept(running.len(), keep);
            running = race
                .finalists
                .iter()
                .take(keep)
                .map(|group| group.settings.clone())
                .collect();
        }
        let mut cells: Vec<Cell> = Vec::new();
        for settings in &running {
            for &seed in &spec.seeds[..seeds] {
                cells.push(resolver.resolve(settings, seed, &spec.measures, spec.protocol)?);
            }
        }
        let tally = drive.run(&cells, store, observer)?;
        race.tally.add(tally);
        race.stages.push((running.len(), seeds));
        race.finalists = ranked(judge, &cells, store)?;
        if tally.left > 0 {
            break;
        }
    }
    Ok(race)
}

/// The combinations of `cells`, the best first.
pub fn ranked(judge: &dyn Judge, cells: &[Cell], store: &Store) -> Result<Vec<Group>, SweepError> {
    let results = cells.iter().map(|cell| store.result(cell));
    let results: Vec<_> = results.collect::<Result<Vec<_>, _>>()?;
    let groups = group(&results.into_iter().flatten().collect::<Vec<_>>());
    let order = judge.ranking(&groups);
    Ok(order
        .into_iter()
        .map(|position| groups[position].clone())
        .collect())
}

impl Tally {
    /// Adds what came out of another part; what is left is of the last.
    fn add(&mut self, other: Self) {
        self.ran += other.ran;
        self.known += other.known;
        self.failed += other.failed;
        self.left = other.left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_grow_from_stage_to_stage() {
        assert_eq!(stages(8), [1, 3, 8]);
        assert_eq!(stages(3), [1, 3]);
        assert_eq!(stages(2), [1, 2]);
        assert_eq!(stages(1), [1]);
        assert_eq!(race_cells(45, 8, 0.33), 45 + 2 * 15 + 5 * 5);
        assert_eq!(race_cells(3, 1, 0.33), 3);
    }
}
