//! What the worker shows: one immutable picture of all arms.

use std::{sync::Arc, time::Duration};

use ndarray::{Array1, Array2, ArrayView1};
use serde::{Deserialize, Serialize};

use super::{Burdens, SampleWays, Scoreboard};
use crate::{
    counterfactual::Trajectory,
    data::{Dataset, Drawing, DrawnPoint, Feature, Interval, Scale},
    model::Mlp,
    recipe::{Change, Controls, Parent, Recipe},
    recourse::Advice,
    training::{EpochReport, Objective, TrainerState},
};

/// What the worker is doing.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Training.
    Running,
    /// Waiting for a command.
    Paused,
    /// Waiting, because the recipe's number of epochs is reached.
    Finished,
    /// Paused because a loss or gradient was not finite: what happened and what to do.
    NonFinite(String),
    /// The worker can't go on: what happened and what to do.
    Failed(String),
}

/// The plane that points are projected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Axes {
    /// Two features; the others are held at their means for the boundary field.
    Features(usize, usize),
    /// The first two principal components of the training samples.
    PrincipalComponents,
}

/// An affine map between feature space and a plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// The axes that were asked for.
    pub axes: Axes,
    /// What its two axes are called, as it may be shown.
    pub names: [String; 2],
    /// The point of feature space at the plane's origin, `(d,)`.
    pub origin: Array1<f32>,
    /// Orthonormal directions of the plane, `(2, d)`.
    pub basis: Array2<f32>,
    /// The plane's visible part.
    pub window: [Interval; 2],
}

impl Projection {
    /// Where a point of feature space, `(d,)`, falls on the plane.
    pub fn project(&self, point: ArrayView1<'_, f32>) -> [f32; 2] {
        let offset = &point - &self.origin;
        [0, 1].map(|axis| self.basis.row(axis).dot(&offset))
    }

    /// Where a point of feature space, `(d,)`, is in the window, as shares of its width and height from
    /// the lower left corner.
    pub fn place(&self, point: ArrayView1<'_, f32>) -> (f64, f64) {
        let at = self.project(point);
        let [x, y] = [0, 1].map(|axis| {
            let window = self.window[axis];
            f64::from((at[axis] - window.lower) / (window.upper - window.lower))
        });
        (x, y)
    }

    /// What is written at the lower and the upper end of an axis: values of its feature in units of the
    /// file, or coordinates of a principal component.
    pub fn ends(&self, axis: usize, features: &[Feature]) -> [f64; 2] {
        let feature = match self.axes {
            Axes::Features(x, y) => Some([x, y][axis]),
            Axes::PrincipalComponents => None,
        };
        let feature = feature.and_then(|index| Some((index, features.get(index)?)));
        let (scale, offset) = match feature {
            Some((index, feature)) => (
                feature.scale,
                self.origin.get(index).copied().unwrap_or(0.0),
            ),
            None => (Scale::IDENTITY, 0.0),
        };
        let window = self.window[axis];
        [window.lower, window.upper].map(|at| scale.to_file(offset + at))
    }
}

/// Decisions on a regular grid over the projection's window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// Columns and rows; the first row is at the top.
    pub resolution: (usize, usize),
    /// Predicted class per cell, row by row.
    pub class: Vec<u16>,
    /// Probability of that class per cell.
    pub probability: Vec<f32>,
    /// By how much that probability exceeds the next class' per cell; 0 on the decision line.
    pub margin: Vec<f32>,
    /// Epochs that the model had been trained for.
    pub epoch: usize,
}

/// One search from a test sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Row of the test set.
    pub row: usize,
    /// The search.
    pub trajectory: Trajectory,
    /// The real sample of the target class, `(d,)`, that training would contrast a mature
    /// counterfactual with: drawn at random, constrained features protected. None if exhausted.
    pub neighbour: Option<Array1<f32>>,
    /// Of an inspected sample: where the search ended, with values that people can have, and asked
    /// again.
    pub advice: Option<Advice>,
    /// Of an inspected sample: share of the real members of the target class that are more typical of
    /// it than the counterfactual; none where that cannot be said.
    pub unlike: Option<f32>,
}

/// Counterfactual searches of one arm, from the same factuals in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trajectories {
    /// Searches from example test samples.
    pub examples: Vec<Example>,
    /// Searches from the inspected test sample to each class but its own, and to the one that is asked
    /// for, in the order of classes.
    pub selected: Vec<Example>,
    /// The class that is most likely of those that the inspected sample is not predicted as.
    pub opposite: Option<usize>,
}

/// Accuracy under attack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robustness {
    /// Size of the attack, L∞.
    pub epsilons: Vec<f32>,
    /// Accuracy under the fast gradient sign method, per size.
    pub fgsm: Vec<f32>,
    /// Accuracy under projected gradient descent, per size.
    pub pgd: Vec<f32>,
    /// The epoch whose weights were attacked.
    pub epoch: usize,
}

