//! The cells of a column while they are being read.

use super::date::{self, DayOrder};
use super::number::{self, Mark};
use super::survey::Holds;
use crate::data::format::Decimal;
use crate::data::table::Column;

/// A column while it is being read.
pub(super) enum Cells {
    Numbers {
        decimal: Decimal,
        values: Vec<f64>,
        /// The first cell with a mark, and its value.
        marked: Option<(String, f64)>,
        /// Whether there is a decimal comma.
        comma: bool,
        /// Whether its points may stand between thousands.
        thousands: Thousands,
    },
    Dates {
        order: DayOrder,
        values: Vec<f64>,
    },
    Texts(Vec<Option<Box<str>>>),
}

/// What the decimal points of a column would be to people who write decimal commas.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Thousands {
    /// No point yet.
    Unseen,
    /// Every point so far may stand between thousands, as in this cell.
    Maybe(String),
    /// At least one is a decimal point.
    No,
}

impl Thousands {
    fn see(&mut self, cell: &str) {
        if *self == Self::No || !cell.contains('.') {
            return;
        }
        let other = number::parse(cell, Decimal::Comma);
        let grouped = other.is_some_and(|number| number.mark == Some(Mark::Thousands));
        match grouped {
            true if *self == Self::Unseen => *self = Self::Maybe(cell.into()),
            true => {}
            false => *self = Self::No,
        }
    }
}

impl Cells {
    pub(super) fn new(holds: Holds) -> Self {
        match holds {
            Holds::Numbers(decimal) => Self::Numbers {
                decimal,
                values: Vec::new(),
                marked: None,
                comma: false,
                thousands: Thousands::Unseen,
            },
            Holds::Dates(order) => Self::Dates {
                order,
                values: Vec::new(),
            },
            Holds::Text | Holds::Nothing(_) => Self::Texts(Vec::new()),
        }
    }

    /// Takes the next cell; one that cannot be used becomes a missing value.
    pub(super) fn push(&mut self, cell: &str, missing: bool) -> Result<(), &'static str> {
        match self {
            Self::Texts(values) => values.push((!missing).then(|| cell.into())),
            Self::Dates { values, .. } | Self::Numbers { values, .. } if missing => {
                values.push(f64::NAN);
            }
            Self::Dates { order, values } => {
                let days = date::parse(cell).and_then(|date| date.days(*order));
                values.push(days.unwrap_or(f64::NAN));
                days.ok_or("is not a date like most of its column; correct it, or give --missing if it stands for a missing value")?;
            }
            Self::Numbers {
                decimal,
                values,
                marked,
                comma,
                thousands,
            } => match number::parse(cell, *decimal) {
                Some(number) if number.is_held() => {
                    values.push(number.value);
                    *comma |= *decimal == Decimal::Comma && cell.contains(',');
                    if *decimal == Decimal::Point {
                        thousands.see(cell);
                    }
                    if marked.is_none() && number.mark.is_some() {
                        *marked = Some((cell.into(), number.value));
                    }
                }
                Some(_) => {
                    values.push(f64::NAN);
                    return Err(
                        "is not a finite number that a model can hold; correct it, or leave the cell empty if it is unknown",
                    );
                }
                None => {
                    values.push(f64::NAN);
                    return Err(
                        "is not a number like most of its column; correct it, name it with --missing if it stands for a missing value, or declare the column `kind = \"category\"` in the schema",
                    );
                }
            },
        }
        Ok(())
    }

    pub(super) fn finish(self, name: &str) -> Column {
        match self {
            Self::Numbers { values, .. } | Self::Dates { values, .. } => {
                Column::numbers(name, values)
            }
            Self::Texts(texts) => Column::text(name, texts.iter().map(Option::as_deref)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_may_stand_between_thousands_are_seen() {
        for (cells, right) in [
            (&["12", "13"][..], Thousands::Unseen),
            (
                &["12", "25.303", "1.000"],
                Thousands::Maybe("25.303".into()),
            ),
            (&["25.303", "25.3"], Thousands::No),
            (&["0.303", "25.303"], Thousands::No),
        ] {
            let mut thousands = Thousands::Unseen;
            cells.iter().for_each(|cell| thousands.see(cell));
            assert_eq!(thousands, right, "{cells:?}");
        }
    }

    #[test]
    fn cells_that_cannot_be_used_are_told_and_missing() {
        let mut cells = Cells::new(Holds::Numbers(Decimal::Point));
        for (cell, usable) in [
            ("1,200", true),
            ("six", false),
            ("1e39", false),
            ("7", true),
        ] {
            assert_eq!(cells.push(cell, false).is_ok(), usable, "{cell}");
        }
        let Cells::Numbers { values, marked, .. } = cells else {
            panic!("not numbers")
        };
        assert_eq!((values[0], values[3]), (1200.0, 7.0));
        assert!(values[1].is_nan() && values[2].is_nan());
        assert_eq!(marked, Some(("1,200".to_owned(), 1200.0)));
    }
}
