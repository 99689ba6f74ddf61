//! The little Markdown of lessons: **bold**, `code`, lists, and paragraphs.
//!
//! The text is not trusted: what cannot be seen or steers a terminal is replaced by `�`.

use std::borrow::Cow;

use crate::text::printable;

/// Most characters of a text.
const LONGEST: usize = 2000;

/// How a piece of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As usual.
    Plain,
    /// Between `**`.
    Bold,
    /// Between backquotes: a key, a command, a name.
    Code,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// How it is set.
    pub style: Style,
    /// What it says.
    pub text: String,
}

/// A paragraph, or an entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Whether it is an entry of a list.
    pub listed: bool,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

/// A text with its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// Paragraphs and entries.
    pub blocks: Vec<Block>,
}

impl Markup {
    /// Reads `text`.
    ///
    /// # Errors
    /// A sentence if it is too long, or a mark is not closed.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.chars().count() > LONGEST {
            return Err(format!("a text has at most {LONGEST} characters"));
        }
        let mut blocks = Vec::new();
        let mut open = false;
        for line in text.lines().map(str::trim) {
            let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
            match (item, line, blocks.last_mut()) {
                (_, "", _) => open = false,
                (Some(item), ..) => {
                    blocks.push((true, item.to_owned()));
                    open = true;
                }
                (None, line, Some((_, before))) if open => {
                    before.push(' ');
                    before.push_str(line);
                }
                (None, line, _) => {
                    blocks.push((false, line.to_owned()));
                    open = true;
                }
            }
        }
        let blocks = blocks.into_iter().map(|(listed, text)| {
            let pieces = pieces(&text)?;
            Ok(Block { listed, pieces })
        });
        Ok(Self {
            blocks: blocks.collect::<Result<_, String>>()?,
        })
    }

    /// The expressions between braces, such as `{epoch}`, in their order.
    ///
    /// # Errors
    /// A sentence if a brace is not closed.
    pub fn expressions(&self) -> Result<Vec<String>, String> {
        let pieces = self.blocks.iter().flat_map(|block| &block.pieces);
        let mut found = Vec::new();
        for piece in pieces.filter(|piece| piece.style != Style::Code) {
            let mut rest = piece.text.as_str();
            while let Some((_, inner)) = rest.split_once('{') {
                let Some((expression, after)) = inner.split_once('}') else {
                    return Err("{ is opened and not closed in the same piece of text".to_owned());
                };
                found.push(expression.to_owned());
                rest = after;
            }
        }
        Ok(found)
    }

    /// The same text with what `value` says in place of each expression between braces.
    pub fn filled(&self, value: impl Fn(&str) -> String) -> Self {
        let mut filled = self.clone();
        let pieces = filled.blocks.iter_mut().flat_map(|block| &mut block.pieces);
        for piece in pieces.filter(|piece| piece.style != Style::Code) {
            let mut text = String::new();
            let mut rest = piece.text.as_str();
            while let Some((before, inner)) = rest.split_once('{') {
                let Some((expression, after)) = inner.split_once('}') else {
                    break;
                };
                text.push_str(before);
                text.push_str(&value(expression));
                rest = after;
            }
            text.push_str(rest);
            piece.text = text;
        }
        filled
    }

    /// The text without marks, blocks separated by blanks.
    pub fn plain(&self) -> String {
        let block = |block: &Block| {
            let texts = block.pieces.iter().map(|piece| piece.text.as_str());
            texts.collect::<String>()
        };
        let blocks: Vec<_> = self.blocks.iter().map(block).collect();
        blocks.join(" ")
    }

    /// Its lines where no line has more than `columns` columns, as `width` measures them; broken
    /// between words.
    pub fn lines(&self, columns: usize, width: impl Fn(&str) -> usize) -> Vec<Vec<Piece>> {
        let mut lines = Vec::new();
        for block in &self.blocks {
            let indent = if block.listed { 2 } else { 0 };
            let room = columns.saturating_sub(indent).max(1);
            for (index, line) in broken(&block.pieces, room, &width).into_iter().enumerate() {
                let lead = match (block.listed, index) {
                    (false, _) => None,
                    (true, 0) => Some("• "),
                    (true, _) => Some("  "),
                };
                let lead = lead.map(|lead| Piece {
                    style: Style::Plain,
                    text: lead.to_owned(),
                });
                lines.push(lead.into_iter().chain(line).collect());
            }
        }
        lines
    }
}

