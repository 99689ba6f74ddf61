//! Generators: what makes counterfactuals of factuals.

mod eccco;
mod generic;
mod gravitational;
mod kind;
mod omniscient;
mod penalty;

use std::sync::Arc;

pub use eccco::Eccco;
pub use generic::{Generic, mad_weights};
pub use gravitational::{Attractors, Gravitational, NEIGHBOURS};
pub use kind::GeneratorKind;
pub use omniscient::{Omniscient, draw_neighbours};
pub use penalty::Penalty;

use super::{Background, SearchParameters};
use crate::{
    data::Samples,
    model::{Autoencoder, ModelError},
};

/// A generator together with what it has learned from training data. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub enum Generator {
    /// [`GeneratorKind::Generic`]; needs no data.
    Generic,
    /// [`GeneratorKind::Wachter`], with the features' weights `1 / MAD`, `(d,)`.
    Wachter(Arc<[f32]>),
    /// [`GeneratorKind::Eccco`]; needs no data.
    Eccco,
    /// [`GeneratorKind::Revise`], with the autoencoder whose latent space is searched.
    Revise(Arc<Autoencoder>),
    /// [`GeneratorKind::Gravitational`], with the samples that pull.
    Gravitational(Arc<Attractors>),
    /// [`GeneratorKind::Omniscient`], with the training samples.
    Omniscient(Omniscient),
}

impl Generator {
    /// Learns from the training samples of `classes` classes what a generator of `kind` needs.
    ///
    /// Everything random comes from `seed`, and the same arguments give the same generator. For
    /// doing this bit by bit, or for several generators, there is [`Background`].
    ///
    /// # Errors
    /// [`ModelError::Memory`] if there is no memory for an autoencoder.
    pub fn fit(
        kind: GeneratorKind,
        train: &Samples,
        classes: usize,
        seed: u64,
    ) -> Result<Self, ModelError> {
        Background::new(seed).fit(kind, train, classes)
    }

    /// Which generator it is.
    pub fn kind(&self) -> GeneratorKind {
        match self {
            Self::Generic => GeneratorKind::Generic,
            Self::Wachter(_) => GeneratorKind::Wachter,
            Self::Eccco => GeneratorKind::Eccco,
            Self::Revise(_) => GeneratorKind::Revise,
            Self::Gravitational(_) => GeneratorKind::Gravitational,
            Self::Omniscient(_) => GeneratorKind::Omniscient,
        }
    }

    /// The autoencoder whose latent space is searched, if one is.
    pub fn autoencoder(&self) -> Option<&Autoencoder> {
        match self {
            Self::Revise(autoencoder) => Some(autoencoder),
            _ => None,
        }
    }

    /// The generator for an epoch (from 1): it draws what it draws anew for each.
    pub fn at_epoch(&self, epoch: usize) -> Self {
        match self {
            Self::Omniscient(omniscient) => Self::Omniscient(omniscient.at(epoch as u64)),
            other => other.clone(),
        }
    }

    /// What a descent with this generator minimises besides cross-entropy and cost.
    pub fn penalty(&self, parameters: &SearchParameters) -> Box<dyn Penalty> {
        let lambda_egy = parameters.lambda_egy;
        match self {
            Self::Generic | Self::Revise(_) | Self::Omniscient(_) => Box::new(Generic::default()),
            Self::Wachter(weights) => Box::new(Generic::weighted(weights.clone())),
            Self::Eccco => Box::new(Eccco::new(lambda_egy, parameters.max_steps)),
            Self::Gravitational(attractors) => {
                Box::new(Gravitational::new(attractors.clone(), lambda_egy))
            }
        }
    }
}
