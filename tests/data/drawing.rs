//! Points drawn while training: they are trained with at once, reproduce, and open again as a file.
#![allow(clippy::unwrap_used)]

use ctui::{
    counterfactual::GeneratorKind,
    data::{Draw, Drawing, Source, drawing::write_csv},
    recipe::{Controls, Recipe, arms},
    run,
    session::{Lockstep, Stroke},
    training::{HyperParameters, Preset},
};

fn recipe(list: &str, generator: GeneratorKind) -> Recipe {
    let preset = Preset::find("moon").unwrap();
    let parameters = HyperParameters {
        samples: 150,
        counterfactuals: 20,
        epochs: 9,
        max_steps: 10,
        hidden_units: 6,
        generator,
        ..preset.parameters()
    };
    Recipe {
        arms: arms(list, &Controls::new(parameters)).unwrap(),
        ..Recipe::of(preset.source(None).unwrap())
    }
}

fn weights(run: &Lockstep) -> Vec<Vec<f32>> {
    let models = run.models().into_iter();
    models.map(|model| model.parameters.clone()).collect()
}

fn spray(count: usize, class: usize) -> Stroke {
    let place = |index: usize| [-1.0 + 0.01 * index as f32, 0.5 - 0.02 * index as f32];
    Stroke::Add((0..count).map(|index| (place(index), class)).collect())
}

fn epochs(run: &mut Lockstep, count: usize) {
    for _ in 0..count {
        run.train_epoch().unwrap();
    }
}

/// A run with 60 points that come, and some that go, up to epoch 9.
fn drawn(generator: GeneratorKind) -> Lockstep {
    let mut run = Lockstep::new(recipe("BL,CT", generator)).unwrap();
    epochs(&mut run, 2);
    let before = run.dataset().train.len();
    assert!(run.draw(spray(40, 0)).unwrap());
    assert_eq!(run.dataset().train.len() - before, 32);
    epochs(&mut run, 2);
    assert!(run.draw(spray(20, 1)).unwrap());
    epochs(&mut run, 1);
    assert!(run.draw(Stroke::TakeBack).unwrap());
    let erase = Stroke::Erase {
        near: [-1.0, 0.5],
        unit: [1.0, 1.0],
    };
    assert!(run.draw(erase).unwrap());
    epochs(&mut run, 4);
    run
}

#[test]
fn a_recipe_with_drawn_points_gives_the_same_weights() {
    for generator in [GeneratorKind::Eccco, GeneratorKind::Gravitational] {
        let run = drawn(generator);
        let text = serde_json::to_string(run.recipe()).unwrap();
        let read = Recipe::from_json(&text).unwrap();
        let mut again = Lockstep::new(read.clone()).unwrap();
        epochs(&mut again, 9);
        assert_eq!(weights(&again), weights(&run));
        let trained = run::train(&read, &mut []).unwrap();
        let alone: Vec<_> = (trained.arms.iter())
            .map(|arm| arm.model.parameters.clone())
            .collect();
        assert_eq!(alone, weights(&run));
        assert_eq!(trained.dataset, *run.dataset());
        let mut plain = Lockstep::new(recipe("BL,CT", generator)).unwrap();
        epochs(&mut plain, 9);
        assert_ne!(weights(&plain), weights(&run));
    }
}

#[test]
fn going_back_in_time_shows_the_data_of_that_time() {
    let mut run = drawn(GeneratorKind::Eccco);
    let (last, rows) = (weights(&run), run.dataset().train.len());
    run.go_to(4).unwrap();
    assert_eq!(run.recipe().drawing.at(4).count(), 40);
    assert_ne!(run.dataset().train.len(), rows);
    run.go_to(9).unwrap();
    assert_eq!((weights(&run), run.dataset().train.len()), (last, rows));
    run.go_to(1).unwrap();
    assert!(run.draw(spray(5, 1)).unwrap());
    assert_eq!(
        (run.newest_epoch(), run.recipe().drawing.points().len()),
        (1, 5)
    );
    run.go_to(1).unwrap();
    epochs(&mut run, 1);
    run.go_to(1).unwrap();
    epochs(&mut run, 1);
    assert_eq!(run.recipe().drawing.at(2).count(), 0);
}

#[test]
fn a_fork_has_the_points_as_well() {
    let mut run = drawn(GeneratorKind::Eccco);
    run.go_to(5).unwrap();
    run.fork(1, "CT2").unwrap();
    assert_eq!(run.recipe().drawing.at(5).count(), 60);
    epochs(&mut run, 3);
    let mut again = Lockstep::new(run.recipe().clone()).unwrap();
    epochs(&mut again, 8);
    assert_eq!(weights(&again), weights(&run));
}

#[test]
fn an_empty_plane_is_trained_on_once_it_has_points() {
    let mut blank = recipe("BL,CT", GeneratorKind::Gravitational);
    blank.drawing = Drawing::blank();
    assert!(run::train(&blank, &mut []).is_err());
    let mut run = Lockstep::new(blank).unwrap();
    assert!(run.prepare().unwrap() && run.train_epoch().is_err());
    run.draw(spray(10, 0)).unwrap();
    assert!(run.train_epoch().is_err());
    run.draw(spray(10, 1)).unwrap();
    epochs(&mut run, 3);
    assert_eq!(
        (run.dataset().train.len(), run.dataset().test.len()),
        (16, 4)
    );
    let mut again = Lockstep::new(run.recipe().clone()).unwrap();
    epochs(&mut again, 3);
    assert_eq!(weights(&again), weights(&run));
    while run.draw(Stroke::TakeBack).unwrap() {}
    assert!(run.train_epoch().is_err());
}

#[test]
fn what_was_drawn_opens_again_as_a_file() {
    let run = drawn(GeneratorKind::Eccco);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.csv");
    let rows = write_csv(run.dataset(), &path).unwrap();
    let dataset = run.dataset();
    assert_eq!(rows, dataset.train.len() + dataset.test.len());
    let draw = Draw {
        samples: 0,
        noise: 0.0,
        seed: 1,
    };
    let opened = Source::file(&path, None).load(&draw).unwrap();
    assert_eq!(opened.train.len() + opened.test.len(), rows);
    assert_eq!(opened.classes, dataset.classes);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn recipes_whose_points_do_not_fit_are_refused() {
    let mut strange = recipe("BL,CT", GeneratorKind::Eccco);
    strange.drawing = serde_json::from_str(r#"{"points":[[0,0,7,1]]}"#).unwrap();
    let error = Lockstep::new(strange.clone()).err().unwrap().to_string();
    assert!(error.contains("class 7"), "{error}");
    strange.drawing = serde_json::from_str(r#"{"points":[[0,0,1,1]]}"#).unwrap();
    strange.source = Source::named("glyphs").unwrap();
    let error = run::train(&strange, &mut []).unwrap_err().to_string();
    assert!(error.contains("two numeric features"), "{error}");
}
