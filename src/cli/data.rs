//! `ctui data`: make and describe data sets.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{
    CliError,
    overwrite::{Files, Overwrite},
    source,
    table::TableArguments,
};
use crate::ascii::Content;
use crate::data::describe::describe;
use crate::data::schema_text::schema_text;
use crate::data::{Draw, Family, Schema, Source, Table, csv, idx, is_standard_input};
use crate::recipe::{Controls, Recipe};
use crate::training::HyperParameters;

/// Arguments of `ctui data`.
#[derive(Args, Clone, Debug)]
pub struct DataArguments {
    /// What to do.
    #[command(subcommand)]
    command: DataCommand,
}

#[derive(Subcommand, Clone, Debug)]
enum DataCommand {
    /// Write a synthetic data set as CSV
    Make(MakeArguments),
    /// Show what a file holds and what is inferred from it
    Describe(DescribeArguments),
}

#[derive(Args, Clone, Debug)]
#[command(after_help = families())]
struct MakeArguments {
    /// Name of the data set
    name: String,
    /// Number of rows
    #[arg(long, value_name = "N", default_value_t = Family::DEFAULT_SAMPLES)]
    samples: usize,
    /// Noise [default: the data set's own]
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    noise: Option<f32>,
    /// Number of classes, for blobs and spirals [default: the data set's own]
    #[arg(long, value_name = "K")]
    classes: Option<usize>,
    /// Seed of the random numbers
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// File to write, with its schema beside it, and a recipe where there is one; images go to IDX files if it is called
    /// NAME-images-idx3-ubyte [default: CSV on standard output]
    #[arg(long, value_name = "FILE", value_parser = source::paths())]
    out: Option<PathBuf>,
    #[command(flatten)]
    overwrite: Overwrite,
}

#[derive(Args, Clone, Debug)]
struct DescribeArguments {
    /// CSV file with a header line, or IDX file of images with its labels beside it; - for standard
    /// input
    #[arg(value_parser = source::paths())]
    file: PathBuf,
    /// Name of the label column [default: the schema's, or a usual one such as label, target, class]
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    #[command(flatten)]
    table: TableArguments,
    /// Also write a schema file beside it, to start from
    #[arg(long)]
    write_schema: bool,
    #[command(flatten)]
    overwrite: Overwrite,
}

impl DataArguments {
    /// What is printed.
    pub(super) fn content(&self) -> Content {
        match self.command {
            DataCommand::Make(_) => Content::Data,
            DataCommand::Describe(_) => Content::Text,
        }
    }
}

/// The data sets with one line each, for the help.
fn families() -> String {
    let lines = Family::ALL.map(|family| {
        let default = family.default_noise();
        format!(
            "  {:<14} {} (default {default})",
            family.name(),
            family.help()
        )
    });
    format!("Data sets:\n{}", lines.join("\n"))
}

/// Carries out `ctui data`; results go to `output`, remarks to standard error.
///
/// # Errors
/// [`CliError::Input`] for an unknown name, a value out of range or a bad file,
/// [`CliError::Other`] if something cannot be written.
pub fn run(arguments: &DataArguments, output: &mut dyn Write) -> Result<(), CliError> {
    match &arguments.command {
        DataCommand::Make(arguments) => make(arguments, output),
        DataCommand::Describe(arguments) => show(arguments, output),
    }
}

fn make(arguments: &MakeArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let family: Family = arguments.name.parse()?;
    let draw = Draw {
        samples: arguments.samples,
        noise: arguments.noise.unwrap_or(family.default_noise() as f32),
        seed: arguments.seed,
    };
    let classes = arguments.classes.unwrap_or(family.default_classes());
    let table = family.table(&draw, classes)?;
    let Some(path) = &arguments.out else {
        return csv::write(&table, output).map_err(CliError::from);
    };
    let mut files = Files::new(arguments.overwrite);
    match family.image_shape() {
        Some(shape) if idx::is_images_name(path) => save_images(&table, shape, path, &mut files)?,
        _ => save_csv(family, &table, path, &mut files)?,
    }
    files.commit()
}

fn save_csv(family: Family, table: &Table, path: &Path, files: &mut Files) -> Result<(), CliError> {
    if family.schema_text().is_some() && Schema::path_beside(path) == path {
        return Err(CliError::Input(format!(
            "{}: the schema beside the data would have the same name; choose one that ends in .csv",
            path.display()
        )));
    }
    files.add(path, |file| csv::write(table, file))?;
    if let Some(text) = family.schema_text() {
        files.add(&Schema::path_beside(path), |file| {
            file.write_all(text.as_bytes())
        })?;
    }
    match HyperParameters::of_sample(family) {
        Some(parameters) => save_recipe(path, parameters, files),
        None => Ok(()),
    }
}

/// Writes the recipe with which the table at `path` shows what it is made for: `NAME.recipe.json`
/// beside `NAME.csv`.
fn save_recipe(
    path: &Path,
    parameters: HyperParameters,
    files: &mut Files,
) -> Result<(), CliError> {
    let controls = Controls {
        parameters,
        mutability: Vec::new(),
    };
    let recipe = Recipe::pair(Source::file(path, None), controls);
    files.add(&path.with_extension("recipe.json"), |file| {
        serde_json::to_writer_pretty(&mut *file, &recipe)?;
        writeln!(file)
    })
}

fn save_images(
    table: &Table,
    (rows, columns): (usize, usize),
    path: &Path,
    files: &mut Files,
) -> Result<(), CliError> {
    files.add(path, |file| idx::write_images(table, rows, columns, file))?;
    files.add(&idx::labels_beside(path), |file| {
        idx::write_labels(table, file)
    })
}

fn show(arguments: &DescribeArguments, output: &mut dyn Write) -> Result<(), CliError> {
    let path = &arguments.file;
    if idx::is_images_name(path) {
        let text = idx::describe(path, &idx::labels_beside(path))?;
        return output.write_all(text.as_bytes()).map_err(CliError::from);
    }
    source::refuse_keyboard(path)?;
    if arguments.write_schema && is_standard_input(path) {
        return Err(CliError::Input(
            "standard input has no name that a schema could be put beside; save it as a file"
                .into(),
        ));
    }
    let format = arguments.table.format()?;
    let description = describe(path, arguments.label.as_deref(), &format)?;
    if arguments.write_schema {
        let text = schema_text(&description)?;
        arguments
            .overwrite
            .write(&Schema::path_beside(path), |file| {
                file.write_all(text.as_bytes())
            })?;
    }
    write!(output, "{description}").map_err(CliError::from)
}
