//! A weight matrix packed for multiplying panels.

use crate::model::panels::{LANES, Lanes};

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

    /// Multiplies one panel `x`, `(inputs,)` lanes, and gives each output's lanes to `finish`
    /// together with its place in `into`, `(outputs,)` lanes.
    #[inline(always)]
    pub(super) fn multiply(
        &self,
        x: &[Lanes],
        into: &mut [Lanes],
        finish: impl Fn(usize, &Lanes, &mut Lanes),
    ) {
        let tiles = self.columns.chunks_exact(self.inputs.max(1));
        let outputs = into.chunks_mut(TILE);
        for (tile, ((columns, offsets), into)) in tiles.zip(&self.offsets).zip(outputs).enumerate()
        {
            let mut sums = offsets.map(|offset| [offset; LANES]);
            for (column, x) in columns.iter().zip(x) {
                for (sums, weight) in sums.iter_mut().zip(column) {
                    for (sum, x) in sums.iter_mut().zip(x) {
                        *sum += weight * x;
                    }
                }
            }
            for (place, (into, sums)) in into.iter_mut().zip(&sums).enumerate() {
                finish(tile * TILE + place, sums, into);
            }
        }
    }
}
