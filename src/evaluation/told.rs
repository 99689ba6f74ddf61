//! Estimates as people are told them.

use super::estimate::Estimate;
use crate::text::shortened;

/// A value; a dash where nothing can be said of it, because its error exceeds it.
pub fn number(found: Option<&Estimate>) -> String {
    let known = found.filter(|found| is_known(found));
    known.map_or("–".to_owned(), |found| value(found.value))
}

/// A change in percent; a dash where its error exceeds it.
pub fn change(found: Estimate) -> String {
    let known = is_known(&found).then(|| percent(found.value));
    known.unwrap_or("–".to_owned())
}

/// Whether something can be said of a value: it is one, and is not smaller than its error.
pub fn is_known(found: &Estimate) -> bool {
    found.value.is_finite() && (found.error.is_nan() || found.error <= found.value.abs())
}

/// A value in at most six columns.
pub fn value(value: f64) -> String {
    match value.abs() {
        _ if !value.is_finite() => "–".to_owned(),
        0.0 => "0".to_owned(),
        0.0..0.000_995 => six(format!("{value:.1e}")),
        0.000_995..0.0995 => format!("{value:.4}").chars().take(6).collect(),
        0.0995..100.0 => format!("{value:.3}").chars().take(5).collect(),
        100.0..100_000.0 => format!("{value:.0}"),
        _ => six(format!("{value:.0e}")),
    }
}

/// A change in percent with its sign.
pub fn percent(change: f64) -> String {
    match change.abs() {
        _ if !change.is_finite() => "–".to_owned(),
        0.0..0.05 => "0 %".to_owned(),
        0.05..9.95 => format!("{change:+.1} %"),
        9.95..999.5 => format!("{change:+.0} %"),
        _ => if change > 0.0 { ">999 %" } else { "<-999%" }.to_owned(),
    }
}

/// Two significant digits of a standard error.
pub fn two_digits(error: f64) -> String {
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
pub fn interval([lower, upper]: [f64; 2]) -> Option<String> {
    let (lower, upper) = (percent(lower), percent(upper));
    (lower != upper).then(|| format!("99 % of the rounds: {lower} to {upper}"))
}

/// A published value: two decimals are known of it.
pub fn published_value(published: f64) -> String {
    match published < 0.005 {
        true => "<0.01".to_owned(),
        false => format!("{published:.2}"),
    }
}

/// In at most six characters.
fn six(text: String) -> String {
    match text.chars().count() > 6 {
        true => shortened(&text, 5).into_owned(),
        false => text,
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
    fn nothing_is_said_where_the_error_exceeds_the_value() {
        let of = |value, error| Estimate { value, error };
        assert_eq!(change(of(225.0, 310.0)), "–");
        assert_eq!(change(of(-88.0, 4.0)), "-88 %");
        assert_eq!(number(Some(&of(0.001, 0.002))), "–");
        assert_eq!(number(Some(&of(0.001, f64::NAN))), "0.0010");
        assert_eq!(number(None), "–");
    }
}
