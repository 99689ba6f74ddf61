//! Whole-dashboard tests: keys in, frames and commands out, on a pretended terminal and clock.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{Terminal, backend::TestBackend, layout::Size};

use super::fixture;
use crate::{
    dashboard::{
        Clock, Dashboard, Worker,
        action::Action,
        app::{App, Mode, Request},
        input::Input,
        keymap::Keymap,
        theme::{Level, Theme, ThemeName},
        widgets::Marker,
    },
    data::Mutability,
    session::{Change, Command, Controls, Recipe, Refused, Snapshot, Status},
    training::Preset,
};

/// A worker that remembers what it was told.
struct Recorder {
    commands: RefCell<Vec<Command>>,
    sender: Cell<Option<Sender<Arc<Snapshot>>>>,
    snapshots: Receiver<Arc<Snapshot>>,
}

impl Recorder {
    fn new() -> Self {
        let (sender, snapshots) = unbounded();
        Self {
            commands: RefCell::default(),
            sender: Cell::new(Some(sender)),
            snapshots,
        }
    }

    fn publish(&self, snapshot: Snapshot) {
        let sender = self.sender.take().unwrap();
        sender.send(Arc::new(snapshot)).unwrap();
        self.sender.set(Some(sender));
    }

    fn told(&self) -> Vec<Command> {
        self.commands.take()
    }
}

impl Worker for Recorder {
    fn send(&self, command: Command) {
        self.commands.borrow_mut().push(command);
    }

    fn snapshots(&self) -> &Receiver<Arc<Snapshot>> {
        &self.snapshots
    }
}

/// A clock that moves on by hand.
#[derive(Default)]
struct ManualClock(Cell<Duration>);

impl ManualClock {
    fn advance(&self, milliseconds: u64) {
        self.0
            .set(self.0.get() + Duration::from_millis(milliseconds));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Duration {
        self.0.get()
    }
}

/// Runs `script` on a dashboard that has received one snapshot.
pub(super) fn with_dashboard(width: u16, height: u16, script: impl FnOnce(&mut Stage<'_>)) {
    let (worker, clock) = (Recorder::new(), ManualClock::default());
    let (keys, inputs) = unbounded();
    let theme = Theme::dark(Level::Rgb, Marker::Braille);
    let app = App::new(theme, Keymap::standard().unwrap(), Size::new(width, height));
    let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    worker.publish(fixture::snapshot(57));
    let dashboard = Dashboard::new(app, terminal, &worker, inputs, &clock).unwrap();
    let mut stage = Stage {
        dashboard,
        keys,
        worker: &worker,
        clock: &clock,
    };
    stage.turn();
    stage.worker.told();
    script(&mut stage);
}

pub(super) struct Stage<'a> {
    pub(super) dashboard: Dashboard<'a, TestBackend>,
    keys: Sender<Input>,
    worker: &'a Recorder,
    clock: &'a ManualClock,
}

impl Stage<'_> {
    pub(super) fn turn(&mut self) -> Request {
        self.clock.advance(40);
        self.dashboard.turn().unwrap()
    }

    /// Presses keys, separated by blanks, and returns what the worker was told.
    pub(super) fn press(&mut self, keys: &str) -> Vec<Command> {
        for key in keys.split(' ') {
            self.keys.send(Input::Key(event(key))).unwrap();
        }
        self.turn();
        self.worker.told()
    }

    pub(super) fn publish(&mut self, snapshot: Snapshot) -> Vec<Command> {
        self.worker.publish(snapshot);
        self.turn();
        self.worker.told()
    }

    pub(super) fn screen(&mut self) -> String {
        let buffer = self.dashboard.terminal().backend().buffer().clone();
        let rows = buffer.content().chunks(usize::from(buffer.area.width));
        let lines: Vec<String> = rows
            .map(|row| row.iter().map(|cell| cell.symbol()).collect())
            .collect();
        lines.join("\n")
    }
}

