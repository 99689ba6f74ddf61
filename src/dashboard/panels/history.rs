//! The run as a line: where it is, where it was changed, and how far it can be scrubbed.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
    text::Span,
};

use super::{line, timeline};
use crate::{
    dashboard::{
        action::Action,
        state::App,
        widgets::{put, width},
    },
    session::Snapshot,
};

/// Draws the line.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return;
    };
    let theme = &app.theme;
    let [left, right] = keys(app);
    let spans = vec![
        Span::styled(" History ", theme.faint),
        Span::styled(left, theme.accent),
    ];
    line(buffer, area, 0, spans);
    let track = track(app, snapshot, area);
    draw_track(app, snapshot, track, buffer);
    let after = track.right() + 1;
    put(buffer, area, (after, area.y), &right, theme.accent);
    let style = if is_past(snapshot) {
        theme.warning
    } else {
        theme.faint
    };
    let note = note(snapshot, area.width);
    let at = (after + width(&right) + 1, area.y);
    put(buffer, area, at, &note, style);
}

/// Where the run is drawn, between the keys.
fn track(app: &App, snapshot: &Snapshot, area: Rect) -> Rect {
    let [left, right] = keys(app).map(|key| width(&key));
    let taken = left + right + width(&note(snapshot, area.width)) + 12;
    Rect {
        x: area.x + 10 + left,
        width: area.width.saturating_sub(taken),
        ..area
    }
}

/// The trained epoch at a place on the screen.
pub fn at(app: &App, area: Rect, at: Position) -> Option<usize> {
    let snapshot = app.snapshot.as_deref()?;
    let track = track(app, snapshot, area);
    let last = f64::from(track.width.checked_sub(1).filter(|last| *last > 0)?);
    let share = f64::from(at.x.checked_sub(track.x)?) / last;
    let epoch = (share * timeline::epochs(snapshot).upper()).round() as usize;
    (track.contains(at) && epoch <= snapshot.newest_epoch).then_some(epoch)
}

fn is_past(snapshot: &Snapshot) -> bool {
    snapshot.epoch < snapshot.newest_epoch
}

fn keys(app: &App) -> [String; 2] {
    [-1, 1].map(|by| app.keymap.key(&Action::Scrub(by)).unwrap_or_default())
}

/// What going on from here means, or what the marks are.
fn note(snapshot: &Snapshot, columns: u16) -> String {
    let (epoch, newest) = (snapshot.epoch, snapshot.newest_epoch);
    if is_past(snapshot) {
        return match columns >= 100 {
            true => format!("epoch {epoch} of {newest} trained; going on overwrites the rest"),
            false => format!("epoch {epoch} of {newest}"),
        };
    }
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let forks = snapshot.arms.iter().filter(|arm| arm.parent.is_some());
    let parts = [
        counted(snapshot.recipe.changes(), "change", "changes"),
        counted(forks.count(), "fork (Y)", "forks (Y)"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn draw_track(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let epochs = timeline::epochs(snapshot);
    let column = |epoch: usize| {
        let share = epochs.fraction(epoch as f64).unwrap_or(0.0).clamp(0.0, 1.0);
        area.x + (share * f64::from(area.width.saturating_sub(1))).round() as u16
    };
    let mut mark = |at: u16, glyph: char, style: Style| {
        put(
            buffer,
            area,
            (at, area.y),
            glyph.encode_utf8(&mut [0; 4]),
            style,
        );
    };
    let (newest, present) = (column(snapshot.newest_epoch), column(snapshot.epoch));
    for at in area.left()..area.right() {
        match at {
            _ if at <= present => mark(at, theme.glyph('━', '='), theme.arm(1)),
            _ if at <= newest => mark(at, theme.glyph('━', '='), theme.faint),
            _ => mark(at, theme.glyph('─', '-'), theme.border),
        }
    }
    for change in snapshot.recipe.arms.iter().flat_map(|arm| &arm.changes) {
        mark(column(change.epoch), theme.glyph('◆', 'c'), theme.warning);
    }
    let parents = snapshot.arms.iter().filter_map(|arm| arm.parent.as_ref());
    for parent in parents {
        mark(column(parent.epoch), 'Y', theme.accent);
    }
    mark(present, theme.glyph('●', 'O'), theme.text);
}
