//! The chain of linear layers that a file's tensors describe.

use safetensors::{Dtype, SafeTensors};

use super::numbers::floats;
use crate::model::{Architecture, Mlp};

/// The model, and a sentence for everything that was converted.
pub(super) fn read(tensors: &SafeTensors<'_>) -> Result<(Mlp, Vec<String>), String> {
    let (mut widths, mut parameters) = (Vec::new(), Vec::new());
    let (prefix, positions) = layer_numbers(tensors)?;
    let mut converted: Option<Dtype> = None;
    for position in positions {
        let (weight_name, bias_name) = (
            format!("{prefix}{position}.weight"),
            format!("{prefix}{position}.bias"),
        );
        let (shape, weight, dtype) = floats(tensors, &weight_name)?;
        let (bias_shape, bias, _) = floats(tensors, &bias_name)?;
        let [outputs, inputs] = shape[..] else {
            return Err(format!(
                "`{weight_name}` is no matrix: its shape is {shape:?}"
            ));
        };
        if bias_shape != [outputs] {
            return Err(format!(
                "`{bias_name}` has shape {bias_shape:?}; with `{weight_name}` {shape:?} it must be [{outputs}]"
            ));
        }
        match widths.last() {
            None => widths.push(inputs),
            Some(&width) if width == inputs => {}
            Some(width) => {
                return Err(format!(
                    "`{weight_name}` takes {inputs} inputs, but the layer before it gives {width}"
                ));
            }
        }
        widths.push(outputs);
        parameters.extend(weight);
        parameters.extend(bias);
        converted = converted.or((dtype != Dtype::F32).then_some(dtype));
    }
    let architecture = Architecture {
        inputs: widths[0],
        outputs: widths[widths.len() - 1],
        hidden: widths[1..widths.len() - 1].to_vec(),
    };
    let model = Mlp::from_parameters(architecture, parameters)
        .ok_or_else(|| "its layers do not fit together".to_owned())?;
    let mut notes = Vec::new();
    if !prefix.is_empty() {
        notes.push(format!(
            "its layers are called `{prefix}0`, …; `{prefix}` was left out"
        ));
    }
    notes.extend(
        converted.map(|dtype| format!("its weights are of type {dtype:?}; they became float32")),
    );
    Ok((model, notes))
}

/// What stands before the number in the names of all layers, such as `module.`, and the numbers of
/// the linear layers in ascending order, after checking that all names are known.
fn layer_numbers(tensors: &SafeTensors<'_>) -> Result<(String, Vec<usize>), String> {
    let mut names = tensors.names();
    names.sort_unstable();
    let prefix = match names.first().and_then(|name| parts(name)) {
        Some((prefix, _)) => prefix.to_owned(),
        None => String::new(),
    };
    let mut numbers = Vec::new();
    for name in names {
        let number = parts(name)
            .filter(|(other, _)| *other == prefix)
            .map(|(_, number)| number)
            .ok_or_else(|| {
                format!("it has a tensor `{name}`; only linear layers named `0.weight`, `0.bias`, `2.weight`, … are supported, all with the same prefix if they have one")
            })?;
        numbers.push(number);
    }
    numbers.sort_unstable();
    numbers.dedup();
    match numbers.first() {
        None => Err("it has no layers".to_owned()),
        Some(0) if numbers.windows(2).all(|pair| pair[1] - pair[0] == 2) => Ok((prefix, numbers)),
        Some(_) => Err(format!(
            "it has linear layers at {numbers:?}; expected 0, 2, 4, … with an activation between each two (build it again without other layers, such as dropout, and save that)"
        )),
    }
}

/// Prefix, with its last dot, and number in `prefix.number.weight` or `….bias`.
fn parts(name: &str) -> Option<(&str, usize)> {
    let layer = name
        .strip_suffix(".weight")
        .or(name.strip_suffix(".bias"))?;
    let start = layer.rfind('.').map_or(0, |dot| dot + 1);
    let number = layer[start..].parse().ok()?;
    Some((&layer[..start], number))
}
