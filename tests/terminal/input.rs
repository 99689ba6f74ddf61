//! Keys and pastes, however they arrive.

use std::{thread, time::Duration};

use crate::stage::Stage;

#[test]
fn an_escape_sequence_cut_in_transit_is_one_key() {
    let mut stage = Stage::dashboard();
    stage.wait_for("λ_div          0.5");
    stage.type_keys("\x1b");
    thread::sleep(Duration::from_millis(10));
    stage.type_keys("[");
    thread::sleep(Duration::from_millis(60));
    stage.type_keys("C");
    stage.wait_for("λ_div = 0.55 · applied at epoch");
    stage.type_keys("\x1bq");
    stage.wait_for("Alt-Q does nothing here");
    stage.type_keys("qq");
    assert_eq!(stage.end(), 0);
}

#[test]
fn a_burst_of_keys_loses_and_delays_nothing() {
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    let mut burst = String::from(":");
    for _ in 0..6 {
        burst += &format!("{}{}", "x".repeat(400), "\x7f".repeat(400));
    }
    burst += "set lambda_div 0.8\r";
    assert!(burst.len() > 4096);
    stage.type_keys(&burst);
    stage.wait_for("λ_div = 0.8 · applied at epoch");
    stage.type_keys("qq");
    assert_eq!(stage.end(), 0);
}

#[test]
fn pasted_text_is_never_taken_for_keys() {
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    stage.type_keys("\x1b[200~qqq\x1b[201~");
    stage.wait_for("pasted text is ignored here");
    stage.type_keys(":\x1b[200~:set lambda_div 0.8\r:set lambda_adv 0.7\r\x1b[201~");
    stage.wait_for("λ_div          0.8");
    stage.wait_for("λ_adv          0.7");
    stage.type_keys(":\x1b[200~:set nothing 1\nq!\n\x1b[201~");
    stage.wait_for("1 more pasted line");
    stage.type_keys(":q!\r");
    assert_eq!(stage.end(), 0);
    assert!(stage.has_sent(b"\x1b[?2004h") && stage.has_sent(b"\x1b[?2004l"));
}

#[test]
fn digits_focus_and_unknown_keys_say_so() {
    let mut stage = Stage::dashboard();
    stage.wait_for("Counterfactual training");
    stage.type_keys("222");
    stage.type_keys("\x1b[18~");
    stage.wait_for("F7 does nothing here · ? lists all keys");
    assert!(stage.text().contains("Losses"), "{}", stage.text());
    stage.type_keys("Z");
    stage.wait_for("Losses is hidden · 2 shows it again");
    stage.type_keys("q");
    assert_eq!(stage.end(), 0);
}
