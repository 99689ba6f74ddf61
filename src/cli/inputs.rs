//! Arguments that `explain` and `evaluate` share: a model, data, constraints.

use std::path::{Path, PathBuf};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{CliError, locks::Locks, say, search::SearchArguments, source, table::TableArguments};
use crate::{
    counterfactual::{Constraints, Generator, GeneratorKind},
    data::{
        Expected, Feature, Interval, Rows, Samples, Source, benchmark::decode_as_published,
        constrain::named, groups::groups, observed::bounds, scaling::Scaling,
    },
    model::Activation,
    recourse::never_unknown,
    run::known::{Given, Imported, Known},
    training::HyperParameters,
};

/// A model, and rows for it.
#[derive(Args, Clone, Debug)]
pub struct Inputs {
    /// Model in safetensors, ours or PyTorch's (0.weight, 0.bias, 2.weight, …; one output is read as a
    /// sigmoid's)
    #[arg(long, value_name = "FILE", value_parser = crate::cli::source::paths())]
    model: PathBuf,
    /// CSV file with the model's features (- for standard input), or IDX file of images; the folder
    /// it is in will do for a model that was trained on one of the paper's data sets
    #[arg(long, value_name = "FILE", value_parser = crate::cli::source::paths())]
    data: PathBuf,
    /// The CSV file's label column [default: label, target, or another usual name]
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    label: Option<String>,
    #[command(flatten)]
    table: TableArguments,
    /// File that domains, and generators that need real samples, learn from [default: what the model's
    /// file says; the data file for models of other programs]
    #[arg(long, value_name = "FILE", value_parser = crate::cli::source::paths())]
    train: Option<PathBuf>,
    /// Function between the layers of another program's model: relu, tanh, sigmoid, gelu or identity
    /// [default: relu is assumed]
    #[arg(long, value_name = "NAME", value_parser = activations(), hide_possible_values = true)]
    activation: Option<Activation>,
    /// Scaling of another program's model: a CSV file with the columns feature, mean, std, or the same
    /// as .json or .toml; the model then takes (value − mean) / std
    #[arg(long, value_name = "FILE", value_parser = crate::cli::source::paths())]
    scale: Option<PathBuf>,
    #[command(flatten)]
    locks: Locks,
    /// Decode `education-num` with the categories of `education`, as the paper's tables of adult were
    /// made; for a model that was trained without
    #[arg(long)]
    as_published: bool,
    /// Bounds of a feature in units of the file, repeatable; or `none` for no bounds at all
    /// [default: what the samples and two standard deviations reach]
    #[arg(long = "domain", value_name = "NAME=LO:HI", allow_hyphen_values = true)]
    domains: Vec<String>,
}

fn activations() -> impl TypedValueParser<Value = Activation> {
    let named = |name: String| Activation::named(&name).unwrap_or_default();
    PossibleValuesParser::new(Activation::NAMES).map(named)
}

/// Which rows are wanted, and what of them.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Numbers of the rows; all if there are none.
    pub rows: Option<Vec<usize>>,
    /// Whether their labels are needed: they are to be measured, not explained to anybody.
    pub labels: bool,
}

/// What the arguments name, read and checked against each other.
pub struct Loaded {
    /// The model and what is known of it.
    pub known: Known,
    /// The rows.
    pub rows: Rows,
    /// What counterfactuals must respect.
    pub constraints: Constraints,
    /// Name of the model's file.
    pub name: String,
    /// Where generators learn that need real samples, and whether that is the data file itself.
    background: (Source, bool),
}

impl Loaded {
    /// The generator that `search` names, fitted to the rows to learn from.
    ///
    /// # Errors
    /// [`CliError::Input`] for an unknown name, or if it needs labelled rows and there are none.
    pub fn generator(&self, search: &SearchArguments, seed: u64) -> Result<Generator, CliError> {
        let kind = search.hyper_parameters(None)?.generator;
        let train = match kind {
            GeneratorKind::Generic | GeneratorKind::Eccco => Samples {
                x: ndarray::Array2::zeros((0, self.known.features.len())),
                y: Vec::new(),
            },
            GeneratorKind::Gravitational | GeneratorKind::Omniscient => {
                self.samples(kind, true)?.into_samples()?
            }
            GeneratorKind::Wachter | GeneratorKind::Revise => Samples {
                x: self.samples(kind, false)?.x,
                y: Vec::new(),
            },
        };
        Ok(Generator::fit(
            kind,
            &train,
            self.known.classes.len(),
            seed,
        )?)
    }

    /// All rows of the training file, or else of the data file, without labels; `None` for models that
    /// no rows are left of.
    ///
    /// # Errors
    /// [`CliError::Input`] if they cannot be read.
    pub fn learned_from(&self) -> Result<Option<Rows>, CliError> {
        let rows = self.background.0.rows(&Expected {
            features: Some(self.known.features.clone()),
            classes: Some(self.known.classes.clone()),
            unlabelled: true,
            lenient: true,
            rows: None,
        })?;
        Ok((rows.x.nrows() > 0).then_some(rows))
    }

