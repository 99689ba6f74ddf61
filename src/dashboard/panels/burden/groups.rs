//! What every group has to do, by every arm, and where groups differ.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{ARM, NAME, NAMED, Sheet};
use crate::{
    audit::burden::{Burden, Gap, GroupBurden, Measure},
    dashboard::widgets::{middle, pad},
    evaluation::estimate::Estimate,
    text::printable,
};

/// Width of the share that is refused.
const REFUSED: u16 = 8;
/// Width of a value with its error.
const WITH_ERROR: u16 = 12;
/// Room for the columns that carry a cost, where errors are shown as well.
const CARRIERS: u16 = 20;

impl<'a> Sheet<'a> {
    /// A line for every group and arm under a head.
    pub(super) fn table(&self) -> Vec<Line<'a>> {
        let mut lines = vec![self.head()];
        for group in 0..self.finding.groups.len() {
            for (place, &arm) in self.arms.iter().enumerate() {
                let name = match place {
                    0 => self.group(group),
                    _ => String::new(),
                };
                lines.extend(self.row(arm, group, &name));
            }
        }
        lines
    }

    /// Whether there is room for errors.
    fn has_errors(&self) -> bool {
        let all = Measure::ALL.len() as u16 * (WITH_ERROR + 1);
        self.width >= NAME + ARM + REFUSED + all + CARRIERS
    }

    /// The measures that there is room for, and the width of each without its star.
    fn measures(&self) -> Vec<(Measure, usize)> {
        let mut used = NAME + ARM + REFUSED;
        let width = |measure: Measure| match (self.has_errors(), measure) {
            (true, _) => WITH_ERROR,
            (false, Measure::WithRecourse | Measure::Reach) => 8,
            (false, Measure::Cost | Measure::Steps) => 6,
        };
        let all = Measure::ALL.map(|measure| (measure, width(measure)));
        let fits = |(_, width): &(Measure, u16)| {
            used += width + 1;
            used <= self.width
        };
        let fitting = all.into_iter().take_while(fits);
        fitting
            .map(|(measure, width)| (measure, width.into()))
            .collect()
    }

    fn head(&self) -> Line<'a> {
        let measures = self.measures();
        let mut text = format!("{}{:>7} ", pad("group", NAME + ARM), "refused");
        for &(measure, width) in &measures {
            text += &format!("{:>width$} ", title(measure));
        }
        let theme = &self.app.theme;
        let mut spans = vec![Span::styled(text, theme.faint)];
        if measures.len() == Measure::ALL.len() {
            spans.push(Span::styled(" carried by", theme.faint));
        }
        Line::from(spans)
    }

    /// What an arm asks of a group.
    fn row(&self, arm: usize, group: usize, name: &str) -> Option<Line<'a>> {
        let theme = &self.app.theme;
        let burden = self.finding.burdens.get(arm)?;
        let asked = burden.groups.get(group)?;
        let measures = self.measures();
        let short = middle(&self.arm(arm), ARM - 1);
        let refused = match asked.rows {
            0 => "–".to_owned(),
            rows => format!("{:.0} %", 100.0 * asked.refused as f64 / rows as f64),
        };
        let mut spans = vec![
            Span::styled(pad(&middle(name, NAME - 1), NAME), theme.text),
            Span::styled(format!("{short:<5}{refused:>7} "), theme.arm(arm)),
        ];
        for &(measure, width) in &measures {
            let gaps = burden.gaps.iter();
            let gap = gaps
                .into_iter()
                .find(|gap| (gap.group, gap.measure) == (group, measure));
            let star = match gap.is_some_and(|gap| gap.flagged) {
                true => '*',
                false => ' ',
            };
            let found = asked.measure(measure);
            let text = match self.has_errors() {
                true => with_error(measure, found),
                false => told(measure, found.value),
            };
            let text = format!("{text:>width$}{star}");
            spans.push(Span::styled(text, self.verdict(gap)));
        }
        if measures.len() == Measure::ALL.len() {
            spans.extend(carriers(burden, asked).map(|text| Span::styled(text, theme.faint)));
        }
        Some(Line::from(spans))
    }

    /// A heavier burden is bad news, a lighter one good news, where there is news.
    fn verdict(&self, gap: Option<&Gap>) -> Style {
        let theme = &self.app.theme;
        match gap.filter(|gap| gap.flagged) {
            None => theme.text,
            Some(gap) => match (gap.difference.value > 0.0) == gap.measure.facts().more_is_worse {
                true => theme.bad,
                false => theme.good,
            },
        }
    }

    /// The differences between groups that are none of chance, with their intervals, and where an arm has
    /// others than the reference; one sentence if there are none.
    pub(in crate::dashboard) fn differences(&self) -> Vec<Line<'a>> {
        let reference = self.who(self.finding.reference);
        let mut lines = Vec::new();
        for &arm in &self.arms {
            let gaps = self.finding.burdens.get(arm);
            let gaps = gaps.map_or(&[][..], |burden| &burden.gaps[..]);
            let told = |gap: &Gap| {
                let of = format!("{} of {}", title(gap.measure), self.who(gap.group));
                let what = difference(gap, &format!("that of {reference}"));
                (format!("* {}: {of} is {what}", self.arm(arm)), *gap)
            };
            lines.extend(gaps.iter().filter(|gap| gap.flagged).map(told));
            let changes = arm.checked_sub(1);
            let changes = changes.and_then(|place| self.finding.changes.get(place));
            let told = |gap: &Gap| {
                let of = format!("{} of {}", title(gap.measure), self.who(gap.group));
                let what = difference(gap, &format!("by {}", self.arm(0)));
                let text = format!("* {}: {of}, against {reference}, is {what}", self.arm(arm));
                (text, *gap)
            };
            let changes = changes.into_iter().flatten();
            lines.extend(changes.filter(|gap| gap.flagged).map(told));
        }
        if lines.is_empty() {
            let text = format!("No group differs from {reference} by more than chance may do.");
            return self.told(&text, self.app.theme.text);
        }
        let told = |(text, gap): (String, Gap)| self.told(&text, self.verdict(Some(&gap)));
        lines.into_iter().flat_map(told).collect()
    }
}

