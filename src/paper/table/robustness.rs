//! Accuracy under attack.

use serde_json::{Map, Value, json};

use super::Report;
use crate::{
    evaluation::{
        bootstrap::{mean, standard_deviation},
        robustness::EPSILONS,
    },
    paper::{
        chart::Chart,
        figure::{self, Panel, robustness},
        grid::{Grid, number},
        measured::{Measured, Results},
        plan::Plan,
    },
    training::{Objective, Preset},
};

/// The objectives in the order of the columns.
const ARMS: [Objective; 4] = [
    Objective::Vanilla,
    Objective::Full,
    Objective::Adversarial,
    Objective::Energy,
];

/// Accuracy per arm, mean over the seeds, against the strength of both attacks.
pub(super) fn report(plan: &Plan, results: &Results) -> Report {
    let mut header = vec!["data", "attack", "ε"];
    header.extend(ARMS.iter().flat_map(|arm| [arm.abbreviation(), "± seeds"]));
    let mut report = Report {
        rows: json!([]),
        grid: Grid::new(&header),
        chart: None,
        figure: None,
    };
    let mut panels = Vec::new();
    let mut rows = Vec::new();
    let mut charts = String::new();
    for preset in &plan.presets {
        for (attack, accuracies) in ATTACKS {
            let curves = ARMS.map(|arm| Curve::new(preset, arm, results, accuracies));
            if curves.iter().any(|curve| curve.means.is_empty()) {
                continue;
            }
            for position in 0..EPSILONS.len() {
                rows.push(json_row(preset.id, attack, position, &curves));
                report
                    .grid
                    .rows
                    .push(text_row(preset.id, attack, position, &curves));
            }
            panels.push(panel(preset.id, attack, &curves));
            charts += &chart(&format!("{} under {attack}", preset.id), &curves);
        }
    }
    report.rows = json!(rows);
    report.chart = Some(charts);
    report.figure = (!panels.is_empty()).then(|| robustness(&panels, &EPSILONS.map(f64::from)));
    report
}

/// Accuracies of one model per ε.
type Accuracies = fn(&Measured) -> &Vec<f32>;

const ATTACKS: [(&str, Accuracies); 2] = [("fgsm", |m| &m.fgsm), ("pgd", |m| &m.pgd)];

/// One arm's accuracies per ε: means over the seeds, and their standard errors.
struct Curve {
    means: Vec<f64>,
    seed_se: Vec<f64>,
}

impl Curve {
    fn new(preset: &Preset, arm: Objective, results: &Results, accuracies: Accuracies) -> Self {
        let measured = results.of(preset, arm, false);
        let seeds: Vec<&Vec<f32>> = measured.iter().map(|m| accuracies(m)).collect();
        let at = |position: usize| -> Vec<f64> {
            let values = seeds.iter().filter_map(|curve| curve.get(position));
            values.map(|&value| f64::from(value)).collect()
        };
        let positions = if seeds.is_empty() { 0 } else { EPSILONS.len() };
        let error = |values: &[f64]| standard_deviation(values) / (values.len() as f64).sqrt();
        Self {
            means: (0..positions).map(|p| mean(&at(p))).collect(),
            seed_se: (0..positions).map(|p| error(&at(p))).collect(),
        }
    }
}

/// The same for a figure.
fn panel(dataset: &str, attack: &str, curves: &[Curve; 4]) -> Panel {
    let curves = ARMS.iter().zip(curves).map(|(arm, curve)| figure::Curve {
        name: arm.abbreviation(),
        means: curve.means.clone(),
        errors: curve.seed_se.clone(),
    });
    Panel {
        dataset: dataset.to_owned(),
        attack: attack.to_owned(),
        curves: curves.collect(),
    }
}

fn json_row(dataset: &str, attack: &str, position: usize, curves: &[Curve; 4]) -> Value {
    let mut row = Map::new();
    row.insert("dataset".into(), json!(dataset));
    row.insert("attack".into(), json!(attack));
    row.insert("epsilon".into(), json!(EPSILONS[position]));
    for (arm, curve) in ARMS.iter().zip(curves) {
        let cell = json!({"accuracy": curve.means[position], "seed_se": curve.seed_se[position]});
        row.insert(arm.abbreviation().to_lowercase(), cell);
    }
    Value::Object(row)
}

fn text_row(dataset: &str, attack: &str, position: usize, curves: &[Curve; 4]) -> Vec<String> {
    let mut row = vec![
        dataset.to_owned(),
        attack.to_owned(),
        EPSILONS[position].to_string(),
    ];
    for curve in curves {
        row.extend([curve.means[position], curve.seed_se[position]].map(number));
    }
    row
}

fn chart(title: &str, curves: &[Curve; 4]) -> String {
    let x = EPSILONS.map(f64::from);
    let mut chart = Chart::new(title, "ε", &x);
    for (arm, curve) in ARMS.iter().zip(curves) {
        chart.add(arm.abbreviation(), &curve.means);
    }
    chart.draw()
}
