//! What could come next on the command line.

pub mod help;

use std::{ops::Range, path::Path};

use crate::{
    dashboard::{
        action::{ArmEdit, Panel},
        command::{full_name, last_word, names, quote},
        lesson,
        pictures::Setting,
        state::App,
        theme::ThemeName,
        variants::variants,
        widgets::Marker,
    },
    data::{Family, Mutability, constrain},
    glossary::{self, Entry},
    recipe::Comparison,
    recourse::OPPOSITE,
    text::printable,
    training::{Kind, Method, Parameter, Preset, TABLE},
};
use help::{help, rank};

/// Most files of a folder that are offered.
const MAX_FILES: usize = 200;

/// Something that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The word; empty for a remark on what is expected.
    pub word: String,
    /// What it means.
    pub note: String,
}

impl Candidate {
    fn new(word: impl Into<String>, note: impl Into<String>) -> Self {
        Self {
            word: word.into(),
            note: note.into(),
        }
    }
}

/// What could stand in place of the last word of `line`.
pub fn candidates(app: &App, line: &str) -> Vec<Candidate> {
    let (before, last) = last_word(line);
    let mut words = before.split_whitespace();
    let all = match words.next() {
        None => commands(app),
        Some(name) => arguments(app, full_name(name), &words.collect::<Vec<_>>(), last),
    };
    let fits =
        |candidate: &Candidate| candidate.word.is_empty() || candidate.word.starts_with(last);
    all.into_iter().filter(fits).collect()
}

fn commands(app: &App) -> Vec<Candidate> {
    let hidden = [
        "type",
        "edit-text",
        "submit",
        "resize",
        "complete",
        "command-line",
    ];
    let mut names: Vec<_> = names()
        .iter()
        .filter(|name| !hidden.contains(name))
        .collect();
    names.sort_by_key(|name| rank(name));
    names
        .into_iter()
        .map(|name| Candidate::new(*name, help(&app.keymap, name)))
        .collect()
}

fn arguments(app: &App, name: &str, before: &[&str], last: &str) -> Vec<Candidate> {
    match (name, before) {
        ("set", []) => parameters(last),
        ("set", [parameter]) => values(app, parameter),
        ("lock" | "unlock" | "increase" | "decrease" | "group-by", []) => features(app),
        ("preset", []) => presets(),
        ("preset", [id]) => match Preset::find(id).is_ok_and(Preset::is_synthetic) {
            true => Vec::new(),
            false => files(last),
        },
        ("data", []) => families().chain(files(last)).collect(),
        ("data", [_, ..]) => data_options(before),
        ("lesson", []) => lessons().chain(files(last)).collect(),
        ("arm", []) => plain(variants::<ArmEdit>()),
        ("arm", ["add"]) => regimes(),
        ("arm", ["focus" | "drop"]) => arms(app),
        ("arms", []) => comparisons(),
        ("target", []) => classes(app),
        ("ways", []) => count("so many ways at most, such as 3; none: what the search found"),
        ("max-changed", []) => count("so many columns at most, such as 2; none: any number"),
        ("letter", []) => remark(
            files(last),
            "an HTML file, a page to print; what the inspector says of this sample",
        ),
        ("seed", []) => vec![range("seed")],
        ("theme", []) => plain(&ThemeName::ALL.map(ThemeName::name)),
        ("marker", []) => plain(&Marker::ALL.map(Marker::name)),
        ("pictures", []) => plain(&Setting::ALL.map(Setting::name)),
        ("toggle-panel" | "focus", []) => plain(variants::<Panel>()),
        ("save", []) => remark(
            files(last),
            "a folder for the run: recipe, models, metrics, and where it stands",
        ),
        ("overlay", []) => remark(
            plain(&["none"]).into_iter().chain(files(last)).collect(),
            "the folder of a run, of `ctui train --out` or `save`; none takes them away",
        ),
        ("sweep", []) => remark(files(last), "the folder of a sweep, of `ctui sweep --out`"),
        ("record", []) => match app.recording {
            Some(_) => vec![Candidate::new("stop", "end the recording")],
            None => remark(
                files(last),
                "a file that ends in .cast, which asciinema plays",
            ),
        },
        ("export", []) => remark(
            files(last),
            "a file that ends in .html (page to hand out), .png (boundaries), .svg or .txt (screen), .csv (history)",
        ),
        _ => Vec::new(),
    }
}

/// All parameters by their names; by other words for them where no name begins as typed.
fn parameters(last: &str) -> Vec<Candidate> {
    let named = TABLE
        .iter()
        .map(|parameter| Candidate::new(parameter.name, parameter.help));
    let others = TABLE.iter().flat_map(|parameter| {
        let entry = glossary::parameter(parameter.name);
        let keys = entry.into_iter().flat_map(Entry::keys);
        let typed = keys.filter(|key| *key != parameter.name && !key.contains(' '));
        typed.map(|key| Candidate::new(key, format!("{}: {}", parameter.name, parameter.help)))
    });
    let known = TABLE.iter().any(|one| one.name.starts_with(last));
    let others = others.filter(|_| !known);
    named.chain(others).collect()
}

fn plain(words: &[&str]) -> Vec<Candidate> {
    words.iter().map(|word| Candidate::new(*word, "")).collect()
}

fn remark(mut candidates: Vec<Candidate>, note: &str) -> Vec<Candidate> {
    candidates.insert(0, Candidate::new("", note));
    candidates
}

