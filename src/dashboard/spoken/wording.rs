//! Text as it is spoken.

use crate::text::printable;

/// Signs that are drawn, and the words for them.
const WORDS: [(char, &str); 16] = [
    ('→', "to"),
    ('←', "left arrow"),
    ('↑', "up arrow"),
    ('↓', "down arrow"),
    ('·', ";"),
    ('−', "-"),
    ('…', "..."),
    ('★', "star"),
    ('✗', "cross"),
    ('✓', "check"),
    ('○', "circle"),
    ('±', "plus or minus"),
    ('×', "times"),
    ('≥', "at least"),
    ('≤', "at most"),
    ('\n', " "),
];

/// Whether a sign only draws: lines, blocks, shapes, braille dots.
fn draws(sign: char) -> bool {
    matches!(sign, '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}' | '\u{1fb00}'..='\u{1fbff}')
}

/// `text` in one line of words: without signs that draw or point, without control characters, with
/// single blanks.
pub fn plain(text: &str) -> String {
    let mut spelt = String::with_capacity(text.len());
    for sign in text.chars() {
        match WORDS.iter().find(|(known, _)| *known == sign) {
            Some((_, word)) => spelt.push_str(word),
            None if draws(sign) => spelt.push(' '),
            None => spelt.push(sign),
        }
    }
    let spelt = printable(&spelt);
    let words = spelt.split_ascii_whitespace().map(known);
    words.collect::<Vec<_>>().join(" ").replace(" ;", ";")
}

/// A dash by itself stands for what is not known.
fn known(word: &str) -> String {
    match word.trim_end_matches([',', ';', '.', '*']) {
        "–" => word.replace('–', "not known"),
        _ => word.replace('–', "-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_words_and_drawings_nothing() {
        let cases = [
            ("income 65,000 (−3) · age", "income 65,000 (-3); age"),
            ("change –, cost –", "change not known, cost not known"),
            ("★ mature ████▌ 40 %", "star mature 40 %"),
            ("0.5 ± 0.1\n  again", "0.5 plus or minus 0.1 again"),
            ("searching …", "searching ..."),
        ];
        for (text, spoken) in cases {
            assert_eq!(plain(text), spoken);
        }
    }

    #[test]
    fn nothing_steers_a_terminal() {
        let spoken = plain("a\u{1b}[2Jb\u{202e}c\td\r\u{9b}x");
        assert!(!spoken.contains(char::is_control), "{spoken:?}");
        assert!(spoken.contains("\\u{1b}[2J"), "{spoken}");
    }
}
