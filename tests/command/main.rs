//! The command line, as a user calls it.

#[path = "../common/mod.rs"]
mod common;

mod audit;
mod data;
mod docs;
mod evaluation;
mod full_disk;
mod hostile;
mod images;
mod interrupt;
mod lessons;
mod loan;
mod messages;
mod readme;
mod recourse;
mod recourse_tables;
mod report;
mod reproduce;
mod resume;
mod runs;
mod scoreboard;
mod shared_recipes;
mod spoken;
mod sweep;
mod what_models_know;
mod writing;