fn event(key: &str) -> KeyEvent {
    let (code, modifiers) = match key {
        "space" => (KeyCode::Char(' '), KeyModifiers::NONE),
        "enter" => (KeyCode::Enter, KeyModifiers::NONE),
        "esc" => (KeyCode::Esc, KeyModifiers::NONE),
        "backspace" => (KeyCode::Backspace, KeyModifiers::NONE),
        "tab" => (KeyCode::Tab, KeyModifiers::NONE),
        "up" => (KeyCode::Up, KeyModifiers::NONE),
        "right" => (KeyCode::Right, KeyModifiers::NONE),
        "left" => (KeyCode::Left, KeyModifiers::NONE),
        "shift-right" => (KeyCode::Right, KeyModifiers::SHIFT),
        "ctrl-c" => (KeyCode::Char('c'), KeyModifiers::CONTROL),
        "ctrl-z" => (KeyCode::Char('z'), KeyModifiers::CONTROL),
        other => (
            KeyCode::Char(other.chars().next().unwrap()),
            KeyModifiers::NONE,
        ),
    };
    KeyEvent::new(code, modifiers)
}

fn set(commands: &[Command]) -> &Controls {
    match commands {
        [Command::Set(controls)] => controls,
        other => panic!("one change of controls, not {other:?}"),
    }
}

#[test]
fn both_arms_are_on_the_first_screen() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        with_dashboard(width, height, |stage| {
            let screen = stage.screen();
            assert!(screen.contains("Baseline · accuracy 99.4 %"), "{screen}");
            assert!(screen.contains("Counterfactual training · "), "{screen}");
            assert!(screen.contains('★') && screen.contains("epoch 57 of 100"));
        });
    }
}

#[test]
fn space_pauses_and_goes_on() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("space"), [Command::Pause]);
        assert!(stage.screen().contains("paused"));
        assert_eq!(stage.press("space"), [Command::Run]);
        stage.publish(Snapshot {
            status: Status::Paused,
            ..fixture::snapshot(58)
        });
        stage.publish(fixture::snapshot(58));
        assert_eq!(stage.press("n"), [Command::StepEpoch]);
    });
}

#[test]
fn a_parameter_follows_the_arrow_keys_and_is_echoed() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(set(&stage.press("right")).parameters.lambda_div, 0.55);
        let commands = stage.press("shift-right");
        let controls = set(&commands).clone();
        assert_eq!(controls.parameters.lambda_div, 1.05);
        assert!(
            stage
                .screen()
                .contains("λ_div = 1.05 · from the next epoch")
        );
        let applied = Change {
            epoch: 59,
            controls,
        };
        stage.publish(Snapshot {
            applied,
            ..fixture::snapshot(59)
        });
        assert!(
            stage
                .screen()
                .contains("λ_div = 1.05 · applied at epoch 59")
        );
        assert!(stage.screen().contains("was 0.5"));
    });
}

#[test]
fn changes_are_taken_back_in_order() {
    with_dashboard(120, 40, |stage| {
        stage.press("right");
        stage.press("right");
        assert_eq!(set(&stage.press("u")).parameters.lambda_div, 0.55);
        assert_eq!(set(&stage.press("u")).parameters.lambda_div, 0.5);
        assert_eq!(stage.press("u"), []);
        assert!(stage.screen().contains("nothing to take back"));
        assert_eq!(set(&stage.press("U")).parameters.lambda_div, 0.55);
        assert_eq!(set(&stage.press("X")), &fixture::controls());
    });
}

#[test]
fn a_value_is_typed() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(
            set(&stage.press("enter 0 . 8 enter")).parameters.lambda_div,
            0.8
        );
        assert_eq!(stage.press("enter 9 9 enter"), []);
        assert!(stage.screen().contains("it takes a"), "{}", stage.screen());
        assert_eq!(
            set(&stage.press("backspace backspace 2 enter"))
                .parameters
                .lambda_div,
            2.0
        );
        assert_eq!(stage.press("enter 7 esc"), []);
        assert_eq!(set(&stage.press("x")).parameters.lambda_div, 0.5);
    });
}

