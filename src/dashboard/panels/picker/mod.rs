//! The list of data sets, with a preview of the selected one.

mod preview;

use std::path::{Path, PathBuf};

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Margin, Position, Rect},
    text::{Line, Span},
    widgets::{Clear, Paragraph, Widget, Wrap},
};

use super::block;
use crate::{
    dashboard::{
        app::App,
        widgets::{end, fit, pad},
    },
    data::{DataError, Family, Source},
    training::{HyperParameters, Parameter, Preset},
};
use preview::Preview;

/// Most files that are listed.
const MOST_FILES: usize = 100;
/// Width of the list.
const LIST: u16 = 34;

/// What can be chosen.
#[derive(Clone, Debug)]
pub enum Choice {
    /// A data set with the paper's settings.
    Preset(&'static Preset),
    /// Data with the present settings.
    Source(Source),
}

impl Choice {
    fn title(&self) -> String {
        match self {
            Self::Preset(preset) => preset.title().to_owned(),
            Self::Source(Source::Csv { path, .. }) => path.display().to_string(),
            Self::Source(source) => source.title(),
        }
    }

    /// The title in at most `columns`; of a long path the end is kept, which tells files apart.
    fn line(&self, columns: u16) -> String {
        match self {
            Self::Source(Source::Csv { path, .. }) => end(&path.display().to_string(), columns),
            _ => fit(&self.title(), columns),
        }
    }

    fn group(&self) -> &'static str {
        match self {
            Self::Preset(_) => "With the paper's settings",
            Self::Source(Source::Synthetic { .. }) => "With the present settings",
            Self::Source(_) => "Files",
        }
    }

    fn family(&self) -> Option<Family> {
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
    choices: Vec<Choice>,
    selected: usize,
    /// Settings of the run that is shown.
    present: HyperParameters,
    /// Noise and samples of the selected data.
    draw: HyperParameters,
    preview: Preview,
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
        let most = match parameter.name {
            "noise" => f64::from(*family.noise_range().end()),
            _ => parameter.most,
        };
        let _ = parameter.set(&mut self.draw, stepped.min(most));
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

    fn renew(&mut self) {
        self.preview = match self.choice().map(Choice::source) {
            Some(Ok(source)) => Preview::new(&source, &self.draw.draw()),
            Some(Err(error)) => Preview::failed(error.to_string()),
            None => Preview::default(),
        };
    }
}

/// CSV files of a folder and of `sample_data/` in it, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let folders = [folder.to_owned(), folder.join("sample_data")];
    let mut found: Vec<_> = folders.iter().flat_map(|folder| tables(folder)).collect();
    found.truncate(MOST_FILES);
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
    let is_table = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "csv");
    let mut found: Vec<_> = entries
        .flatten()
        .map(|entry| folder.join(entry.file_name()))
        .filter(is_table)
        .collect();
    found.sort();
    found
}

/// Where the list is on the screen, with its preview.
pub fn popup(area: Rect) -> Rect {
    area.centered(
        Constraint::Length(110.min(area.width)),
        Constraint::Length(34.min(area.height.saturating_sub(2))),
    )
}

/// The list, and what is beside it.
fn parts(popup: Rect) -> [Rect; 2] {
    let inner = popup.inner(Margin::new(1, 1));
    Layout::horizontal([Constraint::Length(LIST), Constraint::Fill(1)]).areas(inner)
}

/// Draws the list and the preview over the middle of the screen.
pub fn render(app: &App, state: &State, area: Rect, buffer: &mut Buffer) {
    let popup = popup(area);
    Clear.render(popup, buffer);
    buffer.set_style(popup, app.theme.text);
    let title = Line::styled(" Data: training starts again ", app.theme.title);
    let frame = block(&app.theme, true).title_top(title);
    frame.render(popup, buffer);
    let [left, right] = parts(popup);
    list(app, state, left, buffer);
    let [facts, picture] =
        Layout::vertical([Constraint::Length(5), Constraint::Fill(1)]).areas(right);
    describe(app, state, facts, buffer);
    match state.preview.problem() {
        Some(problem) => Paragraph::new(Line::styled(problem.to_owned(), app.theme.bad))
            .wrap(Wrap { trim: true })
            .render(picture, buffer),
        None => state.preview.render(app, picture, buffer),
    }
}

