//! The same weights on every machine: no function of the system's library reaches them, and all vector
//! instructions give the same bits.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use ctui::{
    counterfactual::GeneratorKind,
    data::{Mutability, Source},
    model::Instructions,
    recipe::{Controls, Recipe},
    run::train,
    training::{HyperParameters, Objective, Preset},
};

/// Rooms whose numbers reach a sample, a weight or a score.
const ROOMS: [&str; 8] = [
    "random",
    "data",
    "model",
    "counterfactual",
    "training",
    "evaluation",
    "recourse",
    "learner",
];

/// Functions of the standard library whose last bits are the system's or the compiler's.
const UNPORTABLE: [&str; 27] = [
    "exp", "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "powf", "powi", "cbrt",
    "hypot", "sin", "cos", "tan", "sin_cos", "asin", "acos", "atan", "atan2", "sinh", "cosh",
    "tanh", "asinh", "acosh", "atanh", "mul_add",
];

/// What stays: the engine that is a reference for tests, and has its own library for all of it; and
/// powers of two, which are exact.
const EXEMPT: [&str; 3] = [
    "model/autograd.rs",
    "model/adam/reference.rs",
    "model/safetensors/numbers.rs",
];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path.to_str().unwrap().to_owned(), text));
        }
    }
}

/// Calls of unportable functions in a source, its tests and comments aside.
fn calls(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| line.chars().chain(['\n'])).collect();
    let named = |name: &&&str| {
        [
            format!(".{name}("),
            format!("f32::{name}"),
            format!("f64::{name}"),
        ]
        .iter()
        .any(|call| {
            code.match_indices(call.as_str()).any(|(at, _)| {
                let rest = &code[at + call.len()..];
                call.ends_with('(') || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            })
        })
    };
    UNPORTABLE
        .iter()
        .filter(named)
        .map(|name| (*name).to_owned())
        .collect()
}

#[test]
fn numbers_take_no_function_of_the_system() {
    assert_eq!(
        calls("let x = y.exp();\n// z.ln()\n#[cfg(test)] a.sin()"),
        ["exp"]
    );
    assert_eq!(calls("map(f64::powf)"), ["powf"]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (path, source) in found {
        let path = Path::new(&path)
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let room = path.split(['/', '.']).next().unwrap();
        if ROOMS.contains(&room) && !EXEMPT.contains(&path.as_str()) && !path.contains("/tests") {
            seen += 1;
            wrong.extend(
                calls(&source)
                    .into_iter()
                    .map(|call| format!("{path}: {call}")),
            );
        }
    }
    assert!(seen > 100, "{seen}");
    assert_eq!(wrong, [""; 0], "take it from crate::math");
}

/// A preset, and another with the generator that decodes.
fn presets() -> Vec<Recipe> {
    let small = |id: &str| {
        let preset = Preset::find(id).unwrap();
        let parameters = HyperParameters {
            samples: 600,
            counterfactuals: 200,
            epochs: 6,
            ..preset.parameters()
        };
        Recipe::pair(preset.source(None).unwrap(), Controls::new(parameters))
    };
    let mut revise = small("circ");
    revise.each(|controls| controls.parameters.generator = GeneratorKind::Revise);
    let mut jem = small("ol");
    jem.arms[1].controls.parameters.objective = Objective::Jem;
    vec![small("moon"), revise, jem]
}

/// Data of the shape of `adult`: 108 features, most of them parts of 8 categories, some locked.
fn adult_shaped(folder: &Path) -> Recipe {
    let path = folder.join("people.csv");
    let columns = (0..6).map(|n| format!("number{n}"));
    let columns = columns.chain((0..8).map(|n| format!("text{n}")));
    let header: Vec<String> = columns.chain(["label".into()]).collect();
    let mut text = header.join(",") + "\n";
    let mut state = 1_u64;
    let mut next = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..900 {
        let numbers: Vec<u64> = (0..6).map(|_| next(1000)).collect();
        let texts: Vec<u64> = (0..8)
            .map(|n| next([9, 16, 7, 15, 6, 5, 2, 42][n]))
            .collect();
        let label = u64::from(numbers[0] + 40 * texts[0] + next(300) > 800);
        let cells = numbers.iter().map(u64::to_string);
        let cells = cells.chain(texts.iter().map(|code| format!("c{code}")));
        text += &(cells.collect::<Vec<_>>().join(",") + &format!(",{label}\n"));
    }
    fs::write(&path, text).unwrap();
    let parameters = HyperParameters {
        counterfactuals: 200,
        epochs: 4,
        ..HyperParameters::default()
    };
    let source = Source::file(&path, None);
    let dataset = source.load(&parameters.draw()).unwrap();
    assert_eq!(dataset.dimensions(), 108);
    let mut mutability = dataset.mutability(&[]);
    mutability[0] = Mutability::None;
    mutability[1] = Mutability::Increase;
    Recipe::pair(
        source,
        Controls {
            parameters,
            mutability,
        },
    )
}

#[test]
fn all_vector_instructions_give_the_same_weights() {
    let folder = tempfile::tempdir().unwrap();
    let mut recipes = presets();
    recipes.push(adult_shaped(folder.path()));
    println!("widest: {}", Instructions::widest_name());
    for recipe in recipes {
        let weights = |instructions: Instructions| {
            instructions.allow();
            let arms = train(&recipe, &mut []).unwrap().arms;
            let bits = arms.iter().flat_map(|arm| arm.model.parameters.iter());
            bits.map(|value| value.to_bits()).collect::<Vec<u32>>()
        };
        let widest = weights(Instructions::Widest);
        for instructions in [Instructions::Avx2, Instructions::Scalar] {
            assert!(
                weights(instructions) == widest,
                "{instructions:?}: {}",
                recipe.source.title()
            );
        }
    }
}