/// What a count is of.
fn count(note: &str) -> Vec<Candidate> {
    remark(plain(&["none"]), note)
}

/// Classes that a sample may go to.
fn classes(app: &App) -> Vec<Candidate> {
    let snapshot = app.snapshot.as_deref();
    let classes = snapshot.into_iter().flat_map(|snapshot| {
        let dataset = &snapshot.dataset;
        (0..dataset.classes.len()).map(|class| quote(&dataset.shown_class(class)))
    });
    let opposite = Candidate::new(
        OPPOSITE,
        "for each arm the likeliest that it does not predict",
    );
    std::iter::once(opposite)
        .chain(classes.map(|class| Candidate::new(class, "")))
        .collect()
}

fn range(name: &str) -> Candidate {
    let expected = Parameter::find(name).map(Parameter::expected);
    Candidate::new("", expected.unwrap_or_default())
}

/// What a parameter takes, and what it is now.
fn values(app: &App, name: &str) -> Vec<Candidate> {
    let Ok(parameter) = Parameter::find(name) else {
        return Vec::new();
    };
    let now = app.controls().map_or(String::new(), |controls| {
        parameter.format(&controls.parameters)
    });
    match parameter.kind {
        Kind::Choice(words) => words
            .iter()
            .map(|word| Candidate::new(*word, if *word == now { "now" } else { "" }))
            .collect(),
        _ => vec![Candidate::new(
            "",
            format!("{} · now {now}", parameter.expected()),
        )],
    }
}

/// Features, and text columns before their categories, with how they may change.
fn features(app: &App) -> Vec<Candidate> {
    let (Some(snapshot), Some(controls)) = (&app.snapshot, app.controls()) else {
        return Vec::new();
    };
    let features = &snapshot.dataset.features;
    let note = |range: Range<usize>| match range.len() {
        1 => controls
            .mutability
            .get(range.start)
            .copied()
            .map_or("", Mutability::in_words)
            .to_owned(),
        categories => format!("text, {categories} categories"),
    };
    constrain::names(features)
        .into_iter()
        .map(|(name, range)| Candidate::new(quote(&printable(name)), note(range)))
        .collect()
}

fn regimes() -> Vec<Candidate> {
    Method::all()
        .map(|method| Candidate::new(method.abbreviation, method.help))
        .collect()
}

fn arms(app: &App) -> Vec<Candidate> {
    let snapshot = app.snapshot.as_deref();
    let arms = snapshot.into_iter().flat_map(|snapshot| &snapshot.arms);
    arms.map(|arm| Candidate::new(&arm.name, arm.objective.facts().title))
        .collect()
}

fn comparisons() -> Vec<Candidate> {
    let note = "up to four, such as BL,CT,late=CT";
    let known = Comparison::available()
        .map(|comparison| Candidate::new(comparison.name(), comparison.facts().help));
    remark(known.collect(), note)
}

fn presets() -> Vec<Candidate> {
    let note = |preset: &Preset| match preset.is_synthetic() {
        true => preset.title().to_owned(),
        false => format!(
            "{}, needs its file: preset {} FILE",
            preset.title(),
            preset.id
        ),
    };
    Preset::all()
        .iter()
        .map(|preset| Candidate::new(preset.id, note(preset)))
        .collect()
}

fn lessons() -> impl Iterator<Item = Candidate> {
    let lessons = lesson::list().into_iter();
    lessons.map(|(name, lesson)| Candidate::new(name, lesson.title))
}

fn families() -> impl Iterator<Item = Candidate> {
    Family::ALL
        .into_iter()
        .map(|family| Candidate::new(family.name(), family.help()))
}

fn data_options(before: &[&str]) -> Vec<Candidate> {
    let family: Option<Family> = before.first().and_then(|name| name.parse().ok());
    let options = match family {
        Some(family) => {
            let noise = family.noise_range();
            let classes = family.class_range();
            vec![
                Candidate::new(
                    "noise=",
                    format!("from {} to {}", noise.start(), noise.end()),
                ),
                Candidate::new("samples=", "from 100 to 1000000"),
                Candidate::new(
                    "classes=",
                    format!("from {} to {}", classes.start(), classes.end()),
                ),
            ]
        }
        None => vec![Candidate::new("label=", "name of the label column")],
    };
    let given = |option: &Candidate| before.iter().any(|word| word.starts_with(&option.word));
    options
        .into_iter()
        .filter(|option| !given(option))
        .collect()
}

/// Files and folders whose path begins with `start`, folders first.
fn files(start: &str) -> Vec<Candidate> {
    let (folder, _) = start.split_at(start.rfind('/').map_or(0, |slash| slash + 1));
    let path = if folder.is_empty() {
        Path::new(".")
    } else {
        Path::new(folder)
    };
    let Ok(entries) = std::fs::read_dir(path) else {
        return Vec::new();
    };
    let mut found: Vec<_> = entries
        .flatten()
        .take(MAX_FILES)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_folder = entry.file_type().ok()?.is_dir();
            (!name.starts_with('.')).then_some((!is_folder, name))
        })
        .collect();
    found.sort();
    let candidate = |(is_file, name): (bool, String)| match is_file {
        true => Candidate::new(quote(&format!("{folder}{name}")), ""),
        false => Candidate::new(format!("{folder}{name}/"), "folder"),
    };
    found.into_iter().map(candidate).collect()
}
