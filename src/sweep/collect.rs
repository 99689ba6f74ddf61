//! All results of a sweep in one table: JSON lines and CSV.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use serde_json::{Map, Value};

use super::{CellResult, Store, SweepError, score::Score};
use crate::files::write_whole;

/// Writes `results.jsonl` and `results.csv` into the folder of `store`: a line per cell with all its
/// settings and scores, flat, in the order of settings and seeds. Returns how many.
///
/// Both are the same however the cells were spread over processes; times are therefore left out.
///
/// # Errors
/// [`SweepError`] if a result cannot be read or a file cannot be written.
pub fn collect(store: &Store) -> Result<usize, SweepError> {
    let mut results = store.results()?;
    results.sort_by_cached_key(|result| (line(result).to_string(), result.address.clone()));
    let path = store.path().join("results.jsonl");
    write_whole(&path, |file| write_lines(&results, file))
        .map_err(|error| SweepError::access(&path, error))?;
    let path = store.path().join("results.csv");
    write_whole(&path, |file| write_csv(&results, file))
        .map_err(|error| SweepError::access(&path, error))?;
    Ok(results.len())
}

/// A result as one flat object.
fn line(result: &CellResult) -> Value {
    let mut flat = Map::new();
    for (name, setting) in &result.settings {
        flat.insert(
            name.clone(),
            serde_json::to_value(setting).unwrap_or_default(),
        );
    }
    flat.insert("seed".into(), result.seed.into());
    for (score, value) in &result.scores {
        flat.insert(score.name().into(), (*value).into());
    }
    if let Some(error) = &result.error {
        flat.insert("error".into(), error.clone().into());
    }
    flat.insert("cell".into(), result.address.clone().into());
    Value::Object(flat)
}

fn write_lines(results: &[CellResult], file: &mut dyn Write) -> io::Result<()> {
    results
        .iter()
        .try_for_each(|result| writeln!(file, "{}", line(result)))
}

fn write_csv(results: &[CellResult], file: &mut dyn Write) -> io::Result<()> {
    let settings: BTreeSet<&String> = results.iter().flat_map(|r| r.settings.keys()).collect();
    let scores: BTreeSet<Score> = results
        .iter()
        .flat_map(|r| r.scores.keys().copied())
        .collect();
    let mut writer = csv::Writer::from_writer(file);
    let header = settings.iter().map(|name| name.as_str()).chain(["seed"]);
    let header = header.chain(scores.iter().map(|score| score.name()));
    writer.write_record(header.chain(["error", "cell"]))?;
    for result in results {
        let setting = |name: &&String| result.settings.get(*name).map(|value| value.text());
        let score = |score: &Score| result.scores.get(score).map(f64::to_string);
        let mut row: Vec<String> = settings
            .iter()
            .map(|name| setting(name).unwrap_or_default())
            .collect();
        row.push(result.seed.to_string());
        row.extend(scores.iter().map(|name| score(name).unwrap_or_default()));
        row.push(result.error.clone().unwrap_or_default());
        row.push(result.address.clone());
        writer.write_record(row)?;
    }
    writer.flush()
}
