//! Which rows, and where they are to go.

use ndarray::{ArrayView1, ArrayView2};

use crate::cli::CliError;
use crate::{
    data::{Rows, canonical, nearest::hint},
    text::printable,
};

/// The word for a class other than the predicted one.
const OPPOSITE: &str = "opposite";

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

/// Where the rows are to go, whose probabilities are `(n, k)`: to the class called `name`, or each to
/// the most likely of those that it is not predicted as.
///
/// # Errors
/// [`CliError::Input`] for an unknown class, or if there is no opposite.
pub(super) fn targets(
    classes: &[String],
    name: &str,
    probabilities: ArrayView2<'_, f32>,
) -> Result<Vec<usize>, CliError> {
    match class(classes, name) {
        Ok(class) => Ok(vec![class; probabilities.nrows()]),
        Err(_) if name == OPPOSITE && classes.len() > 1 => {
            Ok(probabilities.rows().into_iter().map(second).collect())
        }
        Err(unknown) => Err(CliError::Input(format!("{unknown}, or `{OPPOSITE}`"))),
    }
}

/// The class with the second largest probability.
fn second(probabilities: ArrayView1<'_, f32>) -> usize {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]));
    order.get(1).copied().unwrap_or(0)
}

/// The class called `name`, however its number is written.
pub(in crate::cli) fn class(classes: &[String], name: &str) -> Result<usize, CliError> {
    let exact = classes.iter().position(|known| known == name);
    let same = |known: &String| canonical(known) == canonical(name);
    exact
        .or_else(|| classes.iter().position(same))
        .ok_or_else(|| {
            CliError::Input(format!(
                "--target {name}: there is no such class{}; the model knows {}",
                hint(name, classes.iter().map(String::as_str)),
                printable(&classes.join(", "))
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn rows_are_numbers_and_ranges() {
        assert_eq!(row_numbers("0-2,9, 4").unwrap(), [0, 1, 2, 9, 4]);
        for wrong in ["", "a", "-1", "3-1", "1-", "0-99999999999"] {
            assert!(row_numbers(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn classes_are_found_however_they_are_written() {
        let classes = ["-1", "1", "yes", "007"].map(String::from);
        for (name, expected) in [("-1", 0), ("+1", 1), ("1.0", 1), ("yes", 2), ("007", 3)] {
            assert_eq!(class(&classes, name).unwrap(), expected);
        }
        let probabilities = array![[0.1, 0.5, 0.3, 0.1], [0.9, 0.0, 0.0, 0.1]];
        let opposite = targets(&classes, "opposite", probabilities.view()).unwrap();
        assert_eq!(opposite, [2, 3]);
        let message = class(&classes, "yess").unwrap_err().to_string();
        assert!(message.contains("did you mean `yes`"), "{message}");
    }
}
