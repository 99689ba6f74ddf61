//! Proving a lesson: carrying it out without a screen, by its own solutions.

use std::{fmt, sync::Arc};

use ratatui::layout::Size;

use super::{Claim, Lesson, LessonError, Step};
use crate::{
    dashboard::{
        action::Action,
        keymap::Keymap,
        state::{
            App,
            lesson::{AROUND, text},
        },
        theme::{Level, Theme},
        update,
        widgets::Marker,
    },
    session::{Command, Rehearsal, Status},
};

/// Most epochs that a step is waited for.
const MAX_EPOCHS: usize = 5000;
/// Most turns in which commands and answers go to and fro before a step is in place.
const MAX_TURNS: usize = 500;
/// The smallest screen on which every card is to be read as a whole, and the lines that it leaves.
const SMALL: (u16, u16) = (80, 12);

/// Something that a lesson claims and that is not so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The line in the file.
    pub line: usize,
    /// The seed with which it came out.
    pub seed: u64,
    /// What is not so, and how it is.
    pub problem: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: {} (seed {})",
            self.line, self.problem, self.seed
        )
    }
}

/// What a step has shown: what its statements speak of, and how much that is.
pub type Trace = Vec<(usize, String)>;

/// Plays a lesson with `seed`: everything that it claims and that is not so.
///
/// # Errors
/// [`LessonError::Entry`] if its run cannot be had.
pub fn check(lesson: &Lesson, seed: u64) -> Result<(Vec<Failure>, Trace), LessonError> {
    let mut player = Player::new(lesson, seed)?;
    player.play();
    Ok((player.failures, player.trace))
}

/// Cards that don't fit on a small screen, whatever the seed.
pub fn cards(lesson: &Lesson) -> Vec<Failure> {
    let (columns, most) = SMALL;
    let lines =
        |step: &Step| text(step, true, columns, &|_| "99.999".to_owned()).len() as u16 + AROUND;
    let long = lesson.steps.iter().filter(|step| lines(step) > most);
    long.map(|step| Failure {
        line: step.line,
        seed: lesson.plan.parameters.seed,
        problem: format!(
            "this card takes {} lines on a screen of 80 × 24; it may take {most}: say less",
            lines(step)
        ),
    })
    .collect()
}

/// A learner who knows the solutions.
pub(super) struct Player {
    pub(super) app: App,
    pub(super) run: Rehearsal,
    lesson: Arc<Lesson>,
    seed: u64,
    failures: Vec<Failure>,
    trace: Trace,
}

impl Player {
    /// Before the lesson begins.
    pub(super) fn new(lesson: &Lesson, seed: u64) -> Result<Self, LessonError> {
        let mut lesson = lesson.clone();
        lesson.plan.parameters.seed = seed;
        let line = lesson.plan.line;
        let refuse = |problem: String| lesson.error(line, format!("`recipe`: {problem}"));
        let recipe = lesson.plan.recipe(None).map_err(refuse)?;
        let run = Rehearsal::new(recipe).map_err(|error| refuse(error.to_string()))?;
        let keymap = Keymap::standard().map_err(|error| refuse(error.to_string()))?;
        let theme = Theme::dark(Level::Rgb, Marker::Braille);
        Ok(Self {
            app: App::new(theme, keymap, Size::new(120, 40)),
            run,
            lesson: Arc::new(lesson),
            seed,
            failures: Vec::new(),
            trace: Vec::new(),
        })
    }

    /// Opens the first card.
    pub(super) fn begin(&mut self) {
        self.look();
        let commands = update::lesson::start(&mut self.app, self.lesson.clone());
        self.tell(commands);
    }

    fn play(&mut self) {
        self.begin();
        let lesson = self.lesson.clone();
        for step in &lesson.steps {
            if !self.settle(step.line) {
                return;
            }
            self.step(step);
            self.act(Action::NextCard);
        }
    }

