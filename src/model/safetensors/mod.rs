//! Models in files: safetensors with the names of PyTorch's `nn.Sequential`.
//!
//! For `Linear, ReLU, Linear, …` the tensors are `0.weight (out, in)`, `0.bias`, `2.weight`,
//! `2.bias`, and so on, so that `load_state_dict` takes our files and we take theirs. Equal weights
//! with equal metadata give equal files.

mod chain;
mod flat;
mod header;
mod numbers;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use ::safetensors::SafeTensors;

pub use flat::FlatTensors;

use super::{Activation, Mlp};
use crate::files::{read_whole, write_whole};

/// Largest file that is read.
const MAX_BYTES: u64 = 1 << 30;
/// Entry of the metadata that names the activation.
const ACTIVATION: &str = "activation";
/// Entry of the metadata with the number of members of an ensemble, where it is one.
const MEMBERS: &str = "members";
/// Entry of the metadata that our files have, which were trained with ReLU if they name nothing else.
const FEATURES: &str = "features";

/// What can go wrong with a model or its file.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file could not be read or written.
    #[error("cannot access the model {path}: {source}")]
    Access {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file holds no model that fits.
    #[error("{path} is not a usable model: {problem}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        problem: String,
    },
    /// dfdx got no memory.
    #[error("not enough memory for the model: use fewer or narrower layers")]
    Memory,
}

/// A model as it lies in a file: weights, and what is known about them.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelFile {
    /// The weights and the activation.
    pub model: Mlp,
    /// Features, classes, scaling and recipe as JSON texts by name; empty in foreign files.
    pub metadata: BTreeMap<String, String>,
}

impl ModelFile {
    /// The whole content of the file.
    ///
    /// # Errors
    /// If the metadata cannot be written as JSON.
    pub fn bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = header::of(&self.model, &self.metadata).map_err(std::io::Error::other)?;
        bytes.extend(
            self.model
                .parameters
                .iter()
                .flat_map(|value| value.to_le_bytes()),
        );
        Ok(bytes)
    }

    /// Writes the file: to a temporary name beside it, synced, then renamed.
    ///
    /// # Errors
    /// [`ModelError::Access`] if it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), ModelError> {
        let access = |source| ModelError::Access {
            path: path.to_owned(),
            source,
        };
        let bytes = self.bytes().map_err(access)?;
        write_whole(path, |file| file.write_all(&bytes)).map_err(access)
    }

    /// Reads a file of ours or of PyTorch's, weight by weight.
    ///
    /// # Errors
    /// [`ModelError::Access`] if it cannot be read, [`ModelError::Content`] if it is too large, no
    /// safetensors file, not a chain of linear layers, not numbers that fit `f32`, or not finite.
    pub fn read(path: &Path) -> Result<Self, ModelError> {
        Ok(Content::read(path)?.file)
    }

    /// Reads a classifier of ours or of another program's; also gives a sentence for everything
    /// that had to be assumed or converted.
    ///
    /// A model with one output is read as its users train it, with a sigmoid on top: the logits of
    /// the two classes are 0 and that output. `activation` is for files that do not name one;
    /// without either it is ReLU.
    ///
    /// # Errors
    /// As [`ModelFile::read`]; also if `activation` is not the one that the file names.
    pub fn import(
        path: &Path,
        activation: Option<Activation>,
    ) -> Result<(Self, Vec<String>), ModelError> {
        Self::of(Content::read(path)?, path, activation)
    }

    /// As [`ModelFile::import`], for the bytes of a file; errors call it `path`.
    ///
    /// # Errors
    /// As [`ModelFile::import`].
    pub fn parse(
        bytes: &[u8],
        path: &Path,
        activation: Option<Activation>,
    ) -> Result<(Self, Vec<String>), ModelError> {
        Self::of(Content::of(bytes, path)?, path, activation)
    }

    fn of(
        content: Content,
        path: &Path,
        activation: Option<Activation>,
    ) -> Result<(Self, Vec<String>), ModelError> {
        let Content {
            mut file,
            named,
            mut notes,
        } = content;
        let own = file.model.activation();
        match activation {
            Some(given) if named && given != own => {
                let problem = format!(
                    "its file says that its activation is {}, not {}; leave --activation out",
                    own.name(),
                    given.name()
                );
                let path = path.to_owned();
                return Err(ModelError::Content { path, problem });
            }
            Some(given) => file.model = file.model.with_activation(given),
            None if named || file.model.architecture().hidden.is_empty() => {}
            None => notes.push(
                "ReLU is assumed between its layers; --activation names another function".into(),
            ),
        }
        if let Some(model) = file.model.with_logit_of_no() {
            file.model = model;
            notes.push(
                "it has one output, which is read as the logit of the second class (a sigmoid; the first class has 0)"
                    .into(),
            );
        }
        Ok((file, notes))
    }
}

/// What a file holds.
struct Content {
    file: ModelFile,
    /// Whether it names its activation, or is of ours.
    named: bool,
    /// What was converted, one sentence each.
    notes: Vec<String>,
}

impl Content {
    fn read(path: &Path) -> Result<Self, ModelError> {
        let bytes = read_whole(path, MAX_BYTES).map_err(|source| ModelError::Access {
            path: path.to_owned(),
            source,
        })?;
        Self::of(&bytes, path)
    }

    fn of(bytes: &[u8], path: &Path) -> Result<Self, ModelError> {
        Self::parse(bytes).map_err(|problem| ModelError::Content {
            path: path.to_owned(),
            problem,
        })
    }

    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|error| format!("no safetensors file, or a damaged one ({error})"))?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(|error| error.to_string())?;
        let metadata = header.metadata().clone().unwrap_or_default();
        let mut metadata: BTreeMap<_, _> = metadata.into_iter().collect();
        let name = metadata.remove(ACTIVATION);
        let named = name.is_some() || metadata.contains_key(FEATURES);
        let activation = match name {
            None => Activation::default(),
            Some(name) => Activation::named(&name).ok_or_else(|| {
                format!(
                    "its metadata names the activation `{name}`; there are {}",
                    Activation::NAMES.join(", ")
                )
            })?,
        };
        let members = metadata.remove(MEMBERS);
        let (model, notes) = chain::read(&tensors)?;
        let model = model.with_activation(activation);
        let model = match members {
            None => model,
            Some(members) => of_members(model, &members)?,
        };
        Ok(Self {
            file: ModelFile { model, metadata },
            named,
            notes,
        })
    }
}

/// The model as an ensemble of as many members as its metadata says.
fn of_members(model: Mlp, members: &str) -> Result<Mlp, String> {
    let outputs = model.architecture().outputs;
    let joined = members
        .parse()
        .ok()
        .and_then(|count| model.with_members(count));
    joined.ok_or_else(|| {
        format!(
            "its metadata says that it is an ensemble of `{members}` members, among which its {outputs} outputs cannot be shared"
        )
    })
}
