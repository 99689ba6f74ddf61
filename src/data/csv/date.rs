//! Dates as people write them.

/// Which of two numbers is the day, where the year comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayOrder {
    /// `31/12/2024`
    DayFirst,
    /// `12/31/2024`
    MonthFirst,
}

/// A date whose order of day and month may be open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Date {
    year: i64,
    /// Day and month if the year comes last, else month and day.
    pair: [u32; 2],
    year_first: bool,
    /// Share of the day that has gone.
    time: f64,
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The date in a cell, with or without a time behind it.
pub(super) fn parse(cell: &str) -> Option<Date> {
    if !(6..=40).contains(&cell.len()) || !cell.is_ascii() {
        return None;
    }
    let end = cell
        .find(['T', ' '])
        .filter(|&end| end >= 6)
        .unwrap_or(cell.len());
    let (day, rest) = cell.split_at(end);
    let time = match rest.get(1..) {
        None | Some("") => 0.0,
        Some(rest) => time(rest)?,
    };
    let mark = day.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = day.split(mark).collect();
    let [a, b, c] = parts[..] else { return None };
    let date = match (a.len(), c.len()) {
        (4, 1..=2) => Date {
            year: number(a)?,
            pair: [month(b)?, small(c)?],
            year_first: true,
            time,
        },
        (1..=2, 4) => match b.bytes().next()?.is_ascii_alphabetic() {
            true => Date {
                year: number(c)?,
                pair: [month(b)?, small(a)?],
                year_first: true,
                time,
            },
            false => Date {
                year: number(c)?,
                pair: [small(a)?, small(b)?],
                year_first: false,
                time,
            },
        },
        _ => return None,
    };
    let [month_or_day, day_or_month] = date.pair;
    let possible = match date.year_first {
        true => month_or_day <= 12,
        false => month_or_day <= 12 || day_or_month <= 12,
    };
    let days = (1..=31).contains(&month_or_day) && (1..=31).contains(&day_or_month);
    (possible && days && (1000..=2999).contains(&date.year)).then_some(date)
}

impl Date {
    /// The order of day and month, if this date tells.
    pub(super) fn order(&self) -> Option<DayOrder> {
        match (self.year_first, self.pair) {
            (true, _) => None,
            (false, [first, _]) if first > 12 => Some(DayOrder::DayFirst),
            (false, [_, second]) if second > 12 => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether day and month could be the other way round.
    pub(super) fn is_open(&self) -> bool {
        !self.year_first && self.order().is_none()
    }

    /// Days since 1970-01-01 in the Gregorian calendar (Hinnant, "chrono-compatible low-level date
    /// algorithms", `days_from_civil`); `None` for a month above 12.
    pub(super) fn days(&self, order: DayOrder) -> Option<f64> {
        let [a, b] = self.pair;
        let (month, day) = match self.year_first || order == DayOrder::MonthFirst {
            true => (a, b),
            false => (b, a),
        };
        if month > 12 {
            return None;
        }
        let year = self.year - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
        let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Some((era * 146_097 + days - 719_468) as f64 + self.time)
    }
}

fn number(text: &str) -> Option<i64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn small(text: &str) -> Option<u32> {
    number(text).and_then(|number| u32::try_from(number).ok())
}

/// A month by number or by the beginning of its English name.
fn month(text: &str) -> Option<u32> {
    let start = text.get(..3).unwrap_or_default().to_ascii_lowercase();
    match MONTHS.iter().position(|name| *name == start) {
        Some(position) => Some(position as u32 + 1),
        None => small(text),
    }
}

/// The share of a day at `10:30`, `10:30:15.25`, with what tells the zone left off.
fn time(text: &str) -> Option<f64> {
    let clock = text.split(['Z', '+', ' ']).next()?;
    let clock = clock.split_once('-').map_or(clock, |(clock, _)| clock);
    let mut parts = clock.split(':');
    let hours: f64 = parts.next()?.parse().ok()?;
    let minutes: f64 = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next().unwrap_or("0").parse().ok()?;
    let possible = hours < 25.0 && minutes < 60.0 && seconds < 61.0;
    (possible && hours >= 0.0).then_some((hours * 3600.0 + minutes * 60.0 + seconds) / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let days = |cell: &str| parse(cell).and_then(|date| date.days(DayOrder::DayFirst));
        assert_eq!(days("1970-01-01"), Some(0.0));
        assert_eq!(days("2024-02-29"), Some(19_782.0));
        assert_eq!(days("29.02.2024"), Some(19_782.0));
        assert_eq!(days("29-Feb-2024"), Some(19_782.0));
        assert_eq!(days("1969/12/31"), Some(-1.0));
        assert_eq!(days("2024-02-29T12:00:00Z"), Some(19_782.5));
        assert_eq!(days("2024-02-29 06:00"), Some(19_782.25));
        let american = parse("02/29/2024").unwrap();
        assert_eq!(american.order(), Some(DayOrder::MonthFirst));
        assert_eq!(american.days(DayOrder::MonthFirst), Some(19_782.0));
        assert_eq!(american.days(DayOrder::DayFirst), None);
        assert!(parse("02/03/2024").unwrap().is_open());
    }

    #[test]
    fn what_is_no_date() {
        for cell in [
            "",
            "2024",
            "1.5",
            "12.5.7",
            "1-2-3",
            "2024-13-01",
            "32.12.2024",
            "192.168.0.1",
            "10:30",
            "2024-01-01x",
            "ab-cd-2024",
            "12/3456",
            "a.b.2020",
        ] {
            assert_eq!(parse(cell), None, "{cell}");
        }
    }
}
