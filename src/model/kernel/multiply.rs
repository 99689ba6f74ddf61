//! Multiplying all points of a batch with a weight matrix.

use pulp::Simd;
use rayon::prelude::*;

use super::{FEW, matrix::Matrix};
use crate::model::{
    lanes::{LANES, Lanes},
    panels::Panels,
    simd::Vectorized,
};

/// Panels that one thread takes at a time.
const CHUNK: usize = 4;

/// What becomes of the sums that a multiplication gives.
pub(super) trait Finish: Sync {
    /// The result for the sums at position `at` among all lanes of the result.
    fn finish(&self, at: usize, sums: Lanes) -> Lanes;
}

/// The sums themselves.
pub(super) struct Linear;

impl Finish for Linear {
    #[inline(always)]
    fn finish(&self, _: usize, sums: Lanes) -> Lanes {
        sums
    }
}

/// Rectified sums.
pub(super) struct Relu;

impl Finish for Relu {
    #[inline(always)]
    fn finish(&self, _: usize, sums: Lanes) -> Lanes {
        sums.map(|sum| if sum > 0.0 { sum } else { 0.0 })
    }
}

/// The sums where these outputs of [`Relu`] are not 0: its derivative.
pub(super) struct WhereActive<'a>(pub(super) &'a [Lanes]);

impl Finish for WhereActive<'_> {
    #[inline(always)]
    fn finish(&self, at: usize, sums: Lanes) -> Lanes {
        let outputs = &self.0[at];
        Lanes::from_fn(|lane| if outputs[lane] > 0.0 { sums[lane] } else { 0.0 })
    }
}

/// Multiplies all points `x`, `(n, inputs)`, with `matrix`, into `(n, outputs)`.
pub(super) fn multiply(matrix: &Matrix, x: &Panels, into: &mut Panels, finish: &impl Finish) {
    let (inputs, outputs) = (x.width().max(1), into.width().max(1));
    if x.len() <= FEW * LANES {
        let chunk = Chunk {
            matrix,
            x: x.lanes(),
            into: into.lanes_mut(),
            outputs,
            first: 0,
            finish,
        };
        return chunk.vectorize();
    }
    into.lanes_mut()
        .par_chunks_mut(CHUNK * outputs)
        .zip(x.lanes().par_chunks(CHUNK * inputs))
        .enumerate()
        .for_each(|(position, (into, x))| {
            let chunk = Chunk {
                matrix,
                x,
                into,
                outputs,
                first: position * CHUNK * outputs,
                finish,
            };
            chunk.vectorize();
        });
}

/// Some panels of a batch.
struct Chunk<'a, F> {
    matrix: &'a Matrix,
    x: &'a [Lanes],
    into: &'a mut [Lanes],
    outputs: usize,
    /// Position of `into` among all lanes of the result.
    first: usize,
    finish: &'a F,
}

impl<F: Finish> Vectorized for Chunk<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd, const N: usize>(self, simd: S) {
        let panels = self.x.chunks_exact(self.matrix.inputs().max(1));
        let mut first = self.first;
        for (x, into) in panels.zip(self.into.chunks_exact_mut(self.outputs)) {
            self.matrix
                .multiply::<S, N>(simd, x, into, first, self.finish);
            first += self.outputs;
        }
    }
}
