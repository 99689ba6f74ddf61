//! The only place where the dashboard's state changes.

mod command_line;
mod data;
mod entry;
mod features;
mod files;
mod history;
mod inspect;
mod look;
mod navigation;
mod parameters;
mod picker;
mod plane;
mod run_control;
mod slow_motion;

use std::{sync::Arc, time::Duration};

pub use run_control::{FIRST_SPEED, speed};

use super::{
    action::Action,
    app::{App, Mode, Request, Tone},
    pictures::Setting,
    theme::ThemeName,
    widgets::Marker,
};
use crate::{
    data::Mutability,
    session::{Command, Snapshot, Status},
};

/// Commands to send when the dashboard begins.
pub fn begin(app: &mut App) -> Vec<Command> {
    let mut commands = vec![Command::Delay(speed(app.speed)), Command::Run];
    commands.extend(look::changed(app));
    commands
}

/// Does what the user wants; what the worker has to do for it.
pub fn update(app: &mut App, action: Action) -> Vec<Command> {
    let mut commands = dispatch(app, action);
    commands.extend(look::changed(app));
    commands
}

/// Moves the clock on; whether anything on the screen changes, and what the worker has to do.
pub fn tick(app: &mut App, now: Duration) -> (bool, Vec<Command>) {
    let changed = app.tick(now);
    match slow_motion::tick(app, now) {
        Some(mut commands) => {
            commands.extend(look::changed(app));
            (true, commands)
        }
        None => (changed, Vec::new()),
    }
}

/// Takes over a new snapshot; what the worker has to do in turn.
pub fn receive(app: &mut App, snapshot: Arc<Snapshot>) -> Vec<Command> {
    if let Some(refusal) = app.desired.follow(&snapshot) {
        app.say(Tone::Refusal, refusal);
    }
    if let Some(echo) = app.desired.echo(&snapshot) {
        app.say(Tone::Note, echo);
    }
    remark(app, &snapshot);
    let running = snapshot.status == Status::Running;
    let settled = !matches!(snapshot.status, Status::Running | Status::Paused);
    app.intent.take_if(|intent| *intent == running || settled);
    let mut commands = history::arrive(app, &snapshot);
    app.snapshot = Some(snapshot);
    navigation::settle(app);
    commands.extend(look::changed(app));
    commands
}

/// Puts the remarks on newly read data, and what stopped training, among the messages.
fn remark(app: &mut App, snapshot: &Snapshot) {
    let known = app.snapshot.as_ref().map(|known| &known.notes);
    if known != Some(&snapshot.notes) {
        for note in snapshot.notes.iter() {
            app.note(Tone::Note, format!("{}: {note}", snapshot.dataset.name));
        }
    }
    let known = app.snapshot.as_ref().map(|known| &known.status);
    if let Status::NonFinite(what) | Status::Failed(what) = &snapshot.status
        && known != Some(&snapshot.status)
    {
        app.note(Tone::Refusal, what.clone());
    }
}

