//! What every screen looks like: symbols and styles against stored frames.
//!
//! `INSTA_UPDATE=always cargo test frames` stores them anew.

use std::sync::Arc;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{fixture, picture::picture};
use crate::{
    dashboard::{
        action::{Action, Count, Panel, SweepLook},
        state::App,
        theme::{Level, ThemeName},
        update::{receive, update},
        view,
        widgets::Marker,
    },
    data::Mutability,
    recipe::Change,
    session::Status,
};

fn draw(app: &App) -> Buffer {
    let mut buffer = Buffer::empty(Rect::from(app.size));
    view::draw(app, buffer.area, &mut buffer);
    buffer
}

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
const LOOKS: [(&str, Level, Marker); 3] = [
    ("rgb", Level::Rgb, Marker::Braille),
    ("sixteen", Level::Sixteen, Marker::HalfBlock),
    ("mono", Level::Off, Marker::Ascii),
];

fn compare(name: &str, app: &App) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, picture(&draw(app)));
    });
}

#[test]
fn the_whole_screen() {
    for (width, height) in SIZES {
        for (look, level, marker) in LOOKS {
            compare(
                &format!("screen_{width}x{height}_{look}"),
                &fixture::app(width, height, level, marker),
            );
        }
    }
}

#[test]
fn every_panel_alone() {
    for (width, height) in SIZES {
        for panel in Panel::ALL {
            for (look, level, marker) in [LOOKS[0], LOOKS[2]] {
                let mut app = fixture::app(width, height, level, marker);
                app.arrangement.focus = panel;
                update(&mut app, Action::Zoom);
                let name = format!("{}_{width}x{height}_{look}", panel.title().to_lowercase());
                compare(&name, &app);
            }
        }
    }
}

#[test]
fn lists_on_a_small_screen() {
    let mut app = fixture::app(80, 24, Level::Rgb, Marker::Braille);
    update(&mut app, Action::TogglePanel(Panel::Parameters));
    compare("parameters_tab", &app);
    update(&mut app, Action::TogglePanel(Panel::Features));
    compare("features_tab", &app);
}

#[test]
fn help_over_the_screen() {
    let mut app = fixture::app(80, 24, Level::Rgb, Marker::Braille);
    update(&mut app, Action::Help);
    compare("help", &app);
    for character in "undo".chars() {
        update(&mut app, Action::Type(character));
    }
    compare("help_searched", &app);
}

#[test]
fn changes_and_refusals() {
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    update(&mut app, Action::Adjust(3));
    update(&mut app, Action::Move(17));
    update(&mut app, Action::Adjust(1));
    compare("changed_parameters", &app);
    update(&mut app, Action::Edit);
    update(&mut app, Action::Type('x'));
    update(&mut app, Action::Submit);
    compare("refused_value", &app);
}

#[test]
fn every_theme() {
    for name in ThemeName::ALL {
        let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
        update(&mut app, Action::Theme(name));
        compare(&format!("theme_{}", name.name()), &app);
    }
}

#[test]
fn for_a_class() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut app = fixture::app(width, height, Level::Rgb, Marker::Braille);
        let before = draw(&app);
        update(&mut app, Action::Projector);
        app.message = None;
        compare(&format!("projector_{width}x{height}"), &app);
        update(&mut app, Action::Projector);
        app.message = None;
        assert_eq!(draw(&app), before, "all as before");
    }
}

fn type_line(app: &mut App, line: &str) {
    update(app, Action::CommandLine);
    for character in line.chars() {
        update(app, Action::Type(character));
    }
}

#[test]
fn the_command_line() {
    let mut app = fixture::app(80, 24, Level::Rgb, Marker::Braille);
    type_line(&mut app, "");
    compare("command_line", &app);
    type_line(&mut app, "set lambda_");
    update(&mut app, Action::Complete(1));
    update(&mut app, Action::Complete(1));
    compare("command_line_completed", &app);
    type_line(&mut app, "set objective ");
    compare("command_line_values", &app);
    type_line(&mut app, "toggle-panel bondary");
    update(&mut app, Action::Submit);
    compare("command_line_refused", &app);
}

#[test]
fn data_are_previewed() {
    for (width, height, look) in [(80, 24, LOOKS[2]), (120, 40, LOOKS[0])] {
        let mut app = fixture::app(width, height, look.1, look.2);
        update(&mut app, Action::PickData);
        compare(&format!("picker_{width}x{height}"), &app);
    }
}

