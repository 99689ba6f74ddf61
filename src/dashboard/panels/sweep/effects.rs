//! What each parameter does, over everything else.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    dashboard::{
        state::{App, sweep::State},
        widgets::{bar, fit, middle, pad, width},
    },
    sweep::{Effect, short},
    text::printable,
};

/// Columns of a bar.
const BAR: u16 = 10;
/// Most columns of a name.
const NAME: u16 = 20;

/// Draws a line per parameter; how many lines are above and below those shown.
pub(super) fn render(app: &App, state: &State, body: Rect, buffer: &mut Buffer) -> (usize, usize) {
    let theme = &app.theme;
    let count = state.effects.len();
    let height = usize::from(body.height);
    let first = state.scroll.min(count.saturating_sub(height));
    for (effect, area) in state.effects.iter().skip(first).zip(body.rows()) {
        let name = middle(&printable(&effect.name), NAME);
        let share = format!(" {:>3.0} %  ", 100.0 * effect.share);
        let used = NAME + 3 + BAR + width(&share);
        Line::from(vec![
            Span::styled(format!(" {} ", pad(&name, NAME)), theme.text),
            Span::styled(bar(effect.share, BAR, theme.ascii()), theme.accent),
            Span::styled(share, theme.title),
            Span::styled(
                fit(&levels(effect), area.width.saturating_sub(used)),
                theme.faint,
            ),
        ])
        .render(area, buffer);
    }
    (first, count.saturating_sub(first + height))
}

/// The mean at each value.
fn levels(effect: &Effect) -> String {
    let level = |(level, mean): &(String, f64)| {
        let level = fit(&printable(level), NAME);
        format!("{level}: {}", fit(&short(*mean), NAME))
    };
    let levels: Vec<String> = effect.levels.iter().map(level).collect();
    levels.join("   ")
}
