//! Pictures and numbers for elsewhere.

mod ansi;
mod history;
mod svg;

use std::path::Path;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Rect,
};

pub use ansi::ansi;
pub use svg::{colours, svg};

use super::{pictures::Pictures, save::SaveError, state::App, view};
use crate::files::{Existing, expand_home, write_as};

/// Writes what the ending of `path` calls for; says what that is.
pub fn export(app: &App, path: &Path, existing: Existing) -> Result<&'static str, SaveError> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let (what, text) = match ending {
        Some("svg") => ("the picture is", svg(&frame(app), &app.theme)),
        Some("txt") => ("the picture is", text(&frame(app))),
        Some("csv") => match &app.snapshot {
            Some(snapshot) => ("the history is", history::csv(snapshot)),
            None => return Err(SaveError::Refused("there is no history yet".into())),
        },
        _ => {
            return Err(SaveError::Refused(format!(
                "{}: a picture ends in .svg or .txt, the history in .csv",
                path.display()
            )));
        }
    };
    write_as(&expand_home(path), existing, |output| {
        output.write_all(text.as_bytes())
    })
    .map(|()| what)
    .map_err(|error| SaveError::of(path, &error))
}

/// What the screen shows, with pictures as half blocks.
pub fn frame(app: &App) -> Buffer {
    let app = App {
        pictures: Pictures::default(),
        ..app.clone()
    };
    let mut buffer = Buffer::empty(Rect::from(app.size));
    view::draw(&app, buffer.area, &mut buffer);
    buffer
}

/// A frame's symbols, row by row, without blanks at the ends.
pub fn text(frame: &Buffer) -> String {
    let rows = frame.content().chunks(usize::from(frame.area.width).max(1));
    rows.map(|row| {
        let symbols: String = row.iter().map(Cell::symbol).collect();
        format!("{}\n", symbols.trim_end())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::{tests::fixture, theme::Level, widgets::Marker};

    #[test]
    fn the_ending_decides() {
        let app = fixture::app(80, 24, Level::Rgb, Marker::Braille);
        let folder = tempfile::tempdir().unwrap();
        let kept = |name: &str| {
            export(&app, &folder.path().join(name), Existing::Kept).unwrap();
            std::fs::read_to_string(folder.path().join(name)).unwrap()
        };
        assert!(kept("a.svg").starts_with("<svg"));
        assert!(kept("a.txt").contains("Counterfactual training"));
        assert_eq!(kept("a.csv").lines().count(), 1 + 2 * 57);
        let refused = export(&app, &folder.path().join("a.png"), Existing::Kept).unwrap_err();
        let refused = refused.to_string();
        assert!(refused.contains(".svg"), "{refused}");
    }
}
