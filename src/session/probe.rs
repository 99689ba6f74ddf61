//! What is shown of the models: fields, example searches, robustness, scores; each at a bounded
//! rate.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use ndarray::ArrayView1;

use super::{
    ArmSnapshot, Burdens, Example, Field, Lockstep, Projection, Robustness, SampleWays, Scoreboard,
    Trajectories, View, examples::search_examples, lane::LaneId,
};
use crate::{
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
/// Least time between two measurements that take long while training runs.
const LONG_PERIOD: Duration = Duration::from_millis(2500);
/// Training has so many times the time that such a measurement takes.
const SHARE: u32 = 8;
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
    scoreboard: Kept<Scoreboard>,
    burdens: Kept<Burdens>,
    ways: Kept<SampleWays>,
    preset: Option<&'static Preset>,
    field_drawn: Option<(Instant, usize)>,
    robustness_drawn: Option<(Instant, usize)>,
}

/// A measurement that takes long, kept until it is due again.
#[derive(Default)]
struct Kept<T> {
    value: Arc<T>,
    /// How long it took.
    took: Duration,
    /// When it was made, and of which epoch.
    drawn: Option<(Instant, usize)>,
}

impl<T: Default> Kept<T> {
    /// Makes it again if it is due.
    fn refresh(&mut self, epoch: usize, training: bool, measure: impl FnOnce() -> T) {
        if due(
            self.drawn,
            epoch,
            training,
            LONG_PERIOD.max(SHARE * self.took),
        ) {
            let start = Instant::now();
            self.value = Arc::new(measure());
            self.took = start.elapsed();
            self.drawn = Some((Instant::now(), epoch));
        }
    }

    /// Forgets which epoch it is of.
    fn expire(&mut self) {
        if let Some((_, epoch)) = &mut self.drawn {
            *epoch = usize::MAX;
        }
    }

    /// Whether it is of another epoch.
    fn is_behind(&self, present: usize) -> bool {
        self.drawn.is_none_or(|(_, epoch)| epoch != present)
    }

    fn forget(&mut self) {
        *self = Self::default();
    }
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
            scoreboard: Kept::default(),
            burdens: Kept::default(),
            ways: Kept::default(),
            preset: Preset::of(source),
            field_drawn: None,
            robustness_drawn: None,
        }
    }

    /// Changes what is shown; all pictures are due.
    pub(super) fn look(&mut self, base: &Dataset, view: View) {
        if view.axes != self.view.axes {
            self.projection = Arc::new(Projection::new(base, view.axes));
        }
        if view.burden != self.view.burden {
            self.burdens.drawn = None;
        }
        if view.ways != self.view.ways {
            self.ways.drawn = None;
        }
        self.view = view;
        self.field_drawn = None;
    }

    /// Forgets which epoch the pictures show, so that they are drawn again.
    pub(super) fn expire(&mut self) {
        self.field_drawn = None;
        self.scoreboard.expire();
        self.burdens.expire();
        self.ways.expire();
    }

    /// Whether the measurements that take longer are of another epoch than the present one.
    pub(super) fn is_behind(&self, epoch: usize) -> bool {
        let robustness = self.robustness_drawn.is_none_or(|(_, at)| at != epoch);
        let burdens = self.view.burden.is_some() && self.burdens.is_behind(epoch);
        let ways = self.view.ways.is_some() && self.ways.is_behind(epoch);
        epoch > 0 && (robustness || self.scoreboard.is_behind(epoch) || burdens || ways)
    }

    /// The latest scoreboard.
    pub(super) fn scoreboard(&self) -> Arc<Scoreboard> {
        self.scoreboard.value.clone()
    }

    /// What recourse costs groups, when it was last looked at.
    pub(super) fn burdens(&self) -> Arc<Burdens> {
        self.burdens.value.clone()
    }

    /// Ways from the inspected sample, when they were last wished for.
    pub(super) fn ways(&self) -> Arc<SampleWays> {
        self.ways.value.clone()
    }

    /// Follows arms that have come or gone: pictures of the others stay, and everything is due.
    pub(super) fn follow(&mut self, run: &Lockstep) {
        let ids: Vec<LaneId> = (0..run.arms()).map(|arm| run.id(arm)).collect();
        self.arms.retain(|id, _| ids.contains(id));
        for id in ids {
            self.arms.entry(id).or_default();
        }
        self.scoreboard.forget();
        self.burdens.forget();
        self.ways.forget();
        self.field_drawn = None;
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

    /// Measures what takes longer of the present epoch where it is due.
    pub(super) fn measure(&mut self, run: &Lockstep, training: bool) {
        let epoch = run.epoch();
        self.take_up(run.dataset());
        if due(self.robustness_drawn, epoch, training, ROBUSTNESS_PERIOD) {
            self.robustness_drawn = Some((Instant::now(), epoch));
            self.draw_robustness(run);
        }
        let preset = self.preset.filter(|_| run.recipe().drawing.is_empty());
        let scores = || Scoreboard::measure(run, preset);
        self.scoreboard.refresh(epoch, training, scores);
        if let Some(view) = &self.view.burden {
            let burdens = || Burdens::measure(run, view);
            self.burdens.refresh(epoch, training, burdens);
        }
        if let Some(view) = &self.view.ways {
            let ways = || SampleWays::search(run, view);
            self.ways.refresh(epoch, training, ways);
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
    let target = example.trajectory.target;
    let class =
        (classes.entry(target)).or_insert_with(|| Typicality::of_class(&dataset.train, target));
    let advice = example.advice.as_ref()?;
    Some(class.as_ref()?.unlike(ArrayView1::from(&advice.point)))
}

/// Whether a picture drawn at a time and an epoch has to be drawn again.
fn due(drawn: Option<(Instant, usize)>, epoch: usize, training: bool, period: Duration) -> bool {
    drawn.is_none_or(|(time, at)| at != epoch && (!training || time.elapsed() >= period))
}
