//! What columns hold, by a first look at all their cells.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::date::{self, DayOrder};
use super::number;
use super::sheet::Sheet;
use crate::data::format::Decimal;
use crate::data::{DataError, ValueKind};

/// Most categories that a text column may have.
pub(super) const MAX_CATEGORIES: usize = 256;
/// Different texts in a column from which on it may be near-unique.
const MANY: usize = 20;
/// Rows from which on a column of different texts is one.
const ALL_DIFFERENT: usize = 10;

/// Different texts from which on a column of numbers is mixed rather than misspelt.
const MIXED: usize = 5;

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holds {
    /// Numbers with this decimal mark.
    Numbers(Decimal),
    /// Dates, as days since 1970-01-01.
    Dates(DayOrder),
    /// Text.
    Text,
    /// Nothing that a model learns from, and why.
    Nothing(String),
}

/// What was seen of a column.
#[derive(Clone, Debug, Default)]
struct Seen {
    present: usize,
    /// Numbers with a decimal point, and numbers with a decimal comma.
    numbers: [usize; 2],
    /// Numbers that are none with the other mark.
    only: [usize; 2],
    /// Cells with a comma that are numbers either way.
    either: usize,
    dates: usize,
    day_first: usize,
    month_first: usize,
    open: usize,
    whole: bool,
    /// Hashes of different cells; of all of them where the column's name is that of an id.
    different: HashSet<u64>,
    repeats: bool,
    /// Hashes of a few different cells that are no numbers.
    words: HashSet<u64>,
    is_id: bool,
}

/// Looks at the columns at `positions`; `kinds` are what the schema declares them to be.
///
/// A declared column is never nothing, and dates that are declared to be numbers are days.
pub(super) fn survey(
    sheet: &Sheet,
    positions: &[usize],
    kinds: &[Option<ValueKind>],
) -> Result<Vec<Holds>, DataError> {
    let new = |&column: &usize| Seen {
        whole: true,
        is_id: names_rows(&sheet.header[column]),
        ..Seen::default()
    };
    let mut seen: Vec<Seen> = positions.iter().map(new).collect();
    sheet.each_of_all(|_, record| {
        for (&column, seen) in positions.iter().zip(&mut seen) {
            let cell = record.get(column).unwrap_or_default();
            if !sheet.format.is_missing(cell) {
                seen.add(cell);
            }
        }
        Ok(())
    })?;
    let decimal = usual_decimal(sheet, &seen);
    let holds = seen.iter().zip(kinds);
    Ok(holds
        .map(|(seen, kind)| seen.holds(*kind, decimal, sheet.format.decimal))
        .collect())
}

impl Seen {
    fn add(&mut self, cell: &str) {
        self.present += 1;
        let [point, comma] = [Decimal::Point, Decimal::Comma].map(|d| number::parse(cell, d));
        for (i, found) in [&point, &comma].into_iter().enumerate() {
            self.numbers[i] += usize::from(found.is_some());
        }
        self.only[0] += usize::from(point.is_some() && comma.is_none());
        self.only[1] += usize::from(comma.is_some() && point.is_none());
        self.either += usize::from(point.is_some() && comma.is_some() && cell.contains(','));
        let number = point.or(comma);
        self.whole &= number.is_some_and(|number| number.value.fract() == 0.0);
        if number.is_none() {
            self.add_date(cell);
        }
        let is_word = number.is_none() && self.words.len() < MIXED;
        let counts = self.is_id || self.different.len() <= MAX_CATEGORIES;
        if is_word || counts {
            let mut hasher = DefaultHasher::new();
            cell.hash(&mut hasher);
            let hash = hasher.finish();
            if is_word {
                self.words.insert(hash);
            }
            if counts {
                self.repeats |= !self.different.insert(hash);
            }
        }
    }

    fn add_date(&mut self, cell: &str) {
        let Some(date) = date::parse(cell) else {
            return;
        };
        self.dates += 1;
        self.day_first += usize::from(date.order() == Some(DayOrder::DayFirst));
        self.month_first += usize::from(date.order() == Some(DayOrder::MonthFirst));
        self.open += usize::from(date.is_open());
    }

