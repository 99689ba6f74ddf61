//! The parts of the screen: one file each, how each is drawn.

pub mod banner;
pub mod boundary;
pub mod burden;
pub mod card;
pub mod code;
pub mod command_line;
pub mod counterfactuals;
pub mod features;
pub mod footer;
pub mod header;
pub mod help;
pub mod history;
pub mod inspector;
pub mod losses;
pub mod messages;
pub mod notice;
mod overlay;
pub mod parameters;
pub mod picker;
pub mod robustness;
pub mod scoreboard;
pub mod slow_motion;
pub mod sweep;
pub mod tabs;
mod timeline;

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Rect},
    style::Style,
    symbols::border,
    text::{Line, Span},
    widgets::{Block, Widget},
};

use super::{
    action::Panel,
    state::App,
    theme::Theme,
    widgets::{distinct, put, width, wrapped},
};
use crate::session::Snapshot;

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// Whose values a panel shows, where there are several arms.
fn whose<'a>(app: &App) -> Vec<Span<'a>> {
    let Some(snapshot) = app.snapshot.as_deref().filter(|known| known.arms.len() > 1) else {
        return Vec::new();
    };
    let arm = app.focused_arm(snapshot);
    let style = app.theme.arm(app.focused(snapshot));
    let text = match app.all_arms {
        true => format!("{} and all others ", arm.name),
        false => format!("{} ", arm.name),
    };
    vec![Span::styled(text, style)]
}

/// Draws a panel with its frame.
pub fn render(panel: Panel, app: &App, area: Rect, buffer: &mut Buffer) {
    match panel {
        Panel::Boundary => boundary::render(app, area, buffer),
        Panel::Losses => losses::render(app, area, buffer),
        Panel::Counterfactuals => counterfactuals::render(app, area, buffer),
        Panel::Robustness => robustness::render(app, area, buffer),
        Panel::Parameters => parameters::render(app, area, buffer),
        Panel::Features => features::render(app, area, buffer),
        Panel::Scoreboard => scoreboard::render(app, area, buffer),
        Panel::Inspector => inspector::render(app, area, buffer),
        Panel::Burden => burden::render(app, area, buffer),
    }
}

/// An empty frame in the style of the theme.
pub fn block(theme: &Theme, focused: bool) -> Block<'static> {
    let set = if theme.ascii() {
        ASCII_BORDER
    } else {
        border::ROUNDED
    };
    let style = if focused { theme.focus } else { theme.border };
    Block::bordered().border_set(set).border_style(style)
}

/// The first of `spans` that fit into `columns` as a whole; of a single long one, its beginning.
fn whole<'a>(spans: Vec<Span<'a>>, columns: u16) -> Vec<Span<'a>> {
    let mut used = 0;
    let fits = |span: &Span<'_>| {
        used += span.width();
        used <= usize::from(columns)
    };
    let count = spans.iter().map(fits).take_while(|fits| *fits).count();
    spans.into_iter().take(count.max(1)).collect()
}

/// Draws the frame of `panel`, with its number, its title and the remarks that fit; what remains
/// inside.
fn frame(app: &App, panel: Panel, remarks: Vec<Span<'_>>, area: Rect, buffer: &mut Buffer) -> Rect {
    let mut title = vec![
        Span::styled(format!(" {} ", panel.number()), app.theme.accent),
        Span::styled(format!("{} ", panel.title()), app.theme.title),
    ];
    title.extend(remarks);
    let title = Line::from(whole(title, area.width.saturating_sub(2)));
    let block = block(&app.theme, app.arrangement.focus == panel).title_top(title);
    let inner = block.inner(area);
    block.render(area, buffer);
    inner
}

/// Names of all features in `columns`, different ones differently.
fn names(snapshot: &Snapshot, columns: u16) -> Vec<String> {
    let features = snapshot.dataset.features.iter();
    let names: Vec<_> = features.map(|feature| feature.shown_name()).collect();
    distinct(&names, columns)
}

/// Announces in the lower border of a list's frame how many rows are above and below those shown.
fn fold(app: &App, area: Rect, (above, below): (usize, usize), buffer: &mut Buffer) {
    let theme = &app.theme;
    let part = |count: usize, arrow: char| match count {
        0 => String::new(),
        _ => format!("{arrow}{count} "),
    };
    let (up, down) = (theme.glyph('↑', '^'), theme.glyph('↓', 'v'));
    let text = format!(" {}{}more ", part(above, up), part(below, down));
    let columns = width(&text);
    if above + below > 0 && area.width > columns + 2 && area.height > 2 {
        let at = (area.right() - columns - 1, area.bottom() - 1);
        put(buffer, area, at, &text, theme.faint);
    }
}

/// How long ago something was measured, unless that was in the present epoch.
fn age<'a>(app: &App, snapshot: &Snapshot, epoch: usize) -> Vec<Span<'a>> {
    let text = match snapshot.epoch.abs_diff(epoch) {
        0 => return Vec::new(),
        1 => "1 epoch ago ".to_owned(),
        _ if epoch > snapshot.epoch => format!("of epoch {epoch} "),
        age => format!("{age} epochs ago "),
    };
    vec![Span::styled(text, app.theme.faint)]
}

/// One line of text, without what doesn't fit as a whole.
fn line(buffer: &mut Buffer, area: Rect, row: u16, spans: Vec<Span<'_>>) {
    if row < area.height {
        let area = Rect {
            y: area.y + row,
            height: 1,
            ..area
        };
        Line::from(whole(spans, area.width)).render(area, buffer);
    }
}

/// A remark in the middle of an area that has nothing to show yet.
fn remark(buffer: &mut Buffer, area: Rect, text: &str, style: Style) {
    let lines: Vec<Line<'_>> = wrapped(text, area.width)
        .into_iter()
        .map(|line| Line::styled(line, style).centered())
        .collect();
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let middle = area.centered_vertically(Constraint::Length(height.min(area.height)));
    for (line, row) in lines.into_iter().zip(middle.rows()) {
        line.render(row, buffer);
    }
}

/// A share as people read it, such as `98.2 %`.
pub(in crate::dashboard) fn percent(share: f32) -> String {
    if share.is_finite() {
        format!("{:.1} %", 100.0 * share)
    } else {
        "–".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_left_out_as_a_whole() {
        let text = |columns| {
            let spans = ["one ", "two ", "three"].map(Span::raw);
            Line::from(whole(spans.to_vec(), columns)).to_string()
        };
        assert_eq!(text(13), "one two three");
        assert_eq!(text(12), "one two ");
        assert_eq!(text(4), "one ");
        assert_eq!(text(2), "one ");
    }
}
