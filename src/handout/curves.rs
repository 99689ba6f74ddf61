//! Which curves a page has.

use super::{
    chart::{Chart, Line},
    style,
};
use crate::{
    evaluation::told::value,
    plot::Extent,
    session::{ArmSnapshot, Robustness, Snapshot},
    training::{EpochReport, TERMS},
};

/// Dashes by which the arms are told apart without colours.
const DASHES: [&str; 4] = ["", "7 3", "2 3", "9 3 2 3"];
/// An attack: its name, its dashes, and the accuracies under it.
type Attack = (&'static str, &'static str, fn(&Robustness) -> &[f32]);
const ATTACKS: [Attack; 2] = [
    ("FGSM", "", |robustness| &robustness.fgsm),
    ("PGD", "5 4", |robustness| &robustness.pgd),
];

/// All charts that there is anything for.
pub(super) fn charts(snapshot: &Snapshot) -> Vec<Chart> {
    if snapshot.newest_epoch == 0 {
        return Vec::new();
    }
    let losses = (0..snapshot.arms.len()).map(|arm| losses(snapshot, arm));
    let others = [searches(snapshot), robustness(snapshot)];
    losses.chain(others.into_iter().flatten()).collect()
}

/// Epochs that are planned, or more once these are exceeded.
fn epochs(snapshot: &Snapshot) -> Extent {
    let reached = snapshot.recipe.epochs().max(snapshot.newest_epoch);
    Extent::new(0.0, reached.max(1) as f64)
}

fn changes(snapshot: &Snapshot, arm: usize) -> Vec<f64> {
    let changes = snapshot.recipe.arms[arm].changes.iter();
    changes.map(|change| change.epoch as f64).collect()
}

/// The terms of an arm's loss over epochs.
fn losses(snapshot: &Snapshot, arm: usize) -> Chart {
    let state = &snapshot.arms[arm];
    let lines: Vec<Line> = (state.objective.shown_terms().enumerate())
        .map(|(place, index)| {
            let (name, _, term) = TERMS[index];
            Line {
                name: match index {
                    0 => "total, weighted".into(),
                    _ => name.into(),
                },
                paint: style::term(index),
                dashes: DASHES[place % DASHES.len()],
                points: snapshot.curve(arm, |report| f64::from(term(&report.loss))),
            }
        })
        .collect();
    let ends: Vec<String> = lines.iter().filter_map(ends).collect();
    let values = lines.iter().flat_map(|line| &line.points);
    Chart {
        title: format!("Loss of {} over epochs", state.name),
        text: sentence("Unweighted terms", &ends),
        x: epochs(snapshot),
        y: Extent::robust(values.map(|point| point.1)),
        x_name: "epoch",
        unit: "",
        marks: changes(snapshot, arm),
        lines,
    }
}

/// From where to where a line goes, in words.
fn ends(line: &Line) -> Option<String> {
    let mut finite = line.points.iter().filter(|point| point.1.is_finite());
    let first = finite.next()?.1;
    let last = finite.next_back().map_or(first, |point| point.1);
    Some(format!(
        "{} from {} to {}",
        line.name,
        value(first),
        value(last)
    ))
}

fn sentence(what: &str, parts: &[String]) -> String {
    match parts {
        [] => format!("{what}: nothing is known."),
        parts => format!("{what}: {}.", parts.join("; ")),
    }
}

/// Which share of the searches in training matured, and which also gave a nascent counterfactual, of all
/// arms that search.
fn searches(snapshot: &Snapshot) -> Option<Chart> {
    let share = |count: fn(&EpochReport) -> usize| {
        move |report: &EpochReport| {
            100.0 * count(report) as f64 / (report.mature + report.exhausted) as f64
        }
    };
    let mut lines = Vec::new();
    for (arm, state) in snapshot.arms.iter().enumerate() {
        let line = |what: &str, dashes, count| Line {
            name: format!("{} {what}", state.name),
            paint: style::arm(arm),
            dashes,
            points: snapshot.curve(arm, share(count)),
        };
        let both = [
            line("mature", "", |report| report.mature),
            line("nascent", "5 4", |report| report.nascent),
        ];
        let searched = both[0].points.iter().any(|point| point.1.is_finite());
        lines.extend(both.into_iter().filter(|_| searched));
    }
    let ends: Vec<String> = lines.iter().filter_map(ends).collect();
    (!lines.is_empty()).then(|| Chart {
        title: "Searches of training that mature, and that give nascent counterfactuals".into(),
        text: sentence("Percent of the searches", &ends),
        x: epochs(snapshot),
        y: Extent::new(0.0, 100.0),
        x_name: "epoch",
        unit: " %",
        lines,
        marks: Vec::new(),
    })
}

/// Accuracy under attack.
fn robustness(snapshot: &Snapshot) -> Option<Chart> {
    let mut lines = Vec::new();
    let mut parts = Vec::new();
    for (arm, state) in snapshot.arms.iter().enumerate() {
        for (name, dashes, accuracies) in ATTACKS {
            let points = under(state, accuracies);
            parts.extend(points.last().map(|(size, percent)| {
                let whole = points[0].1;
                format!(
                    "{} under {name}: {whole:.0} % without attack, {percent:.0} % at {size}",
                    state.name
                )
            }));
            lines.push(Line {
                name: format!("{} {name}", state.name),
                paint: style::arm(arm),
                dashes,
                points,
            });
        }
    }
    let epsilon = |state: &ArmSnapshot| state.robustness.epsilons.last().copied();
    let largest = snapshot.arms.iter().find_map(epsilon)?;
    Some(Chart {
        title: "Accuracy under attack".into(),
        text: sentence("Test accuracy", &parts),
        x: Extent::new(0.0, tidy(largest)),
        y: percents(&lines),
        x_name: "size ε of the attack",
        unit: " %",
        lines,
        marks: Vec::new(),
    })
}

/// Percentages on an axis that begins at a round one below all lines.
fn percents(lines: &[Line]) -> Extent {
    let values = lines.iter().flat_map(|line| &line.points);
    let least = values.map(|point| point.1).fold(100.0, f64::min);
    let floor = [80.0, 50.0].into_iter().find(|floor| *floor < least);
    Extent::new(floor.unwrap_or(0.0), 100.0)
}

/// An arm's accuracies in percent over the sizes of an attack.
fn under(state: &ArmSnapshot, accuracies: fn(&Robustness) -> &[f32]) -> Vec<(f64, f64)> {
    let robustness = &state.robustness;
    let pairs = robustness.epsilons.iter().zip(accuracies(robustness));
    pairs
        .map(|(&size, &accuracy)| (tidy(size), 100.0 * f64::from(accuracy)))
        .collect()
}

/// A size as it was meant, without the digits that single precision adds.
fn tidy(size: f32) -> f64 {
    size.to_string().parse().unwrap_or(f64::from(size))
}
