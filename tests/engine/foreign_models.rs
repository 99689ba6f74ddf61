//! Models that other programs wrote.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use ctui::model::{Activation, Architecture, Mlp, ModelFile};
use ndarray::array;
use safetensors::{Dtype, tensor::TensorView};
use tempfile::TempDir;

/// Linear 2 → 2, activation, Linear 2 → `outputs`; the weights are exact in half precision.
fn weights(outputs: usize) -> Vec<(String, Vec<usize>, Vec<f64>)> {
    let second: Vec<f64> = (0..2 * outputs).map(|i| i as f64 * 0.75 - 0.5).collect();
    vec![
        ("0.weight".into(), vec![2, 2], vec![1.0, -0.5, 0.25, 2.0]),
        ("0.bias".into(), vec![2], vec![0.5, -0.25]),
        ("2.weight".into(), vec![outputs, 2], second),
        (
            "2.bias".into(),
            vec![outputs],
            (0..outputs).map(|i| i as f64 - 0.5).collect(),
        ),
    ]
}

fn bytes(value: f64, dtype: Dtype) -> Vec<u8> {
    let single = (value as f32).to_bits();
    match dtype {
        Dtype::F64 => value.to_le_bytes().to_vec(),
        Dtype::BF16 => ((single >> 16) as u16).to_le_bytes().to_vec(),
        Dtype::F16 => {
            let sign = (single >> 31 << 15) as u16;
            let exponent = (single >> 23 & 0xff) as i32 - 127 + 15;
            let fraction = (single >> 13 & 0x3ff) as u16;
            let half = match value == 0.0 {
                true => 0,
                false => sign | (exponent as u16) << 10 | fraction,
            };
            half.to_le_bytes().to_vec()
        }
        _ => single.to_le_bytes().to_vec(),
    }
}

/// A file with `tensors`, each name behind `prefix`.
fn file(
    folder: &TempDir,
    prefix: &str,
    dtype: Dtype,
    tensors: &[(String, Vec<usize>, Vec<f64>)],
) -> PathBuf {
    let data: Vec<(String, Vec<usize>, Vec<u8>)> = tensors
        .iter()
        .map(|(name, shape, values)| {
            let data = values.iter().flat_map(|&value| bytes(value, dtype));
            (format!("{prefix}{name}"), shape.clone(), data.collect())
        })
        .collect();
    let views = data
        .iter()
        .map(|(name, shape, data)| (name, TensorView::new(dtype, shape.clone(), data).unwrap()));
    let path = folder.path().join("model.safetensors");
    fs::write(&path, safetensors::serialize(views, None).unwrap()).unwrap();
    path
}

#[test]
fn prefixes_and_widths_of_numbers_do_not_matter() {
    let folder = TempDir::new().unwrap();
    let plain = ModelFile::read(&file(&folder, "", Dtype::F32, &weights(2))).unwrap();
    for prefix in ["module.", "net.", "model.", "_orig_mod.module.layers."] {
        let path = file(&folder, prefix, Dtype::F32, &weights(2));
        let (found, notes) = ModelFile::import(&path, None).unwrap();
        assert_eq!(found, plain);
        assert!(notes[0].contains(prefix), "{notes:?}");
    }
    for dtype in [Dtype::F64, Dtype::F16, Dtype::BF16] {
        let path = file(&folder, "", dtype, &weights(2));
        let (found, notes) = ModelFile::import(&path, None).unwrap();
        assert_eq!(found, plain);
        assert!(notes[0].contains(&format!("{dtype:?}")), "{notes:?}");
    }
}

#[test]
fn one_output_is_the_logit_of_the_second_class() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "", Dtype::F32, &weights(1));
    let (found, notes) = ModelFile::import(&path, Some(Activation::Relu)).unwrap();
    assert!(notes[0].contains("sigmoid"), "{notes:?}");
    let x = array![[1.0, 2.0]];
    let hidden = [1.0 - 1.0 + 0.5, 0.25 + 4.0 - 0.25];
    let z: f32 = -0.5 * hidden[0] + 0.25 * hidden[1] - 0.5;
    assert_eq!(found.model.logits(x.view()), array![[0.0, z]]);
    let sigmoid = 1.0 / (1.0 + (-z).exp());
    assert!((found.model.probabilities(x.view())[[0, 1]] - sigmoid).abs() < 1e-6);
    assert_eq!(ModelFile::read(&path).unwrap().model.classes(), 1);
}

#[test]
fn the_activation_is_assumed_given_or_known() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "", Dtype::F32, &weights(2));
    let (_, notes) = ModelFile::import(&path, None).unwrap();
    assert!(notes[0].contains("ReLU is assumed"), "{notes:?}");
    let (tanh, notes) = ModelFile::import(&path, Some(Activation::Tanh)).unwrap();
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(tanh.model.activation(), Activation::Tanh);
    tanh.write(&path).unwrap();
    let (again, notes) = ModelFile::import(&path, None).unwrap();
    assert_eq!((again, notes.len()), (tanh, 0));
    let refused = ModelFile::import(&path, Some(Activation::Gelu)).unwrap_err();
    assert!(refused.to_string().contains("its activation is tanh"));
}

#[test]
fn what_is_no_chain_of_linear_layers_is_refused() {
    let folder = TempDir::new().unwrap();
    let renamed = |from: &str, to: &str| {
        let mut tensors = weights(2);
        for (name, ..) in &mut tensors {
            *name = name.replace(from, to);
        }
        tensors
    };
    let mut large = weights(2);
    large[0].2[1] = 1e300;
    let cases = [
        (renamed("2.", "3."), Dtype::F32, "0, 3"),
        (renamed("2.", "1."), Dtype::F32, "0, 1"),
        (renamed("2.", "fc."), Dtype::F32, "`fc.bias`"),
        (renamed("2.", "head.2."), Dtype::F32, "`head.2.bias`"),
        (large, Dtype::F64, "not finite, or too large"),
        (weights(2), Dtype::I32, "floating-point"),
    ];
    for (tensors, dtype, expected) in cases {
        let path = file(&folder, "", dtype, &tensors);
        let message = ModelFile::import(&path, None).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn equal_models_give_equal_files() {
    let folder = TempDir::new().unwrap();
    let texts = (0..20).map(|i| (format!("text {i}"), format!("\"{i}\"")));
    let architecture = Architecture {
        inputs: 3,
        hidden: vec![5; 6],
        outputs: 2,
    };
    let parameters: Vec<f32> = (0..architecture.parameters()).map(|i| i as f32).collect();
    let file = ModelFile {
        model: Mlp::from_parameters(architecture, parameters).unwrap(),
        metadata: BTreeMap::from_iter(texts),
    };
    let written = |name: &str| {
        let path = folder.path().join(name);
        file.clone().write(&path).unwrap();
        assert_eq!(ModelFile::read(&path).unwrap(), file);
        fs::read(path).unwrap()
    };
    assert_eq!(written("a"), written("b"));
}
