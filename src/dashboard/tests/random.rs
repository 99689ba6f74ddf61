//! Anything at any size at any time, without a panic.

use std::{path::PathBuf, sync::Arc};

use rand::{Rng, RngExt};
use ratatui::{buffer::Buffer, layout::Rect};

use super::fixture;
use crate::{
    dashboard::{
        action::{Action, ArmEdit, Brush, Count, Direction, Panel, SweepLook, TextEdit},
        command::{names, spell},
        pictures::Setting,
        state::App,
        theme::{Level, ThemeName},
        update::{receive, update},
        view,
        widgets::Marker,
    },
    random::{Purpose, stream},
    session::Snapshot,
};

const STEPS: usize = 100_000;

/// One action of every kind, with random values.
pub fn actions(random: &mut impl Rng) -> Vec<Action> {
    let panel = Panel::ALL[random.random_range(0..Panel::ALL.len())];
    let steps = [1, -1, 10, -10, i32::MAX, i32::MIN][random.random_range(0..6)];
    let character = ['0', ' ', '7', 'e', '-', 'λ', '\u{7}', 's'][random.random_range(0..8)];
    let (columns, rows) = match random.random_range(0..4) {
        0 => (random.random_range(0..3), random.random_range(0..3)),
        1 => (random.random_range(55..65), random.random_range(15..25)),
        2 => (random.random_range(95..125), random.random_range(25..45)),
        _ => (random.random_range(0..220), random.random_range(0..70)),
    };
    let text = str::to_owned;
    let direction = [
        Direction::Up,
        Direction::Down,
        Direction::Left,
        Direction::Right,
    ][random.random_range(0..4)];
    let edits = [
        TextEdit::Left,
        TextEdit::WordRight,
        TextEdit::Start,
        TextEdit::Erase,
        TextEdit::EraseNext,
        TextEdit::EraseWord,
        TextEdit::EraseBefore,
        TextEdit::EraseAfter,
    ];
    let edit = edits[random.random_range(0..edits.len())];
    let edits_of_arms = [ArmEdit::Focus, ArmEdit::Add, ArmEdit::Drop, ArmEdit::Rename];
    vec![
        Action::Resize { columns, rows },
        Action::ToggleRun,
        Action::StepEpoch,
        Action::Restart,
        Action::NewSeed,
        Action::Faster,
        Action::Slower,
        Action::NextPanel,
        Action::PreviousPanel,
        Action::TogglePanel(panel),
        Action::Zoom,
        Action::Back,
        Action::Move(steps),
        Action::First,
        Action::Last,
        Action::Adjust(steps),
        Action::Edit,
        Action::Reset,
        Action::ResetAll,
        Action::Undo,
        Action::Redo,
        Action::Overlay(PathBuf::from(
            ["none", "no such run", "other", "a", "b"][random.random_range(0..5)],
        )),
        Action::Sweep(PathBuf::from(
            ["a", "no such sweep"][random.random_range(0..2)],
        )),
        Action::SweepLook(
            [
                SweepLook::View,
                SweepLook::Reverse,
                SweepLook::Rows,
                SweepLook::Columns,
            ][random.random_range(0..4)],
        ),
        Action::CycleSamples,
        Action::TogglePaths,
        Action::ToggleField,
        Action::ToggleGhost,
        Action::Set(text("lambda_div"), text("0.8")),
        Action::Lock(text("x1")),
        Action::Unlock(text("petal width")),
        Action::Increase(text("x2")),
        Action::Decrease(text("no such feature")),
        Action::Data {
            name: text("blobs"),
            noise: None,
            samples: Some(200),
            classes: Some(4),
            label: None,
        },
        Action::Preset {
            id: text("ol"),
            file: None,
        },
        Action::NextArm(steps),
        Action::ToggleAllArms,
        Action::Fork(text(
            ["BL", "CT2", "fork", "no name"][random.random_range(0..4)],
        )),
        Action::Arm {
            what: edits_of_arms[random.random_range(0..4)],
            name: Some(text(["CT", "AR", "energy", "?"][random.random_range(0..4)])),
        },
        Action::Arms(text(
            ["ablation", "CT", "BL,CT,late=CT", "?"][random.random_range(0..4)],
        )),
        Action::Seed(u64::MAX),
        Action::Quit,
        Action::NextTheme,
        Action::NextMarker,
        Action::PickData,
        Action::Draw,
        Action::Brush(
            [
                Brush::Place,
                Brush::Erase,
                Brush::TakeBack,
                Brush::Again,
                Brush::Larger,
                Brush::Smaller,
            ][random.random_range(0..6)],
        ),
        Action::BrushClass(random.random_range(0..12)),
        Action::MoveBrush {
            right: steps,
            up: steps,
        },
        Action::BrushAt {
            column: columns,
            row: rows,
        },
        Action::Point {
            x: [0.5, f64::NAN, 1e300][random.random_range(0..3)],
            y: -0.5,
            class: random.random_range(0..3),
        },
        Action::Share,
        Action::Qr,
        Action::Open(text(
            ["ctui1:AAAA", "ctui9:x", "?"][random.random_range(0..3)],
        )),
        Action::EmptyPlane,
        Action::SaveData(nowhere()),
        Action::Samples(steps),
        Action::Messages,
        Action::CopyCommand,
        Action::Hide,
        Action::Paste(":toggle-run\nset lambda_div 1\n".into()),
        Action::CopyRecipe,
        Action::Focus(panel),
        Action::Select(7),
        Action::CommandLine,
        Action::Complete(steps),
        Action::ToggleDiscrete,
        Action::ToggleNeighbours,
        Action::CycleClass,
        Action::TurnAxis {
            axis: random.random_range(0..3),
            by: steps,
        },
        Action::TogglePrincipal,
        Action::Inspect {
            row: random.random_range(0..200),
        },
        Action::NextSample(steps),
        Action::Pick(direction),
        Action::NextTarget(steps),
        Action::Target(text(
            ["opposite", "lower", "rows", "?"][random.random_range(0..4)],
        )),
        Action::Ways(Count(
            [None, Some(3), Some(1000)][random.random_range(0..3)],
        )),
        Action::MaxChanged(Count([None, Some(1)][random.random_range(0..2)])),
        Action::Letter(nowhere()),
        Action::NextGrouping(steps),
        Action::GroupBy(text(["x1", "x2", "?"][random.random_range(0..3)])),
        Action::ToggleTerm,
        Action::ToggleLogarithmic,
        Action::CycleSmoothing,
        Action::ToggleHistogram,
        Action::ToggleSort,
        Action::Filter,
        Action::Scrub(steps),
        Action::SlowMotion(steps.signum() as i8),
        Action::PlaySlowMotion,
        Action::Help,
        Action::Type(character),
        Action::EditText(edit),
        Action::Rewind(random.random_range(0..80)),
        Action::Submit,
        Action::Leave,
        Action::Suspend,
        Action::Redraw,
        Action::Save(nowhere()),
        Action::Export(nowhere()),
        Action::Record {
            file: [
                None,
                Some("stop"),
                Some("no such folder/no.cast"),
                Some("x"),
            ][random.random_range(0..4)]
            .map(PathBuf::from),
        },
        Action::Theme(ThemeName::Mono),
        Action::Projector,
        Action::Pictures(Setting::HalfBlocks),
        Action::Marker(Marker::Dot),
        Action::RunTo(random.random_range(0..80)),
        Action::Lesson(text("why")),
        Action::Tour,
        Action::NextCard,
        Action::PreviousCard,
        Action::Hint,
        Action::LeaveLesson,
    ]
}

