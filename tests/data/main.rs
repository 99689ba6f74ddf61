//! Data: what is read, made, drawn and written.

#[path = "../common/mod.rs"]
mod common;

mod benchmarks;
mod csv;
mod drawing;
mod errors;
mod families;
mod images;
mod properties;
mod samples;
mod tables;
mod untrusted;
