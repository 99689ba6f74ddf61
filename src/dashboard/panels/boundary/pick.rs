//! Which sample is meant: by keyboard, or by a place on the screen.

use ratatui::layout::Rect;

use super::{arms, plot, scene::drawn};
use crate::{
    dashboard::{
        action::{Direction, Panel},
        state::{App, boundary::Shown},
    },
    session::Snapshot,
};

/// How much shorter a cell's width is than its height.
const ASPECT: f64 = 0.5;

/// The drawn test sample nearest to `from` in a direction; without one, nearest to the middle.
pub fn towards(app: &App, direction: Direction, from: Option<usize>) -> Option<usize> {
    let snapshot = app.snapshot.as_deref()?;
    let (_, plot) = plots(app)?.pop()?;
    let cells = Cells { snapshot, plot };
    let test = &snapshot.dataset.test;
    let rows = drawn(app, snapshot, test, plot);
    let Some(from) = from.filter(|&row| row < test.len()) else {
        let middle = (0.5, 0.5);
        return rows.into_iter().min_by(|&a, &b| {
            cells
                .distance(a, middle)
                .total_cmp(&cells.distance(b, middle))
        });
    };
    let start = cells.place(from);
    let effort = |row: usize| {
        let (right, up) = cells.offset(row, start);
        let (along, across) = match direction {
            Direction::Up => (up, right),
            Direction::Down => (-up, right),
            Direction::Left => (-right, up),
            Direction::Right => (right, up),
        };
        let ahead = along > 0.0 && across.abs() <= 2.0 * along;
        ahead.then_some(along + 2.0 * across.abs())
    };
    let reachable = rows
        .into_iter()
        .filter_map(|row| Some((row, effort(row)?)))
        .min_by(|a, b| a.1.total_cmp(&b.1));
    reachable.map(|(row, _)| row)
}

/// The test sample drawn nearest to a cell of the screen, if the cell shows a boundary's plane.
pub fn at(app: &App, column: u16, row: u16) -> Option<usize> {
    let snapshot = app.snapshot.as_deref()?;
    let cell = (column, row).into();
    let (_, plot) = plots(app)?
        .into_iter()
        .find(|(_, plot)| plot.contains(cell))?;
    let share = |at: u16, start: u16, length: u16| {
        f64::from(at - start) / f64::from(length.saturating_sub(1).max(1))
    };
    let at = (
        share(column, plot.x, plot.width),
        1.0 - share(row, plot.y, plot.height),
    );
    let cells = Cells { snapshot, plot };
    drawn(app, snapshot, &snapshot.dataset.test, plot)
        .into_iter()
        .min_by(|&a, &b| cells.distance(a, at).total_cmp(&cells.distance(b, at)))
        .filter(|_| app.boundary.samples == Shown::Test)
}

/// The arms on the screen and where they show the plane.
pub fn plots(app: &App) -> Option<Vec<(usize, Rect)>> {
    let snapshot = app.snapshot.as_ref()?;
    let layout = app.layout()?;
    let (_, area) = layout
        .panels
        .iter()
        .find(|(panel, _)| *panel == Panel::Boundary)?;
    let plots = arms(app, snapshot, *area)
        .into_iter()
        .map(|(arm, area)| (arm, plot(snapshot, area)));
    Some(plots.collect())
}

/// Distances as they are seen on the screen.
struct Cells<'a> {
    snapshot: &'a Snapshot,
    plot: Rect,
}

impl Cells<'_> {
    fn place(&self, row: usize) -> (f64, f64) {
        let point = self.snapshot.dataset.test.x.row(row);
        self.snapshot.projection.place(point)
    }

    /// From a place to a sample, to the right and up, in heights of a cell.
    fn offset(&self, row: usize, from: (f64, f64)) -> (f64, f64) {
        let to = self.place(row);
        (
            ASPECT * f64::from(self.plot.width) * (to.0 - from.0),
            f64::from(self.plot.height) * (to.1 - from.1),
        )
    }

    fn distance(&self, row: usize, from: (f64, f64)) -> f64 {
        let (right, up) = self.offset(row, from);
        right.hypot(up)
    }
}
