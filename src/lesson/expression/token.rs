//! The words of an expression.

use super::{ExpressionError, Operator};

/// A word, and where it begins (characters, from 1).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    Name(String),
    Word(String),
    Operator(Operator),
    Not,
    Open,
    Close,
    Comma,
    End,
}

/// Longest expression, in characters.
const LONGEST: usize = 1000;

/// The words of `text`, and the end.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ExpressionError> {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() > LONGEST {
        let message = format!("an expression has at most {LONGEST} characters");
        return Err(ExpressionError(message));
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if letters[at].is_whitespace() {
            at += 1;
            continue;
        }
        let (kind, length) = token(&letters[at..], at + 1)?;
        tokens.push(Token { at: at + 1, kind });
        at += length;
    }
    let at = letters.len() + 1;
    let kind = Kind::End;
    tokens.push(Token { at, kind });
    Ok(tokens)
}

/// The word that `letters` begin with, and its length.
fn token(letters: &[char], at: usize) -> Result<(Kind, usize), ExpressionError> {
    let first = letters[0];
    match first {
        '(' => return Ok((Kind::Open, 1)),
        ')' => return Ok((Kind::Close, 1)),
        ',' => return Ok((Kind::Comma, 1)),
        '\'' | '"' => return quoted(letters, at),
        _ => {}
    }
    if first.is_ascii_digit() || first == '.' {
        return number(letters, at);
    }
    if first.is_alphabetic() || first == '_' {
        return Ok(name(letters));
    }
    let spelt = |(spelling, _): &(&str, Operator)| {
        let mut pairs = spelling.chars().zip(letters);
        spelling.len() <= letters.len() && pairs.all(|(wanted, found)| wanted == *found)
    };
    match Operator::SPELLINGS.into_iter().find(spelt) {
        Some((spelling, operator)) => Ok((Kind::Operator(operator), spelling.len())),
        None => Err(ExpressionError(format!(
            "`{}` means nothing here (character {at})",
            first.escape_debug()
        ))),
    }
}

fn quoted(letters: &[char], at: usize) -> Result<(Kind, usize), ExpressionError> {
    let inner = letters[1..].iter();
    match inner.clone().position(|letter| *letter == letters[0]) {
        Some(length) => Ok((Kind::Word(inner.take(length).collect()), length + 2)),
        None => Err(ExpressionError(format!(
            "the quotation mark at character {at} is not closed"
        ))),
    }
}

fn number(letters: &[char], at: usize) -> Result<(Kind, usize), ExpressionError> {
    let digits = letters.iter();
    let digits = digits.take_while(|letter| letter.is_ascii_digit() || **letter == '.');
    let text: String = digits.collect();
    match text.parse() {
        Ok(number) => Ok((Kind::Number(number), text.len())),
        Err(_) => Err(ExpressionError(format!(
            "`{text}` is no number (character {at})"
        ))),
    }
}

/// A name with dots; or `and`, `or` and `not`.
fn name(letters: &[char]) -> (Kind, usize) {
    let named = |letter: &&char| letter.is_alphanumeric() || "_.".contains(**letter);
    let mut name: String = letters.iter().take_while(named).collect();
    let kept = name.trim_end_matches('.').len();
    name.truncate(kept);
    let length = name.chars().count();
    let kind = match name.as_str() {
        "and" => Kind::Operator(Operator::And),
        "or" => Kind::Operator(Operator::Or),
        "not" => Kind::Not,
        _ => Kind::Name(name),
    };
    (kind, length)
}
