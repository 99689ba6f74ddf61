//! Everything a user can do.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use super::widgets::TextEdit;
use super::{pictures::Setting, theme::ThemeName, widgets::Marker};
use crate::choices::choices;

/// A way on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Towards larger values of the vertical axis.
    Up,
    /// Towards smaller values of the vertical axis.
    Down,
    /// Towards smaller values of the horizontal axis.
    Left,
    /// Towards larger values of the horizontal axis.
    Right,
}

/// What is known about a panel.
#[derive(Debug)]
pub struct PanelFacts {
    /// Heading shown to people.
    pub title: &'static str,
    /// A short heading, for tabs.
    pub short: &'static str,
}

choices! {
    /// One part of the screen.
    #[derive(PartialOrd, Ord)]
    pub enum Panel: PanelFacts {
        /// Decision boundaries of both arms.
        Boundary = PanelFacts { title: "Boundary", short: "Boundary" },
        /// Loss terms over epochs.
        Losses = PanelFacts { title: "Losses", short: "Loss" },
        /// Counterfactuals of training over epochs.
        Counterfactuals = PanelFacts { title: "Counterfactuals", short: "CFs" },
        /// Accuracy under attack.
        Robustness = PanelFacts { title: "Robustness", short: "Robust" },
        /// Hyper-parameters.
        Parameters = PanelFacts { title: "Parameters", short: "Params" },
        /// Features and how they may change.
        Features = PanelFacts { title: "Features", short: "Features" },
        /// Measures of both arms.
        Scoreboard = PanelFacts { title: "Scoreboard", short: "Scores" },
        /// One sample and its counterfactuals.
        Inspector = PanelFacts { title: "Inspector", short: "Sample" },
        /// What recourse costs groups of people.
        Burden = PanelFacts { title: "Burden", short: "Burden" },
    }
}

impl Panel {
    /// Heading shown to people.
    pub fn title(self) -> &'static str {
        self.facts().title
    }

    /// A short heading, for tabs.
    pub fn short_title(self) -> &'static str {
        self.facts().short
    }

    /// The number key that shows it.
    pub fn number(self) -> usize {
        self as usize + 1
    }
}

/// What can be done with an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArmEdit {
    /// Focus the arm of that name.
    Focus,
    /// Add an arm of that regime.
    Add,
    /// Remove the arm of that name, or the focused one.
    Drop,
    /// Give the focused arm that name.
    Rename,
}

/// Another way to look at a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SweepLook {
    /// Its table, its main effects or a heat map, one after the other.
    View,
    /// The largest first, or the least.
    Reverse,
    /// Another parameter for the rows of the heat map.
    Rows,
    /// Another parameter for the columns of the heat map.
    Columns,
}

/// A number; `none`, or 0, if there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Count(pub Option<usize>);

/// The largest number of a [`Count`].
const MOST: usize = 1000;

impl TryFrom<String> for Count {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.parse() {
            Ok(0) => Ok(Self(None)),
            Ok(count @ 1..=MOST) => Ok(Self(Some(count))),
            _ if text == "none" => Ok(Self(None)),
            _ => Err(format!(
                "`{text}` is no whole number from 0 to {MOST}, nor none"
            )),
        }
    }
}

impl From<Count> for String {
    fn from(Count(count): Count) -> Self {
        count.map_or_else(|| "none".to_owned(), |count| count.to_string())
    }
}

/// What a brush does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Brush {
    /// Draw where it is.
    Place,
    /// Remove the nearest point that was drawn.
    Erase,
    /// Take the last stroke back.
    TakeBack,
    /// Make the stroke again that was taken back last.
    Again,
    /// Draw more points at once.
    Larger,
    /// Draw fewer points at once.
    Smaller,
}

