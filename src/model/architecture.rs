//! Widths of the layers, and where their weights lie.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Widths of a multilayer perceptron: inputs, hidden layers with ReLU, logits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Architecture {
    /// Number of features `d`.
    pub inputs: usize,
    /// Units per hidden layer; none for a linear classifier.
    pub hidden: Vec<usize>,
    /// Number of classes `k`.
    pub outputs: usize,
}

/// Where one layer's weights lie in the flat vector of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Width of its input.
    pub inputs: usize,
    /// Width of its output.
    pub outputs: usize,
    /// The weight matrix, `(outputs, inputs)`, row-major.
    pub weight: Range<usize>,
    /// The bias, `(outputs,)`.
    pub bias: Range<usize>,
}

impl Architecture {
    /// The layers, first to last. Parameters lie layer by layer, weight before bias, as PyTorch
    /// orders them.
    pub fn layers(&self) -> Vec<Layer> {
        let outputs = self.hidden.iter().copied().chain([self.outputs]);
        let mut inputs = self.inputs;
        let mut start = 0;
        outputs
            .map(|outputs| {
                let bias = start + outputs * inputs;
                let layer = Layer {
                    inputs,
                    outputs,
                    weight: start..bias,
                    bias: bias..bias + outputs,
                };
                (inputs, start) = (outputs, bias + outputs);
                layer
            })
            .collect()
    }

    /// Number of parameters; `None` if there are more than can be counted, which untrusted widths may
    /// make.
    pub fn count(&self) -> Option<usize> {
        let outputs = self.hidden.iter().chain([&self.outputs]);
        let (_, count) =
            outputs
                .copied()
                .try_fold((self.inputs, 0_usize), |(inputs, count), outputs| {
                    let layer = inputs.checked_mul(outputs)?.checked_add(outputs)?;
                    Some((outputs, count.checked_add(layer)?))
                })?;
        Some(count)
    }

    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        self.layers().last().map_or(0, |layer| layer.bias.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_follow_each_other() {
        let architecture = Architecture {
            inputs: 2,
            hidden: vec![32],
            outputs: 3,
        };
        let layers = architecture.layers();
        assert_eq!(
            (layers[0].weight.clone(), layers[0].bias.clone()),
            (0..64, 64..96)
        );
        assert_eq!(
            (layers[1].weight.clone(), layers[1].bias.clone()),
            (96..192, 192..195)
        );
        assert_eq!(architecture.parameters(), 195);
        assert_eq!(architecture.count(), Some(195));
    }

    #[test]
    fn widths_that_cannot_be_multiplied_are_not_counted() {
        let wide = |hidden: &[usize]| Architecture {
            inputs: 1 << 31,
            hidden: hidden.into(),
            outputs: 1 << 31,
        };
        assert_eq!(wide(&[]).count(), Some((1 << 62) + (1 << 31)));
        assert_eq!(wide(&[1 << 31; 4]).count(), None);
        assert_eq!(wide(&[usize::MAX]).count(), None);
    }
}
