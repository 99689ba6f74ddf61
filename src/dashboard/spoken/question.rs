//! What one can ask where there is no screen, beside the commands of the command line.

use serde::Deserialize;

use crate::dashboard::{
    action::Action,
    command::{CommandError, full_name, names, parse, read_as, split},
    keymap::{Chord, Context},
    state::App,
    variants::variants,
};
use crate::data::nearest::hint;

/// A question, or a wish that has no action of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// How training stands.
    Status,
    /// Where each model decides what.
    Boundary,
    /// Terms of the loss, now and over time.
    Losses,
    /// What became of the counterfactuals that training searched.
    Counterfactuals,
    /// Accuracy under attack.
    Robustness,
    /// All hyper-parameters, or one.
    Parameters {
        /// Its name or symbol.
        name: Option<String>,
    },
    /// All features, or one.
    Features {
        /// Its name.
        name: Option<String>,
    },
    /// All measures, or one and what it is of.
    Score {
        /// Its name.
        name: Option<String>,
    },
    /// The inspected sample.
    Sample,
    /// What recourse costs groups of people.
    Groups,
    /// The card of the lesson.
    Card,
    /// The lessons that there are.
    Lessons,
    /// What has happened.
    Messages,
    /// What can be typed, or what a word means.
    Help {
        /// The word.
        word: Option<String>,
    },
    /// Pause training.
    Pause,
    /// Go on training.
    Run,
    /// Take no further line until what is on its way has come, or an epoch is trained.
    Wait {
        /// The epoch.
        epoch: Option<usize>,
    },
    /// Let lines about epochs come so many seconds apart; `none` for no such lines.
    Pace {
        /// Seconds.
        seconds: String,
    },
}

/// How questions are typed, and what they are for.
pub const HELP: [(&str, &str); 18] = [
    (
        "status",
        "what is trained, how far it is, and how right the models are",
    ),
    (
        "score",
        "all measures with their errors; `score ip` says what one is of",
    ),
    ("losses", "the terms of the loss, now and over time"),
    (
        "counterfactuals",
        "how many matured, how many did not, why, and what helps",
    ),
    (
        "boundary",
        "where each model decides what, and how the example searches end",
    ),
    ("robustness", "accuracy under attacks"),
    (
        "parameters",
        "all values; `parameters lambda_div` says what one does",
    ),
    (
        "features",
        "how each may change and what it matters; `features x1` for one",
    ),
    (
        "sample",
        "the inspected sample, what would have to change, and the advice",
    ),
    ("groups", "what another decision costs groups of people"),
    (
        "card",
        "the card of the lesson again, and how its task stands",
    ),
    ("lessons", "the lessons that there are"),
    ("messages", "the last messages"),
    (
        "help",
        "this list; `help all` has every command, `help WORD` explains one",
    ),
    ("pause", "pause training"),
    ("run", "go on training"),
    (
        "wait",
        "read on only when all has come; `wait 60`: when 60 epochs are trained",
    ),
    (
        "pace",
        "seconds between two lines about epochs: `pace 10`, `pace none`",
    ),
];

/// Other names.
const ALIASES: [(&str, &str); 13] = [
    ("scores", "score"),
    ("scoreboard", "score"),
    ("loss", "losses"),
    ("counts", "counterfactuals"),
    ("cfs", "counterfactuals"),
    ("parameter", "parameters"),
    ("params", "parameters"),
    ("feature", "features"),
    ("inspector", "sample"),
    ("burden", "groups"),
    ("lesson", "lessons"),
    ("go", "run"),
    ("h", "help"),
];

/// What a line asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A question.
    Ask(Question),
    /// What can be done in the dashboard as well.
    Act(Action),
}

