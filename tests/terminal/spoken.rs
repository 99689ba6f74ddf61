//! The dashboard for those who listen, in a terminal: it takes nothing over and overwrites nothing.

use crate::stage::Stage;

fn room() -> Stage {
    Stage::new(
        env!("CARGO_BIN_EXE_ctui"),
        &[
            "--screen-reader",
            "--set",
            "samples=400",
            "--set",
            "counterfactuals=50",
        ],
    )
}

/// What the program has sent; the terminal itself repeats what is typed, and ends lines with two
/// characters.
fn assert_plain(stage: &Stage) {
    let sent = stage.sent.lock().unwrap();
    let text = String::from_utf8_lossy(&sent).replace("\r\n", "\n");
    assert!(
        !text.replace('\n', "").contains(char::is_control),
        "{text:?}"
    );
}

#[test]
fn lines_are_answered_with_lines() {
    let mut stage = room();
    stage.wait_for("help: type help and Enter for what can be typed");
    stage.type_keys("pause\r");
    stage.wait_for("training: paused at epoch");
    stage.type_keys("set lambda_div 2\r");
    stage.wait_for("done: λ_div = 2; from the next epoch");
    stage.type_keys("n\r");
    stage.wait_for("λ_div of CT changed from 0.5 to 2");
    stage.type_keys("wiat\r");
    stage.wait_for("not understood: there is no command `wiat` (did you mean `wait`?)");
    stage.type_keys("run\rwait 100000\r");
    stage.wait_for("wait: until epoch 100000");
    stage.type_keys("quit\r");
    stage.wait_for("wait: ended; running");
    stage.wait_for("refused: 1 change is not saved");
    stage.type_keys("quit\r");
    assert_eq!(stage.end(), 0);
    stage.wait_for("CT accuracy");
    assert_plain(&stage);
}

#[test]
fn interrupts_and_hangups_end_it_without_a_trace() {
    let mut stage = room();
    stage.wait_for("help: type help");
    stage.type_keys("\x03");
    assert_eq!(stage.end(), 130);
    let sent = stage.sent.lock().unwrap().clone();
    assert!(!sent.contains(&0x1b), "{}", String::from_utf8_lossy(&sent));

    let stage = room();
    stage.wait_for("help: type help");
    stage.signal("-TERM");
    let mut stage = stage;
    assert_eq!(stage.end(), 143);
    assert_plain(&stage);
}
