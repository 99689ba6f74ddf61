//! The command line that gives the same run.

use std::path::Path;

use super::config::Defaults;
use crate::{
    data::{Feature, Mutability, Source, constrain::as_list},
    recipe::{Arm, Controls, Recipe},
    shell::quote,
    training::{HyperParameters, Kind, Parameter, Preset, TABLE},
};

/// The command line that begins as `recipe` does; changes made while training are not in it.
///
/// `defaults` are those that the user's configuration would put into the run.
pub fn command(recipe: &Recipe, features: &[Feature], defaults: &Defaults) -> String {
    let mut words = vec!["ctui".to_owned()];
    let (base, own) = match data(&recipe.source, &mut words) {
        Some(preset) => (preset.parameters(), Defaults::default()),
        None => (HyperParameters::of(&recipe.source), defaults.clone()),
    };
    let last = &recipe.arms[recipe.arms.len() - 1];
    parameters(&last.controls, &base, &own, &mut words);
    if *recipe != Recipe::pair(recipe.source.clone(), last.controls.clone()) {
        arms(recipe, &last.controls.parameters, &mut words);
    }
    constraints(&last.controls, features, &mut words);
    words.join(" ")
}

/// The arms, and what their parameters differ in from those of the last one.
fn arms(recipe: &Recipe, base: &HyperParameters, words: &mut Vec<String>) {
    let entry = |arm: &Arm| {
        let regime = arm.method().abbreviation;
        match arm.name == regime {
            true => arm.name.clone(),
            false => format!("{}={regime}", arm.name),
        }
    };
    let entries: Vec<_> = recipe.arms.iter().map(entry).collect();
    words.retain(|word| !word.starts_with("--objective "));
    words.push(format!("--arms {}", entries.join(",")));
    for arm in &recipe.arms {
        let differs = |parameter: &&Parameter| {
            parameter.name != "objective"
                && parameter.get(base) != parameter.get(&arm.controls.parameters)
        };
        let values: Vec<_> = (TABLE.iter().filter(differs))
            .map(|parameter| {
                let value = parameter.get(&arm.controls.parameters);
                format!("{}={}", parameter.name, exact(parameter, value))
            })
            .collect();
        if !values.is_empty() {
            words.push(format!("--arm {}:{}", arm.name, values.join(",")));
        }
    }
}

/// Arms whose constraints a command line does not give: those that differ from the last one's.
pub fn unsaid(recipe: &Recipe) -> usize {
    let last = &recipe.arms[recipe.arms.len() - 1].controls.mutability;
    let others = recipe.arms.iter().map(|arm| &arm.controls.mutability);
    others.filter(|mutability| *mutability != last).count()
}

/// The command line that repeats the recipe in a file, changes included.
pub fn command_of_file(path: &Path) -> String {
    format!("ctui --recipe {}", quote(&path.to_string_lossy()))
}

/// The option `name` with a value, which may look like an option itself.
fn word(name: &str, value: &str) -> String {
    match value.starts_with('-') {
        true => format!("--{name}={}", quote(value)),
        false => format!("--{name} {}", quote(value)),
    }
}

/// Puts the data into `words`; the preset, if that gives them.
fn data(source: &Source, words: &mut Vec<String>) -> Option<&'static Preset> {
    let mut option = |name: &str, value: &str| words.push(word(name, value));
    let preset = Preset::of(source);
    match source {
        Source::Synthetic { family, classes } => {
            let classes = classes.filter(|classes| *classes != family.default_classes());
            match (preset, classes) {
                (Some(preset), None) => option("preset", preset.id),
                (_, classes) => {
                    option("data", family.name());
                    if let Some(classes) = classes {
                        option("classes", &classes.to_string());
                    }
                    return None;
                }
            }
        }
        Source::Csv {
            path,
            label,
            format,
        } => {
            option("data", &path.to_string_lossy());
            if let Some(label) = label {
                option("label", label);
            }
            if let Some(delimiter) = format.delimiter {
                option("delimiter", &delimiter.to_string());
            }
            if let Some(decimal) = format.decimal {
                option("decimal", &decimal.mark().to_string());
            }
            format
                .missing
                .iter()
                .for_each(|text| option("missing", text));
            format
                .ignore
                .iter()
                .for_each(|names| option("ignore", names));
        }
        Source::Images { images, .. } => option("data", &images.to_string_lossy()),
        Source::Benchmark { path, .. } => {
            option("preset", preset?.id);
            option("data", &path.to_string_lossy());
            if source.is_as_published() {
                words.push("--as-published".into());
            }
        }
    }
    preset
}

fn parameters(
    controls: &Controls,
    base: &HyperParameters,
    defaults: &Defaults,
    words: &mut Vec<String>,
) {
    let mut expected = base.clone();
    defaults.apply(&mut expected);
    for parameter in TABLE {
        let value = parameter.get(&controls.parameters);
        if value != parameter.get(&expected) {
            let text = exact(parameter, value);
            words.push(match parameter.name {
                "objective" | "epochs" | "seed" => format!("--{} {text}", parameter.name),
                name => format!("--set {name}={text}"),
            });
        }
    }
}

/// The value with all its digits.
fn exact(parameter: &Parameter, value: f64) -> String {
    match parameter.kind {
        Kind::Real => value.to_string(),
        Kind::Integer | Kind::Choice(_) => parameter.format_value(value),
    }
}

fn constraints(controls: &Controls, features: &[Feature], words: &mut Vec<String>) {
    let options = [
        ("mutable", Mutability::Both),
        ("immutable", Mutability::None),
        ("increase", Mutability::Increase),
        ("decrease", Mutability::Decrease),
    ];
    for (option, mutability) in options {
        let names: Vec<_> = features
            .iter()
            .zip(&controls.mutability)
            .filter(|(feature, wanted)| **wanted == mutability && feature.mutability != mutability)
            .map(|(feature, _)| feature.name.as_str())
            .collect();
        if !names.is_empty() {
            words.push(word(option, &as_list(&names)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::tests::fixture;

    #[test]
    fn only_what_differs_is_said() {
        let snapshot = fixture::snapshot(3);
        let features = &snapshot.dataset.features;
        let mut recipe = snapshot.recipe.as_ref().clone();
        let own = Controls {
            parameters: Preset::find("moon").unwrap().parameters(),
            mutability: recipe.arms[1].controls.mutability.clone(),
        };
        recipe = Recipe::pair(recipe.source, own);
        let command = |recipe: &Recipe| command(recipe, features, &Defaults::default());
        assert_eq!(command(&recipe), "ctui --preset moon");
        recipe.each(|controls| controls.parameters.lambda_div = 0.123456);
        recipe.each(|controls| controls.parameters.seed = 7);
        recipe.each(|controls| controls.mutability = vec![Mutability::None, Mutability::Both]);
        assert_eq!(
            command(&recipe),
            "ctui --preset moon --set lambda_div=0.123456 --seed 7 --immutable x1"
        );
        recipe.source = Source::Csv {
            path: "my data.csv".into(),
            label: Some("y".into()),
            format: Default::default(),
        };
        let own = Controls {
            parameters: HyperParameters::default(),
            mutability: recipe.arms[1].controls.mutability.clone(),
        };
        recipe = Recipe::pair(recipe.source, own);
        recipe.each(|controls| controls.mutability.clear());
        assert_eq!(command(&recipe), "ctui --data 'my data.csv' --label y");
    }
}
