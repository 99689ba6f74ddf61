//! The factual and its counterfactual for every class, as images.

use ndarray::ArrayView1;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    counterfactual::Trajectory,
    dashboard::{
        pictures::{Grey, Key, Wanted},
        state::App,
        widgets::{Picture, fit, put},
    },
    session::{Example, Snapshot, Trajectories},
};

/// Least columns of an image with its title.
const TITLE: u16 = 8;
/// How much smaller true pixels may be drawn than half blocks would be.
const MAX_SHRINK: usize = 3;

/// An image and its place of the grid.
struct Image<'a> {
    /// What it shows.
    key: Key,
    title: String,
    style: Style,
    /// Column and row of the grid.
    at: (usize, u16),
    pixels: ArrayView1<'a, f32>,
}

/// An image where it hangs.
pub(super) struct Hung<'a> {
    image: Image<'a>,
    /// Where the title and the image below it are.
    place: Rect,
    /// Columns and rows of cells of the image.
    cells: (u16, u16),
}

/// The images that fit at the top of `area`, the baseline's above those of the other arm where there
/// is room for two rows, else beside them; and what is left below.
pub(super) fn hang<'a>(
    app: &App,
    snapshot: &'a Snapshot,
    (rows, columns): (usize, usize),
    area: Rect,
) -> (Vec<Hung<'a>>, Rect) {
    let test = &snapshot.dataset.test;
    let Some(row) = app.inspector.row.filter(|row| *row < test.len()) else {
        return (Vec::new(), area);
    };
    let targets = ordered(app, &snapshot.reference().trajectories, row).count();
    let all_at_once = match app.pictures.are_pixels() {
        true => cells_for_all((columns, rows), area, targets),
        false => None,
    };
    let (cells, lines) = all_at_once.unwrap_or_else(|| cells((columns, rows), area));
    let hung = |image: Image<'a>| {
        let place = place(image.at, cells, area)?;
        Some(Hung {
            image,
            place,
            cells,
        })
    };
    let images = images(app, snapshot, row, lines).into_iter();
    let used = (lines * (cells.1 + 1)).min(area.height);
    let rest = Rect {
        y: area.y + used,
        height: area.height - used,
        ..area
    };
    (images.filter_map(hung).collect(), rest)
}

/// The factual in `row` of the test set, and its counterfactuals in one or two `lines` of the grid.
fn images<'a>(app: &App, snapshot: &'a Snapshot, row: usize, lines: u16) -> Vec<Image<'a>> {
    let key = |counterfactual| Key {
        row,
        counterfactual,
    };
    let mut images = vec![Image {
        key: key(None),
        title: "factual".to_owned(),
        style: app.theme.faint,
        at: (0, 0),
        pixels: snapshot.dataset.test.x.row(row),
    }];
    for arm in app.compared(snapshot) {
        let state = &snapshot.arms[arm];
        let searches = ordered(app, &state.trajectories, row).enumerate();
        images.extend(searches.filter_map(|(position, example)| {
            Some(Image {
                key: key(Some((arm, example.trajectory.target))),
                title: title(app, snapshot, arm, example),
                style: app.theme.arm(arm),
                at: match lines {
                    2 => (position + 1, arm as u16),
                    _ => (2 * position + arm + 1, 0),
                },
                pixels: last(&example.trajectory)?,
            })
        }));
    }
    images
}

