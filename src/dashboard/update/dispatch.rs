//! Who does what: every action, in one flat list.

use super::{
    arms, burden, command_line, data, drawing, entry, features, files, history, inspect, lesson,
    navigation, overlay, parameters, paste, picker, plane, recording, run_control, share,
    slow_motion, sweep, ways,
};
use crate::{
    dashboard::{
        action::{Action, Panel},
        log::Tone,
        pictures::Setting,
        state::{App, Mode, Request},
        theme::ThemeName,
        widgets::Marker,
    },
    data::Mutability,
    session::Command,
};

/// Does what the user wants; what the worker has to do for it.
pub(super) fn dispatch(app: &mut App, action: Action) -> Vec<Command> {
    match action {
        Action::Quit => files::quit(app),
        Action::Leave => request(app, Request::Quit),
        Action::Suspend => request(app, Request::Suspend),
        Action::Redraw => request(app, Request::Redraw),
        Action::Resize { columns, rows } => navigation::resize(app, columns, rows),
        Action::Theme(name) => theme(app, name),
        Action::NextTheme => theme(app, app.theme.name().next()),
        Action::Marker(marker) => mark(app, marker),
        Action::NextMarker => mark(app, app.theme.marker().next()),
        Action::Projector => projector(app),
        Action::Pictures(setting) => pictures(app, setting),

        Action::ToggleRun => run_control::toggle(app),
        Action::StepEpoch => run_control::step(app),
        Action::RunTo(epoch) => lesson::run_to(app, epoch),
        Action::Restart => run_control::restart(app, false),
        Action::NewSeed => run_control::restart(app, true),
        Action::Faster => run_control::change_speed(app, -1),
        Action::Slower => run_control::change_speed(app, 1),

        Action::Lesson(name) => lesson::open(app, &name),
        Action::Tour => lesson::tour(app),
        Action::NextCard => lesson::next(app),
        Action::PreviousCard => lesson::previous(app),
        Action::Hint => lesson::hint(app),
        Action::LeaveLesson => shown(app, lesson::leave),

        Action::Scrub(by) => history::scrub(app, by),
        Action::Rewind(epoch) => history::rewind(app, epoch),
        Action::SlowMotion(by) => slow_motion::step(app, by),
        Action::PlaySlowMotion => slow_motion::play(app),

        Action::NextPanel => navigation::turn(app, 1),
        Action::PreviousPanel => navigation::turn(app, -1),
        Action::Focus(panel) => navigation::focus(app, panel),
        Action::TogglePanel(panel) => navigation::toggle(app, panel),
        Action::Hide => navigation::hide(app),
        Action::Zoom => navigation::zoom(app),
        Action::Back => navigation::back(app),
        Action::Help => navigation::help(app),
        Action::Messages => navigation::messages(app),
        Action::PickData => picker::open(app),
        Action::CommandLine => command_line::open(app),
        Action::Filter => shown(app, |app| app.mode = Mode::Filter),

        Action::Move(lines) => navigation::go(app, lines),
        Action::Select(line) => navigation::select(app, line),
        Action::First => navigation::go(app, i32::MIN),
        Action::Last => navigation::go(app, i32::MAX),
        Action::ToggleSort => shown(app, |app| app.features.by_sensitivity ^= true),

        Action::Adjust(steps) => adjust(app, steps),
        Action::Samples(steps) => picker::samples(app, steps),
        Action::Edit => entry::begin(app),
        Action::Reset => reset(app),
        Action::ResetAll => parameters::reset_all(app),
        Action::Undo => parameters::undo(app),
        Action::Redo => parameters::redo(app),
        Action::Set(name, value) => parameters::assign(app, &name, &value),

        Action::NextArm(by) => arms::next(app, by),
        Action::ToggleAllArms => arms::toggle_all(app),
        Action::Fork(name) => arms::fork(app, &name),
        Action::Arm { what, name } => arms::edit(app, what, name.as_deref()),
        Action::Arms(list) => arms::begin(app, &list),

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
        } => {
            let options = data::Options {
                noise,
                samples,
                classes,
                label,
            };
            data::choose(app, &name, options)
        }
        Action::Preset { id, file } => data::preset(app, &id, file.as_deref()),
        Action::Seed(seed) => data::seed(app, seed),

        Action::Draw => drawing::toggle(app),
        Action::Brush(what) => drawing::brush(app, what),
        Action::BrushClass(digit) => drawing::class(app, digit),
        Action::MoveBrush { right, up } => drawing::steer(app, right, up),
        Action::BrushAt { column, row } => drawing::at(app, column, row),
        Action::Point { x, y, class } => drawing::point(app, x, y, class),
        Action::EmptyPlane => drawing::blank(app),
        Action::SaveData(path) => drawing::save(app, &path),

        Action::Save(path) => files::save(app, &path),
        Action::Export(path) => files::export(app, &path),
        Action::Record { file } => recording::record(app, file.as_deref()),
        Action::Overlay(path) => overlay::lay(app, &path),
        Action::Sweep(path) => sweep::open(app, &path),
        Action::SweepLook(what) => sweep::look(app, what),
        Action::CopyCommand => files::copy_command(app),
        Action::Share => share::copy(app),
        Action::Qr => share::picture(app),
        Action::Open(code) => share::open(app, &code),
        Action::CopyRecipe => files::copy_recipe(app),

        Action::CycleSamples => shown(app, |app| {
            app.boundary.samples = app.boundary.samples.next()
        }),
        Action::TogglePaths => shown(app, |app| app.boundary.paths ^= true),
        Action::ToggleNeighbours => shown(app, |app| app.boundary.neighbours ^= true),
        Action::ToggleGhost => shown(app, |app| app.boundary.ghost ^= true),
        Action::ToggleField => plane::toggle_field(app),
        Action::ToggleDiscrete => plane::toggle_discrete(app),
        Action::CycleClass => plane::cycle_class(app),
        Action::TurnAxis { axis, by } => plane::turn_axis(app, axis, by),
        Action::TogglePrincipal => plane::toggle_principal(app),

        Action::Inspect { row } => inspect::show(app, row),
        Action::NextSample(by) => inspect::next(app, by),
        Action::Pick(direction) => inspect::pick(app, direction),
        Action::NextTarget(by) => match app.arrangement.focus {
            Panel::Burden => burden::next_target(app, by),
            _ => inspect::next_target(app, by),
        },
        Action::Target(name) => ways::target(app, &name),
        Action::Ways(count) => ways::list(app, count.0),
        Action::MaxChanged(count) => ways::max_changed(app, count.0),
        Action::Letter(path) => files::letter(app, &path),
        Action::NextGrouping(by) => burden::next(app, by),
        Action::GroupBy(column) => burden::group_by(app, &column),

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

        Action::Type(character) => entry::insert(app, character),
        Action::Paste(text) => paste::paste(app, &text, dispatch),
        Action::EditText(edit) => entry::edit(app, edit),
        Action::Complete(by) => command_line::complete(app, by),
        Action::Submit => submit(app),
    }
}

