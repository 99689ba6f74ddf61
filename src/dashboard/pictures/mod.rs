//! Pictures as true pixels, where the terminal shows them.
//!
//! A picture is encoded when its pixels, its place or its size have changed, at most four times a
//! second and as slowly as the bandwidth demands. It is kept as cells, the first of which carries the
//! escape sequence, so that drawing is copying, and an unchanged picture costs nothing. Wherever
//! there is no encoded picture, half blocks are drawn.

mod encode;
mod protocol;

use std::time::Duration;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::theme::Theme;
use encode::Frame;

pub use protocol::{Protocol, Setting};

/// Shortest time between two refreshes of pictures whose pixels change.
const REFRESH: Duration = Duration::from_millis(250);
/// Bytes per second that pictures may take on average.
const BYTES_PER_SECOND: f64 = 100_000.0;
/// Pictures encoded before one frame, so that it is not late.
const PER_FRAME: usize = 2;
/// Pixels of a cell if the terminal does not say.
const USUAL_CELL: Size = Size::new(10, 20);
/// Name of the first picture for protocols that keep pictures.
const FIRST_ID: u32 = 0x00c7_0100;

/// A grey image, row by row from the top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grey {
    /// Columns and rows.
    pub size: (usize, usize),
    /// Brightness per pixel, 255 is white.
    pub pixels: Vec<u8>,
}

/// What a picture shows: the same as long as only its pixels change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Row of the test set.
    pub row: usize,
    /// Arm and target class; the factual itself if `None`.
    pub counterfactual: Option<(usize, usize)>,
}

/// A picture to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// What it shows.
    pub key: Key,
    /// Columns and rows of cells.
    pub cells: Size,
    /// Its pixels.
    pub grey: Grey,
}

/// A picture that has been encoded.
#[derive(Clone, Debug)]
struct Shown {
    wanted: Wanted,
    encoded: Option<Buffer>,
}

/// What the dashboard remembers of its pictures.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// What the user wants.
    pub setting: Setting,
    /// What the environment says that the terminal can do.
    pub available: Option<Protocol>,
    /// Whether there is a tmux between us and the terminal.
    pub tmux: bool,
    /// Pixels of a cell, if the terminal says.
    cell: Option<Size>,
    protocol: Option<Protocol>,
    /// Whether something lies over the panels.
    covered: bool,
    shown: Vec<Option<Shown>>,
    /// Positions that are still to be encoded.
    pending: Vec<usize>,
    /// When the last refresh was complete.
    last: Option<Duration>,
    /// When what was sent has been paid for.
    affordable: Duration,
    /// When there is more to do.
    next: Option<Duration>,
}

impl Pictures {
    /// What the environment says, by `variable`, and what the user wants.
    pub fn new(setting: Setting, variable: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            setting,
            tmux: variable("TMUX").is_some_and(|value| !value.is_empty()),
            available: Protocol::detect(variable),
            ..Self::default()
        }
    }

    /// Learns how large the terminal is, in cells and in pixels; 0 pixels if it does not say.
    pub fn measure(&mut self, cells: Size, pixels: Size) {
        let part = |pixels: u16, cells: u16| pixels.checked_div(cells).filter(|&part| part > 0);
        let width = part(pixels.width, cells.width);
        let cell = width.zip(part(pixels.height, cells.height));
        let cell = cell.map(|(width, height)| Size::new(width, height));
        if self.cell != cell {
            self.cell = cell;
            self.shown.clear();
        }
    }

    /// Whether pictures are true pixels, or about to be.
    pub fn are_pixels(&self) -> bool {
        self.protocol.is_some()
    }

    /// When pictures are to be encoded next.
    pub fn wakes_at(&self) -> Option<Duration> {
        self.next
    }

    /// How pixels are sent, if they are.
    fn choose(&self, theme: &Theme) -> Option<Protocol> {
        let able = self.cell.is_some() && !theme.greys().is_empty();
        match self.setting {
            Setting::Auto => self.available.filter(|_| able),
            setting => setting.forced(),
        }
    }

    /// Draws the picture at `position` of those that are wanted, if it is encoded; says whether.
    pub fn draw(&self, position: usize, key: Key, area: Rect, buffer: &mut Buffer) -> bool {
        let shown = self.shown.get(position).and_then(Option::as_ref);
        let fitting =
            |shown: &&Shown| shown.wanted.key == key && shown.wanted.cells == area.as_size();
        match shown
            .filter(fitting)
            .and_then(|shown| shown.encoded.as_ref())
        {
            Some(encoded) if !self.covered => {
                encode::stamp(encoded, area, buffer);
                true
            }
            _ => false,
        }
    }

    /// Chooses how the next pictures are encoded; whether any are.
    pub(super) fn prepare(&mut self, theme: &Theme, covered: bool) -> bool {
        let protocol = self.choose(theme);
        if self.protocol != protocol {
            self.protocol = protocol;
            self.shown.clear();
        }
        self.covered = covered;
        self.next = None;
        protocol.is_some() && !covered
    }

    /// Encodes some of what has changed since it was encoded, if it is time to.
    pub(super) fn refresh(&mut self, wanted: &[Wanted], now: Duration) {
        self.shown.resize(wanted.len(), None);
        let stale = self.stale(wanted);
        self.pending.retain(|position| stale.contains(position));
        if self.pending.is_empty() {
            let ready = self.ready_at(wanted, &stale);
            if stale.is_empty() || ready > now {
                self.next = (!stale.is_empty()).then_some(ready);
                return;
            }
            self.pending = stale;
        }
        let some = self.pending.len().min(PER_FRAME);
        for position in self.pending.drain(..some).collect::<Vec<_>>() {
            self.encode(position, &wanted[position], now);
        }
        self.last = Some(now);
        self.next = (!self.pending.is_empty()).then_some(now);
    }

    /// Positions whose picture is not the wanted one.
    fn stale(&self, wanted: &[Wanted]) -> Vec<usize> {
        let same = |(shown, wanted): (&Option<Shown>, &Wanted)| {
            shown.as_ref().is_some_and(|shown| shown.wanted == *wanted)
        };
        let pairs = self.shown.iter().zip(wanted).enumerate();
        pairs
            .filter(|(_, pair)| !same(*pair))
            .map(|(position, _)| position)
            .collect()
    }

    /// When the stale pictures may be encoded: at once if what they show is another thing, unless
    /// that would send too much.
    fn ready_at(&self, wanted: &[Wanted], stale: &[usize]) -> Duration {
        let other = |&position: &usize| {
            let shown = self.shown[position].as_ref().map(|shown| &shown.wanted);
            shown.is_none_or(|shown| {
                (shown.key, shown.cells) != (wanted[position].key, wanted[position].cells)
            })
        };
        match (stale.iter().any(other), self.last) {
            (false, Some(last)) => self.affordable.max(last + REFRESH),
            _ => self.affordable,
        }
    }

    fn encode(&mut self, position: usize, wanted: &Wanted, now: Duration) {
        let frame = self.protocol.map(|protocol| Frame {
            protocol,
            cells: wanted.cells,
            cell: self.cell.unwrap_or(USUAL_CELL),
            id: FIRST_ID + position as u32,
            tmux: self.tmux,
        });
        let encoded = frame.and_then(|frame| frame.encode(&wanted.grey));
        let bytes = encoded.as_ref().map_or(0, encode::bytes) as f64;
        let cost = Duration::from_secs_f64(bytes / BYTES_PER_SECOND);
        self.affordable = self.affordable.max(now) + cost;
        self.shown[position] = Some(Shown {
            wanted: wanted.clone(),
            encoded,
        });
    }
}
