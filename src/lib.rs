//! ctui: see counterfactual training.
//!
//! *Counterfactual training* (Altmeyer et al., arXiv 2601.16205) makes a classifier answer for the
//! quality of its explanations. This crate trains with it, measures it, and shows it live.
//!
//! The data flows one way, and so do the imports: a module uses only those above it.
//!
//! | module | what it does |
//! |---|---|
//! | [`random`] | one generator, one stream per purpose |
//! | [`data`] | data sets, where they come from, and their features |

pub mod counterfactual;
pub mod data;
pub mod evaluation;
pub mod model;
pub mod random;
pub mod session;
pub mod training;
