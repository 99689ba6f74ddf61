//! Pictures as true pixels on a pretended terminal.

use std::sync::Arc;

use ratatui::{
    buffer::{Buffer, CellDiffOption},
    layout::Rect,
};

use super::{
    fixture,
    stage::{Stage, command, with_dashboard},
};
use crate::{
    dashboard::{export, view},
    session::Snapshot,
};

/// Placeholder of kitty's protocol.
const PLACEHOLDER: char = '\u{10EEEE}';

/// A dashboard that inspects an image on the whole screen.
fn with_images(script: impl FnOnce(&mut Stage<'_>)) {
    with_dashboard(120, 40, |stage| {
        stage.publish(fixture::images());
        stage.press("1 i 8 z");
        script(stage);
    });
}

/// What is drawn, skipped cells included.
fn buffer(stage: &Stage<'_>) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    view::draw(stage.dashboard.app(), buffer.area, &mut buffer);
    buffer
}

/// Cells that carry `escape`.
fn carriers(stage: &Stage<'_>, escape: &str) -> Vec<String> {
    let buffer = buffer(stage);
    let symbols = buffer.content().iter().map(|cell| cell.symbol());
    symbols
        .filter(|symbol| symbol.contains(escape))
        .map(String::from)
        .collect()
}

/// Lets all pictures be encoded.
fn settle(stage: &mut Stage<'_>) {
    while stage.dashboard.app().pictures.wakes_at().is_some() {
        stage.turn();
    }
}

/// The images, with every counterfactual a little darker.
fn darker(by: f32) -> Snapshot {
    let mut images = fixture::images();
    for arm in &mut images.arms {
        let trajectories = Arc::make_mut(&mut arm.trajectories);
        for example in &mut trajectories.selected {
            example.trajectory.points.mapv_inplace(|pixel| pixel - by);
        }
    }
    images
}

#[test]
fn nobody_asks_for_pixels_and_none_are_sent() {
    with_images(|stage| {
        settle(stage);
        assert_eq!(carriers(stage, "\x1b"), Vec::<String>::new());
        assert!(stage.screen().contains('▀'));
    });
}

#[test]
fn each_protocol_fills_the_area_of_half_blocks() {
    for (setting, escape) in [
        ("kitty", "\x1b_G"),
        ("sixel", "\x1bP"),
        ("iterm2", "\x1b]1337;File="),
    ] {
        with_images(|stage| {
            let plain = buffer(stage);
            let half = |buffer: &Buffer, x, y| buffer[(x, y)].symbol() == "▀";
            command(stage, &format!("pictures {setting}"));
            settle(stage);
            let pixels = buffer(stage);
            assert_eq!(carriers(stage, escape).len(), 5, "{setting}");
            for (x, y) in Rect::new(0, 0, 120, 38).positions().map(Into::into) {
                let skipped = pixels[(x, y)].diff_option != CellDiffOption::None;
                assert_eq!(half(&plain, x, y), skipped, "{setting}: {x}, {y}");
                assert!(!half(&pixels, x, y));
            }
            command(stage, "pictures half-blocks");
            settle(stage);
            let again = buffer(stage);
            let rows = |buffer: &Buffer| buffer.content()[..120 * 38].to_vec();
            assert!(rows(&again) == rows(&plain), "{setting}");
        });
    }
}

#[test]
fn pictures_are_encoded_when_they_change_and_four_times_a_second_at_most() {
    with_images(|stage| {
        command(stage, "pictures kitty");
        settle(stage);
        let first = carriers(stage, "\x1b_G");
        settle(stage);
        assert_eq!(carriers(stage, "\x1b_G"), first, "nothing has changed");
        let (mut seen, mut changes) = (first.clone(), 0);
        for epoch in 1..=50_u8 {
            stage.publish(darker(f32::from(epoch) / 100.0));
            let now = carriers(stage, "\x1b_G");
            assert_eq!(now[0], first[0], "the factual is as it was");
            changes += usize::from(now[1] != seen[1]);
            seen = now;
        }
        assert!(
            (4..=9).contains(&changes),
            "{changes} changes in two seconds"
        );
    });
}

#[test]
fn what_lies_over_a_picture_leaves_no_holes() {
    with_images(|stage| {
        command(stage, "pictures sixel");
        settle(stage);
        let before = carriers(stage, "\x1bP");
        stage.press("?");
        assert_eq!(carriers(stage, "\x1bP"), Vec::<String>::new());
        let skips = |cell: &ratatui::buffer::Cell| cell.diff_option != CellDiffOption::None;
        assert!(!buffer(stage).content().iter().any(skips));
        stage.press("esc");
        assert_eq!(carriers(stage, "\x1bP"), before);
    });
}

#[test]
fn kept_pictures_are_of_characters() {
    with_images(|stage| {
        command(stage, "pictures kitty");
        settle(stage);
        assert!(stage.screen().contains(PLACEHOLDER));
        let frame = export::frame(stage.dashboard.app());
        let text = export::text(&frame);
        assert!(text.contains('▀') && !text.contains('\x1b') && !text.contains(PLACEHOLDER));
    });
}

#[test]
fn pixels_go_with_the_panel() {
    with_images(|stage| {
        command(stage, "pictures kitty");
        settle(stage);
        stage.press("z 1 z");
        settle(stage);
        assert_eq!(carriers(stage, "\x1b_G"), Vec::<String>::new());
        assert!(!stage.screen().contains(PLACEHOLDER));
    });
}
