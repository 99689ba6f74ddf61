//! Ways of the inspected sample to another class, and letters about it.

use std::fs;

use super::*;
use crate::{
    dashboard::action::Panel,
    recourse::{FEW, Target, Wish},
    session::{SampleWays, WaysView},
};

fn says(stage: &mut Stage<'_>, text: &str) {
    let screen = stage.screen();
    assert!(screen.contains(text), "{text}: {screen}");
}

/// Publishes what was asked for, at `epoch`.
fn answer(stage: &mut Stage<'_>, epoch: usize) {
    let app = stage.dashboard.app().clone();
    stage.publish(fixture::with_ways(&app, epoch));
}

fn paused(stage: &mut Stage<'_>) {
    let app = stage.dashboard.app().clone();
    let mut found = fixture::with_ways(&app, 57);
    found.status = Status::Paused;
    stage.publish(found);
}

#[test]
fn ways_are_searched_by_the_worker_and_listed() {
    with_dashboard(140, 40, |stage| {
        let view = look(&command(stage, "ways 2")).clone();
        let row = view.selected.unwrap();
        let asked = |ways, most| WaysView {
            row,
            target: Target::Class(1),
            wish: Wish { ways, most },
        };
        assert_eq!(view.ways, Some(asked(2, Some(FEW))));
        assert_eq!(stage.dashboard.app().arrangement.focus, Panel::Inspector);
        says(stage, "searching …");
        answer(stage, 57);
        says(
            stage,
            "BL: 2 of the 3 ways found to lower that change at most 3 columns",
        );
        says(stage, "1. x2 ");
        says(stage, "(−0.7500): 97 % sure");
        says(
            stage,
            "CT: 1 way to lower that changes at most 3 columns; no other was found",
        );
        answer(stage, 60);
        assert!(!stage.screen().contains("(at epoch"));
        let mut old = fixture::with_ways(&stage.dashboard.app().clone(), 61);
        let ways = SampleWays::clone(&old.ways);
        old.ways = Arc::new(SampleWays { epoch: 58, ..ways });
        stage.publish(old);
        says(stage, "3 columns; no other was found (at epoch 58)");

        let view = look(&command(stage, "max-changed 1")).clone();
        assert_eq!(view.ways, Some(asked(2, Some(1))));
        says(stage, "searching ways …");
        let view = look(&command(stage, "max-changed none")).clone();
        assert_eq!(view.ways, Some(asked(2, None)));
        answer(stage, 57);
        says(stage, "BL: 2 of the 3 ways found to lower");
        assert!(!stage.screen().contains("columns"));

        assert_eq!(look(&command(stage, "ways none")).ways, None);
        says(stage, "constraints");
        assert!(!stage.screen().contains("ways found"));
        assert_eq!(command(stage, "max-changed 2"), []);
        says(stage, "ways change at most 2 columns; :ways 3 lists some");
    });
}

#[test]
fn ways_are_not_searched_while_nobody_looks() {
    with_dashboard(120, 40, |stage| {
        assert!(look(&command(stage, "ways 2")).ways.is_some());
        assert_eq!(look(&stage.press("9")).ways, None);
        assert!(look(&stage.press("8")).ways.is_some());
        assert_eq!(look(&stage.press("esc")).ways, None);
    });
}

#[test]
fn the_target_is_named() {
    with_dashboard(120, 40, |stage| {
        command(stage, "inspect row=0");
        let view = look(&command(stage, "target opposite")).clone();
        assert_eq!(view.target, Some(Target::Opposite));
        let view = look(&command(stage, "target upper")).clone();
        assert_eq!(view.target, Some(Target::Class(0)));
        let ways = look(&command(stage, "ways 1")).ways.unwrap();
        assert_eq!(ways.target, Target::Class(0));
        assert_eq!(command(stage, "target uper"), []);
        says(stage, "there is no class uper (did you mean `upper`?)");
        says(stage, "there are upper, lower, or opposite");
        answer(stage, 57);
        assert_eq!(look(&stage.press("v")).target, Some(Target::Class(1)));
    });
}

