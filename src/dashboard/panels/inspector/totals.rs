//! What becomes of a search as a whole: outcome, probability, cost, constraints.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, text::Span};

use super::{super::line, table::Sheet};
use crate::dashboard::widgets::{pad, width};

impl Sheet<'_> {
    /// Cost, probability, outcome and constraints of both arms.
    pub(super) fn totals(&self, area: Rect, first: u16, buffer: &mut Buffer) {
        let theme = &self.app.theme;
        let factual = self.factual();
        let cost = |arm: usize| {
            let distance: f32 = factual
                .iter()
                .zip(self.ends[arm])
                .map(|(a, b)| (a - b).abs())
                .sum();
            (format!("{distance:.2}"), theme.text)
        };
        let probability = |arm: usize| {
            let probability = self.examples[arm].walk.outcome.probability;
            (format!("{probability:.3}"), theme.text)
        };
        let end = |arm: usize| {
            let outcome = self.examples[arm].walk.outcome;
            let (glyph, word, style) = match outcome.mature {
                true => (theme.glyph('★', '*'), "mature", theme.mature),
                false => (theme.glyph('✗', '!'), "exhausted", theme.exhausted),
            };
            let text = match self.wide {
                true => format!("{glyph} {word}, {}", steps(outcome.steps)),
                false => format!("{glyph} {}", steps(outcome.steps)),
            };
            (text, style)
        };
        let constraints = |arm: usize| {
            let broken = (0..factual.len())
                .filter(|&at| !self.kept(at, factual[at], self.ends[arm][at]))
                .count();
            match broken {
                0 => (format!("{} kept", theme.glyph('✓', '+')), theme.good),
                _ => (
                    format!("{} {broken} broken", theme.glyph('✗', '!')),
                    theme.bad,
                ),
            }
        };
        type Cell<'a> = &'a dyn Fn(usize) -> (String, Style);
        let rows: [(&str, Cell<'_>); 4] = [
            ("outcome", &end),
            ("P(target)", &probability),
            ("cost (L1)", &cost),
            ("constraints", &constraints),
        ];
        let columns = self.arm_width();
        for (row, (name, cell)) in rows.into_iter().enumerate() {
            let mut spans = vec![
                Span::raw("  "),
                Span::styled(pad(name, self.name + 8), theme.faint),
            ];
            for arm in 0..2 {
                let (text, style) = cell(arm);
                let blanks = columns.saturating_sub(usize::from(width(&text)));
                spans.push(Span::styled(format!("{}{text}", " ".repeat(blanks)), style));
            }
            line(buffer, area, first + row as u16, spans);
        }
    }
}

fn steps(count: usize) -> String {
    match count {
        1 => "1 step".to_owned(),
        _ => format!("{count} steps"),
    }
}
