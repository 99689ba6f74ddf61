//! What is written where the locale has no UTF-8: ASCII, through and through.
//!
//! Signs and letters of ours are spelt ([`ascii`]); what is not known is escaped as hidden characters
//! are (`\u{e4}`). Screens have a cell for a character: [`glyph`].

use std::{
    borrow::Cow,
    env,
    io::{self, Write},
};

/// A character, what stands for it in one cell, and how it is spelt.
const SPELLINGS: &[(char, char, &str)] = &[
    ('·', '-', "-"),
    ('λ', 'l', "lambda"),
    ('τ', 't', "tau"),
    ('ε', 'e', "eps"),
    ('σ', 's', "sigma"),
    ('η', 'n', "eta"),
    ('α', 'a', "alpha"),
    ('β', 'b', "beta"),
    ('φ', 'f', "phi"),
    ('μ', 'u', "mu"),
    ('µ', 'u', "u"),
    ('Σ', 'S', "sum"),
    ('Δ', 'D', "Delta"),
    ('∇', 'V', "grad "),
    ('ℓ', 'l', "l"),
    ('∞', 'I', "inf"),
    ('…', '~', "..."),
    ('−', '-', "-"),
    ('–', '-', "-"),
    ('—', '-', "--"),
    ('‖', '|', "||"),
    ('±', '~', "+/-"),
    ('×', 'x', "x"),
    ('≤', '<', "<="),
    ('≥', '>', ">="),
    ('≈', '~', "~"),
    ('≠', '#', "!="),
    ('²', '2', "^2"),
    ('⁺', '+', "+"),
    ('₁', '1', "1"),
    ('₂', '2', "2"),
    ('\u{302}', '^', "^"),
    ('→', '>', "->"),
    ('←', '<', "<-"),
    ('↑', '^', "up"),
    ('↓', 'v', "down"),
    ('↕', '|', "up/down"),
    ('↗', '^', "^"),
    ('⇒', '>', "=>"),
    ('★', '*', "*"),
    ('✓', 'y', "yes"),
    ('✗', '!', "!"),
    ('✕', 'x', "x"),
    ('•', 'o', "*"),
    ('○', 'n', "o"),
    ('●', 'M', "*"),
    ('◎', 'N', "o"),
    ('◌', '.', "."),
    ('▸', '>', ">"),
    ('▶', '>', ">"),
    ('◀', '<', "<"),
    ('▾', 'v', "v"),
    ('▴', '^', "^"),
    ('⏸', '=', "||"),
    ('“', '"', "\""),
    ('”', '"', "\""),
    ('‘', '\'', "'"),
    ('’', '\'', "'"),
    ('\u{a0}', ' ', " "),
    ('\u{202f}', ' ', " "),
    ('─', '-', "-"),
    ('━', '=', "="),
    ('╌', '-', "-"),
    ('┈', '.', "."),
    ('│', '|', "|"),
    ('┆', ':', ":"),
    ('┊', ':', ":"),
    ('╭', '+', "+"),
    ('╮', '+', "+"),
    ('╯', '+', "+"),
    ('╰', '+', "+"),
    ('┌', '+', "+"),
    ('┐', '+', "+"),
    ('┘', '+', "+"),
    ('└', '+', "+"),
    ('├', '+', "+"),
    ('┤', '+', "+"),
    ('┬', '+', "+"),
    ('┴', '+', "+"),
    ('┼', '+', "+"),
    ('█', '#', "#"),
    ('■', '#', "#"),
    ('▓', '#', "#"),
    ('▒', '%', "%"),
    ('░', ':', ":"),
    ('▀', '"', "\""),
    ('▄', '_', "_"),
    ('▁', '_', "_"),
    ('▂', '_', "_"),
    ('▃', '.', "."),
    ('▅', 'o', "o"),
    ('▆', 'o', "o"),
    ('▇', '#', "#"),
    ('▏', '|', "|"),
    ('▎', '|', "|"),
    ('▍', '|', "|"),
    ('▌', '#', "#"),
    ('▋', '#', "#"),
    ('▊', '#', "#"),
    ('▉', '#', "#"),
];

/// Whether what is written may be more than ASCII, by the environment of this process.
pub fn unicode_is_read() -> bool {
    has_unicode(|name| env::var(name).ok())
}

