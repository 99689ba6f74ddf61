//! Which data there are, and which are selected.

use std::path::{Path, PathBuf};

use super::preview::{Preview, Subject};
use crate::{
    dashboard::widgets::{end, fit},
    data::{DataError, Family, Source},
    training::{HyperParameters, Parameter, Preset},
};

/// Most files that are listed.
const MAX_FILES: usize = 100;

/// What can be chosen.
#[derive(Clone, Debug)]
pub enum Choice {
    /// A data set with the paper's settings.
    Preset(&'static Preset),
    /// Data with the present settings.
    Source(Source),
}

impl Choice {
    /// What it is called.
    pub fn title(&self) -> String {
        match self {
            Self::Preset(preset) => preset.title().to_owned(),
            Self::Source(Source::Csv { path, .. }) => path.display().to_string(),
            Self::Source(source) => source.title(),
        }
    }

    /// The title in at most `columns`; of a long path the end is kept, which tells files apart.
    pub fn line(&self, columns: u16) -> String {
        match self {
            Self::Source(Source::Csv { path, .. }) => end(&path.display().to_string(), columns),
            _ => fit(&self.title(), columns),
        }
    }

    /// The heading under which it is listed.
    pub fn group(&self) -> &'static str {
        match self {
            Self::Preset(_) => "With the paper's settings",
            Self::Source(Source::Synthetic { .. }) => "With the present settings",
            Self::Source(_) => "Files",
        }
    }

    /// The family that it is drawn from, if any.
    pub fn family(&self) -> Option<Family> {
        match self {
            Self::Source(Source::Synthetic { family, .. }) => Some(*family),
            Self::Source(_) => None,
            Self::Preset(preset) => match preset.source(None) {
                Ok(Source::Synthetic { family, .. }) => Some(family),
                _ => None,
            },
        }
    }

    fn source(&self) -> Result<Source, DataError> {
        match self {
            Self::Source(source) => Ok(source.clone()),
            Self::Preset(preset) => preset.source(None),
        }
    }
}

/// What the list remembers.
#[derive(Clone, Debug)]
pub struct State {
    pub(in crate::dashboard) choices: Vec<Choice>,
    pub(in crate::dashboard) selected: usize,
    /// Settings of the run that is shown.
    present: HyperParameters,
    /// Noise and samples of the selected data.
    pub(in crate::dashboard) draw: HyperParameters,
    pub(in crate::dashboard) preview: Preview,
    /// The data whose preview is awaited.
    awaited: Option<Subject>,
    /// The data whose preview nobody has begun to make.
    pub(in crate::dashboard) wanted: Option<Subject>,
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.selected == other.selected && self.draw == other.draw
    }
}

impl State {
    /// A list with the present data selected; files are those in `folder` and in `sample_data/` there.
    pub fn new(source: &Source, present: HyperParameters, folder: &Path) -> Self {
        let presets = Preset::all().iter().map(Choice::Preset);
        let families = Family::ALL.into_iter().map(|family| {
            Choice::Source(Source::Synthetic {
                family,
                classes: None,
            })
        });
        let files = files(folder)
            .into_iter()
            .map(|path| Choice::Source(Source::file(&path, None)));
        let choices: Vec<_> = presets.chain(families).chain(files).collect();
        let same = |choice: &Choice| matches!(choice, Choice::Source(known) if known == source);
        let selected = choices.iter().position(same).unwrap_or(0);
        let mut state = Self {
            draw: present.clone(),
            preview: Preview::default(),
            awaited: None,
            wanted: None,
            present,
            choices,
            selected,
        };
        state.select(selected);
        state.draw = state.present.clone();
        state.renew();
        state
    }

    /// What can be chosen.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Index of what is selected.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// What is selected.
    pub fn choice(&self) -> Option<&Choice> {
        self.choices.get(self.selected)
    }

    /// Selects a line, with its usual noise.
    pub fn select(&mut self, line: usize) {
        self.selected = line.min(self.choices.len().saturating_sub(1));
        if let Some(family) = self.choice().and_then(Choice::family) {
            self.draw.noise = family.default_noise();
        }
        self.renew();
    }

    /// Changes noise or samples by so many steps.
    pub fn adjust(&mut self, parameter: &Parameter, steps: i32) {
        let Some(family) = self.choice().and_then(Choice::family) else {
            return;
        };
        let stepped = parameter.stepped(&self.draw, f64::from(steps));
        let max = match parameter.name {
            "noise" => f64::from(*family.noise_range().end()),
            _ => parameter.max,
        };
        let _ = parameter.set(&mut self.draw, stepped.min(max));
        self.renew();
    }

