//! The arithmetic of a two-dimensional epoch, hand-written for one shape.
//!
//! A perceptron 2 → 32 → 2, a search of 1000 points for 30 steps each, and 120 updates on 57 rows:
//! nothing is drawn, shuffled, gathered, stopped early or reported, and nothing is general. What
//! an epoch takes beyond this is the price of being useful.

use pulp::{Arch, Simd, WithSimd};

const HIDDEN: usize = 32;
/// Two weights, a bias and two outgoing weights per hidden unit, then two biases.
const PARAMETERS: usize = 5 * HIDDEN + 2;
/// 1000 points, filled up.
const POINTS: usize = 1008;
const STEPS: usize = 30;
const UPDATES: usize = 120;
/// 57 rows, filled up.
const ROWS: usize = 64;

/// Points, weights and moments.
pub struct Floor {
    units: [[f32; 5]; HIDDEN],
    biases: [f32; 2],
    first: [f32; PARAMETERS],
    second: [f32; PARAMETERS],
    start: [Vec<f32>; 2],
    points: [Vec<f32>; 2],
    target: Vec<f32>,
}

impl Floor {
    pub fn new() -> Self {
        let wave = |count: usize, pace: f32| -> Vec<f32> {
            (0..count).map(|at| (at as f32 * pace).sin()).collect()
        };
        let weights = wave(5 * HIDDEN, 0.7);
        let start = [wave(POINTS, 1.3), wave(POINTS, 2.1)];
        Self {
            units: std::array::from_fn(|unit| {
                std::array::from_fn(|place| 0.4 * weights[5 * unit + place])
            }),
            biases: [0.0; 2],
            first: [0.0; PARAMETERS],
            second: [0.0; PARAMETERS],
            points: start.clone(),
            start,
            target: (0..POINTS).map(|at| (at % 2) as f32).collect(),
        }
    }

    /// One epoch's arithmetic.
    pub fn epoch(&mut self) -> f32 {
        self.points.clone_from(&self.start);
        Arch::new().dispatch(Epoch(self));
        self.biases[0]
    }
}

struct Epoch<'a>(&'a mut Floor);

impl WithSimd for Epoch<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        for _ in 0..STEPS {
            search_step(simd, self.0);
        }
        for update in 0..UPDATES {
            let gradient = gradient(simd, self.0, update * 8 / 16 * 16);
            adam(self.0, &gradient);
        }
    }
}

/// The activations of one vector of points, and the gradient of its second logit.
struct Forward<S: Simd> {
    activations: [S::f32s; HIDDEN],
    slope: S::f32s,
}

#[inline(always)]
fn forward<S: Simd>(simd: S, floor: &Floor, x: [S::f32s; 2], target: S::f32s) -> Forward<S> {
    let zero = simd.splat_f32s(0.0);
    let mut activations = [zero; HIDDEN];
    let mut logits = floor.biases.map(|bias| simd.splat_f32s(bias));
    for (activation, unit) in activations.iter_mut().zip(&floor.units) {
        let weights = unit.map(|weight| simd.splat_f32s(weight));
        let sum = add_product(simd, weights[2], weights[0], x[0]);
        let sum = add_product(simd, sum, weights[1], x[1]);
        *activation = simd.max_f32s(sum, zero);
        logits[0] = add_product(simd, logits[0], weights[3], *activation);
        logits[1] = add_product(simd, logits[1], weights[4], *activation);
    }
    let one = simd.splat_f32s(1.0);
    let odds = exp(simd, simd.sub_f32s(logits[0], logits[1]));
    let probability = simd.div_f32s(one, simd.add_f32s(one, odds));
    Forward {
        activations,
        slope: simd.sub_f32s(probability, target),
    }
}

/// Gradient with respect to a hidden unit before its rectifier.
#[inline(always)]
fn unit_slope<S: Simd>(simd: S, unit: &[f32; 5], forward: &Forward<S>, at: usize) -> S::f32s {
    let zero = simd.splat_f32s(0.0);
    let difference = simd.splat_f32s(unit[4] - unit[3]);
    let active = simd.greater_than_f32s(forward.activations[at], zero);
    simd.select_f32s(active, simd.mul_f32s(difference, forward.slope), zero)
}

/// One step of all searches.
#[inline(always)]
fn search_step<S: Simd>(simd: S, floor: &mut Floor) {
    let mut points = std::mem::take(&mut floor.points);
    let (xs, ys) = points.split_at_mut(1);
    let (xs, _) = S::as_mut_simd_f32s(&mut xs[0]);
    let (ys, _) = S::as_mut_simd_f32s(&mut ys[0]);
    let (targets, _) = S::as_simd_f32s(&floor.target);
    let [min, max, step] = [-2.0, 2.0, -0.1].map(|value| simd.splat_f32s(value));
    for ((x, y), target) in xs.iter_mut().zip(ys).zip(targets) {
        let forward = forward(simd, floor, [*x, *y], *target);
        let mut gradient = [simd.splat_f32s(0.0); 2];
        for (at, unit) in floor.units.iter().enumerate() {
            let slope = unit_slope(simd, unit, &forward, at);
            gradient[0] = add_product(simd, gradient[0], simd.splat_f32s(unit[0]), slope);
            gradient[1] = add_product(simd, gradient[1], simd.splat_f32s(unit[1]), slope);
        }
        for (value, gradient) in [x, y].into_iter().zip(gradient) {
            let moved = add_product(simd, *value, step, gradient);
            *value = simd.min_f32s(simd.max_f32s(moved, min), max);
        }
    }
    floor.points = points;
}

