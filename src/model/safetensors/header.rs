//! The header of a file: lengths, names and places of tensors, metadata.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{ACTIVATION, MEMBERS};
use crate::model::Mlp;

/// Bytes that the header's length is a multiple of.
const ALIGNMENT: usize = 8;

/// Everything that stands before the weights, which follow in the order of [`Mlp::parameters`].
///
/// Written here and not by the library, because that orders metadata at random.
pub(super) fn of(
    model: &Mlp,
    metadata: &BTreeMap<String, String>,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut texts = metadata.clone();
    texts.insert(ACTIVATION.into(), model.activation().name().into());
    if model.members() > 1 {
        texts.insert(MEMBERS.into(), model.members().to_string());
    }
    let mut header = Map::from_iter([("__metadata__".to_owned(), json!(texts))]);
    for (position, layer) in model.architecture().layers().into_iter().enumerate() {
        let shape = [layer.outputs, layer.inputs];
        header.insert(
            format!("{}.weight", 2 * position),
            tensor(&shape, layer.weight),
        );
        header.insert(
            format!("{}.bias", 2 * position),
            tensor(&shape[..1], layer.bias),
        );
    }
    assemble(&header)
}

/// The length of a header, and the header.
pub(super) fn assemble(header: &Map<String, Value>) -> Result<Vec<u8>, serde_json::Error> {
    let mut text = serde_json::to_vec(header)?;
    text.resize(text.len().next_multiple_of(ALIGNMENT), b' ');
    Ok([&(text.len() as u64).to_le_bytes()[..], &text].concat())
}

/// A tensor that takes up the `place` among the parameters.
fn tensor(shape: &[usize], place: std::ops::Range<usize>) -> Value {
    json!({
        "dtype": "F32",
        "shape": shape,
        "data_offsets": [4 * place.start, 4 * place.end],
    })
}
