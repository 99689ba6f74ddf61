//! Numbers and classes in words.

/// A number with its unit.
pub(super) fn amount(value: f64, unit: &str) -> String {
    match unit.is_empty() {
        true => value.to_string(),
        false => format!("{value} {unit}"),
    }
}

/// Two significant digits.
pub(super) fn rounded(value: f64) -> String {
    if value <= 0.0 {
        return "0".into();
    }
    let two_digits: f64 = format!("{value:.1e}").parse().unwrap_or(value);
    two_digits.to_string()
}

/// A share as a percentage that promises neither certainty nor impossibility.
pub(super) fn percent(share: f64) -> String {
    match share {
        share if share > 0.99 => "more than 99 percent".into(),
        share if share < 0.01 => "less than 1 percent".into(),
        share => format!("{:.0} percent", 100.0 * share),
    }
}

/// A decision in words: the class's name, or what it is to the person if that is but a number.
pub(super) fn decision(class: &str, wished: bool) -> String {
    match (class.parse::<f64>().is_ok(), wished) {
        (false, _) => format!("“{class}”"),
        (true, true) => "the decision that you wish for".into(),
        (true, false) => "not the decision that you wish for".into(),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_classes_are_said_in_words() {
        assert_eq!(amount(31_000.0, "€"), "31000 €");
        assert_eq!(rounded(1234.5), "1200");
        assert_eq!(rounded(0.02345), "0.023");
        assert_eq!(rounded(9.96), "10");
        assert_eq!(rounded(-1.0), "0");
        assert_eq!(percent(0.123), "12 percent");
        assert_eq!(percent(0.9999), "more than 99 percent");
        assert_eq!(decision("refused", false), "“refused”");
        assert!(!decision("1", true).contains('1'));
        assert_eq!(list(&["a", "b", "c"].map(String::from)), "a, b and c");
    }
}
