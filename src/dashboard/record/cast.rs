//! The lines of an asciicast of version 3 (<https://docs.asciinema.org/manual/asciicast/v3/>): a
//! header, then events with the time since the one before.

use std::time::{SystemTime, UNIX_EPOCH};

use ratatui::layout::Size;
use serde_json::{Map, Value, json};

use crate::dashboard::{export::colours, state::App};

/// What a player does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event<'a> {
    /// It shows this.
    Output(&'a str),
    /// Its screen gets another size.
    Resize(Size),
    /// It notes that something has happened.
    Marker(&'a str),
    /// The program ended with this status.
    Exit(i32),
}

/// The first line: what `app` is shown on, and since when.
pub(in crate::dashboard) fn header(app: &App) -> String {
    let mut term = Map::new();
    term.insert("cols".into(), app.size.width.into());
    term.insert("rows".into(), app.size.height.into());
    if let Ok(kind) = std::env::var("TERM") {
        term.insert("type".into(), kind.into());
    }
    term.insert("theme".into(), theme(app));
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let data = app.snapshot.as_ref();
    let data = data.map_or("counterfactual training".into(), |snapshot| {
        snapshot.dataset.shown_name()
    });
    let header = json!({
        "version": 3,
        "term": term,
        "timestamp": since.unwrap_or_default().as_secs(),
        "title": format!("ctui: {data}"),
    });
    format!("{header}\n")
}

fn theme(app: &App) -> Value {
    let ([ground, text], palette) = (app.theme.paper(), colours());
    let palette: Vec<_> = palette.into_iter().map(hex).collect();
    json!({ "fg": hex(text), "bg": hex(ground), "palette": palette.join(":") })
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// An event, so many milliseconds after the one before.
pub(super) fn line(milliseconds: u128, event: Event<'_>) -> String {
    let (code, data) = match event {
        Event::Output(output) => ("o", output.to_owned()),
        Event::Resize(size) => ("r", format!("{}x{}", size.width, size.height)),
        Event::Marker(text) => ("m", text.to_owned()),
        Event::Exit(status) => ("x", status.to_string()),
    };
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    format!("[{seconds}.{rest:03}, \"{code}\", {}]\n", json!(data))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::{tests::fixture, theme::Level, widgets::Marker};

    #[test]
    fn lines_are_as_the_format_defines_them() {
        let resize = line(1049, Event::Resize(Size::new(80, 24)));
        assert_eq!(resize, "[1.049, \"r\", \"80x24\"]\n");
        let output = line(0, Event::Output("\x1b[1m\"λ\"\n"));
        assert_eq!(output, "[0.000, \"o\", \"\\u001b[1m\\\"λ\\\"\\n\"]\n");
        assert_eq!(line(70_000, Event::Exit(0)), "[70.000, \"x\", \"0\"]\n");
        assert_eq!(line(5, Event::Marker("here")), "[0.005, \"m\", \"here\"]\n");
    }

    #[test]
    fn the_header_tells_size_colours_and_data() {
        let app = fixture::app(80, 24, Level::Rgb, Marker::Braille);
        let line = header(&app);
        let header: Value = serde_json::from_str(&line).unwrap();
        assert!(line.ends_with("}\n") && line.lines().count() == 1);
        assert_eq!(header["version"], 3);
        assert_eq!(header["term"]["cols"], 80);
        assert_eq!(header["term"]["rows"], 24);
        let palette = header["term"]["theme"]["palette"].as_str().unwrap();
        assert_eq!(palette.split(':').count(), 16);
        assert_eq!(header["title"], "ctui: Moons");
        assert!(header["timestamp"].as_u64().unwrap() > 1_700_000_000);
    }
}
