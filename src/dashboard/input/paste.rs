//! A text that is being pasted.

use std::time::Duration;

/// What ends a paste.
const END: &[u8] = b"\x1b[201~";
/// Most bytes that are kept.
const MAX: usize = 1 << 16;

/// What has arrived of it.
#[derive(Debug, Default)]
pub(super) struct Paste {
    kept: Vec<u8>,
    /// Bytes that may be the beginning of the end.
    tail: Vec<u8>,
}

impl Paste {
    /// How long a paste may falter.
    pub(super) const PATIENCE: Duration = Duration::from_secs(1);

    /// Takes `bytes` in; if the paste ends in them, what comes after it.
    pub(super) fn take<'a>(&mut self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        for (at, &byte) in bytes.iter().enumerate() {
            self.tail.push(byte);
            if self.tail == END {
                self.tail.clear();
                return Some(&bytes[at + 1..]);
            }
            while !END.starts_with(&self.tail) {
                let first = self.tail.remove(0);
                if self.kept.len() < MAX {
                    self.kept.push(first);
                }
            }
        }
        None
    }

    /// The text.
    pub(super) fn text(self) -> String {
        String::from_utf8_lossy(&self.kept).into_owned()
    }
}
