//! Numbers of the scoreboard, in their columns.

use crate::{dashboard::widgets::fit, evaluation::estimate::Estimate};

/// A value; a dash where nothing can be said of it, because its error exceeds it.
pub(super) fn number(found: Option<&Estimate>) -> String {
    let known = found.filter(|found| is_known(found));
    known.map_or("–".to_owned(), |found| value(found.value))
}

/// A value of [`number`] in `room` columns: without its leading zero, or with fewer digits.
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

/// A change in percent; a dash where its error exceeds it.
pub(super) fn change(found: Estimate) -> String {
    let known = is_known(&found).then(|| percent(found.value));
    known.unwrap_or("–".to_owned())
}

/// Whether something can be said of a value: it is one, and is not smaller than its error.
pub(super) fn is_known(found: &Estimate) -> bool {
    found.value.is_finite() && (found.error.is_nan() || found.error <= found.value.abs())
}

/// A published value: two decimals are known of it.
pub(super) fn published_value(published: f64) -> String {
    match published < 0.005 {
        true => "<0.01".to_owned(),
        false => format!("{published:.2}"),
    }
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

/// Two significant digits of a standard error.
pub(super) fn two_digits(error: f64) -> String {
    match error {
        0.0 => "0".to_owned(),
        0.0..0.000_995 => format!("{error:.0e}"),
        0.000_995..0.009_95 => format!("{error:.4}"),
        0.009_95..0.0995 => format!("{error:.3}"),
        0.0995..0.995 => format!("{error:.2}"),
        0.995..9.95 => format!("{error:.1}"),
        9.95..9_999.5 => format!("{error:.0}"),
        _ => format!("{error:.0e}"),
    }
}

/// Within what bounds 99 % of the rounds' changes lie, if there are any.
pub(super) fn interval([lower, upper]: [f64; 2]) -> Option<String> {
    let (lower, upper) = (percent(lower), percent(upper));
    (lower != upper).then(|| format!("99 % of the rounds: {lower} to {upper}"))
}

/// A value in at most six columns.
pub(super) fn value(value: f64) -> String {
    match value.abs() {
        _ if !value.is_finite() => "–".to_owned(),
        0.0 => "0".to_owned(),
        0.0..0.000_995 => fit(&format!("{value:.1e}"), 6),
        0.000_995..0.0995 => format!("{value:.4}").chars().take(6).collect(),
        0.0995..100.0 => format!("{value:.3}").chars().take(5).collect(),
        100.0..100_000.0 => format!("{value:.0}"),
        _ => fit(&format!("{value:.0e}"), 6),
    }
}

/// A change in percent with its sign.
pub(super) fn percent(change: f64) -> String {
    match change.abs() {
        _ if !change.is_finite() => "–".to_owned(),
        0.0..0.05 => "0 %".to_owned(),
        0.05..9.95 => format!("{change:+.1} %"),
        9.95..999.5 => format!("{change:+.0} %"),
        _ => if change > 0.0 { ">999 %" } else { "<-999%" }.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_columns_and_two_digits() {
        for number in [
            0.0,
            -1.234,
            12.3456,
            271.05,
            12_345.6,
            1e9,
            4.2e-5,
            f64::NAN,
        ] {
            assert!(value(number).chars().count() <= 6, "{}", value(number));
        }
        assert_eq!(
            [0.0023, 0.02, 2.3e-5].map(value),
            ["0.0023", "0.0200", "2.3e-5"]
        );
        for change in [0.0, -0.01, 4.04, -58.9, 412.0, -1e6, f64::INFINITY] {
            assert!(percent(change).chars().count() <= 6, "{}", percent(change));
        }
        assert_eq!(percent(-19.6), "-20 %");
        assert_eq!(two_digits(0.0), "0");
        let errors = [0.000_2, 0.0031, 0.042, 0.31, 4.25, 31.4, 1e5].map(two_digits);
        assert_eq!(
            errors,
            ["2e-4", "0.0031", "0.042", "0.31", "4.2", "31", "1e5"]
        );
        assert_eq!([0.0, 0.02].map(published_value), ["<0.01", "0.02"]);
        let bounds = interval([-28.4, -6.24]);
        assert_eq!(
            bounds.as_deref(),
            Some("99 % of the rounds: -28 % to -6.2 %")
        );
        assert_eq!(interval([f64::NAN; 2]), None);
    }

    #[test]
    fn a_narrow_column_costs_the_leading_zero_before_any_digit() {
        let cases = [("0.0080", ".0080"), ("2.3e-5", "2e-5"), ("0.904", "0.904")];
        for (text, expected) in cases {
            assert_eq!(narrow(text, 5), expected);
        }
        assert_eq!(narrow("123456", 5), "1234…");
    }

    #[test]
    fn nothing_is_said_where_the_error_exceeds_the_value() {
        let of = |value, error| Estimate { value, error };
        assert_eq!(change(of(225.0, 310.0)), "–");
        assert_eq!(change(of(-88.0, 4.0)), "-88 %");
        assert_eq!(number(Some(&of(0.001, 0.002))), "–");
        assert_eq!(number(Some(&of(0.001, f64::NAN))), "0.0010");
        assert_eq!(number(None), "–");
        assert_eq!(starred("–".to_owned(), true), "      – ");
    }
}
