//! A screen for a class: what is on it is seen from the last row, on a projector that washes out greys.

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Rect,
    style::{Color, Modifier},
};

use super::fixture;
use crate::dashboard::{
    action::{Action, Panel},
    state::App,
    theme::{Level, seen::contrast},
    update::update,
    view,
    widgets::{Fill, Marker},
};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
/// Least contrast of text (WCAG 2.2, 1.4.6), and of marks and lines, which need 3 (1.4.11).
const TEXT: f64 = 7.0;
const MARKS: f64 = 4.5;

fn projected(size: (u16, u16), level: Level, marker: Marker) -> App {
    let mut app = fixture::app(size.0, size.1, level, marker);
    update(&mut app, Action::Projector);
    app
}

fn drawn(app: &App) -> Buffer {
    let mut buffer = Buffer::empty(Rect::from(app.size));
    view::draw(app, buffer.area, &mut buffer);
    buffer
}

/// The grounds of both classes, which meet within cells.
fn ground(app: &App) -> Vec<Color> {
    match app.theme.shades(2, app.boundary.ground).fill {
        Fill::Colours(ramps) => ramps.concat(),
        _ => Vec::new(),
    }
}

/// Foreground and background as they are seen.
fn colours(cell: &Cell) -> (Color, Color) {
    match cell.modifier.contains(Modifier::REVERSED) {
        true => (cell.bg, cell.fg),
        false => (cell.fg, cell.bg),
    }
}

#[test]
fn all_text_and_all_marks_stand_out() {
    for level in [Level::Sixteen, Level::Indexed, Level::Rgb] {
        for size in SIZES {
            for focus in Panel::ALL {
                let mut app = projected(size, level, Marker::Braille);
                update(&mut app, Action::Focus(focus));
                let ground = ground(&app);
                for cell in drawn(&app).content() {
                    let symbol = cell.symbol();
                    let (front, back) = colours(cell);
                    if symbol == " " || ground.contains(&front) {
                        continue;
                    }
                    let found = contrast(front, back);
                    let is_text = symbol.chars().all(char::is_alphanumeric);
                    let least = if is_text { TEXT } else { MARKS };
                    assert!(
                        found >= least,
                        "{level:?} {size:?} {focus:?}: `{symbol}` in {front:?} on {back:?}: {found:.1}"
                    );
                }
            }
        }
    }
}

#[test]
fn nothing_is_dim_whatever_the_terminal_shows() {
    for level in [Level::Off, Level::Sixteen, Level::Indexed, Level::Rgb] {
        for marker in [Marker::Braille, Marker::Ascii] {
            for size in SIZES {
                let app = projected(size, level, marker);
                let buffer = drawn(&app);
                let dim =
                    |cell: &&Cell| cell.modifier.contains(Modifier::DIM) && cell.symbol() != " ";
                let found = buffer.content().iter().find(dim);
                assert!(found.is_none(), "{level:?} {marker:?} {size:?}: {found:?}");
            }
        }
    }
}

#[test]
fn marks_are_large_and_the_boundary_is_thick() {
    for (level, size) in [Level::Off, Level::Rgb].into_iter().zip(SIZES) {
        let app = projected(size, level, Marker::Braille);
        let buffer = drawn(&app);
        let rows = buffer.content().chunks(usize::from(size.0));
        let lines: Vec<String> = rows
            .map(|row| row.iter().map(Cell::symbol).collect())
            .collect();
        let screen = lines.join("\n");
        let count = |text: &str| screen.matches(text).count();
        assert!(count("◖◗") > 5 && count("◢◣") > 5, "{screen}");
        assert!(count("█") > 10 && count(" ★ ") > 0, "{screen}");
        assert_eq!(count("•") + count("▴"), 0, "{screen}");
    }
}

#[test]
fn few_panels_are_shown_and_all_come_back() {
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    let before = app.layout().unwrap();
    update(&mut app, Action::Projector);
    let few: Vec<Panel> = app
        .layout()
        .unwrap()
        .panels
        .iter()
        .map(|shown| shown.0)
        .collect();
    assert_eq!(few, [Panel::Boundary, Panel::Scoreboard]);
    update(&mut app, Action::Projector);
    assert_eq!(app.layout().unwrap(), before);
}
