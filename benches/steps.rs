//! Parts of an epoch: steps of the search, whole searches, and updates.
//!
//! Floors, in operations per point of a perceptron `d → h → k`: forwards `2·(d·h + h·k)`, with
//! gradients at the points twice as many, with gradients of the weights three times as many but
//! for the `2·d·h` of the points. A search step of 1000 points 2 → 32 → 2 takes 0.5 Mflop (5 µs at
//! 100 Gflop/s), of 500 points 784 → 32 → 10 51 Mflop (0.5 ms); it reads and writes the points
//! once, 8 kB and 1.6 MB. An update on 57 rows 2 → 32 → 2 takes 37 kflop (0.4 µs), on 2365 rows
//! 784 → 32 → 10 0.24 Gflop (2.4 ms), and reads 7.4 MB twice.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Setting;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ctui::{
    counterfactual::{Generator, Search},
    model::{Adam, Autograd, Kernel, Optimizer, Panels, Passes, ReferenceAdam},
    training::{Batch, Objective, TermWeights, objective},
};

/// Both shapes, and how many points are searched and how many samples and tuples make a batch.
fn settings() -> [(&'static str, Setting, usize, [usize; 2]); 2] {
    [
        (
            "moon",
            Setting::preset("moon", Objective::Full, 10),
            1000,
            [30, 9],
        ),
        ("wide", Setting::wide(Objective::Full, 0), 500, [1000, 455]),
    ]
}

fn searches(criterion: &mut Criterion) {
    for (name, setting, points, _) in settings() {
        let factuals = setting
            .dataset
            .train
            .x
            .view()
            .split_at(ndarray::Axis(0), points)
            .0;
        let model = setting.trainer.model();
        let predicted = model.predict(factuals);
        let targets: Vec<usize> = predicted
            .iter()
            .map(|class| (class + 1) % model.classes())
            .collect();
        let mut group = criterion.benchmark_group(format!("search/{name}"));
        for steps in [1, 30] {
            for early in [false, true] {
                let mut parameters = setting.parameters.search();
                parameters.max_steps = steps;
                if !early {
                    parameters.decision_threshold = 2.0;
                }
                let kind = if early { "until mature" } else { "all steps" };
                group.bench_function(BenchmarkId::new(kind, steps), |bencher| {
                    bencher.iter(|| {
                        Search {
                            model,
                            generator: &Generator::Eccco,
                            constraints: &setting.constraints,
                            parameters: &parameters,
                        }
                        .run(factuals, &targets)
                    });
                });
            }
        }
        group.finish();
    }
}

/// Objective, its gradient, and Adam, on one batch.
fn updates(criterion: &mut Criterion) {
    for (name, setting, _, [samples, tuples]) in settings() {
        let rows = samples + 3 * tuples;
        let classes: Vec<u32> = setting.dataset.train.y[..rows]
            .iter()
            .map(|&class| class as u32)
            .collect();
        let x = setting
            .dataset
            .train
            .x
            .view()
            .split_at(ndarray::Axis(0), rows)
            .0;
        let points = Panels::from_rows(x.ncols(), x.as_slice().unwrap());
        let batch = Batch {
            points: &points,
            classes: &classes,
            samples,
        };
        let mut group = criterion.benchmark_group(format!("update/{name}"));
        group.bench_function("kernel", |bencher| {
            update::<Kernel, Adam>(bencher, &setting, batch);
        });
        group.bench_function("dfdx", |bencher| {
            update::<Autograd, ReferenceAdam>(bencher, &setting, batch);
        });
        group.finish();
    }
}

fn update<P: Passes, O: Optimizer>(
    bencher: &mut criterion::Bencher<'_>,
    setting: &Setting,
    batch: Batch<'_>,
) {
    let mut model = setting.trainer.model().clone();
    let mut gradient = vec![0.0; model.parameters.len()];
    let (mut passes, mut adam) = (P::new(&model), O::new(gradient.len()).unwrap());
    let weights = TermWeights::new(&setting.parameters);
    bencher.iter(|| {
        let terms = objective(&mut passes, batch, weights, &mut gradient);
        adam.update(&mut model, &gradient, 1e-6).unwrap();
        passes.load(&model);
        terms
    });
}

criterion_group!(benches, searches, updates);
criterion_main!(benches);
