//! Features of a factual and its counterfactuals: from, to, change, cost, and constraints.

use ratatui::{buffer::Buffer, layout::Rect, text::Span};

use super::amounts;
use crate::{
    counterfactual::Constraints,
    dashboard::{
        panels::{self, line},
        state::App,
        widgets::{fit, pad, width},
    },
    data::{Interval, Mutability},
    recourse::{Advice, Start},
    session::{Example, Snapshot},
};

/// Least lines that show anything.
pub(super) const MIN: u16 = 7;
/// Lines above and below the features.
const AROUND: u16 = 6;
/// Most features that the table asks for room for.
const MANY: usize = 12;

/// Lines that the table needs.
pub(super) fn wanted(snapshot: &Snapshot) -> u16 {
    AROUND + snapshot.dataset.dimensions().min(MANY) as u16
}

/// What the table has room for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// Width of the names.
    pub(super) name: u16,
    /// Whether changes are shown beside the new values.
    pub(super) change: bool,
    /// Whether costs are shown beside the changes.
    pub(super) cost: bool,
    /// Width of the units behind.
    unit: u16,
}

/// Width of a value.
const VALUE: u16 = 8;
/// Width of a change.
const CHANGE: u16 = 11;
/// Width of a cost.
const COST: u16 = 7;
/// Width of a check.
const CHECK: u16 = 2;

impl Columns {
    /// As much as fits into `room` columns; units and long names come last.
    pub(super) fn new(snapshot: &Snapshot, room: u16) -> Self {
        let features = || snapshot.dataset.features.iter();
        let longest = features().map(|feature| width(&feature.shown_name())).max();
        let longest = longest.unwrap_or(0).clamp(9, 18);
        let unit = features().map(|feature| width(&feature.shown_unit())).max();
        let unit = unit.filter(|unit| *unit > 0).map_or(0, |unit| unit + 1);
        let min = (longest.min(10), false, false, 0);
        let forms = [
            (longest, true, true, unit),
            (longest, true, true, 0),
            (longest.min(12), true, true, 0),
            (longest, true, false, unit),
            (longest, true, false, 0),
            (longest.min(12), true, false, 0),
        ];
        let form = |(name, change, cost, unit)| Self {
            name,
            change,
            cost,
            unit,
        };
        let mut forms = forms.into_iter().map(form);
        let fitting = forms.find(|form| form.width() <= room);
        fitting.unwrap_or_else(|| form(min))
    }

    /// Columns of the whole table.
    pub(super) fn width(self) -> u16 {
        2 + self.name + VALUE + 2 * self.arm() + self.unit
    }

    /// Columns of an arm.
    pub(super) fn arm(self) -> u16 {
        let change = if self.change { CHANGE } else { 1 };
        let cost = if self.cost { COST } else { 0 };
        VALUE + change + cost + CHECK
    }
}

/// Draws the table.
pub(super) fn render(
    app: &App,
    snapshot: &Snapshot,
    examples: [&Example; 2],
    area: Rect,
    buffer: &mut Buffer,
) {
    let advice = || Some([examples[0].advice.as_ref()?, examples[1].advice.as_ref()?]);
    let Some((start, advice)) = start(snapshot, examples[0]).zip(advice()) else {
        return;
    };
    let columns = Columns::new(snapshot, area.width);
    let sheet = Sheet {
        app,
        snapshot,
        examples,
        start,
        advice,
        columns,
        names: panels::names(snapshot, columns.name),
    };
    sheet.head(area, buffer);
    let rows = area.height.saturating_sub(AROUND).max(1);
    let order = sheet.order(usize::from(rows));
    let max = order.len().saturating_sub(usize::from(rows));
    let offset = app.inspector.scroll.min(max);
    let mut row = 1;
    for &feature in order.iter().skip(offset).take(usize::from(rows)) {
        line(buffer, area, row, sheet.feature(feature));
        row += 1;
    }
    if order.len() > usize::from(rows) {
        let (first, last) = (offset + 1, offset + usize::from(rows));
        let note = format!(
            "  {first} to {last} of {}, largest changes first",
            order.len()
        );
        line(buffer, area, row, vec![Span::styled(note, app.theme.faint)]);
    }
    sheet.totals(area, row + 1, buffer);
}

/// The person's values.
fn start(snapshot: &Snapshot, example: &Example) -> Option<Start> {
    let x = &snapshot.dataset.test.x;
    let factual = (example.row < x.nrows()).then(|| x.row(example.row).to_vec())?;
    let target = example.trajectory.target;
    Some(Start::told(&snapshot.dataset.features, factual, target))
}

