//! How a table is written, where a user says it instead of leaving it to be found out.

use serde::{Deserialize, Serialize};

use super::DataError;
use super::csv::canonical;

/// What goes for a missing value in any case, unless it is in [`MISSING_SIGNS`].
const MISSING_WORDS: [&str; 14] = [
    "na", "n/a", "#n/a", "#n/a n/a", "<na>", "nan", "-nan", "none", "null", "#null!", "#div/0!",
    "#value!", "#ref!", "#num!",
];
/// Signs that go for a missing value.
const MISSING_SIGNS: [&str; 8] = ["", "?", "-", "--", "–", "—", ".", "\\N"];

/// How a table is written; what is left out is found out from the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TableFormat {
    /// What stands between cells; a blank means any number of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The decimal mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Decimal>,
    /// What else goes for a missing value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Columns to leave out: a name, or several with commas between them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

/// The decimal mark of numbers; the other of the two may stand between thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decimal {
    /// `1,234.5`
    #[default]
    Point,
    /// `1.234,5`
    Comma,
}

impl TableFormat {
    /// Whether everything is left to be found out.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a cell, without blanks around it, goes for a missing value.
    pub fn is_missing(&self, cell: &str) -> bool {
        MISSING_SIGNS.contains(&cell)
            || (cell.len() <= 8
                && MISSING_WORDS
                    .iter()
                    .any(|word| cell.eq_ignore_ascii_case(word)))
            || self
                .missing
                .iter()
                .any(|text| text.eq_ignore_ascii_case(cell) || canonical(text) == canonical(cell))
    }

    /// The delimiter that a user names: a character, or `tab`, `space`, `comma`, `semicolon`, `pipe`.
    ///
    /// # Errors
    /// [`DataError::Value`] for anything that cannot stand between cells.
    pub fn parse_delimiter(text: &str) -> Result<char, DataError> {
        let named = match text.to_lowercase().as_str() {
            "tab" | "\\t" => Some('\t'),
            "space" | "blank" => Some(' '),
            "comma" => Some(','),
            "semicolon" => Some(';'),
            "pipe" => Some('|'),
            _ => None,
        };
        let mut characters = text.chars();
        let single = characters.next().filter(|_| characters.next().is_none());
        let usable = |c: &char| {
            c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '"' | '\n' | '\r' | '\0')
        };
        named.or(single).filter(usable).ok_or_else(|| {
            DataError::Value(format!(
                "`{text}` cannot be a delimiter; give one character such as ; or |, or tab or space"
            ))
        })
    }

    /// The decimal mark that a user names.
    ///
    /// # Errors
    /// [`DataError::Value`] for anything but a point or a comma.
    pub fn parse_decimal(text: &str) -> Result<Decimal, DataError> {
        match text.to_lowercase().as_str() {
            "." | "point" => Ok(Decimal::Point),
            "," | "comma" => Ok(Decimal::Comma),
            _ => Err(DataError::Value(format!(
                "`{text}` cannot be a decimal mark; give . or ,"
            ))),
        }
    }
}

impl Decimal {
    /// The mark.
    pub fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// The mark that may stand between thousands.
    pub fn thousands(self) -> char {
        match self {
            Self::Point => ',',
            Self::Comma => '.',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_for_missing() {
        let format = TableFormat {
            missing: vec!["missing".into(), "-9".into()],
            ..TableFormat::default()
        };
        for cell in [
            "", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "None", "NULL", "?", "-", ".",
        ] {
            assert!(TableFormat::default().is_missing(cell), "{cell}");
        }
        for cell in ["missing", "-9", "-9.0"] {
            assert!(format.is_missing(cell) && !TableFormat::default().is_missing(cell));
        }
        for cell in ["0", "no", "nano", "nonesuch", "-1", "..a", "9"] {
            assert!(!format.is_missing(cell), "{cell}");
        }
    }

    #[test]
    fn marks_are_named() {
        assert_eq!(TableFormat::parse_delimiter(";").unwrap(), ';');
        assert_eq!(TableFormat::parse_delimiter("Tab").unwrap(), '\t');
        assert_eq!(TableFormat::parse_delimiter("\t").unwrap(), '\t');
        for wrong in ["", "ab", "a", "1", "\"", "é"] {
            assert!(TableFormat::parse_delimiter(wrong).is_err(), "{wrong}");
        }
        assert_eq!(TableFormat::parse_decimal(",").unwrap(), Decimal::Comma);
        assert!(TableFormat::parse_decimal(";").is_err());
    }
}
