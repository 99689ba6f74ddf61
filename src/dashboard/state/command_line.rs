//! What is typed on the command line, completed and recalled.

use crate::dashboard::{command::last_word, widgets::TextField};

/// What the line remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What stands on the line.
    pub text: TextField,
    /// What was typed up to the cursor before candidates were put in, and the present candidate.
    completing: Option<(String, usize)>,
    /// Commands back in the history, and what was typed before.
    recalling: Option<(usize, String)>,
    pub(in crate::dashboard) error: Option<String>,
}

impl State {
    /// What was typed by hand up to the cursor.
    pub fn typed(&self) -> &str {
        match &self.completing {
            Some((typed, _)) => typed,
            None => self.text.halves().0,
        }
    }

    /// The line, about to be typed on.
    pub fn edit(&mut self) -> &mut TextField {
        self.completing = None;
        self.recalling = None;
        self.error = None;
        &mut self.text
    }

    /// Why the line is no command.
    pub fn refuse(&mut self, error: String) {
        self.error = Some(error);
    }

    /// Puts the next of `words` in place of the last one typed; the only one stays.
    pub fn complete(&mut self, words: &[String], by: i32) {
        let count = words.len() as i64;
        if count == 0 {
            return;
        }
        let next = match &self.completing {
            Some((_, present)) => *present as i64 + i64::from(by),
            None if by > 0 => 0,
            None => -1,
        };
        let index = next.rem_euclid(count) as usize;
        let typed = self.typed().to_owned();
        let word = &words[index];
        let blank = match word.ends_with(['/', '=']) || count > 1 {
            true => "",
            false => " ",
        };
        let after = self.text.halves().1.to_owned();
        self.error = None;
        self.recalling = None;
        self.text
            .set(&format!("{}{word}{blank}", last_word(&typed).0), &after);
        self.completing = (count > 1).then_some((typed, index));
    }

    /// Shows the command that is `by` further in `history`, or what was typed after the last one.
    pub fn recall(&mut self, history: &[String], by: i32) {
        let present = || (0, self.text.value().to_owned());
        let (back, typed) = self.recalling.take().unwrap_or_else(present);
        let back = (back as i64 - i64::from(by)).clamp(0, history.len() as i64) as usize;
        self.text = match back {
            0 => typed.as_str().into(),
            _ => history[history.len() - back].as_str().into(),
        };
        self.completing = None;
        self.error = None;
        self.recalling = Some((back, typed));
    }

    /// Index of the candidate that was last put in.
    pub fn chosen(&self) -> Option<usize> {
        self.completing.as_ref().map(|(_, index)| *index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::widgets::TextEdit;

    fn typed(text: &str) -> State {
        State {
            text: text.into(),
            ..State::default()
        }
    }

    #[test]
    fn candidates_are_cycled_through() {
        let words = ["seed", "set"].map(str::to_owned);
        let mut state = typed("se");
        let mut seen = Vec::new();
        for by in [1, 1, 1, -1] {
            state.complete(&words, by);
            seen.push(state.text.value().to_owned());
        }
        assert_eq!(seen, ["seed", "set", "seed", "set"]);
        assert_eq!(state.typed(), "se");
    }

    #[test]
    fn the_only_candidate_is_followed_by_a_blank() {
        let mut state = typed("set lambda_d");
        state.complete(&["lambda_div".to_owned()], 1);
        assert_eq!(state.text.value(), "set lambda_div ");
        let mut state = typed("data circ no");
        state.complete(&["noise=".to_owned()], 1);
        assert_eq!(state.text.value(), "data circ noise=");
        state.complete(&[], 1);
        assert_eq!(state.text.value(), "data circ noise=");
    }

    #[test]
    fn earlier_commands_come_back_and_so_does_what_was_typed() {
        let history = ["one", "two"].map(str::to_owned);
        let mut state = typed("thr");
        let mut seen = Vec::new();
        for by in [-1, -1, -1, 1, 1, 1] {
            state.recall(&history, by);
            seen.push(state.text.value().to_owned());
        }
        assert_eq!(seen, ["two", "one", "one", "two", "thr", "thr"]);
    }

    #[test]
    fn the_word_at_the_cursor_is_completed() {
        let mut state = typed("set lambda_d 0.8");
        for _ in 0..4 {
            state.edit().edit(TextEdit::Left);
        }
        assert_eq!(state.typed(), "set lambda_d");
        state.complete(&["lambda_div".to_owned()], 1);
        assert_eq!(state.text.halves(), ("set lambda_div ", " 0.8"));
    }
}
