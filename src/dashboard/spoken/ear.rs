//! Lines of standard input, and signals.

use std::{
    io::{self, BufRead, Read},
    thread,
};

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::dashboard::input::{Input, listen};

/// Longest line that is read, in bytes.
const LONGEST: u64 = 1 << 16;
/// Most lines that wait; whoever sends more has to wait.
const WAITING: usize = 64;

/// Starts to listen; where lines and signals arrive.
///
/// # Errors
/// If threads or signal handlers cannot be had.
pub fn open() -> io::Result<Receiver<Input>> {
    let (sender, inputs) = bounded(WAITING);
    listen(sender.clone())?;
    thread::Builder::new()
        .name("lines".into())
        .spawn(move || read(io::stdin().lock(), &sender))?;
    Ok(inputs)
}

/// Hands over all lines, and then their end.
fn read(mut input: impl BufRead, sender: &Sender<Input>) {
    while let Ok(Some(line)) = line(&mut input) {
        if sender.send(Input::Line(Some(line))).is_err() {
            return;
        }
    }
    let _ = sender.send(Input::Line(None));
}

/// The next line, of a longer one the beginning; nothing at the end.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let count = input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)?;
    if count == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') && count as u64 == LONGEST {
        input.skip_until(b'\n')?;
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_to_their_end_however_long() {
        let long = "x".repeat(1 << 17);
        let text = format!("status\r\n\nλ\n{long}\nlast");
        let (sender, lines) = bounded(WAITING);
        read(text.as_bytes(), &sender);
        let read: Vec<_> = lines.try_iter().collect();
        let line = |text: &str| Input::Line(Some(text.to_owned()));
        assert_eq!(read[..3], [line("status"), line(""), line("λ")]);
        assert!(matches!(&read[3], Input::Line(Some(text)) if text.len() == 1 << 16));
        assert_eq!(read[4..], [line("last"), Input::Line(None)]);
    }
}
