//! Numbers of the scoreboard, in their columns.

use crate::{dashboard::widgets::fit, evaluation::told::two_digits};

/// A value of [`number`](crate::evaluation::told::number) in `room` columns: without its leading zero, or with fewer digits.
pub(super) fn narrow(text: &str, room: u16) -> String {
    if text.chars().count() <= usize::from(room) {
        return text.to_owned();
    }
    let shorter = match (text.strip_prefix("0."), text.split_once('e')) {
        (Some(decimals), _) => format!(".{decimals}"),
        (None, Some((digits, power))) => {
            format!("{}e{power}", digits.split('.').next().unwrap_or(digits))
        }
        (None, None) => text.to_owned(),
    };
    fit(&shorter, room)
}

/// A change in percent in eight columns, with its star.
pub(super) fn starred(change: String, significant: bool) -> String {
    let star = if significant && change != "–" {
        "*"
    } else {
        " "
    };
    format!("{change:>7}{star}")
}

/// A standard error in seven columns; blank if there is none.
pub(super) fn error(se: f64) -> String {
    let text = match se.is_finite() && se > 0.0 {
        true => format!("±{}", two_digits(se)),
        false => String::new(),
    };
    format!("{text:>6} ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_column_costs_the_leading_zero_before_any_digit() {
        let cases = [("0.0080", ".0080"), ("2.3e-5", "2e-5"), ("0.904", "0.904")];
        for (text, expected) in cases {
            assert_eq!(narrow(text, 5), expected);
        }
        assert_eq!(narrow("123456", 5), "1234…");
    }

    #[test]
    fn what_is_not_known_has_no_star() {
        assert_eq!(starred("–".to_owned(), true), "      – ");
        assert_eq!(starred("-88 %".to_owned(), true), "  -88 %*");
    }
}
