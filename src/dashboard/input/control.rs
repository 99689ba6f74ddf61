//! What control sequences mean: keys of the xterm, rxvt, linux and kitty kinds, and the mouse.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::{decode::Report, sequence::plain};

/// What a control sequence with these parameters and this final byte says, if anything.
pub(super) fn control(parameters: &[u8], last: u8) -> Option<Report> {
    match (parameters, last) {
        ([b'<', rest @ ..], b'M' | b'm') => mouse(&numbers(rest), last).map(Report::Mouse),
        ([b'?', ..], b'c') => Some(Report::Attributes),
        ([b'<'..=b'?', ..], _) => None,
        _ => key(&numbers(parameters), last).map(Report::Key),
    }
}

/// The key of the sequence `ESC O last`.
pub(super) fn single_shift(last: u8) -> Option<KeyEvent> {
    let keypad = match last {
        b'M' => KeyCode::Enter,
        b'X' => KeyCode::Char('='),
        b'j'..=b'y' => KeyCode::Char(char::from(last - b'j' + b'*')),
        _ => return letter(last).map(plain),
    };
    Some(plain(keypad))
}

/// Numbers between semicolons; what follows a colon only details them.
fn numbers(parameters: &[u8]) -> Vec<u32> {
    let text = std::str::from_utf8(parameters).unwrap_or_default();
    let number = |text: &str| text.split(':').next().unwrap_or_default().parse();
    text.split(';')
        .map(|part| number(part).unwrap_or_default())
        .collect()
}

fn key(numbers: &[u32], last: u8) -> Option<KeyEvent> {
    let number = |index: usize| numbers.get(index).copied().unwrap_or_default();
    let held = modifiers(number(1));
    match last {
        b'Z' => Some(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)),
        b'~' if number(0) == 27 => character(number(2), held),
        b'~' => numbered(number(0)).map(|code| KeyEvent::new(code, held)),
        b'u' => character(number(0), held),
        b'a'..=b'd' => {
            let code = letter(last.to_ascii_uppercase())?;
            Some(KeyEvent::new(code, KeyModifiers::SHIFT))
        }
        b'R' if numbers.len() < 2 || number(0) != 1 => None,
        _ => letter(last).map(|code| KeyEvent::new(code, held)),
    }
}

/// Keys by their letter.
fn letter(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

/// Keys by their number.
fn numbered(number: u32) -> Option<KeyCode> {
    let function = |first: u32, key: u32| KeyCode::F((number - first + key) as u8);
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=24 => function(23, 11),
        _ => return None,
    })
}

/// Keys by the character that they type.
fn character(code: u32, held: KeyModifiers) -> Option<KeyEvent> {
    let code = match char::from_u32(code)? {
        '\r' => KeyCode::Enter,
        '\x1b' => KeyCode::Esc,
        '\t' if held.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        '\t' => KeyCode::Tab,
        '\x08' | '\x7f' => KeyCode::Backspace,
        '\u{e000}'..='\u{f8ff}' => return None,
        other if other.is_control() => return None,
        other if held.contains(KeyModifiers::SHIFT) => {
            KeyCode::Char(other.to_uppercase().next().unwrap_or(other))
        }
        other => KeyCode::Char(other),
    };
    Some(KeyEvent::new(code, held))
}

/// Modifiers as xterm numbers them: one more than the sum of their bits.
fn modifiers(number: u32) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let known = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
    ];
    known
        .into_iter()
        .filter(|(bit, _)| bits & bit != 0)
        .fold(KeyModifiers::NONE, |held, (_, modifier)| held | modifier)
}

/// A button or the wheel, with its place as decimal numbers from 1.
fn mouse(numbers: &[u32], last: u8) -> Option<MouseEvent> {
    let &[button, column, row] = numbers else {
        return None;
    };
    let pressed = |button| match last {
        b'M' => MouseEventKind::Down(button),
        _ => MouseEventKind::Up(button),
    };
    let kind = match button & !0b1_1100 {
        0 => pressed(MouseButton::Left),
        1 => pressed(MouseButton::Middle),
        2 => pressed(MouseButton::Right),
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let place = |number: u32| u16::try_from(number.saturating_sub(1)).unwrap_or(u16::MAX);
    Some(MouseEvent {
        kind,
        column: place(column),
        row: place(row),
        modifiers: KeyModifiers::NONE,
    })
}
