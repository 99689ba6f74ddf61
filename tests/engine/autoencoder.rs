//! The autoencoder learns its data, and a search in its latent space respects what it must.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use ctui::{
    counterfactual::{
        Background, Backgrounds, Constraints, Generator, GeneratorKind, Search, SearchParameters,
    },
    data::{Dataset, Mutability, Samples, Source, synthetic::Draw},
    model::{Autoencoder, AutoencoderFit},
    recipe::{Controls, Recipe},
    run::{Event, Sink, train_with},
    session::{Command, Session, Status},
    training::Preset,
};
use ndarray::{Array2, Axis};

fn data(name: &str) -> Dataset {
    let draw = Draw {
        samples: 1000,
        noise: 0.1,
        seed: 1,
    };
    Source::named(name).unwrap().load(&draw).unwrap()
}

fn fitted(x: &Array2<f32>, seed: u64) -> (Autoencoder, Vec<f32>) {
    let mut fit = AutoencoderFit::new(x.ncols(), 16, seed).unwrap();
    loop {
        if let Some(autoencoder) = fit.advance(x.view()).unwrap() {
            return (autoencoder, fit.losses().to_vec());
        }
    }
}

fn squared_error(a: &Array2<f32>, b: &Array2<f32>) -> f32 {
    (a - b).mapv(|error| error * error).sum() / a.nrows() as f32
}

#[test]
fn the_loss_falls_and_reconstructions_beat_the_mean() {
    for name in ["moon", "energy", "glyphs"] {
        let dataset = data(name);
        let (autoencoder, losses) = fitted(&dataset.train.x, 1);
        let (early, late) = (losses[0], losses[losses.len() - 1]);
        assert!(late < 0.5 * early, "{name}: {early} to {late}");
        let test = &dataset.test.x;
        let found = autoencoder.decode(autoencoder.encode(test.view()).view());
        let mean = dataset.train.x.mean_axis(Axis(0)).unwrap();
        let mean = mean.broadcast(test.dim()).unwrap().to_owned();
        let (error, min) = (squared_error(&found, test), squared_error(&mean, test));
        assert!(error < 0.5 * min, "{name}: {error} against {min}");
    }
}

#[test]
fn the_same_seed_gives_the_same_losses_on_any_number_of_threads() {
    let x = data("glyphs").train.x;
    let with = |threads, seed| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            let mut fit = AutoencoderFit::new(x.ncols(), 16, seed).unwrap();
            for _ in 0..5 {
                fit.advance(x.view()).unwrap();
            }
            fit.losses().to_vec()
        })
    };
    assert_eq!(with(1, 1), with(2, 1));
    assert_ne!(with(1, 1), with(1, 2));
}

#[test]
fn no_samples_are_no_problem() {
    assert_eq!(fitted(&Array2::zeros((0, 3)), 1).0.latent(), 3);
}

fn recipe(epochs: usize) -> Recipe {
    let preset = Preset::find("moon").unwrap();
    let mut parameters = preset.parameters();
    parameters.epochs = epochs;
    parameters.samples = 1000;
    parameters.counterfactuals = 300;
    parameters.generator = GeneratorKind::Revise;
    Recipe::pair(preset.source(None).unwrap(), Controls::new(parameters))
}