/// The table of one inspected sample.
pub(super) struct Sheet<'a> {
    pub(super) app: &'a App,
    pub(super) snapshot: &'a Snapshot,
    pub(super) examples: [&'a Example; 2],
    start: Start,
    /// The counterfactuals of both arms.
    pub(super) advice: [&'a Advice; 2],
    pub(super) columns: Columns,
    /// Of all features, as they fit.
    names: Vec<String>,
}

impl Sheet<'_> {
    pub(super) fn factual(&self) -> &[f32] {
        &self.start.factual
    }

    fn head(&self, area: Rect, buffer: &mut Buffer) {
        let theme = &self.app.theme;
        let arrow = theme.glyph('→', '>');
        let mut spans = vec![
            Span::raw(" ".repeat(usize::from(self.columns.name) + 2)),
            Span::styled(right("factual", VALUE), theme.faint),
        ];
        for arm in self.app.compared(self.snapshot) {
            let name = self.snapshot.arms[arm].name.as_str();
            let cells = self.cells(&format!("{arrow} {name}"), "change", "cost");
            spans.push(Span::styled(cells, theme.arm(arm)));
            spans.push(Span::raw(" ".repeat(usize::from(CHECK))));
        }
        line(buffer, area, 0, spans);
    }

    /// An arm's cells of a line, as far as there are columns for them, without the check.
    fn cells(&self, to: &str, change: &str, cost: &str) -> String {
        let mut text = match self.columns.change {
            true => right(to, VALUE) + &right(change, CHANGE),
            false => right(to, VALUE + 1),
        };
        if self.columns.cost {
            text += &right(cost, COST);
        }
        text
    }

    /// Features in the order in which they are shown: those that change most first, in either arm,
    /// unless there is room for all.
    fn order(&self, rows: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.factual().len()).collect();
        if order.len() > rows {
            let factual = self.factual();
            let change = |feature: usize| {
                let change = |one: &Advice| (one.point[feature] - factual[feature]).abs();
                let changes = self.advice.map(change);
                changes[0].max(changes[1])
            };
            order.sort_by(|&a, &b| change(b).total_cmp(&change(a)));
        }
        order
    }

    fn feature(&self, index: usize) -> Vec<Span<'static>> {
        let theme = &self.app.theme;
        let Some(feature) = self.snapshot.dataset.features.get(index) else {
            return Vec::new();
        };
        let (from, before) = (self.factual()[index], self.start.numbers[index]);
        let decimals = amounts::decimals(feature);
        let sign = self.sign(self.mutability(index));
        let mut spans = vec![
            Span::styled(format!("{sign} "), theme.faint),
            Span::styled(pad(&self.names[index], self.columns.name), theme.text),
            Span::styled(right(&amounts::cell(before, decimals), VALUE), theme.text),
        ];
        let arms = self.app.compared(self.snapshot);
        for (arm, advice) in arms.into_iter().zip(self.advice) {
            let (to, after) = (advice.point[index], advice.values[index]);
            let style = match to == from {
                true => theme.faint,
                false => theme.arm(arm),
            };
            let cost = format!("{:.2}", (to - from).abs());
            let value = amounts::cell(after, decimals);
            let cells = self.cells(&value, &change(after - before, decimals), &cost);
            spans.push(Span::styled(cells, style));
            spans.push(self.check(self.kept(index, from, to)));
        }
        if self.columns.unit > 0 {
            spans.push(Span::styled(
                format!(" {}", feature.shown_unit()),
                theme.faint,
            ));
        }
        spans
    }

    fn mutability(&self, feature: usize) -> Mutability {
        let wanted = &self.app.focused_arm(self.snapshot).controls().mutability;
        wanted.get(feature).copied().unwrap_or_default()
    }

    fn sign(&self, mutability: Mutability) -> char {
        let theme = &self.app.theme;
        match mutability {
            Mutability::Both => theme.glyph('↕', '='),
            Mutability::Increase => theme.glyph('↑', '^'),
            Mutability::Decrease => theme.glyph('↓', 'v'),
            Mutability::None => theme.glyph('✕', 'L'),
        }
    }

    /// Whether a feature respects its mutability and its domain.
    pub(super) fn kept(&self, feature: usize, from: f32, to: f32) -> bool {
        let domain = self
            .app
            .focused_arm(self.snapshot)
            .domains
            .get(feature)
            .copied();
        let constraints = Constraints {
            mutability: vec![self.mutability(feature)],
            domain: vec![domain.unwrap_or(Interval::UNBOUNDED)],
            ..Constraints::none(1)
        };
        !constraints.violated(&[from], &[to])
    }

    fn check(&self, kept: bool) -> Span<'static> {
        let theme = &self.app.theme;
        match kept {
            true => Span::styled(format!(" {}", theme.glyph('✓', '+')), theme.good),
            false => Span::styled(format!(" {}", theme.glyph('✗', '!')), theme.bad),
        }
    }
}

/// `text` at the right end of `columns`, cut to them.
pub(super) fn right(text: &str, columns: u16) -> String {
    let text = fit(text, columns);
    let blanks = columns.saturating_sub(width(&text));
    format!("{}{text}", " ".repeat(usize::from(blanks)))
}

fn change(change: f64, decimals: usize) -> String {
    let sign = if change > 0.0 { "+" } else { "" };
    match change == 0.0 {
        true => "–".to_owned(),
        false => format!("{sign}{}", amounts::cell(change, decimals)),
    }
}
