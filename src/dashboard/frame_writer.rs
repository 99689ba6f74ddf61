//! Sends every frame in one piece, inside a synchronized update.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

/// Tells the terminal to hold the picture until the frame is complete.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Tells the terminal to show the frame.
const END: &[u8] = b"\x1b[?2026l";

/// What the terminal failed with first, for somebody else to find.
#[derive(Clone, Debug, Default)]
pub struct Trouble(Arc<Mutex<Option<io::Error>>>);

impl Trouble {
    /// The error, if there was one since the last time.
    pub fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn note(&self, error: io::Error) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.get_or_insert(error);
    }
}

/// A writer that keeps everything back until it is flushed.
///
/// It does not fail: its user would complain on a standard error that is the same lost terminal.
#[derive(Debug)]
pub struct FrameWriter<W: Write> {
    inner: W,
    frame: Vec<u8>,
    trouble: Trouble,
}

impl<W: Write> FrameWriter<W> {
    /// Frames go to `inner`, errors to `trouble`.
    pub fn new(inner: W, trouble: Trouble) -> Self {
        Self {
            inner,
            frame: Vec::with_capacity(1 << 16),
            trouble,
        }
    }
}

impl<W: Write> Write for FrameWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.is_empty() {
            self.frame.extend_from_slice(BEGIN);
        }
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        self.frame.extend_from_slice(END);
        let written = self.inner.write_all(&self.frame);
        self.frame.clear();
        if let Err(error) = written.and_then(|()| self.inner.flush()) {
            self.trouble.note(error);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_written_at_once_and_nothing_costs_nothing() {
        let mut writer = FrameWriter::new(Vec::new(), Trouble::default());
        writer.flush().unwrap();
        assert!(writer.inner.is_empty());
        writer.write_all(b"one ").unwrap();
        writer.write_all(b"frame").unwrap();
        assert!(writer.inner.is_empty());
        writer.flush().unwrap();
        assert_eq!(writer.inner, b"\x1b[?2026hone frame\x1b[?2026l");
    }

    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_terminal_that_is_gone_is_told_of_elsewhere() {
        let trouble = Trouble::default();
        let mut writer = FrameWriter::new(Gone, trouble.clone());
        writer.write_all(b"frame").unwrap();
        writer.flush().unwrap();
        assert_eq!(trouble.take().unwrap().kind(), io::ErrorKind::BrokenPipe);
        assert!(trouble.take().is_none());
    }
}
