//! An autoencoder in a folder: two files of the usual format.

use std::{collections::BTreeMap, path::Path};

use super::Autoencoder;
use crate::model::{Mlp, ModelError, ModelFile};

/// Names of the two files.
const FILES: [&str; 2] = ["encoder.safetensors", "decoder.safetensors"];
/// Entry of their metadata that says what they were fitted to.
const FITTED_TO: &str = "fitted_to";

impl Autoencoder {
    /// Writes `encoder.safetensors` and `decoder.safetensors` into `folder`, which is made if need
    /// be; `fitted_to` says what it was fitted to and how.
    ///
    /// # Errors
    /// [`ModelError::Access`] if that cannot be done.
    pub fn write(&self, folder: &Path, fitted_to: &str) -> Result<(), ModelError> {
        std::fs::create_dir_all(folder).map_err(|source| ModelError::Access {
            path: folder.to_owned(),
            source,
        })?;
        for (name, model) in FILES.into_iter().zip([&self.encoder, &self.decoder]) {
            let metadata = BTreeMap::from([(FITTED_TO.to_owned(), fitted_to.to_owned())]);
            let model = model.clone();
            ModelFile { model, metadata }.write(&folder.join(name))?;
        }
        Ok(())
    }

    /// Reads an autoencoder of `width` features from `folder`; `None` if there is none that was
    /// fitted to just that.
    pub fn read(folder: &Path, fitted_to: &str, width: usize) -> Option<Self> {
        let [encoder, decoder] = FILES.map(|name| part(&folder.join(name), fitted_to));
        let (encoder, decoder) = (encoder?, decoder?);
        let fits = encoder.inputs() == width
            && decoder.classes() == width
            && encoder.classes() == 2 * decoder.inputs();
        fits.then_some(Self { encoder, decoder })
    }
}

fn part(path: &Path, fitted_to: &str) -> Option<Mlp> {
    let model_file = ModelFile::read(path).ok()?;
    let same = model_file.metadata.get(FITTED_TO).map(String::as_str) == Some(fitted_to);
    same.then_some(model_file.model)
}