#[test]
fn what_needs_a_restart_says_so_and_gets_it() {
    with_dashboard(120, 40, |stage| {
        let last = crate::training::TABLE
            .iter()
            .position(|parameter| parameter.name == "hidden_units")
            .unwrap();
        for _ in 0..last - 1 {
            stage.press("j");
        }
        assert_eq!(set(&stage.press("right")).parameters.hidden_units, 40);
        assert!(stage.screen().contains("width = 40 · after a restart (r)"));
        stage.publish(fixture::snapshot(58));
        assert!(stage.screen().contains("restart: r") && !stage.screen().contains("applied at"));
        let commands = stage.press("r");
        let [Command::Restart(recipe)] = commands.as_slice() else {
            panic!("{commands:?}")
        };
        assert_eq!(
            (
                recipe.controls.parameters.hidden_units,
                recipe.controls.parameters.seed
            ),
            (40, 1)
        );
        let commands = stage.press("R");
        let [Command::Restart(recipe)] = commands.as_slice() else {
            panic!("{commands:?}")
        };
        assert_eq!(recipe.controls.parameters.seed, 2);
    });
}

#[test]
fn a_feature_is_locked() {
    with_dashboard(120, 40, |stage| {
        stage.press("6");
        assert_eq!(
            set(&stage.press("right")).mutability,
            [Mutability::Increase, Mutability::Both]
        );
        stage.press("right");
        assert_eq!(
            set(&stage.press("m")).mutability,
            [Mutability::None, Mutability::Both]
        );
        assert!(stage.screen().contains("x1 locked · from the next epoch"));
        assert_eq!(set(&stage.press("h")).mutability[0], Mutability::Decrease);
        assert_eq!(set(&stage.press("x")).mutability[0], Mutability::Both);
    });
}

#[test]
fn help_is_searched() {
    with_dashboard(80, 24, |stage| {
        stage.press("? r e s t a r t");
        let screen = stage.screen();
        assert!(
            screen.contains("start again with the same seed"),
            "{screen}"
        );
        assert!(!screen.contains("focus the next panel"));
        stage.press("esc");
        assert!(!stage.screen().contains("start again with the same seed"));
    });
}

#[test]
fn panels_are_zoomed_hidden_and_turned_to() {
    with_dashboard(120, 40, |stage| {
        assert!(matches!(stage.press("1 z").as_slice(), [Command::Look(_)]));
        assert!(!stage.screen().contains("Objective"));
        stage.press("esc 2 2");
        assert!(!stage.screen().contains("Losses"));
        stage.press("tab 2");
        assert!(stage.screen().contains("Losses"));
    });
}

#[test]
fn the_field_fits_the_plot_after_a_resize() {
    with_dashboard(120, 40, |stage| {
        stage.dashboard.terminal().backend_mut().resize(200, 60);
        stage
            .keys
            .send(Input::Action(Action::Resize {
                columns: 200,
                rows: 60,
            }))
            .unwrap();
        stage.turn();
        let commands = stage.worker.told();
        let [Command::Look(view)] = commands.as_slice() else {
            panic!("{commands:?}")
        };
        assert!(
            view.resolution.0 > 60 && view.resolution.1 > 60,
            "{:?}",
            view.resolution
        );
    });
}

#[test]
fn the_speed_is_changed() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("+"), [Command::Delay(20)]);
        assert_eq!(stage.press("-"), [Command::Delay(50)]);
        stage.press("+ + + +");
        assert!(stage.screen().contains("already at full speed"));
    });
}

#[test]
fn boundary_layers_are_switched() {
    with_dashboard(120, 40, |stage| {
        stage.press("1");
        let stars = |stage: &mut Stage<'_>| stage.screen().matches('★').count();
        let before = stars(stage);
        stage.press("p");
        assert!(stars(stage) < before);
        let points = |stage: &mut Stage<'_>| stage.screen().matches('▴').count();
        let before = points(stage);
        stage.press("s s");
        assert!(points(stage) < before);
    });
}

