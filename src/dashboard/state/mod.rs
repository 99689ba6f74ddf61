//! What the dashboard knows: the newest snapshot, and what the user has done to the screen.

pub mod boundary;
pub mod burden;
pub mod command_line;
pub mod counterfactuals;
pub mod drawing;
pub mod effort;
pub mod features;
pub mod help;
pub mod inspector;
pub mod lesson;
pub mod losses;
pub mod messages;
pub mod overlay;
pub mod parameters;
pub mod picker;
pub mod preview;
pub mod projector;
pub mod recording;
pub mod replay;
pub mod scoreboard;
pub mod slow_motion;
pub mod speed;
pub mod sweep;

use std::{path::PathBuf, sync::Arc, time::Duration};

use ratatui::layout::{Rect, Size};

use super::{
    action::Panel,
    config::Defaults,
    controls::{Desired, Unsaved},
    keymap::{Context, Keymap},
    layout::{self, Arrangement, Layout},
    log::{Entry, Log, Tone},
    pictures::Pictures,
    theme::Theme,
};
use crate::{
    recipe::{Controls, Recipe},
    session::{ArmSnapshot, Snapshot, Status, View},
    text::printable,
};

/// What keys are for.
#[derive(Clone, Debug, PartialEq)]
pub enum Mode {
    /// Looking and steering.
    Normal,
    /// Typing the value of the selected parameter.
    Entry(parameters::Entry),
    /// Typing a command.
    Command(command_line::State),
    /// Drawing points.
    Draw,
    /// Showing the session's code as a picture.
    Code(String),
    /// Reading the messages.
    Messages(messages::State),
    /// Choosing data.
    Picker(Box<picker::State>),
    /// Looking at a sweep.
    Sweep(Box<sweep::State>),
    /// Typing a part of the names of the features to show.
    Filter,
    /// Reading the list of keys.
    Help(help::State),
}

/// One line at the foot of the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// How much it matters.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// When it disappears, since the dashboard began.
    pub until: Duration,
}

/// How long a message stays.
const MESSAGE_TIME: Duration = Duration::from_secs(5);

/// What is to be done beside drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Request {
    /// Nothing.
    #[default]
    None,
    /// Leave.
    Quit,
    /// Hand the terminal back until resumed.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Put a text into the clipboard.
    Copy(String),
}

/// The dashboard's state; only `update` changes it, and drawing only reads it.
#[derive(Clone, Debug)]
pub struct App {
    /// The newest snapshot, once there is one.
    pub snapshot: Option<Arc<Snapshot>>,
    /// Set when the worker is gone.
    pub lost: bool,
    /// What keys are for.
    pub mode: Mode,
    /// Which panels are where.
    pub arrangement: Arrangement,
    /// Size of the terminal.
    pub size: Size,
    /// The arm that parameters and constraints belong to, by its position.
    pub arm: usize,
    /// Whether changes hold for all arms, not for that one alone.
    pub all_arms: bool,
    /// Parameters and constraints as the user wants them.
    pub desired: Desired,
    /// State of the boundary panel.
    pub boundary: boundary::State,
    /// The brush.
    pub brush: drawing::State,
    /// State of the parameter list.
    pub parameters: parameters::State,
    /// State of the feature list.
    pub features: features::State,
    /// Commands that were typed, the last one last.
    pub history: Vec<String>,
    /// Changes of the recipe since it was last saved.
    pub unsaved: Unsaved,
    /// What went into the present run.
    pub effort: effort::State,
    /// State of the losses.
    pub losses: losses::State,
    /// Finished runs that lie over the charts.
    pub overlays: overlay::State,
    /// State of the counterfactuals.
    pub counterfactuals: counterfactuals::State,
    /// State of the burden panel.
    pub burden: burden::State,
    /// State of the scoreboard.
    pub scoreboard: scoreboard::State,
    /// State of the inspector.
    pub inspector: inspector::State,
    /// The lesson that is played.
    pub lesson: Option<Box<lesson::State>>,
    /// The recipe that is played, or was.
    pub replay: Option<Box<replay::State>>,
    /// How the screen was before it was for a class, while it is.
    pub projector: Option<projector::Before>,
    /// Where the screen is recorded to, while it is.
    pub recording: Option<recording::State>,
    /// The file that says that the tour is not offered again, while it is offered.
    pub offer: Option<PathBuf>,
    /// The recipe and the epoch that the worker was asked to open, until it is there.
    pub opening: Option<Box<(Recipe, usize)>>,
    /// The epoch that training pauses at, until it is there.
    pub running_to: Option<usize>,
    /// State of slow motion.
    pub slow_motion: slow_motion::State,
    /// The epoch that the worker was asked to go to, until it is there.
    pub sought: Option<usize>,
    /// Whether the user wants training to go on, until the worker shows it.
    pub intent: Option<bool>,
    /// Index into the speeds.
    pub speed: usize,
    /// The last message.
    pub message: Option<Message>,
    /// What has happened.
    pub log: Log,
    /// Where files with data are looked for; the working directory if empty.
    pub folder: PathBuf,
    /// Values that the configuration puts into a run.
    pub defaults: Defaults,
    /// What is to be done beside drawing.
    pub request: Request,
    /// What the worker was last asked to show.
    pub view: View,
    /// Styles.
    pub theme: Theme,
    /// Whether the colours follow the terminal's background.
    pub follows_ground: bool,
    /// Pictures as true pixels.
    pub pictures: Pictures,
    /// Keys.
    pub keymap: Keymap,
    /// Time since the dashboard began.
    pub now: Duration,
}

