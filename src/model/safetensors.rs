//! Models in files: safetensors with the names of PyTorch's `nn.Sequential`.
//!
//! For `Linear, ReLU, Linear, …` the tensors are `0.weight (out, in)`, `0.bias`, `2.weight`,
//! `2.bias`, and so on, so that `load_state_dict` takes our files and we take theirs.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use super::{Architecture, Mlp};
use crate::files::{read_whole, write_whole};

/// Largest file that is read.
const MAX_BYTES: u64 = 1 << 30;

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
    /// The weights.
    pub model: Mlp,
    /// Features, classes, scaling and recipe as JSON texts by name; empty in foreign files.
    pub metadata: BTreeMap<String, String>,
}

impl ModelFile {
    /// Writes the file: to a temporary name beside it, synced, then renamed.
    ///
    /// # Errors
    /// [`ModelError::Access`] if it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), ModelError> {
        let access = |source| ModelError::Access {
            path: path.to_owned(),
            source,
        };
        let bytes = self
            .to_bytes()
            .map_err(std::io::Error::other)
            .map_err(access)?;
        write_whole(path, |file| file.write_all(&bytes)).map_err(access)
    }

    /// Reads a file of ours or of PyTorch's.
    ///
    /// # Errors
    /// [`ModelError::Access`] if it cannot be read, [`ModelError::Content`] if it is too large, no
    /// safetensors file, not a chain of linear layers, not `f32`, or not finite.
    pub fn read(path: &Path) -> Result<Self, ModelError> {
        let access = |source| ModelError::Access {
            path: path.to_owned(),
            source,
        };
        let content = |problem| ModelError::Content {
            path: path.to_owned(),
            problem,
        };
        Self::from_bytes(&read_whole(path, MAX_BYTES).map_err(access)?).map_err(content)
    }

    fn to_bytes(&self) -> Result<Vec<u8>, safetensors::SafeTensorError> {
        let parameters: Vec<u8> = self
            .model
            .parameters
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        let mut tensors = Vec::new();
        for (position, layer) in self.model.architecture().layers().into_iter().enumerate() {
            let bytes = |range: std::ops::Range<usize>| &parameters[4 * range.start..4 * range.end];
            let shape = vec![layer.outputs, layer.inputs];
            let weight = TensorView::new(Dtype::F32, shape, bytes(layer.weight))?;
            let bias = TensorView::new(Dtype::F32, vec![layer.outputs], bytes(layer.bias))?;
            tensors.push((format!("{}.weight", 2 * position), weight));
            tensors.push((format!("{}.bias", 2 * position), bias));
        }
        let metadata: HashMap<_, _> = self.metadata.clone().into_iter().collect();
        safetensors::serialize(tensors, Some(metadata))
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|error| format!("no safetensors file, or a damaged one ({error})"))?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(|error| error.to_string())?;
        let metadata = header.metadata().clone().unwrap_or_default();
        Ok(Self {
            model: chain(&tensors)?,
            metadata: metadata.into_iter().collect(),
        })
    }
}

/// The chain of linear layers that the tensors describe.
fn chain(tensors: &SafeTensors<'_>) -> Result<Mlp, String> {
    let (mut widths, mut parameters) = (Vec::new(), Vec::new());
    for position in layer_numbers(tensors)? {
        let (shape, weight) = floats(tensors, &format!("{position}.weight"))?;
        let (bias_shape, bias) = floats(tensors, &format!("{position}.bias"))?;
        let [outputs, inputs] = shape[..] else {
            return Err(format!(
                "`{position}.weight` is no matrix: its shape is {shape:?}"
            ));
        };
        if bias_shape != [outputs] {
            return Err(format!(
                "`{position}.bias` has shape {bias_shape:?}; with `{position}.weight` {shape:?} it must be [{outputs}]"
            ));
        }
        match widths.last() {
            None => widths.push(inputs),
            Some(&width) if width == inputs => {}
            Some(width) => {
                return Err(format!(
                    "`{position}.weight` takes {inputs} inputs, but the layer before it gives {width}"
                ));
            }
        }
        widths.push(outputs);
        parameters.extend(weight);
        parameters.extend(bias);
    }
    let architecture = Architecture {
        inputs: widths[0],
        outputs: widths[widths.len() - 1],
        hidden: widths[1..widths.len() - 1].to_vec(),
    };
    Mlp::from_parameters(architecture, parameters)
        .ok_or_else(|| "its layers do not fit together".to_owned())
}

/// Numbers of the linear layers in ascending order, after checking that all names are known.
fn layer_numbers(tensors: &SafeTensors<'_>) -> Result<Vec<usize>, String> {
    let mut numbers = Vec::new();
    for name in tensors.names() {
        let number = name
            .strip_suffix(".weight")
            .or(name.strip_suffix(".bias"))
            .and_then(|number| number.parse::<usize>().ok())
            .ok_or_else(|| {
                format!("it has a tensor `{name}`; only linear layers named `0.weight`, `0.bias`, `2.weight`, … are supported")
            })?;
        numbers.push(number);
    }
    numbers.sort_unstable();
    numbers.dedup();
    match numbers.first() {
        None => Err("it has no layers".to_owned()),
        Some(0) if numbers.windows(2).all(|pair| pair[1] == pair[0] + 2) => Ok(numbers),
        Some(_) => Err(format!(
            "it has linear layers at {numbers:?}; expected 0, 2, 4, … with a ReLU between each two"
        )),
    }
}

/// Shape and values of the tensor called `name`.
fn floats(tensors: &SafeTensors<'_>, name: &str) -> Result<(Vec<usize>, Vec<f32>), String> {
    let tensor = tensors
        .tensor(name)
        .map_err(|_| format!("the tensor `{name}` is missing"))?;
    if tensor.dtype() != Dtype::F32 {
        return Err(format!(
            "`{name}` is of type {:?}; save the model as float32",
            tensor.dtype()
        ));
    }
    if tensor.shape().contains(&0) {
        return Err(format!(
            "`{name}` is empty: its shape is {:?}",
            tensor.shape()
        ));
    }
    let values: Vec<f32> = tensor
        .data()
        .chunks_exact(4)
        .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect();
    match values.iter().position(|value| !value.is_finite()) {
        Some(place) => Err(format!(
            "`{name}` has a value that is not finite ({}) at position {place}",
            values[place]
        )),
        None => Ok((tensor.shape().to_vec(), values)),
    }
}
