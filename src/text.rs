//! Text that others wrote, for people to read: nothing in it reaches a terminal as a command.
//!
//! Names, categories, descriptions and messages come from files that are not trusted. They keep their
//! real characters inside, so that they are found again; wherever they are shown, they go through
//! [`printable`].

use std::borrow::Cow;

/// Most characters of a line in a [`concise`] message.
const LINE: usize = 160;
/// Most lines of a [`concise`] message.
const LINES: usize = 12;

/// `text` with every character escaped that is not seen or that steers a terminal: `\u{1b}`.
///
/// These are control characters (line breaks and tabs too), separators of lines and paragraphs,
/// marks that turn the direction of writing, and characters without any width.
pub fn printable(text: &str) -> Cow<'_, str> {
    escape(text, is_hidden)
}

/// As [`printable`], for messages of several lines: line breaks stay.
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| c != '\n' && is_hidden(c))
}

/// What [`printable`] was made of.
pub fn revealed(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u{") {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split("\\u{");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.split_once('}').and_then(|(code, rest)| {
            let code = u32::from_str_radix(code, 16).ok()?;
            Some((char::from_u32(code)?, rest))
        });
        match code {
            Some((c, rest)) => {
                whole.push(c);
                whole.push_str(rest);
            }
            None => {
                whole.push_str("\\u{");
                whole.push_str(part);
            }
        }
    }
    Cow::Owned(whole)
}

/// A count with its noun: `1 row`, `2 rows`.
pub fn number_of(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        several => format!("{several} {noun}s"),
    }
}

/// The first `most` characters of `text`, with `…` if there are more.
pub fn shortened(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// A message that quotes a file, with the beginnings of its first lines only.
pub fn concise(message: &str) -> String {
    let mut lines: Vec<Cow<'_, str>> = message
        .trim_end()
        .lines()
        .take(LINES)
        .map(|line| shortened(line, LINE))
        .collect();
    if message.trim_end().lines().nth(LINES).is_some() {
        lines.push("…".into());
    }
    lines.join("\n")
}

fn escape(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match hidden(c) {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Whether a character is a command to the terminal, or cannot be seen.
///
/// Unicode's general categories Cc, Zl, Zp and Cf, the fillers, and noncharacters.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            u32::from(c),
            0xad | 0x34f
                | 0x600..=0x605
                | 0x61c
                | 0x6dd
                | 0x70f
                | 0x890..=0x891
                | 0x8e2
                | 0x115f..=0x1160
                | 0x17b4..=0x17b5
                | 0x180b..=0x180f
                | 0x200b..=0x200f
                | 0x2028..=0x202e
                | 0x2060..=0x206f
                | 0x3164
                | 0xfdd0..=0xfdef
                | 0xfeff
                | 0xffa0
                | 0xfff0..=0xfffb
                | 0x110bd
                | 0x110cd
                | 0x13430..=0x1345f
                | 0x1bca0..=0x1bca3
                | 0x1d173..=0x1d17a
                | 0xe0000..=0xe0fff
        )
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_hidden_is_revealed() {
        for text in [
            "plain",
            "a\nb\u{1b}[0m",
            "\u{202e}x",
            "\\u{",
            "\\u{zz}",
            "\\u{110000}",
        ] {
            assert_eq!(revealed(&printable(text)), text);
        }
    }

    #[test]
    fn usual_text_is_left_alone() {
        for text in [
            "",
            "naïve café",
            "年齢 (歳)",
            "سن",
            "👍🏽 50 %",
            "a\\u{1b}",
            "α=β",
        ] {
            assert!(matches!(printable(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn commands_to_the_terminal_are_shown() {
        let cases = [
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\u{9b}2J", "a\\u{9b}2J"),
            ("\u{1b}]52;c;cHduZWQ=\u{7}", "\\u{1b}]52;c;cHduZWQ=\\u{7}"),
            ("two\r\nlines\t", "two\\u{d}\\u{a}lines\\u{9}"),
            ("b\u{202e}gnp", "b\\u{202e}gnp"),
            ("\u{2066}a\u{2069}", "\\u{2066}a\\u{2069}"),
            ("a\u{200b}\u{feff}\u{ad}b", "a\\u{200b}\\u{feff}\\u{ad}b"),
            ("\u{2028}\u{3164}\u{e0041}", "\\u{2028}\\u{3164}\\u{e0041}"),
            ("\0\u{7f}", "\\u{0}\\u{7f}"),
        ];
        for (text, shown) in cases {
            assert_eq!(printable(text), shown);
        }
    }

    #[test]
    fn messages_keep_their_lines_and_no_more_of_a_file_than_people_read() {
        assert_eq!(printable_lines("a\n\u{1b}b\r"), "a\n\\u{1b}b\\u{d}");
        let long = concise(&format!("1 | {}\n  | ^\n", "x".repeat(1_000_000)));
        assert!(long.len() < 200 && long.ends_with("…\n  | ^"), "{long}");
        assert_eq!(concise(&"a\n".repeat(100)).lines().count(), LINES + 1);
        assert_eq!(shortened("äöü", 2), "äö…");
        assert_eq!(shortened("äöü", 3), "äöü");
    }
}