/// The pieces of a line; marks do not nest.
fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let code = rest.find('`').map(|at| (at, "`", Style::Code));
        let bold = rest.find("**").map(|at| (at, "**", Style::Bold));
        let first = code.into_iter().chain(bold).min_by_key(|(at, ..)| *at);
        let Some((at, mark, style)) = first else {
            push(&mut pieces, Style::Plain, rest);
            break;
        };
        push(&mut pieces, Style::Plain, &rest[..at]);
        let inner = &rest[at + mark.len()..];
        let Some(end) = inner.find(mark) else {
            return Err(format!("{mark} is opened and not closed"));
        };
        push(&mut pieces, style, &inner[..end]);
        rest = &inner[end + mark.len()..];
    }
    Ok(pieces)
}

fn push(pieces: &mut Vec<Piece>, style: Style, text: &str) {
    if !text.is_empty() {
        let shown = |c: char| match printable(c.encode_utf8(&mut [0; 4])) {
            Cow::Borrowed(_) => c,
            Cow::Owned(_) => char::REPLACEMENT_CHARACTER,
        };
        let text = text.chars().map(shown).collect();
        pieces.push(Piece { style, text });
    }
}

/// Lines of pieces in `columns`.
fn broken(pieces: &[Piece], columns: usize, width: &impl Fn(&str) -> usize) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut used = 0;
    for piece in pieces {
        for word in words(piece) {
            let wide = width(&word);
            if used > 0 && used + width(word.trim_end()) > columns {
                trim(lines.last_mut());
                lines.push(Vec::new());
                used = 0;
            }
            let blank = used == 0 && word.trim().is_empty();
            if let Some(line) = lines.last_mut().filter(|_| !blank) {
                used += wide;
                append(line, piece.style, &word);
            }
        }
    }
    trim(lines.last_mut());
    lines
}

/// Words with the blanks behind them; of code, all of it.
fn words(piece: &Piece) -> Vec<String> {
    match piece.style {
        Style::Code => vec![piece.text.clone()],
        _ => piece.text.split_inclusive(' ').map(str::to_owned).collect(),
    }
}

fn append(line: &mut Vec<Piece>, style: Style, word: &str) {
    match line.last_mut().filter(|last| last.style == style) {
        Some(last) => last.text.push_str(word),
        None => line.push(Piece {
            style,
            text: word.to_owned(),
        }),
    }
}

/// Takes blanks at a line's end away.
fn trim(line: Option<&mut Vec<Piece>>) {
    if let Some(last) = line.and_then(|line| line.last_mut()) {
        let kept = last.text.trim_end().len();
        last.text.truncate(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, columns: usize) -> Vec<String> {
        let markup = Markup::parse(text).unwrap();
        let lines = markup.lines(columns, |text| text.chars().count());
        let join = |line: Vec<Piece>| {
            line.iter()
                .map(|piece| piece.text.as_str())
                .collect::<String>()
        };
        lines.into_iter().map(join).collect()
    }

    #[test]
    fn marks_lists_and_paragraphs_are_read() {
        let markup = Markup::parse("A **bold** word, `code`.\n\n- one\n  more\n- two").unwrap();
        let styles: Vec<_> = markup.blocks[0]
            .pieces
            .iter()
            .map(|piece| (piece.style, piece.text.as_str()))
            .collect();
        assert_eq!(
            styles,
            [
                (Style::Plain, "A "),
                (Style::Bold, "bold"),
                (Style::Plain, " word, "),
                (Style::Code, "code"),
                (Style::Plain, "."),
            ]
        );
        assert_eq!(markup.blocks.len(), 3);
        assert_eq!(markup.plain(), "A bold word, code. one more two");
        assert!(Markup::parse("**not closed").unwrap_err().contains("**"));
        assert!(Markup::parse(&"x".repeat(3000)).is_err());
    }

    #[test]
    fn braces_are_filled() {
        let markup = Markup::parse("epoch {epoch} of **{1 + 2}**, not `{code}`").unwrap();
        assert_eq!(markup.expressions().unwrap(), ["epoch", "1 + 2"]);
        let filled = markup.filled(|expression| format!("<{expression}>"));
        assert_eq!(filled.plain(), "epoch <epoch> of <1 + 2>, not {code}");
        assert!(Markup::parse("a { b").unwrap().expressions().is_err());
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(shown("one **two** three", 8), ["one two", "three"]);
        assert_eq!(shown("- one two three", 9), ["• one two", "  three"]);
        assert_eq!(
            shown("press `space bar` now", 11),
            ["press", "space bar", "now"]
        );
    }

    #[test]
    fn commands_to_the_terminal_are_shown() {
        assert_eq!(shown("a\u{1b}[31mb", 40), ["a\u{fffd}[31mb"]);
    }
}
