//! Recordings, read as the format defines them (<https://docs.asciinema.org/manual/asciicast/v3/>).

use std::num::NonZero;

use serde_json::Value;

/// A recording.
pub struct Cast {
    pub header: Value,
    /// Interval in seconds, code, data.
    pub events: Vec<(f64, String, String)>,
}

impl Cast {
    /// Reads a recording and holds every line against the definition.
    pub fn read(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line is whole");
        let mut lines = text.lines();
        let header: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
        assert_eq!(header["version"], 3);
        let events = lines.map(event).collect();
        let cast = Self { header, events };
        cast.size();
        cast
    }

    /// The size of the screen at the beginning, in columns and rows.
    fn size(&self) -> (u16, u16) {
        let side = |name| {
            let cells = self.header["term"][name].as_u64().unwrap();
            u16::try_from(cells).unwrap()
        };
        (side("cols"), side("rows"))
    }

    /// All data of a code.
    pub fn of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a str> {
        let events = self.events.iter();
        events
            .filter(move |event| event.1 == code)
            .map(|event| &*event.2)
    }

    /// How long it plays, in seconds.
    pub fn seconds(&self) -> f64 {
        self.events.iter().map(|event| event.0).sum()
    }

    /// What a terminal shows after the first `count` events.
    pub fn played(&self, count: usize) -> vt100::Parser {
        let (columns, rows) = self.size();
        let mut terminal = vt100::Parser::new(cells(rows), cells(columns), 0);
        for (_, code, data) in self.events.iter().take(count) {
            match code.as_str() {
                "o" => terminal.process(data.as_bytes()),
                "r" => {
                    let (columns, rows) = resized(data);
                    terminal.set_size(cells(rows), cells(columns));
                }
                _ => {}
            }
        }
        terminal
    }

    /// The last picture, line by line.
    pub fn last(&self) -> String {
        self.played(usize::MAX).screen().contents()
    }
}

fn event(line: &str) -> (f64, String, String) {
    let event: (f64, String, String) = serde_json::from_str(line).unwrap();
    let (interval, code, data) = &event;
    assert!(*interval >= 0.0 && interval.is_finite(), "{line}");
    assert!(["o", "r", "m", "x"].contains(&code.as_str()), "{line}");
    match code.as_str() {
        "r" => drop(resized(data)),
        "x" => assert!(data.parse::<i32>().is_ok(), "{line}"),
        _ => {}
    }
    event
}

/// Columns and rows.
fn resized(data: &str) -> (u16, u16) {
    let (columns, rows) = data.split_once('x').unwrap();
    (columns.parse().unwrap(), rows.parse().unwrap())
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}
