//! Epochs of training.
//!
//! Floors of a counterfactual-training epoch, in operations: a two-dimensional preset
//! (`2·32 + 32·2` products per pass and point) needs, without early stopping, forwards and
//! backwards `1000 · 30 · 4 · 128` operations for the search and `120 · 57 · 6 · 128` for the
//! updates: 21 Mflop, 0.2 ms at 100 Gflop/s; all it touches, 60 kB, stays in the second-level
//! cache. `floor` is that arithmetic hand-written for this one shape ([`floor::epoch`]).
//!
//! `wide` (784 → 32 → 10): an update of 1000 + 3 · 455 rows takes `2365 · 4 · 25408 + 2365 · 2 ·
//! 320` operations, 11 of them 2.6 Gflop, and a step of 5000 searches 0.5 Gflop; each update reads
//! 7.4 MB of points twice.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;
mod floor;

use common::{PRESETS, Setting};
use criterion::{Criterion, criterion_group, criterion_main};
use ctui::training::Objective;

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

criterion_group!(benches, presets, floor, wide);
criterion_main!(benches);
