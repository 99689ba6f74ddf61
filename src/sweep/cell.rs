//! A cell: settings and a seed, and the recipe that follows from them.

use std::{collections::HashMap, path::Path};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    Protocol, Setting, Settings, SweepError,
    error::SettingError,
    score::Score,
    setting::{LISTS, OTHERS},
};
use crate::{
    data::{Draw, Feature, Mutability, Source, constrain::constrain, idx, nearest},
    recipe::{Controls, Recipe},
    training::{HyperParameters, Method, Parameter, Preset, TABLE, protect},
};

/// One run of a sweep: what is trained and measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Everything of the combination, by name, the seed aside.
    pub settings: Settings,
    /// The seed.
    pub seed: u64,
    /// What is trained.
    pub recipe: Recipe,
    /// Where its result is kept: the SHA-256 of recipe, data, measures and version, in hexadecimal
    /// digits.
    pub address: String,
}

/// What a cell's result depends on.
#[derive(Serialize)]
struct Identity<'a> {
    version: &'a str,
    recipe: &'a Recipe,
    data: &'a str,
    measures: &'a [Score],
    protocol: Protocol,
}

/// What was learned of a data set while cells were resolved, so that it is read once.
#[derive(Default)]
pub struct Resolver {
    known: HashMap<String, Known>,
}

struct Known {
    features: Vec<Feature>,
    digest: String,
}

/// Name of the setting that `key` is: of a parameter, by any of its names, or of something else.
pub(super) fn key(key: &str) -> Result<&'static str, SettingError> {
    let others = OTHERS.iter().chain(&LISTS);
    if let Some(&name) = others.clone().find(|name| **name == key) {
        return Ok(name);
    }
    if key == "arms" {
        return Ok("arm");
    }
    Parameter::find(key)
        .map(|parameter| parameter.name)
        .map_err(|_| {
            let names = || {
                TABLE
                    .iter()
                    .map(|parameter| parameter.name)
                    .chain(others.clone().copied())
            };
            let hint = nearest::hint(key, names());
            SettingError::Other(format!(
                "there is no such parameter{hint}; there are {}",
                names().collect::<Vec<_>>().join(", ")
            ))
        })
}

impl Resolver {
    /// The cell of `settings` and `seed`.
    ///
    /// # Errors
    /// [`SweepError::Entry`] names the settings, and what is wrong: unknown names, values out of range,
    /// data that cannot be had.
    pub fn resolve(
        &mut self,
        settings: &Settings,
        seed: u64,
        measures: &[Score],
        protocol: Protocol,
    ) -> Result<Cell, SweepError> {
        let cell = self.try_resolve(settings, seed, measures, protocol);
        cell.map_err(|error| SweepError::entry(describe(settings), error.to_string()))
    }

    fn try_resolve(
        &mut self,
        settings: &Settings,
        seed: u64,
        measures: &[Score],
        protocol: Protocol,
    ) -> Result<Cell, SettingError> {
        let (source, mut parameters) = begin(settings)?;
        assign(settings, &mut parameters)?;
        parameters.seed = seed;
        let known = self.known(&source, &parameters.draw())?;
        let mutability = mutability(settings, &source, &known.features)?;
        let digest = known.digest.clone();
        let recipe = Recipe::single(
            source,
            Controls {
                parameters,
                mutability,
            },
        );
        let identity = Identity {
            version: env!("CARGO_PKG_VERSION"),
            recipe: &recipe,
            data: &digest,
            measures,
            protocol,
        };
        let text = serde_json::to_string(&identity)
            .map_err(|error| SettingError::Other(error.to_string()))?;
        Ok(Cell {
            settings: settings.clone(),
            seed,
            address: hexadecimal(&Sha256::digest(text)),
            recipe,
        })
    }

    /// Features and digest of a source, read once.
    fn known(&mut self, source: &Source, draw: &Draw) -> Result<&Known, SettingError> {
        let key = serde_json::to_string(source)
            .map_err(|error| SettingError::Other(error.to_string()))?;
        if !self.known.contains_key(&key) {
            let known = Known {
                features: source.load(draw)?.features,
                digest: source.digest()?,
            };
            self.known.insert(key.clone(), known);
        }
        let missing = || SettingError::Other("the data were not read".into());
        self.known.get(&key).ok_or_else(missing)
    }
}

/// `settings` as people write them.
pub fn describe(settings: &Settings) -> String {
    let mut texts = settings
        .iter()
        .map(|(name, value)| format!("{name}={}", value.text()));
    let first = texts.next().unwrap_or_else(|| "defaults".into());
    texts.fold(first, |all, text| all + " " + &text)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Data and parameters before anything is assigned.
fn begin(settings: &Settings) -> Result<(Source, HyperParameters), SettingError> {
    let text = |name: &str| settings.get(name).map(Setting::text);
    let (preset, data, label) = (text("preset"), text("data"), text("label"));
    let path = data.as_deref().map(Path::new);
    if preset.is_some() || path.is_none() {
        let preset = Preset::find(preset.as_deref().unwrap_or("moon"))?;
        return Ok((preset.source(path)?, preset.parameters()));
    }
    let path = path.unwrap_or(Path::new(""));
    let source = Source::meant(path, label.filter(|_| !idx::is_images_name(path)))?;
    let parameters = HyperParameters::of(&source);
    Ok((source, parameters))
}

fn assign(settings: &Settings, parameters: &mut HyperParameters) -> Result<(), SettingError> {
    if let Some(arm) = settings.get("arm") {
        method(&arm.text())?.put(parameters);
    }
    for (name, value) in settings {
        if !OTHERS.contains(&name.as_str()) && !LISTS.contains(&name.as_str()) {
            Parameter::find(name)?.parse(parameters, &value.text())?;
        }
    }
    Ok(())
}

/// What an arm is trained with that is named by its abbreviation.
fn method(arm: &str) -> Result<Method, SettingError> {
    Method::named(arm).ok_or_else(|| {
        let all: Vec<_> = Method::all().map(|method| method.abbreviation).collect();
        let all = all.join(", ");
        SettingError::Other(format!("there is no arm `{arm}`; there are {all}"))
    })
}

fn mutability(
    settings: &Settings,
    source: &Source,
    features: &[Feature],
) -> Result<Vec<Mutability>, SettingError> {
    let mut mutability: Vec<_> = features.iter().map(|feature| feature.mutability).collect();
    if settings.get("protect") == Some(&Setting::Flag(true)) {
        let protected = source.protected(features);
        if protected.is_empty() {
            let problem = "`protect` is for the paper's data; name features with `immutable`";
            return Err(SettingError::Other(problem.into()));
        }
        mutability = protect(&protected, features.len());
    }
    for (list, wanted) in [
        ("mutable", Mutability::Both),
        ("immutable", Mutability::None),
        ("increase", Mutability::Increase),
        ("decrease", Mutability::Decrease),
    ] {
        if let Some(Setting::Names(names)) = settings.get(list) {
            for name in names {
                constrain(features, &mut mutability, name, wanted)?;
            }
        }
    }
    Ok(mutability)
}