#[test]
fn a_sweep_is_looked_at() {
    let views = ["table", "effects", "map"];
    for (width, height) in SIZES {
        for (look, level, marker) in [LOOKS[0], LOOKS[2]] {
            let mut app = fixture::app(width, height, level, marker);
            update(&mut app, Action::Sweep("runs".into()));
            fixture::deliver_sweep(&mut app, "runs");
            update(&mut app, Action::Move(3));
            for view in views {
                compare(&format!("sweep_{view}_{width}x{height}_{look}"), &app);
                update(&mut app, Action::SweepLook(SweepLook::View));
            }
        }
    }
}

#[test]
fn messages_over_the_screen() {
    let mut app = fixture::app(80, 24, Level::Rgb, Marker::Braille);
    update(&mut app, Action::Adjust(3));
    update(&mut app, Action::Lock("x9".into()));
    update(&mut app, Action::Messages);
    compare("messages", &app);
}

#[test]
fn failures_are_shown() {
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    let mut failed = fixture::snapshot(57);
    let advice = "The loss became NaN in epoch 58. Lower λ_div or the learning rate, then restart.";
    failed.status = Status::NonFinite(advice.into());
    receive(&mut app, Arc::new(failed));
    compare("not_finite", &app);
}

#[test]
fn before_the_first_snapshot_and_too_small() {
    let app = fixture::app(80, 24, Level::Rgb, Marker::Braille);
    let mut waiting = app.clone();
    waiting.snapshot = None;
    compare("waiting", &waiting);
    let small = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    for (columns, rows) in [(59, 20), (20, 5)] {
        let mut small = small.clone();
        update(&mut small, Action::Resize { columns, rows });
        compare(&format!("too_small_{columns}x{rows}"), &small);
    }
}

#[test]
fn more_classes_and_features() {
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    receive(&mut app, Arc::new(fixture::wide_snapshot()));
    compare("iris", &app);
}

#[test]
fn an_inspected_sample() {
    for (width, height) in SIZES {
        for (look, level, marker) in [LOOKS[0], LOOKS[2]] {
            let mut app = fixture::app(width, height, level, marker);
            app.arrangement.focus = Panel::Boundary;
            update(&mut app, Action::NextSample(1));
            update(&mut app, Action::ToggleNeighbours);
            renew(&mut app);
            compare(&format!("inspected_{width}x{height}_{look}"), &app);
        }
    }
}

/// Receives the snapshot again, with what the app wants to see now.
fn renew(app: &mut App) {
    let mut snapshot = fixture::snapshot(57);
    snapshot.arms = (0..2).map(|arm| fixture::inspected(app, arm)).collect();
    receive(app, Arc::new(snapshot));
}

#[test]
fn phases_of_slow_motion() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut app = fixture::app(width, height, Level::Rgb, Marker::Braille);
        for phase in 0..6 {
            update(&mut app, Action::SlowMotion(1));
            if phase == 0 || phase == 4 {
                compare(&format!("slow_motion_{phase}_{width}x{height}"), &app);
            }
        }
    }
}

#[test]
fn losses_in_other_ways() {
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    app.arrangement.focus = Panel::Losses;
    for action in [
        Action::Zoom,
        Action::ToggleLogarithmic,
        Action::CycleSmoothing,
        Action::Move(2),
        Action::ToggleTerm,
    ] {
        update(&mut app, action);
    }
    let mut changed = fixture::snapshot(57);
    let mut recipe = changed.recipe.as_ref().clone();
    recipe.arms[1].changes.push(Change {
        epoch: 30,
        controls: fixture::controls(),
    });
    changed.recipe = Arc::new(recipe);
    receive(&mut app, Arc::new(changed));
    compare("losses_logarithmic", &app);
}

#[test]
fn when_nothing_matures() {
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    let mut controls = fixture::controls();
    controls.mutability = vec![Mutability::None; 2];
    let mut none = fixture::changed(
        57,
        Change {
            epoch: 40,
            controls,
        },
    );
    none.arms[1].report.exhausted += std::mem::take(&mut none.arms[1].report.mature);
    none.arms[1].report.violations = 3;
    none.arms[1].report.steps_to_maturity.fill(0);
    receive(&mut app, Arc::new(none));
    compare("nothing_matures", &app);
    update(&mut app, Action::TogglePanel(Panel::Counterfactuals));
    update(&mut app, Action::Zoom);
    compare("nothing_matures_zoomed", &app);
}

#[test]
fn a_past_epoch() {
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    let mut past = fixture::snapshot(57);
    (past.epoch, past.status) = (20, Status::Paused);
    receive(&mut app, Arc::new(past));
    compare("past_epoch", &app);
}

