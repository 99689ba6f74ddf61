//! The loan samples show what counterfactual training promises: plausible counterfactuals, and a model
//! that goes less by a protected feature (the paper's Figure 1 and Proposition 3.1).

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use ctui::{
    counterfactual::Constraints,
    data::{Dataset, Mutability, Source},
    evaluation::{
        attribution::{Baseline, integrated_gradients},
        rounds::{Evaluation, Protocol, Round},
    },
    model::Mlp,
    recipe::Recipe,
    run::train,
    training::Objective,
};

/// The samples with a recipe beside them.
const SAMPLES: [&str; 2] = ["loan", "loan-approval"];

/// Whether the age may change, whatever the schema says of it.
#[derive(Clone, Copy)]
enum Age {
    AsInSchema,
    Free,
    Locked,
}

/// The recipe beside the sample, its file found from anywhere.
fn recipe(sample: &str) -> Recipe {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = folder.join(format!("sample_data/{sample}.recipe.json"));
    let mut recipe: Recipe = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(recipe.parameters().hidden_layers, 0, "linear");
    let Source::Csv { path, .. } = &mut recipe.source else {
        unreachable!("a table")
    };
    assert_eq!(
        *path,
        Path::new("sample_data").join(format!("{sample}.csv"))
    );
    *path = folder.join(&path);
    recipe
}

fn trained(sample: &str, seed: u64, objective: Objective, age: Age) -> (Mlp, Dataset) {
    let mut recipe = recipe(sample).only(0);
    let dataset = recipe.source.load(&recipe.draw()).unwrap();
    let mut mutability: Vec<_> = dataset.features.iter().map(|f| f.mutability).collect();
    match age {
        Age::AsInSchema => {}
        Age::Free => mutability[age_of(&dataset)] = Mutability::Both,
        Age::Locked => mutability[age_of(&dataset)] = Mutability::None,
    }
    recipe.each(|controls| {
        controls.parameters.seed = seed;
        controls.parameters.objective = objective;
        controls.mutability.clone_from(&mutability);
    });
    let trained = train(&recipe, &mut []).unwrap();
    (trained.first().model.clone(), (*trained.dataset).clone())
}

/// Position of the age among the features.
fn age_of(dataset: &Dataset) -> usize {
    let mut names = dataset.features.iter().map(|feature| feature.name.as_str());
    names.position(|name| name == "age").unwrap()
}

/// Share of the attribution of a sample's own label that goes to the age.
fn share(model: &Mlp, dataset: &Dataset) -> f32 {
    let x = dataset.test.x.view();
    let origin = Baseline::Zero.draw(x.dim(), 0);
    let found = integrated_gradients(model, x, origin.view(), &dataset.test.y).mapv(f32::abs);
    found.column(age_of(dataset)).sum() / found.sum()
}

/// How far the boundary of a linear model leans on the age, against the other features together: the
/// angle of its normal in degrees.
fn tilt(model: &Mlp, dataset: &Dataset) -> f32 {
    let (features, age) = (dataset.features.len(), age_of(dataset));
    let (first, second) = model.parameters[..2 * features].split_at(features);
    let normal: Vec<f32> = second.iter().zip(first).map(|(b, a)| b - a).collect();
    let length = normal.iter().map(|w| w * w).sum::<f32>().sqrt();
    (normal[age].abs() / length).asin().to_degrees()
}

/// Mean IP and IP* of a model's counterfactuals.
fn plausibility(model: &Mlp, dataset: &Dataset) -> [f64; 2] {
    let constraints = Constraints::on(dataset, &[], 2.0);
    let protocol = Protocol {
        rounds: 10,
        ..Protocol::paper(100, 1)
    };
    let evaluation = Evaluation::new(model, &dataset.test, &constraints, &protocol).unwrap();
    let rounds = evaluation.run();
    let mean = |of: fn(&Round) -> f64| {
        let values: Vec<f64> = rounds.iter().map(of).filter(|v| v.is_finite()).collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    [mean(|round| round.ip), mean(|round| round.ip_star)]
}

/// Asserts that `holds` is true of at least four of five seeds, for both samples.
fn for_most_seeds(what: &str, holds: impl Fn(&str, u64) -> bool) {
    for sample in SAMPLES {
        let better = (1..=5).filter(|&seed| holds(sample, seed)).count();
        assert!(better >= 4, "{sample}: {what} for {better} of 5 seeds");
    }
}

#[test]
fn counterfactual_training_is_more_plausible() {
    for_most_seeds("IP and IP* fall", |sample, seed| {
        let [arm, baseline] = [Objective::Full, Objective::Vanilla].map(|objective| {
            let (model, dataset) = trained(sample, seed, objective, Age::AsInSchema);
            plausibility(&model, &dataset)
        });
        arm[0] < baseline[0] && arm[1] < baseline[1]
    });
}

#[test]
fn locking_the_age_makes_the_model_go_less_by_it() {
    for_most_seeds("sensitivity falls", |sample, seed| {
        let (baseline, dataset) = trained(sample, seed, Objective::Vanilla, Age::AsInSchema);
        let (arm, _) = trained(sample, seed, Objective::Full, Age::Locked);
        let [protected, before] = [&arm, &baseline].map(|model| share(model, &dataset));
        let [leaning, upright] = [&arm, &baseline].map(|model| tilt(model, &dataset));
        protected < before && leaning < upright - 1.0
    });
}

#[test]
fn locking_the_age_is_what_makes_the_difference() {
    for_most_seeds("it falls", |sample, seed| {
        let (free, dataset) = trained(sample, seed, Objective::Full, Age::Free);
        let (locked, _) = trained(sample, seed, Objective::Full, Age::Locked);
        share(&locked, &dataset) < share(&free, &dataset)
    });
}

#[test]
fn the_recipe_is_what_making_the_data_writes() {
    for (sample, rows) in SAMPLES.into_iter().zip(["1000", "1500"]) {
        let folder = tempfile::TempDir::new().unwrap();
        fs::create_dir(folder.path().join("sample_data")).unwrap();
        assert_cmd::Command::cargo_bin("ctui")
            .unwrap()
            .current_dir(folder.path())
            .args(["data", "make", sample, "--samples", rows, "--seed", "1"])
            .args(["--out", &format!("sample_data/{sample}.csv")])
            .assert()
            .success();
        for ending in ["csv", "toml", "recipe.json"] {
            let name = Path::new("sample_data").join(format!("{sample}.{ending}"));
            let kept = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&name)).unwrap();
            let again = fs::read(folder.path().join(&name)).unwrap();
            assert!(again == kept, "{} differs", name.display());
        }
    }
}
