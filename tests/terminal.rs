//! The dashboard in a pseudo-terminal, as a user meets it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{
    io::{Read, Write},
    num::NonZero,
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_secs(30);
const COLUMNS: u16 = 120;
const ROWS: u16 = 40;

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

/// A program in a pseudo-terminal.
struct Stage {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    sent: Arc<Mutex<Vec<u8>>>,
    _terminal: Box<dyn MasterPty + Send>,
}

impl Stage {
    fn new(program: &str, arguments: &[&str]) -> Self {
        Self::on("xterm-256color", (0, 0), program, arguments)
    }

    /// A program on a terminal of this type, with cells of so many pixels.
    fn on(terminal: &str, cell: (u16, u16), program: &str, arguments: &[&str]) -> Self {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            pixel_width: COLUMNS * cell.0,
            pixel_height: ROWS * cell.1,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", terminal);
        for other in ["TMUX", "STY", "ZELLIJ", "TERM_PROGRAM", "LC_TERMINAL"] {
            command.env_remove(other);
        }
        command.env("COLORTERM", "truecolor");
        command.env_remove("NO_COLOR");
        command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"));
        command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
        let child = pair.slave.spawn_command(command).unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(
            cells(ROWS),
            cells(COLUMNS),
            0,
        )));
        let drawn = Arc::clone(&screen);
        let sent = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&sent);
        thread::spawn(move || {
            let mut bytes = [0; 1 << 16];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                seen.lock().unwrap().extend_from_slice(&bytes[..count]);
                drawn.lock().unwrap().process(&bytes[..count]);
            }
        });
        Self {
            child,
            keys,
            screen,
            sent,
            _terminal: pair.master,
        }
    }

    fn dashboard() -> Self {
        Self::new(
            env!("CARGO_BIN_EXE_ctui"),
            &["--set", "samples=400", "--set", "counterfactuals=50"],
        )
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn type_keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn wait(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !holds(self.screen.lock().unwrap().screen()) {
            assert!(
                start.elapsed() < PATIENCE,
                "waited for {what}:\n{}",
                self.text()
            );
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    fn end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "did not end:\n{}", self.text());
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn assert_restored(&self) {
        self.wait("a restored terminal", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor()
        });
    }

    fn signal(&self, name: &str) {
        let process = self.child.process_id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args([name, &process])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn training_starts_at_once_and_leaving_prints_a_summary() {
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    stage.wait_for("★");
    stage.wait_for("finished");
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
    stage.assert_restored();
    stage.wait_for("100 epochs · BL accuracy");
}

#[test]
fn a_live_change_is_echoed_and_taken_back() {
    let mut stage = Stage::dashboard();
    stage.wait_for("λ_div          0.5");
    stage.type_keys("\x1b[C");
    stage.wait_for("λ_div = 0.55 · applied at epoch");
    stage.type_keys("u");
    stage.wait_for("λ_div = 0.5 · applied at epoch");
    stage.type_keys("6\r\r\r");
    stage.wait_for("locked · applied at epoch");
    stage.type_keys("q");
    stage.wait_for("not saved");
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
}

#[test]
fn commands_are_typed() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = folder.path().join("run.json");
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    stage.type_keys(":set lambda_div 0.8\r");
    stage.wait_for("λ_div = 0.8 · applied at epoch");
    stage.type_keys(&format!(":save {}\r", recipe.display()));
    stage.wait_for("saved");
    stage.type_keys(":preset ol\r");
    stage.wait_for("Overlapping");
    stage.type_keys(":data nowhere.csv\r");
    stage.wait_for("nowhere.csv");
    stage.type_keys(":quit\r");
    assert_eq!(stage.end(), 0);
    let recipe = std::fs::read_to_string(recipe).unwrap();
    assert!(recipe.contains("\"lambda_div\": 0.8"), "{recipe}");
}

#[test]
fn samples_are_inspected_one_after_the_other() {
    let mut stage = Stage::dashboard();
    stage.wait_for("finished");
    stage.type_keys("1i");
    stage.wait_for("P(target)");
    let sample = |text: &str| {
        let place = text.find("test sample").unwrap();
        text[place..].chars().take(16).collect::<String>()
    };
    let first = sample(&stage.text());
    stage.type_keys("w");
    stage.wait("the next sample", |screen| {
        let text = screen.contents();
        text.contains("P(target)") && sample(&text) != first
    });
    stage.type_keys("\x1b");
    stage.wait("a closed inspector", |screen| {
        !screen.contents().contains("P(target)")
    });
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
}

#[test]
fn help_is_searched() {
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    stage.type_keys("?seed");
    stage.wait_for("start again with the next seed");
    stage.type_keys("\x1b");
    stage.wait("closed help", |screen| {
        !screen.contents().contains("next seed")
    });
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
}

#[test]
fn signals_restore_the_terminal() {
    for name in ["-TERM", "-HUP", "-INT"] {
        let mut stage = Stage::dashboard();
        stage.wait_for("Counterfactual training");
        stage.signal(name);
        stage.end();
        stage.assert_restored();
    }
}

#[test]
fn the_shell_gets_the_terminal_back_on_control_z() {
    let mut shell = Stage::new("bash", &["--norc", "--noprofile", "-i"]);
    shell.type_keys(&format!(
        "{} --set samples=400\r",
        env!("CARGO_BIN_EXE_ctui")
    ));
    shell.wait("the dashboard", |screen| {
        screen.alternate_screen() && screen.contents().contains("Baseline")
    });
    shell.type_keys("\x1a");
    shell.assert_restored();
    shell.wait_for("Stopped");
    shell.type_keys("fg\r");
    shell.wait("the dashboard again", |screen| {
        screen.alternate_screen() && screen.contents().contains("Baseline")
    });
    shell.type_keys("q");
    shell.assert_restored();
    shell.wait_for("epochs · BL accuracy");
    shell.type_keys("exit\r");
    shell.end();
}

#[test]
fn a_resized_terminal_is_redrawn() {
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    let size = PtySize {
        rows: 24,
        cols: 80,
        pixel_width: 0,
        pixel_height: 0,
    };
    stage
        .screen
        .lock()
        .unwrap()
        .screen_mut()
        .set_size(cells(24), cells(80));
    stage._terminal.resize(size).unwrap();
    stage.wait_for("1 Boundary");
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
}

#[test]
fn data_are_picked_and_the_picture_stays() {
    let mut stage = Stage::new(
        env!("CARGO_BIN_EXE_ctui"),
        &["--set", "samples=400", "--keep-picture", "--theme", "light"],
    );
    stage.wait_for("Counterfactual training");
    stage.type_keys("d");
    stage.wait_for("two interleaving half circles");
    stage.type_keys("jj\r");
    stage.wait_for("XOR: starting");
    stage.wait(" the new data", |screen| {
        screen.contents().contains("ctui  XOR")
    });
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
    stage.assert_restored();
    stage.wait_for("again: ctui --data xor --set");
    stage.wait_for("Robustness");
}

#[test]
fn the_mouse_chooses_without_motion_being_reported() {
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    stage.wait("buttons only", |screen| {
        screen.mouse_protocol_mode() == vt100::MouseProtocolMode::PressRelease
    });
    stage.type_keys("\x1b[<0;5;1M\x1b[<0;5;1m");
    stage.wait_for("paused");
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
    stage.wait("a mouse that is left alone", |screen| {
        screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    });
    let mut without = Stage::new(env!("CARGO_BIN_EXE_ctui"), &["--no-mouse"]);
    without.wait_for("Counterfactual training");
    let mode = without
        .screen
        .lock()
        .unwrap()
        .screen()
        .mouse_protocol_mode();
    assert_eq!(mode, vt100::MouseProtocolMode::None);
    without.type_keys("q");
    assert_eq!(without.end(), 0);
}

/// A worker that fails as soon as it is told something.
struct Broken(crossbeam_channel::Receiver<Arc<ctui::session::Snapshot>>);

impl ctui::dashboard::Worker for Broken {
    fn send(&self, _: ctui::session::Command) {
        panic!("broken on purpose");
    }

    fn snapshots(&self) -> &crossbeam_channel::Receiver<Arc<ctui::session::Snapshot>> {
        &self.0
    }
}

/// Run in a pseudo-terminal by the test below.
#[test]
#[ignore = "fails on purpose"]
fn a_dashboard_that_panics() {
    let options = ctui::dashboard::Options {
        level: None,
        config: ctui::dashboard::config::Config::standard().unwrap(),
        log_folder: None,
        recipe: None,
    };
    let _ = ctui::dashboard::run(&Broken(crossbeam_channel::never()), options);
}

#[test]
fn a_panic_restores_the_terminal_before_its_message() {
    let program = std::env::current_exe().unwrap();
    let arguments = [
        "--ignored",
        "--exact",
        "a_dashboard_that_panics",
        "--nocapture",
    ];
    let mut stage = Stage::new(program.to_str().unwrap(), &arguments);
    stage.wait_for("broken on purpose");
    stage.assert_restored();
    assert_ne!(stage.end(), 0);
    stage.wait_for("0 passed; 1 failed");
    assert!(
        stage.text().contains("broken on purpose"),
        "{}",
        stage.text()
    );
}

/// Whether the dashboard sent `escape` to a terminal of this type while it inspected an image.
fn pixels_are_sent(terminal: &str, cell: (u16, u16), escape: &str) -> bool {
    let program = env!("CARGO_BIN_EXE_ctui");
    let images = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/sample_data/glyphs-images-idx3-ubyte"
    );
    let data = ["--data", images];
    let mut stage = Stage::on(terminal, cell, program, &data);
    stage.wait_for("Baseline");
    stage.type_keys("i8z");
    stage.wait_for("factual");
    let start = Instant::now();
    let seen = |stage: &Stage| {
        let sent = stage.sent.lock().unwrap();
        let mut windows = sent.windows(escape.len());
        windows.any(|window| window == escape.as_bytes())
    };
    while !seen(&stage) && start.elapsed() < Duration::from_secs(2) {
        thread::sleep(Duration::from_millis(20));
    }
    let found = seen(&stage);
    stage.type_keys("\x1bqq");
    stage.end();
    found
}

#[test]
fn images_are_pixels_on_the_terminals_that_show_them() {
    assert!(pixels_are_sent("xterm-kitty", (10, 20), "\x1b_G"));
    assert!(pixels_are_sent("foot", (10, 20), "\x1bP"));
    for (terminal, cell) in [("xterm-256color", (10, 20)), ("xterm-kitty", (0, 0))] {
        assert!(
            !pixels_are_sent(terminal, cell, "\x1b_G"),
            "{terminal} {cell:?}"
        );
    }
}
