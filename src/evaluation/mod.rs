//! Measurements: how good a classifier and its counterfactuals are.
//!
//! Everything here is a pure function of arrays, a model and seeds; nothing depends on the number
//! of threads.
//!
//! | module | question |
//! |---|---|
//! | [`plausibility`] | do counterfactuals look like real samples of their target class? |
//! | [`change`] | how much do they ask for? |
//! | [`energy`] | does the model hold them to be typical? |
//! | [`accuracy`] | how well does the model predict? |
//! | [`robustness`] | and under attack? |
//! | [`attribution`] | which features does it use? |
//! | [`measured`] | all of this, for the command line and the scoreboard |
//! | [`rounds`] | what do the counterfactuals of a protocol measure? |
//! | [`comparison`] | how do two models' answers differ? |
//! | [`published`] | and what does the paper have? |
//! | [`estimate`], [`bootstrap`] | how uncertain is an answer? |
//! | [`told`] | and how are people told it? |

pub mod accuracy;
pub mod attribution;
pub mod bootstrap;
pub mod change;
pub mod comparison;
pub mod energy;
pub mod estimate;
pub mod measured;
pub mod plausibility;
pub mod published;
pub mod robustness;
pub mod rounds;
pub mod told;
