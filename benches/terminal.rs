//! What the dashboard costs, measured from outside in a pseudo-terminal:
//! `cargo bench --bench terminal`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("measured on Linux only");
}

#[cfg(target_os = "linux")]
fn main() {
    measure::all();
}

#[cfg(target_os = "linux")]
mod measure {
    use std::{
        fs,
        io::{Read, Write},
        num::NonZero,
        process,
        sync::{Arc, Mutex, mpsc},
        thread,
        time::{Duration, Instant},
    };

    use ctui::{
        recipe::{Controls, Recipe},
        session::Lockstep,
        training::Preset,
    };
    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

    const COLUMNS: u16 = 120;
    const ROWS: u16 = 40;
    const PATIENCE: Duration = Duration::from_secs(300);
    /// Ticks of the processor's clock per second, as Linux reports them.
    const TICKS: f64 = 100.0;

    /// The screen, and all that was ever written to it.
    struct Seen {
        screen: vt100::Parser,
        bytes: usize,
    }

    struct Stage {
        child: Box<dyn Child + Send + Sync>,
        keys: Box<dyn Write + Send>,
        seen: Arc<Mutex<Seen>>,
        drawn: mpsc::Receiver<Instant>,
        _terminal: Box<dyn MasterPty + Send>,
    }

    impl Stage {
        fn new(arguments: &[&str]) -> Self {
            let size = PtySize {
                rows: ROWS,
                cols: COLUMNS,
                pixel_width: 0,
                pixel_height: 0,
            };
            let pair = native_pty_system().openpty(size).unwrap();
            let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_ctui"));
            command.args(arguments);
            command.env("TERM", "xterm-256color");
            command.env("COLORTERM", "truecolor");
            command.env_remove("NO_COLOR");
            let child = pair.slave.spawn_command(command).unwrap();
            let mut output = pair.master.try_clone_reader().unwrap();
            let keys = pair.master.take_writer().unwrap();
            let cells = |count| NonZero::new(count).unwrap();
            let seen = Arc::new(Mutex::new(Seen {
                screen: vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0),
                bytes: 0,
            }));
            let (sender, drawn) = mpsc::channel();
            let written = Arc::clone(&seen);
            thread::spawn(move || {
                let mut bytes = [0; 1 << 16];
                while let Ok(count @ 1..) = output.read(&mut bytes) {
                    let now = Instant::now();
                    let mut seen = written.lock().unwrap();
                    seen.bytes += count;
                    seen.screen.process(&bytes[..count]);
                    drop(seen);
                    if sender.send(now).is_err() {
                        return;
                    }
                }
            });
            Self {
                child,
                keys,
                seen,
                drawn,
                _terminal: pair.master,
            }
        }

        fn press(&mut self, keys: &str) {
            self.keys.write_all(keys.as_bytes()).unwrap();
            self.keys.flush().unwrap();
        }

        fn text(&self) -> String {
            self.seen.lock().unwrap().screen.screen().contents()
        }

        fn bytes(&self) -> usize {
            self.seen.lock().unwrap().bytes
        }

        /// When the bytes arrived that made `holds` true.
        fn wait(&self, holds: impl Fn(&str) -> bool) -> Instant {
            let start = Instant::now();
            loop {
                let drawn = self.drawn.recv_timeout(PATIENCE).unwrap();
                if holds(&self.text()) {
                    return drawn;
                }
                assert!(start.elapsed() < PATIENCE, "{}", self.text());
            }
        }

        fn epoch(&self) -> usize {
            let text = self.text();
            let words: Vec<_> = text.split_whitespace().collect();
            let at = words.iter().position(|word| *word == "epoch").unwrap();
            words[at + 1].parse().unwrap()
        }

        /// Processor time used so far.
        fn processor(&self) -> Duration {
            let pid = self.child.process_id().unwrap();
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
            let fields: Vec<_> = stat
                .rsplit(')')
                .next()
                .unwrap()
                .split_whitespace()
                .collect();
            let ticks: f64 = [11, 12]
                .iter()
                .map(|&at| fields[at].parse::<f64>().unwrap())
                .sum();
            Duration::from_secs_f64(ticks / TICKS)
        }

