//! What is shown of the models: fields, example searches, robustness, scores; each at a bounded
//! rate.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    ArmSnapshot, Burdens, Example, Field, Lockstep, Projection, Robustness, Scoreboard,
    Trajectories, View, examples::search_examples, lane::LaneId,
};
use crate::{
    counterfactual::Trajectory,
    data::{Dataset, Samples, Source},
    evaluation::{
        accuracy::accuracy,
        plausibility::typicality::Typicality,
        robustness::{Attack, accuracy_curve},
    },
    training::Preset,
};

/// Least time between two boundary fields while training runs.
const FIELD_PERIOD: Duration = Duration::from_millis(125);
/// Least time between two robustness estimates while training runs.
const ROBUSTNESS_PERIOD: Duration = Duration::from_millis(1500);
/// Least time between two scoreboards while training runs.
const SCOREBOARD_PERIOD: Duration = Duration::from_millis(2500);
/// Training has so many times the time that the scoreboard takes.
const SCOREBOARD_SHARE: u32 = 8;
/// Epochs between the boundary and its ghost.
const GHOST_AGE: usize = 10;
/// Test samples that are attacked.
const ATTACKED: usize = 300;
/// Sizes of the attacks.
const EPSILONS: [f32; 6] = [0.0, 0.02, 0.04, 0.06, 0.08, 0.1];

/// Pictures of all arms, kept until they are due again.
pub(super) struct Probe {
    pub(super) view: View,
    pub(super) projection: Arc<Projection>,
    arms: BTreeMap<LaneId, Pictures>,
    dataset: Option<Arc<Dataset>>,
    attacked: Samples,
    /// The classes that inspected samples were searched for, once they are known.
    classes: BTreeMap<usize, Option<Typicality>>,
    scoreboard: Arc<Scoreboard>,
    burdens: Arc<Burdens>,
    /// How long the last audit took.
    burdens_took: Duration,
    burdens_drawn: Option<(Instant, usize)>,
    preset: Option<&'static Preset>,
    /// How long the last scoreboard took.
    scores_took: Duration,
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
    trajectories: Arc<Trajectories>,
    robustness: Arc<Robustness>,
    first_robustness: Option<Arc<Robustness>>,
}

impl Probe {
    /// Pictures of `base`, the data that planes are laid through, whatever is drawn on them.
    pub(super) fn new(base: &Dataset, source: &Source, view: View) -> Self {
        Self {
            projection: Arc::new(Projection::new(base, view.axes)),
            view,
            arms: Default::default(),
            dataset: None,
            attacked: base.test.select(&[]),
            classes: BTreeMap::new(),
            scoreboard: Arc::default(),
            burdens: Arc::default(),
            burdens_took: Duration::ZERO,
            burdens_drawn: None,
            preset: Preset::of(source),
            scores_took: Duration::ZERO,
            field_drawn: None,
            scores_drawn: None,
            robustness_drawn: None,
        }
    }

    /// Changes what is shown; all pictures are due.
    pub(super) fn look(&mut self, base: &Dataset, view: View) {
        if view.axes != self.view.axes {
            self.projection = Arc::new(Projection::new(base, view.axes));
        }
        if view.burden != self.view.burden {
            self.burdens_drawn = None;
        }
        self.view = view;
        self.field_drawn = None;
    }

    /// Forgets which epoch the pictures show, so that they are drawn again.
    pub(super) fn expire(&mut self) {
        self.field_drawn = None;
        let drawn = [&mut self.scores_drawn, &mut self.burdens_drawn];
        for (_, epoch) in drawn.into_iter().flatten() {
            *epoch = usize::MAX;
        }
    }

    /// Whether the measurements that take longer are of another epoch than the present one.
    pub(super) fn is_behind(&self, epoch: usize) -> bool {
        let behind = |drawn: Option<(Instant, usize)>| drawn.is_none_or(|(_, at)| at != epoch);
        let burdens = self.view.burden.is_some() && behind(self.burdens_drawn);
        epoch > 0 && (behind(self.robustness_drawn) || behind(self.scores_drawn) || burdens)
    }

    /// The latest scoreboard.
    pub(super) fn scoreboard(&self) -> Arc<Scoreboard> {
        self.scoreboard.clone()
    }

    /// What recourse costs groups, when it was last looked at.
    pub(super) fn burdens(&self) -> Arc<Burdens> {
        self.burdens.clone()
    }

    /// Follows arms that have come or gone: pictures of the others stay, and everything is due.
    pub(super) fn follow(&mut self, run: &Lockstep) {
        let ids: Vec<LaneId> = (0..run.arms()).map(|arm| run.id(arm)).collect();
        self.arms.retain(|id, _| ids.contains(id));
        for id in ids {
            self.arms.entry(id).or_default();
        }
        self.scoreboard = Arc::default();
        self.burdens = Arc::default();
        self.field_drawn = None;
        self.scores_drawn = None;
        self.burdens_drawn = None;
        self.robustness_drawn = None;
    }

