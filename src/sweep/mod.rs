//! Many runs: grids of settings, each trained and measured once, on one machine or on many.
//!
//! [`Spec`] is the file, [`Cell`] one run of it, [`Store`] the folder where results are found by
//! what they depend on. [`Drive`] runs cells; [`race`] gives the better ones more seeds.

mod cell;
mod collect;
mod drive;
mod error;
mod heat_map;
mod measure;
mod overview;
mod race;
mod random;
mod score;
mod seeds;
mod setting;
mod shard;
mod slurm;
mod spec;
mod store;
mod summary;
mod tune;

pub use cell::{Cell, Resolver, describe};
pub use collect::collect;
pub use drive::{Drive, Observer, Tally};
pub use error::SweepError;
pub use heat_map::{HeatMap, short};
pub use measure::measure;
pub use overview::{Column, Overview};
pub use race::{Race, race, race_cells, ranked, stages};
pub use random::draw;
pub use score::Score;
pub use seeds::{MAX_SEEDS, parse_seeds};
pub use setting::{Setting, Settings};
pub use shard::Shard;
pub use slurm::{Job, tasks};
pub use spec::{Axes, Bound, MAX_CELLS, Objective, Protocol, Spec, Strategy};
pub use store::{CellResult, Store, Survey};
pub use summary::{Effect, Estimate, Group, Judge, effects, group, varying};
pub use tune::{Effort, MEASURES, TOLERANCE, Tuned, tune, tuning_cells};

/// The paper's grids, and one of regimes: name and file.
pub const BUILT_IN: [(&str, &str); 6] = [
    (
        "generator-params",
        include_str!("../../assets/sweeps/generator-params.toml"),
    ),
    (
        "penalties",
        include_str!("../../assets/sweeps/penalties.toml"),
    ),
    (
        "training-params",
        include_str!("../../assets/sweeps/training-params.toml"),
    ),
    ("tuning", include_str!("../../assets/sweeps/tuning.toml")),
    ("regimes", include_str!("../../assets/sweeps/regimes.toml")),
    ("draft", include_str!("../../assets/sweeps/draft.toml")),
];

/// The grid of that name.
pub fn built_in(name: &str) -> Option<&'static str> {
    let found = BUILT_IN.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}