/// Accepts what was typed or chosen; a command is carried out.
fn submit(app: &mut App) -> Vec<Command> {
    match app.mode {
        Mode::Command(_) => match command_line::submit(app) {
            Some(action) => dispatch(app, action),
            None => Vec::new(),
        },
        Mode::Picker(_) => picker::submit(app),
        Mode::Sweep(_) => sweep::submit(app),
        _ => entry::submit(app),
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
    app.follows_ground = false;
    app.theme = app.theme.renamed(name);
    app.say(Tone::Note, format!("colours: {}", name.name()));
    Vec::new()
}

fn mark(app: &mut App, marker: Marker) -> Vec<Command> {
    app.theme = app.theme.marked(marker);
    app.say(Tone::Note, format!("lines: {}", marker.name()));
    Vec::new()
}

fn projector(app: &mut App) -> Vec<Command> {
    let text = match app.projector {
        Some(_) => {
            app.unproject();
            "projector: off, the screen is as before"
        }
        None => {
            app.project(ThemeName::HighContrast);
            "projector: few panels, large glyphs · :projector again ends it"
        }
    };
    app.say(Tone::Note, text);
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
        (Mode::Sweep(_), _) => sweep::turn(app, steps),
        (Mode::Normal, Panel::Features) => features::turn(app, steps),
        (Mode::Normal, _) => parameters::adjust(app, steps),
        _ => Vec::new(),
    }
}

fn reset(app: &mut App) -> Vec<Command> {
    match app.arrangement.focus {
        Panel::Features => features::reset(app),
        _ => parameters::reset(app),
    }
}
