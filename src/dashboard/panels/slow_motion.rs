//! One epoch in slow motion: its phases, and what happens in the present one.

use std::time::Duration;

use ratatui::{buffer::Buffer, layout::Rect, text::Span};

use super::line;
use crate::{
    dashboard::{app::App, widgets::fit},
    session::{Example, Snapshot},
};

/// A phase of an epoch of counterfactual training (Alg. 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The model predicts the factuals' classes.
    Predict,
    /// Every factual gets another class as its target.
    Target,
    /// Steps of the search that are done.
    Search(usize),
    /// What the searches have found.
    Outcome,
    /// The weights have been updated.
    Update,
}

impl Phase {
    const NAMES: [&'static str; 5] = ["predict", "target", "search", "mature / nascent", "update"];

    fn index(self) -> usize {
        match self {
            Self::Predict => 0,
            Self::Target => 1,
            Self::Search(_) => 2,
            Self::Outcome => 3,
            Self::Update => 4,
        }
    }

    /// What comes next, where the longest search takes `steps` steps.
    pub fn next(self, steps: usize) -> Self {
        match self {
            Self::Predict => Self::Target,
            Self::Target if steps > 0 => Self::Search(1),
            Self::Search(step) if step < steps => Self::Search(step + 1),
            Self::Target | Self::Search(_) => Self::Outcome,
            Self::Outcome => Self::Update,
            Self::Update => Self::Predict,
        }
    }

    /// What came before; an update can't be taken back here.
    pub fn previous(self, steps: usize) -> Self {
        match self {
            Self::Predict | Self::Target => Self::Predict,
            Self::Search(0 | 1) => Self::Target,
            Self::Search(step) => Self::Search(step.min(steps + 1) - 1),
            Self::Outcome if steps > 0 => Self::Search(steps),
            Self::Outcome => Self::Target,
            Self::Update => Self::Update,
        }
    }
}

/// What slow motion remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The present phase; none while training runs as usual.
    pub phase: Option<Phase>,
    /// When the next step comes by itself, if slow motion plays.
    pub due: Option<Duration>,
    /// Index into the speeds.
    pub speed: usize,
}

/// Times between two steps that come by themselves, in milliseconds.
const PACES: [u64; 5] = [60, 120, 250, 500, 1000];

impl Default for State {
    fn default() -> Self {
        Self {
            phase: None,
            due: None,
            speed: 2,
        }
    }
}

impl State {
    /// The time between two steps.
    pub fn pace(&self) -> Duration {
        Duration::from_millis(PACES[self.speed.min(PACES.len() - 1)])
    }

    /// Plays slower (1) or faster (-1); tells whether there is such a speed.
    pub fn change_speed(&mut self, by: isize) -> bool {
        let speed = self.speed.saturating_add_signed(by).min(PACES.len() - 1);
        std::mem::replace(&mut self.speed, speed) != speed
    }
}

/// Width from which there is a title before the phases.
const ROOMY: u16 = 95;
/// Lines that slow motion takes.
pub const LINES: u16 = 2;

/// Steps of the longest search that is shown, in either arm.
pub fn longest(snapshot: &Snapshot) -> usize {
    let walks = snapshot.arms.iter().flat_map(|arm| {
        let inspected = arm.walks.selected.iter();
        arm.walks.examples.iter().chain(inspected)
    });
    walks
        .map(|example| example.walk.points.nrows().saturating_sub(1))
        .max()
        .unwrap_or(0)
}

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
                let steps = snapshot.controls().parameters.max_steps;
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

fn sentence(app: &App, snapshot: &Snapshot, phase: Phase) -> String {
    let parameters = &snapshot.controls().parameters;
    let classes = &snapshot.dataset.classes;
    let class = |index: usize| classes.get(index).cloned().unwrap_or_default();
    let lengths = snapshot.arms[1].walks.examples.iter().enumerate();
    let followed = lengths.max_by_key(|(_, example)| example.walk.points.nrows());
    let followed = |arm: usize| {
        let inspected = app.inspector.example(snapshot, arm);
        inspected.or_else(|| snapshot.arms[arm].walks.examples.get(followed?.0))
    };
    let (Some(baseline), Some(other)) = (followed(0), followed(1)) else {
        return "no example is searched".to_owned();
    };
    let [bl, ct] = [0, 1].map(|arm| snapshot.arms[arm].objective.abbreviation());
    let target = class(other.walk.target);
    let sample = other.row + 1;
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
    let probabilities = &example.walk.probabilities;
    let at = step.min(probabilities.len().saturating_sub(1));
    probabilities.get(at).copied().unwrap_or(f32::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_goes_through_its_phases_and_back() {
        let mut phase = Phase::Predict;
        let mut seen = vec![phase];
        for _ in 0..6 {
            phase = phase.next(2);
            seen.push(phase);
        }
        let expected = [
            Phase::Predict,
            Phase::Target,
            Phase::Search(1),
            Phase::Search(2),
            Phase::Outcome,
            Phase::Update,
            Phase::Predict,
        ];
        assert_eq!(seen, expected);
        assert_eq!(Phase::Outcome.previous(2), Phase::Search(2));
        assert_eq!(Phase::Search(9).previous(2), Phase::Search(2));
        assert_eq!(Phase::Search(1).previous(2), Phase::Target);
        assert_eq!(Phase::Target.next(0), Phase::Outcome);
    }
}
