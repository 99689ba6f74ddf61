//! The label column.

use std::collections::HashMap;

use super::cell::{listed, shortened};
use super::sheet::Sheet;
use crate::data::schema::Threshold;
use crate::data::table::Labels;
use crate::data::{DataError, Schema, nearest};

/// Most classes that a file may have.
const MAX_CLASSES: usize = 256;

/// Reads the label column; also returns which of the rows that are read have a label. Within, what keeps the column from
/// being the label.
///
/// Classes come in ascending order: of the numbers if all labels are numbers, else of the texts.
/// The positive class comes last.
pub(super) fn read(
    sheet: &Sheet,
    column: usize,
    schema: &Schema,
) -> Result<Result<(Labels, Vec<usize>), DataError>, DataError> {
    let (texts, rows) = cells(sheet, column)?;
    Ok(classes(sheet, column, schema, texts).map(|labels| (labels, rows)))
}

fn classes(
    sheet: &Sheet,
    column: usize,
    schema: &Schema,
    mut texts: Vec<Box<str>>,
) -> Result<Labels, DataError> {
    if texts.is_empty() {
        return Err(sheet.error(format!(
            "label column `{}` is empty in every row",
            sheet.header[column]
        )));
    }
    if let Some(threshold) = schema.above {
        texts = divide(sheet, column, texts, threshold)?;
    }
    let texts: Vec<String> = texts.iter().map(|text| canonical(text)).collect();
    let mut classes: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    classes.sort_unstable();
    classes.dedup();
    let name = &sheet.header[column];
    if classes.len() > MAX_CLASSES {
        return Err(sheet.error(format!(
            "label column `{name}` has {} different values; a class label has at most {MAX_CLASSES}: name another column with --label, or say `above` in the schema to make two classes of numbers",
            classes.len()
        )));
    }
    let mut classes = in_order(&classes);
    if let Some(positive) = &schema.positive {
        put_last(sheet, name, &mut classes, &canonical(positive))?;
    }
    let position: HashMap<&str, usize> = classes.iter().map(String::as_str).zip(0..).collect();
    let y = texts
        .iter()
        .filter_map(|text| position.get(text.as_str()).copied())
        .collect();
    Ok(Labels {
        column: name.clone(),
        classes,
        y,
    })
}

/// The labels that are there, and their places among the rows that are read.
fn cells(sheet: &Sheet, column: usize) -> Result<(Vec<Box<str>>, Vec<usize>), DataError> {
    let mut texts = Vec::new();
    let mut rows = Vec::new();
    let mut place = 0;
    sheet.each_row(|_, record| {
        let cell = sheet.label(record, column);
        if !sheet.format.is_missing(cell) {
            texts.push(cell.into());
            rows.push(place);
        }
        place += 1;
        Ok(())
    })?;
    Ok((texts, rows))
}

/// `false` and `true` for numbers up to and above the threshold, unless there are only two.
fn divide(
    sheet: &Sheet,
    column: usize,
    texts: Vec<Box<str>>,
    threshold: Threshold,
) -> Result<Vec<Box<str>>, DataError> {
    let numbers: Option<Vec<f64>> = texts.iter().map(|text| text.parse().ok()).collect();
    let Some(numbers) = numbers else {
        return Err(sheet.error(format!(
            "label column `{}` holds text, which `above` in the schema cannot divide",
            sheet.header[column]
        )));
    };
    let mut sorted = numbers.clone();
    sorted.sort_by(f64::total_cmp);
    let threshold = match threshold {
        Threshold::Value(value) => value,
        Threshold::Median(_) => median(&sorted),
    };
    sorted.dedup();
    if sorted.len() <= 2 {
        return Ok(texts);
    }
    let class = |number: f64| if number > threshold { "true" } else { "false" };
    Ok(numbers
        .into_iter()
        .map(|number| class(number).into())
        .collect())
}

/// The median of sorted numbers.
fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    match sorted.len() % 2 {
        1 => sorted[middle],
        _ => sorted
            .get(middle.wrapping_sub(1))
            .map_or(0.0, |low| (low + sorted[middle]) / 2.0),
    }
}

/// The name of a class: numbers without a plus sign and zeros behind their decimals (`+1.0` is `1`),
/// anything else as it is, also digits with zeros before them (`007` is not `7`).
pub fn canonical(label: &str) -> String {
    let label = label.trim();
    let (sign, digits) = match label.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", label.strip_prefix('+').unwrap_or(label)),
    };
    if digits.contains(['e', 'E']) && digits.starts_with(|c: char| c.is_ascii_digit()) {
        let number = label
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite());
        return number.map_or_else(|| label.to_owned(), |number| (number + 0.0).to_string());
    }
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let number =
        !(whole.is_empty() && decimals.is_empty()) && are_digits(whole) && are_digits(decimals);
    let coded = whole.len() > 1 && whole.starts_with('0');
    if !number || coded {
        return label.to_owned();
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    match (whole, decimals.trim_end_matches('0')) {
        ("0", "") => "0".to_owned(),
        (_, "") => format!("{sign}{whole}"),
        (_, decimals) => format!("{sign}{whole}.{decimals}"),
    }
}

/// Canonical names, sorted by number if all are numbers.
fn in_order(classes: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = classes.iter().map(|class| canonical(class)).collect();
    let number = |name: &String| name.parse::<f64>().ok().filter(|number| number.is_finite());
    names.sort_unstable();
    if names.iter().all(|name| number(name).is_some()) {
        names.sort_by(|a, b| {
            number(a)
                .unwrap_or(0.0)
                .total_cmp(&number(b).unwrap_or(0.0))
        });
    }
    names.dedup();
    names
}

fn put_last(
    sheet: &Sheet,
    column: &str,
    classes: &mut Vec<String>,
    positive: &str,
) -> Result<(), DataError> {
    match classes.iter().position(|class| class == positive) {
        Some(position) => {
            let class = classes.remove(position);
            classes.push(class);
            Ok(())
        }
        None => {
            let hint = nearest::hint(positive, classes.iter().map(String::as_str));
            Err(sheet.error(format!(
                "the schema's positive class `{}` does not occur in `{column}`{hint}; there are {}",
                shortened(positive),
                listed(classes)
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_sorted_as_numbers() {
        assert_eq!(in_order(&["10", "2", "1.0", "1"]), ["1", "2", "10"]);
        assert_eq!(in_order(&["10", "2", "a"]), ["10", "2", "a"]);
        assert_eq!(in_order(&["-0", "0"]), ["0"]);
    }

    #[test]
    fn labels_are_texts() {
        let cases = [
            ("1.0", "1"),
            ("+1", "1"),
            ("-1.0", "-1"),
            ("0.50", "0.5"),
            ("1.", "1"),
            (".5", "0.5"),
            ("007", "007"),
            ("00", "00"),
            ("1.000000000000000000e+00", "1"),
            ("-0.0", "0"),
            ("12345678901234567890", "12345678901234567890"),
            (" yes ", "yes"),
            ("1e", "1e"),
            ("+", "+"),
            ("", ""),
            (".", "."),
            ("v1.0", "v1.0"),
            ("inf", "inf"),
            ("1-2", "1-2"),
        ];
        for (label, name) in cases {
            assert_eq!(canonical(label), name);
        }
    }
}