fn dispatch(app: &mut App, action: Action) -> Vec<Command> {
    match action {
        Action::Quit => files::quit(app),
        Action::Leave => request(app, Request::Quit),
        Action::Suspend => request(app, Request::Suspend),
        Action::Redraw => request(app, Request::Redraw),
        Action::Resize { columns, rows } => navigation::resize(app, columns, rows),
        Action::ToggleRun => run_control::toggle(app),
        Action::StepEpoch => run_control::step(app),
        Action::Restart => run_control::restart(app, false),
        Action::NewSeed => run_control::restart(app, true),
        Action::Faster => run_control::change_speed(app, -1),
        Action::Slower => run_control::change_speed(app, 1),
        Action::NextPanel => navigation::turn(app, 1),
        Action::PreviousPanel => navigation::turn(app, -1),
        Action::Focus(panel) => navigation::focus(app, panel),
        Action::TogglePanel(panel) => navigation::toggle(app, panel),
        Action::Zoom => navigation::zoom(app),
        Action::Back => navigation::back(app),
        Action::Move(lines) => navigation::go(app, lines),
        Action::Select(line) => navigation::select(app, line),
        Action::First => navigation::go(app, i32::MIN),
        Action::Last => navigation::go(app, i32::MAX),
        Action::Adjust(steps) => adjust(app, steps),
        Action::Reset => reset(app),
        Action::ResetAll => parameters::reset_all(app),
        Action::Undo => parameters::undo(app),
        Action::Redo => parameters::redo(app),
        Action::Edit => entry::begin(app),
        Action::Type(character) => entry::insert(app, character),
        Action::Erase => entry::erase(app),
        Action::Submit => match app.mode {
            Mode::Command(_) => command_line::submit(app),
            Mode::Picker(_) => picker::submit(app),
            _ => entry::submit(app),
        },
        Action::Set(name, value) => parameters::assign(app, &name, &value),
        Action::Lock(name) => features::name(app, &name, Mutability::None),
        Action::Unlock(name) => features::name(app, &name, Mutability::Both),
        Action::Increase(name) => features::name(app, &name, Mutability::Increase),
        Action::Decrease(name) => features::name(app, &name, Mutability::Decrease),
        Action::Data {
            name,
            noise,
            samples,
            classes,
            label,
        } => data::choose(
            app,
            &name,
            data::Options {
                noise,
                samples,
                classes,
                label,
            },
        ),
        Action::Preset { id, file } => data::preset(app, &id, file.as_deref()),
        Action::Seed(seed) => data::seed(app, seed),
        Action::Save(path) => files::save(app, &path),
        Action::Export(path) => files::export(app, &path),
        Action::Theme(name) => theme(app, name),
        Action::NextTheme => theme(app, app.theme.name().next()),
        Action::Marker(marker) => mark(app, marker),
        Action::NextMarker => mark(app, app.theme.marker().next()),
        Action::Pictures(setting) => pictures(app, setting),
        Action::PickData => picker::open(app),
        Action::Samples(steps) => picker::samples(app, steps),
        Action::Messages => navigation::messages(app),
        Action::CopyCommand => files::copy_command(app),
        Action::CopyRecipe => files::copy_recipe(app),
        Action::CommandLine => command_line::open(app),
        Action::Complete(by) => command_line::complete(app, by),
        Action::Help => navigation::help(app),
        Action::CycleSamples => shown(app, |app| {
            app.boundary.samples = app.boundary.samples.next()
        }),
        Action::TogglePaths => shown(app, |app| app.boundary.paths ^= true),
        Action::ToggleField => plane::toggle_field(app),
        Action::ToggleDiscrete => plane::toggle_discrete(app),
        Action::CycleClass => plane::cycle_class(app),
        Action::TurnAxis { axis, by } => plane::turn_axis(app, axis, by),
        Action::TogglePrincipal => plane::toggle_principal(app),
        Action::ToggleNeighbours => shown(app, |app| app.boundary.neighbours ^= true),
        Action::ToggleTerm => shown(app, |app| {
            let selected = app.losses.selected;
            if let Some(hidden) = app.losses.hidden.get_mut(selected) {
                *hidden ^= true;
            }
        }),
        Action::ToggleLogarithmic => shown(app, |app| app.losses.logarithmic ^= true),
        Action::CycleSmoothing => shown(app, |app| {
            app.losses.smoothing = app.losses.smoothing.wrapping_add(1)
        }),
        Action::ToggleHistogram => shown(app, |app| app.counterfactuals.histogram ^= true),
        Action::Inspect { row } => inspect::inspect(app, row),
        Action::NextSample(by) => inspect::next(app, by),
        Action::Pick(direction) => inspect::pick(app, direction),
        Action::NextTarget(by) => inspect::next_target(app, by),
        Action::ToggleSort => shown(app, |app| app.features.by_sensitivity ^= true),
        Action::Filter => shown(app, |app| app.mode = Mode::Filter),
        Action::Scrub(by) => history::scrub(app, by),
        Action::SlowMotion(by) => slow_motion::step(app, by),
        Action::PlaySlowMotion => slow_motion::play(app),
        Action::ToggleGhost => shown(app, |app| app.boundary.ghost ^= true),
    }
}

fn request(app: &mut App, request: Request) -> Vec<Command> {
    app.request = request;
    Vec::new()
}

fn shown(app: &mut App, change: impl FnOnce(&mut App)) -> Vec<Command> {
    change(app);
    Vec::new()
}

fn theme(app: &mut App, name: ThemeName) -> Vec<Command> {
    app.theme = app.theme.renamed(name);
    app.say(Tone::Note, format!("colours: {}", name.name()));
    Vec::new()
}

fn mark(app: &mut App, marker: Marker) -> Vec<Command> {
    app.theme = app.theme.marked(marker);
    app.say(Tone::Note, format!("lines: {}", marker.name()));
    Vec::new()
}

fn pictures(app: &mut App, setting: Setting) -> Vec<Command> {
    app.pictures.setting = setting;
    app.say(Tone::Note, format!("pictures: {}", setting.name()));
    Vec::new()
}

fn adjust(app: &mut App, steps: i32) -> Vec<Command> {
    match (&app.mode, app.arrangement.focus) {
        (Mode::Picker(_), _) => picker::noise(app, steps),
        (Mode::Normal, super::action::Panel::Features) => features::turn(app, steps),
        (Mode::Normal, _) => parameters::adjust(app, steps),
        _ => Vec::new(),
    }
}

fn reset(app: &mut App) -> Vec<Command> {
    match app.arrangement.focus {
        super::action::Panel::Features => features::reset(app),
        _ => parameters::reset(app),
    }
}
