//! What data look like before one trains on them.

use crate::{
    data::{Dataset, Draw, Source},
    session::{Axes as Plane, Projection},
};

/// Samples that are drawn for a preview.
const SAMPLES: usize = 600;

/// Largest file that is read for a preview.
const MAX_BYTES: u64 = 4 << 20;

/// Data, and how they are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Where they come from.
    pub source: Source,
    /// Their samples, noise and seed.
    pub draw: Draw,
}

/// A few samples of some data, or why there are none.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    data: Option<(Dataset, Projection)>,
    problem: Option<String>,
    remark: Option<String>,
}

impl Preview {
    /// Draws a few samples, or reads the file if that is not large.
    pub fn new(subject: &Subject) -> Self {
        let Subject { source, draw } = subject;
        let draw = Draw {
            samples: draw.samples.min(SAMPLES),
            ..*draw
        };
        if let Some(size) = size(source).filter(|size| *size > MAX_BYTES) {
            let megabytes = size >> 20;
            return Self {
                remark: Some(format!("{megabytes} MB: read when training starts")),
                ..Self::default()
            };
        }
        match source.load(&draw) {
            Ok(dataset) => {
                let axes = match dataset.dimensions() {
                    0..=2 => Plane::Features(0, 1),
                    _ => Plane::PrincipalComponents,
                };
                let projection = Projection::new(&dataset, axes);
                Self {
                    data: Some((dataset, projection)),
                    ..Self::default()
                }
            }
            Err(error) => Self::failed(error.to_string()),
        }
    }

    /// No samples yet, because their file is being read.
    pub fn awaited() -> Self {
        Self {
            remark: Some("reading …".into()),
            ..Self::default()
        }
    }

    /// No samples, because of `problem`.
    pub fn failed(problem: String) -> Self {
        Self {
            problem: Some(problem),
            ..Self::default()
        }
    }

    /// Why the data cannot be had.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Features and classes in a line.
    pub fn facts(&self) -> String {
        match (&self.remark, &self.data) {
            (Some(remark), _) => remark.clone(),
            (None, Some((dataset, _))) => {
                let [features, classes] = [dataset.dimensions(), dataset.classes.len()];
                let names = dataset.shown_classes();
                format!("{features} features · {classes} classes: {names}")
            }
            (None, None) => String::new(),
        }
    }

    /// The samples and their plane, if there are any.
    pub fn data(&self) -> Option<&(Dataset, Projection)> {
        self.data.as_ref()
    }
}

/// Bytes of the file that a source reads.
fn size(source: &Source) -> Option<u64> {
    let path = match source {
        Source::Synthetic { .. } => return None,
        Source::Csv { path, .. } | Source::Benchmark { path, .. } => path,
        Source::Images { images, .. } => images,
    };
    std::fs::metadata(path).ok().map(|known| known.len())
}
