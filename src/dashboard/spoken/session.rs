//! A session without a screen: lines in, lines out.

use std::{
    io::{self, Write},
    time::Duration,
};

use super::{
    answer, boundary, card, counterfactuals, features, groups, help, losses, parameters,
    question::{Heard, Question, understand},
    robustness, sample, scores,
    status::{self, Standing},
    told::Told,
    wording::plain,
};
use crate::dashboard::{
    action::{Action, Panel},
    core::Core,
    log::Entry,
    state::{App, Mode, Request},
    update,
};

/// Shortest time between two lines about epochs, unless one wishes otherwise.
const PACE: Duration = Duration::from_secs(5);
/// How long an answer is awaited before the next line is looked at.
const PATIENCE: Duration = Duration::from_secs(10);
/// Messages that are told again.
const MESSAGES: usize = 10;
/// Longest pace that can be wished for, in seconds.
const SLOWEST: f64 = 3600.0;

/// What must have come before the next line is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// The data.
    Data,
    /// Another run or epoch, or that training runs or rests.
    Arrival,
    /// An epoch after this one.
    EpochAfter(usize),
    /// The inspected sample.
    Sample,
    /// The scoreboard.
    Scores,
    /// What recourse costs groups.
    Groups,
    /// All that is on its way; of a session that runs, this many epochs or its end.
    All(Option<usize>),
}

/// A dashboard that speaks.
pub struct Spoken<'a> {
    /// What it speaks of.
    pub core: Core<'a>,
    output: &'a mut dyn Write,
    /// Whether lines are typed by somebody who sees what is said, not piped.
    typed: bool,
    pace: Option<Duration>,
    told: Told,
    awaited: Option<(Awaited, Duration)>,
}

impl<'a> Spoken<'a> {
    /// Speaks to `output`.
    pub fn new(core: Core<'a>, output: &'a mut dyn Write, typed: bool) -> Self {
        Self {
            core,
            output,
            typed,
            pace: Some(PACE),
            told: Told::default(),
            awaited: Some((Awaited::Data, Duration::MAX)),
        }
    }

    /// Waits until something happens, tells of it, and answers the lines that can be answered.
    ///
    /// # Errors
    /// What the output fails with.
    pub fn turn(&mut self) -> io::Result<Request> {
        let patience = self.patience();
        self.core.gather(patience);
        self.tell_news()?;
        while self.core.app.request != Request::Quit
            && let Some(line) = self.next_line()?
        {
            match line {
                Some(line) => self.answer(&line)?,
                None => self.end(),
            }
            self.tell_news()?;
        }
        let request = self.core.request();
        if let Request::Copy(text) = &request {
            self.speak(&[format!("text: {text}")])?;
        }
        Ok(request)
    }

    /// How long to sleep at most.
    fn patience(&self) -> Option<Duration> {
        let app = &self.core.app;
        let awaited = self.awaited.map(|(_, until)| until);
        let times = [app.wakes_at(), awaited, self.told.wakes_at(app, self.pace)];
        let next = times.into_iter().flatten().min()?;
        Some(next.saturating_sub(self.core.now()))
    }

    fn tell_news(&mut self) -> io::Result<()> {
        let lines = self.told.news(&self.core.app, self.pace);
        self.speak(&lines)?;
        let Some((awaited, until)) = self.awaited else {
            return Ok(());
        };
        let come = self.has_come(awaited);
        if come || self.core.now() >= until {
            self.awaited = None;
        }
        let lines = match (awaited, come, self.awaited.is_none()) {
            (Awaited::Sample, _, true) => sample::lines(&self.core.app),
            (Awaited::Scores, _, true) => scores::lines(&self.core.app),
            (Awaited::Groups, _, true) => groups::lines(&self.core.app),
            (Awaited::All(_), true, _) if self.core.lines.front() != Some(&None) => {
                vec![format!("wait: over; {}", self.standing())]
            }
            _ => Vec::new(),
        };
        self.speak(&lines)
    }

    fn standing(&self) -> String {
        let app = &self.core.app;
        let epoch = app.snapshot.as_ref().map_or(0, |snapshot| snapshot.epoch);
        Standing::of(app).in_words(epoch)
    }

    fn has_come(&self, awaited: Awaited) -> bool {
        let app = &self.core.app;
        let Some(snapshot) = app.snapshot.as_deref().filter(|_| !app.lost) else {
            return app.lost;
        };
        let asked = app.opening.is_some() || app.sought.is_some() || app.desired.is_pending();
        let rests = Standing::of(app) != Standing::Running;
        match awaited {
            Awaited::Data => true,
            Awaited::Arrival => !asked && app.intent.is_none(),
            Awaited::EpochAfter(epoch) => snapshot.epoch > epoch,
            Awaited::Sample => sample::is_found(app),
            Awaited::Scores => scores::is_measured(app),
            Awaited::Groups => groups::is_found(app),
            Awaited::All(None) => !app.is_on_its_way() && app.intent.is_none() && rests,
            Awaited::All(Some(epoch)) => {
                !asked && (snapshot.epoch >= epoch || rests && app.running_to.is_none())
            }
        }
    }

    /// The next line, if it is its turn; a line that somebody types ends their waiting.
    fn next_line(&mut self) -> io::Result<Option<Option<String>>> {
        if let (Some((Awaited::All(_), _)), true, Some(Some(_))) =
            (self.awaited, self.typed, self.core.lines.front())
        {
            self.awaited = None;
            self.speak(&[format!("wait: ended; {}", self.standing())])?;
        }
        Ok(match self.awaited {
            Some(_) => None,
            None => self.core.lines.pop_front(),
        })
    }

