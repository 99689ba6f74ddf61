//! What the screen shows, in a file that players of asciicast show again.

mod cast;

use std::{io, sync::Arc, time::Duration};

use ratatui::{
    backend::{Backend, CrosstermBackend},
    buffer::Buffer,
    layout::Rect,
};

use super::{log::Tone, state::App};
use crate::files::Growing;
use cast::Event;

pub(super) use cast::header;

/// A terminal without a cursor, and nothing on it.
const CLEAR: &str = "\x1b[?25l\x1b[0m\x1b[2J";
/// The cursor again, below the picture.
const LEAVE: &str = "\x1b[0m\x1b[?25h";

/// Adds to the recording that is on what the screen shows.
#[derive(Default)]
pub(super) struct Recorder {
    tape: Option<Tape>,
}

impl Recorder {
    /// Writes how `frame` differs from the one before, and what has happened, at the time `now`. Of a
    /// recording that has ended it is the last picture.
    ///
    /// # Errors
    /// What the file fails with; the recording has ended then.
    pub(super) fn follow(&mut self, app: &App, frame: &Buffer, now: Duration) -> io::Result<()> {
        let wanted = app.recording.as_ref().map(|recording| &recording.file);
        let same = |tape: &mut Tape| wanted.is_some_and(|file| Arc::ptr_eq(file, &tape.file));
        if let Some(mut over) = self.tape.take_if(|tape| !same(tape)) {
            let _ = over.show(frame, now);
        }
        let Some(file) = wanted else {
            return Ok(());
        };
        let mut tape = match self.tape.take() {
            Some(tape) => tape,
            None => Tape::new(app, Arc::clone(file), now),
        };
        tape.remark(app, now)?;
        tape.show(frame, now)?;
        self.tape = Some(tape);
        Ok(())
    }

    /// Ends the recording with the program, whose exit status is `status`.
    pub(super) fn leave(&mut self, status: i32, now: Duration) {
        if let Some(mut tape) = self.tape.take() {
            let _ = tape.write(now, Event::Output(LEAVE));
            let _ = tape.write(now, Event::Exit(status));
        }
    }
}

/// How far a recording is.
struct Tape {
    file: Arc<Growing>,
    /// What a player shows by now; of no size before the first frame.
    shown: Buffer,
    /// The time of the last event, in whole milliseconds, so that rounding does not add up.
    last: u128,
    /// Messages that there were.
    said: usize,
    /// The lesson and its card.
    card: Option<(String, usize)>,
}

impl Tape {
    fn new(app: &App, file: Arc<Growing>, now: Duration) -> Self {
        let (_, said) = app.log.since(0);
        Self {
            file,
            shown: Buffer::empty(Rect::ZERO),
            last: now.as_millis(),
            said,
            card: None,
        }
    }

    fn write(&mut self, now: Duration, event: Event<'_>) -> io::Result<()> {
        let now = now.as_millis().max(self.last);
        self.file.append(&cast::line(now - self.last, event))?;
        self.last = now;
        Ok(())
    }

    /// Marks what was done, and each card of a lesson.
    fn remark(&mut self, app: &App, now: Duration) -> io::Result<()> {
        let (new, total) = app.log.since(self.said);
        self.said = total;
        for entry in new.filter(|entry| entry.tone != Tone::Refusal) {
            self.write(now, Event::Marker(&entry.text))?;
        }
        let lesson = app.lesson.as_ref();
        let card = lesson.map(|state| (state.lesson.title.clone(), state.step));
        if let Some((title, step)) = &card
            && card != self.card
        {
            let text = format!("{title}: card {}", step + 1);
            self.write(now, Event::Marker(&text))?;
        }
        self.card = card;
        Ok(())
    }

    fn show(&mut self, frame: &Buffer, now: Duration) -> io::Result<()> {
        let first = self.shown.area.is_empty();
        let mut output = String::new();
        if self.shown.area != frame.area {
            if !first {
                self.write(now, Event::Resize(frame.area.as_size()))?;
            }
            self.shown = Buffer::empty(frame.area);
            output.push_str(CLEAR);
        }
        output.push_str(&difference(&self.shown, frame)?);
        if !output.is_empty() {
            self.write(now, Event::Output(&output))?;
            self.shown = frame.clone();
        }
        Ok(())
    }
}

/// What a terminal is sent that shows `before`, so that it shows `after`; empty if it does already.
fn difference(before: &Buffer, after: &Buffer) -> io::Result<String> {
    let changes = before.diff(after);
    if changes.is_empty() {
        return Ok(String::new());
    }
    let mut bytes = Vec::new();
    CrosstermBackend::new(&mut bytes).draw(changes.into_iter())?;
    String::from_utf8(bytes).map_err(io::Error::other)
}
