//! What is known of a model of ours.

use std::path::{Path, PathBuf};

use super::{Given, Imported, Known, unusable};
use crate::{
    data::{
        Dataset, Feature, Rows, Scale, Source,
        metadata::Metadata,
        observed::{Observed, observe},
    },
    recipe::Recipe,
    run::RunError,
};

/// Folders above a model's in which the data of its recipe are looked for.
const LEVELS: usize = 4;
/// Relative difference of scales that are the same but for rounding.
const ROUNDING: f64 = 1e-5;

impl Imported {
    /// Completes what the file says: by the training file if one is given, by its recipe if it is of an
    /// older version.
    pub(super) fn own(&self, metadata: Metadata, given: &Given<'_>) -> Result<Known, RunError> {
        if given.scaling.is_some() {
            return Err(unusable(
                &self.path,
                "it has the scaling that it was trained with; leave --scale out".into(),
            ));
        }
        let Metadata {
            features,
            classes,
            observed,
        } = metadata;
        let mut known = Known {
            model: self.model.clone(),
            features,
            classes,
            observed,
            notes: Vec::new(),
        };
        match given.train {
            Some(train) => {
                let rows = self.background(train, Some(&known.features), &known.classes)?;
                known.observed = observe(rows.x.view());
                known.learn_from(&rows);
            }
            None if known.is_bounded() => {}
            None => self.recover(&mut known, given.data)?,
        }
        Ok(known)
    }

    /// What samples reach, for a file of an older version, which does not say it.
    fn recover(&self, known: &mut Known, data: &Source) -> Result<(), RunError> {
        const OLD: &str =
            "its file is of an older version and does not say what its training samples reach";
        if let Some((path, dataset)) = self.training_data(&known.features) {
            known.observed = observe(dataset.train.x.view());
            for (feature, found) in known.features.iter_mut().zip(dataset.features) {
                feature.step = feature.step.or(found.step);
                feature.range = feature.range.or(found.range);
                feature.typical = feature.typical.or(found.typical);
                feature.imputed |= found.imputed;
            }
            known.notes.push(format!(
                "{OLD}; that was taken from {path}, which its recipe names and which still gives the same scaling"
            ));
            return Ok(());
        }
        if known.features.iter().all(is_standardised) {
            known.observed = Some(vec![Observed::STANDARD; known.features.len()]);
            for feature in known.features.iter_mut().filter(|f| f.is_number()) {
                feature.typical = feature.typical.or(Some(feature.scale.to_file(0.0)));
            }
            known.notes.push(format!(
                "{OLD}; bounds are two standard deviations around its training mean, as its scaling has them; --train names its training file"
            ));
            return Ok(());
        }
        let rows = self.background(data, Some(&known.features), &known.classes)?;
        known.observed = observe(rows.x.view());
        known.learn_from(&rows);
        known.notes.push(format!(
            "{OLD}; bounds were inferred from the {} rows of {}; --train names its training file",
            rows.x.nrows(),
            rows.path.display()
        ));
        Ok(())
    }

    /// The data that the recipe names, if they are still there and give the same features.
    fn training_data(&self, features: &[Feature]) -> Option<(String, Dataset)> {
        let recipe = self.recipe.as_ref()?;
        places(recipe, &self.path).into_iter().find_map(|source| {
            let dataset = source.load(&recipe.draw()).ok()?;
            same(&dataset.features, features).then(|| (source.title(), dataset))
        })
    }
}

impl Known {
    /// Whether it is known what samples reach, as far as that is of interest.
    fn is_bounded(&self) -> bool {
        let bounded = |feature: &Feature| feature.domain.is_some();
        self.observed.is_some() || self.features.iter().all(bounded)
    }

    /// Learns from rows what is typical of the features and what they are multiples of, where that is
    /// not known.
    fn learn_from(&mut self, rows: &Rows) {
        for (position, feature) in self.features.iter_mut().enumerate() {
            if feature.typical.is_none() {
                feature.typical = rows.typical(position);
            }
            if let (None, Some(range)) = (feature.step, rows.whole_range(position)) {
                feature.step = Some(1.0);
                feature.range = Some(range);
            }
        }
    }
}

/// The recipe's source where it may be: as it is named, or beside the model's folder or above it.
fn places(recipe: &Recipe, model: &Path) -> Vec<Source> {
    let mut places = vec![recipe.source.clone()];
    let model = model.canonicalize().unwrap_or_else(|_| model.to_owned());
    let named: PathBuf = match &recipe.source {
        Source::Csv { path, .. } | Source::Images { images: path, .. } => path.clone(),
        Source::Benchmark { path, .. } => path.clone(),
        Source::Synthetic { .. } => return places,
    };
    for folder in model.ancestors().skip(1).take(LEVELS) {
        let path = folder.join(&named);
        if path.is_file() {
            places.push(recipe.source.clone().at(path));
        }
    }
    places
}

/// Whether two lists of features encode the same columns in the same way.
fn same(found: &[Feature], known: &[Feature]) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= ROUNDING * a.abs().max(b.abs());
    let alike = |(a, b): (&Feature, &Feature)| {
        a.name == b.name
            && a.kind == b.kind
            && a.scale.log == b.scale.log
            && close(a.scale.offset, b.scale.offset)
            && close(a.scale.factor, b.scale.factor)
    };
    found.len() == known.len() && found.iter().zip(known).all(alike)
}

/// Whether what a feature reaches follows from its scale, or is said by its domain.
fn is_standardised(feature: &Feature) -> bool {
    feature.domain.is_some() || feature.scale != Scale::IDENTITY
}
