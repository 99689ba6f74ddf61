//! Epochs of training.
//!
//! Floors of a counterfactual-training epoch, in operations: a two-dimensional preset
//! (`2·32 + 32·2` products per pass and point) needs, without early stopping, forwards and
//! backwards `1000 · 30 · 4 · 128` operations for the search and `120 · 57 · 6 · 128` for the
//! updates: 21 Mflop, 0.2 ms at 100 Gflop/s; all it touches, 60 kB, stays in the second-level
//! cache. `floor` is that arithmetic hand-written for this one shape ([`floor::epoch`]).
//!
//! The tables' presets train here on random points in the number and width that their files have, 2
//! classes: a search of 5000 points `5000 · 30 · 4 w`, updates of `(n + 15,000) · 6 w` operations with
//! `w = 32 d + 64`; 0.42 + 0.17 Gflop for `adult` (26,049 × 20), 4 and 2 ms.
//!
//! `wide` (784 → 32 → 10): an update of 1000 + 3 · 455 rows takes `2365 · 4 · 25408 + 2365 · 2 ·
//! 320` operations, 11 of them 2.6 Gflop, and a step of 5000 searches 0.5 Gflop; each update reads
//! 7.4 MB of points twice.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;
mod floor;

use common::{PRESETS, Setting, blobs};
use criterion::{Criterion, criterion_group, criterion_main};
use ctui::training::{Objective, Preset};

fn presets(criterion: &mut Criterion) {
    for (name, objective) in [("ct", Objective::Full), ("vanilla", Objective::Vanilla)] {
        let mut group = criterion.benchmark_group(format!("epoch/{name}"));
        for id in PRESETS {
            let mut setting = Setting::preset(id, objective, 50);
            group.bench_function(id, |bencher| bencher.iter(|| setting.epoch()));
        }
        group.finish();
    }
}

/// Training samples and features of the tables' presets.
const TABLES: [(&str, usize, usize); 4] = [
    ("adult", 26_049, 20),
    ("california", 16_504, 8),
    ("credit", 10_617, 33),
    ("gmsc", 13_371, 10),
];

fn tables(criterion: &mut Criterion) {
    for (name, objective) in [("ct", Objective::Full), ("vanilla", Objective::Vanilla)] {
        let mut group = criterion.benchmark_group(format!("epoch/{name}"));
        group.sample_size(20);
        for (id, samples, features) in TABLES {
            let mut parameters = Preset::find(id).unwrap().parameters();
            parameters.objective = objective;
            let mut setting = Setting::new(blobs(samples, features, 2), parameters, 10);
            group.bench_function(id, |bencher| bencher.iter(|| setting.epoch()));
        }
        group.finish();
    }
}

fn floor(criterion: &mut Criterion) {
    let mut floor = floor::Floor::new();
    criterion.bench_function("epoch/floor", |bencher| bencher.iter(|| floor.epoch()));
}

fn wide(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("epoch/wide");
    group.sample_size(10);
    for (name, objective) in [("ct", Objective::Full), ("vanilla", Objective::Vanilla)] {
        let mut setting = Setting::wide(objective, 3);
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let pool = pool.build().unwrap();
            group.bench_function(format!("{name}/threads {threads}"), |bencher| {
                pool.install(|| bencher.iter(|| setting.epoch()));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, presets, tables, floor, wide);
criterion_main!(benches);
