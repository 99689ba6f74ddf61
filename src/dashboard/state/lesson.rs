//! The lesson that is played: where it is, and what was before each step.

use std::{collections::VecDeque, sync::Arc};

use super::{App, boundary, inspector, parameters};
use crate::{
    dashboard::{
        action::Action,
        layout::Arrangement,
        lesson::{Claim, Lesson, Step},
        widgets::width,
    },
    lesson::{
        expression::{Expression, ExpressionError},
        facts::Observed,
        markup::{Markup, Piece, Style},
    },
    recipe::Recipe,
    training::TABLE,
};

/// Columns beside a card's text: its frame, and a blank on either side.
pub const FRAME: u16 = 4;
/// Lines above and below a card's text.
pub const AROUND: u16 = 2;

/// What is played.
#[derive(Clone, Debug)]
pub struct State {
    /// The lesson.
    pub lesson: Arc<Lesson>,
    /// Index of the present step.
    pub step: usize,
    /// Whether its hint is shown.
    pub hint: bool,
    /// Whether the learner was told that the task is not done.
    pub told: bool,
    /// Commands that are still to be carried out, one after the other.
    pub due: VecDeque<Action>,
    /// What was before each step up to the present one.
    pub before: Vec<Moment>,
    /// The panels before the lesson.
    pub outside: Arrangement,
}

/// How things stood before a step.
#[derive(Clone, Debug)]
pub struct Moment {
    /// What reproduces the run.
    pub recipe: Recipe,
    /// Epochs trained.
    pub epoch: usize,
    /// The focused arm.
    pub arm: usize,
    /// Which panels are where.
    pub arrangement: Arrangement,
    /// What is drawn of the boundary.
    pub boundary: boundary::State,
    /// The inspected sample.
    pub inspector: inspector::State,
}

impl State {
    /// The present step.
    pub fn now(&self) -> Option<&Step> {
        self.lesson.steps.get(self.step)
    }
}

/// How it stands with what a step awaits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing is awaited.
    Free,
    /// Commands are being carried out, or this is awaited.
    Waiting(String),
    /// The task is not done yet.
    Task,
    /// The task is done.
    Done,
}

impl App {
    /// How the run looks to expressions.
    pub fn observed(&self) -> Option<Observed<'_>> {
        let snapshot = self.snapshot.as_deref()?;
        Some(Observed {
            snapshot,
            focused: self.focused(snapshot),
            inspected: self.inspector.row.map(|row| (row, self.inspector.target)),
        })
    }

    /// Whether a claim holds now.
    ///
    /// # Errors
    /// [`ExpressionError`] if it speaks of what there is not.
    pub fn holds(&self, claim: &Claim) -> Result<bool, ExpressionError> {
        match self.observed() {
            Some(observed) => claim.expression.holds(&observed),
            None => Ok(false),
        }
    }

    /// How it stands with the present step.
    pub fn progress(&self) -> Progress {
        let Some(state) = &self.lesson else {
            return Progress::Free;
        };
        let Some(step) = state.now() else {
            return Progress::Free;
        };
        let holds = |claim: &Claim| self.holds(claim).unwrap_or(false);
        if let Some(wait) = step.wait.as_ref().filter(|wait| !holds(wait)) {
            return Progress::Waiting(self.awaited(wait));
        }
        if !state.due.is_empty() || self.sought.is_some() || self.running_to.is_some() {
            return Progress::Waiting("a moment, this is being prepared".to_owned());
        }
        match &step.until {
            None => Progress::Free,
            Some(until) if holds(until) => Progress::Done,
            Some(_) => Progress::Task,
        }
    }

    /// What is awaited, and how things stand with it.
    fn awaited(&self, claim: &Claim) -> String {
        let facts = match self.observed() {
            Some(observed) => claim.expression.facts(&observed),
            None => Vec::new(),
        };
        let facts = facts
            .iter()
            .map(|(name, value)| format!("{name} is {value}"));
        let facts: Vec<_> = facts.collect();
        format!("waiting for {}; {}", claim.expression, facts.join(", "))
    }

    /// Parameters that are shown, by their places in the table; a lesson may leave only some.
    pub fn offered(&self) -> Vec<usize> {
        let step = self.lesson.as_ref().and_then(|state| state.now());
        let controls = step.map_or(&[][..], |step| step.controls.as_slice());
        let all = match &self.snapshot {
            Some(snapshot) => parameters::listed(&snapshot.recipe.source),
            None => (0..TABLE.len()).collect(),
        };
        let shown = |index: &usize| {
            let name = TABLE.get(*index).map(|parameter| parameter.name);
            controls.is_empty() || controls.iter().any(|control| Some(control.name) == name)
        };
        all.into_iter().filter(shown).collect()
    }

    /// Lines of the lesson's card, in `columns`; none without a lesson.
    pub fn card(&self, columns: u16) -> Vec<Vec<Piece>> {
        let Some(state) = &self.lesson else {
            return Vec::new();
        };
        let Some(step) = state.now() else {
            return Vec::new();
        };
        text(step, state.hint, columns, &|expression| {
            self.spelt(expression)
        })
    }

    /// What an expression of a card is worth now.
    pub fn spelt(&self, expression: &str) -> String {
        let value = || {
            let expression = Expression::parse(expression).ok()?;
            expression.value(&self.observed()?).ok()
        };
        value().map_or_else(|| "–".to_owned(), |value| value.to_string())
    }
}

/// What a step's card says: the text, the task, and its hint if wanted, with what `value` says of
/// its expressions.
pub fn text(
    step: &Step,
    hint: bool,
    columns: u16,
    value: &dyn Fn(&str) -> String,
) -> Vec<Vec<Piece>> {
    let room = usize::from(columns.saturating_sub(FRAME));
    let measure = |text: &str| usize::from(width(text));
    let mut lines = step.say.filled(value).lines(room, measure);
    let mut add = |label: &str, markup: &Option<Markup>| {
        let Some(markup) = markup else { return };
        let label = Piece {
            style: Style::Bold,
            text: label.to_owned(),
        };
        let mut labelled = markup.filled(value);
        if let Some(first) = labelled.blocks.first_mut() {
            first.pieces.insert(0, label);
        }
        lines.extend(labelled.lines(room, measure));
    };
    add("Your turn: ", &step.task);
    if hint {
        add("Hint: ", &step.hint);
    }
    lines
}