impl App {
    /// A dashboard on a terminal of this size, before the first snapshot.
    pub fn new(theme: Theme, keymap: Keymap, size: Size) -> Self {
        let focus = if layout::fits_all(size) {
            Panel::Parameters
        } else {
            Panel::Boundary
        };
        Self {
            snapshot: None,
            lost: false,
            mode: Mode::Normal,
            arrangement: Arrangement {
                focus,
                zoomed: false,
                hidden: match layout::is_tall(size) {
                    true => vec![Panel::Burden],
                    false => vec![Panel::Inspector, Panel::Burden],
                },
                few: false,
                strip: 1,
                card: 0,
            },
            size,
            arm: 1,
            all_arms: false,
            desired: Desired::default(),
            boundary: boundary::State::default(),
            brush: drawing::State::default(),
            parameters: parameters::State::default(),
            features: features::State::default(),
            history: Vec::new(),
            unsaved: Unsaved::default(),
            effort: effort::State::default(),
            losses: losses::State::default(),
            overlays: overlay::State::default(),
            counterfactuals: counterfactuals::State::default(),
            burden: burden::State::default(),
            scoreboard: scoreboard::State::default(),
            inspector: inspector::State::default(),
            lesson: None,
            replay: None,
            projector: None,
            recording: None,
            offer: None,
            opening: None,
            running_to: None,
            slow_motion: slow_motion::State::default(),
            sought: None,
            intent: None,
            speed: speed::FIRST_SPEED,
            message: None,
            log: Log::default(),
            folder: PathBuf::new(),
            defaults: Defaults::default(),
            request: Request::None,
            view: View::default(),
            theme,
            follows_ground: false,
            pictures: Pictures::default(),
            keymap,
            now: Duration::ZERO,
        }
    }

    /// Whose keys hold, the first first.
    pub fn contexts(&self) -> Vec<Context> {
        match self.mode {
            Mode::Normal => {
                let lesson = self.lesson.as_ref().map(|_| Context::Lesson);
                let playing = |replay: &replay::State| replay.playing;
                let replay = self.replay.as_deref().filter(|replay| playing(replay));
                let replay = replay.map(|_| Context::Replay);
                let panel = Context::Panel(self.arrangement.focus);
                (std::iter::once(Context::Always).chain(lesson).chain(replay))
                    .chain([panel, Context::Everywhere])
                    .collect()
            }
            Mode::Draw => vec![Context::Always, Context::Draw, Context::Everywhere],
            Mode::Entry(_) => vec![Context::Always, Context::Entry, Context::Text],
            Mode::Command(_) => vec![Context::Always, Context::Command, Context::Text],
            Mode::Filter => vec![Context::Always, Context::Filter, Context::Text],
            Mode::Help(_) => vec![Context::Always, Context::Help, Context::Text],
            Mode::Messages(_) => vec![Context::Always, Context::Messages],
            Mode::Code(_) => vec![Context::Always, Context::Code],
            Mode::Picker(_) => vec![Context::Always, Context::Picker],
            Mode::Sweep(_) => vec![Context::Always, Context::Sweep],
        }
    }

