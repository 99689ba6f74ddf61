//! Sums of outer products: the gradient of a weight matrix.

use crate::model::panels::{LANES, Lanes, Panels, total};

/// Inputs, and outputs, whose products are summed together.
const TILE: usize = 2;

/// Panels whose values are expected to stay in the cache.
const GROUP: usize = 16;

/// Adds `Σ x · δ` over all points to `into`, `(inputs, outputs)` row-major, for the inputs from
/// `first` on, as many as `into` has room for. `x` is `(n, inputs)`, `delta` `(n, outputs)` with
/// empty lanes 0.
#[inline(always)]
pub(super) fn add_outer(x: &Panels, delta: &Panels, first: usize, into: &mut [f32]) {
    let (inputs, outputs) = (x.width(), delta.width());
    let groups = x.lanes().chunks(GROUP * inputs.max(1));
    for (x, delta) in groups.zip(delta.lanes().chunks(GROUP * outputs.max(1))) {
        for (pair, rows) in into.chunks_mut(TILE * outputs).enumerate() {
            let from = first + pair * TILE;
            let to = (from + 1).min(inputs - 1);
            for output in (0..outputs).step_by(TILE) {
                let next = (output + 1).min(outputs - 1);
                let sums = products(x, [from, to], inputs, delta, [output, next], outputs);
                for (row, sums) in rows.chunks_exact_mut(outputs).zip(sums) {
                    for (into, sum) in row[output..].iter_mut().zip(sums) {
                        *into += sum;
                    }
                }
            }
        }
    }
}

/// The four sums of products of two inputs and two outputs over a group of panels.
#[inline(always)]
fn products(
    x: &[Lanes],
    input: [usize; TILE],
    inputs: usize,
    delta: &[Lanes],
    output: [usize; TILE],
    outputs: usize,
) -> [[f32; TILE]; TILE] {
    let mut sums = [[[0.0; LANES]; TILE]; TILE];
    for (x, delta) in x.chunks_exact(inputs).zip(delta.chunks_exact(outputs)) {
        let (x, delta) = (input.map(|at| &x[at]), output.map(|at| &delta[at]));
        for (sums, x) in sums.iter_mut().zip(x) {
            for (sums, delta) in sums.iter_mut().zip(delta) {
                for ((sum, x), delta) in sums.iter_mut().zip(x).zip(delta) {
                    *sum += x * delta;
                }
            }
        }
    }
    sums.map(|sums| sums.map(total))
}
