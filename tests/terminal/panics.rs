//! A defect of the dashboard.

use std::sync::Arc;

use crate::stage::Stage;

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

#[test]
#[ignore = "fails on purpose"]
fn a_dashboard_that_panics() {
    let options = ctui::dashboard::Options {
        level: None,
        config: ctui::dashboard::config::Config::standard().unwrap(),
        log_folder: None,
        recipe: None,
        lesson: None,
        replay: None,
        shared: None,
        offer: None,
        autosave: None,
        greeting: None,
    };
    let mut output = std::io::stdout();
    let _ = ctui::dashboard::run(&Broken(crossbeam_channel::never()), options, &mut output);
}

#[test]
fn a_panic_restores_the_terminal_before_its_message() {
    let program = std::env::current_exe().unwrap();
    let arguments = [
        "--ignored",
        "--exact",
        "panics::a_dashboard_that_panics",
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
