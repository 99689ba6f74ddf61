//! One epoch in slow motion: its phases, and what happens in the present one.

use ratatui::{buffer::Buffer, layout::Rect, text::Span};

use super::line;
use crate::{
    dashboard::{
        state::{App, slow_motion::Phase},
        widgets::fit,
    },
    session::{Example, Snapshot},
};

/// Width from which there is a title before the phases.
const ROOMY: u16 = 95;

/// Draws the phases, and below them a sentence about the present one.
pub fn render(app: &App, phase: Phase, area: Rect, buffer: &mut Buffer) {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return;
    };
    let theme = &app.theme;
    let arrow = theme.glyph('▸', '>');
    let title = if area.width < ROOMY {
        ""
    } else {
        " slow motion  "
    };
    let mut spans = vec![Span::styled(title, theme.title)];
    for (index, name) in Phase::NAMES.iter().enumerate() {
        let style = match index == phase.index() {
            true => theme.selected,
            false => theme.faint,
        };
        let text = match phase {
            Phase::Search(step) if index == 2 => {
                let steps = app.focused_arm(snapshot).controls().parameters.max_steps;
                format!(" search step {step} of {steps} ")
            }
            _ => format!(" {name} "),
        };
        spans.push(Span::styled(text, style));
        if index + 1 < Phase::NAMES.len() {
            spans.push(Span::styled(format!(" {arrow} "), theme.faint));
        }
    }
    if app.slow_motion.due.is_some() {
        let pace = app.slow_motion.pace().as_millis();
        spans.push(Span::styled(
            format!("   plays, a step per {pace} ms"),
            theme.good,
        ));
    }
    line(buffer, area, 0, spans);
    let sentence = fit(
        &sentence(app, snapshot, phase),
        area.width.saturating_sub(2),
    );
    line(
        buffer,
        area,
        1,
        vec![Span::styled(format!(" {sentence}"), theme.text)],
    );
}

pub(in crate::dashboard) fn sentence(app: &App, snapshot: &Snapshot, phase: Phase) -> String {
    let parameters = &app.focused_arm(snapshot).controls().parameters;
    let class = |index: usize| snapshot.dataset.shown_class(index);
    let lengths = app
        .focused_arm(snapshot)
        .trajectories
        .examples
        .iter()
        .enumerate();
    let followed = lengths.max_by_key(|(_, example)| example.trajectory.points.nrows());
    let followed = |arm: usize| {
        let inspected = app.inspector.example(snapshot, arm);
        inspected.or_else(|| snapshot.arms[arm].trajectories.examples.get(followed?.0))
    };
    let arms = app.compared(snapshot);
    let (Some(baseline), Some(other)) = (followed(arms[0]), followed(arms[1])) else {
        return "no example is searched".to_owned();
    };
    let [bl, ct] = arms.map(|arm| snapshot.arms[arm].name.as_str());
    let target = class(other.trajectory.target);
    let sample = other.row;
    match phase {
        Phase::Predict => "both models predict the class of every factual (inverted)".to_owned(),
        Phase::Target => {
            format!("every factual gets another class as target: sample {sample} goes for {target}")
        }
        Phase::Search(step) => format!(
            "gradient steps of η {}: P({target}) of sample {sample} is {bl} {:.2}, {ct} {:.2} (τ {})",
            parameters.step_size,
            probability(baseline, step),
            probability(other, step),
            parameters.decision_threshold
        ),
        Phase::Outcome => format!(
            "mature (P ≥ τ {}): joins the loss; nascent (within ε {}): keeps its label",
            parameters.decision_threshold, parameters.epsilon
        ),
        Phase::Update => format!(
            "epoch {} is trained: energy falls at real samples, rises at counterfactuals",
            snapshot.epoch
        ),
    }
}

/// Probability of the target class after `step` steps, or at the end if that came earlier.
fn probability(example: &Example, step: usize) -> f32 {
    let probabilities = &example.trajectory.probabilities;
    let at = step.min(probabilities.len().saturating_sub(1));
    probabilities.get(at).copied().unwrap_or(f32::NAN)
}
