//! The checkpoint of a run: where it stands, in one file.

use std::{collections::BTreeMap, io, path::Path, sync::Arc};

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::{
    files::{read_whole, write_whole},
    learner::Standing,
    model::{AdamState, Architecture, FlatTensors, Mlp},
    recipe::Recipe,
    training::{Objective, TrainerState},
};

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 31;
/// The form of file that is written and read.
const VERSION: &str = "1";
/// Names of the texts.
const FORM: &str = "checkpoint";
const RECIPE: &str = "recipe";
const FACTS: &str = "facts";
const DATA: &str = "data";

/// Everything of a standing that is neither vector nor recipe.
#[derive(Serialize, Deserialize)]
struct Facts {
    newest: usize,
    arms: Vec<ArmFacts>,
}

#[derive(Serialize, Deserialize)]
struct ArmFacts {
    epoch: usize,
    adam_step: i32,
    objective: Objective,
    inputs: usize,
    hidden: Vec<usize>,
    outputs: usize,
    #[serde(default)]
    members: Vec<ArmFacts>,
}

/// Where a run stands, and the digest of the data that it was trained on.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// Where it stands; its reports are in other files.
    pub standing: Standing,
    /// SHA-256 of the data's files, in hexadecimal digits.
    pub data: String,
}

/// Writes where a run stands to `path`, whole or not at all.
///
/// # Errors
/// What the system says if it cannot be written.
pub fn write(path: &Path, standing: &Standing, data: &str) -> io::Result<()> {
    let bytes = to_bytes(standing, data)?;
    write_whole(path, |file| file.write_all(&bytes))
}

