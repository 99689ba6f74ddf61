//! The list of features and how counterfactuals may change them.

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use super::frame;
use crate::{
    dashboard::{
        action::Panel,
        app::App,
        widgets::{Extent, pad, width},
    },
    data::{Feature, Interval, Mutability},
    session::{Controls, Snapshot},
};

/// What the panel remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Index of the selected feature.
    pub selected: usize,
}

/// The first feature on the screen.
fn offset(app: &App, features: usize, height: usize) -> usize {
    let most = features.saturating_sub(height);
    app.features.selected.saturating_sub(height / 2).min(most)
}

/// The feature in row `y` of the screen.
pub fn at(app: &App, area: Rect, y: u16) -> Option<usize> {
    let features = app.snapshot.as_ref()?.dataset.dimensions();
    let inner = area.inner(Margin::new(1, 1));
    let row = y.checked_sub(inner.y).filter(|row| *row < inner.height)?;
    let index = offset(app, features, usize::from(inner.height)) + usize::from(row);
    (index < features).then_some(index)
}

/// How a feature may change, as people read it.
pub fn describe(mutability: Mutability) -> &'static str {
    match mutability {
        Mutability::Both => "both ways",
        Mutability::Increase => "only up",
        Mutability::Decrease => "only down",
        Mutability::None => "locked",
    }
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let remarks = vec![Span::styled("may change ", app.theme.faint)];
    let inner = frame(app, Panel::Features, remarks, area, buffer);
    let Some(snapshot) = app.snapshot.as_deref() else {
        return;
    };
    let height = usize::from(inner.height);
    let features = &snapshot.dataset.features;
    let offset = offset(app, features.len(), height);
    let longest = features.iter().map(|feature| width(&feature.name)).max();
    let columns = longest.unwrap_or(0).clamp(3, (inner.width / 3).max(3));
    for (row, index) in (offset..features.len()).take(height).enumerate() {
        let area = Rect {
            y: inner.y + row as u16,
            height: 1,
            ..inner
        };
        Line::from(spans(app, snapshot, index, columns)).render(area, buffer);
        if index == app.features.selected && app.arrangement.focus == Panel::Features {
            buffer.set_style(area, app.theme.selected);
        }
    }
}

/// A feature's name, mutability, and domain.
fn spans<'a>(app: &App, snapshot: &Snapshot, index: usize, columns: u16) -> Vec<Span<'a>> {
    let theme = &app.theme;
    let feature = &snapshot.dataset.features[index];
    let at = |controls: &Controls| controls.mutability.get(index).copied().unwrap_or_default();
    let applied = at(snapshot.controls());
    let mutability = app.desired.controls().map_or(applied, at);
    let (glyph, style) = sign(app, mutability);
    let cursor = match index == app.features.selected {
        true => theme.glyph('▸', '>'),
        false => ' ',
    };
    let domain = snapshot.domains.get(index);
    let note = match (mutability == applied, domain) {
        (false, _) => Span::styled("next epoch", theme.warning),
        (true, Some(domain)) => Span::styled(range(feature, *domain), theme.faint),
        (true, None) => Span::raw(""),
    };
    vec![
        Span::styled(format!("{cursor} "), theme.accent),
        Span::styled(pad(&feature.name, columns + 1), theme.text),
        Span::styled(format!("{glyph} {:<10}", describe(mutability)), style),
        note,
    ]
}

fn sign(app: &App, mutability: Mutability) -> (char, Style) {
    let theme = &app.theme;
    match mutability {
        Mutability::Both => (theme.glyph('↕', '='), theme.good),
        Mutability::Increase => (theme.glyph('↑', '^'), theme.warning),
        Mutability::Decrease => (theme.glyph('↓', 'v'), theme.warning),
        Mutability::None => (theme.glyph('✕', 'x'), theme.bad),
    }
}

/// The domain in the units of the file.
fn range(feature: &Feature, domain: Interval) -> String {
    let [a, b] = [domain.lower, domain.upper].map(|bound| f64::from(feature.scale.to_file(bound)));
    if !(a.is_finite() && b.is_finite()) {
        return String::new();
    }
    let extent = Extent::new(a, b);
    let label = |value| extent.label(value, 10);
    format!("{}…{} {}", label(a.min(b)), label(a.max(b)), feature.unit)
}
