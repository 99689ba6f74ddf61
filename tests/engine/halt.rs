//! The end in the middle of an epoch.

#![allow(clippy::unwrap_used)]

use std::{
    thread,
    time::{Duration, Instant},
};

use ctui::{
    data::{Family, Source},
    halt::Halt,
    recipe::{Controls, Recipe},
    session::{Command, Lockstep, Session, SessionError, Status},
    training::HyperParameters,
};

fn recipe(parameters: HyperParameters) -> Recipe {
    Recipe::pair(
        Source::Synthetic {
            family: Family::Moon,
            classes: None,
        },
        Controls::new(parameters),
    )
}

/// Epochs of half a minute and more.
fn endless() -> Recipe {
    recipe(HyperParameters {
        samples: 20_000,
        counterfactuals: 20_000,
        max_steps: 1000,
        decision_threshold: 0.999,
        hidden_units: 512,
        ..HyperParameters::default()
    })
}

#[test]
fn an_interrupted_epoch_counts_as_not_trained() {
    let small = recipe(HyperParameters {
        samples: 300,
        ..HyperParameters::default()
    });
    let mut straight = Lockstep::new(small.clone()).unwrap();
    let mut halted = Lockstep::new(small).unwrap();
    let halt = Halt::default();
    halted.heed(&halt);
    for epoch in 0..3 {
        straight.train_epoch().unwrap();
        halt.request();
        assert!(matches!(halted.train_epoch(), Err(SessionError::Halted)));
        assert_eq!(halted.epoch(), epoch);
        assert!(halt.take());
        halted.train_epoch().unwrap();
        assert_eq!(straight.models(), halted.models());
    }
}

#[test]
fn a_session_ends_and_begins_anew_in_the_middle_of_an_epoch() {
    let session = Session::spawn(endless()).unwrap();
    session.send(Command::Run);
    thread::sleep(Duration::from_millis(500));
    let start = Instant::now();
    let small = HyperParameters {
        samples: 100,
        epochs: 1,
        ..HyperParameters::default()
    };
    session.send(Command::Restart(Box::new(recipe(small))));
    let finished = || {
        let newest = session.snapshots().recv_timeout(Duration::from_secs(20));
        newest.unwrap().status == Status::Finished
    };
    while !finished() {}
    session.send(Command::Restart(Box::new(endless())));
    thread::sleep(Duration::from_millis(500));
    drop(session);
    assert!(start.elapsed() < Duration::from_secs(15));
}