    /// Where the panels are; `None` if the terminal is too small.
    pub fn layout(&self) -> Option<Layout> {
        let features = self
            .snapshot
            .as_ref()
            .map_or(2, |snapshot| snapshot.dataset.dimensions());
        let strip = match self.slow_motion.phase {
            Some(_) => slow_motion::LINES,
            None => 1,
        };
        let card = match self.card(self.size.width).len() {
            0 => 0,
            lines => u16::try_from(lines)
                .unwrap_or(u16::MAX)
                .saturating_add(lesson::AROUND),
        };
        let arrangement = Arrangement {
            few: self.projector.is_some() && self.lesson.is_none(),
            strip,
            card,
            ..self.arrangement.clone()
        };
        layout::arrange(Rect::from(self.size), &arrangement, features)
    }

    /// Position of the focused arm.
    pub fn focused(&self, snapshot: &Snapshot) -> usize {
        self.arm.min(snapshot.arms.len().saturating_sub(1))
    }

    /// The focused arm: parameters, constraints and counts are its.
    pub fn focused_arm<'a>(&self, snapshot: &'a Snapshot) -> &'a ArmSnapshot {
        &snapshot.arms[self.focused(snapshot)]
    }

    /// A letter for each arm, which tells their lines apart without colours: the first of its name
    /// that no arm before it has.
    pub fn letters(&self, snapshot: &Snapshot) -> Vec<char> {
        let mut letters: Vec<char> = Vec::new();
        for (arm, position) in snapshot.arms.iter().zip('1'..) {
            let free = arm.name.chars().find(|letter| !letters.contains(letter));
            letters.push(free.unwrap_or(position));
        }
        letters
    }

    /// The controls that the focused arm was trained with in the epoch shown.
    pub fn trained<'a>(&self, snapshot: &'a Snapshot) -> &'a Controls {
        snapshot.trained(self.focused(snapshot))
    }

    /// Where two arms are compared: the reference and the focused one, or the one after it if that
    /// is the reference itself; the same twice if there is no other.
    pub fn compared(&self, snapshot: &Snapshot) -> [usize; 2] {
        let last = snapshot.arms.len().saturating_sub(1);
        [0, self.focused(snapshot).max(1).min(last)]
    }

    /// The focused arm's controls as the user wants them, once they are known.
    pub fn controls(&self) -> Option<&Controls> {
        let snapshot = self.snapshot.as_deref()?;
        self.desired.controls(self.focused(snapshot))
    }

    /// Whether the worker is on its way to where it was asked to be.
    pub fn is_on_its_way(&self) -> bool {
        self.opening.is_some()
            || self.sought.is_some()
            || self.running_to.is_some()
            || self.desired.is_pending()
    }

    /// Whether training goes on by itself, or is about to.
    pub fn is_running(&self) -> bool {
        let running = || {
            self.snapshot
                .as_ref()
                .is_some_and(|snapshot| snapshot.status == Status::Running)
        };
        self.intent.unwrap_or_else(running)
    }

    /// Shows a line at the foot of the screen for a while.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        let text = printable(&text.into()).into_owned();
        self.note(tone, text.clone());
        self.message = Some(Message {
            tone,
            text,
            until: self.now + MESSAGE_TIME,
        });
    }

    /// As [`App::say`], for what is not worth remembering.
    pub fn hint(&mut self, text: impl Into<String>) {
        self.message = Some(Message {
            tone: Tone::Refusal,
            text: printable(&text.into()).into_owned(),
            until: self.now + MESSAGE_TIME,
        });
    }

    /// When something happens by itself.
    pub fn wakes_at(&self) -> Option<Duration> {
        let message = self.message.as_ref().map(|message| message.until);
        let sweep = match &self.mode {
            Mode::Sweep(state) => state.due,
            _ => None,
        };
        let others = [self.slow_motion.due, self.pictures.wakes_at(), sweep];
        message
            .into_iter()
            .chain(others.into_iter().flatten())
            .min()
    }

    /// Puts a line among the messages without showing it.
    pub fn note(&mut self, tone: Tone, text: String) {
        let epoch = self.snapshot.as_ref().map_or(0, |snapshot| snapshot.epoch);
        self.log.push(Entry {
            at: self.now,
            epoch,
            tone,
            text: printable(&text).into_owned(),
        });
    }

    /// Moves the clock on; tells whether anything on the screen changes by that.
    pub fn tick(&mut self, now: Duration) -> bool {
        self.now = now;
        let over = self.message.take_if(|message| message.until <= now);
        let picture = self.pictures.wakes_at().is_some_and(|next| next <= now);
        over.is_some() || picture
    }
}
