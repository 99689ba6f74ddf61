//! The label column.

use super::cell::listed;
use super::is_missing;
use super::sheet::Sheet;
use crate::data::schema::Threshold;
use crate::data::table::Labels;
use crate::data::{DataError, Schema, nearest};

/// Most classes that a file may have.
const MAX_CLASSES: usize = 256;

/// Reads the label column; also returns the rows that have a label.
///
/// Classes come in ascending order: of the numbers if all labels are numbers, else of the texts.
/// The positive class comes last.
pub(super) fn read(
    sheet: &Sheet,
    column: usize,
    schema: &Schema,
) -> Result<(Labels, Vec<usize>), DataError> {
    let (mut texts, rows) = cells(sheet, column)?;
    if let Some(threshold) = schema.above {
        texts = divide(sheet, column, texts, threshold)?;
    }
    let mut classes: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    classes.sort_unstable();
    classes.dedup();
    let name = &sheet.header[column];
    if classes.len() > MAX_CLASSES {
        return Err(sheet.error(format!(
            "label column `{name}` has {} different values; a class label has at most {MAX_CLASSES}: is it another column?",
            classes.len()
        )));
    }
    let mut classes: Vec<String> = in_order(&classes);
    if let Some(positive) = &schema.positive {
        put_last(sheet, name, &mut classes, &canonical(positive))?;
    }
    let y = texts
        .iter()
        .filter_map(|text| classes.iter().position(|class| *class == canonical(text)))
        .collect();
    let labels = Labels {
        column: name.clone(),
        classes,
        y,
    };
    Ok((labels, rows))
}

/// The labels that are there, and their rows.
fn cells(sheet: &Sheet, column: usize) -> Result<(Vec<Box<str>>, Vec<usize>), DataError> {
    let mut texts = Vec::new();
    let mut rows = Vec::new();
    sheet.each_row(|row, record| {
        let cell = sheet.label(record, column);
        if cell.parse::<f64>().is_ok_and(|value| !value.is_finite()) {
            return Err(sheet.cell_error(row, record, column, "is not a class"));
        }
        if !is_missing(cell) {
            texts.push(cell.into());
            rows.push(row);
        }
        Ok(())
    })?;
    if rows.is_empty() {
        return Err(sheet.error(format!(
            "label column `{}` is empty in every row",
            sheet.header[column]
        )));
    }
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

/// The name of a class: numbers in their shortest form (`1.0` is `1`), anything else as it is.
pub(in crate::data) fn canonical(label: &str) -> String {
    match label.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => (number + 0.0).to_string(),
        _ => label.trim().into(),
    }
}

/// Canonical names, sorted by number if all are numbers.
fn in_order(classes: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = classes.iter().map(|class| canonical(class)).collect();
    let numbers: Option<Vec<f64>> = names.iter().map(|name| name.parse().ok()).collect();
    match numbers {
        Some(mut numbers) => {
            numbers.sort_by(f64::total_cmp);
            names = numbers.iter().map(f64::to_string).collect();
        }
        None => names.sort_unstable(),
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
                "the schema's positive class `{positive}` does not occur in `{column}`{hint}; there are {}",
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
}