/// What `line` asks for: a question, a command with or without its colon, or a key by its name, those
/// of an open lesson first.
///
/// # Errors
/// [`CommandError`] names what resembles it most.
pub fn understand(app: &App, line: &str) -> Result<Heard, CommandError> {
    let line = line.trim();
    let line = line.strip_prefix(':').unwrap_or(line);
    let lesson = app.lesson.is_some().then_some(Context::Lesson);
    if let Some(action) = key(app, lesson.as_slice(), line) {
        return Ok(Heard::Act(action));
    }
    if let Some(question) = question(line) {
        return question.map(Heard::Ask);
    }
    let first = line.split_whitespace().next().unwrap_or_default();
    if names().contains(&full_name(first)) {
        return parse(line).map(Heard::Act);
    }
    if let Some(action) = key(app, &app.contexts(), line) {
        return Ok(Heard::Act(action));
    }
    let known = variants::<Question>().iter().chain(names()).copied();
    let hint = hint(first, known);
    Err(CommandError(format!(
        "there is no command `{first}`{hint}; help lists what can be typed"
    )))
}

/// The question that a line asks; all words after its name are one.
fn question(line: &str) -> Option<Result<Question, CommandError>> {
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let alias = ALIASES.iter().find(|(known, _)| *known == name);
    let question = alias.map_or(name, |(_, question)| *question);
    let takes_action = names().contains(&name) && question != name && !rest.is_empty();
    if !variants::<Question>().contains(&question) || takes_action {
        return None;
    }
    let words = split(rest).map(|words| match words.as_slice() {
        [] => words,
        _ => vec![words.join(" ")],
    });
    Some(words.and_then(|words| read_as(question, &words)))
}

/// What the key that is called `line` does: `Enter`, `h`, `ctrl-r`.
fn key(app: &App, contexts: &[Context], line: &str) -> Option<Action> {
    let single = line.chars().nth(1).is_none();
    let name = match single {
        true => line.to_owned(),
        false => line.to_lowercase(),
    };
    let chord: Chord = name.parse().ok()?;
    app.keymap.bound(contexts, chord)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::{tests::fixture, theme::Level, widgets::Marker};

    fn heard(line: &str) -> Result<Heard, CommandError> {
        understand(&fixture::app(120, 40, Level::Off, Marker::Ascii), line)
    }

    #[test]
    fn questions_commands_and_keys_are_understood() {
        let name = |text: &str| Some(text.to_owned());
        let cases = [
            ("status", Heard::Ask(Question::Status)),
            (":scores", Heard::Ask(Question::Score { name: None })),
            (
                "score IP*",
                Heard::Ask(Question::Score { name: name("IP*") }),
            ),
            (
                "help integrated gradients",
                Heard::Ask(Question::Help {
                    word: name("integrated gradients"),
                }),
            ),
            ("wait 60", Heard::Ask(Question::Wait { epoch: Some(60) })),
            ("lesson", Heard::Ask(Question::Lessons)),
            ("lesson tour", Heard::Act(Action::Lesson("tour".into()))),
            ("lock age", Heard::Act(Action::Lock("age".into()))),
            (
                "set λ_adv 0.5",
                Heard::Act(Action::Set("λ_adv".into(), "0.5".into())),
            ),
            ("inspect 12", Heard::Act(Action::Inspect { row: 12 })),
            ("Space", Heard::Act(Action::ToggleRun)),
            ("n", Heard::Act(Action::StepEpoch)),
            ("R", Heard::Act(Action::NewSeed)),
            ("quit", Heard::Act(Action::Quit)),
            ("q", Heard::Act(Action::Quit)),
        ];
        for (line, expected) in cases {
            assert_eq!(heard(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_answered_with_what_is() {
        let refusal = |line: &str| heard(line).unwrap_err().to_string();
        assert!(
            refusal("statsu").contains("did you mean `status`"),
            "{}",
            refusal("statsu")
        );
        assert!(refusal("lokc age").contains("did you mean `lock`"));
        assert!(refusal("frobnicate now").contains("help lists what can be typed"));
        assert_eq!(
            refusal("wait soon"),
            "wait: `soon` is no whole number from 0"
        );
        assert_eq!(refusal("pace"), "pace: its seconds is missing");
        assert_eq!(
            refusal("inspect far"),
            "inspect: `far` is no whole number from 0"
        );
    }

    #[test]
    fn every_question_is_explained() {
        let known: Vec<_> = HELP.iter().map(|(name, _)| *name).collect();
        assert!(
            variants::<Question>()
                .iter()
                .all(|name| known.contains(name))
        );
        assert_eq!(known.len(), variants::<Question>().len());
    }
}
