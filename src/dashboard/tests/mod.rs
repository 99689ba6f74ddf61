//! Tests of the whole dashboard.

#[path = "../../../tests/common/cast.rs"]
mod cast;
mod cut;
pub(super) mod fixture;
mod flows;
mod frames;
mod glossary;
mod picture;
mod pictures;
mod projector;
pub(super) mod random;
mod readme;
pub(super) mod stage;
