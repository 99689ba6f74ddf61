//! Readers of models, and of what a run is gone on with from.

use std::path::Path;

use ctui::{
    data::metadata::Metadata,
    model::ModelFile,
    run::checkpoint::{self, Checkpoint},
};
use ndarray::Array2;

/// Most weights of a model that is asked for its predictions.
const SMALL: usize = 1 << 16;

/// A model of ours or of another program.
pub fn model(bytes: &[u8]) {
    let path = Path::new("model.safetensors");
    let Ok((file, _)) = ModelFile::parse(bytes, path, None) else {
        return;
    };
    let _ = Metadata::from_texts(&file.metadata);
    let written = file.bytes();
    assert!(written.is_ok(), "a model cannot be written");
    let again = ModelFile::parse(&written.unwrap_or_default(), path, None);
    assert!(
        again.is_ok_and(|(again, _)| again == file),
        "a model is another one"
    );
    let model = &file.model;
    if model.parameters.len() <= SMALL {
        let classes = model.predict(Array2::zeros((2, model.inputs())).view());
        assert_eq!(classes.len(), 2);
        assert!(classes.iter().all(|&class| class < model.classes()));
    }
}

/// Where a run stands.
pub fn checkpoint(bytes: &[u8]) {
    let Ok(found) = checkpoint::parse(bytes) else {
        return;
    };
    let bytes = |found: &Checkpoint| checkpoint::to_bytes(&found.standing, &found.data).ok();
    let written = bytes(&found);
    assert!(written.is_some(), "a checkpoint cannot be written");
    let again = written
        .as_ref()
        .and_then(|bytes| checkpoint::parse(bytes).ok());
    assert!(
        again.is_some_and(|again| bytes(&again) == written),
        "a checkpoint is another one"
    );
}