/// One arm's state.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmSnapshot {
    /// What people call it.
    pub name: String,
    /// What it is trained with.
    pub objective: Objective,
    /// Where it was forked off, if it was.
    pub parent: Option<Parent>,
    /// Controls in force, and the epoch from which they are.
    pub applied: Change,
    /// Domains of the features, `(d,)`.
    pub domains: Arc<Vec<Interval>>,
    /// The weights.
    pub model: Arc<Mlp>,
    /// The last epoch's report.
    pub report: EpochReport,
    /// Accuracy on the test samples.
    pub accuracy: f32,
    /// Decision field; shared while unchanged.
    pub field: Arc<Field>,
    /// Decision field some epochs ago.
    pub ghost: Option<Arc<Field>>,
    /// Example searches.
    pub trajectories: Arc<Trajectories>,
    /// Latest robustness estimate.
    pub robustness: Arc<Robustness>,
    /// Estimate at the first epoch of this run.
    pub first_robustness: Arc<Robustness>,
}

impl ArmSnapshot {
    /// The controls in force: those of the searches shown, and of the next epoch unless this is a
    /// past one.
    pub fn controls(&self) -> &Controls {
        &self.applied.controls
    }
}

/// Reports of past epochs, thinned evenly once there are too many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Per arm: reports in the order of their epochs.
    pub reports: Vec<Vec<EpochReport>>,
}

/// A restart that could not be had; the run before it goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// What was to be started.
    pub recipe: Recipe,
    /// Why not, and what to do.
    pub reason: String,
}

/// The newest picture of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Epochs trained.
    pub epoch: usize,
    /// The last epoch that can be gone to (greater than `epoch` after rewinding).
    pub newest_epoch: usize,
    /// The first epoch whose weights are still kept.
    pub oldest_epoch: usize,
    /// What the worker is doing.
    pub status: Status,
    /// Share of an autoencoder's fitting that is done, while a generator waits for it.
    pub fitting: Option<f32>,
    /// What reproduces this run so far.
    pub recipe: Arc<Recipe>,
    /// The last restart, if it could not be had.
    pub refused: Option<Arc<Refused>>,
    /// The data.
    pub dataset: Arc<Dataset>,
    /// Remarks on what was left out or decided when reading the data.
    pub notes: Arc<Vec<String>>,
    /// The projection of fields and points.
    pub projection: Arc<Projection>,
    /// The arms, at least one; the first is the reference.
    pub arms: Vec<ArmSnapshot>,
    /// The arms' measures; refreshed now and then.
    pub scoreboard: Arc<Scoreboard>,
    /// What recourse costs groups of people; refreshed now and then while it is looked at.
    pub burdens: Arc<Burdens>,
    /// Ways from the inspected sample to another class; refreshed now and then while they are wished
    /// for.
    pub ways: Arc<SampleWays>,
    /// Past epochs.
    pub history: Arc<History>,
    /// Wall time of the last epoch, all arms, without display work.
    pub epoch_time: Duration,
    /// What the next epoch of every arm depends on besides the controls.
    pub states: Vec<Arc<TrainerState>>,
}

impl Snapshot {
    /// The arm that the others are compared with.
    pub fn reference(&self) -> &ArmSnapshot {
        &self.arms[0]
    }

    /// The epoch whose data are shown: the next one at the newest, as nothing is trained with them yet.
    pub fn data_epoch(&self) -> usize {
        (self.epoch + usize::from(self.epoch == self.newest_epoch)).max(1)
    }

    /// What is drawn on the data that are shown, as from the first epoch on.
    pub fn drawn(&self) -> Drawing {
        self.recipe.drawing.settled(self.data_epoch())
    }

    /// The points that people drew on these data: their classes, and where they are in the window
    /// ([`Projection::place`]).
    pub fn drawn_points(&self) -> Vec<(usize, (f64, f64))> {
        let features = &self.dataset.features;
        let place = |point: &DrawnPoint| {
            let mut own = Array1::zeros(features.len());
            for (axis, feature) in features.iter().enumerate().take(2) {
                own[axis] = feature.scale.to_model(f64::from(point.at[axis]));
            }
            (point.class, self.projection.place(own.view()))
        };
        self.recipe
            .drawing
            .at(self.data_epoch())
            .map(place)
            .collect()
    }

    /// A quantity of every kept report of an arm, over epochs up to the newest.
    pub fn curve(&self, arm: usize, value: impl Fn(&EpochReport) -> f64) -> Vec<(f64, f64)> {
        let reports = self.history.reports.get(arm);
        let reports = reports.map_or(&[][..], Vec::as_slice);
        let point = |report: &EpochReport| (report.epoch as f64, value(report));
        let mut points: Vec<_> = reports.iter().map(point).collect();
        let newest = &self.arms[arm].report;
        if newest.epoch > 0 && reports.last().is_none_or(|last| last.epoch < newest.epoch) {
            points.push(point(newest));
        }
        points
    }

    /// The controls that an arm was trained with in the epoch shown; before the first, those at the
    /// start.
    pub fn trained(&self, arm: usize) -> &Controls {
        self.recipe.arms[arm].controls_at(self.epoch)
    }
}
