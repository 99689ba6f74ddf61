//! Relations between columns, as a schema has them.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

/// `a <= b`, `a < b`, `a >= b` or `a > b`, between the names of two columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Relation {
    /// The column that is not larger.
    pub lower: String,
    /// The other one.
    pub upper: String,
    /// Whether they are not equal either.
    pub strict: bool,
}

/// One relation or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "OneOrMany", into = "OneOrMany")]
pub struct Relations(Vec<Relation>);

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Relation),
    Many(Vec<Relation>),
}

impl Relation {
    /// The names of both columns.
    pub fn columns(&self) -> [&String; 2] {
        [&self.lower, &self.upper]
    }
}

impl Relations {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Relation> {
        self.0.iter()
    }
}

impl From<OneOrMany> for Relations {
    fn from(given: OneOrMany) -> Self {
        match given {
            OneOrMany::One(one) => Self(vec![one]),
            OneOrMany::Many(many) => Self(many),
        }
    }
}

impl From<Relations> for OneOrMany {
    fn from(relations: Relations) -> Self {
        Self::Many(relations.0)
    }
}

impl TryFrom<String> for Relation {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        for (sign, turned, strict) in [
            ("<=", false, false),
            ("≤", false, false),
            (">=", true, false),
            ("≥", true, false),
            ("<", false, true),
            (">", true, true),
        ] {
            let Some((left, right)) = text.split_once(sign) else {
                continue;
            };
            let [left, right] = [left, right].map(|name| name.trim().to_owned());
            if left.is_empty() || right.is_empty() || left == right {
                break;
            }
            let (lower, upper) = if turned { (right, left) } else { (left, right) };
            return Ok(Self {
                lower,
                upper,
                strict,
            });
        }
        Err(format!(
            "the relation `{text}` has to be of the form `a <= b`, with the names of two columns"
        ))
    }
}

impl Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let sign = if self.strict { "<" } else { "<=" };
        write!(f, "{} {sign} {}", self.lower, self.upper)
    }
}

impl From<Relation> for String {
    fn from(relation: Relation) -> Self {
        relation.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_read_in_either_direction() {
        let read = |text: &str| Relation::try_from(text.to_owned());
        for (text, written) in [
            ("a <= b", "a <= b"),
            ("total income>=net income", "net income <= total income"),
            ("a < b", "a < b"),
            ("b > a", "a < b"),
            ("a ≤ b", "a <= b"),
        ] {
            assert_eq!(read(text).unwrap().to_string(), written);
        }
        for wrong in ["a", "a <=", "a = b", "a <= a", ""] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
