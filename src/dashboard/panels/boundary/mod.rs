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

/// Where the arms are drawn, equally large: side by side if there is room, else the baseline above
/// the other; counterfactual training alone where there is no room for both.
pub fn arms(area: Rect) -> Vec<(usize, Rect)> {
    if area.width < BOTH && area.height < STACKED {
        return vec![(1, area)];
    }
    let beside = area.width >= BOTH;
    let half = Constraint::Length(if beside { area.width } else { area.height } / 2);
    let halves = match beside {
        true => Layout::horizontal([half, half]),
        false => Layout::vertical([half, half]),
    };
    let [first, second] = halves.flex(Flex::SpaceBetween).areas(area);
    vec![(0, first), (1, second)]
}

/// The part of an arm's `area` that shows the plane.
pub fn plot(snapshot: &Snapshot, area: Rect) -> Rect {
    let [x, y] = frame::ticks(snapshot, area);
    frame::axes(snapshot, &x, &y).inner(inside(area))
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let whole = area;
    let drawn = arms(whole);
    for &(arm, area) in &drawn {
        let focused = app.arrangement.focus == Panel::Boundary;
        let mut outline = block(&app.theme, focused);
        if let Some(snapshot) = app.snapshot.as_deref() {
            let all = drawn.iter().map(|(arm, _)| *arm).collect::<Vec<_>>();
            outline = outline
                .title_top(legend::title(app, snapshot, arm, &all, area.width))
                .title_bottom(legend::legend(
                    app,
                    snapshot,
                    arm,
                    area == whole,
                    area.width,
                ));
        }
        outline.render(area, buffer);
        if let Some(snapshot) = app.snapshot.as_deref() {
            draw_arm(app, snapshot, arm, area, buffer);
        }
    }
}

fn draw_arm(app: &App, snapshot: &Snapshot, arm: usize, area: Rect, buffer: &mut Buffer) {
    let [x, y] = frame::ticks(snapshot, area);
    let mut axes = frame::axes(snapshot, &x, &y);
    (axes.line, axes.text, axes.ascii) = (app.theme.border, app.theme.faint, app.theme.ascii());
    axes.render(inside(area), buffer);
    let plot = axes.inner(inside(area));
    scene::Scene {
        app,
        snapshot,
        arm,
        plot,
    }
    .draw(buffer);
}

fn inside(area: Rect) -> Rect {
    area.inner(Margin::new(1, 1))
}
