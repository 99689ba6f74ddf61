//! Arguments that several commands share: data, parameters, constraints.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{CliError, locks::Locks, recipe::read_recipe, source, table::TableArguments};
use crate::{
    dashboard::config::Defaults,
    data::{Draw, Mutability, Source},
    files::expand_home,
    recipe::{self, Controls, Recipe},
    training::{HyperParameters, Parameter, ParameterError, Preset, protect},
};

/// Names of all arguments of [`Setup`] that say what is trained and how.
pub(super) const NAMES: [&str; 22] = [
    "preset",
    "data",
    "label",
    "missing",
    "delimiter",
    "decimal",
    "ignore",
    "classes",
    "as_published",
    "recipe",
    "arms",
    "arm",
    "objective",
    "epochs",
    "seed",
    "engine",
    "assignments",
    "protect",
    "mutable",
    "immutable",
    "increase",
    "decrease",
];

/// What to train on and how.
#[derive(Args, Clone, Debug)]
pub struct Setup {
    /// The paper's settings: ls, circ, moon or ol; adult, california, credit, gmsc or mnist with
    /// --data [default: moon]
    #[arg(long, value_name = "ID")]
    preset: Option<String>,
    /// A CSV or IDX file, - for standard input, or the name of a synthetic data set
    #[arg(long, value_name = "FILE")]
    data: Option<String>,
    /// The CSV file's label column [default: label, target, or another usual name]
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    label: Option<String>,
    #[command(flatten)]
    table: TableArguments,
    /// Number of classes, for synthetic data that leave a choice
    #[arg(long, value_name = "K")]
    classes: Option<usize>,
    /// Encode the preset's data as the paper's tables were made, where that differs from the method
    /// (adult: `education-num` is decoded with the categories of `education`)
    #[arg(long)]
    as_published: bool,
    /// A recipe that was saved, or a run's folder: data, parameters, and the changes made while training
    #[arg(long, value_name = "FILE", value_parser = source::paths(), conflicts_with_all = ["preset", "data", "label", "missing", "delimiter", "decimal", "ignore", "classes", "as_published"])]
    recipe: Option<PathBuf>,
    /// Arms to train side by side, up to four: BL,CT,AR,CD, also NAME=CT; or a comparison: ablation,
    /// generators, figure1, fine-tuning, regimes
    #[arg(long, value_name = "ARMS", conflicts_with_all = ["recipe", "objective"])]
    arms: Option<String>,
    /// Parameters of one arm, such as CT:lambda_div=0.8,burn_in=0.5; repeatable
    #[arg(long = "arm", value_name = "NAME:NAME=VALUE")]
    arm: Vec<String>,
    /// Terms of the loss: full, energy, adversarial or vanilla
    #[arg(long, value_name = "NAME")]
    objective: Option<String>,
    /// Number of epochs
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    epochs: Option<String>,
    /// Seed of all random numbers
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    seed: Option<String>,
    /// What computes: kernel, or dfdx, the slower reference [default: kernel]
    #[arg(long, value_name = "NAME")]
    engine: Option<String>,
    /// Any hyper-parameter, such as lambda_div=0.8; repeatable
    #[arg(long = "set", value_name = "NAME=VALUE")]
    assignments: Vec<String>,
    /// Features, or text columns as a whole, that may change both ways
    #[arg(long, value_name = "NAMES", allow_hyphen_values = true)]
    mutable: Vec<String>,
    #[command(flatten)]
    locks: Locks,
    /// Make the features immutable that the paper protects for this preset
    #[arg(long)]
    protect: bool,
}

impl Setup {
    /// The recipe that the arguments describe, and the preset's name if there is one: of one arm, or
    /// of a baseline beside it if `with_baseline`.
    ///
    /// # Errors
    /// [`CliError::Input`] for unknown names, values out of range and unusable data.
    pub fn recipe(
        &self,
        with_baseline: bool,
        defaults: &Defaults,
    ) -> Result<(Recipe, Option<&'static Preset>), CliError> {
        let (mut recipe, preset) = match &self.recipe {
            Some(path) => (self.revise(read_recipe(path, with_baseline)?)?, None),
            None => self.begin(with_baseline, defaults)?,
        };
        for text in &self.arm {
            recipe::assign(&mut recipe.arms, text)?;
        }
        Ok((recipe, preset))
    }

    /// The recipe of a file with what the arguments say otherwise, for all its arms; an objective is
    /// that of the last.
    fn revise(&self, mut recipe: Recipe) -> Result<Recipe, CliError> {
        let source = recipe.source.clone();
        let last = recipe.arms.len() - 1;
        for (position, arm) in recipe.arms.iter_mut().enumerate() {
            let objective = arm.controls.parameters.objective;
            let parameters = &mut arm.controls.parameters;
            self.assign(parameters)?;
            if position < last {
                parameters.objective = objective;
            }
            let mutability = self.mutability(&source, &parameters.draw())?;
            if !mutability.is_empty() {
                arm.controls.mutability = mutability;
            }
        }
        Ok(recipe)
    }

    /// The file that the recipe is read from.
    pub fn recipe_file(&self) -> Option<&Path> {
        self.recipe.as_deref()
    }

    fn begin(
        &self,
        with_baseline: bool,
        defaults: &Defaults,
    ) -> Result<(Recipe, Option<&'static Preset>), CliError> {
        let (source, preset) = self.source()?;
        let mut parameters = match preset {
            Some(preset) => preset.parameters(),
            None => HyperParameters::of(&source),
        };
        if self.preset.is_none() {
            defaults.apply(&mut parameters);
        }
        self.assign(&mut parameters)?;
        let controls = Controls {
            mutability: self.mutability(&source, &parameters.draw())?,
            parameters,
        };
        let recipe = match (&self.arms, with_baseline) {
            (Some(list), _) => Recipe {
                source,
                drawing: Default::default(),
                arms: recipe::arms(list, &controls)?,
            },
            (None, true) => Recipe::pair(source, controls),
            (None, false) => Recipe::single(source, controls),
        };
        Ok((recipe, preset))
    }

