//! Opening the data that `--data` names, in one way for all commands.

use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, TypedValueParser};

use super::CliError;
use crate::data::{Benchmark, Source, TableFormat, idx, is_keyboard};
use crate::files::expand_home;

/// Paths with the user's home in place of a leading `~`.
pub(super) fn paths() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| expand_home(&path))
}

/// Refuses to read standard input where that is the keyboard.
///
/// # Errors
/// [`CliError::Input`] for `-` at a terminal.
pub(super) fn refuse_keyboard(data: &Path) -> Result<(), CliError> {
    match is_keyboard(data) {
        true => Err(CliError::Input(
            "- is standard input, which is the keyboard here; pipe a file into it, or name one"
                .into(),
        )),
        false => Ok(()),
    }
}

/// What `data` names: a CSV or IDX file, standard input for `-`, or a synthetic data set if it looks like
/// a name and there is no such file.
///
/// # Errors
/// [`CliError::Input`] for an unknown name, and for a folder, which may hold many files.
pub(super) fn open(data: &Path, label: Option<&str>) -> Result<Source, CliError> {
    let data = &expand_home(data);
    refuse_keyboard(data)?;
    Ok(Source::meant(data, label.map(String::from))?)
}

/// As [`open`], in the given format, for a model that was trained on a published data set: its columns
/// are recognised under all their names, and a folder will do. With a `label` or a format, the file is
/// taken as it is.
///
/// # Errors
/// As [`open`].
pub(super) fn open_for(
    benchmark: Option<Benchmark>,
    data: &Path,
    label: Option<&str>,
    format: &TableFormat,
) -> Result<Source, CliError> {
    let data = &expand_home(data);
    refuse_keyboard(data)?;
    let suits = |set: &Benchmark| data.is_dir() || set.is_table() != idx::is_images_name(data);
    let as_it_is = label.is_some() || !format.is_default();
    match benchmark.filter(suits) {
        Some(benchmark) if !as_it_is => Ok(Source::Benchmark {
            benchmark,
            path: data.to_owned(),
            as_published: false,
        }),
        _ => Ok(open(data, label)?.with_format(format.clone())?),
    }
}
