//! The settings with which the paper's tables were made.

use super::HyperParameters;
use crate::data::{DataError, Draw, Family, Mutability, Source, nearest};

/// A data set with its hyper-parameters and its protected feature.
#[derive(Debug)]
pub struct Preset {
    /// Name on the command line.
    pub id: &'static str,
    /// Where the data come from.
    pub family: Family,
    /// Decision threshold τ of training.
    pub decision_threshold: f64,
    /// λ_reg.
    pub lambda_reg: f64,
    /// Positions of the features that the paper protects in its experiments on actionability.
    pub protected: &'static [usize],
}

impl Preset {
    /// The paper's four synthetic data sets (its final hyper-parameters).
    pub const ALL: [Self; 4] = [
        Self::synthetic("ls", Family::Ls, 0.5, 0.01),
        Self::synthetic("circ", Family::Circ, 0.5, 0.5),
        Self::synthetic("moon", Family::Moon, 0.9, 0.25),
        Self::synthetic("ol", Family::Ol, 0.5, 0.25),
    ];

    const fn synthetic(
        id: &'static str,
        family: Family,
        decision_threshold: f64,
        lambda_reg: f64,
    ) -> Self {
        Self {
            id,
            family,
            decision_threshold,
            lambda_reg,
            protected: &[0],
        }
    }

    /// The preset called `id`.
    ///
    /// # Errors
    /// [`DataError::Name`] suggests the nearest name.
    pub fn find(id: &str) -> Result<&'static Self, DataError> {
        static ALL: [Preset; 4] = Preset::ALL;
        ALL.iter().find(|preset| preset.id == id).ok_or_else(|| {
            let nearest = nearest::nearest(id, Self::ALL.iter().map(|preset| preset.id));
            DataError::Name(format!(
                "there is no preset `{id}`; did you mean `{}`? Presets: {}",
                nearest.unwrap_or("moon"),
                Self::ALL.map(|preset| preset.id).join(", ")
            ))
        })
    }

    /// Where the data come from.
    pub fn source(&self) -> Source {
        Source::Synthetic {
            family: self.family,
            classes: None,
        }
    }

    /// The hyper-parameters, all defaults but the preset's own.
    pub fn parameters(&self) -> HyperParameters {
        HyperParameters {
            decision_threshold: self.decision_threshold,
            lambda_reg: self.lambda_reg,
            noise: f64::from(self.family.default_noise()),
            ..HyperParameters::default()
        }
    }

    /// Mutabilities of `dimensions` features with the protected ones immutable.
    pub fn protection(&self, dimensions: usize) -> Vec<Mutability> {
        (0..dimensions)
            .map(|feature| match self.protected.contains(&feature) {
                true => Mutability::None,
                false => Mutability::Both,
            })
            .collect()
    }
}

impl HyperParameters {
    /// What a synthetic data set is drawn with.
    pub fn draw(&self) -> Draw {
        Draw {
            samples: self.samples,
            noise: self.noise as f32,
            seed: self.seed,
        }
    }
}