    /// The present settings, with the noise and samples that were chosen here.
    pub fn parameters(&self) -> HyperParameters {
        HyperParameters {
            noise: self.draw.noise,
            samples: self.draw.samples,
            ..self.present.clone()
        }
    }

    /// Whether the selected data can be had, as far as is known.
    pub fn is_usable(&self) -> bool {
        self.preview.problem().is_none()
    }

    /// Takes over a preview, unless other data are selected by now.
    pub fn arrive(&mut self, subject: &Subject, preview: Preview) {
        if self.awaited.take_if(|awaited| awaited == subject).is_some() {
            self.preview = preview;
        }
    }

    /// Draws the preview of data that are generated; that of a file becomes wanted.
    fn renew(&mut self) {
        (self.awaited, self.wanted) = (None, None);
        let source = match self.choice().map(Choice::source) {
            Some(Ok(source)) => source,
            Some(Err(error)) => {
                self.preview = Preview::failed(error.to_string());
                return;
            }
            None => {
                self.preview = Preview::default();
                return;
            }
        };
        let draw = self.draw.draw();
        let subject = Subject { source, draw };
        self.preview = match subject.source {
            Source::Synthetic { .. } => Preview::new(&subject),
            _ => {
                self.awaited = Some(subject.clone());
                self.wanted = Some(subject);
                Preview::awaited()
            }
        };
    }
}

/// Regular CSV files (a pipe would be waited for) of a folder and of `sample_data/` in it, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let folders = [folder.to_owned(), folder.join("sample_data")];
    let mut found: Vec<_> = folders.iter().flat_map(|folder| tables(folder)).collect();
    found.truncate(MAX_FILES);
    found
}

fn tables(folder: &Path) -> Vec<PathBuf> {
    let place = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let Ok(entries) = std::fs::read_dir(place) else {
        return Vec::new();
    };
    let is_table =
        |path: &PathBuf| path.extension().is_some_and(|ending| ending == "csv") && path.is_file();
    let mut found: Vec<_> = entries
        .flatten()
        .map(|entry| folder.join(entry.file_name()))
        .filter(is_table)
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &str = "tests/fixtures/files";

    fn moons() -> State {
        let source = Source::named("moon").unwrap();
        State::new(&source, HyperParameters::default(), Path::new(FILES))
    }

    #[test]
    fn the_present_data_are_selected_with_their_noise() {
        let source = Source::named("xor").unwrap();
        let parameters = HyperParameters {
            noise: 0.7,
            ..HyperParameters::default()
        };
        let mut state = State::new(&source, parameters, Path::new(FILES));
        assert_eq!(state.choice().unwrap().title(), "XOR");
        assert_eq!(state.parameters().noise, 0.7);
        state.select(state.selected() + 1);
        assert_eq!(state.parameters().noise, Family::Spirals.default_noise());
    }

    #[test]
    fn noise_stays_in_the_familys_range() {
        let mut state = moons();
        let noise = Parameter::find("noise").unwrap();
        state.adjust(noise, 1000);
        assert_eq!(state.parameters().noise, 1.0);
        state.adjust(noise, -1000);
        assert_eq!(state.parameters().noise, 0.0);
        assert!(state.is_usable());
    }

    /// Reads what is wanted, as another thread does.
    fn read(state: &mut State) -> Subject {
        let subject = state.wanted.take().unwrap();
        state.arrive(&subject, Preview::new(&subject));
        subject
    }

    #[test]
    fn files_are_listed_and_problems_shown() {
        let mut state = moons();
        let titles: Vec<_> = state.choices.iter().map(Choice::title).collect();
        let files = ["flowers.csv", "sample_data/patients.csv"];
        assert!(titles.ends_with(&files.map(|file| format!("{FILES}/{file}"))));
        state.select(titles.len() - 1);
        let patients = read(&mut state);
        assert!(state.preview.data().is_some());
        state
            .choices
            .push(Choice::Source(Source::file(Path::new("no.csv"), None)));
        state.select(usize::MAX);
        state.arrive(&patients, Preview::default());
        assert!(state.is_usable() && state.preview.facts() == "reading …");
        read(&mut state);
        assert!(!state.is_usable());
        assert!(state.preview.problem().unwrap().contains("no.csv"));
    }
}
