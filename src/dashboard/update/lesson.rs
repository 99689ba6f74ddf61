//! Playing a lesson: from card to card, and back exactly to where each began.

use std::sync::Arc;

use crate::{
    dashboard::{
        action::{Action, Panel},
        lesson::Lesson,
        log::Tone,
        state::{
            App,
            lesson::{Moment, Progress, State},
        },
    },
    recipe::Recipe,
    session::{Command, Snapshot, Status},
};

/// Opens the lesson that is called so, or the one in a file.
pub(super) fn open(app: &mut App, name: &str) -> Vec<Command> {
    match Lesson::open(name) {
        Ok(lesson) => start(app, Arc::new(lesson)),
        Err(error) => {
            app.say(Tone::Refusal, error.to_string());
            Vec::new()
        }
    }
}

/// Begins a lesson with its own run.
pub(in crate::dashboard) fn start(app: &mut App, lesson: Arc<Lesson>) -> Vec<Command> {
    if !super::run_control::alive(app) {
        return Vec::new();
    }
    let recipe = match lesson.plan.recipe(None) {
        Ok(recipe) => recipe,
        Err(problem) => {
            app.say(Tone::Refusal, format!("{}: {problem}", lesson.title));
            return Vec::new();
        }
    };
    super::files::decline_tour(app);
    let outside = match app.lesson.take() {
        Some(state) => state.outside,
        None => app.arrangement.clone(),
    };
    let mut arrangement = outside.clone();
    arrangement.zoomed = false;
    let moment = Moment {
        recipe,
        epoch: 0,
        arm: 1,
        arrangement,
        boundary: Default::default(),
        inspector: Default::default(),
    };
    app.lesson = Some(Box::new(State {
        lesson,
        step: 0,
        hint: false,
        told: false,
        due: Default::default(),
        before: vec![moment.clone()],
        outside,
    }));
    let commands = restore(app, moment);
    enter(app);
    commands
}

/// The next card, unless something is awaited; a task that is not done is left only when asked twice.
pub(super) fn next(app: &mut App) -> Vec<Command> {
    let progress = app.progress();
    let Some(state) = &mut app.lesson else {
        return Vec::new();
    };
    match progress {
        Progress::Waiting(what) => {
            app.say(Tone::Refusal, what);
            return Vec::new();
        }
        Progress::Task if !state.told => {
            (state.told, state.hint) = (true, true);
            app.say(Tone::Refusal, "not done yet; Enter again leaves it out");
            return Vec::new();
        }
        Progress::Free | Progress::Done | Progress::Task => {}
    }
    if state.step + 1 == state.lesson.steps.len() {
        let title = state.lesson.title.clone();
        leave(app);
        app.say(
            Tone::Note,
            format!("the end of “{title}”; the run is yours now"),
        );
        return Vec::new();
    }
    let Some(moment) = present(app) else {
        return Vec::new();
    };
    if let Some(state) = &mut app.lesson {
        state.step += 1;
        state.before.push(moment);
    }
    app.intent = None;
    enter(app);
    Vec::new()
}

/// The card before, with everything as it was when that card came.
pub(super) fn previous(app: &mut App) -> Vec<Command> {
    let Some(state) = &mut app.lesson else {
        return Vec::new();
    };
    if state.step == 0 {
        app.say(Tone::Refusal, "this is the first card");
        return Vec::new();
    }
    state.step -= 1;
    state.before.truncate(state.step + 1);
    let Some(moment) = state.before.last().cloned() else {
        return Vec::new();
    };
    let commands = restore(app, moment);
    enter(app);
    commands
}

/// Shows or hides the hint.
pub(super) fn hint(app: &mut App) -> Vec<Command> {
    let Some(state) = &mut app.lesson else {
        app.say(Tone::Refusal, "no lesson is open; :tour opens one");
        return Vec::new();
    };
    match state.now().and_then(|step| step.hint.as_ref()) {
        Some(_) => state.hint ^= true,
        None => app.say(Tone::Refusal, "this card has no hint"),
    }
    Vec::new()
}

/// Closes the lesson; the run stays as it is.
pub(super) fn leave(app: &mut App) {
    if let Some(state) = app.lesson.take() {
        let focus = app.arrangement.focus;
        app.arrangement = state.outside.clone();
        app.arrangement.hidden.retain(|hidden| *hidden != focus);
        app.arrangement.focus = focus;
        let name = &state.lesson.name;
        app.say(
            Tone::Note,
            format!("lesson closed; :lesson {name} opens it again"),
        );
    }
}

