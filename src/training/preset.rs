//! The settings with which the paper's tables were made.

use std::path::Path;

use super::HyperParameters;
use crate::data::{Benchmark, DataError, Draw, Family, Mutability, Source, nearest};

/// What a preset trains on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Formula(Family),
    File(Benchmark),
}

/// A data set with the paper's final hyper-parameters for it.
#[derive(Debug)]
pub struct Preset {
    /// Name on the command line.
    pub id: &'static str,
    origin: Origin,
    decision_threshold: f64,
    lambda_reg: f64,
}

/// All presets, in the order of the paper's tables.
static ALL: [Preset; 9] = [
    Preset::new("ls", Origin::Formula(Family::Ls), 0.5, 0.01),
    Preset::new("circ", Origin::Formula(Family::Circ), 0.5, 0.5),
    Preset::new("moon", Origin::Formula(Family::Moon), 0.9, 0.25),
    Preset::new("ol", Origin::Formula(Family::Ol), 0.5, 0.25),
    Preset::new("adult", Origin::File(Benchmark::Adult), 0.75, 0.25),
    Preset::new("california", Origin::File(Benchmark::California), 0.5, 0.25),
    Preset::new("credit", Origin::File(Benchmark::Credit), 0.5, 0.25),
    Preset::new("gmsc", Origin::File(Benchmark::Gmsc), 0.5, 0.5),
    Preset::new("mnist", Origin::File(Benchmark::Mnist), 0.5, 0.01),
];

impl Preset {
    const fn new(
        id: &'static str,
        origin: Origin,
        decision_threshold: f64,
        lambda_reg: f64,
    ) -> Self {
        Self {
            id,
            origin,
            decision_threshold,
            lambda_reg,
        }
    }

    /// All presets, in the order of the paper's tables.
    pub fn all() -> &'static [Self] {
        &ALL
    }

    /// The preset called `id`, or by another name of its data set, such as `ch` or `moons`.
    ///
    /// # Errors
    /// [`DataError::Name`] suggests the nearest name.
    pub fn find(id: &str) -> Result<&'static Self, DataError> {
        let origin = (id.parse().map(Origin::Formula)).or_else(|_| id.parse().map(Origin::File));
        let found = ALL
            .iter()
            .find(|preset| origin.as_ref().is_ok_and(|origin| *origin == preset.origin));
        found.ok_or_else(|| {
            let ids: Vec<_> = ALL.iter().map(|preset| preset.id).collect();
            DataError::Name(format!(
                "there is no preset `{id}`{}; presets are {}",
                nearest::hint(id, ids.iter().copied()),
                ids.join(", ")
            ))
        })
    }

    /// The preset of a source's data set, if the paper has it.
    pub fn of(source: &Source) -> Option<&'static Self> {
        let origin = match source {
            Source::Synthetic { family, .. } => Origin::Formula(*family),
            Source::Benchmark { benchmark, .. } => Origin::File(*benchmark),
            _ => return None,
        };
        ALL.iter().find(|preset| preset.origin == origin)
    }

    /// Name shown to people.
    pub fn title(&self) -> &'static str {
        match self.origin {
            Origin::Formula(family) => family.title(),
            Origin::File(benchmark) => benchmark.title(),
        }
    }

    /// Whether its data are drawn from a formula; otherwise the user brings a file.
    pub fn is_synthetic(&self) -> bool {
        matches!(self.origin, Origin::Formula(_))
    }

    /// Where the data come from; `path` is the file that the user has, or the folder it is in.
    ///
    /// # Errors
    /// [`DataError`] if a file is needed and there is none, saying where to get it, or if there is
    /// one and none is needed.
    pub fn source(&self, path: Option<&Path>) -> Result<Source, DataError> {
        match (self.origin, path) {
            (Origin::Formula(family), None) => Ok(Source::Synthetic {
                family,
                classes: None,
            }),
            (Origin::File(benchmark), Some(path)) => Ok(Source::Benchmark {
                benchmark,
                path: path.to_owned(),
                as_published: false,
            }),
            (Origin::File(benchmark), None) => Err(benchmark.needs_a_file()),
            (Origin::Formula(_), Some(_)) => Err(DataError::Value(format!(
                "the preset `{}` draws its own data; leave the file out, or the preset",
                self.id
            ))),
        }
    }

    /// The hyper-parameters: the defaults, and what the paper changes for this data set.
    pub fn parameters(&self) -> HyperParameters {
        let own = HyperParameters {
            decision_threshold: self.decision_threshold,
            lambda_reg: self.lambda_reg,
            ..HyperParameters::default()
        };
        match self.origin {
            Origin::Formula(family) => HyperParameters {
                noise: family.default_noise(),
                ..own
            },
            Origin::File(_) => HyperParameters {
                batch_size: 1000,
                counterfactuals: 5000,
                ..own
            },
        }
    }
}

/// Mutabilities of `dimensions` features with the `protected` ones immutable.
pub fn protect(protected: &[usize], dimensions: usize) -> Vec<Mutability> {
    (0..dimensions)
        .map(|feature| match protected.contains(&feature) {
            true => Mutability::None,
            false => Mutability::Both,
        })
        .collect()
}

impl HyperParameters {
    /// Settings with which a sample file of `family` shows what it is made for; `None` where the
    /// defaults do.
    ///
    /// The loans: a linear classifier, as in the paper's Proposition 3.1, and its τ for separable data.
    /// Loan has that data's λ_reg too; with the ten columns of loan-approval there are many ways to
    /// lower the energy, and more of it keeps counterfactuals near. Batches of 10 make about as many
    /// updates per epoch of 800 rows as the paper's, and the larger learning rate lets the classifier
    /// arrive within 100 epochs.
    pub fn of_sample(family: Family) -> Option<Self> {
        let lambda_reg = match family {
            Family::Loan => 0.01,
            Family::LoanApproval => 0.05,
            _ => return None,
        };
        Some(Self {
            hidden_layers: 0,
            decision_threshold: 0.5,
            lambda_reg,
            batch_size: 10,
            learning_rate: 3e-3,
            ..Self::default()
        })
    }

    /// The defaults for data without a preset.
    pub fn of(source: &Source) -> Self {
        match source {
            Source::Synthetic { family, .. } => Self {
                noise: family.default_noise(),
                ..Self::default()
            },
            _ => Self::default(),
        }
    }

    /// What a synthetic data set is drawn with.
    pub fn draw(&self) -> Draw {
        Draw {
            samples: self.samples,
            noise: self.noise as f32,
            seed: self.seed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_go_by_their_ids_and_by_the_papers_names() {
        for preset in Preset::all() {
            assert_eq!(Preset::find(preset.id).unwrap().id, preset.id);
        }
        assert_eq!(Preset::find("ch").unwrap().id, "california");
        assert_eq!(Preset::find("moons").unwrap().id, "moon");
        assert!(Preset::find("xor").is_err(), "teaching data are no preset");
    }

    #[test]
    fn a_preset_of_a_file_says_where_to_get_it() {
        let error = Preset::find("gmsc").unwrap().source(None).unwrap_err();
        assert!(error.to_string().contains("--data"), "{error}");
    }
}
