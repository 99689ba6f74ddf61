//! The first line: what is trained, and how it goes.

use std::time::Duration;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use super::whole;
use crate::{
    dashboard::{
        state::{App, speed::speed},
        widgets::first_fitting,
    },
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
                format!(" {} ", snapshot.dataset.shown_name()),
                theme.title,
            ));
            spans.push(status(app, snapshot));
            spans.push(Span::styled(epoch(snapshot), theme.text));
            let used: usize = spans.iter().map(Span::width).sum();
            let room = usize::from(area.width).saturating_sub(used);
            spans.extend(recording(app, u16::try_from(room).unwrap_or(u16::MAX)));
            spans.extend(replay(app));
            let pace = pace(app, snapshot).into_iter();
            spans.extend(pace.map(|text| Span::styled(text, theme.faint)));
        }
    }
    Line::from(whole(spans, area.width)).render(area, buffer);
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

/// The present epoch, of how many as long as it is not beyond.
fn epoch(snapshot: &Snapshot) -> String {
    let (epoch, planned) = (snapshot.epoch, snapshot.recipe.epochs());
    match epoch <= planned {
        true => format!(" epoch {epoch} of {planned} "),
        false => format!(" epoch {epoch} "),
    }
}

/// That the screen is recorded, and where to if there is room for that.
fn recording<'a>(app: &App, room: u16) -> Option<Span<'a>> {
    let name = app.recording.as_ref()?.name();
    let glyph = app.theme.glyph('●', '*');
    let forms = [
        format!(" {glyph} recording {name} "),
        format!(" {glyph} recording "),
        format!(" {glyph} rec "),
    ];
    Some(Span::styled(first_fitting(forms, room), app.theme.bad))
}

/// That this is a replay, how fast it goes, and what was changed last.
fn replay<'a>(app: &App) -> Vec<Span<'a>> {
    let Some(replay) = &app.replay else {
        return Vec::new();
    };
    let is = match replay.playing {
        true => format!(" replay ×{} ", replay.speed),
        false => " replay ended ".to_owned(),
    };
    let last = replay.last.iter().filter(|_| replay.playing);
    let last = last.map(|last| Span::styled(format!(" {last} "), app.theme.text));
    std::iter::once(Span::styled(is, app.theme.warning))
        .chain(last)
        .collect()
}

/// Time per epoch, the pause between epochs, and the seed; or how far a generator is that has to
/// learn first.
fn pace(app: &App, snapshot: &Snapshot) -> Vec<String> {
    if let Some(done) = snapshot.fitting {
        return vec![format!(" fitting the autoencoder: {:.0} %", 100.0 * done)];
    }
    let replays = app.replay.as_ref().is_some_and(|replay| replay.playing);
    if replays || app.projector.is_some() {
        return Vec::new();
    }
    let pause = match speed(app.speed) {
        0 => "full speed".to_owned(),
        pause => format!("pause {pause} ms"),
    };
    vec![
        format!(" {}/epoch", time(snapshot.epoch_time)),
        format!(" · {pause}"),
        format!(" · seed {}", snapshot.recipe.seed()),
    ]
}

fn time(duration: Duration) -> String {
    let milliseconds = duration.as_secs_f64() * 1e3;
    match milliseconds {
        0.0..10.0 => format!("{milliseconds:.1} ms"),
        10.0..1000.0 => format!("{milliseconds:.0} ms"),
        _ => format!("{:.1} s", milliseconds / 1e3),
    }
}