/// A line of the list: a heading, or a choice by its index.
enum Row {
    Heading(&'static str),
    Choice(usize),
}

/// The lines that are visible in `list`, with the selected one among them.
fn visible(state: &State, list: Rect) -> impl Iterator<Item = (Row, Rect)> {
    let mut rows = Vec::new();
    let mut group = "";
    let mut at = 0;
    for (index, choice) in state.choices.iter().enumerate() {
        if std::mem::replace(&mut group, choice.group()) != choice.group() {
            rows.push(Row::Heading(choice.group()));
        }
        if index == state.selected {
            at = rows.len();
        }
        rows.push(Row::Choice(index));
    }
    let height = usize::from(list.height);
    let most = rows.len().saturating_sub(height);
    let first = at.saturating_sub(height / 2).min(most);
    rows.into_iter().skip(first).zip(list.rows())
}

/// The choice at a place of the screen, by its index.
pub fn at(app: &App, state: &State, at: Position) -> Option<usize> {
    let [list, _] = parts(popup(Rect::from(app.size)));
    let (row, _) = visible(state, list).find(|(_, area)| area.contains(at))?;
    match row {
        Row::Heading(_) => None,
        Row::Choice(index) => Some(index),
    }
}

fn list(app: &App, state: &State, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    for (row, area) in visible(state, area) {
        let line = match row {
            Row::Heading(group) => Line::styled(group, theme.faint),
            Row::Choice(index) => {
                let (cursor, style) = match index == state.selected {
                    true => (theme.glyph('▸', '>'), theme.selected),
                    false => (' ', theme.text),
                };
                let name = pad(&state.choices[index].line(LIST - 4), LIST - 4);
                Line::from(vec![
                    Span::styled(format!("{cursor} "), theme.accent),
                    Span::styled(name, style),
                ])
            }
        };
        line.render(area, buffer);
    }
}

/// What the selected data are, and what can be changed about them.
fn describe(app: &App, state: &State, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let Some(choice) = state.choice() else {
        return;
    };
    let mut lines = vec![Line::styled(choice.title(), theme.title)];
    if let Some(family) = choice.family() {
        let noise = family.noise_range();
        lines.push(Line::styled(family.help(), theme.text));
        lines.push(Line::from(vec![
            Span::styled("noise ", theme.faint),
            Span::styled(state.draw.noise.to_string(), theme.accent),
            Span::styled(
                format!(" of {}…{}", noise.start(), noise.end()),
                theme.faint,
            ),
            Span::styled("   samples ", theme.faint),
            Span::styled(state.draw.samples.to_string(), theme.accent),
        ]));
    }
    lines.push(Line::styled(state.preview.facts(), theme.faint));
    Paragraph::new(lines)
        .wrap(Wrap { trim: true })
        .render(area, buffer);
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

    #[test]
    fn files_are_listed_and_problems_shown() {
        let mut state = moons();
        let titles: Vec<_> = state.choices.iter().map(Choice::title).collect();
        let files = ["flowers.csv", "sample_data/patients.csv"];
        assert!(titles.ends_with(&files.map(|file| format!("{FILES}/{file}"))));
        state.select(titles.len() - 1);
        assert_eq!(state.preview.problem(), None);
        state
            .choices
            .push(Choice::Source(Source::file(Path::new("no.csv"), None)));
        state.select(usize::MAX);
        assert!(!state.is_usable());
        assert!(state.preview.problem().unwrap().contains("no.csv"));
    }
}
