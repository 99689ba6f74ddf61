//! Recordings that the real binary leaves.

use std::{fs, path::Path};

use portable_pty::PtySize;

use crate::{cast::Cast, stage::Stage};

fn recorded(path: &Path) -> Cast {
    Cast::read(&fs::read_to_string(path).unwrap())
}

/// Waits until the recording at `path` is so.
fn wait(stage: &Stage, path: &Path, what: &str, holds: impl Fn(&Cast) -> bool) {
    stage.wait(what, |_| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.ends_with('\n') && holds(&Cast::read(&text))
    });
}

#[test]
fn a_recording_outlives_the_dashboard_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.cast");
    let mut stage = Stage::dashboard();
    stage.wait_for("epoch 3 ");
    stage.type_keys(&format!(":record {}\r", path.display()));
    stage.wait_for("● recording lecture.cast");
    let size = PtySize {
        rows: 30,
        cols: 100,
        pixel_width: 0,
        pixel_height: 0,
    };
    stage.terminal.resize(size).unwrap();
    wait(&stage, &path, "a resize", |cast| cast.of("r").count() == 1);
    stage.type_keys(":lock x1\r");
    wait(&stage, &path, "a mark", |cast| {
        cast.of("m").any(|mark| mark.contains("x1"))
    });
    stage.signal("-KILL");
    stage.end();
    let cast = recorded(&path);
    assert_eq!(cast.header["term"]["cols"], 120);
    assert_eq!(cast.of("r").collect::<Vec<_>>(), ["100x30"]);
    assert!(
        cast.last().contains("● recording lecture.cast"),
        "{}",
        cast.last()
    );
    assert_eq!(cast.of("x").count(), 0);
    assert!(cast.seconds() > 0.0);
}

#[test]
fn a_recording_has_glyphs_where_the_screen_has_true_pixels() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("images.cast");
    let images = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/sample_data/glyphs-images-idx3-ubyte"
    );
    let program = env!("CARGO_BIN_EXE_ctui");
    let mut stage = Stage::on("xterm-kitty", (10, 20), program, &["--data", images]);
    stage.wait_for("Baseline");
    stage.type_keys("i8z");
    stage.wait_for("factual");
    stage.wait("pixels", |_| stage.has_sent(b"\x1b_G"));
    stage.type_keys(&format!(":record {}\r", path.display()));
    wait(&stage, &path, "the factual", |cast| {
        cast.last().contains("factual")
    });
    stage.type_keys("\x1bqq");
    assert_eq!(stage.end(), 0);
    let cast = recorded(&path);
    assert!(cast.last().contains('▀'), "{}", cast.last());
    assert!(cast.of("o").all(|output| !output.contains("\x1b_G")));
    assert_eq!(cast.of("x").collect::<Vec<_>>(), ["0"]);
}
