//! A program in a pseudo-terminal.

use std::{
    io::{Read, Write},
    num::NonZero,
    path::Path,
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub const PATIENCE: Duration = Duration::from_secs(30);
pub const COLUMNS: u16 = 120;
pub const ROWS: u16 = 40;

pub fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

/// A program that does not outlive its test.
pub struct Killed(pub Box<dyn Child + Send + Sync>);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

/// A program in a pseudo-terminal.
pub struct Stage {
    pub child: Killed,
    keys: Box<dyn Write + Send>,
    pub screen: Arc<Mutex<vt100::Parser>>,
    pub sent: Arc<Mutex<Vec<u8>>>,
    pub terminal: Box<dyn MasterPty + Send>,
    hung_up: Arc<AtomicBool>,
    reader: JoinHandle<()>,
}

impl Stage {
    pub fn new(program: &str, arguments: &[&str]) -> Self {
        Self::on("xterm-256color", (0, 0), program, arguments)
    }

    /// A program on a terminal of this type, with cells of so many pixels.
    pub fn on(terminal: &str, cell: (u16, u16), program: &str, arguments: &[&str]) -> Self {
        let state = Path::new(env!("CARGO_TARGET_TMPDIR"));
        Self::set(terminal, cell, state, program, arguments)
    }

    /// A program that keeps its state in a folder of its own.
    pub fn keeping(state: &Path, program: &str, arguments: &[&str]) -> Self {
        Self::set("xterm-256color", (0, 0), state, program, arguments)
    }

    fn set(
        terminal: &str,
        cell: (u16, u16),
        state: &Path,
        program: &str,
        arguments: &[&str],
    ) -> Self {
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
        command.env("XDG_STATE_HOME", state);
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
        let hung_up = Arc::new(AtomicBool::new(false));
        let unwanted = Arc::clone(&hung_up);
        let reader = thread::spawn(move || {
            let mut bytes = [0; 1 << 16];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if unwanted.load(Ordering::Relaxed) {
                    return;
                }
                seen.lock().unwrap().extend_from_slice(&bytes[..count]);
                drawn.lock().unwrap().process(&bytes[..count]);
            }
        });
        Self {
            child: Killed(child),
            keys,
            screen,
            sent,
            terminal: pair.master,
            hung_up,
            reader,
        }
    }

    pub fn dashboard() -> Self {
        Self::new(
            env!("CARGO_BIN_EXE_ctui"),
            &["--set", "samples=400", "--set", "counterfactuals=50"],
        )
    }

    pub fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    pub fn type_keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub fn wait(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
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

    pub fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    pub fn end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.0.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "did not end:\n{}", self.text());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Takes the terminal away; the exit code.
    pub fn hang_up(mut self) -> u32 {
        self.hung_up.store(true, Ordering::Relaxed);
        self.type_keys("?");
        self.reader.join().unwrap();
        drop((self.keys, self.terminal));
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.0.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "outlives its terminal");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether the program has sent this.
    pub fn has_sent(&self, bytes: &[u8]) -> bool {
        let sent = self.sent.lock().unwrap();
        sent.windows(bytes.len()).any(|window| window == bytes)
    }

    pub fn assert_restored(&self) {
        self.wait("a restored terminal", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor()
        });
    }

    pub fn signal(&self, name: &str) {
        let process = self.child.0.process_id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args([name, &process])
                .status()
                .unwrap()
                .success()
        );
    }
}