    /// The arms as they are now. Fields and searches are drawn for the present epoch unless training
    /// runs, when they wait until they are due; so do the measurements that take longer, which
    /// otherwise wait for [`Probe::measure`].
    pub(super) fn arms(&mut self, run: &Lockstep, training: bool) -> Vec<ArmSnapshot> {
        let epoch = run.epoch();
        self.take_up(run.dataset());
        if due(self.field_drawn, epoch, training, FIELD_PERIOD) {
            self.field_drawn = Some((Instant::now(), epoch));
            self.draw_fields(run);
        }
        if training && epoch > 0 {
            self.measure(run, true);
        }
        (0..run.arms()).map(|arm| self.arm(run, arm)).collect()
    }

    /// Takes up the data that are shown now, if these are others.
    fn take_up(&mut self, dataset: &Arc<Dataset>) {
        let known = self.dataset.as_ref();
        if known.is_none_or(|known| !Arc::ptr_eq(known, dataset)) {
            let attacked: Vec<usize> = (0..dataset.test.len().min(ATTACKED)).collect();
            self.attacked = dataset.test.select(&attacked);
            self.classes.clear();
            self.dataset = Some(dataset.clone());
        }
    }

    fn arm(&self, run: &Lockstep, arm: usize) -> ArmSnapshot {
        let pictures = self.arms.get(&run.id(arm)).cloned().unwrap_or_default();
        let recipe = &run.recipe().arms[arm];
        let applied = run.applied(arm).clone();
        ArmSnapshot {
            name: recipe.name.clone(),
            objective: run.objectives()[arm],
            parent: recipe.parent.clone(),
            applied,
            domains: Arc::new(run.constraints(arm).domain.clone()),
            model: Arc::new(run.models()[arm].clone()),
            report: run.report(arm).clone(),
            accuracy: pictures.accuracy,
            field: pictures.field.unwrap_or_default(),
            ghost: pictures.ghost,
            trajectories: pictures.trajectories,
            robustness: pictures.robustness,
            first_robustness: pictures.first_robustness.unwrap_or_default(),
        }
    }

    /// Measures robustness and scores of the present epoch where they are due.
    pub(super) fn measure(&mut self, run: &Lockstep, training: bool) {
        let epoch = run.epoch();
        self.take_up(run.dataset());
        if due(self.robustness_drawn, epoch, training, ROBUSTNESS_PERIOD) {
            self.robustness_drawn = Some((Instant::now(), epoch));
            self.draw_robustness(run);
        }
        let period = SCOREBOARD_PERIOD.max(SCOREBOARD_SHARE * self.scores_took);
        if due(self.scores_drawn, epoch, training, period) {
            let start = Instant::now();
            let preset = self.preset.filter(|_| run.recipe().drawing.is_empty());
            self.scoreboard = Arc::new(Scoreboard::measure(run, preset));
            self.scores_took = start.elapsed();
            self.scores_drawn = Some((Instant::now(), epoch));
        }
        let Some(view) = &self.view.burden else {
            return;
        };
        let period = SCOREBOARD_PERIOD.max(SCOREBOARD_SHARE * self.burdens_took);
        if due(self.burdens_drawn, epoch, training, period) {
            let start = Instant::now();
            self.burdens = Arc::new(Burdens::measure(run, view));
            self.burdens_took = start.elapsed();
            self.burdens_drawn = Some((Instant::now(), epoch));
        }
    }

    fn draw_fields(&mut self, run: &Lockstep) {
        let (projection, resolution) = (&self.projection, self.view.resolution);
        let draw = |model, epoch| {
            let field = Field::new(model, projection, resolution);
            Arc::new(Field { epoch, ..field })
        };
        let past = run.epoch().saturating_sub(GHOST_AGE);
        for (arm, model) in run.models().into_iter().enumerate() {
            let pictures = self.arms.entry(run.id(arm)).or_default();
            pictures.accuracy = accuracy(model, &run.dataset().test);
            pictures.field = Some(draw(model, run.epoch()));
            pictures.ghost = (run.model_at(arm, past))
                .filter(|(epoch, _)| *epoch < run.epoch())
                .map(|(epoch, model)| draw(model, epoch));
            if let Some(generator) = run.generator(arm) {
                let mut found = search_examples(arm, model, generator, run, &self.view);
                for example in &mut found.selected {
                    example.unlike = unlike(&mut self.classes, run.dataset(), example);
                }
                pictures.trajectories = Arc::new(found);
            }
        }
    }

    fn draw_robustness(&mut self, run: &Lockstep) {
        let pgd = Attack::Pgd { random_start: None };
        for (position, model) in run.models().into_iter().enumerate() {
            let arm = self.arms.entry(run.id(position)).or_default();
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

/// How unlike the real members of its target class a counterfactual is.
fn unlike(
    classes: &mut BTreeMap<usize, Option<Typicality>>,
    dataset: &Dataset,
    example: &Example,
) -> Option<f32> {
    let Trajectory { target, points, .. } = &example.trajectory;
    let last = points.nrows().checked_sub(1)?;
    let class =
        (classes.entry(*target)).or_insert_with(|| Typicality::of_class(&dataset.train, *target));
    Some(class.as_ref()?.unlike(points.row(last)))
}

/// Whether a picture drawn at a time and an epoch has to be drawn again.
fn due(drawn: Option<(Instant, usize)>, epoch: usize, training: bool, period: Duration) -> bool {
    drawn.is_none_or(|(time, at)| at != epoch && (!training || time.elapsed() >= period))
}
