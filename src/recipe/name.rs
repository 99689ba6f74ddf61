//! What an arm may be called.

use super::ArmError;

/// Most characters of a name.
const MAX_LENGTH: usize = 12;

/// Checks a name: 1 to 12 letters, digits, `-`, `_`, `+` or `.`, beginning with a letter or digit, as
/// it becomes part of the names of files.
///
/// # Errors
/// [`ArmError::Name`] for anything else.
pub fn check_name(name: &str) -> Result<(), ArmError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_+.".contains(c);
    let first = name.chars().next();
    let begins = first.is_some_and(|c| c.is_ascii_alphanumeric());
    match begins && name.chars().all(plain) && name.len() <= MAX_LENGTH {
        true => Ok(()),
        false => Err(ArmError::Name(name.to_owned())),
    }
}

/// `wanted`, or the first of `wanted2`, `wanted3`, … that is not `taken`.
pub(super) fn free_name(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2;
    while taken(&name) {
        let suffix = number.to_string();
        let kept: String = wanted.chars().take(MAX_LENGTH - suffix.len()).collect();
        name = kept + &suffix;
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        for name in ["BL", "CT2", "no-reg", "a_b+c.d"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in [
            "",
            " ",
            "a b",
            "a/b",
            "..",
            "-x",
            "a:b",
            "é",
            "\u{1b}[2J",
            "abcdefghijklm",
        ] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_free_name_is_found() {
        assert_eq!(free_name("CT", |_| false), "CT");
        let taken = ["CT", "CT2"];
        assert_eq!(free_name("CT", |name| taken.contains(&name)), "CT3");
        let long = "abcdefghijkl";
        assert_eq!(free_name(long, |name| name == long), "abcdefghijk2");
    }
}
