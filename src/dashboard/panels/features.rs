//! The list of features: how counterfactuals may change them, and how sensitive the models are.

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use super::{fold, frame, names, remark};
use crate::{
    dashboard::{
        action::Panel,
        state::{App, Mode},
        widgets::{bar, pad, width},
    },
    data::{Feature, Interval, Mutability},
    plot::Extent,
    recipe::Controls,
    session::Snapshot,
};

/// The lines below the heading, the features on them, and how many are above and below.
fn window(app: &App, snapshot: &Snapshot, inner: Rect) -> (Rect, Vec<usize>, (usize, usize)) {
    let head = u16::from(inner.height > 2);
    let list = Rect {
        y: inner.y + head,
        height: inner.height - head,
        ..inner
    };
    let order = app.features.order(snapshot);
    let height = usize::from(list.height);
    let selected = order
        .iter()
        .position(|&index| index == app.features.selected);
    let max = order.len().saturating_sub(height);
    let offset = selected.unwrap_or(0).saturating_sub(height / 2).min(max);
    let all = order.len();
    let visible: Vec<usize> = order.into_iter().skip(offset).take(height).collect();
    let below = all - offset - visible.len();
    (list, visible, (offset, below))
}

/// The feature in row `y` of the screen, by its place in the list.
pub fn at(app: &App, area: Rect, y: u16) -> Option<usize> {
    let snapshot = app.snapshot.as_deref()?;
    let (list, visible, _) = window(app, snapshot, area.inner(Margin::new(1, 1)));
    let feature = visible.get(usize::from(y.checked_sub(list.y)?))?;
    let mut order = app.features.order(snapshot).into_iter();
    order.position(|index| index == *feature)
}

/// Columns of a share of the attribution: blank, bar, percentage.
const SHARE: u16 = 5;
/// Columns of how a feature may change, in words.
const WORDS: u16 = 10;

/// Most columns of the filter.
const FILTER: u16 = 16;

/// Columns of the list.
struct Columns {
    name: u16,
    words: bool,
    bar: u16,
    range: bool,
}

impl Columns {
    fn new(features: &[Feature], width_: u16) -> Self {
        let longest = features
            .iter()
            .map(|feature| width(&feature.shown_name()))
            .max();
        let name = longest.unwrap_or(0).clamp(3, (2 * width_ / 5).max(3)) + 1;
        let rest = width_.saturating_sub(name + 4);
        let words = rest >= WORDS + 2 * (SHARE + 2);
        let rest = rest.saturating_sub(if words { WORDS } else { 0 });
        let range = rest >= 2 * (SHARE + 8) + 16;
        let rest = rest.saturating_sub(if range { 18 } else { 0 });
        Self {
            name,
            words,
            bar: (rest / 2).saturating_sub(SHARE).min(20),
            range,
        }
    }
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(app, Panel::Features, remarks(app), area, buffer);
    let Some(snapshot) = app.snapshot.as_deref() else {
        return;
    };
    let (list, visible, hidden) = window(app, snapshot, inner);
    fold(app, area, hidden, buffer);
    if visible.is_empty() {
        return remark(buffer, inner, "no feature is called that", app.theme.faint);
    }
    let columns = Columns::new(&snapshot.dataset.features, inner.width);
    let names = names(snapshot, columns.name - 1);
    if list.y > inner.y {
        Line::from(heading(app, snapshot, &columns)).render(inner, buffer);
    }
    for (row, &index) in visible.iter().enumerate() {
        let area = Rect {
            y: list.y + row as u16,
            height: 1,
            ..list
        };
        let line = spans(app, snapshot, (index, &names[index]), &columns);
        Line::from(line).render(area, buffer);
        if index == app.features.selected && app.arrangement.focus == Panel::Features {
            buffer.set_style(area, app.theme.selected);
        }
    }
}

/// The order, and the filter if there is one.
fn remarks<'a>(app: &App) -> Vec<Span<'a>> {
    let theme = &app.theme;
    let mut remarks = Vec::new();
    let order = match app.features.by_sensitivity {
        true => "by attribution ",
        false => "and attribution ",
    };
    remarks.push(Span::styled(order, theme.faint));
    let typing = app.mode == Mode::Filter;
    if typing || !app.features.filter.value().is_empty() {
        let cursor = if typing { theme.glyph('▏', '_') } else { ' ' };
        let text = app.features.filter.with_caret(cursor, FILTER);
        remarks.push(Span::styled(format!("/{text}"), theme.accent));
    }
    remarks.extend(super::whose(app));
    remarks
}

