//! What generators learn from the training data.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    sync::Arc,
};

use super::{
    Generator, GeneratorKind, Omniscient,
    generator::{Attractors, mad_weights},
};
use crate::{
    data::Samples,
    model::{Autoencoder, AutoencoderFit, LATENT, ModelError},
};

/// What generators have learned from one data set, each thing once, when it is first needed.
pub struct Background {
    seed: u64,
    latent_size: usize,
    folder: Option<PathBuf>,
    weights: Option<Arc<[f32]>>,
    attractors: Option<Arc<Attractors>>,
    omniscient: Option<Omniscient>,
    autoencoder: Learning,
}

/// How far the autoencoder is.
enum Learning {
    Ahead,
    Underway(Box<AutoencoderFit>),
    Done(Arc<Autoencoder>),
}

impl Background {
    /// Nothing learned yet; everything random will come from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            latent_size: LATENT,
            folder: None,
            weights: None,
            attractors: None,
            omniscient: None,
            autoencoder: Learning::Ahead,
        }
    }

    /// An autoencoder will have `size` latent features, or as many as there are features.
    pub fn with_latent_size(self, size: usize) -> Self {
        Self {
            latent_size: size,
            ..self
        }
    }

    /// An autoencoder will be kept in `folder`, and taken from there if one was fitted before to
    /// the same samples in the same way.
    pub fn kept_in(self, folder: PathBuf) -> Self {
        Self {
            folder: Some(folder),
            ..self
        }
    }

    /// The generator of `kind`, after learning what it lacks. The training samples and
    /// the number of classes must always be the same.
    ///
    /// # Errors
    /// [`ModelError`] if there is no memory for an autoencoder or it cannot be kept.
    pub fn fit(
        &mut self,
        kind: GeneratorKind,
        train: &Samples,
        classes: usize,
    ) -> Result<Generator, ModelError> {
        loop {
            if let Some(generator) = self.advance(kind, train, classes)? {
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
        train: &Samples,
        classes: usize,
    ) -> Result<Option<Generator>, ModelError> {
        let seed = self.seed;
        Ok(Some(match kind {
            GeneratorKind::Generic => Generator::Generic,
            GeneratorKind::Eccco => Generator::Eccco,
            GeneratorKind::Revise => return self.advance_autoencoder(train),
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

    /// Share of an autoencoder's fitting that is done, while it is under way.
    pub fn progress(&self) -> Option<f32> {
        match &self.autoencoder {
            Learning::Underway(fit) => Some(fit.progress()),
            Learning::Ahead | Learning::Done(_) => None,
        }
    }

    fn advance_autoencoder(&mut self, train: &Samples) -> Result<Option<Generator>, ModelError> {
        match &mut self.autoencoder {
            Learning::Done(autoencoder) => return Ok(Some(Generator::Revise(autoencoder.clone()))),
            Learning::Ahead => {
                let (width, seed) = (train.x.ncols(), self.seed);
                self.autoencoder = match self.kept(train) {
                    Some(autoencoder) => Learning::Done(Arc::new(autoencoder)),
                    None => {
                        let fit = AutoencoderFit::new(width, self.latent_size, seed)?;
                        Learning::Underway(Box::new(fit))
                    }
                };
            }
            Learning::Underway(fit) => {
                if let Some(autoencoder) = fit.advance(train.x.view())? {
                    if let Some(folder) = &self.folder {
                        autoencoder.write(folder, &self.fitted_to(train))?;
                    }
                    self.autoencoder = Learning::Done(Arc::new(autoencoder));
                }
            }
        }
        Ok(None)
    }

    fn kept(&self, train: &Samples) -> Option<Autoencoder> {
        let folder = self.folder.as_ref()?;
        Autoencoder::read(folder, &self.fitted_to(train), train.x.ncols())
    }

    /// A text that differs if samples, settings or version differ.
    fn fitted_to(&self, train: &Samples) -> String {
        let mut hasher = DefaultHasher::new();
        train.x.shape().hash(&mut hasher);
        for value in &train.x {
            value.to_bits().hash(&mut hasher);
        }
        format!(
            "samples {:016x}, seed {}, latent size {}, ctui {}",
            hasher.finish(),
            self.seed,
            self.latent_size,
            env!("CARGO_PKG_VERSION")
        )
    }
}
