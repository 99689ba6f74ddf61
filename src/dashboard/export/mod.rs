//! Pictures and numbers for elsewhere.

mod ansi;
mod history;
mod png;
mod svg;

use std::path::Path;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Rect,
};

pub use ansi::ansi;
use png::png;
pub use svg::{colours, svg};

use super::{
    handout, letter::resting, pictures::Pictures, save::SaveError, share::Shared, state::App,
    update, view,
};
use crate::{
    files::{Existing, expand_home, write_as},
    session::Snapshot,
};

/// Writes what the ending of `path` calls for; says what that is.
pub fn export(app: &App, path: &Path, existing: Existing) -> Result<&'static str, SaveError> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let (what, content) = match ending {
        Some("svg") => ("the picture is", svg(&frame(app), &app.theme).into_bytes()),
        Some("txt") => ("the picture is", text(&frame(app)).into_bytes()),
        Some("csv") => match &app.snapshot {
            Some(snapshot) => ("the history is", history::csv(snapshot).into_bytes()),
            None => return Err(SaveError::Refused("there is no history yet".into())),
        },
        Some("html") => {
            let (snapshot, shared) = at_rest(app)?;
            ("the page is", handout::page(snapshot, &shared).into_bytes())
        }
        Some("png") => {
            let (snapshot, shared) = at_rest(app)?;
            let shown = handout::shown(snapshot, &shared.look);
            let pixels = png(snapshot, &shown, &app.theme.colours());
            let pixels = pixels.map_err(|error| SaveError::of(path, &error))?;
            ("the picture of the boundaries is", pixels)
        }
        _ => {
            return Err(SaveError::Refused(format!(
                "{}: the screen ends in .svg or .txt, the boundaries in .png, the history in .csv, the page to hand out in .html",
                path.display()
            )));
        }
    };
    write_as(&expand_home(path), existing, |output| {
        output.write_all(&content)
    })
    .map(|()| what)
    .map_err(|error| SaveError::of(path, &error))
}

/// The run that is shown, and what the screen shows of it, unless it is being trained.
fn at_rest(app: &App) -> Result<(&Snapshot, Shared), SaveError> {
    let shown = app.snapshot.as_deref().zip(update::share::shared(app));
    let (snapshot, shared) =
        shown.ok_or_else(|| SaveError::Refused("there is no run to show yet".into()))?;
    resting(snapshot).map_err(SaveError::Refused)?;
    Ok((snapshot, shared))
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
    use std::sync::Arc;

    use super::*;
    use crate::{
        dashboard::{tests::fixture, theme::Level, widgets::Marker},
        session::Status,
    };

    #[test]
    fn the_ending_decides() {
        let mut app = fixture::app(80, 24, Level::Rgb, Marker::Braille);
        let mut paused = fixture::snapshot(57);
        paused.status = Status::Paused;
        app.snapshot = Some(Arc::new(paused));
        let folder = tempfile::tempdir().unwrap();
        let kept = |name: &str| {
            export(&app, &folder.path().join(name), Existing::Kept).unwrap();
            std::fs::read_to_string(folder.path().join(name)).unwrap()
        };
        assert!(kept("a.svg").starts_with("<svg"));
        assert!(kept("a.txt").contains("Counterfactual training"));
        assert_eq!(kept("a.csv").lines().count(), 1 + 2 * 57);
        assert!(kept("a.html").starts_with("<!DOCTYPE html>"));
        let refused = export(&app, &folder.path().join("a.gif"), Existing::Kept).unwrap_err();
        let refused = refused.to_string();
        assert!(refused.contains(".svg"), "{refused}");
    }
}
