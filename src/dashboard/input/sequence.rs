//! One key, or one control sequence (ECMA-48), at the beginning of some bytes.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{
    control::{control, single_shift},
    decode::Report,
};

/// Longest control sequence, in bytes.
const LONGEST_SEQUENCE: usize = 64;
/// Longest answer, in bytes.
const LONGEST_STRING: usize = 4096;

/// What bytes begin with.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// Nothing yet that can be told.
    Incomplete,
    /// Something of so many bytes, and what it says, if anything.
    Done(usize, Option<Report>),
    /// The beginning of a paste, of so many bytes.
    Paste(usize),
}

/// What `bytes` begin with.
pub(super) fn next(bytes: &[u8]) -> Step {
    match bytes {
        [] | [0x1b] => Step::Incomplete,
        [0x1b, 0x1b, ..] => Step::Done(1, Some(Report::Key(plain(KeyCode::Esc)))),
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b'O', rest @ ..] => match rest {
            [] => Step::Incomplete,
            [last, ..] => Step::Done(3, single_shift(*last).map(Report::Key)),
        },
        [0x1b, b']' | b'P' | b'_', ..] => string(bytes),
        [0x1b, rest @ ..] => match character(rest) {
            Step::Done(length, Some(Report::Key(key))) => {
                let key = KeyEvent::new(key.code, key.modifiers | KeyModifiers::ALT);
                Step::Done(length + 1, Some(Report::Key(key)))
            }
            Step::Done(length, other) => Step::Done(length + 1, other),
            incomplete => incomplete,
        },
        _ => character(bytes),
    }
}

/// What bytes are that nothing follows.
pub(super) fn alone(bytes: &[u8]) -> Option<KeyEvent> {
    match *bytes {
        [0x1b] => Some(plain(KeyCode::Esc)),
        [0x1b, introducer] => Some(KeyEvent::new(
            KeyCode::Char(char::from(introducer)),
            KeyModifiers::ALT,
        )),
        _ => None,
    }
}

pub(super) fn plain(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

/// A character in UTF-8, or a control character.
fn character(bytes: &[u8]) -> Step {
    let length = match bytes[0] {
        byte @ 0..0x20 | byte @ 0x7f => return Step::Done(1, Some(Report::Key(typed(byte)))),
        0x20..0x80 => 1,
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => return Step::Done(1, None),
    };
    let continued = |byte: &&u8| (0x80..0xc0).contains(*byte);
    let there = 1 + bytes[1..]
        .iter()
        .take(length - 1)
        .take_while(continued)
        .count();
    if there < length {
        return match bytes.len() == there {
            true => Step::Incomplete,
            false => Step::Done(there, None),
        };
    }
    let text = std::str::from_utf8(&bytes[..length]).ok();
    let character = text.and_then(|text| text.chars().next());
    let key = character.map(|character| {
        let modifiers = match character.is_uppercase() {
            true => KeyModifiers::SHIFT,
            false => KeyModifiers::NONE,
        };
        Report::Key(KeyEvent::new(KeyCode::Char(character), modifiers))
    });
    Step::Done(length, key)
}

/// The key that sends a control character.
fn typed(byte: u8) -> KeyEvent {
    let held =
        |character: u8| KeyEvent::new(KeyCode::Char(char::from(character)), KeyModifiers::CONTROL);
    match byte {
        b'\r' | b'\n' => plain(KeyCode::Enter),
        b'\t' => plain(KeyCode::Tab),
        0x1b => plain(KeyCode::Esc),
        0x7f => plain(KeyCode::Backspace),
        0 => held(b' '),
        1..=26 => held(byte - 1 + b'a'),
        _ => held(byte - 0x1c + b'4'),
    }
}

/// `rest` follows the introducer of a control sequence.
fn control_sequence(rest: &[u8]) -> Step {
    if let [b'[', rest @ ..] = rest {
        return match rest {
            [] => Step::Incomplete,
            [last @ b'A'..=b'E', ..] => {
                let key = plain(KeyCode::F(last - b'A' + 1));
                Step::Done(4, Some(Report::Key(key)))
            }
            _ => Step::Done(3, None),
        };
    }
    let longest = &rest[..rest.len().min(LONGEST_SEQUENCE)];
    let end = longest.iter().position(|byte| !(0x20..0x40).contains(byte));
    let Some(end) = end else {
        return match rest.len() < LONGEST_SEQUENCE {
            true => Step::Incomplete,
            false => Step::Done(2 + LONGEST_SEQUENCE, None),
        };
    };
    match (rest[end], &rest[..end]) {
        (0x40..0x7f, b"200") if rest[end] == b'~' => Step::Paste(3 + end),
        (b'M', []) => match rest.len() {
            0..4 => Step::Incomplete,
            _ => Step::Done(6, None),
        },
        (last @ 0x40..0x7f, parameters) => Step::Done(3 + end, control(parameters, last)),
        _ => Step::Done(2 + end, None),
    }
}

/// An answer that ends with BEL or ST; a control character in it shows that it is a key with Alt.
fn string(bytes: &[u8]) -> Step {
    let longest = &bytes[..bytes.len().min(LONGEST_STRING)];
    let end = longest.iter().skip(2).position(|byte| *byte < 0x20);
    let Some(end) = end.map(|end| end + 2) else {
        return match bytes.len() < LONGEST_STRING {
            true => Step::Incomplete,
            false => Step::Done(LONGEST_STRING, None),
        };
    };
    let length = match &bytes[end..] {
        [0x07, ..] => end + 1,
        [0x1b, b'\\', ..] => end + 2,
        [0x1b] => return Step::Incomplete,
        _ => return Step::Done(2, alone(&bytes[..2]).map(Report::Key)),
    };
    let colour = match bytes[1] {
        b']' => std::str::from_utf8(&bytes[2..end])
            .ok()
            .and_then(background),
        _ => None,
    };
    Step::Done(length, colour.map(Report::Background))
}

/// The colour in `11;rgb:ffff/ffff/ffff`, whose channels have one to four hexadecimal digits.
fn background(text: &str) -> Option<[u8; 3]> {
    let text = text.strip_prefix("11;")?;
    let channels = text.strip_prefix("rgb:").or(text.strip_prefix("rgba:"))?;
    let mut channels = channels.split('/').map(|digits| {
        let digits = digits.get(..digits.len().min(4))?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        let most = 16u32.pow(digits.len() as u32) - 1;
        Some((value * 255 / most) as u8)
    });
    Some([channels.next()??, channels.next()??, channels.next()??])
}
