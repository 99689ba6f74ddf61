//! Recipes as JSON: version 2 is written, version 1 read as well.
//!
//! ```json
//! {
//!   "version": 2,
//!   "source": {"from": "synthetic", "family": "moon"},
//!   "samples": 3750, "noise": 0.1, "seed": 1,
//!   "arms": [
//!     {"name": "BL", "controls": {"parameters": {"objective": "vanilla"}, "mutability": []}},
//!     {"name": "CT", "controls": {"parameters": {}, "mutability": []},
//!      "changes": [{"epoch": 21, "controls": {"parameters": {"lambda_div": 2.0}}}]},
//!     {"name": "CT2", "parent": {"arm": "CT", "epoch": 20}, "controls": {"parameters": {}}}
//!   ]
//! }
//! ```

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::{Map, Value};

use super::{Arm, Change, Controls, Parent, Recipe, RecipeError, plan::data_parameters};
use crate::data::{Drawing, Mutability, Source};

/// The version that is written.
const VERSION: u64 = 2;

/// A recipe of version 1: one arm, beside which the baseline was trained.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version1 {
    source: Source,
    controls: Controls,
    #[serde(default)]
    changes: Vec<Change>,
}

/// A recipe of version 2.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Version2 {
    version: u64,
    source: Source,
    samples: Value,
    noise: Value,
    seed: Value,
    #[serde(default, skip_serializing_if = "Drawing::is_empty")]
    drawing: Drawing,
    /// SHA-256 of the files of the data ([`Source::digest`]), if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    arms: Vec<StoredArm>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredArm {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<Parent>,
    controls: StoredControls,
    #[serde(default)]
    changes: Vec<StoredChange>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredChange {
    epoch: usize,
    controls: StoredControls,
}

/// Controls without the parameters of the data.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredControls {
    parameters: Map<String, Value>,
    #[serde(default)]
    mutability: Vec<Mutability>,
}

impl Recipe {
    /// The recipe that a JSON text spells, of either version.
    ///
    /// # Errors
    /// [`RecipeError`] for anything else, also for fields that no recipe has.
    pub fn from_json(text: &str) -> Result<Self, RecipeError> {
        Self::from_value(serde_json::from_str(text)?)
    }

    /// As [`Recipe::from_json`], but one of version 1, which is one arm, stays so.
    pub(super) fn from_json_alone(text: &str) -> Result<Self, RecipeError> {
        let mut value: Value = serde_json::from_str(text)?;
        match version(&value)? {
            1 => {
                let recipe = version1(&mut value)?;
                recipe.check_all().map(|()| recipe)
            }
            _ => Self::from_value(value),
        }
    }

    /// The recipe as JSON, with the digest of its data (hexadecimal digits of SHA-256).
    pub(super) fn stamped(&self, digest: &str) -> serde_json::Result<Value> {
        let has_files = self.source.path().is_some();
        let stored = Version2 {
            sha256: has_files.then(|| digest.to_owned()),
            ..Version2::write(self)?
        };
        serde_json::to_value(stored)
    }

    fn from_value(mut value: Value) -> Result<Self, RecipeError> {
        let recipe = match version(&value)? {
            1 => {
                let mut recipe = version1(&mut value)?;
                Self::beside_baseline(recipe.source, recipe.arms.swap_remove(0))
            }
            _ => Version2::deserialize(value)?.read()?,
        };
        recipe.check_all()?;
        Ok(recipe)
    }

    fn check_all(&self) -> Result<(), RecipeError> {
        self.check()?;
        self.check_values()
    }
}

/// The version of a recipe; those of version 1 don't say it.
fn version(value: &Value) -> Result<u64, RecipeError> {
    match value.get("version") {
        None => Ok(1),
        Some(version) => match version.as_u64() {
            Some(known @ (1 | VERSION)) => Ok(known),
            _ => Err(RecipeError::Version(crate::text::concise(
                &version.to_string(),
            ))),
        },
    }
}

