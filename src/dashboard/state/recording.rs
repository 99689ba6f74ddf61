//! The recording of the screen that is on.

use std::{path::PathBuf, sync::Arc};

use crate::files::Growing;

/// Where the screen is recorded to.
#[derive(Clone, Debug)]
pub struct State {
    /// The file as the user typed it.
    pub path: PathBuf,
    /// What is written to.
    pub file: Arc<Growing>,
}

impl State {
    /// The file's name, as it may be shown.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        crate::text::printable(&name.to_string_lossy()).into_owned()
    }
}