/// Whether the locale has UTF-8, by `variable`; one that says nothing is taken to have it.
pub fn has_unicode(variable: impl Fn(&str) -> Option<String>) -> bool {
    let mut set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable);
    let locale = set.find(|locale| !locale.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// `text` in ASCII.
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut spelt = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match spelling(c) {
            _ if c.is_ascii() => spelt.push(c),
            Some((_, word)) => spelt.push_str(word),
            None => spelt.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(spelt)
}

/// What stands for a character in one cell; `?` for one that is not of ours.
pub fn glyph(c: char) -> char {
    match c.is_ascii() {
        true => c,
        false => spelling(c).map_or('?', |(glyph, _)| glyph),
    }
}

/// How a character of ours is spelt, if it is not ASCII.
pub fn word(c: char) -> Option<&'static str> {
    spelling(c).map(|(_, word)| word)
}

fn spelling(c: char) -> Option<(char, &'static str)> {
    let found = SPELLINGS.iter().find(|(known, _, _)| *known == c);
    found.map(|(_, glyph, word)| (*glyph, *word))
}

/// What is written, which says how it may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text for people.
    Text,
    /// JSON: the same document in ASCII.
    Json,
    /// Data of a user: as it is.
    Data,
}

/// A writer that passes on ASCII.
pub struct AsciiWriter<W> {
    inner: W,
    content: Content,
    /// The beginning of a character whose rest is to come.
    begun: Vec<u8>,
}

impl<W: Write> AsciiWriter<W> {
    /// A writer of that kind of content.
    pub fn new(inner: W, content: Content) -> Self {
        Self {
            inner,
            content,
            begun: Vec::new(),
        }
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        match self.content {
            Content::Json => self.inner.write_all(json(text).as_bytes()),
            _ => self.inner.write_all(ascii(text).as_bytes()),
        }
    }
}

impl<W: Write> Write for AsciiWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.content == Content::Data {
            return self.inner.write(bytes);
        }
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let (text, rest) = match std::str::from_utf8(&all) {
            Ok(text) => (Cow::Borrowed(text), &[][..]),
            Err(error) if error.error_len().is_none() => {
                let (text, rest) = all.split_at(error.valid_up_to());
                (String::from_utf8_lossy(text), rest)
            }
            Err(_) => (String::from_utf8_lossy(&all), &[][..]),
        };
        self.begun = rest.to_vec();
        self.put(&text)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// JSON text with every other character as JSON escapes it.
fn json(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c.is_ascii() {
            true => escaped.push(c),
            false => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    escaped += &format!("\\u{unit:04x}");
                }
            }
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_spelt_and_others_escaped() {
        assert_eq!(ascii("plain"), "plain");
        assert_eq!(
            ascii("λ_div ≤ 0.5 ± 0.1 → IP★ · größe"),
            "lambda_div <= 0.5 +/- 0.1 -> IP* - gr\\u{f6}\\u{df}e"
        );
        for (c, glyph, word) in SPELLINGS {
            assert!(!c.is_ascii() && glyph.is_ascii() && word.is_ascii(), "{c}");
        }
    }

    #[test]
    fn characters_cut_in_two_are_one() {
        for content in [Content::Text, Content::Json] {
            let mut written = Vec::new();
            let mut writer = AsciiWriter::new(&mut written, content);
            for byte in "a→😀b".as_bytes() {
                writer.write_all(&[*byte]).unwrap();
            }
            let right = match content {
                Content::Text => "a->\\u{1f600}b",
                _ => "a\\u2192\\ud83d\\ude00b",
            };
            assert_eq!(String::from_utf8(written).unwrap(), right);
        }
    }

    #[test]
    fn json_stays_the_same_document() {
        let document = serde_json::json!({"größe\n": ["→", "😀", "\\"]});
        let escaped = json(&document.to_string()).into_owned();
        assert!(escaped.is_ascii());
        let read: serde_json::Value = serde_json::from_str(&escaped).unwrap();
        assert_eq!(read, document);
    }

    #[test]
    fn the_locale_decides() {
        let with = |set: &'static [(&str, &str)]| {
            has_unicode(|name| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(with(&[]));
        assert!(with(&[("LANG", "de_DE.UTF-8")]));
        assert!(with(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8")]));
        assert!(!with(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]));
        assert!(!with(&[("LANG", "POSIX")]));
        assert!(!with(&[("LC_CTYPE", "ja_JP.eucJP")]));
        assert!(!with(&[("LANG", "de_DE.ISO-8859-1")]));
    }
}
