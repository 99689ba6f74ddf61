//! What is shown of the models: fields, example searches, robustness, scores; each at a bounded
//! rate.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ndarray::Axis;

use super::{ArmSnapshot, Field, Lockstep, Projection, Robustness, Scoreboard, View, Walks};
use crate::{
    counterfactual::{Generator, walks},
    data::{Dataset, Samples, Source},
    evaluation::{
        accuracy::accuracy,
        paper::Published,
        robustness::{Attack, accuracy_curve},
    },
    model::Mlp,
    training::Preset,
};

/// Least time between two boundary fields while training runs.
const FIELD_PERIOD: Duration = Duration::from_millis(125);
/// Least time between two robustness estimates while training runs.
const ROBUSTNESS_PERIOD: Duration = Duration::from_millis(1500);
/// Least time between two scoreboards while training runs.
const SCOREBOARD_PERIOD: Duration = Duration::from_millis(2500);
/// Test samples that are attacked.
const ATTACKED: usize = 300;
/// Sizes of the attacks.
const EPSILONS: [f32; 6] = [0.0, 0.02, 0.04, 0.06, 0.08, 0.1];

/// Pictures of both arms, kept until they are due again.
pub(super) struct Probe {
    pub(super) view: View,
    pub(super) projection: Arc<Projection>,
    arms: [Pictures; 2],
    attacked: Samples,
    scoreboard: Arc<Scoreboard>,
    published: Option<&'static Published>,
    field_drawn: Option<(Instant, usize)>,
    scores_drawn: Option<(Instant, usize)>,
    robustness_drawn: Option<(Instant, usize)>,
}

/// The pictures of one arm.
#[derive(Clone, Default)]
struct Pictures {
    accuracy: f32,
    field: Option<Arc<Field>>,
    ghost: Option<Arc<Field>>,
    walks: Arc<Walks>,
    robustness: Arc<Robustness>,
    first_robustness: Option<Arc<Robustness>>,
}

impl Probe {
    pub(super) fn new(dataset: &Dataset, source: &Source, view: View) -> Self {
        let attacked: Vec<usize> = (0..dataset.test.len().min(ATTACKED)).collect();
        Self {
            projection: Arc::new(Projection::new(dataset, view.axes)),
            view,
            arms: Default::default(),
            attacked: dataset.test.select(&attacked),
            scoreboard: Arc::default(),
            published: Preset::of(source).and_then(|preset| Published::find(preset.id)),
            field_drawn: None,
            scores_drawn: None,
            robustness_drawn: None,
        }
    }

    /// Changes what is shown; all pictures are due.
    pub(super) fn look(&mut self, dataset: &Dataset, view: View) {
        if view.axes != self.view.axes {
            self.projection = Arc::new(Projection::new(dataset, view.axes));
            for arm in &mut self.arms {
                arm.ghost = None;
            }
        }
        self.view = view;
        self.field_drawn = None;
    }

    /// Forgets when the pictures were drawn, so that they are drawn again.
    pub(super) fn expire(&mut self) {
        self.field_drawn = None;
    }

    /// The latest scoreboard.
    pub(super) fn scoreboard(&self) -> Arc<Scoreboard> {
        self.scoreboard.clone()
    }

