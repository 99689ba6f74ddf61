//! The weights that recipes have always given: hashes of both arms, taken when this test was
//! written.
//!
//! Where weights have to change, `CTUI_RENEW=1 cargo test --test weights` takes the hashes anew; the
//! commit says why.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use ctui::{
    counterfactual::GeneratorKind,
    data::{Mutability, Source},
    recipe::{Controls, Recipe},
    run::train,
    session::Lockstep,
    training::{HyperParameters, Preset},
};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// FNV-1a of the bits of weights.
fn hash(weights: &[f32]) -> String {
    let bytes = weights.iter().flat_map(|weight| weight.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// A preset, with every number given that is a matter of size.
fn preset(id: &str) -> Recipe {
    let preset = Preset::find(id).unwrap();
    let parameters = HyperParameters {
        samples: 1000,
        counterfactuals: 300,
        epochs: 12,
        ..preset.parameters()
    };
    pair(preset.source(None).unwrap(), parameters, Vec::new())
}

fn pair(source: Source, parameters: HyperParameters, mutability: Vec<Mutability>) -> Recipe {
    let controls = Controls {
        parameters,
        mutability,
    };
    Recipe::pair(source, controls)
}

/// A preset with something else about its parameters.
fn varied(id: &str, vary: impl Fn(&mut HyperParameters)) -> Recipe {
    let mut recipe = preset(id);
    recipe.each(|controls| vary(&mut controls.parameters));
    recipe
}

fn loan() -> Recipe {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data/loan.csv");
    let parameters = HyperParameters {
        epochs: 12,
        ..HyperParameters::default()
    };
    let source = Source::file(&path, None);
    let dataset = source.load(&parameters.draw()).unwrap();
    let mut mutability = dataset.mutability(&[]);
    mutability[0] = Mutability::None;
    pair(source, parameters, mutability)
}

fn file(name: &str) -> Recipe {
    ctui::recipe::read(&fixture(name), true).unwrap()
}

fn recipes() -> Vec<(&'static str, Recipe)> {
    vec![
        ("ls", preset("ls")),
        ("circ", preset("circ")),
        ("moon", preset("moon")),
        ("ol", preset("ol")),
        ("circ, linear", varied("circ", |p| p.hidden_layers = 0)),
        ("moon, burn-in", varied("moon", |p| p.burn_in = 0.5)),
        ("moon, deep", varied("moon", |p| p.hidden_layers = 3)),
        (
            "ol, revise",
            varied("ol", |p| p.generator = GeneratorKind::Revise),
        ),
        (
            "ls, gravitational",
            varied("ls", |p| p.generator = GeneratorKind::Gravitational),
        ),
        (
            "ls, omniscient",
            varied("ls", |p| p.generator = GeneratorKind::Omniscient),
        ),
        ("loan, age locked", loan()),
        ("moon, with changes", file("recipes/version1.json")),
    ]
}

/// Hashes of both arms' weights.
fn hashes(recipe: Recipe) -> [String; 2] {
    let together = train(&recipe, &mut []).unwrap();
    let alone = train(&recipe.only(1), &mut []).unwrap();
    let epochs = recipe.epochs();
    let mut run = Lockstep::new(recipe).unwrap();
    while run.epoch() < epochs {
        run.train_epoch().unwrap();
    }
    let models = run.models();
    assert_eq!(models[1], &alone.first().model, "trained alone");
    [0, 1].map(|arm: usize| {
        assert_eq!(
            models[arm], &together.arms[arm].model,
            "trained without a session"
        );
        hash(&models[arm].parameters)
    })
}

#[test]
fn recipes_give_the_weights_that_they_always_gave() {
    let path = fixture("weights.json");
    let found: BTreeMap<String, [String; 2]> = recipes()
        .into_iter()
        .map(|(name, recipe)| (name.to_owned(), hashes(recipe)))
        .collect();
    if std::env::var_os("CTUI_RENEW").is_some() {
        fs::write(&path, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
    }
    let known: BTreeMap<String, [String; 2]> =
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(found, known);
}
