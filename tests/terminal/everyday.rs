//! Everyday use.

use portable_pty::PtySize;

use crate::{
    kills::ctui,
    stage::{Stage, cells},
};

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
    let run = folder.path().join("run");
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    stage.type_keys(":set lambda_div 0.8\r");
    stage.wait_for("λ_div = 0.8 · applied at epoch");
    stage.type_keys(&format!(":save {}\r", run.display()));
    stage.wait_for("goes on with it");
    stage.type_keys(":preset ol\r");
    stage.wait_for("Overlapping");
    stage.type_keys(":data nowhere.csv\r");
    stage.wait_for("nowhere.csv");
    stage.type_keys(":quit\r");
    assert_eq!(stage.end(), 0);
    let recipe = std::fs::read_to_string(run.join("recipe.json")).unwrap();
    assert!(recipe.contains("\"lambda_div\": 0.8"), "{recipe}");
    ctui(&["train", "--json", "--resume", run.to_str().unwrap()]);
    let listed = ctui(&["runs", folder.path().to_str().unwrap()]);
    assert!(listed.contains("100/100"), "{listed}");
}

#[test]
fn samples_are_inspected_one_after_the_other() {
    let mut stage = Stage::dashboard();
    stage.wait_for("finished");
    stage.type_keys("1i");
    stage.wait_for("P(target)");
    let sample = |text: &str| {
        let place = text.find("Inspector row").unwrap();
        text[place..].chars().take(20).collect::<String>()
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
    stage.terminal.resize(size).unwrap();
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

#[test]
fn the_command_that_repeats_is_read_where_the_locale_has_no_umlauts() {
    let folder = tempfile::TempDir::new().unwrap();
    let table = folder.path().join("Größe.csv");
    let rows: String = (0..60)
        .map(|row| format!("{},{},{}\n", row % 17, row % 5, row % 2))
        .collect();
    std::fs::write(&table, format!("a,b,label\n{rows}")).unwrap();
    let binary = env!("CARGO_BIN_EXE_ctui");
    let table = table.to_str().unwrap();
    let mut stage = Stage::new("env", &["LC_ALL=C", binary, "--data", table]);
    stage.wait_for("Counterfactual training");
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
    stage.wait_for("Gr\\303\\266\\303\\237e.csv'");
}
