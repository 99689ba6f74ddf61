//! The factual and its counterfactual for every class, as images.

use ndarray::ArrayView1;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    counterfactual::Walk,
    dashboard::{
        app::App,
        widgets::{Picture, fit, put},
    },
    session::{Example, Snapshot},
};

/// Least columns of an image with its title.
const TITLE: u16 = 8;

/// Draws the images at the top of `area`, the baseline's above those of the other arm where there is
/// room for two rows, else beside them; what is left below.
pub(super) fn render(
    app: &App,
    snapshot: &Snapshot,
    (rows, columns): (usize, usize),
    area: Rect,
    buffer: &mut Buffer,
) -> Rect {
    let Some(row) = app
        .inspector
        .row
        .filter(|row| *row < snapshot.dataset.test.len())
    else {
        return area;
    };
    let (cells, lines) = cells((columns, rows), area);
    let gallery = Gallery {
        app,
        size: (columns, rows),
        cells,
        area,
    };
    let factual = snapshot.dataset.test.x.row(row);
    gallery.hang((0, 0), "factual", factual, app.theme.faint, buffer);
    for (arm, state) in snapshot.arms.iter().enumerate() {
        for (place, example) in ordered(app, &state.walks.selected, row).enumerate() {
            let Some(point) = last(&example.walk) else {
                continue;
            };
            let at = match lines {
                2 => (place + 1, arm as u16),
                _ => (2 * place + arm + 1, 0),
            };
            let title = title(app, snapshot, arm, example);
            let style = app.theme.arms[arm];
            gallery.hang(at, &title, point, style, buffer);
        }
    }
    let used = (lines * (cells.1 + 1)).min(area.height);
    Rect {
        y: area.y + used,
        height: area.height - used,
        ..area
    }
}

/// The searches of a row, the shown target first.
fn ordered<'a>(
    app: &App,
    searches: &'a [Example],
    row: usize,
) -> impl Iterator<Item = &'a Example> {
    let target = app.inspector.target;
    let of_row = move |example: &&Example| example.row == row;
    let first = searches.iter().filter(of_row);
    let first = first.filter(move |example| Some(example.walk.target) == target);
    let rest = searches.iter().filter(of_row);
    first.chain(rest.filter(move |example| Some(example.walk.target) != target))
}

/// Cells per image and lines of images: as little shrunk as fits, two lines if possible.
fn cells(size: (usize, usize), area: Rect) -> ((u16, u16), u16) {
    for shrink in 1..=8 {
        let cells = Picture::cells((size.0 / shrink, size.1 / shrink));
        let pitch = cells.0.max(TITLE) + 1;
        for (lines, columns) in [(2, 2), (1, 3)] {
            if columns * pitch <= area.width + 1 && lines * (cells.1 + 1) <= area.height {
                return ((cells.0.max(1), cells.1.max(1)), lines);
            }
        }
    }
    ((1, 1), 1)
}

fn last(walk: &Walk) -> Option<ArrayView1<'_, f32>> {
    let last = walk.points.nrows().checked_sub(1)?;
    Some(walk.points.row(last))
}

/// Arm, target class, and whether it was reached.
fn title(app: &App, snapshot: &Snapshot, arm: usize, example: &Example) -> String {
    let class = snapshot.dataset.classes.get(example.walk.target);
    let end = match example.walk.outcome.mature {
        true => app.theme.glyph('★', '*'),
        false => app.theme.glyph('✗', '!'),
    };
    format!(
        "{} {}{end}",
        snapshot.arms[arm].objective.abbreviation(),
        class.map_or("", String::as_str)
    )
}

struct Gallery<'a> {
    app: &'a App,
    /// Columns and rows of pixels.
    size: (usize, usize),
    /// Columns and rows of cells.
    cells: (u16, u16),
    area: Rect,
}

impl Gallery<'_> {
    /// Hangs an image with its title at a place of the grid, if it fits.
    fn hang(
        &self,
        (column, row): (usize, u16),
        title: &str,
        pixels: ArrayView1<'_, f32>,
        style: Style,
        buffer: &mut Buffer,
    ) {
        let width = self.cells.0.max(TITLE);
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        let place = Rect {
            x: self.area.x.saturating_add(column.saturating_mul(width + 1)),
            y: self.area.y + row * (self.cells.1 + 1),
            width,
            height: self.cells.1 + 1,
        };
        if place.intersection(self.area) != place {
            return;
        }
        let at = (place.x, place.y);
        put(buffer, place, at, &fit(title, place.width), style);
        let theme = &self.app.theme;
        let picture = Picture {
            size: self.size,
            brightness: pixels.iter().map(|&pixel| 0.5 * (pixel + 1.0)).collect(),
            greys: theme.greys(),
            ascii: theme.ascii(),
        };
        let below = Rect {
            y: place.y + 1,
            width: self.cells.0,
            height: self.cells.1,
            ..place
        };
        picture.draw(below, theme.text, buffer);
    }
}
