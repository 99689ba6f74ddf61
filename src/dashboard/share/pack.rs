//! Recipes as what they differ in: from the data's defaults, an arm from the one before it, a change
//! from the controls before it.

use serde_json::{Map, Value, json};

use super::{ShareError, content};
use crate::{
    data::Source,
    recipe::{Recipe, data_parameters},
    training::{HyperParameters, Preset},
};

/// Most changes, of all arms.
const MAX_CHANGES: usize = 2000;
/// Most features whose mutability is given.
const MAX_FEATURES: usize = 4096;
/// Letters of mutabilities.
const LETTERS: [(char, &str); 4] = [
    ('b', "both"),
    ('i', "increase"),
    ('d', "decrease"),
    ('n', "none"),
];

/// What controls are told from.
#[derive(Clone)]
struct Known {
    parameters: Map<String, Value>,
    mutability: Value,
}

impl Known {
    /// The defaults for a source.
    fn of(source: &Source) -> Result<(Self, Map<String, Value>), ShareError> {
        let parameters = match Preset::of(source) {
            Some(preset) => preset.parameters(),
            None => HyperParameters::of(source),
        };
        let Value::Object(mut parameters) = serde_json::to_value(parameters).map_err(content)?
        else {
            return Err(content("no parameters"));
        };
        let shared = data_parameters()
            .filter_map(|parameter| parameters.remove_entry(parameter.name))
            .collect();
        let known = Self {
            parameters,
            mutability: json!([]),
        };
        Ok((known, shared))
    }

    /// What `controls` differ in, which are known from then on; null for a parameter that they leave to
    /// its default and those before them do not.
    fn difference(&mut self, controls: &Value) -> Map<String, Value> {
        let mut told = Map::new();
        let own = controls["parameters"].as_object();
        let own = own.cloned().unwrap_or_default();
        let left_out = self
            .parameters
            .keys()
            .filter(|name| !own.contains_key(*name));
        let mut changed: Map<_, _> = left_out.map(|name| (name.clone(), Value::Null)).collect();
        changed.extend(
            own.clone()
                .into_iter()
                .filter(|(name, value)| self.parameters.get(name) != Some(value)),
        );
        self.parameters = own;
        if !changed.is_empty() {
            told.insert("p".into(), Value::Object(changed));
        }
        let mutability = &controls["mutability"];
        if self.mutability != *mutability {
            self.mutability = mutability.clone();
            told.insert("m".into(), Value::String(letters(mutability)));
        }
        told
    }

    /// The controls that differ in what is told, which are known from then on.
    fn controls(&mut self, told: &Value) -> Result<Value, ShareError> {
        for (name, value) in told["p"].as_object().into_iter().flatten() {
            match value {
                Value::Null => drop(self.parameters.remove(name)),
                value => drop(self.parameters.insert(name.clone(), value.clone())),
            }
        }
        if let Some(text) = told["m"].as_str() {
            self.mutability = names(text)?;
        }
        Ok(json!({"parameters": self.parameters, "mutability": self.mutability}))
    }
}

fn letters(mutability: &Value) -> String {
    let letter = |value: &Value| {
        let known = LETTERS.iter().find(|(_, name)| value == name);
        known.map_or('b', |(letter, _)| *letter)
    };
    mutability
        .as_array()
        .into_iter()
        .flatten()
        .map(letter)
        .collect()
}

fn names(text: &str) -> Result<Value, ShareError> {
    if text.len() > MAX_FEATURES {
        return Err(ShareError::Long);
    }
    let name = |letter: char| {
        let known = LETTERS.iter().find(|(known, _)| *known == letter);
        known.map(|(_, name)| json!(name))
    };
    let all: Option<Vec<Value>> = text.chars().map(name).collect();
    all.map(Value::Array)
        .ok_or_else(|| content("no such mutability"))
}

/// A recipe as what it differs in.
pub(super) fn pack(recipe: &Recipe) -> Result<Value, ShareError> {
    if recipe.changes() > MAX_CHANGES {
        return Err(ShareError::Large(format!(
            "a code takes {MAX_CHANGES} changes"
        )));
    }
    let mut whole = serde_json::to_value(recipe).map_err(content)?;
    let (mut start, shared) = Known::of(&recipe.source)?;
    let mut packed = Map::new();
    packed.insert("s".into(), whole["source"].take());
    for name in data_parameters().map(|parameter| parameter.name) {
        let value = whole[name].take();
        if shared.get(name) != Some(&value) {
            packed.insert(name.into(), value);
        }
    }
    if !recipe.drawing.is_empty() {
        packed.insert("o".into(), short(whole["drawing"].take()));
    }
    let mut arms = Vec::new();
    for arm in whole["arms"].as_array().into_iter().flatten() {
        let mut told = start.difference(&arm["controls"]);
        told.insert("n".into(), arm["name"].clone());
        if let Some(parent) = arm.get("parent") {
            told.insert("f".into(), json!([parent["arm"], parent["epoch"]]));
        }
        let mut known = start.clone();
        let changes = arm["changes"].as_array().into_iter().flatten();
        let changes: Vec<Value> = changes
            .map(|change| {
                let mut told = known.difference(&change["controls"]);
                told.insert("e".into(), change["epoch"].clone());
                Value::Object(told)
            })
            .collect();
        if !changes.is_empty() {
            told.insert("c".into(), Value::Array(changes));
        }
        arms.push(Value::Object(told));
    }
    packed.insert("a".into(), Value::Array(arms));
    Ok(Value::Object(packed))
}

/// Numbers without a fraction written as whole ones.
fn short(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(value) if value.fract() == 0.0 && value.abs() < 1e9 => json!(value as i64),
            _ => Value::Number(number),
        },
        Value::Array(values) => values.into_iter().map(short).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, short(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

/// The recipe that is told by what it differs in.
pub(super) fn unpack(mut packed: Value) -> Result<Recipe, ShareError> {
    let source: Source = serde_json::from_value(packed["s"].clone()).map_err(content)?;
    let (mut start, shared) = Known::of(&source)?;
    let mut whole = json!({"version": 2, "source": packed["s"].take()});
    for name in data_parameters().map(|parameter| parameter.name) {
        let own = packed.get(name).or_else(|| shared.get(name));
        whole[name] = own.cloned().unwrap_or_default();
    }
    if let Some(drawing) = packed.get_mut("o") {
        whole["drawing"] = drawing.take();
    }
    let told = packed["a"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let changes = |arm: &Value| arm["c"].as_array().map_or(0, Vec::len);
    if told.len() > crate::recipe::MAX_ARMS || told.iter().map(changes).sum::<usize>() > MAX_CHANGES
    {
        return Err(ShareError::Long);
    }
    let mut arms = Vec::new();
    for told in told {
        let mut arm = json!({"name": told["n"], "controls": start.controls(told)?});
        if let Some(parent) = told.get("f") {
            arm["parent"] = json!({"arm": parent[0], "epoch": parent[1]});
        }
        let mut known = start.clone();
        let changes = told["c"].as_array().into_iter().flatten();
        let changes: Result<Vec<Value>, ShareError> = changes
            .map(|change| Ok(json!({"epoch": change["e"], "controls": known.controls(change)?})))
            .collect();
        arm["changes"] = Value::Array(changes?);
        arms.push(arm);
    }
    whole["arms"] = Value::Array(arms);
    serde_json::from_value(whole).map_err(content)
}
