//! True pixels.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::stage::Stage;

/// Whether the dashboard sent `escape` within `limit` seconds to a terminal of this type while it inspected
/// an image.
fn pixels_are_sent(terminal: &str, cell: (u16, u16), escape: &str, limit: u64) -> bool {
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
    let seen = |stage: &Stage| stage.has_sent(escape.as_bytes());
    while !seen(&stage) && start.elapsed() < Duration::from_secs(limit) {
        thread::sleep(Duration::from_millis(20));
    }
    let found = seen(&stage);
    stage.type_keys("\x1bqq");
    stage.end();
    found
}

#[test]
fn images_are_pixels_on_the_terminals_that_show_them() {
    assert!(pixels_are_sent("xterm-kitty", (10, 20), "\x1b_G", 60));
    assert!(pixels_are_sent("foot", (10, 20), "\x1bP", 60));
    for (terminal, cell) in [("xterm-256color", (10, 20)), ("xterm-kitty", (0, 0))] {
        assert!(
            !pixels_are_sent(terminal, cell, "\x1b_G", 4),
            "{terminal} {cell:?}"
        );
    }
}