    /// After the last line: leaves as soon as what is on its way has come.
    fn end(&mut self) {
        let app = &self.core.app;
        match !app.lost && (app.is_on_its_way() || app.intent.is_some()) {
            true => {
                self.core.lines.push_front(None);
                let all = match Standing::of(app) {
                    Standing::Running if app.running_to.is_none() => Awaited::Arrival,
                    _ => Awaited::All(None),
                };
                self.awaited = Some((all, Duration::MAX));
            }
            false => self.core.act(Action::Leave),
        }
    }

    /// Answers a line.
    fn answer(&mut self, line: &str) -> io::Result<()> {
        let line = line.trim();
        if line.is_empty() {
            return match self.core.app.lesson {
                Some(_) => self.act(Action::NextCard),
                None => self.ask(Question::Status),
            };
        }
        match understand(&self.core.app, line) {
            Ok(Heard::Ask(question)) => self.ask(question),
            Ok(Heard::Act(action)) => self.act(action),
            Err(error) => self.speak(&[format!("not understood: {error}")]),
        }
    }

    /// Answers a question.
    fn ask(&mut self, question: Question) -> io::Result<()> {
        let app = &self.core.app;
        let lines = match question {
            Question::Status => status::lines(app),
            Question::Boundary => boundary::lines(app),
            Question::Losses => losses::lines(app),
            Question::Counterfactuals => counterfactuals::lines(app),
            Question::Robustness => robustness::lines(app),
            Question::Parameters { name } => parameters::lines(app, name.as_deref()),
            Question::Features { name } => features::lines(app, name.as_deref()),
            Question::Score { name: None } => return self.wait(Awaited::Scores),
            Question::Score { name: Some(name) } => match scores::find(app, &name) {
                Err(error) => vec![format!("refused: {error}")],
                Ok(place) => {
                    self.core.act(Action::Focus(Panel::Scoreboard));
                    self.core.act(Action::Select(place));
                    scores::selected(&self.core.app)
                }
            },
            Question::Sample if app.inspector.row.is_some() => return self.wait(Awaited::Sample),
            Question::Sample => sample::lines(app),
            Question::Groups => {
                self.core.act(Action::Focus(Panel::Burden));
                return self.wait(Awaited::Groups);
            }
            Question::Card => card::lines(app),
            Question::Lessons => card::lessons(),
            Question::Messages => messages(app),
            Question::Help { word } => help::lines(app, word.as_deref()),
            Question::Pause | Question::Run => return self.steer(question == Question::Run),
            Question::Wait { epoch } => {
                self.awaited = Some((Awaited::All(epoch), Duration::MAX));
                vec![match epoch {
                    Some(epoch) => format!("wait: until epoch {epoch}, or until training rests"),
                    None => "wait: until training rests".to_owned(),
                }]
            }
            Question::Pace { seconds } => vec![self.change_pace(&seconds)],
        };
        self.speak(&lines)
    }

    /// Waits for an answer, for a while.
    pub(super) fn wait(&mut self, awaited: Awaited) -> io::Result<()> {
        self.awaited = Some((awaited, self.core.now() + PATIENCE));
        Ok(())
    }

    /// Lets training run or rest.
    fn steer(&mut self, run: bool) -> io::Result<()> {
        match self.core.app.is_running() == run {
            true => self.speak(&[format!("done already: {}", self.standing())]),
            false => self.act(Action::ToggleRun),
        }
    }

    fn change_pace(&mut self, seconds: &str) -> String {
        match (seconds, seconds.parse::<f64>()) {
            ("none", _) => {
                self.pace = None;
                "done: no lines about epochs while training runs".to_owned()
            }
            (_, Ok(number)) if (0.0..=SLOWEST).contains(&number) => {
                self.pace = Some(Duration::from_secs_f64(number));
                format!("done: lines about epochs are {seconds} seconds apart or more")
            }
            _ => format!(
                "refused: `{seconds}` is no number of seconds from 0 to {SLOWEST}, nor none"
            ),
        }
    }

    /// Does what was typed, and says what came of it.
    fn act(&mut self, action: Action) -> io::Result<()> {
        if let Some(why) = answer::refusal(&action) {
            return self.speak(&[format!("refused: {why}")]);
        }
        let before = self
            .core
            .app
            .snapshot
            .as_ref()
            .map_or(0, |known| known.epoch);
        update::hush(&mut self.core.app);
        self.core.act(action.clone());
        let app = &self.core.app;
        let mut lines = self.told.messages(app, ["done", "refused"]);
        lines.extend(answer::unlogged(app, &lines));
        let refused = lines.iter().any(|line| line.starts_with("refused"));
        if lines.is_empty() || answer::is_a_look(&action) {
            lines.extend(answer::lines(app, &action));
        }
        if app.mode != Mode::Normal {
            self.core.act(Action::Back);
        }
        self.speak(&lines)?;
        if !refused {
            let awaited = answer::awaited(&self.core.app, &action, before);
            self.awaited = awaited.map(|awaited| (awaited, self.core.now() + PATIENCE));
        }
        Ok(())
    }

    /// Says lines.
    pub(super) fn speak(&mut self, lines: &[String]) -> io::Result<()> {
        for line in lines {
            writeln!(self.output, "{}", plain(line))?;
        }
        match lines.is_empty() {
            true => Ok(()),
            false => self.output.flush(),
        }
    }
}

/// The last messages, the newest last.
pub(super) fn messages(app: &App) -> Vec<String> {
    let entries = app.log.entries();
    let left = entries.len().saturating_sub(MESSAGES);
    let line = |entry: &Entry| format!("message at epoch {}: {}", entry.epoch, entry.text);
    match entries.is_empty() {
        true => vec!["messages: none".to_owned()],
        false => entries.iter().skip(left).map(line).collect(),
    }
}