fn heading<'a>(app: &App, snapshot: &Snapshot, columns: &Columns) -> Vec<Span<'a>> {
    let theme = &app.theme;
    let what = if columns.words { "may change" } else { "" };
    let words = if columns.words { WORDS } else { 0 };
    let mut spans = vec![
        Span::raw(" ".repeat(usize::from(columns.name) + 2)),
        Span::styled(pad(what, words + 2), theme.faint),
    ];
    for arm in app.compared(snapshot) {
        let name = snapshot.arms[arm].name.as_str();
        let long = format!(" {name} attribution");
        let text = match width(&long) < columns.bar + SHARE {
            true => long,
            false => format!(" {name}"),
        };
        spans.push(Span::styled(
            pad(&text, columns.bar + SHARE),
            theme.arm(arm),
        ));
    }
    if columns.range {
        spans.push(Span::styled("  domain", theme.faint));
    }
    spans
}

/// A feature's name, mutability, share of the attribution in both arms, and domain.
fn spans<'a>(
    app: &App,
    snapshot: &Snapshot,
    (index, name): (usize, &str),
    columns: &Columns,
) -> Vec<Span<'a>> {
    let theme = &app.theme;
    let feature = &snapshot.dataset.features[index];
    let at = |controls: &Controls| controls.mutability.get(index).copied().unwrap_or_default();
    let trained = at(app.trained(snapshot));
    let mutability = app.controls().map_or(trained, at);
    let (glyph, style) = sign(app, mutability);
    let cursor = match index == app.features.selected {
        true => theme.glyph('▸', '>'),
        false => ' ',
    };
    let mut spans = vec![
        Span::styled(format!("{cursor} "), theme.accent),
        Span::styled(pad(name, columns.name - 1), theme.text),
        Span::raw(" "),
        Span::styled(format!("{glyph} "), style),
    ];
    if columns.words {
        spans.push(Span::styled(pad(mutability.in_words(), WORDS), style));
    }
    if mutability != trained {
        spans.push(Span::styled(" from the next epoch", theme.warning));
        return spans;
    }
    for arm in app.compared(snapshot) {
        spans.extend(attribution(app, snapshot, (arm, index), columns.bar));
    }
    if let (true, Some(domain)) = (columns.range, app.focused_arm(snapshot).domains.get(index)) {
        spans.push(Span::styled(
            format!("  {}", range(feature, *domain)),
            theme.faint,
        ));
    }
    spans
}

/// A bar, full for the largest share of both arms, and a percentage; blank before the first measurement.
fn attribution<'a>(
    app: &App,
    snapshot: &Snapshot,
    (arm, index): (usize, usize),
    columns: u16,
) -> Vec<Span<'a>> {
    let shares = &snapshot.scoreboard.shares;
    let max = shares.iter().flatten().copied().fold(0.0, f32::max);
    let share = shares
        .get(arm)
        .and_then(|shares| shares.get(index).copied());
    let Some(share) = share.filter(|share| share.is_finite()) else {
        return vec![Span::raw(" ".repeat(usize::from(columns + SHARE)))];
    };
    vec![
        Span::styled(
            format!(
                " {}",
                bar(f64::from(share / max), columns, app.theme.ascii())
            ),
            app.theme.arm(arm),
        ),
        Span::styled(percentage(share), app.theme.text),
    ]
}

/// A share in four columns.
pub(in crate::dashboard) fn percentage(share: f32) -> String {
    match 100.0 * share {
        small @ 0.05..9.95 => format!("{small:.1}%"),
        percent => format!("{percent:>3.0}%"),
    }
}

fn sign(app: &App, mutability: Mutability) -> (char, Style) {
    let theme = &app.theme;
    match mutability {
        Mutability::Both => (theme.glyph('↕', '='), theme.good),
        Mutability::Increase => (theme.glyph('↑', '^'), theme.warning),
        Mutability::Decrease => (theme.glyph('↓', 'v'), theme.warning),
        Mutability::None => (theme.glyph('✕', 'L'), theme.bad),
    }
}

/// The domain in the units of the file.
pub(in crate::dashboard) fn range(feature: &Feature, domain: Interval) -> String {
    let [a, b] = [domain.lower, domain.upper].map(|bound| feature.scale.to_file(bound));
    if !(a.is_finite() && b.is_finite()) {
        return String::new();
    }
    let extent = Extent::new(a, b);
    let label = |value| extent.label(value, 10);
    format!(
        "{}…{} {}",
        label(a.min(b)),
        label(a.max(b)),
        feature.shown_unit()
    )
}
