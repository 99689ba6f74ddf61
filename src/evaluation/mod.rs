//! Measurements: how good a classifier and its counterfactuals are.
//!
//! Everything here is a pure function of arrays, a model and seeds; nothing depends on the number
//! of threads.

pub mod accuracy;
pub mod robustness;