/// A recipe of version 1, whose changes may be in any order and repeat what belongs to the whole recipe.
fn version1(value: &mut Value) -> Result<Recipe, RecipeError> {
    if let Some(fields) = value.as_object_mut() {
        fields.shift_remove("version");
    }
    let mut stored = Version1::deserialize(value.take())?;
    stored.changes.sort_by_key(|change| change.epoch);
    let arm = Arm {
        changes: stored.changes,
        ..Arm::new(stored.controls)
    };
    let mut recipe = Recipe {
        source: stored.source,
        drawing: Drawing::default(),
        arms: vec![arm],
    };
    recipe.share_data();
    Ok(recipe)
}

impl Version2 {
    fn write(recipe: &Recipe) -> serde_json::Result<Self> {
        let Value::Object(mut shared) = serde_json::to_value(recipe.parameters())? else {
            return Err(serde_json::Error::custom("parameters are no object"));
        };
        let mut take = |name: &str| shared.shift_remove(name).unwrap_or_default();
        Ok(Self {
            version: VERSION,
            source: recipe.source.clone(),
            samples: take("samples"),
            noise: take("noise"),
            seed: take("seed"),
            drawing: recipe.drawing.clone(),
            sha256: None,
            arms: recipe
                .arms
                .iter()
                .map(StoredArm::write)
                .collect::<Result<_, _>>()?,
        })
    }

    fn read(self) -> Result<Recipe, RecipeError> {
        let shared = [
            ("samples", self.samples),
            ("noise", self.noise),
            ("seed", self.seed),
        ];
        let read = |arm: StoredArm| arm.read(&shared);
        Ok(Recipe {
            source: self.source,
            drawing: self.drawing,
            arms: self.arms.into_iter().map(read).collect::<Result<_, _>>()?,
        })
    }
}

impl StoredArm {
    fn write(arm: &Arm) -> serde_json::Result<Self> {
        let change = |change: &Change| {
            Ok(StoredChange {
                epoch: change.epoch,
                controls: StoredControls::write(&change.controls)?,
            })
        };
        Ok(Self {
            name: arm.name.clone(),
            parent: arm.parent.clone(),
            controls: StoredControls::write(&arm.controls)?,
            changes: arm
                .changes
                .iter()
                .map(change)
                .collect::<serde_json::Result<_>>()?,
        })
    }

    fn read(self, shared: &[(&'static str, Value)]) -> Result<Arm, RecipeError> {
        let name = &self.name;
        let change = |change: StoredChange| {
            Ok(Change {
                epoch: change.epoch,
                controls: change.controls.read(shared, name)?,
            })
        };
        let mut changes =
            (self.changes.into_iter().map(change)).collect::<Result<Vec<Change>, RecipeError>>()?;
        changes.sort_by_key(|change| change.epoch);
        Ok(Arm {
            parent: self.parent,
            controls: self.controls.read(shared, name)?,
            changes,
            name: self.name,
        })
    }
}

impl StoredControls {
    fn write(controls: &Controls) -> serde_json::Result<Self> {
        let Value::Object(mut parameters) = serde_json::to_value(&controls.parameters)? else {
            return Err(serde_json::Error::custom("parameters are no object"));
        };
        for parameter in data_parameters() {
            parameters.shift_remove(parameter.name);
        }
        Ok(Self {
            parameters,
            mutability: controls.mutability.clone(),
        })
    }

    fn read(self, shared: &[(&'static str, Value)], arm: &str) -> Result<Controls, RecipeError> {
        let mut parameters = self.parameters;
        for (name, value) in shared {
            if parameters.insert((*name).into(), value.clone()).is_some() {
                return Err(RecipeError::Shared {
                    name,
                    arm: arm.to_owned(),
                });
            }
        }
        Ok(Controls {
            parameters: serde_json::from_value(Value::Object(parameters))?,
            mutability: self.mutability,
        })
    }
}

impl Serialize for Recipe {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = Version2::write(self).map_err(serde::ser::Error::custom)?;
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Recipe {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
