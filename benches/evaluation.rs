//! Parts of an evaluation: its rounds, and IP* alone.
//!
//! Floors, in operations. A round of `moon` searches 250 points for at most 50 steps (`250 · 50 ·
//! 512`: 6.4 Mflop, 64 µs at 100 Gflop/s, less what matures early), compares 100 of them with 100
//! samples, and measures the distance of each to at most 1000 samples, which takes a binary
//! search per value; `wide` (784 → 32 → 10) has 25 points a round: `25 · 50 · 101,632`, 127
//! Mflop, 1.3 ms. The points of a round are read and written once a step, 2 kB and 78 kB, and stay
//! in the cache.
//!
//! IP* of 100 against 100 points takes `(10,000 + 2 · 4950) · 3 d` operations and 19,900
//! exponentials of some 20 operations: 0.5 Mflop for `d` = 2 (5 µs), 47 Mflop for 784 (0.5 ms), and
//! reads 1.6 kB or 0.6 MB.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Setting;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ctui::{
    evaluation::{
        plausibility::{LENGTH_SCALE, MMD_SAMPLES, mmd2},
        rounds::{Evaluation, Protocol},
    },
    training::Objective,
};
use ndarray::Axis;

/// Rounds per iteration, all searched at once.
const ROUNDS: usize = 20;

fn rounds(criterion: &mut Criterion) {
    let settings = [
        ("moon", Setting::preset("moon", Objective::Full, 20), 250),
        ("wide", Setting::wide(Objective::Full, 2), 25),
    ];
    let mut group = criterion.benchmark_group("evaluation");
    group.sample_size(20);
    for (name, setting, individuals) in settings {
        let protocol = Protocol {
            rounds: ROUNDS,
            lambda_egy: vec![5.0],
            ..Protocol::paper(individuals, 1)
        };
        let evaluation = Evaluation::new(
            setting.trainer.model(),
            &setting.dataset.train,
            &setting.constraints,
            &protocol,
        );
        let evaluation = evaluation.unwrap();
        let id = BenchmarkId::new(format!("{name}/rounds"), ROUNDS);
        group.bench_function(id, |bencher| bencher.iter(|| evaluation.run()));
    }
    group.finish();
}

fn discrepancy(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ip_star");
    for setting in [
        Setting::preset("moon", Objective::Vanilla, 0),
        Setting::wide(Objective::Vanilla, 0),
    ] {
        let (a, rest) = setting
            .dataset
            .train
            .x
            .view()
            .split_at(Axis(0), MMD_SAMPLES);
        let (b, _) = rest.split_at(Axis(0), MMD_SAMPLES);
        group.bench_function(BenchmarkId::new("features", a.ncols()), |bencher| {
            bencher.iter(|| mmd2(a, b, LENGTH_SCALE));
        });
    }
    group.finish();
}

criterion_group!(benches, rounds, discrepancy);
criterion_main!(benches);
