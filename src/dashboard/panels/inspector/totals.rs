//! What becomes of a search as a whole: outcome, probability, cost, constraints.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, text::Span};

use super::{
    super::line,
    advice::ROUNDED,
    table::{Sheet, right},
};
use crate::dashboard::widgets::{first_fitting, pad};

/// What stands in a cell, and how.
type Cell = (String, Style);

impl Sheet<'_> {
    /// Outcome, probability, cost and constraints of both arms; costs end where those of the
    /// features do.
    pub(super) fn totals(&self, area: Rect, first: u16, buffer: &mut Buffer) {
        let rows = [
            ("outcome", [0, 1].map(|arm| self.outcome(arm))),
            ("P(target)", [0, 1].map(|arm| self.probability(arm))),
            ("cost (L1)", [0, 1].map(|arm| self.cost(arm))),
            ("constraints", [0, 1].map(|arm| self.constraints(arm))),
        ];
        for (row, (name, cells)) in rows.into_iter().enumerate() {
            let mut spans = vec![
                Span::raw("  "),
                Span::styled(pad(name, self.columns.name + 7), self.app.theme.faint),
            ];
            for (text, style) in cells {
                spans.push(Span::styled(right(&text, self.cell()), style));
                spans.push(Span::raw(" "));
            }
            line(buffer, area, first + row as u16, spans);
        }
    }

    fn outcome(&self, arm: usize) -> Cell {
        let theme = &self.app.theme;
        let outcome = self.examples[arm].trajectory.outcome;
        let (good, bad) = (theme.glyph('★', '*'), theme.glyph('✗', '!'));
        let (glyph, word, style) = match (self.advice[arm].mature, outcome.mature) {
            (true, _) => (good, "mature", theme.mature),
            (false, true) => (bad, ROUNDED, theme.exhausted),
            (false, false) => (bad, "exhausted", theme.exhausted),
        };
        let steps = steps(outcome.steps);
        let forms = [
            format!("{glyph} {word}, {steps}"),
            format!("{glyph} {steps}"),
            format!("{glyph} {}", outcome.steps),
        ];
        (first_fitting(forms, self.cell()), style)
    }

    /// Columns of a cell, up to where the features' checks are; with the blank of the gap before it.
    fn cell(&self) -> u16 {
        self.columns.arm() - 1
    }

    fn probability(&self, arm: usize) -> Cell {
        let probability = self.advice[arm].probability;
        (format!("{probability:.3}"), self.app.theme.text)
    }

    /// The distance in model units, as the search weighs it.
    fn cost(&self, arm: usize) -> Cell {
        (format!("{:.2}", self.advice[arm].cost), self.app.theme.text)
    }

    fn constraints(&self, arm: usize) -> Cell {
        let theme = &self.app.theme;
        let pairs = self
            .factual()
            .iter()
            .zip(&self.advice[arm].point)
            .enumerate();
        let broken = pairs
            .filter(|&(feature, (&from, &to))| !self.kept(feature, from, to))
            .count();
        match broken {
            0 => (format!("{} kept", theme.glyph('✓', '+')), theme.good),
            _ => (
                format!("{} {broken} broken", theme.glyph('✗', '!')),
                theme.bad,
            ),
        }
    }
}

fn steps(count: usize) -> String {
    match count {
        1 => "1 step".to_owned(),
        _ => format!("{count} steps"),
    }
}
