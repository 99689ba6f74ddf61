//! The first line: what is trained, and how it goes.

use std::time::Duration;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    dashboard::{app::App, update::speed},
    session::{Snapshot, Status},
};

/// Draws the line.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let mut spans = vec![Span::styled(" ctui ", theme.accent)];
    match app.snapshot.as_deref() {
        None => spans.push(Span::styled(" preparing data …", theme.faint)),
        Some(snapshot) => {
            spans.push(Span::styled(
                format!(" {} ", snapshot.dataset.name),
                theme.title,
            ));
            spans.push(status(app, snapshot));
            spans.push(Span::styled(epoch(snapshot), theme.text));
            spans.push(Span::styled(pace(app, snapshot), theme.faint));
        }
    }
    Line::from(spans).render(area, buffer);
}

fn status<'a>(app: &App, snapshot: &Snapshot) -> Span<'a> {
    let theme = &app.theme;
    if app.lost {
        return Span::styled(" ■ stopped ", theme.bad);
    }
    let (glyph, plain, word, style) = match snapshot.status {
        _ if snapshot.fitting.is_some() => ('◌', 'o', "fitting", theme.warning),
        Status::Failed(_) => ('■', '#', "stopped", theme.bad),
        Status::NonFinite(_) => ('■', '#', "not finite", theme.bad),
        Status::Finished if !app.is_running() => ('✓', '.', "finished", theme.good),
        _ if app.is_running() => ('▶', '>', "running", theme.good),
        _ => ('⏸', '=', "paused", theme.warning),
    };
    Span::styled(format!(" {} {word:<8}", theme.glyph(glyph, plain)), style)
}

fn epoch(snapshot: &Snapshot) -> String {
    format!(
        " epoch {} of {} ",
        snapshot.epoch,
        snapshot.controls().parameters.epochs
    )
}

/// Time per epoch, and the pause between epochs; or how far a generator is that has to learn first.
fn pace(app: &App, snapshot: &Snapshot) -> String {
    if let Some(done) = snapshot.fitting {
        return format!(" fitting the autoencoder: {:.0} %", 100.0 * done);
    }
    let pause = match speed(app.speed) {
        0 => "full speed".to_owned(),
        pause => format!("pause {pause} ms"),
    };
    format!(
        " {} per epoch · {pause} · seed {}",
        time(snapshot.epoch_time),
        snapshot.controls().parameters.seed
    )
}

fn time(duration: Duration) -> String {
    let milliseconds = duration.as_secs_f64() * 1e3;
    match milliseconds {
        0.0..10.0 => format!("{milliseconds:.1} ms"),
        10.0..1000.0 => format!("{milliseconds:.0} ms"),
        _ => format!("{:.1} s", milliseconds / 1e3),
    }
}
