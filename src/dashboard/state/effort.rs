//! How much training would be lost with the present run.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{dashboard::action::Action, session::Snapshot};

/// A run that took so long is not given up without asking.
pub const LONG: Duration = Duration::from_secs(60);

/// How long a question holds.
const QUESTION: Duration = Duration::from_secs(10);

/// Time that went into the present run since it was last saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    spent: Duration,
    newest: usize,
    asked: Option<(Action, Duration)>,
    written: BTreeSet<PathBuf>,
}

impl State {
    /// Counts what the epochs took that are new in `snapshot`; a new run begins with nothing.
    pub fn follow(&mut self, snapshot: &Snapshot) {
        let newest = snapshot.newest_epoch;
        match newest.checked_sub(self.newest) {
            Some(epochs) => {
                let epochs = u32::try_from(epochs).unwrap_or(u32::MAX);
                let spent = snapshot.epoch_time.saturating_mul(epochs);
                self.spent = self.spent.saturating_add(spent);
            }
            None if newest == 0 => self.spent = Duration::ZERO,
            None => {}
        }
        self.newest = newest;
    }

    /// Time that would be lost.
    pub fn spent(&self) -> Duration {
        self.spent
    }

    /// The run is in a file now.
    pub fn save(&mut self) {
        self.spent = Duration::ZERO;
    }

    /// The file at `path` is of this session.
    pub fn write(&mut self, path: PathBuf) {
        self.written.insert(path);
    }

    /// Whether the file at `path` was written in this session.
    pub fn has_written(&self, path: &Path) -> bool {
        self.written.contains(path)
    }

    /// Whether the user has asked for `action` a moment ago already; from `now` on they have.
    pub fn asked(&mut self, action: Action, now: Duration) -> bool {
        let before = self.asked.take();
        let again =
            before.is_some_and(|(asked, at)| asked == action && now.saturating_sub(at) < QUESTION);
        self.asked = Some((action, now)).filter(|_| !again);
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::tests::fixture;

    #[test]
    fn epochs_count_until_they_are_saved_or_begun_anew() {
        let mut snapshot = fixture::snapshot(57);
        snapshot.newest_epoch = 57;
        snapshot.epoch_time = Duration::from_secs(2);
        let mut effort = State::default();
        effort.follow(&snapshot);
        effort.follow(&snapshot);
        assert_eq!(effort.spent(), Duration::from_secs(114));
        effort.save();
        snapshot.newest_epoch = 58;
        effort.follow(&snapshot);
        assert_eq!(effort.spent(), Duration::from_secs(2));
        snapshot.newest_epoch = 0;
        effort.follow(&snapshot);
        assert_eq!(effort.spent(), Duration::ZERO);
    }

    #[test]
    fn a_question_holds_for_a_moment() {
        let mut effort = State::default();
        let at = Duration::from_secs;
        assert!(!effort.asked(Action::Quit, at(1)));
        assert!(!effort.asked(Action::Restart, at(2)));
        assert!(effort.asked(Action::Restart, at(3)));
        assert!(!effort.asked(Action::Restart, at(4)));
        assert!(!effort.asked(Action::Restart, at(40)));
    }
}