#[test]
fn a_thousand_features() {
    let mut app = fixture::app(120, 40, Level::Rgb, Marker::Braille);
    receive(&mut app, Arc::new(fixture::many_features(1000)));
    update(&mut app, Action::TogglePanel(Panel::Features));
    update(&mut app, Action::ToggleSort);
    update(&mut app, Action::Move(500));
    update(&mut app, Action::Filter);
    for character in "99".chars() {
        update(&mut app, Action::Type(character));
    }
    compare("many_features", &app);
    update(&mut app, Action::Submit);
    update(&mut app, Action::Zoom);
    compare("many_features_zoomed", &app);
    update(&mut app, Action::Inspect { row: 0 });
    app.arrangement.focus = Panel::Inspector;
    compare("many_features_inspected", &app);
}

#[test]
fn images_are_shown_as_images() {
    for (look, level, marker) in [LOOKS[0], LOOKS[2]] {
        let mut app = fixture::app(120, 40, level, marker);
        receive(&mut app, Arc::new(fixture::images()));
        update(&mut app, Action::Inspect { row: 0 });
        app.arrangement.focus = Panel::Inspector;
        compare(&format!("images_{look}"), &app);
        update(&mut app, Action::Zoom);
        compare(&format!("images_zoomed_{look}"), &app);
    }
}

#[test]
fn without_colour_no_cell_has_one() {
    for panel in Panel::ALL {
        let mut app = fixture::app(120, 40, Level::Off, Marker::Ascii);
        app.arrangement.focus = panel;
        for cell in draw(&app).content() {
            assert_eq!(
                (cell.fg, cell.bg),
                (ratatui::style::Color::Reset, ratatui::style::Color::Reset)
            );
        }
    }
}

/// An app that shows four arms.
fn four(width: u16, height: u16, level: Level) -> App {
    let mut app = fixture::app(width, height, level, Marker::Braille);
    let four = fixture::four(&app, 57);
    receive(&mut app, Arc::new(four.clone()));
    receive(&mut app, Arc::new(four));
    app
}

#[test]
fn four_arms() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        for (level, name) in [(Level::Rgb, "rgb"), (Level::Off, "mono")] {
            let app = four(width, height, level);
            compare(&format!("four_arms_{width}x{height}_{name}"), &app);
        }
    }
}

#[test]
fn four_arms_panel_by_panel() {
    for panel in [
        Panel::Losses,
        Panel::Robustness,
        Panel::Scoreboard,
        Panel::Counterfactuals,
    ] {
        let mut app = four(80, 24, Level::Off);
        update(&mut app, Action::Focus(panel));
        compare(&format!("four_arms_{}", panel.name()), &app);
    }
}

#[test]
fn one_arm() {
    let mut app = fixture::app(120, 40, Level::Off, Marker::Braille);
    let mut one = fixture::snapshot(57);
    one.arms.remove(0);
    let mut recipe = one.recipe.as_ref().clone();
    recipe.arms.remove(0);
    one.recipe = Arc::new(recipe);
    let mut history = one.history.as_ref().clone();
    history.reports.remove(0);
    one.history = Arc::new(history);
    let mut board = one.scoreboard.as_ref().clone();
    board.shares.remove(0);
    for score in &mut board.scores {
        score.values.remove(0);
        score.changes.clear();
    }
    one.scoreboard = Arc::new(board);
    receive(&mut app, Arc::new(one));
    compare("one_arm", &app);
}

#[test]
fn groups_of_people() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        for (level, name) in [(Level::Rgb, "rgb"), (Level::Off, "mono")] {
            let mut app = fixture::app(width, height, level, Marker::Braille);
            update(&mut app, Action::Focus(Panel::Burden));
            compare(&format!("groups_{width}x{height}_{name}"), &app);
        }
    }
    let mut app = fixture::app(80, 24, Level::Off, Marker::Ascii);
    update(&mut app, Action::Focus(Panel::Burden));
    compare("groups_ascii", &app);
}

#[test]
fn ways_of_a_sample() {
    for (width, height) in [(80, 24), (120, 40)] {
        for (look, level, marker) in [LOOKS[0], LOOKS[2]] {
            let mut app = fixture::app(width, height, level, marker);
            update(&mut app, Action::Inspect { row: 3 });
            let inspected = fixture::with_ways(&app, 57);
            receive(&mut app, Arc::new(inspected));
            update(&mut app, Action::Ways(Count(Some(2))));
            let found = fixture::with_ways(&app, 57);
            receive(&mut app, Arc::new(found));
            compare(&format!("ways_{width}x{height}_{look}"), &app);
            update(&mut app, Action::Zoom);
            compare(&format!("ways_zoomed_{width}x{height}_{look}"), &app);
        }
    }
}