#[test]
fn leaving_and_suspending_are_asked_for() {
    with_dashboard(80, 24, |stage| {
        stage.keys.send(Input::Key(event("ctrl-z"))).unwrap();
        assert_eq!(stage.turn(), Request::Suspend);
        stage.keys.send(Input::Resumed).unwrap();
        assert_eq!(stage.turn(), Request::Redraw);
        stage.keys.send(Input::Terminate).unwrap();
        assert_eq!(stage.turn(), Request::Quit);
    });
}

#[test]
fn a_lost_worker_is_shown() {
    with_dashboard(80, 24, |stage| {
        stage.worker.sender.take();
        stage.turn();
        assert!(
            stage.screen().contains("Training has stopped"),
            "{}",
            stage.screen()
        );
        assert_eq!(stage.press("space"), []);
    });
}

#[test]
fn many_events_make_one_frame_and_frames_keep_their_distance() {
    with_dashboard(80, 24, |stage| {
        stage.clock.advance(40);
        stage.keys.send(Input::Key(event("-"))).unwrap();
        stage.dashboard.turn().unwrap();
        let before = stage.screen();
        for _ in 0..50 {
            stage.keys.send(Input::Key(event("-"))).unwrap();
        }
        stage.dashboard.turn().unwrap();
        assert_eq!(stage.screen(), before, "a second frame came at once");
        stage.clock.advance(40);
        stage.dashboard.turn().unwrap();
        assert!(stage.screen().contains("slowest"));
    });
}

/// Types a command and carries it out.
pub(super) fn command(stage: &mut Stage<'_>, line: &str) -> Vec<Command> {
    let keys: Vec<_> = line
        .chars()
        .map(|c| {
            if c == ' ' {
                "space".into()
            } else {
                c.to_string()
            }
        })
        .collect();
    stage.press(&format!(": {} enter", keys.join(" ")))
}

#[test]
fn parameters_and_features_are_set_by_command() {
    with_dashboard(120, 40, |stage| {
        let commands = command(stage, "set lambda_div 0.8");
        assert_eq!(set(&commands).parameters.lambda_div, 0.8);
        assert!(stage.screen().contains("λ_div = 0.8 · from the next epoch"));
        let mutability = |stage: &mut Stage<'_>, line| set(&command(stage, line)).mutability[0];
        assert_eq!(mutability(stage, "lock x1"), Mutability::None);
        assert_eq!(mutability(stage, "increase x1"), Mutability::Increase);
        assert_eq!(mutability(stage, "decrease x1"), Mutability::Decrease);
        assert_eq!(mutability(stage, "unlock x1"), Mutability::Both);
        assert_eq!(command(stage, "lock x3"), []);
        assert!(
            stage
                .screen()
                .contains("there is no feature `x3`; there are x1, x2")
        );
        assert_eq!(command(stage, "set lambda_div 80"), []);
        assert!(stage.screen().contains("it takes a number from 0 to 10"));
        assert_eq!(command(stage, "toggle-run"), [Command::Pause]);
    });
}

fn restarted(commands: Vec<Command>) -> Recipe {
    match <[Command; 1]>::try_from(commands) {
        Ok([Command::Restart(recipe)]) => *recipe,
        other => panic!("a restart, not {other:?}"),
    }
}