    /// Both arms as they are now. While training runs, pictures that are not due stay as they are;
    /// otherwise they are drawn for the present epoch.
    pub(super) fn arms(&mut self, run: &Lockstep, training: bool) -> [ArmSnapshot; 2] {
        let epoch = run.epoch();
        if due(self.field_drawn, epoch, training, FIELD_PERIOD) {
            self.field_drawn = Some((Instant::now(), epoch));
            self.draw_fields(run);
        }
        if epoch > 0 && due(self.robustness_drawn, epoch, training, ROBUSTNESS_PERIOD) {
            self.robustness_drawn = Some((Instant::now(), epoch));
            self.draw_robustness(run);
        }
        if epoch > 0 && due(self.scores_drawn, epoch, training, SCOREBOARD_PERIOD) {
            self.scores_drawn = Some((Instant::now(), epoch));
            self.scoreboard = Arc::new(Scoreboard::measure(run, self.published));
        }
        let reports = run.reports();
        let mut arm = 0;
        reports.map(|report| {
            let pictures = &self.arms[arm];
            let snapshot = ArmSnapshot {
                objective: run.objectives()[arm],
                model: Arc::new(run.models()[arm].clone()),
                report,
                accuracy: pictures.accuracy,
                field: pictures.field.clone().unwrap_or_default(),
                ghost: pictures.ghost.clone(),
                walks: pictures.walks.clone(),
                robustness: pictures.robustness.clone(),
                first_robustness: pictures.first_robustness.clone().unwrap_or_default(),
            };
            arm += 1;
            snapshot
        })
    }

    fn draw_fields(&mut self, run: &Lockstep) {
        for (model, arm) in run.models().into_iter().zip(&mut self.arms) {
            arm.accuracy = accuracy(model, &run.dataset().test);
            let field = Arc::new(Field::new(model, &self.projection, self.view.resolution));
            let previous = arm.field.replace(field);
            if previous
                .as_ref()
                .is_some_and(|previous| previous.resolution == self.view.resolution)
            {
                arm.ghost = previous;
            }
            if let Some(generator) = run.generator() {
                arm.walks = Arc::new(search_examples(model, generator, run, &self.view));
            }
        }
    }

    fn draw_robustness(&mut self, run: &Lockstep) {
        let pgd = Attack::Pgd { random_start: None };
        for (model, arm) in run.models().into_iter().zip(&mut self.arms) {
            let robustness = Arc::new(Robustness {
                epsilons: EPSILONS.to_vec(),
                fgsm: accuracy_curve(model, &self.attacked, Attack::Fgsm, &EPSILONS),
                pgd: accuracy_curve(model, &self.attacked, pgd, &EPSILONS),
                epoch: run.epoch(),
            });
            if arm.first_robustness.is_none() {
                arm.first_robustness = Some(robustness.clone());
            }
            arm.robustness = robustness;
        }
    }
}

/// Whether a picture drawn at a time and an epoch has to be drawn again.
fn due(drawn: Option<(Instant, usize)>, epoch: usize, training: bool, period: Duration) -> bool {
    drawn.is_none_or(|(time, at)| at != epoch && (!training || time.elapsed() >= period))
}

/// Searches from example factuals, the same for every model, and from the selected one.
fn search_examples(model: &Mlp, generator: &Generator, run: &Lockstep, view: &View) -> Walks {
    let dataset = run.dataset();
    let mut starts = examples(&dataset.test, dataset.classes.len(), view.examples);
    let selected = view
        .selected
        .filter(|&(row, target)| row < dataset.test.len() && target < dataset.classes.len());
    starts.extend(selected);
    let (rows, targets): (Vec<usize>, Vec<usize>) = starts.into_iter().unzip();
    let parameters = run.applied().controls.parameters.search();
    let walks = walks(
        model,
        generator,
        dataset.test.x.select(Axis(0), &rows).view(),
        &targets,
        &run.constraints(),
        &parameters,
    );
    let mut examples: Vec<_> = rows.into_iter().zip(walks).collect();
    let selected = selected.and_then(|_| examples.pop());
    Walks { examples, selected }
}

/// The first test samples, taken from the classes in turn, each with the next class as target.
fn examples(test: &Samples, classes: usize, count: usize) -> Vec<(usize, usize)> {
    let by_class = test.rows_by_class(classes);
    let longest = by_class.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest)
        .flat_map(|place| {
            by_class
                .iter()
                .enumerate()
                .map(move |(class, rows)| (class, rows.get(place)))
        })
        .filter_map(|(class, row)| row.map(|&row| (row, (class + 1) % classes)))
        .take(count)
        .collect()
}