#[test]
fn locked_features_of_decoded_points_are_the_factuals() {
    let dataset = data("moon");
    let generator = Generator::fit(GeneratorKind::Revise, &dataset.train, 2, 1).unwrap();
    let trained = ctui::run::train(&recipe(5).only(1), &mut []).unwrap();
    let targets: Vec<usize> = dataset.test.y.iter().map(|class| 1 - class).collect();
    let found = |mutability| {
        let constraints = Constraints {
            mutability: vec![mutability, Mutability::Both],
            ..Constraints::none(2)
        };
        let parameters = SearchParameters {
            decision_threshold: 0.6,
            max_steps: 100,
            ..SearchParameters::default()
        };
        Search {
            model: &trained.first().model,
            generator: &generator,
            constraints: &constraints,
            parameters: &parameters,
        }
        .run(dataset.test.x.view(), &targets)
    };
    let from = dataset.test.x.column(0).to_owned();
    let to = |mutability| found(mutability).points.column(0).to_owned();
    let pairs = |mutability| from.to_vec().into_iter().zip(to(mutability).to_vec());
    assert!(pairs(Mutability::None).all(|(from, to)| from.to_bits() == to.to_bits()));
    assert!(pairs(Mutability::Increase).all(|(from, to)| to >= from));
    assert!(pairs(Mutability::Decrease).all(|(from, to)| to <= from));
    assert!(pairs(Mutability::Both).any(|(from, to)| to > from + 0.1));
    assert!(pairs(Mutability::Both).any(|(from, to)| to < from - 0.1));
    let free = found(Mutability::Both);
    let mature = free
        .outcomes
        .iter()
        .filter(|outcome| outcome.mature)
        .count();
    assert!(mature > targets.len() / 2, "{mature} of {}", targets.len());
}

/// Counts what a run reports.
#[derive(Default)]
struct Counts {
    fitting: usize,
    epochs: usize,
}

impl Sink for Counts {
    fn take(&mut self, event: Event<'_>) -> std::io::Result<()> {
        match event {
            Event::Fitting { done } => {
                assert!((0.0..=1.0).contains(&done));
                self.fitting += 1;
            }
            Event::Epoch { .. } => self.epochs += 1,
            _ => {}
        }
        Ok(())
    }
}

#[test]
fn an_autoencoder_that_was_kept_is_not_fitted_again() {
    let folder = tempfile::tempdir().unwrap();
    let run = |recipe: &Recipe, folder: &Path| {
        let mut counts = Counts::default();
        let background = Backgrounds::new(recipe.seed());
        let background = background.kept_in(folder.to_owned());
        let trained = train_with(recipe, background, &mut [&mut counts]).unwrap();
        assert_eq!(counts.epochs, 2);
        (trained.arms[0].model.clone(), counts.fitting)
    };
    let (first, fitting) = run(&recipe(2).only(1), folder.path());
    assert!(fitting > 10);
    assert_eq!(run(&recipe(2).only(1), folder.path()), (first.clone(), 0));
    let mut other = recipe(2);
    other.each(|controls| controls.parameters.seed += 1);
    assert!(
        run(&other.only(1), folder.path()).1 > 0,
        "other data, other autoencoder"
    );
    std::fs::write(folder.path().join("encoder.safetensors"), "junk").unwrap();
    let (again, fitting) = run(&recipe(2).only(1), folder.path());
    assert!(fitting > 10, "what cannot be read is fitted again");
    assert_eq!(again, first);
}

#[test]
fn a_session_says_that_it_is_fitting_and_trains_afterwards() {
    let session = Session::spawn(recipe(3)).unwrap();
    session.send(Command::StepEpoch);
    let mut fitting = 0;
    let snapshot = loop {
        let snapshot = session.snapshots().recv().unwrap();
        fitting += usize::from(snapshot.fitting.is_some());
        assert!(snapshot.fitting.is_none() || snapshot.epoch == 0);
        if snapshot.epoch == 1 {
            break snapshot;
        }
    };
    assert!(fitting > 0);
    assert_eq!(snapshot.status, Status::Paused);
    let one = ctui::run::train(&recipe(1).only(1), &mut [])
        .unwrap()
        .first()
        .model
        .clone();
    assert_eq!(*snapshot.arms[1].model, one);
    assert!(!snapshot.arms[1].trajectories.examples.is_empty());
}

#[test]
fn a_background_learns_each_thing_once() {
    let train: Samples = data("moon").train;
    let mut background = Background::new(1);
    let first = background.fit(GeneratorKind::Revise, &train, 2).unwrap();
    let again = background
        .advance(GeneratorKind::Revise, &train, 2)
        .unwrap();
    assert_eq!(again, Some(first));
}