#[test]
fn other_data_are_chosen_by_command() {
    with_dashboard(120, 40, |stage| {
        let recipe = restarted(command(stage, "data circles noise=0.2 samples=600"));
        assert_eq!(recipe.source.title(), "Circles");
        let parameters = &recipe.controls.parameters;
        assert_eq!((parameters.noise, parameters.samples), (0.2, 600));
        assert_eq!(parameters.lambda_div, 0.5, "the other values stay");
        let recipe = restarted(command(stage, "preset ol"));
        let own = Preset::find("ol").unwrap().parameters();
        assert_eq!(recipe.controls.parameters, own);
        assert_eq!(
            restarted(command(stage, "seed 7")).controls.parameters.seed,
            7
        );
        assert_eq!(command(stage, "data circels"), []);
        assert!(stage.screen().contains("did you mean `circles`?"));
        assert_eq!(command(stage, "preset adult"), []);
        assert!(
            stage.screen().contains("Adult does not come with ctui"),
            "{}",
            stage.screen()
        );
        assert_eq!(command(stage, "data moon label=y"), []);
        assert!(stage.screen().contains("label is for files"));
    });
}

#[test]
fn data_that_cannot_be_read_leave_the_run_alone() {
    with_dashboard(120, 40, |stage| {
        let recipe = restarted(command(stage, "data missing.csv"));
        let mut snapshot = fixture::snapshot(58);
        snapshot.refused = Some(Arc::new(Refused {
            recipe,
            reason: "missing.csv: no such file".into(),
        }));
        stage.publish(snapshot);
        let screen = stage.screen();
        assert!(screen.contains("missing.csv: no such file"), "{screen}");
        assert!(screen.contains("running") && screen.contains("Moons"));
    });
}

#[test]
fn the_list_shows_the_values_of_the_new_run() {
    with_dashboard(120, 40, |stage| {
        stage.press("right");
        let recipe = restarted(command(stage, "preset ol"));
        stage.publish(fixture::snapshot(59));
        let mut begun = fixture::snapshot(0);
        begun.applied.controls.parameters = recipe.controls.parameters.clone();
        begun.recipe = Arc::new(recipe);
        stage.publish(begun);
        assert!(
            stage.screen().contains("λ_reg        0.25"),
            "{}",
            stage.screen()
        );
        assert_eq!(
            stage.press("u"),
            [],
            "changes of another run cannot be taken back"
        );
    });
}

#[test]
fn commands_are_completed_recalled_and_refused() {
    with_dashboard(120, 40, |stage| {
        stage.press(": s e t space l a m b d a _ d tab");
        assert!(
            stage.screen().contains(":set lambda_div "),
            "{}",
            stage.screen()
        );
        assert!(stage.screen().contains("a number from 0 to 10 · now 0.5"));
        stage.press("0 . 7 enter : up");
        assert!(stage.screen().contains(":set lambda_div 0.7"));
        stage.press("esc : q u i t t enter");
        assert!(stage.screen().contains("did you mean `quit`?"));
        stage.press("backspace enter");
        assert_eq!(stage.dashboard.app().mode, Mode::Normal);
    });
}

#[test]
fn colours_and_lines_are_chosen() {
    with_dashboard(120, 40, |stage| {
        command(stage, "theme light");
        assert_eq!(stage.dashboard.app().theme.name(), ThemeName::Light);
        stage.press("t");
        assert_eq!(stage.dashboard.app().theme.name(), ThemeName::Colorblind);
        command(stage, "marker ascii");
        assert!(
            stage.screen().contains("+ 1 Baseline"),
            "{}",
            stage.screen()
        );
        stage.press("T");
        assert!(!stage.screen().contains("+ 1 Baseline"));
    });
}

#[test]
fn leaving_asks_once_if_changes_are_in_no_file() {
    let changed = || {
        let mut snapshot = fixture::snapshot(60);
        let mut recipe = snapshot.recipe.as_ref().clone();
        recipe.changes.push(Change {
            epoch: 58,
            controls: fixture::controls(),
        });
        snapshot.recipe = Arc::new(recipe);
        snapshot
    };
    let quits = |stage: &mut Stage<'_>, key: &str| {
        stage.keys.send(Input::Key(event(key))).unwrap();
        stage.turn() == Request::Quit
    };
    with_dashboard(120, 40, |stage| {
        stage.publish(changed());
        assert!(!quits(stage, "q"));
        assert!(
            stage.screen().contains("1 change is not saved"),
            "{}",
            stage.screen()
        );
        assert!(quits(stage, "q"));
    });
    with_dashboard(120, 40, |stage| {
        stage.publish(changed());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.json");
        command(stage, &format!("save {}", path.display()));
        assert!(path.exists(), "{}", stage.screen());
        assert!(quits(stage, "q"));
    });
    with_dashboard(120, 40, |stage| {
        stage.publish(changed());
        assert!(quits(stage, "ctrl-c"));
    });
}