    fn source(&self) -> Result<(Source, Option<&'static Preset>), CliError> {
        let (source, preset) = self.unformatted()?;
        Ok((source.with_format(self.table.format()?)?, preset))
    }

    fn unformatted(&self) -> Result<(Source, Option<&'static Preset>), CliError> {
        let path = self
            .data
            .as_deref()
            .map(|data| expand_home(Path::new(data)));
        let path = path.as_deref();
        if self.preset.is_some() || path.is_none() {
            let preset = Preset::find(self.preset.as_deref().unwrap_or("moon"))?;
            let source = self.with_classes(preset.source(path)?)?;
            return Ok((self.with_encoding(source)?, Some(preset)));
        }
        let source = source::open(path.unwrap_or(Path::new("")), self.label.as_deref())?;
        let source = self.with_classes(source)?;
        Ok((self.with_encoding(source)?, None))
    }

    fn with_encoding(&self, source: Source) -> Result<Source, CliError> {
        if !self.as_published {
            return Ok(source);
        }
        let source = source.as_published();
        match source.is_as_published() {
            true => Ok(source),
            false => Err(CliError::Input(format!(
                "--as-published is for --preset adult; {} is encoded in one way only",
                source.title()
            ))),
        }
    }

    fn with_classes(&self, source: Source) -> Result<Source, CliError> {
        match (self.classes, source) {
            (None, source) => Ok(source),
            (classes, Source::Synthetic { family, .. }) => {
                Ok(Source::Synthetic { family, classes })
            }
            (Some(_), source) => Err(CliError::Input(format!(
                "--classes is for synthetic data; {} has its own classes",
                source.title()
            ))),
        }
    }

    fn assign(&self, parameters: &mut HyperParameters) -> Result<(), CliError> {
        let named = [
            ("objective", &self.objective),
            ("epochs", &self.epochs),
            ("seed", &self.seed),
            ("engine", &self.engine),
        ];
        for (name, value) in named {
            if let Some(value) = value {
                Parameter::find(name)?.parse(parameters, value)?;
            }
        }
        for assignment in &self.assignments {
            let (name, value) = assignment.split_once('=').ok_or_else(|| {
                CliError::Input(format!(
                    "--set {assignment}: write it as name=value, such as --set lambda_div=0.8"
                ))
            })?;
            Parameter::find(name.trim())?.parse(parameters, value)?;
        }
        Ok(())
    }

    fn mutability(&self, source: &Source, draw: &Draw) -> Result<Vec<Mutability>, CliError> {
        if !self.protect && self.mutable.is_empty() && self.locks.is_empty() {
            return Ok(Vec::new());
        }
        let features = source.load(draw)?.features;
        let mut mutability: Vec<_> = features.iter().map(|feature| feature.mutability).collect();
        if self.protect {
            let protected = source.protected(&features);
            if protected.is_empty() {
                return Err(CliError::Input(
                    "--protect is for the paper's data; name features with --immutable".into(),
                ));
            }
            mutability = protect(&protected, features.len());
        }
        self.locks
            .apply(&self.mutable, &features, &mut mutability)?;
        Ok(mutability)
    }
}

impl From<ParameterError> for CliError {
    fn from(error: ParameterError) -> Self {
        Self::Input(error.to_string())
    }
}

/// Uses `threads` threads for everything that runs in parallel.
///
/// # Errors
/// [`CliError::Input`] for an absurd number.
pub fn use_threads(threads: Option<usize>) -> Result<(), CliError> {
    let Some(threads) = threads else {
        return Ok(());
    };
    if !(1..=1024).contains(&threads) {
        return Err(CliError::Input(format!(
            "--threads {threads}: it takes 1 to 1024"
        )));
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|error| CliError::Other(format!("cannot start threads: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::reproduce::command;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        setup: Setup,
    }

    fn recipe(line: &str) -> Recipe {
        let line = Line::try_parse_from(line.split(' ')).unwrap();
        line.setup.recipe(true, &Defaults::default()).unwrap().0
    }

    #[test]
    fn the_command_that_reproduces_a_run_gives_its_recipe() {
        let lines = [
            "ctui",
            "ctui --preset ol --seed 7 --set lambda_div=0.123456789 --set generator=generic",
            "ctui --data circ --epochs 3 --objective energy",
            "ctui --data spirals --classes 4 --set noise=0.3 --immutable x1 --increase x2",
            "ctui --data sample_data/loan.csv --mutable age --set hidden_units=8",
            "ctui --preset moon --protect",
            "ctui --preset circ --arms ablation",
            "ctui --preset moon --seed 3 --arms BL,CT,late=CT --arm late:burn_in=0.5,lambda_div=2",
            "ctui --data circ --arms CT",
        ];
        for line in lines {
            let mut begun = recipe(line);
            let dataset = begun.source.load(&begun.draw()).unwrap();
            let fill = |controls: &mut Controls| {
                controls.mutability = dataset.mutability(&controls.mutability);
            };
            begun.each(fill);
            let again = command(&begun, &dataset.features, &Defaults::default());
            let mut repeated = recipe(&again);
            repeated.each(fill);
            assert_eq!(repeated, begun, "{line}: {again}");
        }
    }
}
