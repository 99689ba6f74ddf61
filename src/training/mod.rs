//! Counterfactual training: hyper-parameters, objective (Eq. 2), epoch (Alg. 1) and trainer.

mod batches;
mod ensemble;
mod objective;
mod parameters;
mod preset;
pub mod regime;
mod report;
mod trainer;
mod tuples;
mod updates;

pub use ensemble::Ensemble;
pub use objective::{Batch, TermWeights, objective};
pub use parameters::{
    Effect, Group, HyperParameters, Kind, Parameter, ParameterError, Spread, TABLE,
};
pub use preset::{Preset, protect};
pub use regime::{
    Counterfactual, Epoch, Memory, Method, MiniBatch, Objective, Regime, RegimeFacts, Vanilla,
};
pub use report::{EpochReport, LossTerms, TERMS, Term};
pub use trainer::{EpochError, Trainer, TrainerState};
pub use tuples::{Tuples, protected_neighbour};