    /// Rows to learn from.
    fn samples(&self, kind: GeneratorKind, labels: bool) -> Result<Rows, CliError> {
        let (source, is_data) = &self.background;
        let rows = source.rows(&Expected {
            features: Some(self.known.features.clone()),
            classes: Some(self.known.classes.clone()),
            unlabelled: !labels,
            lenient: true,
            rows: None,
        })?;
        if *is_data {
            let path = rows.path.display().to_string();
            say(&[format!(
                "the generator {} learns from the {} rows of {path}; --train names another file",
                kind.name(),
                rows.x.nrows(),
            )])?;
        }
        Ok(rows)
    }
}

impl Inputs {
    /// The same for another model.
    pub fn with_model(&self, model: &Path) -> Self {
        Self {
            model: model.to_owned(),
            ..self.clone()
        }
    }

    /// Reads everything.
    ///
    /// # Errors
    /// [`CliError::Input`] for unusable files, a model and data that do not fit, and unknown names.
    pub fn load(&self, wanted: &Wanted) -> Result<Loaded, CliError> {
        let imported = Imported::read(&self.model, self.activation)?;
        let benchmark = imported.benchmark();
        let format = self.table.format()?;
        let open = |path| source::open_for(benchmark, path, self.label.as_deref(), &format);
        let data = open(&self.data)?;
        let train = self.train.as_ref().map(|path| open(path)).transpose()?;
        let scaling = self.scale.as_deref().map(Scaling::read).transpose()?;
        let mut known = imported.complete(&Given {
            data: &data,
            train: train.as_ref(),
            scaling: scaling.as_ref(),
        })?;
        if self.as_published {
            decode_as_published(&mut known.features)?;
        }
        let rows = data.rows(&Expected {
            features: Some(known.features.clone()),
            classes: Some(known.classes.clone()),
            rows: wanted.rows.clone(),
            unlabelled: !wanted.labels,
            lenient: false,
        })?;
        let model = self.model.display().to_string();
        say_of(&model, &known.notes)?;
        say_of(&rows.path.display().to_string(), &rows.notes)?;
        let own = known.features.iter().map(|feature| feature.mutability);
        let mut mutability: Vec<_> = own.collect();
        self.locks.apply(&[], &known.features, &mut mutability)?;
        if !wanted.labels {
            never_unknown(&known.features, &mut mutability);
        }
        let constraints = Constraints {
            mutability,
            domain: self.domain(&known)?,
            groups: groups(&known.features),
        };
        check_finite(&known, &rows)?;
        let name = self.model.file_name().unwrap_or_default();
        Ok(Loaded {
            name: name.to_string_lossy().into_owned(),
            known,
            rows,
            constraints,
            background: match train {
                Some(train) => (train, false),
                None => (data, true),
            },
        })
    }

    fn domain(&self, known: &Known) -> Result<Vec<Interval>, CliError> {
        let (none, given): (Vec<_>, Vec<_>) = self.domains.iter().partition(|text| *text == "none");
        let features = &known.features;
        let sigmas = HyperParameters::default().domain_sigmas as f32;
        let mut domain = match none.is_empty() {
            true => bounds(features, known.observed.as_deref(), sigmas),
            false => vec![Interval::UNBOUNDED; features.len()],
        };
        for text in given {
            let (name, ends) = parse_domain(text)?;
            for position in named(features, name)? {
                domain[position] = in_model_units(&features[position], ends);
            }
        }
        Ok(domain)
    }
}

fn in_model_units(feature: &Feature, ends: [f64; 2]) -> Interval {
    let [lower, upper] = ends.map(|end| feature.scale.to_model(end));
    Interval {
        lower: lower.min(upper),
        upper: lower.max(upper),
    }
}

/// Remarks about a file, to standard error.
fn say_of(file: &str, notes: &[String]) -> Result<(), CliError> {
    let notes: Vec<String> = notes.iter().map(|note| format!("{file}: {note}")).collect();
    Ok(say(&notes)?)
}

/// Refuses a model that overflows on the rows.
fn check_finite(known: &Known, rows: &Rows) -> Result<(), CliError> {
    let logits = known.model.logits(rows.x.view());
    let overflows = |row: &usize| logits.row(*row).iter().any(|logit| !logit.is_finite());
    match (0..rows.x.nrows()).find(overflows) {
        None => Ok(()),
        Some(row) => Err(CliError::Input(format!(
            "the model gives no finite number for row {} of {}: its weights or the row's values are too large; check the scaling of both",
            rows.numbers[row],
            rows.path.display()
        ))),
    }
}

/// Name and bounds in `name=lo:hi`.
fn parse_domain(text: &str) -> Result<(&str, [f64; 2]), CliError> {
    let parsed = text.rsplit_once('=').and_then(|(name, ends)| {
        let (lower, upper) = ends.split_once(':')?;
        let ends = [lower.trim().parse().ok()?, upper.trim().parse().ok()?];
        let [lower, upper]: [f64; 2] = ends;
        (lower <= upper).then_some((name.trim(), ends))
    });
    parsed.ok_or_else(|| {
        CliError::Input(format!(
            "--domain {text}: write it as name=lo:hi with lo ≤ hi, such as --domain age=18:90, or as none"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_read() {
        assert_eq!(parse_domain("a=-1:2.5").unwrap(), ("a", [-1.0, 2.5]));
        assert_eq!(parse_domain("a=b=0:1").unwrap(), ("a=b", [0.0, 1.0]));
        for wrong in ["a", "a=1", "a=2:1", "a=x:1", "a=nan:1"] {
            assert!(parse_domain(wrong).is_err(), "{wrong}");
        }
    }
}
