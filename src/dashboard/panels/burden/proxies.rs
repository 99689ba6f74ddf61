//! What a column is told from, and what the models turn to.

use ratatui::text::{Line, Span};

use super::{ARM, NAME, NAMED, Sheet};
use crate::{
    audit::proxies::{Moved, Told},
    dashboard::widgets::{bar, middle, pad},
    text::printable,
};

/// Columns of the bar of an attribution of 100 %, and least columns of one.
const BAR: [u16; 2] = [40, 8];
/// Columns before the bars.
const BEFORE: u16 = NAME + ARM + 10;

impl<'a> Sheet<'a> {
    /// How well the column is told from the others.
    pub(in crate::dashboard) fn proxies(&self) -> Vec<Line<'a>> {
        let proxies = &self.finding.proxies;
        let column = printable(&self.finding.column).into_owned();
        let Some(together) = &proxies.together else {
            let text = format!("Too few samples or columns to tell {column} from the others.");
            return self.told(&text, self.app.theme.text);
        };
        if !together.flagged {
            let text = format!(
                "Proxies: the other columns don't tell {column} ({}).",
                r2(together)
            );
            return self.told(&text, self.app.theme.text);
        }
        let mut text = format!("Proxies: the other columns tell {column}, {}", r2(together));
        if let Some(majority) = proxies.majority {
            text += &format!(
                ", right in {:.0} % (always the most frequent: {:.0} %)",
                100.0 * together.prediction.accuracy.value,
                100.0 * majority
            );
        }
        let alone = proxies.columns.iter().filter(|proxy| proxy.alone.flagged);
        for (place, proxy) in alone.take(NAMED).enumerate() {
            let gap = if place == 0 { "; alone " } else { ", " };
            text += &format!("{gap}{} {}", printable(&proxy.column), r2(&proxy.alone));
        }
        self.told(&(text + "."), self.app.theme.text)
    }

    /// Where the attribution is, by the reference and by the other arm: of the column itself, and of its
    /// proxies.
    pub(in crate::dashboard) fn attributions(&self) -> Vec<Line<'a>> {
        let proxies = &self.finding.proxies;
        let is_proxy = |column: &str| {
            let mut columns = proxies.columns.iter();
            columns.any(|proxy| proxy.column == column && proxy.alone.flagged)
        };
        let shown = proxies
            .moved
            .iter()
            .filter(|one| one.column == self.finding.column || is_proxy(&one.column));
        let shown: Vec<&Moved> = shown.take(1 + NAMED).collect();
        if shown.is_empty() {
            return Vec::new();
        }
        let text = match self.arms[..] {
            [first, other] => format!(
                "Share of the attribution before ({}) and after ({}); * not by chance:",
                self.arm(first),
                self.arm(other)
            ),
            _ => "Share of the attribution:".to_owned(),
        };
        let mut lines = self.told(&text, self.app.theme.faint);
        for one in shown {
            let rows = self.arms.iter().enumerate();
            lines.extend(rows.filter_map(|(place, &arm)| self.attribution(one, place, arm)));
        }
        lines
    }

    fn attribution(&self, one: &Moved, place: usize, arm: usize) -> Option<Line<'a>> {
        let theme = &self.app.theme;
        let share = one.shares.get(arm)?.value;
        let name = match place {
            0 => middle(&printable(&one.column), NAME - 1),
            _ => String::new(),
        };
        let differs = arm.checked_sub(1).and_then(|place| one.flagged.get(place));
        let star = if differs == Some(&true) { '*' } else { ' ' };
        let short = middle(&self.arm(arm), ARM - 1);
        let mut spans = vec![
            Span::styled(pad(&name, NAME), theme.text),
            Span::styled(
                format!("{short:<5}{:>6.1} %{star} ", 100.0 * share),
                theme.arm(arm),
            ),
        ];
        let room = self.width.saturating_sub(BEFORE).min(BAR[0]);
        if room >= BAR[1] {
            spans.push(Span::styled(
                bar(share, room, theme.ascii()),
                theme.arm(arm),
            ));
        }
        Some(Line::from(spans))
    }
}

/// The explained share of the variance in rows that were not seen.
fn r2(told: &Told) -> String {
    format!("R² {:.2}", told.prediction.r2.value)
}
