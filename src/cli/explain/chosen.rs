//! Which rows, and where they are to go.

use crate::{
    cli::CliError,
    data::{Rows, nearest::hint},
    recourse::{self, OPPOSITE, Target},
    text::printable,
};

/// Most rows that can be chosen by number.
const MOST_ROWS: usize = 1_000_000;

/// The numbers in a list such as `0-5,9`, in its order.
pub(super) fn row_numbers(text: &str) -> Result<Vec<usize>, CliError> {
    let wrong = |why: &str| {
        CliError::Input(format!(
            "--rows {text}: {why}; write row numbers and ranges, such as 0-5,9"
        ))
    };
    let mut numbers = Vec::new();
    for part in text.split(',').map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| text.trim().parse::<usize>();
        let (Ok(first), Ok(last)) = (number(first), number(last)) else {
            return Err(wrong(&format!("`{part}` is no row number")));
        };
        if first > last {
            return Err(wrong(&format!("`{part}` ends before it begins")));
        }
        if last - first >= MOST_ROWS - numbers.len() {
            return Err(wrong(&format!("more than {MOST_ROWS} rows")));
        }
        numbers.extend(first..=last);
    }
    Ok(numbers)
}

/// Positions of the wanted rows among those that could be read.
pub(super) fn choose(rows: &Rows, wanted: Option<&[usize]>) -> Result<Vec<usize>, CliError> {
    let Some(wanted) = wanted else {
        return Ok((0..rows.numbers.len()).collect());
    };
    let find = |row: &usize| {
        rows.numbers.binary_search(row).map_err(|_| {
            CliError::Input(format!(
                "--rows {row}: a value is missing in this row of {}; fill it in, or let `missing = \"impute\"` in a schema beside the file do it",
                rows.path.display()
            ))
        })
    };
    wanted.iter().map(find).collect()
}

/// The target that `name` means.
///
/// # Errors
/// [`CliError::Input`] for an unknown class, or if there is no opposite.
pub(super) fn target(classes: &[String], name: &str) -> Result<Target, CliError> {
    let known = Target::named(classes, name);
    known.ok_or_else(|| CliError::Input(format!("{}, or `{OPPOSITE}`", unknown(classes, name))))
}

/// The class called `name`, however its number is written.
///
/// # Errors
/// [`CliError::Input`] for an unknown one.
pub(in crate::cli) fn class(classes: &[String], name: &str) -> Result<usize, CliError> {
    recourse::class(classes, name).ok_or_else(|| CliError::Input(unknown(classes, name)))
}

fn unknown(classes: &[String], name: &str) -> String {
    format!(
        "--target {name}: there is no such class{}; the model knows {}",
        hint(name, classes.iter().map(String::as_str)),
        printable(&classes.join(", "))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbers_and_ranges() {
        assert_eq!(row_numbers("0-2,9, 4").unwrap(), [0, 1, 2, 9, 4]);
        for wrong in ["", "a", "-1", "3-1", "1-", "0-99999999999"] {
            assert!(row_numbers(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn unknown_classes_get_the_nearest_known() {
        let classes = ["-1", "yes"].map(String::from);
        let message = class(&classes, "yess").unwrap_err().to_string();
        assert!(message.contains("did you mean `yes`"), "{message}");
        let message = target(&classes, "?").unwrap_err().to_string();
        assert!(message.ends_with("or `opposite`"), "{message}");
    }
}
