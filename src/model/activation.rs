//! What hidden units do with their sums.

use serde::{Deserialize, Serialize};

use crate::math::exp;

/// The function between two linear layers. Models that are trained here have [`Activation::Relu`];
/// the others are for models that were trained elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// `max(x, 0)`.
    #[default]
    Relu,
    /// The hyperbolic tangent.
    Tanh,
    /// `1 / (1 + exp(−x))`.
    Sigmoid,
    /// `x · Φ(x)`, with the standard normal distribution function Φ (Hendrycks and Gimpel 2016), as
    /// PyTorch computes it unless told to approximate.
    Gelu,
    /// `x` itself: the model is linear.
    Identity,
}

impl Activation {
    /// All of them, in the order of [`Activation::NAMES`].
    pub const ALL: [Self; 5] = [
        Self::Relu,
        Self::Tanh,
        Self::Sigmoid,
        Self::Gelu,
        Self::Identity,
    ];
    /// Names used on the command line and in files.
    pub const NAMES: [&'static str; 5] = ["relu", "tanh", "sigmoid", "gelu", "identity"];

    /// The name used on the command line and in files.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The activation of that name.
    pub fn named(name: &str) -> Option<Self> {
        let place = Self::NAMES.iter().position(|known| *known == name)?;
        Self::ALL.get(place).copied()
    }

    /// The output for a sum `x`.
    #[inline(always)]
    pub(super) fn output(self, x: f32) -> f32 {
        match self {
            Self::Relu if x > 0.0 => x,
            Self::Relu => 0.0,
            Self::Tanh => tanh(x),
            Self::Sigmoid => sigmoid(x),
            Self::Gelu => x * normal_below(x),
            Self::Identity => x,
        }
    }

    /// The derivative at a sum `x` whose output is `y`; 0 at the kink of ReLU.
    #[inline(always)]
    pub(super) fn slope(self, x: f32, y: f32) -> f32 {
        match self {
            Self::Relu => f32::from(u8::from(y > 0.0)),
            Self::Tanh => 1.0 - y * y,
            Self::Sigmoid => y * (1.0 - y),
            Self::Gelu => normal_below(x) + x * SQRT_HALF_PI_INVERSE * exp(-0.5 * x * x),
            Self::Identity => 1.0,
        }
    }
}

/// `1 / √(2π)`: the largest value of the standard normal density.
const SQRT_HALF_PI_INVERSE: f32 = 0.398_942_3;

/// The constant of Abramowitz and Stegun, formula 7.1.26, for the error function.
pub(super) const ERF_SCALE: f32 = 0.327_591_1;
/// The coefficients of that formula, from the highest power to the lowest.
pub(super) const ERF_SERIES: [f32; 5] = [
    1.061_405_4,
    -1.453_152_1,
    1.421_413_8,
    -0.284_496_72,
    0.254_829_6,
];

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The hyperbolic tangent; an odd series where the exponential would lose digits.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    let square = x * x;
    let small =
        x * (1.0 - square * (0.333_333_34 - square * (0.133_333_34 - square * 0.053_968_254)));
    if x.abs() < 0.1 {
        small
    } else {
        1.0 - 2.0 / (1.0 + exp(2.0 * x))
    }
}

/// The standard normal distribution function, within 1.5e-7.
#[inline(always)]
fn normal_below(x: f32) -> f32 {
    let scaled = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + ERF_SCALE * scaled);
    let series = ERF_SERIES.iter().fold(0.0, |sum, c| (sum + c) * t);
    let tail = 0.5 * series * exp(-scaled * scaled);
    if x > 0.0 { 1.0 - tail } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_those_of_the_definitions() {
        let cases = [
            (Activation::Relu, -1.5, 0.0),
            (Activation::Tanh, 0.05, 0.049_958_37),
            (Activation::Tanh, -1.5, -0.905_148_3),
            (Activation::Sigmoid, 2.0, 0.880_797_1),
            (Activation::Gelu, 1.0, 0.841_344_8),
            (Activation::Gelu, -2.0, -0.045_500_26),
            (Activation::Gelu, -20.0, 0.0),
            (Activation::Identity, -3.0, -3.0),
        ];
        for (activation, x, expected) in cases {
            let found = activation.output(x);
            assert!(
                (found - expected).abs() < 4e-7,
                "{activation:?} {x}: {found}"
            );
        }
        for activation in [Activation::Tanh, Activation::Sigmoid] {
            assert!(activation.output(1e6) == 1.0 && activation.output(-1e6) < 1e-30);
            assert!(activation.output(f32::NAN).is_nan());
        }
    }

    #[test]
    fn slopes_are_derivatives() {
        for activation in Activation::ALL {
            for step in -60..60 {
                let x = step as f32 / 13.0 + 0.01;
                let h = 1e-2;
                let difference = activation.output(x + h) - activation.output(x - h);
                let slope = activation.slope(x, activation.output(x));
                let kink = activation == Activation::Relu && x.abs() < h;
                assert!(
                    kink || (difference / (2.0 * h) - slope).abs() < 1e-4,
                    "{activation:?} {x}"
                );
            }
        }
    }

    #[test]
    fn names_are_read_back() {
        for activation in Activation::ALL {
            assert_eq!(Activation::named(activation.name()), Some(activation));
        }
        assert_eq!(Activation::named("swish"), None);
    }
}