/// The bytes of such a file.
///
/// # Errors
/// If they cannot be made.
pub fn to_bytes(standing: &Standing, data: &str) -> io::Result<Vec<u8>> {
    tensors(standing, data)?
        .to_bytes()
        .map_err(io::Error::other)
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// What the system says if it cannot be read; [`io::ErrorKind::InvalidData`] if it is no checkpoint.
pub fn read(path: &Path) -> io::Result<Checkpoint> {
    parse(&read_whole(path, MAX_BYTES)?)
        .map_err(|problem| io::Error::new(io::ErrorKind::InvalidData, problem))
}

fn tensors(standing: &Standing, data: &str) -> io::Result<FlatTensors> {
    let facts = Facts {
        newest: standing.newest,
        arms: standing.states.iter().map(|state| facts(state)).collect(),
    };
    let texts = [
        (FORM, VERSION.to_owned()),
        (RECIPE, serde_json::to_string(&standing.recipe)?),
        (FACTS, serde_json::to_string(&facts)?),
        (DATA, data.to_owned()),
    ];
    let mut vectors = BTreeMap::new();
    for (arm, state) in standing.states.iter().enumerate() {
        keep(&arm.to_string(), state, &mut vectors);
    }
    Ok(FlatTensors {
        vectors,
        texts: texts.map(|(name, text)| (name.to_owned(), text)).into(),
    })
}

/// Keeps the vectors of a state under names that begin with `place`, and those of its members.
fn keep(place: &str, state: &TrainerState, vectors: &mut BTreeMap<String, Vec<f32>>) {
    let mut keep_one = |name, values: Vec<f32>| vectors.insert(format!("{place}.{name}"), values);
    keep_one("weights", state.model.parameters.clone());
    keep_one("first", state.adam.first.clone());
    keep_one("second", state.adam.second.clone());
    if let Some(memory) = &state.memory {
        keep_one("memory", memory.iter().copied().collect());
    }
    for (member, state) in state.members.iter().enumerate() {
        keep(&format!("{place}.{member}"), state, vectors);
    }
}

fn facts(state: &TrainerState) -> ArmFacts {
    let architecture = state.model.architecture();
    ArmFacts {
        epoch: state.epoch,
        adam_step: state.adam.step,
        objective: state.objective,
        inputs: architecture.inputs,
        hidden: architecture.hidden.clone(),
        outputs: architecture.outputs,
        members: state.members.iter().map(facts).collect(),
    }
}

/// The checkpoint that the bytes of a file spell.
///
/// # Errors
/// What is wrong with it.
pub fn parse(bytes: &[u8]) -> Result<Checkpoint, String> {
    let FlatTensors { mut vectors, texts } = FlatTensors::from_bytes(bytes)?;
    let text = |name: &str| {
        let found = texts.get(name).map(String::as_str);
        found.ok_or_else(|| format!("it has no `{name}`"))
    };
    match text(FORM)? {
        VERSION => {}
        _ => return Err("it is of another version; a newer ctui may read it".into()),
    }
    let recipe = Recipe::from_json(text(RECIPE)?).map_err(|error| error.to_string())?;
    let facts: Facts = serde_json::from_str(text(FACTS)?).map_err(|error| error.to_string())?;
    let arms = facts.arms.into_iter().enumerate();
    let states = arms.map(|(arm, facts)| {
        let state = state(&arm.to_string(), facts, &mut vectors);
        let missing = || format!("the state of arm {} is not whole", arm + 1);
        state.map(Arc::new).ok_or_else(missing)
    });
    let standing = Standing {
        states: states.collect::<Result<Vec<_>, _>>()?,
        newest: facts.newest,
        reports: Vec::new(),
        recipe,
    };
    match standing.states.len() == standing.recipe.arms.len() {
        true => Ok(Checkpoint {
            standing,
            data: text(DATA)?.to_owned(),
        }),
        false => Err("its arms are not those of its recipe".into()),
    }
}

/// The state at `place`; `None` if it is not whole.
fn state(
    place: &str,
    facts: ArmFacts,
    vectors: &mut BTreeMap<String, Vec<f32>>,
) -> Option<TrainerState> {
    let mut vector = |name: &str| vectors.remove(&format!("{place}.{name}"));
    let width = facts.inputs;
    let architecture = Architecture {
        inputs: width,
        hidden: facts.hidden,
        outputs: facts.outputs,
    };
    let weights = vector("weights")?;
    let memory = match vector("memory") {
        Some(memory) if width > 0 && memory.len().is_multiple_of(width) => {
            let rows = memory.len() / width;
            Array2::from_shape_vec((rows, width), memory).ok()
        }
        _ => None,
    };
    let adam = AdamState {
        step: facts.adam_step,
        first: vector("first")?,
        second: vector("second")?,
    };
    let count = facts.members.len().max(1);
    let members = facts.members.into_iter().enumerate();
    let members = members
        .map(|(member, facts)| state(&format!("{place}.{member}"), facts, vectors))
        .collect::<Option<Vec<_>>>()?;
    Some(TrainerState {
        epoch: facts.epoch,
        adam,
        model: Mlp::from_parameters(architecture, weights)?.with_members(count)?,
        members,
        objective: facts.objective,
        memory: memory.map(Arc::new),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        data::{Family, Source},
        recipe::Controls,
        session::Lockstep,
        training::HyperParameters,
    };

    fn standing() -> Standing {
        let parameters = HyperParameters {
            samples: 200,
            epochs: 3,
            objective: Objective::Jem,
            ..HyperParameters::default()
        };
        let source = Source::Synthetic {
            family: Family::Moon,
            classes: None,
        };
        let mut run = Lockstep::new(Recipe::pair(source, Controls::new(parameters))).unwrap();
        run.train_epoch().unwrap();
        Standing {
            recipe: run.recipe().clone(),
            newest: 1,
            states: run.states(),
            reports: Vec::new(),
        }
    }

    #[test]
    fn a_checkpoint_comes_back_bit_for_bit() {
        let folder = tempfile::tempdir().unwrap();
        let (path, standing) = (folder.path().join("checkpoint"), standing());
        assert!(standing.states[1].memory.is_some());
        write(&path, &standing, "digest").unwrap();
        let again = read(&path).unwrap();
        assert_eq!(again.standing, standing);
        assert_eq!(again.data, "digest");
    }

    #[test]
    fn an_ensemble_goes_on_from_its_members() {
        let parameters = HyperParameters {
            samples: 200,
            epochs: 3,
            members: 3,
            ..HyperParameters::default()
        };
        let source = Source::named("moon").unwrap();
        let mut run = Lockstep::new(Recipe::pair(source, Controls::new(parameters))).unwrap();
        run.train_epoch().unwrap();
        let standing = Standing {
            recipe: run.recipe().clone(),
            newest: 1,
            states: run.states(),
            reports: vec![Vec::new(); 2],
        };
        let tensors = tensors(&standing, "digest").unwrap();
        let again = parse(&tensors.to_bytes().unwrap()).unwrap().standing;
        assert_eq!(again.states, standing.states);
        let mut resumed = Lockstep::resume(&standing).unwrap();
        run.train_epoch().unwrap();
        resumed.train_epoch().unwrap();
        assert_eq!(run.models(), resumed.models());
        let mut fewer = standing;
        Arc::make_mut(&mut fewer.states[0]).members.pop();
        assert!(Lockstep::resume(&fewer).is_err());
    }

    #[test]
    fn a_damaged_checkpoint_is_refused() {
        let tensors = tensors(&standing(), "digest").unwrap();
        let bytes = tensors.to_bytes().unwrap();
        assert!(parse(&bytes[..bytes.len() - 1]).is_err());
        for name in ["0.weights", "1.second"] {
            let mut less = tensors.clone();
            less.vectors.get_mut(name).unwrap().pop();
            let parsed = parse(&less.to_bytes().unwrap());
            match name {
                "0.weights" => assert!(parsed.unwrap_err().contains("arm 1")),
                _ => assert!(Lockstep::resume(&parsed.unwrap().standing).is_err()),
            }
        }
        let mut other = tensors;
        other.texts.insert(FORM.into(), "2".into());
        assert!(
            parse(&other.to_bytes().unwrap())
                .unwrap_err()
                .contains("version")
        );
    }
}
