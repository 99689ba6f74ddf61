//! Features of a factual and its counterfactuals: from, to, change, cost, and constraints.

use ndarray::ArrayView1;
use ratatui::{buffer::Buffer, layout::Rect, text::Span};

use super::super::line;
use crate::{
    counterfactual::Constraints,
    dashboard::{
        app::App,
        widgets::{pad, width},
    },
    data::{Feature, Interval, Mutability},
    session::{Example, Snapshot},
};

/// Columns of the whole table.
pub(super) const WIDTH: u16 = 64;
/// Columns beyond which the table gains nothing.
pub(super) const WIDEST: u16 = 76;
/// Least lines that show anything.
pub(super) const LEAST: u16 = 7;
/// Lines above and below the features.
const AROUND: u16 = 6;
/// Features from which those that change most come first.
const MANY: usize = 12;

/// Lines that the table needs.
pub(super) fn wanted(snapshot: &Snapshot) -> u16 {
    AROUND + snapshot.dataset.dimensions().min(MANY) as u16
}

/// Draws the table.
pub(super) fn render(
    app: &App,
    snapshot: &Snapshot,
    examples: [&Example; 2],
    area: Rect,
    buffer: &mut Buffer,
) {
    let Some(ends) = ends(examples) else {
        return;
    };
    let sheet = Sheet {
        app,
        snapshot,
        examples,
        ends,
        wide: area.width >= WIDTH,
        name: name_width(snapshot, area.width),
    };
    sheet.head(area, buffer);
    let order = sheet.order();
    let rows = area.height.saturating_sub(AROUND).max(1);
    let most = order.len().saturating_sub(usize::from(rows));
    let offset = app.inspector.scroll.min(most);
    let mut row = 1;
    for &feature in order.iter().skip(offset).take(usize::from(rows)) {
        line(buffer, area, row, sheet.feature(feature));
        row += 1;
    }
    let hidden = order.len() - usize::from(rows).min(order.len());
    if hidden > 0 {
        let note = format!(
            "  … {} to {} of {}, largest changes first",
            offset + 1,
            offset + usize::from(rows),
            order.len()
        );
        line(buffer, area, row, vec![Span::styled(note, app.theme.faint)]);
    }
    sheet.totals(area, row + 1, buffer);
}

fn name_width(snapshot: &Snapshot, columns: u16) -> u16 {
    let names = snapshot.dataset.features.iter();
    let longest = names.map(|feature| width(&feature.name)).max();
    let most = if columns >= WIDTH { 18 } else { 10 };
    longest.unwrap_or(0).clamp(9, most)
}

/// The counterfactuals of both arms.
fn ends<'a>(examples: [&'a Example; 2]) -> Option<[ArrayView1<'a, f32>; 2]> {
    let end = |example: &'a Example| {
        let last = example.walk.points.nrows().checked_sub(1)?;
        Some(example.walk.points.row(last))
    };
    Some([end(examples[0])?, end(examples[1])?])
}

/// The table of one inspected sample.
pub(super) struct Sheet<'a> {
    pub(super) app: &'a App,
    pub(super) snapshot: &'a Snapshot,
    pub(super) examples: [&'a Example; 2],
    pub(super) ends: [ArrayView1<'a, f32>; 2],
    pub(super) wide: bool,
    pub(super) name: u16,
}

impl Sheet<'_> {
    pub(super) fn factual(&self) -> ArrayView1<'_, f32> {
        self.examples[0].walk.points.row(0)
    }

    /// Columns of an arm.
    pub(super) fn arm_width(&self) -> usize {
        if self.wide { 21 } else { 11 }
    }

    fn head(&self, area: Rect, buffer: &mut Buffer) {
        let theme = &self.app.theme;
        let columns = self.arm_width();
        let what = if self.wide { " → to   change" } else { "" };
        let what = if theme.ascii() {
            what.replace('→', ">")
        } else {
            what.to_owned()
        };
        let mut spans = vec![
            Span::raw(" ".repeat(usize::from(self.name) + 2)),
            Span::styled(format!("{:>8}", "factual"), theme.faint),
        ];
        for arm in 0..2 {
            let name = self.snapshot.arms[arm].objective.abbreviation();
            let text = format!("{name}{what}");
            spans.push(Span::styled(format!("{text:>columns$}"), theme.arms[arm]));
        }
        line(buffer, area, 0, spans);
    }

    /// Features in the order in which they are shown.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.factual().len()).collect();
        if order.len() > MANY {
            let factual = self.factual();
            let change = |feature: usize| {
                let changes = self.ends.map(|end| (end[feature] - factual[feature]).abs());
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
        let from = self.factual()[index];
        let mutability = self.mutability(index);
        let mut spans = vec![
            Span::styled(format!("{} ", self.sign(mutability)), theme.faint),
            Span::styled(pad(&feature.name, self.name), theme.text),
            Span::styled(format!("{:>8}", value(feature, from)), theme.text),
        ];
        for (arm, end) in self.ends.iter().enumerate() {
            let to = end[index];
            let kept = self.kept(index, from, to);
            let style = if to == from {
                theme.faint
            } else {
                theme.arms[arm]
            };
            let columns = if self.wide { 8 } else { self.arm_width() - 2 };
            let text = value(feature, to);
            spans.push(Span::styled(format!("{text:>columns$}"), style));
            if self.wide {
                spans.push(Span::styled(
                    format!("{:>11}", change(feature, from, to)),
                    style,
                ));
            }
            spans.push(self.check(kept));
        }
        if self.wide && !feature.unit.is_empty() {
            spans.push(Span::styled(format!(" {}", feature.unit), theme.faint));
        }
        spans
    }

    fn mutability(&self, feature: usize) -> Mutability {
        let wanted = &self.snapshot.controls().mutability;
        wanted.get(feature).copied().unwrap_or_default()
    }

    fn sign(&self, mutability: Mutability) -> char {
        let theme = &self.app.theme;
        match mutability {
            Mutability::Both => theme.glyph('↕', '='),
            Mutability::Increase => theme.glyph('↑', '^'),
            Mutability::Decrease => theme.glyph('↓', 'v'),
            Mutability::None => theme.glyph('✕', 'x'),
        }
    }

    /// Whether a feature respects its mutability and its domain.
    pub(super) fn kept(&self, feature: usize, from: f32, to: f32) -> bool {
        let domain = self.snapshot.domains.get(feature).copied();
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

/// A value in the units of the file.
fn value(feature: &Feature, model: f32) -> String {
    number(feature.scale.to_file(model))
}

fn change(feature: &Feature, from: f32, to: f32) -> String {
    let change = feature.scale.to_file(to) - feature.scale.to_file(from);
    match change == 0.0 {
        true => "–".to_owned(),
        false => format!("{}{}", if change > 0.0 { "+" } else { "" }, number(change)),
    }
}

/// A number in at most eight columns.
fn number(value: f32) -> String {
    match value.abs() {
        0.0..100.0 => format!("{value:.2}"),
        100.0..10_000.0 => format!("{value:.1}"),
        10_000.0..1e7 => format!("{value:.0}"),
        _ => format!("{value:.1e}"),
    }
}