/// The gradient of all parameters on [`ROWS`] rows from `first` on.
#[inline(always)]
fn gradient<S: Simd>(simd: S, floor: &Floor, first: usize) -> [f32; PARAMETERS] {
    let zero = simd.splat_f32s(0.0);
    let mut sums = [[zero; 5]; HIDDEN];
    let mut bias = zero;
    let first = first.min(POINTS - ROWS);
    let rows = first..first + ROWS;
    let (xs, _) = S::as_simd_f32s(&floor.start[0][rows.clone()]);
    let (ys, _) = S::as_simd_f32s(&floor.start[1][rows.clone()]);
    let (targets, _) = S::as_simd_f32s(&floor.target[rows]);
    for ((&x, &y), &target) in xs.iter().zip(ys).zip(targets) {
        let forward = forward(simd, floor, [x, y], target);
        bias = simd.add_f32s(bias, forward.slope);
        for (at, (unit, sums)) in floor.units.iter().zip(&mut sums).enumerate() {
            let slope = unit_slope(simd, unit, &forward, at);
            sums[0] = add_product(simd, sums[0], slope, x);
            sums[1] = add_product(simd, sums[1], slope, y);
            sums[2] = simd.add_f32s(sums[2], slope);
            sums[4] = add_product(simd, sums[4], forward.slope, forward.activations[at]);
            sums[3] = simd.neg_f32s(sums[4]);
        }
    }
    let mut gradient = [0.0; PARAMETERS];
    for (into, sums) in gradient.chunks_exact_mut(5).zip(&sums) {
        for (into, sum) in into.iter_mut().zip(sums) {
            *into = simd.reduce_sum_f32s(*sum) / ROWS as f32;
        }
    }
    gradient[PARAMETERS - 1] = simd.reduce_sum_f32s(bias) / ROWS as f32;
    gradient[PARAMETERS - 2] = -gradient[PARAMETERS - 1];
    gradient
}

/// Adam, with the bias corrections of a late step.
#[inline(always)]
fn adam(floor: &mut Floor, gradient: &[f32; PARAMETERS]) {
    let mut moves = [0.0; PARAMETERS];
    for at in 0..PARAMETERS {
        floor.first[at] = 0.9 * floor.first[at] + 0.1 * gradient[at];
        floor.second[at] = 0.999 * floor.second[at] + 0.001 * gradient[at] * gradient[at];
        moves[at] = 1e-3 * floor.first[at] / (floor.second[at].sqrt() + 1e-8);
    }
    for (unit, moves) in floor.units.iter_mut().zip(moves.chunks_exact(5)) {
        for (weight, change) in unit.iter_mut().zip(moves) {
            *weight -= change;
        }
    }
    for (bias, change) in floor.biases.iter_mut().zip(&moves[5 * HIDDEN..]) {
        *bias -= change;
    }
}

#[inline(always)]
fn add_product<S: Simd>(simd: S, sum: S::f32s, a: S::f32s, b: S::f32s) -> S::f32s {
    simd.add_f32s(sum, simd.mul_f32s(a, b))
}

/// The exponential, by rounding to a power of 2 and a series for the rest.
#[inline(always)]
fn exp<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let rounding = 12_582_912.0_f32;
    let min = simd.splat_f32s(-60.0);
    let x = simd.min_f32s(simd.max_f32s(x, min), simd.splat_f32s(60.0));
    let shift = simd.splat_f32s(rounding);
    let shifted = add_product(simd, shift, x, simd.splat_f32s(std::f32::consts::LOG2_E));
    let whole = simd.sub_f32s(shifted, shift);
    let rest = add_product(simd, x, whole, simd.splat_f32s(-std::f32::consts::LN_2));
    let mut series = simd.splat_f32s(1.0 / 720.0);
    for coefficient in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        series = add_product(simd, simd.splat_f32s(coefficient), series, rest);
    }
    let offset = simd.splat_u32s(127_u32.wrapping_sub(rounding.to_bits()));
    let exponent = simd.add_u32s(simd.transmute_u32s_f32s(shifted), offset);
    let power = simd.wrapping_dyn_shl_u32s(exponent, simd.splat_u32s(23));
    simd.mul_f32s(series, simd.transmute_f32s_u32s(power))
}
