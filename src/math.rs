//! Elementary functions that give the same bits on every machine, which those of the standard library,
//! being the system's, need not. Everything that reaches a sample, a weight or a score takes them from
//! here, which a test holds.
//!
//! [`exp`] and [`ln`] are our own, in nothing but additions, multiplications and bit patterns, which the
//! compiler can turn into vector instructions. All others are those of the crate `libm`.

use std::f32::consts::LOG2_E;

pub use libm::{cos, exp as exp_f64, expm1, log as ln_f64, log1p, log10, pow, powf, sin};

/// Adding and subtracting it rounds a small number to a whole one.
const ROUNDING: f32 = 12_582_912.0;

/// `ln 2` in two parts, the first with few bits, so that its multiples are exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// Below this the exponential is 0. Smaller values would become subnormal when multiplied, and
/// processors are slow with those.
const MIN: f32 = -69.0;

/// `exp(x)`, within 2 units in the last place; 0 for `x < −69`, where it is below 1.1e-30, and not
/// more than 1.7e38 for `x > 88`. Not a number if `x` is none.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let small = x < MIN;
    let x = if small { MIN } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    let shifted = x * LOG2_E + ROUNDING;
    let whole = shifted - ROUNDING;
    let rest = x - whole * LN_2_HIGH - whole * LN_2_LOW;
    let mut series = 1.987_569_1e-4;
    for coefficient in [
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_5e-1,
        0.5,
    ] {
        series = series * rest + coefficient;
    }
    let fraction = series * rest * rest + rest + 1.0;
    let exponent = shifted.to_bits().wrapping_sub(ROUNDING.to_bits());
    let value = fraction * f32::from_bits(exponent.wrapping_add(127) << 23);
    if small { 0.0 } else { value }
}

/// `ln(x)` for normal positive `x`, within 2 units in the last place or 1e-7. Not a number if `x`
/// is none.
#[inline(always)]
pub fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    let exponent = (bits.wrapping_sub(0x3f35_04f3) as i32) >> 23;
    let mantissa = f32::from_bits(bits.wrapping_sub((exponent << 23) as u32));
    let rest = mantissa - 1.0;
    let mut series = 7.037_683_6e-2;
    for coefficient in [
        -1.151_461e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333e-1,
    ] {
        series = series * rest + coefficient;
    }
    let square = rest * rest;
    let whole = exponent as f32;
    let small = series * rest * square + whole * LN_2_LOW - 0.5 * square;
    let value = rest + small + whole * LN_2_HIGH;
    if x.is_nan() { x } else { value }
}

/// `x²`.
pub fn square(x: f64) -> f64 {
    x * x
}

/// `x` to the power of a whole number, by squaring.
pub fn powi(x: f32, exponent: u32) -> f32 {
    let (mut power, mut square, mut left) = (1.0, x, exponent);
    while left > 0 {
        if left & 1 == 1 {
            power *= square;
        }
        left >>= 1;
        if left > 0 {
            square *= square;
        }
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_powers_are_products() {
        assert_eq!(
            [0, 1, 2, 3, 10].map(|n| powi(2.0, n)),
            [1.0, 2.0, 4.0, 8.0, 1024.0]
        );
        assert!((powi(0.999, 5000) / 0.999_f32.powf(5000.0) - 1.0).abs() < 1e-3);
        assert_eq!(powi(0.9, i32::MAX as u32), 0.0);
    }
    use std::f32::consts::LN_2;

    #[test]
    fn the_exponential_is_exact_to_the_last_places() {
        for step in 0..200_000 {
            let x = MIN + step as f32 * (157.0 / 200_000.0);
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(error < 2.0 * f64::from(f32::EPSILON), "{x}: {error}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f32::NAN).is_nan());
        assert_eq!([exp(-1000.0), exp(f32::NEG_INFINITY)], [0.0, 0.0]);
    }

    #[test]
    fn the_logarithm_is_exact_to_the_last_places() {
        for step in 0..200_000 {
            let x = exp(MIN + step as f32 * (150.0 / 200_000.0));
            let exact = f64::from(x).ln();
            let error = (f64::from(ln(x)) - exact).abs();
            assert!(
                error < 1e-7_f64.max(2.0 * exact.abs() * f64::from(f32::EPSILON)),
                "{x}: {error}"
            );
        }
        assert_eq!(ln(1.0), 0.0);
        assert!((ln(2.0) - LN_2).abs() < 1e-7);
        assert!(ln(f32::NAN).is_nan());
    }
}