#[test]
fn the_picture_is_kept() {
    with_dashboard(120, 40, |stage| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("picture.txt");
        command(stage, &format!("export {}", path.display()));
        let picture = std::fs::read_to_string(&path).unwrap();
        assert!(picture.contains("Counterfactual training"));
        assert!(
            !picture.contains(":export"),
            "the command line is closed by then"
        );
        command(stage, "export picture.png");
        assert!(stage.screen().contains("a picture ends in .svg or .txt"));
    });
}

#[test]
fn data_are_picked_from_a_list() {
    with_dashboard(120, 40, |stage| {
        stage.press("d");
        assert!(stage.screen().contains("two interleaving half circles"));
        stage.press("j");
        assert!(
            stage.screen().contains("Gaussian blobs on a circle"),
            "{}",
            stage.screen()
        );
        let recipe = restarted(stage.press("right - enter"));
        assert_eq!(recipe.source.title(), "Blobs");
        let parameters = &recipe.controls.parameters;
        assert_eq!((parameters.noise, parameters.samples), (0.45, 4000));
        stage.press("d esc");
        assert_eq!(stage.dashboard.app().mode, Mode::Normal);
        let commands = stage.press("d g k k k k k k k k k k k k k k k k k k k enter");
        assert_eq!(restarted(commands).source.title(), "Linearly separable");
    });
}

#[test]
fn data_that_need_a_file_say_where_to_get_it() {
    with_dashboard(120, 40, |stage| {
        stage.press("d k k k k enter");
        assert!(
            stage.screen().contains("does not come with ctui"),
            "{}",
            stage.screen()
        );
        assert_eq!(stage.worker.told(), []);
    });
}

#[test]
fn messages_are_listed() {
    with_dashboard(120, 40, |stage| {
        stage.press("right u");
        let mut read = fixture::snapshot(60);
        read.notes = Arc::new(vec!["3 rows without a label left out".into()]);
        stage.publish(read);
        stage.press("M");
        let screen = stage.screen();
        for message in [
            "λ_div = 0.55 · from the next epoch",
            "taken back",
            "3 rows without",
        ] {
            assert!(screen.contains(message), "{message}: {screen}");
        }
        stage.press("esc");
        assert!(!stage.screen().contains("3 rows without"));
    });
}

#[test]
fn the_command_and_the_recipe_are_copied() {
    with_dashboard(120, 40, |stage| {
        let copied = |stage: &mut Stage<'_>, key: &str| {
            stage.keys.send(Input::Key(event(key))).unwrap();
            match stage.turn() {
                Request::Copy(text) => text,
                other => panic!("a copy, not {other:?}"),
            }
        };
        let command = copied(stage, "y");
        assert!(
            command.starts_with("ctui --preset moon --set "),
            "{command}"
        );
        let recipe: Recipe = serde_json::from_str(&copied(stage, "Y")).unwrap();
        assert_eq!(recipe.source.title(), "Moons");
    });
}

fn look(commands: &[Command]) -> &crate::session::View {
    match commands {
        [Command::Look(view)] => view,
        other => panic!("one view, not {other:?}"),
    }
}

