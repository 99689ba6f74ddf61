//! Training, search and evaluation: what their numbers must be.

#[path = "../common/mod.rs"]
mod common;

mod arms;
mod autoencoder;
mod categories;
mod conformance;
mod determinism;
mod ensemble;
mod evaluation;
mod exhaustion;
mod foreign_models;
mod generators;
mod halt;
mod kernel;
mod layering;
mod portable;
mod properties;
mod recourse;
mod regimes;
mod weights;
