//! Decision boundaries of both arms, with samples and counterfactuals.

mod frame;
mod legend;
pub mod pick;
mod scene;

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Flex, Layout, Margin, Rect},
    widgets::Widget,
};

use super::block;
use crate::{
    dashboard::{action::Panel, state::App},
    session::Snapshot,
};

/// Width from which both arms stand side by side.
const BOTH: u16 = 60;
/// Height from which they stand one above the other where that is too narrow.
const STACKED: u16 = 14;

/// Least size of a boundary beside others, where there are more than two.
const CELL: (u16, u16) = (30, 11);

/// Where the arms are drawn, equally large: side by side, or in two rows, whichever is nearer to a
/// square each; the focused one alone where there is no room for that.
///
/// ```text
/// ┌────┐┌────┐   ┌───┐┌───┐┌───┐┌───┐   ┌────┐┌────┐   ┌ CT · o: BL AR CD ┐
/// │ BL ││ CT │   │BL ││CT ││AR ││CD │   │ BL ││ CT │   │                  │
/// └────┘└────┘   └───┘└───┘└───┘└───┘   ├────┤├────┤   │                  │
///                                       │ AR ││ CD │   │                  │
///                                       └────┘└────┘   └──────────────────┘
/// ```
pub fn arms(app: &App, snapshot: &Snapshot, area: Rect) -> Vec<(usize, Rect)> {
    let count = snapshot.arms.len();
    match columns(count as u16, area) {
        Some(columns) => cells(count, columns, area),
        None => vec![(app.focused(snapshot), area)],
    }
}

/// How many of so many arms stand beside each other, if all can be shown.
fn columns(count: u16, area: Rect) -> Option<u16> {
    match count {
        0 | 1 => return Some(1),
        2 if area.width >= BOTH => return Some(2),
        2 => return (area.height >= STACKED).then_some(1),
        _ => {}
    }
    let size = |columns: u16| (area.width / columns, area.height / count.div_ceil(columns));
    let oblong = |columns: u16| {
        let (width, height) = size(columns);
        (f64::from(width) / f64::from(2 * height.max(1))).ln().abs()
    };
    [count, 2]
        .into_iter()
        .filter(|&columns| size(columns).0 >= CELL.0 && size(columns).1 >= CELL.1)
        .min_by(|&a, &b| oblong(a).total_cmp(&oblong(b)))
}

/// `count` rectangles of one size, in rows of `columns`.
fn cells(count: usize, columns: u16, area: Rect) -> Vec<(usize, Rect)> {
    let rows = (count as u16).div_ceil(columns.max(1)).max(1);
    let parts = |count: u16, length: u16| vec![Constraint::Length(length / count); count.into()];
    let heights = Layout::vertical(parts(rows, area.height)).flex(Flex::SpaceBetween);
    let widths = Layout::horizontal(parts(columns, area.width)).flex(Flex::SpaceBetween);
    let rows = heights.split(area);
    let cells = rows.iter().flat_map(|row| widths.split(*row).to_vec());
    cells.take(count).enumerate().collect()
}

/// The part of an arm's `area` that shows the plane.
pub fn plot(snapshot: &Snapshot, area: Rect) -> Rect {
    let [x, y] = frame::ticks(snapshot, area);
    frame::axes(snapshot, &x, &y).inner(inside(area))
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let focused = app.arrangement.focus == Panel::Boundary;
    let Some(snapshot) = app.snapshot.as_deref() else {
        return empty(app, area, buffer);
    };
    let placed = arms(app, snapshot, area);
    let all: Vec<usize> = placed.iter().map(|(arm, _)| *arm).collect();
    for &(arm, area) in &placed {
        let scene = scene::Scene {
            app,
            snapshot,
            arm,
            plot: plot(snapshot, area),
        };
        let legend = |columns| legend::legend(app, snapshot, arm, &all, columns);
        let taken = legend(area.width).width() as u16 + 2;
        let marks = scene.marks();
        let outside = legend::outside(app, &marks, area.width.saturating_sub(taken));
        let room = area.width.saturating_sub(outside.width() as u16);
        block(&app.theme, focused)
            .title_top(legend::title(app, snapshot, arm, &all, area.width))
            .title_bottom(legend(room))
            .title_bottom(outside.right_aligned())
            .render(area, buffer);
        axes(app, snapshot, area, buffer);
        scene.draw(&marks, buffer);
    }
}

/// Frames before the first snapshot.
fn empty(app: &App, area: Rect, buffer: &mut Buffer) {
    let focused = app.arrangement.focus == Panel::Boundary;
    for (_, area) in cells(2, columns(2, area).unwrap_or(1), area) {
        block(&app.theme, focused).render(area, buffer);
    }
}

fn axes(app: &App, snapshot: &Snapshot, area: Rect, buffer: &mut Buffer) {
    let [x, y] = frame::ticks(snapshot, area);
    let mut axes = frame::axes(snapshot, &x, &y);
    (axes.line, axes.text, axes.ascii) = (app.theme.border, app.theme.faint, app.theme.ascii());
    axes.render(inside(area), buffer);
}

fn inside(area: Rect) -> Rect {
    area.inner(Margin::new(1, 1))
}
