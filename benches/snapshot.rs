//! What the worker shows of a run: boundary fields, and whole snapshots.
//!
//! Floors, in operations. A field of 80 × 48 cells on a plane takes `2 · (2 · 32 + 32 · k)` for the
//! passes and some `20 k` for the softmax of each of 3840 cells: 0.7 Mflop for `k` = 2 (7 µs at 100
//! Gflop/s), 3.4 Mflop for 10 (34 µs); on `wide` projecting the weights to the plane takes another
//! `4 · 784 · 32`. It writes 10 bytes a cell.
//!
//! A snapshot after an epoch is four fields (both arms, now and ten epochs ago), the accuracies of
//! both arms (900 passes of 256 operations each for `moon`), 12 searches of at most 30 steps, and
//! copies of models, reports and recipe: less than 4 Mflop, 40 µs. Reports of 1000 epochs are 200 kB.
//! What is measured is the time from sending an order that changes nothing but what is shown until
//! the new snapshot is there, which wakes two threads.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::{sync::Arc, time::Duration};

use common::Setting;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ctui::{
    recipe::{Controls, Recipe},
    session::{Axes, Command, Field, Projection, Session, Snapshot, Status, View},
    training::{Objective, Preset},
};

fn fields(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("field");
    for (name, setting) in [
        ("moon", Setting::preset("moon", Objective::Full, 5)),
        ("wide", Setting::wide(Objective::Full, 1)),
    ] {
        let projection = Projection::new(&setting.dataset, Axes::Features(0, 1));
        for resolution in [(80, 48), (160, 96)] {
            let id = BenchmarkId::new(name, format!("{}x{}", resolution.0, resolution.1));
            group.bench_function(id, |bencher| {
                bencher.iter(|| Field::new(setting.trainer.model(), &projection, resolution));
            });
        }
    }
    group.finish();
}

/// A session that has trained `epochs` epochs of `moon` and rests.
fn session(epochs: usize) -> Session {
    let preset = Preset::find("moon").unwrap();
    let mut parameters = preset.parameters();
    parameters.epochs = epochs;
    let recipe = Recipe::pair(preset.source(None).unwrap(), Controls::new(parameters));
    let session = Session::spawn(recipe).unwrap();
    session.send(Command::Run);
    next(&session, |snapshot| snapshot.status == Status::Finished);
    session
}

/// The next snapshot that is `wanted`.
fn next(session: &Session, wanted: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    let patience = Duration::from_secs(60);
    loop {
        let snapshot = session.snapshots().recv_timeout(patience).unwrap();
        if wanted(&snapshot) {
            return snapshot;
        }
    }
}

fn snapshots(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("snapshot");
    for epochs in [20, 1000] {
        let session = session(epochs);
        let resolutions = [(80, 48), (80, 47)];
        let mut turn = 0;
        group.bench_function(BenchmarkId::new("after epochs", epochs), |bencher| {
            bencher.iter(|| {
                turn = 1 - turn;
                let resolution = resolutions[turn];
                session.send(Command::Look(View {
                    resolution,
                    ..View::default()
                }));
                next(&session, |snapshot| {
                    snapshot.arms[0].field.resolution == resolution
                })
            });
        });
    }
    group.finish();
}

criterion_group!(benches, fields, snapshots);
criterion_main!(benches);
