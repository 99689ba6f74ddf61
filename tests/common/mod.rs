//! What several suites of tests need.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

pub mod binary;
pub mod cases;
pub mod kills;
pub mod loans;
pub mod page;
