//! Signals, hangups, and the shell's job control.

use std::{
    process::Command,
    thread,
    time::{Duration, Instant},
};

use crate::stage::Stage;

#[test]
fn signals_restore_the_terminal() {
    let signals = [
        ("HUP", 1),
        ("INT", 2),
        ("QUIT", 3),
        ("USR1", 10),
        ("ALRM", 14),
        ("TERM", 15),
    ];
    for (name, number) in signals {
        let mut stage = Stage::dashboard();
        stage.wait_for("Counterfactual training");
        stage.signal(&format!("-{name}"));
        assert_eq!(stage.end(), 128 + number, "{name}");
        stage.assert_restored();
    }
}

#[test]
fn a_signal_ends_the_process_in_the_middle_of_an_epoch() {
    let wide = [
        "--set",
        "hidden_units=512",
        "--set",
        "samples=20000",
        "--set",
        "counterfactuals=20000",
    ];
    let slow = [
        "--set",
        "max_steps=1000",
        "--set",
        "decision_threshold=0.99",
    ];
    let mut stage = Stage::new(env!("CARGO_BIN_EXE_ctui"), &[&wide[..], &slow].concat());
    stage.wait_for("Counterfactual training");
    thread::sleep(Duration::from_millis(300));
    let start = Instant::now();
    stage.signal("-TERM");
    assert_eq!(stage.end(), 143);
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_hangup_ends_it_quietly() {
    let stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    assert_eq!(stage.hang_up(), 129);
}

/// The process that this one has started.
fn child_of(process: u32) -> String {
    let children = format!("/proc/{process}/task/{process}/children");
    std::fs::read_to_string(children).unwrap().trim().to_owned()
}

#[test]
#[cfg(target_os = "linux")]
fn stopped_from_outside_it_gives_the_screen_back_and_returns_with_working_keys() {
    for name in ["-TSTP", "-STOP"] {
        let mut shell = Stage::new("bash", &["--norc", "--noprofile", "-i"]);
        shell.type_keys(&format!(
            "{} --set samples=400\r",
            env!("CARGO_BIN_EXE_ctui")
        ));
        shell.wait("the dashboard", |screen| {
            screen.alternate_screen() && screen.contents().contains("Baseline")
        });
        let dashboard = child_of(shell.child.0.process_id().unwrap());
        let status = Command::new("kill").args([name, &dashboard]).status();
        assert!(status.unwrap().success());
        shell.wait_for("Stopped");
        if name == "-TSTP" {
            shell.assert_restored();
        }
        shell.type_keys("fg\r");
        shell.wait("the dashboard again", |screen| {
            screen.alternate_screen() && screen.contents().contains("Baseline")
        });
        shell.type_keys(":set lambda_div 0.8\r");
        shell.wait_for("λ_div = 0.8 · applied");
        shell.type_keys("qq");
        shell.wait_for("epochs · BL accuracy");
        shell.type_keys("exit\r");
        shell.end();
    }
}

#[test]
fn without_a_shell_nothing_stops() {
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    stage.type_keys("\x1a");
    stage.wait_for("there is no shell to go back to");
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
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
