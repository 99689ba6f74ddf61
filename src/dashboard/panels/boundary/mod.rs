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

/// Where the arms are drawn, equally large: both if there is room, else counterfactual training alone.
pub fn arms(area: Rect) -> Vec<(usize, Rect)> {
    if area.width < BOTH {
        return vec![(1, area)];
    }
    let half = Constraint::Length(area.width / 2);
    let [left, right] = Layout::horizontal([half, half])
        .flex(Flex::SpaceBetween)
        .areas(area);
    vec![(0, left), (1, right)]
}

/// The part of an arm's `area` that shows the plane.
pub fn plot(snapshot: &Snapshot, area: Rect) -> Rect {
    let [x, y] = frame::ticks(snapshot, area);
    frame::axes(snapshot, &x, &y).inner(inside(area))
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let whole = area;
    for (arm, area) in arms(whole) {
        let focused = app.arrangement.focus == Panel::Boundary;
        let mut outline = block(&app.theme, focused);
        if let Some(snapshot) = app.snapshot.as_deref() {
            outline = outline
                .title_top(legend::title(app, snapshot, arm, area.width))
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
