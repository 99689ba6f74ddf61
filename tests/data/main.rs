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
mod readers;
mod samples;
mod tables;
