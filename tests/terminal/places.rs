//! Terminals of other kinds, and none at all.

use crate::stage::Stage;

#[test]
fn a_dumb_terminal_gets_plain_lines_and_the_reason() {
    let run = ["--set", "samples=200", "--epochs", "5"];
    let mut stage = Stage::on("dumb", (0, 0), env!("CARGO_BIN_EXE_ctui"), &run);
    stage.wait_for("this terminal (TERM=dumb) cannot place text: plain lines");
    stage.wait_for("epoch 5 of 5: BL loss");
    assert_eq!(stage.end(), 0);
    assert!(!stage.has_sent(b"\x1b"));
}

#[test]
fn a_piped_standard_input_gets_plain_lines_and_the_reason() {
    let ctui = env!("CARGO_BIN_EXE_ctui");
    let line = format!("echo | {ctui} --set samples=200 --epochs 5");
    let mut stage = Stage::new("sh", &["-c", &line]);
    stage.wait_for("standard input is no terminal: plain lines");
    stage.wait_for("epoch 5 of 5: BL loss");
    assert_eq!(stage.end(), 0);
}

#[test]
fn the_colours_follow_the_terminals_background() {
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    assert!(stage.has_sent(b"\x1b]11;?"));
    let ground = |screen: &vt100::Screen| screen.cell(0, 0).unwrap().bgcolor();
    stage.wait("a dark ground", |screen| {
        ground(screen) == vt100::Color::Rgb(0x11, 0x15, 0x1c)
    });
    stage.type_keys("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62c");
    stage.wait("a light ground", |screen| {
        ground(screen) == vt100::Color::Rgb(0xfb, 0xfa, 0xf6)
    });
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
    let mut fixed = Stage::new(env!("CARGO_BIN_EXE_ctui"), &["--theme", "dark"]);
    fixed.wait_for("Counterfactual training");
    fixed.type_keys("q");
    fixed.end();
    assert!(!fixed.has_sent(b"\x1b]11;?"));
}
