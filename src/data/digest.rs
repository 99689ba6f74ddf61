//! What the files of a data set are, in one number.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{
    DataError, Schema, Source,
    bytes::{is_standard_input, standard_input},
    idx,
};

/// Bytes read at once.
const CHUNK: usize = 1 << 16;

impl Source {
    /// SHA-256, in hexadecimal digits, of all files that the data come from, schema included; of
    /// nothing for a formula.
    ///
    /// # Errors
    /// [`DataError`] if a file cannot be read.
    pub fn digest(&self) -> Result<String, DataError> {
        let mut digest = Sha256::new();
        for path in files(self)? {
            add(&mut digest, &path).map_err(|source| DataError::Read {
                path: path.clone(),
                source,
            })?;
        }
        let bytes = digest.finalize();
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// All files that a source reads.
fn files(source: &Source) -> Result<Vec<PathBuf>, DataError> {
    Ok(match source {
        Source::Synthetic { .. } => Vec::new(),
        Source::Csv { path, .. } if is_standard_input(path) => vec![path.clone()],
        Source::Csv { path, .. } => {
            let schema = Schema::path_beside(path);
            let schema = Some(schema).filter(|schema| schema.exists());
            [path.clone()].into_iter().chain(schema).collect()
        }
        Source::Images { images, labels } => vec![images.clone(), labels.clone()],
        Source::Benchmark {
            benchmark, path, ..
        } => {
            let path = benchmark.locate(path)?;
            let labels = (!benchmark.is_table()).then(|| idx::labels_beside(&path));
            [path].into_iter().chain(labels).collect()
        }
    })
}

/// Adds a file's content to `digest`.
fn add(digest: &mut Sha256, path: &Path) -> io::Result<()> {
    if is_standard_input(path) {
        if io::stdin().is_terminal() {
            return Err(io::Error::other("it is the keyboard; pipe the data in"));
        }
        digest.update(standard_input()?);
        return Ok(());
    }
    let mut file = File::open(path)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(()),
            count => digest.update(&chunk[..count]),
        }
    }
}
