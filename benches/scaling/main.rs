//! What an epoch of counterfactual training costs against samples, features, classes, hidden units
//! and threads, and how much memory it takes: `cargo bench --bench scaling`.
//!
//! One of them grows at a time, the others stay at the [reference](measure::REFERENCE). No search
//! stops early, so that the cost is that of the arithmetic: with `w = d·h + h·k`, in operations,
//! `n_CE · T · 4 w` for the search and `(N + 3 n_CE) · 6 w` for the updates; at the reference 1.0 and
//! 0.4 Gflop. They read the points, `4 d (N + 3 n_CE)` bytes, twice.
//!
//! `cargo bench --bench scaling -- --into=docs` also writes the figures to `docs/scaling.csv` and
//! draws them to `docs/scaling.svg`.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod chart;
#[path = "../common/mod.rs"]
mod common;
mod measure;

use std::{env, fmt::Write, fs, path::Path};

use chart::{Panel, Series};
use measure::{Axis, Figure};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|word| word == measure::CHILD) {
        return measure::print_memory(&arguments[at + 1..]);
    }
    if !common::wanted("scaling") {
        return;
    }
    let axes: Vec<(Axis, Vec<Figure>)> = Axis::ALL
        .into_iter()
        .map(|axis| (axis, measure::along(axis)))
        .collect();
    let table = table(&axes);
    print!("{table}");
    let mut folders = arguments.iter();
    if let Some(folder) = folders.find_map(|word| word.strip_prefix("--into=")) {
        let folder = Path::new(folder);
        fs::write(folder.join("scaling.csv"), &table).unwrap();
        fs::write(folder.join("scaling.svg"), chart::svg(&panels(&axes))).unwrap();
    }
}

/// All figures as CSV. A slope is that of the line from the figure before, both axes logarithmic.
fn table(axes: &[(Axis, Vec<Figure>)]) -> String {
    let mut text = "axis,value,milliseconds,slope,megabytes\n".to_owned();
    for (axis, figures) in axes {
        for (place, figure) in figures.iter().enumerate() {
            let slope = place.checked_sub(1).map(|before| {
                let before = &figures[before];
                (figure.seconds / before.seconds).ln()
                    / (figure.value as f64 / before.value as f64).ln()
            });
            let slope = slope.map(|slope| format!("{slope:.2}")).unwrap_or_default();
            let memory = figure.megabytes.map(|memory| format!("{memory:.1}"));
            writeln!(
                text,
                "{},{},{:.3},{slope},{}",
                axis.name(),
                figure.value,
                1e3 * figure.seconds,
                memory.unwrap_or_default()
            )
            .unwrap();
        }
    }
    text
}

/// One picture per axis for the time, and one for the memory.
fn panels(axes: &[(Axis, Vec<Figure>)]) -> Vec<Panel> {
    let series = |axis: Axis, figures: &[Figure], value: fn(&Figure) -> Option<f64>| Series {
        name: axis.name(),
        points: figures
            .iter()
            .filter_map(|figure| Some((figure.value as f64, value(figure)?)))
            .collect(),
    };
    let times = axes.iter().map(|(axis, figures)| Panel {
        title: axis.title(),
        units: ["ms", "s"],
        series: vec![series(*axis, figures, |figure| Some(1e3 * figure.seconds))],
    });
    let memory = axes.iter().filter(|(axis, _)| axis.has_memory());
    let memory = Panel {
        title: "peak memory",
        units: ["MB", "GB"],
        series: memory
            .map(|(axis, figures)| series(*axis, figures, |figure| figure.megabytes))
            .collect(),
    };
    times.chain([memory]).collect()
}