/// The column's head.
fn title(measure: Measure) -> &'static str {
    match measure {
        Measure::WithRecourse => "recourse",
        Measure::Cost => "cost",
        Measure::Reach => "to class",
        Measure::Steps => "steps",
    }
}

/// A value as people read it.
fn told(measure: Measure, value: f64) -> String {
    match measure {
        _ if !value.is_finite() => "–".into(),
        Measure::WithRecourse => format!("{:.0} %", 100.0 * value),
        Measure::Cost | Measure::Reach => format!("{value:.2}"),
        Measure::Steps => format!("{value:.1}"),
    }
}

/// A value with its bootstrapped standard error.
pub(in crate::dashboard) fn with_error(measure: Measure, found: Estimate) -> String {
    match found.value.is_finite() && found.error.is_finite() {
        true => format!(
            "{} ±{}",
            told(measure, found.value),
            told(measure, found.error).trim_end_matches(" %")
        ),
        false => told(measure, found.value),
    }
}

/// A difference with its interval.
fn difference(gap: &Gap, than: &str) -> String {
    let size = told(gap.measure, gap.difference.value.abs());
    let more = match gap.difference.value > 0.0 {
        true => "more",
        false => "less",
    };
    let [lower, upper] = gap.interval.map(|end| match gap.measure {
        Measure::WithRecourse => format!("{:+.0} %", 100.0 * end),
        _ => format!("{end:+.2}"),
    });
    format!("{size} {more} than {than} [{lower}, {upper}]")
}

/// The columns that carry most of the cost.
fn carriers<'a>(burden: &Burden, asked: &GroupBurden) -> impl Iterator<Item = String> + use<'a> {
    let columns = burden.columns.iter().zip(asked.carried.iter().copied());
    let mut columns: Vec<(String, f64)> = columns
        .filter(|(_, share)| *share >= 0.005)
        .map(|(column, share)| (middle(&printable(column), NAME), share))
        .collect();
    columns.sort_by(|a, b| b.1.total_cmp(&a.1));
    let columns = columns.into_iter().take(NAMED).enumerate();
    columns.map(|(place, (column, share))| {
        let gap = if place == 0 { " " } else { ", " };
        format!("{gap}{column} {:.0} %", 100.0 * share)
    })
}