#[test]
fn the_opposite_is_another_class_for_every_arm() {
    with_dashboard(140, 40, |stage| {
        command(stage, "inspect row=0");
        command(stage, "target opposite");
        let mut found = fixture::images();
        for (arm, opposite) in found.arms.iter_mut().zip([1, 2]) {
            let mut searches = arm.trajectories.as_ref().clone();
            searches.opposite = Some(opposite);
            arm.trajectories = Arc::new(searches);
        }
        stage.publish(found);
        says(stage, "rows → diagonal");
        says(stage, "BL colu… CT diag… BL diag… CT colu…");
    });
}

#[test]
fn counts_are_numbers_or_none() {
    with_dashboard(120, 40, |stage| {
        for wrong in ["ways x", "ways -1", "ways 1001", "max-changed 2.5"] {
            assert_eq!(command(stage, wrong), []);
            says(stage, "is no whole number from 0 to 1000, nor none");
            stage.press("esc");
        }
        stage.press(": t a r g e t space tab");
        says(stage, "opposite");
        stage.press("esc");
        stage.press(": w a y s space");
        says(stage, "so many ways at most");
    });
}

#[test]
fn long_lists_are_scrolled() {
    with_dashboard(80, 24, |stage| {
        command(stage, "ways 30");
        let mut many = fixture::with_ways(&stage.dashboard.app().clone(), 57);
        let mut ways = many.ways.as_ref().clone();
        for arm in &mut ways.arms {
            let first = arm.ways.advice[0].clone();
            arm.ways.advice = vec![first; 30];
        }
        many.ways = Arc::new(ways);
        stage.publish(many);
        says(stage, "BL: ");
        says(stage, "more");
        stage.press("end");
        says(stage, "30. x1");
        assert!(!stage.screen().contains("BL: "), "{}", stage.screen());
        stage.press("home");
        says(stage, "BL: ");
    });
}

#[test]
fn why_there_are_no_ways_is_said() {
    with_dashboard(140, 40, |stage| {
        stage.publish(fixture::images());
        command(stage, "ways 2");
        says(
            stage,
            "pixels are no advice: ways are for data with columns",
        );
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        let mut rested = fixture::images();
        rested.status = Status::Paused;
        stage.publish(rested);
        command(stage, &format!("letter {}", path.display()));
        says(stage, "pixels make no letter");
    });
    with_dashboard(140, 40, |stage| {
        command(stage, "ways 2");
        let mut none = fixture::with_ways(&stage.dashboard.app().clone(), 0);
        none.ways = Arc::default();
        stage.publish(none);
        says(stage, "ways are searched once an epoch is trained");
    });
}

#[test]
fn a_letter_tells_what_the_inspector_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.html");
    let line = format!("letter {}", path.display());
    with_dashboard(140, 40, |stage| {
        command(stage, &line);
        says(stage, "inspect a sample first");
        command(stage, "inspect row=4");
        answer(stage, 57);
        command(stage, &line);
        says(stage, "pause first");
        paused(stage);
        command(stage, "lock x1");
        command(stage, &line);
        says(stage, "the letter is in");
        let page = fs::read_to_string(&path).unwrap();
        for text in [
            "About row 4 of the test samples of Moons, counted from 0.",
            "By the model BL after 57 epochs of training",
            "By the model CT after 57 epochs of training",
            "in the training samples that got this decision",
            "What was not allowed to change",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }

        command(stage, "ways 2");
        command(stage, &line);
        says(stage, "still searching");
        paused(stage);
        command(stage, &line);
        let page = fs::read_to_string(&path).unwrap();
        assert!(page.contains("Way 2 to “lower”"), "{page}");

        let other = folder.path().join("other.html");
        fs::write(&other, "mine").unwrap();
        let line = format!("letter {}", other.display());
        command(stage, &line);
        says(stage, "is there already");
        assert_eq!(fs::read_to_string(&other).unwrap(), "mine");
        command(stage, &line);
        assert!(fs::read_to_string(&other).unwrap().starts_with("<!DOCTYPE"));
    });
}
