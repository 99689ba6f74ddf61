//! The numbers of a tensor, whatever their width.

use safetensors::{Dtype, SafeTensors};

/// Shape, values and type of the tensor called `name`; values of other widths become `f32`.
pub(super) fn floats(
    tensors: &SafeTensors<'_>,
    name: &str,
) -> Result<(Vec<usize>, Vec<f32>, Dtype), String> {
    let tensor = tensors
        .tensor(name)
        .map_err(|_| format!("the tensor `{name}` is missing"))?;
    let (shape, dtype) = (tensor.shape().to_vec(), tensor.dtype());
    if shape.contains(&0) {
        return Err(format!("`{name}` is empty: its shape is {shape:?}"));
    }
    let data = tensor.data();
    let values: Vec<f32> = match dtype {
        Dtype::F32 => words(data).map(f32::from_le_bytes).collect(),
        Dtype::F64 => words(data)
            .map(|bytes| f64::from_le_bytes(bytes) as f32)
            .collect(),
        Dtype::F16 => words(data)
            .map(|bytes| half(u16::from_le_bytes(bytes)))
            .collect(),
        Dtype::BF16 => words(data)
            .map(|bytes| f32::from_bits(u32::from(u16::from_le_bytes(bytes)) << 16))
            .collect(),
        other => {
            return Err(format!(
                "`{name}` is of type {other:?}; save the model with weights that are floating-point numbers"
            ));
        }
    };
    match values.iter().position(|value| !value.is_finite()) {
        Some(place) => Err(format!(
            "`{name}` has a value that is not finite, or too large ({}) at position {place}",
            values[place]
        )),
        None => Ok((shape, values, dtype)),
    }
}

/// The bytes of each number.
pub(super) fn words<const N: usize>(data: &[u8]) -> impl Iterator<Item = [u8; N]> {
    let (words, _) = data.as_chunks::<N>();
    words.iter().copied()
}

/// The value of a number of half precision (IEEE 754 binary16).
fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (bits >> 10 & 0x1f, f32::from(bits & 0x3ff) / 1024.0);
    sign * match exponent {
        0 => fraction * 2_f32.powi(-14),
        0x1f if fraction == 0.0 => f32::INFINITY,
        0x1f => f32::NAN,
        exponent => (1.0 + fraction) * 2_f32.powi(i32::from(exponent) - 15),
    }
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn half_precision_is_read() {
        let cases = [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
        ];
        for (bits, value) in cases {
            assert_eq!(half(bits), value);
        }
        assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
    }
}
