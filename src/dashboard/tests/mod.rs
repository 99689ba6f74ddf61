//! Tests of the whole dashboard.

mod fixture;
mod flows;
mod frames;
mod picture;
mod random;
