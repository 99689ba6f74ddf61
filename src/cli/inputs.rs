//! Arguments that `explain` and `evaluate` share: a model, data, constraints.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use super::{CliError, search::SearchArguments, source, table::TableArguments};
use crate::{
    counterfactual::{Constraints, Generator, GeneratorKind},
    data::{
        Benchmark, Expected, Feature, Interval, Mutability, Rows, Samples, Source,
        benchmark::decode_as_published,
        constrain::{constrain, named},
        domains,
        groups::groups,
        image,
        metadata::Metadata,
    },
    model::{Mlp, ModelFile},
    recipe::Recipe,
    text::printable,
    training::HyperParameters,
};

/// A model, and rows for it.
#[derive(Args, Clone, Debug)]
pub struct Inputs {
    /// Model in safetensors, ours or PyTorch's (0.weight, 0.bias, 2.weight, …)
    #[arg(long, value_name = "FILE", value_parser = source::paths())]
    model: PathBuf,
    /// CSV file with the model's features (- for standard input), or IDX file of images; the folder
    /// it is in will do for a model that was trained on one of the paper's data sets
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The CSV file's label column [default: label, target, or another usual name]
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    #[command(flatten)]
    table: TableArguments,
    /// File that domains, and generators that need real samples, learn from [default: the data file]
    #[arg(long, value_name = "FILE")]
    train: Option<PathBuf>,
    /// Features, or text columns as a whole, that must not change
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    immutable: Vec<String>,
    /// Features that may only rise
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    increase: Vec<String>,
    /// Features that may only fall
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    decrease: Vec<String>,
    /// Decode `education-num` with the categories of `education`, as the paper's tables of adult were
    /// made; for a model that was trained without
    #[arg(long)]
    as_published: bool,
    /// Bounds of a feature in units of the file, repeatable; or `none` for no bounds at all
    /// [default: what the samples and two standard deviations reach]
    #[arg(long = "domain", value_name = "NAME=LO:HI", allow_hyphen_values = true)]
    domains: Vec<String>,
}

/// What the arguments name, read and checked against each other.
pub struct Loaded {
    /// The model.
    pub model: Mlp,
    /// The rows.
    pub rows: Rows,
    /// Names of the `k` classes.
    pub classes: Vec<String>,
    /// What counterfactuals must respect.
    pub constraints: Constraints,
    /// Rows that domains, and generators that need real samples, learn from.
    background: Rows,
}

impl Loaded {
    /// The generator that `search` names, fitted to the background rows.
    ///
    /// # Errors
    /// [`CliError::Input`] for an unknown name, or if it needs labelled rows and there are none.
    pub fn generator(&self, search: &SearchArguments, seed: u64) -> Result<Generator, CliError> {
        let kind = search.hyper_parameters(None)?.generator;
        let rows = self.background.clone();
        let train = match kind {
            GeneratorKind::Gravitational | GeneratorKind::Omniscient => rows.into_samples()?,
            _ => Samples {
                x: rows.x,
                y: Vec::new(),
            },
        };
        Ok(Generator::fit(kind, &train, self.classes.len(), seed)?)
    }
}

impl Inputs {
    /// Reads everything.
    ///
    /// # Errors
    /// [`CliError::Input`] for unusable files, a model and data that do not fit, and unknown names.
    pub fn load(&self) -> Result<Loaded, CliError> {
        let model_file = ModelFile::read(&self.model)?;
        let model = model_file.model;
        let known = Metadata::from_texts(&model_file.metadata)
            .map_err(|error| self.unusable(&error.to_string()))?;
        if let Some(known) = &known {
            self.check_metadata(&model, known)?;
        }
        let classes = match &known {
            Some(known) => known.classes.clone(),
            None => (0..model.classes())
                .map(|class| class.to_string())
                .collect(),
        };
        let expected = Expected {
            features: known.map(|known| known.features),
            classes: Some(classes.clone()),
        };
        let benchmark = model_file.metadata.get("recipe").and_then(|r| benchmark(r));
        let format = self.table.format()?;
        let open = |path| source::open_for(benchmark, path, self.label.as_deref(), &format);
        let mut rows = self.read(&open(&self.data)?, &expected, &model)?;
        let background = match &self.train {
            None => rows.clone(),
            Some(path) => {
                let features = Some(rows.features.clone());
                let expected = Expected {
                    features,
                    ..expected
                };
                self.read(&open(path)?, &expected, &model)?
            }
        };
        if self.as_published {
            decode_as_published(&mut rows.features)?;
        }
        let constraints = Constraints {
            mutability: self.mutability(&rows.features)?,
            domain: self.domain(&background)?,
            groups: groups(&rows.features),
        };
        Ok(Loaded {
            model,
            background,
            rows,
            classes,
            constraints,
        })
    }

