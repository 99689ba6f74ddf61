//! A letter about the inspected sample, as `ctui explain --report` writes it.

use std::path::Path;

use super::{
    save::SaveError,
    state::{App, inspector},
};
use crate::{
    data::image,
    files::{Existing, expand_home, write_as},
    recourse::{
        Advice, Start,
        letter::{Case, Letter, Section},
        never_unknown,
    },
    session::{Snapshot, Status},
};

/// Writes what the compared arms say about the inspected sample.
///
/// # Errors
/// [`SaveError`], with `path` as the user typed it, or if there is nothing to tell yet.
pub fn write(app: &App, path: &Path, existing: Existing) -> Result<(), SaveError> {
    let page = page(app).map_err(SaveError::Refused)?;
    let written = write_as(&expand_home(path), existing, |output| {
        output.write_all(page.as_bytes())
    });
    written.map_err(|error| SaveError::of(path, &error))
}

fn page(app: &App) -> Result<String, String> {
    let inspected = app.snapshot.as_deref().zip(app.inspector.row);
    let (snapshot, _) = inspected.ok_or("inspect a sample first: i")?;
    resting(snapshot)?;
    let mut arms = app.compared(snapshot).to_vec();
    arms.dedup();
    let letter = letter(snapshot, &app.inspector, arms)?;
    letter.html().map_err(|error| {
        format!("{error}; ask for ways that change fewer: :ways 3, :max-changed 3")
    })
}

/// Refuses what is written about models that another epoch will change.
pub(super) fn resting(snapshot: &Snapshot) -> Result<(), String> {
    match snapshot.status {
        Status::Running => {
            Err("the models change while training runs; pause first, then write".into())
        }
        _ => Ok(()),
    }
}

/// What `arms` say about the inspected sample.
pub(super) fn letter<'a>(
    snapshot: &'a Snapshot,
    inspector: &inspector::State,
    arms: impl IntoIterator<Item = usize>,
) -> Result<Letter<'a>, String> {
    let row = inspector.row.ok_or("no sample is inspected")?;
    let dataset = &snapshot.dataset;
    if image::shape(&dataset.features).is_some() {
        return Err("pixels make no letter; it is for data with columns".into());
    }
    if row >= dataset.test.len() {
        return Err(format!("there is no test sample {row}"));
    }
    let arms = arms.into_iter();
    let sections = arms.map(|arm| section(snapshot, inspector, row, arm));
    Ok(Letter {
        subject: format!(
            "row {row} of the test samples of {}, counted from 0",
            dataset.name
        ),
        features: &dataset.features,
        sections: sections.collect::<Result<_, String>>()?,
    })
}

/// What an arm says.
fn section(
    snapshot: &Snapshot,
    inspector: &inspector::State,
    row: usize,
    arm: usize,
) -> Result<Section, String> {
    let (dataset, state) = (&snapshot.dataset, &snapshot.arms[arm]);
    let told = told(snapshot, inspector, arm);
    let (target, told) = told.ok_or("still searching; again in a moment")?;
    let start = Start::told(&dataset.features, dataset.test.x.row(row).to_vec(), target);
    let mut mutability = dataset.mutability(&state.controls().mutability);
    never_unknown(&dataset.features, &mut mutability);
    let epochs = match snapshot.epoch {
        1 => "1 epoch".to_owned(),
        epochs => format!("{epochs} epochs"),
    };
    let case = Case {
        name: format!("the model {} after {epochs} of training", state.name),
        model: &state.model,
        features: &dataset.features,
        mutability: &mutability,
        classes: &dataset.classes,
        threshold: state.controls().parameters.search().decision_threshold,
        start: &start,
        rows: Some((dataset.train.x.view(), "the training samples".into())),
    };
    Ok(case.section(&told))
}

/// The class to go to, and what an arm advises: the ways that are listed, or what the search found.
fn told(
    snapshot: &Snapshot,
    inspector: &inspector::State,
    arm: usize,
) -> Option<(usize, Vec<Advice>)> {
    match inspector.wanted_ways(snapshot) {
        Some(view) => {
            let found = &snapshot.ways;
            let is_new = found.view == Some(view) && found.epoch == snapshot.epoch;
            let said = found.arms.get(arm).filter(|_| is_new)?;
            Some((said.target, said.ways.advice.clone()))
        }
        None => {
            let search = inspector.example(snapshot, arm)?;
            let advice = search.advice.clone();
            Some((search.trajectory.target, advice.into_iter().collect()))
        }
    }
}
