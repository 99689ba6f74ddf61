//! What the generators of several arms learn from the same data.

use std::path::PathBuf;

use super::Background;

/// A [`Background`] per size of the latent space, so that arms which agree in it share what was
/// learned.
pub struct Backgrounds {
    seed: u64,
    folder: Option<PathBuf>,
    known: Vec<(usize, Background)>,
}

impl Backgrounds {
    /// Nothing learned yet; everything random will come from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            folder: None,
            known: Vec::new(),
        }
    }

    /// An autoencoder will be kept in `folder`; one of another size in a folder beside it, whose name
    /// ends in that size.
    pub fn kept_in(self, folder: PathBuf) -> Self {
        Self {
            folder: Some(folder),
            ..self
        }
    }

    /// Forgets what was learned, as other data are to be learned from.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// The background for a latent space of `size` features.
    pub fn of(&mut self, size: usize) -> &mut Background {
        let position = match self.known.iter().position(|(known, _)| *known == size) {
            Some(position) => position,
            None => {
                let background = Background::new(self.seed).with_latent_size(size);
                let background = match self.folder_of(size) {
                    Some(folder) => background.kept_in(folder),
                    None => background,
                };
                self.known.push((size, background));
                self.known.len() - 1
            }
        };
        &mut self.known[position].1
    }

    /// Share of an autoencoder's fitting that is done, while one is under way.
    pub fn progress(&self) -> Option<f32> {
        self.known
            .iter()
            .find_map(|(_, background)| background.progress())
    }

    fn folder_of(&self, size: usize) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        match self.known.is_empty() {
            true => Some(folder.clone()),
            false => {
                let name = folder.file_name()?.to_string_lossy();
                Some(folder.with_file_name(format!("{name}-{size}")))
            }
        }
    }
}