        /// Resident memory in megabytes.
        fn memory(&self) -> f64 {
            let pid = self.child.process_id().unwrap();
            let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
            let line = status
                .lines()
                .find(|line| line.starts_with("VmRSS"))
                .unwrap();
            line.split_whitespace()
                .nth(1)
                .unwrap()
                .parse::<f64>()
                .unwrap()
                / 1024.0
        }
    }

    impl Drop for Stage {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    /// A run that does not end, with the arms that `CTUI_ARMS` names, such as BL,CT,AR,CD.
    fn endless() -> Stage {
        let arms = std::env::var("CTUI_ARMS").unwrap_or_else(|_| "BL,CT".to_owned());
        Stage::new(&["--epochs", "1000000", "--arms", &arms])
    }

    /// A dashboard that trains at full speed.
    fn full_speed() -> Stage {
        let mut stage = endless();
        stage.wait(|text| text.contains("Baseline"));
        stage.press("+++");
        stage.wait(|text| text.contains("full speed"));
        stage
    }

    pub fn all() {
        let chosen: Vec<String> = std::env::args()
            .skip(1)
            .filter(|word| !word.starts_with('-'))
            .collect();
        let parts: [(&str, fn()); 6] = [
            ("start", start),
            ("latency", latency),
            ("bytes", bytes),
            ("slowdown", slowdown),
            ("paused", paused),
            ("memory", memory),
        ];
        for (name, part) in parts {
            if chosen.is_empty() || chosen.iter().any(|known| known == name) {
                part();
            }
        }
        process::exit(0);
    }

    fn start() {
        let begin = Instant::now();
        let stage = endless();
        let first = stage.wait(|text| text.contains("ctui")) - begin;
        let trained =
            stage.wait(|text| text.contains("epoch ") && !text.contains("epoch 0 ")) - begin;
        println!("start     first frame {first:.0?} · first epoch on the screen {trained:.0?}");
    }

    /// From a key to the frame that shows what it did.
    fn latency() {
        let mut stage = full_speed();
        let mut times = Vec::new();
        for round in 0..200_u64 {
            thread::sleep(Duration::from_millis(40 + 7 * (round % 11)));
            while stage.drawn.try_recv().is_ok() {}
            let (key, value) = match round % 2 {
                0 => ("\x1b[C", "λ_div         0.55"),
                _ => ("\x1b[D", "λ_div          0.5 "),
            };
            let pressed = Instant::now();
            stage.press(key);
            times.push(stage.wait(|text| text.contains(value)) - pressed);
        }
        times.sort();
        let at = |share: usize| times[times.len() * share / 100];
        println!(
            "latency   median {:.1?} · p99 {:.1?} of 200 keys",
            at(50),
            at(99)
        );
    }

    fn rate(stage: &Stage, seconds: u64) -> f64 {
        let before = stage.bytes();
        thread::sleep(Duration::from_secs(seconds));
        (stage.bytes() - before) as f64 / seconds as f64 / 1000.0
    }

    fn bytes() {
        let stage = endless();
        stage.wait(|text| text.contains("Baseline"));
        let usual = rate(&stage, 10);
        drop(stage);
        let stage = full_speed();
        let full = rate(&stage, 10);
        println!("bytes     {usual:.0} kB/s at the usual speed · {full:.0} kB/s at full speed");
    }

    /// Epochs per second of a bare session on this thread.
    fn bare(seconds: f64) -> f64 {
        let preset = Preset::find("moon").unwrap();
        let recipe = Recipe::pair(
            preset.source(None).unwrap(),
            Controls::new(preset.parameters()),
        );
        let mut run = Lockstep::new(recipe).unwrap();
        for _ in 0..50 {
            run.train_epoch().unwrap();
        }
        let begin = Instant::now();
        let mut epochs = 0;
        while begin.elapsed().as_secs_f64() < seconds {
            run.train_epoch().unwrap();
            epochs += 1;
        }
        f64::from(epochs) / begin.elapsed().as_secs_f64()
    }

    /// Epochs per second behind a dashboard.
    fn shown(seconds: f64) -> f64 {
        let stage = full_speed();
        stage.wait(|_| stage.epoch() > 50);
        let (begin, first) = (Instant::now(), stage.epoch());
        thread::sleep(Duration::from_secs_f64(seconds));
        (stage.epoch() - first) as f64 / begin.elapsed().as_secs_f64()
    }

    fn slowdown() {
        let mut ratios: Vec<_> = (0..5).map(|_| shown(4.0) / bare(4.0)).collect();
        ratios.sort_by(f64::total_cmp);
        let loss = |ratio: f64| 100.0 * (1.0 - ratio);
        println!(
            "slowdown  median {:.1} % · from {:.1} % to {:.1} % of five",
            loss(ratios[2]),
            loss(ratios[4]),
            loss(ratios[0])
        );
    }

    fn paused() {
        let mut stage = full_speed();
        stage.press(" ");
        stage.wait(|text| text.contains("paused"));
        thread::sleep(Duration::from_secs(7));
        let (before, bytes) = (stage.processor(), stage.bytes());
        thread::sleep(Duration::from_secs(10));
        let share = 100.0 * (stage.processor() - before).as_secs_f64() / 10.0;
        println!(
            "paused    {share:.1} % of a core · {} bytes in 10 s",
            stage.bytes() - bytes
        );
    }

    fn memory() {
        let small = [
            "--epochs",
            "30000",
            "--set",
            "samples=200",
            "--set",
            "counterfactuals=20",
        ];
        let mut stage = Stage::new(&small);
        stage.wait(|text| text.contains("Baseline"));
        stage.press("+++");
        let mut line = Vec::new();
        for epoch in [1000, 5000, 10_000, 20_000, 30_000] {
            stage.wait(|_| stage.epoch() >= epoch);
            line.push(format!("{:.1} MB at epoch {epoch}", stage.memory()));
        }
        println!("memory    {}", line.join(" · "));
    }
}
