//! What generators learn from the training data.

use std::sync::Arc;

use super::{
    Generator, GeneratorKind, Omniscient,
    generator::{Attractors, mad_weights},
};
use crate::{data::Dataset, model::ModelError};

/// What generators have learned from one data set, each thing once, when it is first needed.
#[derive(Debug)]
pub struct Background {
    seed: u64,
    weights: Option<Arc<[f32]>>,
    attractors: Option<Arc<Attractors>>,
    omniscient: Option<Omniscient>,
}

impl Background {
    /// Nothing learned yet; everything random will come from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            weights: None,
            attractors: None,
            omniscient: None,
        }
    }

    /// The generator of `kind`, after learning what it lacks. `dataset` must always be the same.
    ///
    /// # Errors
    /// [`ModelError::Memory`] if there is no memory for an autoencoder.
    pub fn fit(&mut self, kind: GeneratorKind, dataset: &Dataset) -> Result<Generator, ModelError> {
        loop {
            if let Some(generator) = self.advance(kind, dataset)? {
                return Ok(generator);
            }
        }
    }

    /// Does a small part of what [`Background::fit`] does; `None` as long as parts are left.
    ///
    /// # Errors
    /// As [`Background::fit`].
    pub fn advance(
        &mut self,
        kind: GeneratorKind,
        dataset: &Dataset,
    ) -> Result<Option<Generator>, ModelError> {
        let (train, classes, seed) = (&dataset.train, dataset.classes.len(), self.seed);
        Ok(Some(match kind {
            GeneratorKind::Generic => Generator::Generic,
            GeneratorKind::Eccco => Generator::Eccco,
            GeneratorKind::Wachter => {
                let learn = || mad_weights(train.x.view()).to_vec().into();
                Generator::Wachter(self.weights.get_or_insert_with(learn).clone())
            }
            GeneratorKind::Gravitational => {
                let learn = || Arc::new(Attractors::draw(train, classes, seed));
                Generator::Gravitational(self.attractors.get_or_insert_with(learn).clone())
            }
            GeneratorKind::Omniscient => {
                let learn = || Omniscient::new(train, classes, seed);
                Generator::Omniscient(self.omniscient.get_or_insert_with(learn).clone())
            }
        }))
    }
}
