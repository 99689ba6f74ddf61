//! Sweeps, as users run them.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use assert_cmd::cargo::cargo_bin_cmd;
use tempfile::TempDir;

const GRID: &str = r#"
[base]
preset = "moon"
samples = 300
counterfactuals = 50
epochs = 4
seeds = "1..2"
measure = ["accuracy", "ip"]
rounds = 1
individuals = 20

[[grid]]
lambda_div = [0.1, 0.5]
generator = ["eccco", "generic"]

[objective]
minimise = "ip"
"#;

struct Sweep {
    folder: TempDir,
}

impl Sweep {
    fn new(grid: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("grid.toml"), grid).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exit code, and what was printed to both streams.
    fn run(&self, out: &str, options: &[&str]) -> (i32, String) {
        let mut command = cargo_bin_cmd!("ctui");
        command.args(["sweep"]).arg(self.path("grid.toml"));
        command.arg("--out").arg(self.path(out)).args(options);
        outcome(command.output().unwrap())
    }

    fn collected(&self, out: &str) -> String {
        let mut command = cargo_bin_cmd!("ctui");
        command.args(["sweep", "collect"]).arg(self.path(out));
        assert_eq!(outcome(command.output().unwrap()).0, 0);
        fs::read_to_string(self.path(out).join("results.jsonl")).unwrap()
    }
}

fn outcome(output: std::process::Output) -> (i32, String) {
    let texts = [output.stdout, output.stderr].concat();
    let code = output.status.code().unwrap();
    (code, String::from_utf8(texts).unwrap())
}

fn cells(folder: &Path) -> usize {
    let groups = fs::read_dir(folder.join("cells")).unwrap();
    let finished = groups.flat_map(|group| fs::read_dir(group.unwrap().path()).unwrap());
    finished
        .filter(|cell| cell.as_ref().unwrap().path().join("cell.json").exists())
        .count()
}

#[test]
fn finished_cells_are_not_run_again_and_added_values_are() {
    let sweep = Sweep::new(GRID);
    let (code, text) = sweep.run("out", &["--jobs", "2"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("8 cells run, 0 finished before"), "{text}");
    let first = sweep.collected("out");
    assert_eq!(first.lines().count(), 8);
    let more = GRID.replace("[0.1, 0.5]", "[0.1, 0.5, 1]");
    fs::write(sweep.path("grid.toml"), more).unwrap();
    let (_, text) = sweep.run("out", &[]);
    assert!(text.contains("4 cells run, 8 finished before"), "{text}");
    assert!(
        sweep
            .collected("out")
            .starts_with(first.lines().next().unwrap())
    );
}

#[test]
fn shares_make_up_the_whole() {
    let sweep = Sweep::new(GRID);
    assert_eq!(sweep.run("whole", &["--jobs", "1"]).0, 0);
    for shard in ["0/3", "1/3", "2/3"] {
        assert_eq!(sweep.run("parts", &["--shard", shard]).0, 0);
    }
    assert_eq!(sweep.collected("whole"), sweep.collected("parts"));
    let (code, text) = sweep.run("parts", &["--shard", "3/3"]);
    assert!(code == 2 && text.contains("0/4"), "{text}");
}

#[test]
fn a_launchers_task_runs_its_share() {
    let sweep = Sweep::new(GRID);
    let mut command = cargo_bin_cmd!("ctui");
    command.arg("sweep").arg(sweep.path("grid.toml"));
    command.arg("--out").arg(sweep.path("out"));
    command.envs([("SLURM_PROCID", "1"), ("SLURM_NTASKS", "4")]);
    let (_, text) = outcome(command.output().unwrap());
    assert!(text.contains("2 cells run"), "{text}");
}

#[test]
fn a_killed_sweep_goes_on_where_it_was() {
    let sweep = Sweep::new(&GRID.replace("epochs = 4", "epochs = 200"));
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("ctui"))
        .arg("sweep")
        .arg(sweep.path("grid.toml"))
        .args(["--jobs", "1", "--out"])
        .arg(sweep.path("out"))
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begun = || sweep.path("out").join("cells").exists() && cells(&sweep.path("out")) > 0;
    (0..2000)
        .take_while(|_| !begun())
        .for_each(|_| thread::sleep(Duration::from_millis(5)));
    child.kill().unwrap();
    child.wait().unwrap();
    let done = cells(&sweep.path("out"));
    let (code, text) = sweep.run("out", &[]);
    assert!(
        code == 0 && text.contains(&format!("{done} finished before")),
        "{text}"
    );
    assert_eq!(sweep.run("other", &[]).0, 0);
    assert_eq!(sweep.collected("out"), sweep.collected("other"));
}

#[test]
fn a_race_spends_seeds_on_the_better_half() {
    let sweep = Sweep::new(&format!("{GRID}\n[race]\nkeep = 0.5\n"));
    let (code, text) = sweep.run("out", &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("stage 1: 4 combinations, 1 seeds"), "{text}");
    assert!(text.contains("stage 2: 2 combinations, 2 seeds"), "{text}");
    assert_eq!(cells(&sweep.path("out")), 6);
}

