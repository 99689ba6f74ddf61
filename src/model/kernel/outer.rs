//! Sums of outer products over all points: the gradient of a weight matrix.

use pulp::Simd;
use rayon::prelude::*;

use super::batch::FEW;
use crate::model::{
    lanes::{LANES, Lanes},
    panels::Panels,
    simd::{Registers, Vectorized},
};

/// Sums kept at a time, so that they stay in the fastest cache.
const SUMS: usize = 384;

/// Parts that the inputs are split into at most; more than there are threads, so that all have
/// something to do until the end.
const PARTS: usize = 16;

/// Memory for [`outer`].
pub(super) struct OuterBuffer {
    /// Sums of each of [`PARTS`].
    sums: Vec<Vec<Lanes>>,
    transposed: Vec<f32>,
}

impl Default for OuterBuffer {
    fn default() -> Self {
        Self {
            sums: vec![Vec::new(); PARTS],
            transposed: Vec::new(),
        }
    }
}

/// Writes `Σ δ · x` over all points to `into`, `(outputs, inputs)` row-major. `x` is
/// `(n, inputs)`, `delta` `(n, outputs)` with empty lanes 0.
pub(super) fn outer(x: &Panels, delta: &Panels, buffer: &mut OuterBuffer, into: &mut [f32]) {
    let (inputs, outputs) = (x.width(), delta.width());
    let OuterBuffer { sums, transposed } = buffer;
    if x.len() <= FEW * LANES {
        let part = Part {
            x,
            delta,
            inputs: 0..inputs,
            sums: &mut sums[0],
            into,
            strides: (1, inputs),
        };
        return part.vectorize();
    }
    transposed.resize(inputs * outputs, 0.0);
    let together = together(outputs);
    let at_once = together * inputs.div_ceil(PARTS * together);
    transposed
        .par_chunks_mut((at_once * outputs).max(1))
        .zip(sums)
        .enumerate()
        .for_each(|(chunk, (into, sums))| {
            let first = chunk * at_once;
            let part = Part {
                x,
                delta,
                inputs: first..first + into.len() / outputs,
                sums,
                into,
                strides: (outputs, 1),
            };
            part.vectorize();
        });
    for (output, row) in into.chunks_exact_mut(inputs.max(1)).enumerate() {
        for (into, from) in row.iter_mut().zip(transposed.chunks_exact(outputs)) {
            *into = from[output];
        }
    }
}

/// Inputs whose sums are kept at a time.
fn together(outputs: usize) -> usize {
    (SUMS / outputs.max(1)).max(1)
}

/// The sums for some inputs.
struct Part<'a> {
    x: &'a Panels,
    delta: &'a Panels,
    inputs: std::ops::Range<usize>,
    sums: &'a mut Vec<Lanes>,
    into: &'a mut [f32],
    /// Distances in `into` from input to input and from output to output.
    strides: (usize, usize),
}

impl Vectorized for Part<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd, const N: usize>(self, simd: S) {
        let outputs = self.delta.width().max(1);
        let together = together(outputs);
        for first in self.inputs.clone().step_by(together) {
            let inputs = first..(first + together).min(self.inputs.end);
            self.sums.clear();
            self.sums.resize(inputs.len() * outputs, Lanes::default());
            for (x, delta) in self.x.panels().zip(self.delta.panels()) {
                let rows = self.sums.chunks_exact_mut(outputs);
                for (row, x) in rows.zip(&x[inputs.clone()]) {
                    let x = Registers::<S, N>::load(x);
                    for (sums, delta) in row.iter_mut().zip(delta) {
                        let delta = Registers::load(delta);
                        Registers::load(sums)
                            .add_product(simd, x, delta)
                            .store(sums);
                    }
                }
            }
            for (row, input) in self.sums.chunks_exact(outputs).zip(inputs) {
                let into = self.into[(input - self.inputs.start) * self.strides.0..].iter_mut();
                for (into, sums) in into.step_by(self.strides.1).zip(row) {
                    *into = sums.total();
                }
            }
        }
    }
}

/// Writes `Σ δ` over all points to `into`, `(outputs,)`.
pub(super) fn sum_points(delta: &Panels, buffer: &mut OuterBuffer, into: &mut [f32]) {
    let sums = &mut buffer.sums[0];
    SumPoints { delta, sums, into }.vectorize();
}

struct SumPoints<'a> {
    delta: &'a Panels,
    sums: &'a mut Vec<Lanes>,
    into: &'a mut [f32],
}

impl Vectorized for SumPoints<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd, const N: usize>(self, simd: S) {
        self.sums.clear();
        self.sums.resize(self.delta.width(), Lanes::default());
        for delta in self.delta.panels() {
            for (sums, delta) in self.sums.iter_mut().zip(delta) {
                let delta = Registers::<S, N>::load(delta);
                Registers::load(sums).add(simd, delta).store(sums);
            }
        }
        for (into, sums) in self.into.iter_mut().zip(&*self.sums) {
            *into = sums.total();
        }
    }
}
