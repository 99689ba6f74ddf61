//! A weight matrix packed for multiplying panels.

use pulp::Simd;

use super::finish::Finish;
use crate::model::{lanes::Lanes, simd::Registers};

/// Outputs computed together, so that a loaded input is used several times.
const TILE: usize = 4;

/// A matrix `(outputs, inputs)` and an offset per output, in tiles of [`TILE`] outputs; the last
/// tile is filled up with zeros.
#[derive(Default)]
pub(super) struct Matrix {
    inputs: usize,
    /// `tiles × inputs` columns of a tile.
    columns: Vec<[f32; TILE]>,
    offsets: Vec<[f32; TILE]>,
}

impl Matrix {
    /// An all-zero matrix.
    pub(super) fn new(inputs: usize, outputs: usize) -> Self {
        let tiles = outputs.div_ceil(TILE);
        Self {
            inputs,
            columns: vec![[0.0; TILE]; tiles * inputs],
            offsets: vec![[0.0; TILE]; tiles],
        }
    }

    /// Takes over a row-major weight `(outputs, inputs)` and a bias `(outputs,)`.
    pub(super) fn load(&mut self, weight: &[f32], bias: &[f32]) {
        let rows = weight.chunks_exact(self.inputs.max(1));
        for (output, (row, &bias)) in rows.zip(bias).enumerate() {
            let (tile, place) = (output / TILE, output % TILE);
            self.offsets[tile][place] = bias;
            let columns = &mut self.columns[tile * self.inputs..][..self.inputs];
            for (column, &value) in columns.iter_mut().zip(row) {
                column[place] = value;
            }
        }
    }

    /// Takes over the transpose of a row-major weight `(inputs, outputs)`; offsets stay 0.
    pub(super) fn load_transposed(&mut self, weight: &[f32], outputs: usize) {
        for (input, row) in weight.chunks_exact(outputs.max(1)).enumerate() {
            let tiles = self.columns.iter_mut().skip(input).step_by(self.inputs);
            for (column, values) in tiles.zip(row.chunks(TILE)) {
                column[..values.len()].copy_from_slice(values);
            }
        }
    }

    /// Number of inputs.
    pub(super) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Multiplies one panel `x`, `(inputs,)` lanes, into `(outputs,)` lanes, the first of which is
    /// at position `first` of the whole result.
    #[inline(always)]
    pub(super) fn multiply<S: Simd, const N: usize>(
        &self,
        simd: S,
        x: &[Lanes],
        into: &mut [Lanes],
        first: usize,
        finish: &impl Finish,
    ) {
        let tiles = self.columns.chunks_exact(self.inputs.max(1));
        let outputs = into.chunks_mut(TILE);
        for (tile, ((columns, offsets), into)) in tiles.zip(&self.offsets).zip(outputs).enumerate()
        {
            let sums = multiply_tile::<S, N>(simd, columns, offsets, x);
            for (place, (into, sums)) in into.iter_mut().zip(sums).enumerate() {
                *into = finish.finish(first + tile * TILE + place, sums);
            }
        }
    }
}

/// The sums of one tile.
///
/// Every sum has a name of its own, so that it stays in registers.
#[inline(always)]
fn multiply_tile<S: Simd, const N: usize>(
    simd: S,
    columns: &[[f32; TILE]],
    offsets: &[f32; TILE],
    x: &[Lanes],
) -> [Lanes; TILE] {
    let [mut a, mut b, mut c, mut d] = offsets.map(|offset| Registers::<S, N>::splat(simd, offset));
    for (weights, x) in columns.iter().zip(x) {
        let x = Registers::load(x);
        let weights = weights.map(|weight| Registers::splat(simd, weight));
        a = a.add_product(simd, weights[0], x);
        b = b.add_product(simd, weights[1], x);
        c = c.add_product(simd, weights[2], x);
        d = d.add_product(simd, weights[3], x);
    }
    let mut sums = [Lanes::default(); TILE];
    for (into, sums) in sums.iter_mut().zip([a, b, c, d]) {
        sums.store(into);
    }
    sums
}
