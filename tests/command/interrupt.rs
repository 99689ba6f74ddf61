//! Ctrl-C in `ctui paper`: what is finished is printed, and nothing else is lost.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// Seeds that are asked for: many more than are finished at the first line of progress.
const SEEDS: u64 = 40;

#[test]
fn ctrl_c_prints_the_seeds_that_are_finished() {
    let seeds = format!("1..{SEEDS}");
    let mut paper = Command::new(env!("CARGO_BIN_EXE_ctui"))
        .args(["paper", "--table", "validity", "--datasets", "ls", "--json"])
        .args(["--epochs", "5", "--rounds", "10", "--seeds", &seeds])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut errors = BufReader::new(paper.stderr.take().unwrap());
    let mut line = String::new();
    errors.read_line(&mut line).unwrap();
    assert!(line.contains("% after"), "{line}");
    kill_process(Pid::from_child(&paper), Signal::INT).unwrap();

    let mut said = String::new();
    errors.read_to_string(&mut said).unwrap();
    let output = paper.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("interrupted"), "{said}");
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["interrupted"], true);
    let finished = document["rows"][0]["seeds"].as_u64().unwrap();
    assert!((1..SEEDS).contains(&finished), "{finished}");
    assert!(document["rows"][0]["validity"]["ct"].is_number());
}
