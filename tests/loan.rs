//! The loan data show what counterfactual training promises: plausible counterfactuals, and a model
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

/// Position of the feature that is protected.
const AGE: usize = 1;

/// The recipe beside the sample, its file found from anywhere.
fn recipe() -> Recipe {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(folder.join("sample_data/loan.recipe.json")).unwrap();
    let mut recipe: Recipe = serde_json::from_str(&text).unwrap();
    assert_eq!(recipe.parameters().hidden_layers, 0, "linear");
    let Source::Csv { path, .. } = &mut recipe.source else {
        unreachable!("a table")
    };
    assert_eq!(path.as_path(), Path::new("sample_data/loan.csv"));
    *path = folder.join(&path);
    recipe
}

fn trained(seed: u64, objective: Objective, mutability: &[Mutability]) -> (Mlp, Dataset) {
    let mut recipe = recipe().only(0);
    recipe.each(|controls| {
        controls.parameters.seed = seed;
        controls.parameters.objective = objective;
        controls.mutability = mutability.to_vec();
    });
    let trained = train(&recipe, &mut []).unwrap();
    (trained.first().model.clone(), (*trained.dataset).clone())
}

/// Share of the attribution of a sample's own label that goes to the age.
fn share(model: &Mlp, dataset: &Dataset) -> f32 {
    let x = dataset.test.x.view();
    let origin = Baseline::Zero.draw(x.dim(), 0);
    let found = integrated_gradients(model, x, origin.view(), &dataset.test.y).mapv(f32::abs);
    found.column(AGE).sum() / found.sum()
}

/// How far the boundary of a linear model leans on the age: the age's part of the normal.
fn tilt(model: &Mlp) -> f32 {
    let weights = &model.parameters;
    let [debt, age] = [0, 1].map(|feature| weights[2 + feature] - weights[feature]);
    age.abs().atan2(debt.abs()).to_degrees()
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

/// Of five seeds, in how many `holds` is true.
fn seeds(holds: impl Fn(u64) -> bool) -> usize {
    (1..=5).filter(|&seed| holds(seed)).count()
}

#[test]
fn counterfactual_training_is_more_plausible() {
    let better = seeds(|seed| {
        let [arm, baseline] = [Objective::Full, Objective::Vanilla].map(|objective| {
            let (model, dataset) = trained(seed, objective, &[]);
            plausibility(&model, &dataset)
        });
        arm[0] < baseline[0] && arm[1] < baseline[1]
    });
    assert!(better >= 4, "IP and IP* fall for {better} of 5 seeds");
}

#[test]
fn locking_the_age_makes_the_model_go_less_by_it() {
    let locked = [Mutability::Both, Mutability::None];
    let better = seeds(|seed| {
        let (baseline, dataset) = trained(seed, Objective::Vanilla, &[]);
        let (arm, _) = trained(seed, Objective::Full, &locked);
        share(&arm, &dataset) < share(&baseline, &dataset) && tilt(&arm) < tilt(&baseline) - 1.0
    });
    assert!(better >= 4, "sensitivity falls for {better} of 5 seeds");
}

#[test]
fn locking_the_age_is_what_makes_the_difference() {
    let better = seeds(|seed| {
        let (free, dataset) = trained(seed, Objective::Full, &[Mutability::Both; 2]);
        let (locked, _) = trained(seed, Objective::Full, &[Mutability::Both, Mutability::None]);
        share(&locked, &dataset) < share(&free, &dataset)
    });
    assert!(better >= 4, "it falls for {better} of 5 seeds");
}

#[test]
fn the_recipe_is_what_making_the_data_writes() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut made = assert_cmd::Command::cargo_bin("ctui").unwrap();
    made.current_dir(folder.path())
        .args(["data", "make", "loan", "--samples", "1000", "--seed", "1"])
        .args(["--out", "sample_data/loan.csv"]);
    fs::create_dir(folder.path().join("sample_data")).unwrap();
    made.assert().success();
    for name in ["loan.csv", "loan.toml", "loan.recipe.json"] {
        let name = Path::new("sample_data").join(name);
        let kept = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&name)).unwrap();
        let again = fs::read(folder.path().join(&name)).unwrap();
        assert!(again == kept, "{} differs", name.display());
    }
}