#[test]
fn a_sample_is_picked_and_its_counterfactuals_are_shown() {
    with_dashboard(120, 40, |stage| {
        stage.press("1");
        let first = look(&stage.press("i")).selected.unwrap();
        assert!(stage.screen().contains("searching …"));
        let app = stage.dashboard.app().clone();
        let mut found = fixture::snapshot(57);
        found.arms = std::array::from_fn(|arm| fixture::inspected(&app, arm));
        stage.publish(found);
        let screen = stage.screen();
        for text in ["test sample 1 of 180", "outcome", "✓ kept", "P(target)"] {
            assert!(screen.contains(text), "{text}: {screen}");
        }
        let right = look(&stage.press("right")).selected.unwrap();
        let moved = |row: usize| fixture::snapshot(57).dataset.test.x.row(row)[0];
        assert!(moved(right) > moved(first), "{first} {right}");
        let left = look(&stage.press("left")).selected.unwrap();
        assert!(moved(left) < moved(right), "{left} {right}");
        assert_eq!(look(&stage.press("w")).selected, Some(left + 1));
        assert_eq!(look(&stage.press("b")).selected, Some(left));
        assert_eq!(look(&stage.press("esc")).selected, None);
        assert!(!stage.screen().contains("Inspector") && stage.screen().contains("Losses"));
    });
}

#[test]
fn the_target_class_is_chosen() {
    with_dashboard(120, 40, |stage| {
        stage.publish(fixture::images());
        stage.press("1 i");
        assert!(
            stage.screen().contains("rows → columns"),
            "{}",
            stage.screen()
        );
        stage.press("v");
        assert!(stage.screen().contains("rows → diagonal"));
        stage.press("8 V");
        assert!(stage.screen().contains("rows → columns"));
    });
}

#[test]
fn an_epoch_goes_by_in_slow_motion() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("."), [Command::Pause]);
        assert!(stage.screen().contains("both models predict"));
        assert_eq!(stage.press(". ."), []);
        assert!(stage.screen().contains("search step 1 of 30"));
        stage.press(",");
        assert!(stage.screen().contains("another class as target"));
        for _ in 0..13 {
            assert_eq!(stage.press("."), []);
        }
        assert!(
            stage.screen().contains("keeps its label"),
            "{}",
            stage.screen()
        );
        assert_eq!(stage.press("."), [Command::StepEpoch]);
        assert!(stage.screen().contains("epoch 57 is trained"));
        stage.press(".");
        assert_eq!(stage.press("space"), [Command::Run]);
        assert!(!stage.screen().contains("slow motion   predict"));
    });
}

#[test]
fn slow_motion_plays_by_itself_at_several_speeds() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("S"), [Command::Pause]);
        assert!(stage.screen().contains("a step per 250 ms"));
        stage.clock.advance(300);
        stage.turn();
        assert!(stage.screen().contains("another class as target"));
        assert_eq!(stage.press("+ +"), []);
        assert!(stage.screen().contains("a step per 60 ms"));
        for _ in 0..30 {
            stage.clock.advance(60);
            stage.turn();
        }
        assert_eq!(stage.worker.told(), [Command::StepEpoch]);
        stage.press("S");
        assert!(!stage.screen().contains("a step per"));
        stage.press("esc");
        assert!(stage.screen().contains("History"));
    });
}

#[test]
fn the_run_is_scrubbed_and_its_values_follow() {
    with_dashboard(120, 40, |stage| {
        assert_eq!(stage.press("["), [Command::Rewind(56)]);
        assert_eq!(
            stage.press("{ {"),
            [Command::Rewind(46), Command::Rewind(36)]
        );
        let mut past = fixture::snapshot(57);
        (past.epoch, past.status) = (36, Status::Paused);
        past.applied.controls.parameters.lambda_div = 0.2;
        stage.publish(past);
        assert!(stage.screen().contains("going on overwrites the rest"));
        let wanted = stage.dashboard.app().desired.controls().unwrap();
        assert_eq!(wanted.parameters.lambda_div, 0.2);
        assert_eq!(stage.press(")"), [Command::Rewind(57)]);
        assert_eq!(stage.press("]"), []);
        assert_eq!(stage.press("("), [Command::Rewind(0)]);
        assert_eq!(stage.press("n"), []);
        assert!(stage.screen().contains("still on the way to epoch 0"));
        assert_eq!(stage.press("space"), []);
        let paused = |epoch| Snapshot {
            epoch,
            status: Status::Paused,
            ..fixture::snapshot(57)
        };
        assert_eq!(stage.publish(paused(57)), []);
        assert_eq!(stage.publish(paused(0)), [Command::Run]);
    });
}

