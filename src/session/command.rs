//! What the worker can be told.

use super::{Axes, BurdenView, Stroke, WaysView};
use crate::{
    recipe::{Arm, Controls, Recipe},
    recourse::Target,
};

/// What the dashboard wants to see, as a whole: the latest wins.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The plane that points are projected to.
    pub axes: Axes,
    /// Columns and rows of the boundary field.
    pub resolution: (usize, usize),
    /// The test sample that is inspected, if any.
    pub selected: Option<usize>,
    /// Where it is to go; each class but its own is searched for in any case.
    pub target: Option<Target>,
    /// The ways to another class that are wished for, if any.
    pub ways: Option<WaysView>,
    /// By what people are grouped for an audit; none while nobody looks at that.
    pub burden: Option<BurdenView>,
    /// How many example searches are shown.
    pub examples: usize,
    /// Most snapshots that are wanted per second.
    pub rate: f32,
}

impl Default for View {
    fn default() -> Self {
        Self {
            axes: Axes::Features(0, 1),
            resolution: (80, 48),
            selected: None,
            target: None,
            ways: None,
            burden: None,
            examples: 12,
            rate: 30.0,
        }
    }
}

/// One-off orders, carried out at the next epoch boundary, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Train until paused, or until the recipe's number of epochs is reached.
    Run,
    /// Stop after the current epoch; the worker then waits without using the processor.
    Pause,
    /// Train exactly one epoch, then pause.
    StepEpoch,
    /// Train until this many epochs are trained, then pause.
    RunTo(usize),
    /// Change parameters or constraints of the arms of these names from the next epoch on. All arms'
    /// are given, as the latest wins; those that are as they were change nothing.
    Set(Vec<(String, Controls)>),
    /// Change what is shown.
    Look(View),
    /// Load the recipe's data, draw new weights, and train from epoch 0.
    Restart(Box<Recipe>),
    /// Load the recipe's data, train it up to an epoch under the changes that it has, and pause there.
    Open(Box<Recipe>, usize),
    /// Go back to the end of an earlier epoch and pause there.
    Rewind(usize),
    /// Pause between epochs for this many milliseconds; 0 is full speed.
    Delay(u64),
    /// Copy the arm called `arm` as it is at the present epoch; the copy is called `name`.
    Fork {
        /// The arm that is copied.
        arm: String,
        /// What the copy is called.
        name: String,
    },
    /// Add an arm and train it up to the present epoch.
    Add(Box<Arm>),
    /// Remove the arm called so.
    Drop(String),
    /// Call an arm otherwise.
    Rename {
        /// What it is called.
        arm: String,
        /// What it will be called.
        name: String,
    },
    /// Draw on the data, or take strokes back.
    Draw(Stroke),
    /// End the worker.
    Stop,
}