    fn holds(&self, kind: Option<ValueKind>, usual: Decimal, given: Option<Decimal>) -> Holds {
        let decimal = given.unwrap_or(match self.only[0].cmp(&self.only[1]) {
            std::cmp::Ordering::Less => Decimal::Comma,
            std::cmp::Ordering::Equal => usual,
            std::cmp::Ordering::Greater => Decimal::Point,
        });
        let numbers = self.numbers[usize::from(decimal == Decimal::Comma)];
        let order = match self.month_first > self.day_first {
            true => DayOrder::MonthFirst,
            false => DayOrder::DayFirst,
        };
        match kind {
            Some(ValueKind::Category) => Holds::Text,
            Some(ValueKind::Numeric | ValueKind::Pixel) if self.dates > numbers => {
                Holds::Dates(order)
            }
            Some(ValueKind::Numeric | ValueKind::Pixel) => Holds::Numbers(decimal),
            None if self.present == 0 => Holds::Nothing("it has no values at all".into()),
            None if self.is_mixed() && numbers < self.present => Holds::Nothing(
                "it mixes numbers and texts that name rows, such as numbers of tickets".into(),
            ),
            None if numbers * 2 >= self.present => self.numbers_or_ids(decimal),
            None if self.dates * 2 >= self.present => Holds::Nothing(
                "it holds dates (`kind = \"numeric\"` in the schema takes them as days since 1970)"
                    .into(),
            ),
            None => self.text_or_names(),
        }
    }

    /// Whether there are several texts among numbers, and hardly any of them twice.
    fn is_mixed(&self) -> bool {
        let different = self.different.len();
        let most = self.numbers[0].max(self.numbers[1]) * 2 >= self.present;
        let near_unique = different > MAX_CATEGORIES || different * 2 > self.present;
        most && self.words.len() >= MIXED && near_unique
    }

    fn numbers_or_ids(&self, decimal: Decimal) -> Holds {
        match self.is_id && self.whole && !self.repeats && self.present > 1 {
            true => Holds::Nothing("it numbers the rows: every value is another one".into()),
            false => Holds::Numbers(decimal),
        }
    }

    fn text_or_names(&self) -> Holds {
        let (different, present) = (self.different.len(), self.present);
        if different > MAX_CATEGORIES {
            return Holds::Nothing(format!(
                "it is text with more than the {MAX_CATEGORIES} categories allowed"
            ));
        }
        let all = different == present && present >= ALL_DIFFERENT;
        match all || (different >= MANY && different * 2 > present) {
            true => Holds::Nothing(format!(
                "it is text that names rows rather than groups: {different} different values in {present} rows"
            )),
            false => Holds::Text,
        }
    }
}

/// The decimal mark where a column does not tell: that of the other columns; a comma if none tells and
/// semicolons stand between the cells of numbers with commas.
fn usual_decimal(sheet: &Sheet, seen: &[Seen]) -> Decimal {
    let numeric = || {
        seen.iter()
            .filter(|s| s.numbers[0].max(s.numbers[1]) * 2 >= s.present)
    };
    let [point, comma] = [0, 1].map(|i| numeric().map(|seen| seen.only[i]).sum::<usize>());
    let either: usize = numeric().map(|seen| seen.either).sum();
    match comma > point || (comma == point && either > 0 && sheet.layout.delimiter == b';') {
        true => Decimal::Comma,
        false => Decimal::Point,
    }
}

/// Whether a column is called as those are that number rows or name people.
pub(super) fn names_rows(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "id", "ids", "idx", "index", "uuid", "guid", "key", "row", "rownum", "rownames",
    ];
    const OWNERS: [&str; 16] = [
        "customer",
        "user",
        "client",
        "patient",
        "passenger",
        "account",
        "member",
        "employee",
        "person",
        "case",
        "record",
        "order",
        "transaction",
        "sample",
        "student",
        "loan",
    ];
    let lower = name.to_lowercase();
    let mut word = String::new();
    let mut before = '_';
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase()) {
            word.clear();
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    let owned = lower
        .strip_suffix("id")
        .is_some_and(|owner| OWNERS.contains(&owner));
    WORDS.contains(&word.as_str()) || owned || lower.starts_with("unnamed: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_ids() {
        for name in [
            "id",
            "ID",
            "Id",
            "PassengerId",
            "customer_id",
            "customer id",
            "rowIndex",
            "Unnamed: 0",
            "CUSTOMERID",
            "patient.id",
            "idx",
        ] {
            assert!(names_rows(name), "{name}");
        }
        for name in [
            "age",
            "citric acid",
            "humid",
            "width",
            "x1",
            "idea",
            "id_count",
            "paid",
            "fluid",
        ] {
            assert!(!names_rows(name), "{name}");
        }
    }
}