/// Something a user does, by key, mouse, command, script or test.
///
/// `update` turns it into a change of the dashboard and commands to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Leave the dashboard, unless something is unsaved and nobody has been told yet.
    Quit,
    /// Leave the dashboard at once.
    Leave,
    /// Hand the terminal back to the shell until resumed.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// The terminal has a new size.
    Resize {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },

    /// Pause or go on.
    ToggleRun,
    /// Train one epoch, then pause.
    StepEpoch,
    /// Train until this many epochs are trained, then pause.
    RunTo(usize),
    /// Start again with the same seed and the parameters as they are now.
    Restart,
    /// Start again with the next seed.
    NewSeed,
    /// Train with a shorter pause between epochs.
    Faster,
    /// Train with a longer pause between epochs.
    Slower,

    /// Go back (or forth, after going back) by this many epochs, and pause there.
    Scrub(i32),
    /// Go to this epoch of the run, and pause there.
    Rewind(usize),
    /// One step of an epoch in slow motion: forth, or back.
    SlowMotion(i8),
    /// Let slow motion play by itself, or stop it.
    PlaySlowMotion,

    /// Focus the next panel.
    NextPanel,
    /// Focus the previous panel.
    PreviousPanel,
    /// Focus a panel.
    Focus(Panel),
    /// Hide the focused panel.
    Hide,
    /// Focus a panel; if it has the focus already, hide it.
    TogglePanel(Panel),
    /// Give the focused panel the whole screen, or take it back.
    Zoom,
    /// Leave what is open: a text entry, help, a maximised panel.
    Back,

    /// Move the selection by this many lines.
    Move(i32),
    /// Select a line of the focused list, from 0.
    Select(usize),
    /// Go to the first line.
    First,
    /// Go to the last line.
    Last,

    /// Change the selected value by this many steps.
    Adjust(i32),
    /// Type a value for the selected parameter.
    Edit,
    /// Set the selected value back to what the run began with.
    Reset,
    /// Set all values back to what the run began with.
    ResetAll,
    /// Take the last change of parameters or features back.
    Undo,
    /// Make the change again that was taken back last.
    Redo,

    /// Focus the arm that is this many further on: parameters and features are its.
    NextArm(i32),
    /// Let changes hold for all arms, or for the focused one alone.
    ToggleAllArms,
    /// Copy the focused arm, with its weights, as it is at the epoch shown.
    Fork(String),
    /// Focus, add, drop or rename an arm.
    Arm {
        /// What is done.
        what: ArmEdit,
        /// The arm's name, or the regime of a new one.
        name: Option<String>,
    },
    /// Start again with these arms.
    Arms(String),

    /// Set a hyper-parameter, by name, to a value.
    Set(String, String),
    /// A feature must not change.
    Lock(String),
    /// A feature may change both ways.
    Unlock(String),
    /// A feature may only rise.
    Increase(String),
    /// A feature may only fall.
    Decrease(String),

    /// Train on other data with the present parameters.
    Data {
        /// A synthetic family, or a file.
        name: String,
        /// Noise of a synthetic family, its default if not given.
        noise: Option<f64>,
        /// Samples of a synthetic family, as many as now if not given.
        samples: Option<usize>,
        /// Classes of a synthetic family, its default if not given.
        classes: Option<usize>,
        /// The label column of a file.
        label: Option<String>,
    },
    /// Train with the paper's settings for a data set.
    Preset {
        /// The data set.
        id: String,
        /// Its file, if it needs one.
        file: Option<PathBuf>,
    },
    /// Start again with this seed.
    Seed(u64),

    /// Keep the recipe in a file and both models beside it.
    Save(PathBuf),
    /// Keep the screen (`.svg`, `.txt`), the boundaries (`.png`), the history (`.csv`) or a page about the
    /// run (`.html`) in a file.
    Export(PathBuf),
    /// Record the screen into a file (`.cast`); without one, or with `stop`, end that.
    Record {
        /// The file.
        file: Option<PathBuf>,
    },
    /// Lay the curves of the run in a folder over the charts; `none` takes all of them away.
    Overlay(PathBuf),

    /// Look at the sweep in a folder.
    Sweep(PathBuf),
    /// Look at that sweep in another way.
    SweepLook(SweepLook),

    /// Choose the colours.
    Theme(ThemeName),
    /// Choose the next colours.
    NextTheme,
    /// Choose what lines are made of.
    Marker(Marker),
    /// Choose the next thing that lines are made of.
    NextMarker,
    /// Make the screen one for a class, with few panels and large glyphs, or what it was before.
    Projector,
    /// Choose what images of the data are made of.
    Pictures(Setting),

    /// Show test samples, training samples, or none.
    CycleSamples,
    /// Show or hide the paths of counterfactuals.
    TogglePaths,
    /// Show or hide the field of probabilities.
    ToggleField,
    /// Show one shade per class, or shades of probability.
    ToggleDiscrete,
    /// Show or hide the neighbours that training contrasts counterfactuals with.
    ToggleNeighbours,
    /// Show samples of all classes, or of one class after the other.
    CycleClass,
    /// Put another feature on an axis (0 horizontal, 1 vertical), this many further on.
    TurnAxis {
        /// The axis.
        axis: usize,
        /// How many features further on.
        by: i32,
    },
    /// Show principal components, or the first two features.
    TogglePrincipal,

    /// Draw or hide the selected term of the loss.
    ToggleTerm,
    /// Draw losses on a logarithmic axis, or on a linear one.
    ToggleLogarithmic,
    /// Average the losses over more epochs, or over none.
    CycleSmoothing,
    /// Show steps to maturity, or shares over time.
    ToggleHistogram,

    /// Inspect a row of the test set, and focus the inspector.
    Inspect {
        /// The row.
        row: usize,
    },
    /// Inspect the sample that is this many further on.
    NextSample(i32),
    /// Inspect the nearest sample in a direction.
    Pick(Direction),
    /// Show another target class of the inspected sample, or of people who are refused.
    NextTarget(i32),
    /// Choose the target class of the inspected sample: `opposite` is, for every arm, the likeliest
    /// that it does not predict.
    Target(String),
    /// List so many ways of the inspected sample to its target, or tell what the search found.
    Ways(Count),
    /// Let each of these ways change at most so many columns.
    MaxChanged(Count),
    /// Write a letter about the inspected sample.
    Letter(PathBuf),
    /// Group people by the column that is this many further on.
    NextGrouping(i32),
    /// Group people by a column.
    GroupBy(String),

    /// Show the features that matter most first, or in the order of the data.
    ToggleSort,
    /// Type a part of the names of the features to show.
    Filter,
    /// Show or hide the boundary of some epochs ago.
    ToggleGhost,

    /// Take the brush up, to draw points of one's own, or put it down.
    Draw,
    /// Draw, remove, take back, or change the brush's size.
    Brush(Brush),
    /// Draw the class that is called so, or the one at that position from 1.
    BrushClass(usize),
    /// Move the brush by cells of the screen.
    MoveBrush {
        /// To the right.
        right: i32,
        /// Upwards.
        up: i32,
    },
    /// Move the brush to a cell of the screen, and draw there if it is up.
    BrushAt {
        /// The column.
        column: u16,
        /// The row.
        row: u16,
    },
    /// Draw a point, in units of the data.
    Point {
        /// The first feature.
        x: f64,
        /// The second feature.
        y: f64,
        /// Its class, from 0.
        class: usize,
    },
    /// Start again with nothing but the points that will be drawn.
    EmptyPlane,
    /// Keep the data that are shown in a CSV file.
    SaveData(PathBuf),

    /// Choose other data from a list.
    PickData,
    /// Change the number of samples of the chosen data by this many steps.
    Samples(i32),
    /// Open or close the list of messages.
    Messages,
    /// Put the command line that gives this run into the clipboard.
    CopyCommand,
    /// Put a code into the clipboard that opens this session elsewhere.
    Share,
    /// Show that code as a picture that cameras read.
    Qr,
    /// Open the session of a code.
    Open(String),
    /// Put the recipe into the clipboard.
    CopyRecipe,

    /// Play a lesson: one that ctui has, or one in a file.
    Lesson(String),
    /// Play the first lesson.
    Tour,
    /// The next card of the lesson.
    NextCard,
    /// The card before, with everything as it was.
    PreviousCard,
    /// Show or hide the hint of the card.
    Hint,
    /// Close the lesson.
    LeaveLesson,

    /// Type a command.
    CommandLine,
    /// Complete what is typed by the next candidate, or the one so many further.
    Complete(i32),
    /// Open or close the list of keys.
    Help,
    /// Type a character.
    Type(char),
    /// Paste a text; lines of several commands are carried out.
    Paste(String),
    /// Edit what is typed.
    EditText(TextEdit),
    /// Accept what was typed.
    Submit,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_have_stable_names() {
        let name = |action: &Action| serde_json::to_string(action).unwrap();
        assert_eq!(name(&Action::ToggleRun), r#""toggle-run""#);
        assert_eq!(name(&Action::Adjust(-10)), r#"{"adjust":-10}"#);
        assert_eq!(
            name(&Action::TogglePanel(Panel::Losses)),
            r#"{"toggle-panel":"losses"}"#
        );
        let back: Action = serde_json::from_str(r#"{"resize":{"columns":80,"rows":24}}"#).unwrap();
        assert_eq!(
            back,
            Action::Resize {
                columns: 80,
                rows: 24
            }
        );
    }
}
