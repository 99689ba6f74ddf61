//! Figures of the paper, as SVG.

mod attribution;
mod robustness;

pub(super) use attribution::{Image, attribution};
pub(super) use robustness::{Curve, Panel, robustness};