/// A file that cannot be written.
fn nowhere() -> PathBuf {
    PathBuf::from("no such folder/no such file.svg")
}

fn random_action(random: &mut impl Rng) -> Action {
    let mut actions = actions(random);
    actions.swap_remove(random.random_range(0..actions.len()))
}

#[test]
fn every_action_is_tried() {
    let mut random = stream(1, Purpose::Evaluation, 1);
    let mut known: Vec<&str> = names().to_vec();
    for action in actions(&mut random) {
        let name = spell(&action).split(' ').next().unwrap().to_owned();
        known.retain(|other| *other != name);
        let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
        update(&mut app, action);
    }
    assert!(known.is_empty(), "missing above: {known:?}");
}

fn draw(app: &App) {
    let mut buffer = Buffer::empty(Rect::from(app.size));
    view::draw(app, buffer.area, &mut buffer);
}

#[test]
fn random_actions_sizes_and_snapshots_never_panic() {
    let mut random = stream(1, Purpose::Evaluation, 0);
    let snapshots: Vec<Arc<Snapshot>> = [
        fixture::snapshot(0),
        fixture::snapshot(1),
        fixture::snapshot(57),
        fixture::wide_snapshot(),
        fixture::images(),
        fixture::many_features(40),
    ]
    .map(Arc::new)
    .to_vec();
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    for step in 0..STEPS {
        update(&mut app, random_action(&mut random));
        if step % 47 == 0 {
            let snapshot = &snapshots[random.random_range(0..snapshots.len())];
            receive(&mut app, Arc::clone(snapshot));
        }
        if step % 131 == 0 {
            fixture::deliver_sweep(&mut app, "a");
        }
        if step % 50 == 0 {
            draw(&app);
        }
    }
}

#[test]
fn every_tiny_screen_is_drawn() {
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    for columns in 0..70 {
        for rows in [0, 1, 2, 3, 19, 20, 21] {
            update(&mut app, Action::Resize { columns, rows });
            draw(&app);
        }
    }
}
