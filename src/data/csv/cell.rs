//! Single cells: numbers in them, and how they are shown in messages.

use super::is_missing;

/// Names in quotes, at most the first twelve.
pub(in crate::data) fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{}`", shortened(name)))
        .collect();
    let rest = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    shown.join(", ") + &rest
}

/// At most 40 characters of a cell.
pub(super) fn shortened(cell: &str) -> String {
    const SHOWN: usize = 40;
    match cell.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.into(),
    }
}

/// The number in a cell; `None` if it is missing.
pub(super) fn number(cell: &str) -> Result<Option<f32>, &'static str> {
    if is_missing(cell) {
        return Ok(None);
    }
    match cell.parse::<f32>() {
        Ok(value) if value.is_finite() => Ok(Some(value)),
        Ok(_) => {
            Err("is not a finite number; give a number, or leave the cell empty if it is unknown")
        }
        Err(_) => Err(
            "is not a number like most of its column; correct it, or declare the column `kind = \"category\"` in the schema",
        ),
    }
}