#[test]
fn every_cell_is_checked_before_the_first_runs() {
    let sweep = Sweep::new(&GRID.replace("[0.1, 0.5]", "[0.1, 99]"));
    let (code, text) = sweep.run("out", &[]);
    assert!(code == 2 && text.contains("lambda_div"), "{text}");
    assert!(!sweep.path("out").join("cells").exists());
    let (code, text) = Sweep::new(&GRID.replace("moon", "mon")).run("out", &["--dry-run"]);
    assert!(code == 2 && text.contains("did you mean"), "{text}");
}

#[test]
fn grids_are_there_by_name() {
    for (name, count) in [
        ("generator-params", 135),
        ("penalties", 45),
        ("training-params", 8),
        ("tuning", 9),
        ("draft", 180),
        ("regimes", 60),
    ] {
        let mut command = cargo_bin_cmd!("ctui");
        command.args(["sweep", name, "--dry-run", "--set", "epochs=1"]);
        command.args(["--set", "samples=100", "--set", "counterfactuals=5"]);
        let overriding = name == "training-params";
        let (code, text) = outcome(command.output().unwrap());
        let expected = if overriding { 2 } else { count };
        assert!(
            code == 0 && text.contains(&format!("{expected} cells")),
            "{name}: {text}"
        );
    }
}

#[test]
fn results_are_shown_with_errors_over_seeds() {
    let sweep = Sweep::new(GRID);
    sweep.run("out", &[]);
    let mut command = cargo_bin_cmd!("ctui");
    command
        .args(["sweep", "show", "--once"])
        .arg(sweep.path("out"));
    command.arg("--svg").arg(sweep.path("map.svg"));
    let (code, text) = outcome(command.output().unwrap());
    assert_eq!(code, 0, "{text}");
    for part in [
        "8 cells, 4 combinations",
        "±",
        "Main effects on ip",
        "generator",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let svg = fs::read_to_string(sweep.path("map.svg")).unwrap();
    assert!(svg.contains("<title>ip over") && svg.ends_with("</svg>\n"));
}

#[test]
fn damaged_results_are_told_of_in_a_line_and_left_out() {
    let sweep = Sweep::new(GRID);
    sweep.run("out", &[]);
    let out = sweep.path("out");
    let mut results = Vec::new();
    for group in fs::read_dir(out.join("cells")).unwrap() {
        let group = group.unwrap().path();
        results.extend(
            fs::read_dir(group)
                .unwrap()
                .map(|cell| cell.unwrap().path()),
        );
    }
    results.sort();
    fs::write(results[0].join("cell.json"), "{\"address\": \u{1b}[2J").unwrap();
    fs::write(results[1].join("cell.json"), vec![b' '; 2 << 20]).unwrap();
    let hostile = fs::read_to_string(results[2].join("cell.json")).unwrap();
    let hostile = hostile.replace("\"moon\"", "\"\\u001b]0;x\\u0007\"");
    let hostile = hostile.replace("lambda_div", "\\u001b[2Jdiv");
    fs::write(results[2].join("cell.json"), hostile).unwrap();
    let mut command = cargo_bin_cmd!("ctui");
    command.args(["sweep", "show", "--once"]).arg(&out);
    let (code, text) = outcome(command.output().unwrap());
    assert_eq!(code, 0, "{text}");
    assert_eq!(text.matches("left out: ").count(), 2, "{text}");
    assert!(text.contains("6 cells, "), "{text}");
    assert!(text.contains("\\u{1b}[2Jdiv"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
    let mut command = cargo_bin_cmd!("ctui");
    command.args(["sweep", "collect"]).arg(&out);
    let (code, text) = outcome(command.output().unwrap());
    assert!(code != 0 && text.contains("cell.json"), "{text}");
}

#[test]
fn a_heat_map_is_of_any_two_parameters() {
    let sweep = Sweep::new(GRID);
    sweep.run("out", &[]);
    let shown = |heat: &str| {
        let mut command = cargo_bin_cmd!("ctui");
        command.args([
            "sweep", "show", "--once", "--by", "accuracy", "--heat", heat,
        ]);
        outcome(command.arg(sweep.path("out")).output().unwrap())
    };
    let (code, text) = shown("generator,lambda_div");
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("Mean accuracy over generator and lambda_div"),
        "{text}"
    );
    let (code, text) = shown("generator,preset");
    assert!(
        code == 2 && text.contains("`preset` does not vary"),
        "{text}"
    );
    let (code, text) = shown("generator");
    assert!(code == 2 && text.contains("two parameters"), "{text}");
}

#[test]
fn a_script_that_was_edited_is_not_written_over() {
    let sweep = Sweep::new(GRID);
    let submit = |more: &[&str]| {
        let mut command = cargo_bin_cmd!("ctui");
        command.args(["sweep", "submit", "--script-only", "--tasks", "2"]);
        command.arg(sweep.path("grid.toml")).args(["--out"]);
        outcome(command.arg(sweep.path("out")).args(more).output().unwrap())
    };
    let script = sweep.path("out/submit.sh");
    assert_eq!(submit(&[]).0, 0);
    let written = fs::read_to_string(&script).unwrap();
    assert_eq!(submit(&[]).0, 0);
    fs::write(&script, written.clone() + "# mine\n").unwrap();
    let (code, text) = submit(&[]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("submit.sh: it is there already"), "{text}");
    assert!(fs::read_to_string(&script).unwrap().ends_with("# mine\n"));
    assert_eq!(submit(&["--force"]).0, 0);
    assert_eq!(fs::read_to_string(&script).unwrap(), written);
}
