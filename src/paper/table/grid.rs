//! Generator and penalty of the training against the penalty of the evaluation.

use serde::Serialize;
use serde_json::json;

use super::Report;
use crate::{
    evaluation::{
        bootstrap::mean,
        comparison::Comparison,
        rounds::{Measure, Round},
    },
    paper::{
        grid::{Grid, NONE, number, percent},
        measured::{Measured, Results},
        plan::Plan,
        task::Task,
    },
    training::{Objective, Preset},
};

/// A model trained one way and evaluated with one weight, against the baseline evaluated so.
#[derive(Clone, Debug, Serialize)]
struct Row {
    dataset: &'static str,
    generator: &'static str,
    /// Weight of the penalty in training; none for generators without one.
    lambda_energy_training: Option<f64>,
    lambda_energy_evaluation: f32,
    ip: Comparison,
    ip_star: Comparison,
    cost: Comparison,
    validity: Validity,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Validity {
    ct: f64,
    bl: f64,
}

/// All cells of the grid.
pub(super) fn report(plan: &Plan, results: &Results) -> Report {
    let mut grid = Grid::new(&[
        "data",
        "generator",
        "λ trained",
        "λ evaluated",
        "IP −%",
        "± rounds",
        "IP* −%",
        "± rounds",
        "cost −%",
        "± rounds",
        "validity",
        "BL",
    ]);
    let presets = plan.presets.iter();
    let rows: Vec<Row> = presets.flat_map(|p| rows(plan, p, results)).collect();
    grid.rows.extend(rows.iter().map(cells));
    Report {
        rows: json!(rows),
        grid,
        chart: None,
        figure: None,
    }
}

fn rows(plan: &Plan, preset: &Preset, results: &Results) -> Vec<Row> {
    let baseline = results.baseline(preset);
    if baseline.is_empty() {
        return Vec::new();
    }
    let tasks = plan.table.tasks().iter();
    let trained = tasks.filter(|task| task.objective != Objective::Vanilla);
    let weights = || plan.lambda_egy.iter().copied().enumerate();
    trained
        .flat_map(|task| weights().map(move |weight| (task, weight)))
        .filter_map(|(task, weight)| {
            row(
                preset,
                task,
                weight,
                &results.of_task(preset, task),
                &baseline,
            )
        })
        .collect()
}

fn row(
    preset: &Preset,
    task: &Task,
    (position, weight): (usize, f32),
    arm: &[&Measured],
    baseline: &[&Measured],
) -> Option<Row> {
    let (generator, trained) = task.search?;
    let rounds = |measured: &[&Measured], measure: Measure| -> Vec<Vec<f64>> {
        let at = |m: &&Measured| -> Vec<Round> {
            m.by_weight.get(position).cloned().unwrap_or_default()
        };
        measured.iter().map(|m| measure.values(&at(m))).collect()
    };
    let compare =
        |measure| Comparison::new(&rounds(arm, measure), &rounds(baseline, measure), None);
    let valid = |measured| mean(&rounds(measured, Measure::Validity).concat());
    Some(Row {
        dataset: preset.id,
        generator: generator.name(),
        lambda_energy_training: (trained > 0.0).then_some(trained),
        lambda_energy_evaluation: weight,
        ip: compare(Measure::Ip),
        ip_star: compare(Measure::IpStar),
        cost: compare(Measure::Cost),
        validity: Validity {
            ct: valid(arm),
            bl: valid(baseline),
        },
    })
}

fn cells(row: &Row) -> Vec<String> {
    let trained = row.lambda_energy_training;
    let mut cells = vec![
        row.dataset.to_owned(),
        row.generator.to_owned(),
        trained.map_or(NONE.to_owned(), number),
        number(f64::from(row.lambda_energy_evaluation)),
    ];
    for found in [&row.ip, &row.ip_star, &row.cost] {
        cells.extend([found.reduction, found.rounds_sd].map(percent));
    }
    cells.extend([row.validity.ct, row.validity.bl].map(percent));
    cells
}
