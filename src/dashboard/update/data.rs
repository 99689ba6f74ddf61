//! Other data, other seeds.

use std::path::Path;

use super::run_control::again;
use crate::{
    dashboard::{log::Tone, state::App},
    data::{DataError, Source},
    files::expand_home,
    recipe::{Controls, Recipe},
    session::Command,
    training::{HyperParameters, Parameter, Preset},
};

/// What of the data is not left to defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Options {
    pub(super) noise: Option<f64>,
    pub(super) samples: Option<usize>,
    pub(super) classes: Option<usize>,
    pub(super) label: Option<String>,
}

/// Trains on the data called `name` with the present parameters.
pub(super) fn choose(app: &mut App, name: &str, options: Options) -> Vec<Command> {
    let Some(mut parameters) = present(app) else {
        return Vec::new();
    };
    match recipe(name, options, &mut parameters) {
        Ok(source) => start(app, source, &parameters),
        Err(reason) => refuse(app, reason),
    }
}

/// Trains with the paper's settings for a data set; seed and number of epochs stay.
pub(super) fn preset(app: &mut App, id: &str, file: Option<&Path>) -> Vec<Command> {
    let Some(present) = present(app) else {
        return Vec::new();
    };
    let found = Preset::find(id)
        .and_then(|preset| Ok((preset, preset.source(file.map(expand_home).as_deref())?)));
    match found {
        Ok((preset, source)) => {
            let parameters = HyperParameters {
                seed: present.seed,
                epochs: present.epochs,
                ..preset.parameters()
            };
            settle(app, source, &parameters)
        }
        Err(error) => refuse(app, error.to_string()),
    }
}

/// Trains with the paper's settings, but with other noise and number of samples.
pub(super) fn paper(
    app: &mut App,
    preset: &'static Preset,
    noise: f64,
    samples: usize,
) -> Vec<Command> {
    let Some(present) = present(app) else {
        return Vec::new();
    };
    match preset.source(None) {
        Ok(source) => {
            let parameters = HyperParameters {
                seed: present.seed,
                epochs: present.epochs,
                noise,
                samples,
                ..preset.parameters()
            };
            settle(app, source, &parameters)
        }
        Err(error) => refuse(app, error.to_string()),
    }
}

/// Starts again with another seed.
pub(super) fn seed(app: &mut App, seed: u64) -> Vec<Command> {
    let (Some(snapshot), Some(mut controls)) = (&app.snapshot, app.controls().cloned()) else {
        return Vec::new();
    };
    let source = snapshot.recipe.source.clone();
    let set = Parameter::find("seed")
        .and_then(|parameter| parameter.parse(&mut controls.parameters, &seed.to_string()));
    match set {
        Ok(()) => {
            let drawing = snapshot.drawn();
            let mut recipe = again(app, source, &controls.parameters);
            recipe.drawing = drawing;
            begin(app, recipe)
        }
        Err(error) => refuse(app, error.to_string()),
    }
}

fn present(app: &App) -> Option<HyperParameters> {
    let controls = app.controls()?;
    Some(controls.parameters.clone())
}

/// Where data called `name` come from; their noise and number of samples go to `parameters`.
fn recipe(
    name: &str,
    options: Options,
    parameters: &mut HyperParameters,
) -> Result<Source, String> {
    let source = named(name, &options).map_err(|error| error.to_string())?;
    let Source::Synthetic { family, .. } = source else {
        let given = [
            ("noise", options.noise.is_some()),
            ("samples", options.samples.is_some()),
            ("classes", options.classes.is_some()),
        ];
        return match given.into_iter().find(|(_, given)| *given) {
            Some((what, _)) => Err(format!("{what} is for synthetic data; {name} is a file")),
            None => Ok(source),
        };
    };
    if options.label.is_some() {
        return Err(format!("label is for files; {name} is synthetic"));
    }
    let noise = options.noise.unwrap_or(family.default_noise());
    let samples = options.samples.unwrap_or(parameters.samples);
    for (name, value) in [("noise", noise), ("samples", samples as f64)] {
        Parameter::find(name)
            .and_then(|parameter| parameter.set(parameters, value))
            .map_err(|error| error.to_string())?;
    }
    Ok(source)
}

fn named(name: &str, options: &Options) -> Result<Source, DataError> {
    let path = &expand_home(Path::new(name));
    Ok(match Source::meant(path, options.label.clone())? {
        Source::Synthetic { family, .. } => Source::Synthetic {
            family,
            classes: options.classes,
        },
        other => other,
    })
}

/// Begins a run on other data, whose features say themselves how they may change. The arms keep
/// their parameters, but for those of the data, which are those of `parameters`.
pub(super) fn start(app: &mut App, source: Source, parameters: &HyperParameters) -> Vec<Command> {
    let mut recipe = again(app, source, parameters);
    recipe.each(|controls| controls.mutability.clear());
    begin(app, recipe)
}

/// As [`start`], but of their parameters the arms keep only what they are compared for: objective,
/// members and generator.
fn settle(app: &mut App, source: Source, parameters: &HyperParameters) -> Vec<Command> {
    let mut recipe = again(app, source, parameters);
    recipe.each(|controls| {
        let own = &controls.parameters;
        *controls = Controls::new(HyperParameters {
            objective: own.objective,
            members: own.members,
            generator: own.generator,
            ..parameters.clone()
        });
    });
    begin(app, recipe)
}

pub(super) fn begin(app: &mut App, recipe: Recipe) -> Vec<Command> {
    if !super::run_control::alive(app) {
        return Vec::new();
    }
    app.say(
        Tone::Note,
        format!(
            "{}: starting with seed {}",
            recipe.source.title(),
            recipe.seed()
        ),
    );
    app.intent = Some(true);
    app.desired.expect(recipe.clone());
    vec![Command::Restart(Box::new(recipe))]
}

fn refuse(app: &mut App, reason: String) -> Vec<Command> {
    app.say(Tone::Refusal, reason);
    Vec::new()
}
