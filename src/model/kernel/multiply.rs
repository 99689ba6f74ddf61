//! Multiplying all points of a batch with a weight matrix.

use pulp::Simd;
use rayon::prelude::*;

use super::{batch::FEW, finish::Finish, matrix::Matrix};
use crate::model::{
    lanes::{LANES, Lanes},
    panels::Panels,
    simd::Vectorized,
};

/// Panels that one thread takes at a time.
const CHUNK: usize = 4;

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
