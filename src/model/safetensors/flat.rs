//! Named vectors and texts in the layout of safetensors: what is kept of more than one model.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{header::assemble, numbers::words};
use ::safetensors::{Dtype, SafeTensors};

/// Vectors and texts by name. Equal ones give equal bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlatTensors {
    /// Vectors of numbers by name.
    pub vectors: BTreeMap<String, Vec<f32>>,
    /// Texts by name.
    pub texts: BTreeMap<String, String>,
}

impl FlatTensors {
    /// The bytes of a file.
    ///
    /// # Errors
    /// If the texts cannot be written as JSON.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut header = Map::from_iter([("__metadata__".to_owned(), json!(self.texts))]);
        let mut start = 0;
        for (name, values) in &self.vectors {
            let end = start + 4 * values.len();
            header.insert(name.clone(), entry(values.len(), start, end));
            start = end;
        }
        let mut bytes = assemble(&header)?;
        bytes.reserve(start);
        for value in self.vectors.values().flatten() {
            bytes.extend(value.to_le_bytes());
        }
        Ok(bytes)
    }

    /// What is in the bytes of a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|error| format!("it is damaged, or something else ({error})"))?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(|error| error.to_string())?;
        let texts = header.metadata().clone().unwrap_or_default();
        let mut vectors = BTreeMap::new();
        for (name, tensor) in tensors.tensors() {
            if tensor.dtype() != Dtype::F32 {
                return Err(format!("`{name}` holds no numbers of single precision"));
            }
            vectors.insert(name, words(tensor.data()).map(f32::from_le_bytes).collect());
        }
        Ok(Self {
            vectors,
            texts: texts.into_iter().collect(),
        })
    }
}

fn entry(length: usize, start: usize, end: usize) -> Value {
    json!({"dtype": "F32", "shape": [length], "data_offsets": [start, end]})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_comes_back() {
        let tensors = FlatTensors {
            vectors: BTreeMap::from([
                ("a".into(), vec![1.0, -0.0, f32::MIN_POSITIVE / 4.0]),
                ("b".into(), vec![]),
                ("c".into(), vec![f32::INFINITY]),
            ]),
            texts: BTreeMap::from([("what".into(), "a \"text\"".into())]),
        };
        let bytes = tensors.to_bytes().unwrap();
        assert_eq!(FlatTensors::from_bytes(&bytes).unwrap(), tensors);
        for end in 0..bytes.len() {
            assert!(FlatTensors::from_bytes(&bytes[..end]).is_err(), "{end}");
        }
    }
}
