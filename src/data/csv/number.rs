//! Numbers as people write them: decimal commas, thousands, currencies, percent signs.

use crate::data::format::Decimal;

/// What may stand between thousands beside the mark that is not the decimal one.
const GAPS: [char; 7] = ['\'', '’', ' ', '\u{a0}', '\u{2009}', '\u{202f}', '\u{2007}'];
/// What may stand before or behind an amount of money.
const CURRENCIES: [&str; 30] = [
    "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₫", "₪", "฿", "¢", "US$", "R$", "A$", "C$", "kr",
    "zł", "Kč", "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "SEK", "NOK", "DKK", "Fr.",
];

/// What a number is written with beside digits, a sign and a decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Separators of thousands.
    Thousands,
    /// A currency.
    Currency,
    /// A percent sign, which is left off: `12%` is 12.
    Percent,
}

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// Its value; infinite if it has too large an exponent or is written as infinite.
    pub(super) value: f64,
    /// What it is written with.
    pub(super) mark: Option<Mark>,
}

impl Number {
    /// Whether a model can hold it.
    pub(super) fn is_held(&self) -> bool {
        (self.value as f32).is_finite()
    }
}

/// The number in a cell without blanks around it; `None` if it is something else.
pub(super) fn parse(cell: &str, decimal: Decimal) -> Option<Number> {
    let first = cell.bytes().find(|byte| !matches!(byte, b'+' | b'-'))?;
    let plain = first.is_ascii_digit() || first == b'.' || first.eq_ignore_ascii_case(&b'i');
    let has_points = decimal == Decimal::Comma && cell.contains(['.', ',']);
    if plain
        && !has_points
        && let Ok(value) = cell.parse()
    {
        return Some(Number { value, mark: None });
    }
    let (amount, mark) = without_unit(cell);
    let (value, grouped) = amount_of(amount, decimal)?;
    Some(Number {
        value,
        mark: mark.or(grouped.then_some(Mark::Thousands)),
    })
}

/// The cell without a currency or a percent sign; a sign stays with the amount.
fn without_unit(cell: &str) -> (&str, Option<Mark>) {
    if let Some(amount) = cell.strip_suffix('%') {
        return (amount.trim_end(), Some(Mark::Percent));
    }
    for currency in CURRENCIES {
        if let Some(amount) = cell.strip_prefix(currency).or(cell.strip_suffix(currency)) {
            return (amount.trim(), Some(Mark::Currency));
        }
    }
    (cell, None)
}

/// The value of an amount, and whether there is anything between its thousands.
fn amount_of(text: &str, decimal: Decimal) -> Option<(f64, bool)> {
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = match without_unit(digits) {
        (amount, Some(Mark::Currency)) => amount,
        _ => digits,
    };
    let (whole, fraction) = match digits.split_once(decimal.mark()) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let (whole, grouped) = without_gaps(whole, decimal)?;
    let mut plain = String::with_capacity(text.len() + 1);
    plain.extend(negative.then_some('-'));
    plain += &whole;
    if let Some(fraction) = fraction {
        if !fraction.starts_with(|c: char| c.is_ascii_digit()) && whole.is_empty() {
            return None;
        }
        plain.push('.');
        plain += fraction;
    }
    let value = plain.parse().ok()?;
    Some((value, grouped))
}

/// The digits of a whole number, and whether there was anything between its thousands.
fn without_gaps(whole: &str, decimal: Decimal) -> Option<(String, bool)> {
    let gap = whole
        .chars()
        .find(|c| *c == decimal.thousands() || GAPS.contains(c));
    let Some(gap) = gap else {
        let digits = whole
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, 'e' | 'E' | '+' | '-'));
        let begins = whole.is_empty() || whole.starts_with(|c: char| c.is_ascii_digit());
        return (digits && begins).then(|| (whole.to_owned(), false));
    };
    let mut groups = whole.split(gap);
    let first = groups.next()?;
    let all_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let begins = matches!(first.len(), 1..=3) && all_digits(first) && !first.starts_with('0');
    let goes_on = groups.all(|group| group.len() == 3 && all_digits(group));
    (begins && goes_on).then(|| (whole.replace(gap, ""), true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(cell: &str, decimal: Decimal) -> Option<f64> {
        parse(cell, decimal).map(|number| number.value)
    }

    #[test]
    fn points_are_decimal_marks() {
        let cases = [
            ("1.5", 1.5),
            ("-0.25", -0.25),
            ("+1", 1.0),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("12,000", 12_000.0),
            ("1,234,567.5", 1_234_567.5),
            ("1'234'567", 1_234_567.0),
            ("1 234", 1234.0),
            ("1\u{202f}234.5", 1234.5),
            ("$1,200.50", 1200.5),
            ("-$5", -5.0),
            ("$-5", -5.0),
            ("12 €", 12.0),
            ("EUR 7", 7.0),
            ("12%", 12.0),
            ("3.5 %", 3.5),
            ("−4", -4.0),
            ("1234567890123456789", 1_234_567_890_123_456_800.0),
        ];
        for (cell, expected) in cases {
            assert_eq!(value(cell, Decimal::Point), Some(expected), "{cell}");
        }
    }

    #[test]
    fn commas_are_decimal_marks() {
        let cases = [
            ("1,5", 1.5),
            ("-0,544", -0.544),
            ("1.234,5", 1234.5),
            ("12.000", 12_000.0),
            ("7", 7.0),
            ("1 234,5", 1234.5),
            ("3,5 %", 3.5),
            ("1.234.567", 1_234_567.0),
            ("1,5e2", 150.0),
            (",5", 0.5),
            ("12,50 €", 12.5),
            ("1e3", 1000.0),
        ];
        for (cell, expected) in cases {
            assert_eq!(value(cell, Decimal::Comma), Some(expected), "{cell}");
        }
    }

    #[test]
    fn the_largest_single_number_is_held_as_it_is_written() {
        let largest = parse(&f32::MAX.to_string(), Decimal::Point).unwrap();
        assert!(largest.is_held() && largest.value > f64::from(f32::MAX));
        assert!(!parse("3.5e38", Decimal::Point).unwrap().is_held());
    }

    #[test]
    fn what_is_no_number() {
        for cell in [
            "",
            "abc",
            "1,2",
            "1,23,456",
            "0,544",
            "12,0000",
            "2024-01-02",
            "12.05.2024",
            "1.2.3",
            "$",
            "%",
            "e5",
            ".",
            ",",
            "-",
            "+-5",
            "1 2",
            "10:30",
            "1e",
            "nan",
            "a5",
            "5a",
            "--5",
            "192.168.0.1",
        ] {
            assert_eq!(value(cell, Decimal::Point), None, "{cell}");
        }
        for cell in ["1.5", "1,2,3", "0.544", ",", "12.05.2024", "1.23", "nan"] {
            assert_eq!(value(cell, Decimal::Comma), None, "{cell}");
        }
        assert_eq!(value("-inf", Decimal::Point), Some(f64::NEG_INFINITY));
    }
}
