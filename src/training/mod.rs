//! Counterfactual training: hyper-parameters, objective (Eq. 2), epoch (Alg. 1) and trainer.

mod parameters;
mod report;

pub use parameters::{
    Effect, Generator, Group, HyperParameters, Kind, Objective, Parameter, ParameterError, Spread,
    TABLE,
};
pub use report::{EpochReport, LossTerms};
