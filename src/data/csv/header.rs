//! Column names: whether a line has them, and what they are.

use csv::StringRecord;

/// Names of columns that are usually the label, in lower case; the first ones first.
pub(super) const LABEL_NAMES: [&str; 16] = [
    "label",
    "target",
    "class",
    "outcome",
    "labels",
    "targets",
    "classes",
    "y",
    "diagnosis",
    "species",
    "survived",
    "churn",
    "response",
    "category",
    "quality",
    "result",
];

/// Whether a cell is a number that is not infinite.
pub(super) fn holds_number(cell: &str) -> bool {
    cell.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Whether the first line has the names of columns, rather than being a row like those `below`.
///
/// Names may be numbers, as years are, or as NumPy and pandas number columns: if the other names do
/// not belong to the values below them.
pub(super) fn are_names(first: &[String], below: &[StringRecord]) -> bool {
    let numbers: Vec<&String> = first.iter().filter(|cell| holds_number(cell)).collect();
    if numbers.is_empty() {
        return true;
    }
    let texts: Vec<(usize, &String)> = first
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty() && !holds_number(cell))
        .collect();
    if texts.is_empty() {
        let counted = numbers
            .iter()
            .enumerate()
            .all(|(i, name)| **name == i.to_string());
        return counted && (numbers.len() > 2 || numbers.len() < first.len());
    }
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    let distinct = sorted.windows(2).all(|pair| pair[0] != pair[1]);
    let plain = numbers
        .iter()
        .all(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
    let is_label = |text: &str| LABEL_NAMES.contains(&text.to_lowercase().as_str());
    let stranger = |(column, text): &(usize, &String)| {
        let cells = below.iter().filter_map(|row| row.get(*column));
        let present: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        let numeric = present.iter().filter(|cell| holds_number(cell)).count();
        is_label(text) || (!present.is_empty() && numeric * 2 > present.len())
    };
    distinct && plain && texts.iter().any(stranger)
}

/// Whether rows have one cell more than there are names, and that cell, the first one, counts them:
/// as R writes tables with the names of rows.
pub(super) fn lacks_row_name(names: usize, below: &[StringRecord]) -> bool {
    let one_more = |row: &StringRecord| row.len() == names + 1 && row.get(names) != Some("");
    let first = |row: &StringRecord| row.get(0).and_then(|cell| cell.parse::<usize>().ok());
    let counts = |pair: &[StringRecord]| {
        first(&pair[0]).is_some_and(|number| first(&pair[1]) == Some(number + 1))
    };
    below.len() > 1 && below.iter().all(one_more) && below.windows(2).all(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_names(first: &str, below: &[&str]) -> bool {
        let cells: Vec<String> = first.split(',').map(String::from).collect();
        let below: Vec<StringRecord> = below.iter().map(|row| row.split(',').collect()).collect();
        super::are_names(&cells, &below)
    }

    #[test]
    fn names_may_be_numbers() {
        assert!(are_names("a,b", &["1,2"]));
        assert!(are_names("0,1,2,target", &["76,15576,39,0"]));
        assert!(are_names("age,2019,2020,label", &["76,1,2,no"]));
        assert!(are_names("0,1,2,3", &["1.5,2,3,0"]));
        assert!(are_names(",0,1", &["0,1.5,1"]));
    }

    #[test]
    fn rows_are_told_from_names() {
        assert!(!are_names("1,2,0", &["3,4,1"]));
        assert!(!are_names("39,State-gov,77516", &["50,Self-emp,83311"]));
        assert!(!are_names("5.1,3.5,setosa", &["4.9,3.0,setosa"]));
        assert!(!are_names("0,1", &["1,0"]));
        assert!(!are_names("1,1,x", &["2,2,5"]));
    }

    #[test]
    fn rows_that_are_counted_are_one_wider() {
        let rows = |rows: &[&str]| -> Vec<StringRecord> {
            rows.iter().map(|row| row.split(',').collect()).collect()
        };
        assert!(lacks_row_name(2, &rows(&["1,5,0", "2,6,1", "3,7,0"])));
        assert!(!lacks_row_name(2, &rows(&["1,5,0", "1,6,1"])));
        assert!(!lacks_row_name(2, &rows(&["1,5,", "2,6,"])));
    }
}
