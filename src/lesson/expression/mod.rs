//! Small expressions over what a run shows: `ip.change(CT) <= -20 and epoch >= 60`.
//!
//! ```text
//! expression = conjunction { "or" conjunction }
//! conjunction = negation { "and" negation }
//! negation = "not" negation | comparison
//! comparison = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
//! sum = product { ("+" | "-") product }
//! product = factor { ("*" | "/") factor }
//! factor = "-" factor | number | word | name [ "(" argument { "," argument } ")" ] | "(" expression ")"
//! ```
//!
//! A name may have dots (`cost.change`), a word stands between quotation marks (`'eccco'`), and an
//! argument is a name of an arm or a feature, with quotation marks if it has blanks.

mod evaluate;
mod parse;
mod token;

pub use evaluate::{Facts, Value};

use std::fmt;

/// Why an expression is none, or has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ExpressionError(pub String);

/// An expression that has been read.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    root: Node,
}

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Number(f64),
    Word(String),
    /// A fact with its arguments.
    Fact(String, Vec<String>),
    Negative(Box<Node>),
    Not(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
}

/// What stands between two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unequal,
    Plus,
    Minus,
    Times,
    Over,
}

impl Operator {
    /// All operators as they are written; longer ones first.
    const SPELLINGS: [(&'static str, Self); 12] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("==", Self::Equal),
        ("!=", Self::Unequal),
        ("<", Self::Less),
        (">", Self::Greater),
        ("+", Self::Plus),
        ("-", Self::Minus),
        ("*", Self::Times),
        ("/", Self::Over),
        ("or", Self::Or),
        ("and", Self::And),
    ];

    /// How tightly it binds; more is tighter.
    fn level(self) -> u8 {
        match self {
            Self::Or => 0,
            Self::And => 1,
            Self::Plus | Self::Minus => 3,
            Self::Times | Self::Over => 4,
            _ => 2,
        }
    }
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// [`ExpressionError`] says what is wrong and at which character.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        Ok(Self {
            text: text.to_owned(),
            root: parse::parse(text)?,
        })
    }

    /// Whether it is true of `facts`.
    ///
    /// # Errors
    /// [`ExpressionError`] if something in it has no value, or it is no statement.
    pub fn holds(&self, facts: &dyn Facts) -> Result<bool, ExpressionError> {
        match evaluate::evaluate(&self.root, facts)? {
            Value::Truth(truth) => Ok(truth),
            other => Err(ExpressionError(format!(
                "`{}` is {other}, and no statement that can be true, such as {0} > 0",
                self.text
            ))),
        }
    }

    /// What it is worth.
    ///
    /// # Errors
    /// [`ExpressionError`] if something in it has no value.
    pub fn value(&self, facts: &dyn Facts) -> Result<Value, ExpressionError> {
        evaluate::evaluate(&self.root, facts)
    }

    /// The facts that it speaks of, with their values; not a number where there is none.
    pub fn facts(&self, facts: &dyn Facts) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        self.root.visit(&mut |name, arguments| {
            let spelt = match arguments {
                [] => name.to_owned(),
                _ => format!("{name}({})", arguments.join(", ")),
            };
            let value = facts.value(name, arguments);
            let value = value.unwrap_or(Value::Number(f64::NAN));
            if !found.iter().any(|(known, _)| *known == spelt) {
                found.push((spelt, value));
            }
        });
        found
    }

    /// The names of the facts that it speaks of, and with how many arguments.
    pub fn names(&self) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        self.root
            .visit(&mut |name, arguments| found.push((name.to_owned(), arguments.len())));
        found
    }
}

impl Node {
    fn visit(&self, see: &mut impl FnMut(&str, &[String])) {
        match self {
            Self::Number(_) | Self::Word(_) => {}
            Self::Fact(name, arguments) => see(name, arguments),
            Self::Negative(inner) | Self::Not(inner) => inner.visit(see),
            Self::Binary(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
