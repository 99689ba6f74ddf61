//! Bytes of a terminal as keys, clicks, pastes and answers, however they are cut in transit.

use std::time::Duration;

use crossterm::event::{KeyEvent, MouseEvent};

use super::{
    paste::Paste,
    sequence::{Step, next},
};

/// Something that the terminal has said.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was used.
    Mouse(MouseEvent),
    /// A text was pasted.
    Paste(String),
    /// The colour of the background: red, green, blue.
    Background([u8; 3]),
    /// What the terminal can do; it answers questions in their order, so earlier ones are answered.
    Attributes,
}

/// How long a lone Escape may be the beginning of more.
const LONE_ESCAPE: Duration = Duration::from_millis(40);
/// How long a sequence that has begun may take.
const SEQUENCE: Duration = Duration::from_millis(250);

/// Keeps what is incomplete until the rest of it arrives.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    paste: Option<Paste>,
}

impl Decoder {
    /// Takes bytes in; what is complete by them goes to `reports`.
    pub fn feed(&mut self, bytes: &[u8], reports: &mut Vec<Report>) {
        self.pending.extend_from_slice(bytes);
        self.decode(reports);
    }

    /// How long to wait for more bytes before [`Decoder::settle`]; `None` if nothing is incomplete.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, &self.pending[..]) {
            (Some(_), _) => Some(Paste::PATIENCE),
            (None, []) => None,
            (None, [0x1b]) => Some(LONE_ESCAPE),
            (None, _) => Some(SEQUENCE),
        }
    }

    /// Takes what is incomplete for what it is by itself: Escape, Alt with a bracket, or nothing.
    pub fn settle(&mut self, reports: &mut Vec<Report>) {
        if let Some(paste) = self.paste.take() {
            reports.push(Report::Paste(paste.text()));
        }
        reports.extend(super::sequence::alone(&self.pending).map(Report::Key));
        self.pending.clear();
    }

    fn decode(&mut self, reports: &mut Vec<Report>) {
        let pending = std::mem::take(&mut self.pending);
        let mut rest = &pending[..];
        loop {
            if let Some(paste) = &mut self.paste {
                let Some(after) = paste.take(rest) else {
                    return;
                };
                rest = after;
                reports.extend(self.paste.take().map(|paste| Report::Paste(paste.text())));
            }
            match next(rest) {
                Step::Incomplete => break,
                Step::Done(length, report) => {
                    reports.extend(report);
                    rest = &rest[length..];
                }
                Step::Paste(length) => {
                    self.paste = Some(Paste::default());
                    rest = &rest[length..];
                }
            }
        }
        self.pending = rest.to_vec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    fn key(code: KeyCode) -> Report {
        Report::Key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn with(code: KeyCode, modifiers: KeyModifiers) -> Report {
        Report::Key(KeyEvent::new(code, modifiers))
    }

    fn decoded(parts: &[&[u8]]) -> Vec<Report> {
        let (mut decoder, mut reports) = (Decoder::default(), Vec::new());
        for part in parts {
            decoder.feed(part, &mut reports);
        }
        decoder.settle(&mut reports);
        reports
    }

    /// A control sequence that is one byte too long.
    const LONG: &str = "\x1b[11111111111111111111111111111111111111111111111111111111111111111q";

    /// Inputs and what they are.
    fn cases() -> Vec<(&'static str, Vec<Report>)> {
        use KeyCode::*;
        let (alt, control, shift) = (
            KeyModifiers::ALT,
            KeyModifiers::CONTROL,
            KeyModifiers::SHIFT,
        );
        vec![
            ("q", vec![key(Char('q'))]),
            (
                "ä€👍",
                vec![key(Char('ä')), key(Char('€')), key(Char('👍'))],
            ),
            (
                "\r\n\t\x7f",
                vec![key(Enter), key(Enter), key(Tab), key(Backspace)],
            ),
            ("\x03", vec![with(Char('c'), control)]),
            ("\x1b[C\x1bOD", vec![key(Right), key(Left)]),
            ("\x1b[1;2C", vec![with(Right, shift)]),
            ("\x1b[1;5D", vec![with(Left, control)]),
            ("\x1b[Z", vec![with(BackTab, shift)]),
            (
                "\x1b[5~\x1b[6~\x1b[3~",
                vec![key(PageUp), key(PageDown), key(Delete)],
            ),
            (
                "\x1bOP\x1b[11~\x1b[[A\x1b[24~",
                vec![key(F(1)), key(F(1)), key(F(1)), key(F(12))],
            ),
            (
                "\x1bb\x1b\x7f",
                vec![with(Char('b'), alt), with(Backspace, alt)],
            ),
            ("\x1b\x1b[A", vec![key(Esc), key(Up)]),
            (
                "\x1b[113;5u\x1b[27;5;113~",
                vec![with(Char('q'), control), with(Char('q'), control)],
            ),
            (
                "\x1b[200~:a\rb\x1b[201~q",
                vec![Report::Paste(":a\rb".into()), key(Char('q'))],
            ),
            (
                "\x1b]11;rgb:ffff/8080/0000\x1b\\\x1b[?62;c",
                vec![Report::Background([255, 128, 0]), Report::Attributes],
            ),
            (
                "\x1b]11;rgb:f/0/8\x07",
                vec![Report::Background([255, 0, 136])],
            ),
            ("\x1bP1$r0m\x1b\\\x1b_Gi=1;OK\x1b\\\x1b[I", vec![]),
            ("\x1b[12;999999999999999999999z!", vec![key(Char('!'))]),
            (LONG, vec![key(Char('1')), key(Char('q'))]),
        ]
    }

    #[test]
    fn sequences_are_keys_wherever_they_are_cut() {
        for (text, expected) in cases() {
            assert_eq!(decoded(&[text.as_bytes()]), expected, "{text:?}");
            for cut in 0..=text.len() {
                let (before, after) = text.as_bytes().split_at(cut);
                assert_eq!(decoded(&[before, after]), expected, "{text:?} at {cut}");
            }
            let single: Vec<_> = text.as_bytes().chunks(1).collect();
            assert_eq!(decoded(&single), expected, "{text:?} byte by byte");
        }
    }

    #[test]
    fn what_stays_alone_is_a_key_of_its_own() {
        let alt = |character| with(KeyCode::Char(character), KeyModifiers::ALT);
        assert_eq!(decoded(&[b"\x1b"]), [key(KeyCode::Esc)]);
        assert_eq!(decoded(&[b"\x1b["]), [alt('[')]);
        assert_eq!(decoded(&[b"\x1b[1;"]), []);
        assert_eq!(decoded(&[b"\x1b]q"]), []);
        assert_eq!(
            decoded(&[b"\x1bP\rq"]),
            [alt('P'), key(KeyCode::Enter), key(KeyCode::Char('q'))]
        );
        assert_eq!(decoded(&[b"\x1b[200~half"]), [Report::Paste("half".into())]);
        assert_eq!(decoded(&[b"\xc3", b"q"]), [key(KeyCode::Char('q'))]);
    }

    #[test]
    fn memory_is_bounded() {
        let (mut decoder, mut reports) = (Decoder::default(), Vec::new());
        for start in ["\x1b]52;", "\x1b[", "\x1bP"] {
            decoder.feed(start.as_bytes(), &mut reports);
            for _ in 0..100 {
                decoder.feed(&[b'1'; 10_000], &mut reports);
                assert!(decoder.pending.len() < 20_000);
            }
            decoder.settle(&mut reports);
        }
    }
}
