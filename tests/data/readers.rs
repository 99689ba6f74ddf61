//! Everything that is read of others: examples, and hundreds of damaged copies of each, through the readers
//! of `fuzz/`, in little memory and time.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use ctui::random::{Purpose, stream};
use rand::{Rng, RngExt};

#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

/// Damaged copies of each example, unless `CTUI_COPIES` says otherwise.
const COPIES: usize = 300;
/// Longest time that one input may take, on a slow machine and without optimisation.
const LONGEST: Duration = Duration::from_secs(5);
/// Memory that everything together may take, in units of 1024 bytes, the program's own code and stacks
/// included.
#[cfg(target_os = "linux")]
const MEMORY: usize = 1 << 20;
/// Most faults of a reader that are told.
const FEW: usize = 3;
/// A number that is too large for anything.
const HUGE: &[u8] = b"99999999999999999999";

fn copies() -> usize {
    let wanted = std::env::var("CTUI_COPIES").ok();
    wanted.and_then(|text| text.parse().ok()).unwrap_or(COPIES)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// Names and contents of the examples of a reader, in the order of their names.
fn examples(reader: &str) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder().join("corpus").join(reader)).unwrap();
    let mut examples: Vec<_> = entries
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    examples.sort();
    examples
}

/// A copy of `bytes` to which up to four things have happened.
fn damaged(bytes: &[u8], other: &[u8], random: &mut impl Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..random.random_range(1..5) {
        let at = random.random_range(0..bytes.len().max(1)).min(bytes.len());
        let end = (at + random.random_range(1..30)).min(bytes.len());
        match random.random_range(0..8) {
            0 if end > at => bytes[at] = random.random_range(0..=255),
            1 if end > at => bytes[at] ^= 1 << random.random_range(0..8),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let part = bytes[at..end].repeat(random.random_range(1..40));
                bytes.splice(at..at, part);
            }
            5 => {
                let from = random.random_range(0..other.len().max(1)).min(other.len());
                let to = (from + random.random_range(1..60)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            6 => drop(bytes.splice(at..end, [random.random_range(0..=255); 4])),
            _ => {
                let digits: Vec<usize> = (0..bytes.len())
                    .filter(|&at| bytes[at].is_ascii_digit())
                    .collect();
                if !digits.is_empty() {
                    let digit = digits[random.random_range(0..digits.len())];
                    bytes.splice(digit..=digit, HUGE.iter().copied());
                }
            }
        }
    }
    bytes
}

/// What a reader does with an input that it must not do.
fn fault(reader: &str, bytes: &[u8]) -> Option<String> {
    let start = Instant::now();
    let outcome = catch_unwind(|| fuzz::read(reader, bytes));
    let fault = match outcome {
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
            text.unwrap_or_default()
        }
        Ok(()) if start.elapsed() > LONGEST => format!("takes {:?}", start.elapsed()),
        Ok(()) => return None,
    };
    Some(format!("{fault}\nwith {}", bytes.escape_ascii()))
}

/// The faults of the first few inputs of each reader that have one; what was tried is `told`.
fn faults(told: &mut Vec<String>) -> Vec<String> {
    let mut found = Vec::new();
    for (place, (name, _)) in (0..).zip(fuzz::READERS) {
        let examples = examples(name);
        let random = &mut stream(1, Purpose::Evaluation, place);
        let (mut faults, start) = (Vec::new(), Instant::now());
        for (file, bytes) in &examples {
            faults.extend(fault(name, bytes).map(|fault| format!("{name}/{file}: {fault}")));
            for copy in 0..copies() {
                let (_, other) = &examples[random.random_range(0..examples.len())];
                let bytes = damaged(bytes, other, random);
                let fault = fault(name, &bytes);
                faults.extend(fault.map(|fault| format!("{name}/{file}, copy {copy}: {fault}")));
            }
        }
        let tried = examples.len() * (1 + copies());
        told.push(format!(
            "{name}: {tried} inputs in {:.1} s",
            start.elapsed().as_secs_f64()
        ));
        faults.truncate(FEW);
        found.extend(faults);
    }
    found
}

/// Every reader of the table has a target, a row in the manifest, and examples that it takes.
#[test]
fn every_reader_is_fuzzed() {
    let manifest = fs::read_to_string(folder().join("Cargo.toml")).unwrap();
    for (name, _) in fuzz::READERS {
        assert!(
            manifest.contains(&format!("name = \"{name}\"\npath = \"targets/{name}.rs\"")),
            "{name}"
        );
        let target = fs::read_to_string(folder().join(format!("targets/{name}.rs"))).unwrap();
        assert!(target.contains("ctui_fuzz::read"), "{name}");
        assert!(examples(name).len() > 1, "{name}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), fuzz::READERS.len());
}

/// The test below, in a process of its own that gets only so much memory.
#[test]
#[cfg(target_os = "linux")]
fn damaged_input_is_refused_or_sound_in_little_memory() {
    let limited = format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"");
    let mut tests = Command::new("sh");
    tests
        .args(["-c", &limited])
        .arg(std::env::current_exe().unwrap());
    tests.args([
        "--exact",
        "readers::damaged_input_is_refused_or_sound",
        "--ignored",
        "--nocapture",
    ]);
    let output = tests.env("RAYON_NUM_THREADS", "2").output().unwrap();
    let said = [output.stdout, output.stderr]
        .map(|text| String::from_utf8_lossy(&text).into_owned())
        .concat();
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
    println!("{said}");
}

#[test]
#[cfg_attr(target_os = "linux", ignore = "the test above runs it")]
fn damaged_input_is_refused_or_sound() {
    let mut told = Vec::new();
    let faults = faults(&mut told);
    println!("{}", told.join("\n"));
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