/// Draws the images, as true pixels if they are encoded.
pub(super) fn render(app: &App, size: (usize, usize), hung: &[Hung<'_>], buffer: &mut Buffer) {
    let theme = &app.theme;
    for (
        position,
        Hung {
            image,
            place,
            cells,
        },
    ) in hung.iter().enumerate()
    {
        let title = fit(&image.title, place.width);
        put(buffer, *place, (place.x, place.y), &title, image.style);
        let below = Rect {
            y: place.y + 1,
            width: cells.0,
            height: cells.1,
            ..*place
        };
        if app.pictures.draw(position, image.key, below, buffer) {
            continue;
        }
        let picture = Picture {
            size: (size.1, size.0),
            brightness: image
                .pixels
                .iter()
                .map(|&pixel| brightness(pixel))
                .collect(),
            greys: theme.greys(),
            ascii: theme.ascii(),
        };
        picture.draw(below, theme.text, buffer);
    }
}

/// The images as true pixels.
pub(super) fn wanted(size: (usize, usize), hung: &[Hung<'_>]) -> Vec<Wanted> {
    let byte = |&pixel: &f32| (255.0 * brightness(pixel)).round() as u8;
    let wanted = |Hung { image, cells, .. }: &Hung<'_>| Wanted {
        key: image.key,
        cells: (*cells).into(),
        grey: Grey {
            size: (size.1, size.0),
            pixels: image.pixels.iter().map(byte).collect(),
        },
    };
    hung.iter().map(wanted).collect()
}

/// Brightness from 0 to 1 of a pixel in model units.
fn brightness(pixel: f32) -> f32 {
    0.5 * (pixel + 1.0)
}

/// Where an image with its title hangs at a place of the grid, if it fits.
fn place((column, row): (usize, u16), cells: (u16, u16), area: Rect) -> Option<Rect> {
    let width = cells.0.max(TITLE);
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    let place = Rect {
        x: area.x.saturating_add(column.saturating_mul(width + 1)),
        y: area.y + row * (cells.1 + 1),
        width,
        height: cells.1 + 1,
    };
    (place.intersection(area) == place).then_some(place)
}

/// The searches of a row, the shown target first.
fn ordered<'a>(
    app: &App,
    searches: &'a Trajectories,
    row: usize,
) -> impl Iterator<Item = &'a Example> {
    let target = app.inspector.class(searches);
    let of_row = move |example: &&Example| example.row == row;
    let searches = &searches.selected;
    let first = searches.iter().filter(of_row);
    let first = first.filter(move |example| Some(example.trajectory.target) == target);
    let rest = searches.iter().filter(of_row);
    first.chain(rest.filter(move |example| Some(example.trajectory.target) != target))
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

/// As [`cells`], but with room for the counterfactuals of all `targets`: true pixels can be smaller
/// than cells. `None` if that is too small all the same.
fn cells_for_all(size: (usize, usize), area: Rect, targets: usize) -> Option<((u16, u16), u16)> {
    let columns = u16::try_from(targets).ok()?.checked_add(1)?;
    (1..=MAX_SHRINK).find_map(|shrink| {
        let cells = Picture::cells((size.0 / shrink, size.1 / shrink));
        let width = columns.checked_mul(cells.0.max(TITLE) + 1)?;
        let fits = width <= area.width + 1 && 2 * (cells.1 + 1) <= area.height;
        (fits && cells.0 > 0 && cells.1 > 0).then_some((cells, 2))
    })
}

fn last(trajectory: &Trajectory) -> Option<ArrayView1<'_, f32>> {
    let last = trajectory.points.nrows().checked_sub(1)?;
    Some(trajectory.points.row(last))
}

/// Arm, target class, and whether it was reached.
fn title(app: &App, snapshot: &Snapshot, arm: usize, example: &Example) -> String {
    let class = (snapshot.dataset).shown_class(example.trajectory.target);
    let end = match example.trajectory.outcome.mature {
        true => app.theme.glyph('★', '*'),
        false => app.theme.glyph('✗', '!'),
    };
    format!("{} {class}{end}", snapshot.arms[arm].name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn true_pixels_shrink_until_all_classes_fit() {
        let screen = Rect::new(0, 0, 158, 45);
        assert_eq!(cells((28, 28), screen), ((28, 14), 2));
        assert_eq!(cells_for_all((28, 28), screen, 9), Some(((14, 7), 2)));
        assert_eq!(cells_for_all((28, 28), screen, 2), Some(((28, 14), 2)));
        assert_eq!(cells_for_all((28, 28), Rect::new(0, 0, 50, 45), 9), None);
        assert_eq!(cells_for_all((28, 28), Rect::ZERO, 1), None);
    }
}