#[test]
fn planes_of_many_features_are_chosen() {
    use crate::session::Axes;
    with_dashboard(120, 40, |stage| {
        stage.press("1");
        assert_eq!(stage.press("x"), []);
        assert!(stage.screen().contains("both features are on the screen"));
        let commands = stage.publish(fixture::many_features(5));
        assert_eq!(look(&commands).axes, Axes::PrincipalComponents);
        assert_eq!(look(&stage.press("a")).axes, Axes::Features(0, 1));
        assert_eq!(look(&stage.press("x")).axes, Axes::Features(2, 1));
        assert_eq!(look(&stage.press("Y")).axes, Axes::Features(2, 0));
        assert_eq!(look(&stage.press("Y")).axes, Axes::Features(2, 4));
        assert_eq!(look(&stage.press("y")).axes, Axes::Features(2, 0));
        assert_eq!(look(&stage.press("X")).axes, Axes::Features(1, 0));
        assert_eq!(look(&stage.press("a")).axes, Axes::PrincipalComponents);
    });
}

#[test]
fn features_are_sorted_and_filtered() {
    with_dashboard(120, 40, |stage| {
        stage.publish(fixture::many_features(100));
        stage.press("6 s");
        assert!(stage.screen().contains("Features by sensitivity"));
        stage.press("/ 7 1");
        assert!(stage.screen().contains("gene 71") && !stage.screen().contains("gene 7 "));
        assert_eq!(
            set(&stage.press("enter right")).mutability[71],
            Mutability::Increase
        );
        stage.press("/ esc");
        assert!(!stage.screen().contains("/71"));
    });
}

#[test]
fn losses_are_switched_scaled_and_smoothed() {
    with_dashboard(120, 40, |stage| {
        stage.press("2 z g s");
        assert!(stage.screen().contains("log mean of 5"));
        let marks = |stage: &mut Stage<'_>| stage.screen().matches("━ ").count();
        let before = marks(stage);
        stage.press("j x");
        assert_eq!(marks(stage), before - 1);
        stage.press("x s s g");
        assert!(marks(stage) == before && !stage.screen().contains("log "));
    });
}

#[test]
fn steps_to_maturity_take_the_place_of_shares() {
    with_dashboard(120, 40, |stage| {
        stage.press("3 v");
        assert!(stage.screen().contains("steps to mature, mean 11.4"));
        stage.press("v");
        assert!(!stage.screen().contains("steps to mature"));
    });
}

#[test]
fn the_scoreboard_explains_the_selected_measure() {
    with_dashboard(120, 40, |stage| {
        stage.press("7 j j j");
        let screen = stage.screen();
        assert!(
            screen.contains("implausibility") && screen.contains("paper: BL 1.71"),
            "{screen}"
        );
    });
}

#[test]
fn other_layers_are_switched() {
    with_dashboard(120, 40, |stage| {
        stage.press("1");
        let count = |stage: &mut Stage<'_>, glyph: char| stage.screen().matches(glyph).count();
        assert_eq!(count(stage, '◎'), 0);
        stage.press("N");
        assert!(count(stage, '◎') > 1);
        let lower = count(stage, '▴');
        stage.press("c");
        assert!(count(stage, '▴') < lower && count(stage, '•') > 0);
        stage.press("c c");
        assert_eq!(count(stage, '▴'), lower);
        let plain = stage.screen();
        stage.press("F");
        let flat = stage.screen();
        assert_ne!(flat, plain);
        stage.press("f F F g g");
        assert_eq!(stage.screen(), plain);
    });
}