/// Notes whether the worker has come to where it was asked to be.
pub(super) fn arrive(app: &mut App, snapshot: &Snapshot) {
    let refused = snapshot.refused.as_deref();
    let opened = |opening: &mut Box<(Recipe, usize)>| {
        let refused = refused.is_some_and(|refused| refused.recipe == opening.0);
        refused || *snapshot.recipe == opening.0 && snapshot.epoch == opening.1
    };
    if let Some(opening) = app.opening.take_if(opened) {
        app.desired.adopt(snapshot);
        if let Some(refused) = refused.filter(|refused| refused.recipe == opening.0) {
            app.say(Tone::Refusal, refused.reason.clone());
        }
    }
    let failed = matches!(snapshot.status, Status::NonFinite(_) | Status::Failed(_));
    let over = |epoch: &mut usize| failed || snapshot.epoch >= *epoch;
    if app.running_to.take_if(over).is_some() {
        app.intent = None;
    }
}

/// The next command of a step, once the one before has led to where it should.
pub(super) fn due(app: &mut App) -> Option<Action> {
    if app.is_on_its_way() {
        return None;
    }
    app.lesson.as_mut()?.due.pop_front()
}

/// How things stand now.
pub(super) fn present(app: &App) -> Option<Moment> {
    let snapshot = app.snapshot.as_deref()?;
    Some(Moment {
        recipe: past(snapshot),
        epoch: snapshot.epoch,
        arm: app.arm,
        arrangement: app.arrangement.clone(),
        boundary: app.boundary.clone(),
        inspector: app.inspector.clone(),
    })
}

/// The recipe without changes that are still to come at the present epoch but one.
fn past(snapshot: &Snapshot) -> Recipe {
    let mut recipe = Recipe::clone(&snapshot.recipe);
    for arm in &mut recipe.arms {
        arm.changes
            .retain(|change| change.epoch <= snapshot.epoch + 1);
    }
    recipe
}

/// Goes back to a moment: by the weights that are kept if only time has passed since, or by training
/// its recipe again.
pub(super) fn restore(app: &mut App, moment: Moment) -> Vec<Command> {
    super::slow_motion::leave(app);
    app.arm = moment.arm;
    app.arrangement = moment.arrangement;
    app.boundary = moment.boundary;
    app.inspector = moment.inspector;
    (app.sought, app.running_to, app.opening) = (None, None, None);
    app.intent = Some(false);
    let same = |snapshot: &Snapshot| *snapshot.recipe == moment.recipe;
    match app.snapshot.as_deref().filter(|snapshot| same(snapshot)) {
        Some(snapshot) if snapshot.epoch == moment.epoch => vec![Command::Pause],
        Some(snapshot) if snapshot.newest_epoch >= moment.epoch => {
            app.sought = Some(moment.epoch);
            vec![Command::Rewind(moment.epoch)]
        }
        _ => {
            app.opening = Some(Box::new((moment.recipe.clone(), moment.epoch)));
            vec![Command::Open(Box::new(moment.recipe), moment.epoch)]
        }
    }
}

/// Shows the panels of the present step, and puts its commands in line.
fn enter(app: &mut App) {
    let Some(state) = &mut app.lesson else {
        return;
    };
    (state.hint, state.told) = (false, false);
    state.due.clear();
    let Some(step) = state.lesson.steps.get(state.step) else {
        return;
    };
    let commands = step.commands.iter().map(|told| told.action.clone());
    state.due.extend(commands);
    if let Some(focus) = step.show.last() {
        let hidden = |panel: &Panel| !step.show.contains(panel);
        app.arrangement.hidden = Panel::ALL.into_iter().filter(hidden).collect();
        app.arrangement.focus = *focus;
        app.arrangement.zoomed = false;
    }
    if let Some(first) = app.offered().first()
        && !app.offered().contains(&app.parameters.selected)
    {
        app.parameters.selected = *first;
    }
}

/// What the key for the tour is: `:tour` is the first lesson.
pub(super) fn tour(app: &mut App) -> Vec<Command> {
    open(app, "tour")
}

/// Trains until an epoch, then pauses.
pub(super) fn run_to(app: &mut App, epoch: usize) -> Vec<Command> {
    if !super::run_control::alive(app) {
        return Vec::new();
    }
    super::slow_motion::leave(app);
    if app
        .snapshot
        .as_ref()
        .is_some_and(|snapshot| snapshot.epoch >= epoch)
    {
        return super::history::rewind(app, epoch);
    }
    app.running_to = Some(epoch);
    app.intent = Some(true);
    vec![Command::RunTo(epoch)]
}
