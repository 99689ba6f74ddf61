//! Sends every frame in one piece, inside a synchronized update.

use std::io::{self, Write};

/// Tells the terminal to hold the picture until the frame is complete.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Tells the terminal to show the frame.
const END: &[u8] = b"\x1b[?2026l";

/// A writer that keeps everything back until it is flushed.
#[derive(Debug)]
pub struct FrameWriter<W: Write> {
    inner: W,
    frame: Vec<u8>,
}

impl<W: Write> FrameWriter<W> {
    /// Frames go to `inner`.
    pub fn new(inner: W) -> Self {
        Self {
            inner,
            frame: Vec::with_capacity(1 << 16),
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
        written?;
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_written_at_once_and_nothing_costs_nothing() {
        let mut writer = FrameWriter::new(Vec::new());
        writer.flush().unwrap();
        assert!(writer.inner.is_empty());
        writer.write_all(b"one ").unwrap();
        writer.write_all(b"frame").unwrap();
        assert!(writer.inner.is_empty());
        writer.flush().unwrap();
        assert_eq!(writer.inner, b"\x1b[?2026hone frame\x1b[?2026l");
    }
}
