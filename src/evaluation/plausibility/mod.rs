//! Plausibility: how close counterfactuals are to real samples of their target class.

mod discrepancy;
mod implausibility;

pub use discrepancy::{LENGTH_SCALE, MMD_SAMPLES, ip_star, mmd2};
pub use implausibility::{IP_TARGETS, Targets};
pub mod typicality;
