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
    dashboard::{action::Panel, app::App, theme::Ground},
    data::Samples,
    session::{Axes, Snapshot},
};

/// Which samples are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Those held out.
    #[default]
    Test,
    /// Those trained with.
    Train,
    /// None.
    Nothing,
}

impl Shown {
    /// The next choice, wrapping around.
    pub fn next(self) -> Self {
        match self {
            Self::Test => Self::Train,
            Self::Train => Self::Nothing,
            Self::Nothing => Self::Test,
        }
    }

    /// The samples of a snapshot that are drawn, if any.
    pub fn of(self, snapshot: &Snapshot) -> Option<&Samples> {
        match self {
            Self::Test => Some(&snapshot.dataset.test),
            Self::Train => Some(&snapshot.dataset.train),
            Self::Nothing => None,
        }
    }
}

/// What the panel remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Which samples are drawn.
    pub samples: Shown,
    /// The only class whose samples and counterfactuals are drawn, unless all are.
    pub only: Option<usize>,
    /// Whether paths of counterfactuals are drawn.
    pub paths: bool,
    /// Whether the neighbours are drawn that training contrasts counterfactuals with.
    pub neighbours: bool,
    /// How much of the class probabilities is drawn.
    pub ground: Ground,
    /// Whether the boundary of some epochs ago is drawn.
    pub ghost: bool,
    /// The plane that was chosen; otherwise it depends on the number of features.
    pub axes: Option<Axes>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            samples: Shown::Test,
            only: None,
            paths: true,
            neighbours: false,
            ground: Ground::Shaded,
            ghost: true,
            axes: None,
        }
    }
}

impl State {
    /// The plane to show data of `features` features on: their principal components if there are
    /// more than two.
    pub fn plane(&self, features: usize) -> Axes {
        let usual = match features {
            0..=2 => Axes::Features(0, 1),
            _ => Axes::PrincipalComponents,
        };
        self.axes.unwrap_or(usual)
    }

    /// Whether samples of a class are drawn.
    pub fn shows(&self, class: usize) -> bool {
        self.only.is_none_or(|only| only == class)
    }
}

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
