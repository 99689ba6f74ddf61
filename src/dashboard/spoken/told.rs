//! What one has been told by itself, so that it is told once.

use std::time::Duration;

use super::{
    card,
    status::{self, Standing},
};
use crate::{
    dashboard::{
        log::Tone,
        state::{App, lesson::Progress},
    },
    run::words,
    session::Snapshot,
};

/// How far one has been told.
#[derive(Clone, Debug)]
pub struct Told {
    /// The epoch of the last line about one, and when that was.
    epoch: usize,
    at: Duration,
    /// The epoch up to which changes were told.
    changes: usize,
    /// Messages.
    messages: usize,
    standing: Standing,
    /// The lesson and its card, and whether it awaited something.
    card: Option<(String, usize)>,
    progress: Progress,
    greeted: bool,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            epoch: 0,
            at: Duration::ZERO,
            changes: 0,
            messages: 0,
            standing: Standing::Preparing,
            card: None,
            progress: Progress::Free,
            greeted: false,
        }
    }
}

impl Told {
    /// What has happened since it was asked last; lines about epochs are `pace` apart while training
    /// runs, unless there are to be none.
    pub fn news(&mut self, app: &App, pace: Option<Duration>) -> Vec<String> {
        let mut lines = self.greeting(app);
        lines.extend(self.messages(app, ["note", "attention"]));
        let standing = Standing::of(app);
        let stands = standing != self.standing;
        if let Some(snapshot) = app.snapshot.as_deref() {
            lines.extend(self.changes(snapshot));
            let waited = app.now.saturating_sub(self.at);
            let due = pace.is_some_and(|pace| stands || waited >= pace);
            let rests = standing != Standing::Running;
            if snapshot.epoch != self.epoch && (due || rests) {
                lines.extend(self.epoch(snapshot, app.now));
            }
            if stands && self.standing != Standing::Preparing {
                lines.push(format!("training: {}", standing.in_words(snapshot.epoch)));
            }
        }
        self.standing = standing;
        lines.extend(self.lesson(app));
        lines
    }

    /// When a line about an epoch is due that has been trained already.
    pub fn wakes_at(&self, app: &App, pace: Option<Duration>) -> Option<Duration> {
        let snapshot = app.snapshot.as_deref()?;
        (snapshot.epoch != self.epoch).then_some(self.at + pace?)
    }

    /// Messages that are new, with the labels of notes and of refusals; that something has come into
    /// force is told as a change.
    pub fn messages(&mut self, app: &App, labels: [&str; 2]) -> Vec<String> {
        let (new, all) = app.log.since(self.messages);
        self.messages = all;
        let told = new.filter(|entry| entry.tone != Tone::Echo);
        let label = |tone| labels[usize::from(tone == Tone::Refusal)];
        told.map(|entry| format!("{}: {}", label(entry.tone), entry.text))
            .collect()
    }

    /// What is trained, once it is known.
    fn greeting(&mut self, app: &App) -> Vec<String> {
        let Some(snapshot) = app.snapshot.as_deref().filter(|_| !self.greeted) else {
            return Vec::new();
        };
        (self.greeted, self.changes) = (true, snapshot.epoch);
        let mut lines = status::lines(app);
        if app.offer.is_some() {
            lines.push("new here: `lesson tour` tells what there is".to_owned());
        }
        lines.push("help: type help and Enter for what can be typed, quit to leave".to_owned());
        lines
    }

    fn changes(&mut self, snapshot: &Snapshot) -> Vec<String> {
        let before = self.changes.min(snapshot.epoch);
        self.changes = snapshot.epoch;
        let happenings = snapshot.recipe.happenings(&snapshot.dataset);
        words::changes(&happenings, before, snapshot.epoch).collect()
    }

    fn epoch(&mut self, snapshot: &Snapshot, now: Duration) -> Option<String> {
        (self.epoch, self.at) = (snapshot.epoch, now);
        let arms = snapshot.arms.iter();
        let arms: Vec<_> = arms
            .map(|arm| words::of_arm(&arm.name, &arm.report, Some(arm.accuracy)))
            .collect();
        let line = words::line(snapshot.epoch, snapshot.recipe.epochs(), &arms);
        (snapshot.epoch > 0).then_some(line)
    }

    /// A card that is new, once all is in place that it shows; and what it no longer awaits.
    fn lesson(&mut self, app: &App) -> Vec<String> {
        let Some(state) = app.lesson.as_ref().filter(|_| self.greeted) else {
            self.card = None;
            return Vec::new();
        };
        let progress = app.progress();
        let card = (state.lesson.name.clone(), state.step);
        let awaits = state.now().is_some_and(|step| step.wait.is_some());
        let is_waiting = matches!(progress, Progress::Waiting(_));
        if self.card.as_ref() != Some(&card) {
            if is_waiting && !awaits {
                return Vec::new();
            }
            (self.card, self.progress) = (Some(card), progress);
            let heading = format!("lesson: {}", state.lesson.title);
            return std::iter::once(heading).chain(card::lines(app)).collect();
        }
        let before = std::mem::replace(&mut self.progress, progress);
        let waited = matches!(before, Progress::Waiting(_)) && !is_waiting;
        let done = before == Progress::Task && self.progress == Progress::Done;
        match (waited, done) {
            (true, _) => card::lines(app),
            (_, true) => vec![card::progress(app)],
            _ => Vec::new(),
        }
    }
}
