//! What the files of a data set are, in one number.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::{
    DataError, Schema, Source,
    bytes::{is_standard_input, packed_bytes},
    idx,
};

impl Source {
    /// SHA-256, in hexadecimal digits, of all files that the data come from, schema included; of
    /// nothing for a formula.
    ///
    /// # Errors
    /// [`DataError`] if a file cannot be read.
    pub fn digest(&self) -> Result<String, DataError> {
        let mut digest = Sha256::new();
        for path in files(self)? {
            let bytes = packed_bytes(&path).map_err(|source| DataError::Read { path, source })?;
            digest.update(bytes);
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