    fn step(&mut self, step: &Step) {
        if let Some(wait) = &step.wait {
            self.wait(wait);
        }
        if let Some(until) = &step.until {
            self.measure();
            match self.app.holds(until) {
                Ok(false) => {}
                Ok(true) => self.fail(until.line, "the task is done before it is begun".into()),
                Err(error) => return self.fail(until.line, format!("`until`: {error}")),
            }
            for told in &step.solve {
                self.act(told.action.clone());
                if !self.settle(told.line) {
                    return;
                }
            }
            self.wait(until);
        }
        self.measure();
        for claim in &step.expect {
            self.claim(claim);
        }
    }

    /// Checks what must be so now.
    fn claim(&mut self, claim: &Claim) {
        let facts = self.facts(claim);
        self.trace
            .push((claim.line, format!("{}: {facts}", claim.expression)));
        match self.app.holds(claim) {
            Ok(true) => {}
            Ok(false) => self.fail(
                claim.line,
                format!("`{}` {} is not so: {facts}", claim.key, claim.expression),
            ),
            Err(error) => self.fail(claim.line, format!("`{}`: {error}", claim.key)),
        }
    }

    /// Lets training go on until a claim holds.
    fn wait(&mut self, claim: &Claim) {
        for epoch in 0..=MAX_EPOCHS {
            self.look();
            match self.app.holds(claim) {
                Ok(true) => return self.claim(claim),
                Ok(false) => {}
                Err(error) => return self.fail(claim.line, format!("`{}`: {error}", claim.key)),
            }
            self.measure();
            if self.app.holds(claim).unwrap_or(false) {
                return self.claim(claim);
            }
            if epoch == MAX_EPOCHS || !self.run.go_on() {
                break;
            }
        }
        let facts = self.facts(claim);
        self.fail(
            claim.line,
            format!("`{}` {} never comes: {facts}", claim.key, claim.expression),
        );
    }

    fn facts(&self, claim: &Claim) -> String {
        let Some(observed) = self.app.observed() else {
            return String::new();
        };
        let facts = claim.expression.facts(&observed);
        let facts: Vec<_> = facts
            .iter()
            .map(|(name, value)| format!("{name} is {value}"))
            .collect();
        facts.join(", ")
    }

    /// Lets the step's commands come to their end; whether they do.
    pub(super) fn settle(&mut self, line: usize) -> bool {
        for _ in 0..MAX_TURNS {
            let commands = self.receive();
            if !commands.is_empty() {
                self.tell(commands);
                continue;
            }
            let idle = self
                .app
                .lesson
                .as_ref()
                .is_none_or(|state| state.due.is_empty());
            match (self.app.is_on_its_way(), idle) {
                (false, true) => return true,
                (true, _) => {
                    let mut left = MAX_EPOCHS;
                    while left > 0 && self.run.go_on() {
                        left -= 1;
                    }
                }
                (false, false) => {}
            }
        }
        let said = self
            .app
            .message
            .as_ref()
            .map_or("", |message| &message.text);
        self.fail(line, format!("its commands come to no end: {said}"));
        false
    }

    /// Takes over how things stand; what the worker has to do in turn.
    fn receive(&mut self) -> Vec<Command> {
        let snapshot = self.run.glance();
        if let Status::Failed(problem) = &snapshot.status {
            self.fail(0, problem.clone());
        }
        update::receive(&mut self.app, snapshot)
    }

    fn look(&mut self) {
        let commands = self.receive();
        self.tell(commands);
    }

    fn measure(&mut self) {
        let snapshot = self.run.snapshot();
        let commands = update::receive(&mut self.app, snapshot);
        self.tell(commands);
    }

    pub(super) fn act(&mut self, action: Action) {
        let commands = update::update(&mut self.app, action);
        self.tell(commands);
    }

    fn tell(&mut self, commands: Vec<Command>) {
        for command in commands {
            self.run.tell(command);
        }
    }

    fn fail(&mut self, line: usize, problem: String) {
        self.failures.push(Failure {
            line,
            seed: self.seed,
            problem,
        });
    }
}
