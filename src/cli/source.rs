//! Opening the data that `--data` names, in one way for all commands.

use std::{
    io::{self, IsTerminal},
    path::Path,
};

use super::CliError;
use crate::data::{Benchmark, Source, idx, is_standard_input};

/// What `data` names: a CSV or IDX file, or a synthetic data set if it looks like a name and there is
/// no such file.
///
/// # Errors
/// [`CliError::Input`] for an unknown name, and for a folder, which may hold many files.
pub(super) fn open(data: &Path, label: Option<&str>) -> Result<Source, CliError> {
    if is_standard_input(data) {
        if io::stdin().is_terminal() {
            return Err(CliError::Input(
                "--data - reads standard input, which is the keyboard here; pipe a file into it"
                    .into(),
            ));
        }
        return Ok(Source::file(data, label.map(String::from)));
    }
    if data.is_dir() {
        return Err(CliError::Input(format!(
            "{} is a folder; name a file in it, or the preset whose file it has, such as --preset mnist",
            data.display()
        )));
    }
    let file = data.exists() || data.extension().is_some() || data.components().count() > 1;
    match (file, data.to_str()) {
        (false, Some(name)) => Ok(Source::named(name)?),
        _ => Ok(Source::file(data, label.map(String::from))),
    }
}

/// As [`open`], for a model that was trained on a published data set: its columns are recognised
/// under all their names, and a folder will do. With a `label`, the file is taken as it is.
///
/// # Errors
/// As [`open`].
pub(super) fn open_for(
    benchmark: Option<Benchmark>,
    data: &Path,
    label: Option<&str>,
) -> Result<Source, CliError> {
    let suits = |set: &Benchmark| data.is_dir() || set.is_table() != idx::is_images_name(data);
    match benchmark.filter(suits) {
        Some(benchmark) if label.is_none() => Ok(Source::Benchmark {
            benchmark,
            path: data.to_owned(),
            as_published: false,
        }),
        _ => open(data, label),
    }
}
