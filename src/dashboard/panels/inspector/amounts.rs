//! Numbers of advice, as people are told them.

use crate::data::Feature;

/// Most digits after the point.
const DIGITS: usize = 6;

/// Digits after the point of a feature's values in units of the file: those of its step, or as many as
/// matter; none of categories and pixels.
pub fn decimals(feature: &Feature) -> usize {
    if !feature.is_number() {
        return 0;
    }
    let step = feature.step.unwrap_or_else(|| feature.scale.resolution());
    let text = step.to_string();
    text.split_once('.')
        .map_or(0, |(_, digits)| digits.len().min(DIGITS))
}

/// A number with so many digits after the point, and commas between thousands.
pub fn grouped(number: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", number.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    if number < 0.0 && text.contains(|digit| ('1'..='9').contains(&digit)) {
        grouped.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

/// What a number becomes, with its unit, and by how much that differs.
pub(super) fn change(feature: &Feature, [from, to]: [f64; 2]) -> String {
    let decimals = decimals(feature);
    let unit = match feature.shown_unit().as_ref() {
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    let sign = if to > from { "+" } else { "−" };
    let (name, value) = (feature.shown_name(), grouped(to, decimals));
    let difference = grouped((to - from).abs(), decimals);
    format!("{name} {value}{unit} ({sign}{difference})")
}

/// A number of a table, in at most eight columns.
pub(super) fn cell(number: f64, decimals: usize) -> String {
    let fixed = |decimals: usize| format!("{number:.decimals$}");
    let fitting = (0..=decimals).rev().map(fixed).find(|text| text.len() <= 8);
    fitting.unwrap_or_else(|| format!("{number:.1e}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Kind, Scale};

    #[test]
    fn numbers_have_the_digits_of_their_steps() {
        let with = |step, factor| Feature {
            step,
            scale: Scale::linear(0.0, factor),
            ..Feature::numeric("x")
        };
        assert_eq!(decimals(&with(Some(1.0), 3000.0)), 0);
        assert_eq!(decimals(&with(Some(0.25), 1.0)), 2);
        assert_eq!(decimals(&with(None, 1.0)), 4);
        assert_eq!(decimals(&with(None, 25_000.0)), 0);
        assert_eq!(decimals(&with(None, 1e-30)), DIGITS);
        let pixel = Feature {
            kind: Kind::Pixel,
            ..with(None, 127.5)
        };
        assert_eq!(decimals(&pixel), 0);
        let debt = Feature {
            unit: "€".into(),
            ..with(Some(1.0), 3000.0)
        };
        let told = change(&debt, [20_000.0, 7_680.0]);
        assert_eq!(told, "x 7,680 € (−12,320)");
        assert_eq!(
            change(&with(None, 1.0), [0.5, -0.25]),
            "x −0.2500 (−0.7500)"
        );
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(1_234_567.0, 0), "1,234,567");
        assert_eq!(grouped(0.25, 2), "0.25");
        assert_eq!(grouped(-0.001, 2), "0.00");
    }

    #[test]
    fn cells_have_eight_columns() {
        assert_eq!(cell(3.0, 0), "3");
        assert_eq!(cell(-0.534_21, 4), "-0.5342");
        assert_eq!(cell(12_345.678_9, 4), "12345.68");
        assert_eq!(cell(1.0e12, 0), "1.0e12");
    }
}
