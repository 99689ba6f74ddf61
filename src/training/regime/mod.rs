//! Regimes: what an epoch adds to the loss.
//!
//! All regimes share the model, the data, the order of the mini-batches and Adam. They differ in the
//! points that they add to a mini-batch, and in the loss of samples and added points. Each is a file
//! of its own, and a row of [`Objective`]'s table.

mod counterfactual;
mod jem;
mod method;
mod pgd;
mod recourse;
mod table;
mod vanilla;
mod weighing;

use std::sync::Arc;

use ndarray::Array2;

pub use counterfactual::Counterfactual;
pub use jem::{Jem, Langevin};
pub use method::Method;
pub use pgd::{Attack, Pgd};
pub use recourse::{Reach, Recourse};
pub use table::{Objective, RegimeFacts};
pub use vanilla::Vanilla;

use super::{Batch, EpochError, EpochReport, HyperParameters, LossTerms};
use crate::{
    counterfactual::{Constraints, Generator},
    data::Samples,
    halt::Halt,
    model::{Differentiable, Mlp, Panels},
};

/// What an epoch is trained on and with.
#[derive(Clone, Copy)]
pub struct Epoch<'a> {
    /// Its number; the first is 1.
    pub number: usize,
    /// The model before its first update.
    pub model: &'a Mlp,
    /// The training samples.
    pub train: &'a Samples,
    /// What counterfactuals respect.
    pub constraints: &'a Constraints,
    /// All hyper-parameters.
    pub parameters: &'a HyperParameters,
    /// What counterfactuals are searched with.
    pub generator: &'a Generator,
    /// A wish to stop, to be looked at in the middle of what takes long.
    pub halt: &'a Halt,
}

/// One mini-batch of an epoch, before anything is added to it.
#[derive(Clone, Copy, Debug)]
pub struct MiniBatch<'a> {
    /// Its position in the epoch, from 0.
    pub position: usize,
    /// Number of mini-batches of the epoch.
    pub count: usize,
    /// The training samples in it, as rows of the training set.
    pub rows: &'a [usize],
}

impl MiniBatch<'_> {
    /// The part that falls to this mini-batch when `total` things are spread evenly over all.
    pub fn share(&self, total: usize) -> std::ops::Range<usize> {
        let first = |position: usize| position * total / self.count.max(1);
        first(self.position)..first(self.position + 1)
    }
}

/// What a regime carries from epoch to epoch, `(n, d)`; nothing for most.
pub type Memory = Option<Arc<Array2<f32>>>;

/// What an epoch adds to the loss.
///
/// Everything random comes from [`random::stream`](crate::random::stream), addressed by seed and
/// epoch, and all that lasts longer than an epoch is in [`Regime::memory`]: an epoch depends on the
/// trainer's state, the data, the controls and its number, and on nothing else.
pub trait Regime: Send + Sync {
    /// Prepares an epoch, before its first update; notes in `report` how that went.
    ///
    /// # Errors
    /// [`EpochError`] if there is no memory for it, or the end was asked for.
    fn begin(&mut self, epoch: &Epoch<'_>, report: &mut EpochReport) -> Result<(), EpochError>;

    /// Prepares what is added to a mini-batch, with the model as it is before that update; how many
    /// points these are.
    fn extend(
        &mut self,
        epoch: &Epoch<'_>,
        batch: &MiniBatch<'_>,
        model: &mut dyn Differentiable,
    ) -> usize;

    /// An added point, `(d,)`, and its class.
    fn added(&self, position: usize) -> (&[f32], usize);

    /// The loss of a mini-batch with its added points; writes the gradient with respect to the
    /// logits, both `(b + added, k)`.
    fn loss(&self, batch: Batch<'_>, logits: &Panels, cotangent: &mut Panels) -> LossTerms;

    /// Notes in `report` how the epoch went, after its last update.
    fn finish(&self, _report: &mut EpochReport) {}

    /// What the next epoch needs of this one.
    fn memory(&self) -> Memory {
        None
    }

    /// Takes over what [`Regime::memory`] gave.
    fn recall(&mut self, _memory: Memory) {}
}