    fn check_metadata(&self, model: &Mlp, known: &Metadata) -> Result<(), CliError> {
        let (d, k) = (known.features.len(), known.classes.len());
        if (d, k) == (model.inputs(), model.classes()) {
            return Ok(());
        }
        Err(self.unusable(&format!(
            "its metadata speaks of {d} features and {k} classes, but its layers take {} and give {}; save it again",
            model.inputs(),
            model.classes()
        )))
    }

    /// The rows of `source`, if the model can take them; what was left out is said.
    fn read(&self, source: &Source, expected: &Expected, model: &Mlp) -> Result<Rows, CliError> {
        let rows = source.rows(expected)?;
        let (found, wanted) = (rows.features.len(), model.inputs());
        if found == wanted {
            let mut stderr = io::stderr().lock();
            for note in &rows.notes {
                writeln!(stderr, "{}: {}", rows.path.display(), printable(note))?;
            }
            return Ok(rows);
        }
        let (model, path) = (self.model.display(), rows.path.display());
        Err(CliError::Input(match image::shape(&rows.features) {
            Some((height, width)) => format!(
                "{model} takes {wanted} features, but {path} has images of {height} by {width} pixels; give it images of its size"
            ),
            None => {
                let names: Vec<_> = rows.features.iter().take(12).map(|f| &*f.name).collect();
                let more = if found > names.len() { ", …" } else { "" };
                format!(
                    "{model} takes {wanted} features, but {path} has {found} ({}{more}); give it the columns it was trained with, and name the label column with --label",
                    names.join(", "),
                )
            }
        }))
    }

    fn unusable(&self, problem: &str) -> CliError {
        CliError::Input(format!(
            "{} is not a usable model: {problem}",
            self.model.display()
        ))
    }

    fn mutability(&self, features: &[Feature]) -> Result<Vec<Mutability>, CliError> {
        let mut mutability: Vec<_> = features.iter().map(|feature| feature.mutability).collect();
        let named = [
            (&self.immutable, Mutability::None),
            (&self.increase, Mutability::Increase),
            (&self.decrease, Mutability::Decrease),
        ];
        for (names, wanted) in named {
            for name in names {
                constrain(features, &mut mutability, name, wanted)?;
            }
        }
        Ok(mutability)
    }

    fn domain(&self, background: &Rows) -> Result<Vec<Interval>, CliError> {
        let (none, given): (Vec<_>, Vec<_>) = self.domains.iter().partition(|text| *text == "none");
        let features = &background.features;
        let sigmas = HyperParameters::default().domain_sigmas as f32;
        let mut domain = match none.is_empty() {
            true => domains(features, background.x.view(), sigmas),
            false => vec![Interval::UNBOUNDED; features.len()],
        };
        for text in given {
            let (name, [lower, upper]) = parse_domain(text)?;
            for position in named(features, name)? {
                let ends = [lower, upper].map(|end| features[position].scale.to_model(end));
                domain[position] = Interval {
                    lower: ends[0].min(ends[1]),
                    upper: ends[0].max(ends[1]),
                };
            }
        }
        Ok(domain)
    }
}

/// The published data set that a model was trained on, if its recipe says so.
fn benchmark(recipe: &str) -> Option<Benchmark> {
    match Recipe::from_json(recipe).ok()?.source {
        Source::Benchmark { benchmark, .. } => Some(benchmark),
        _ => None,
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
