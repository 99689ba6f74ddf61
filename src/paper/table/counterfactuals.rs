//! Tables of counterfactuals: plausibility, cost and validity.

use serde::Serialize;
use serde_json::json;

use super::Report;
use crate::{
    evaluation::{
        bootstrap::mean,
        comparison::Comparison,
        published::{Published, PublishedComparison, PublishedValidity},
        rounds::Round,
    },
    paper::{
        grid::{Grid, number, percent},
        measured::{Measured, Results},
        plan::Plan,
    },
    training::{Objective, Preset},
};

/// CT, or a part of it, against the baseline on one data set.
#[derive(Clone, Debug, Serialize)]
struct Row {
    dataset: &'static str,
    objective: &'static str,
    arm: &'static str,
    seeds: usize,
    ip: Comparison,
    ip_star: Comparison,
    cost: Comparison,
    validity: Validity,
}

/// Mean shares of valid counterfactuals.
#[derive(Clone, Copy, Debug, Serialize)]
struct Validity {
    ct: f64,
    bl: f64,
    ct_protected: f64,
    bl_protected: f64,
    published: Option<PublishedValidity>,
}

/// Plausibility and cost of CT against BL.
pub(super) fn main(plan: &Plan, results: &Results) -> Report {
    let rows = rows(plan, results, &[Objective::Full]);
    let mut grid = comparison_grid();
    for row in &rows {
        add_comparisons(&mut grid, row, row.dataset);
        add_validities(&mut grid, row);
    }
    report(&rows, grid)
}

/// CT, CD and AR against BL.
pub(super) fn ablation(plan: &Plan, results: &Results) -> Report {
    let objectives = [Objective::Full, Objective::Energy, Objective::Adversarial];
    let rows = rows(plan, results, &objectives);
    let mut grid = comparison_grid();
    for row in &rows {
        add_comparisons(&mut grid, row, &format!("{} {}", row.dataset, row.arm));
    }
    report(&rows, grid)
}

/// Shares of valid counterfactuals.
pub(super) fn validity(plan: &Plan, results: &Results) -> Report {
    let rows = rows(plan, results, &[Objective::Full]);
    let mut grid = Grid::new(&[
        "data",
        "CT",
        "BL",
        "CT protected",
        "BL protected",
        "paper CT",
        "BL",
        "CT protected",
        "BL protected",
    ]);
    for row in &rows {
        let v = &row.validity;
        let ours = [v.ct, v.bl, v.ct_protected, v.bl_protected];
        let theirs = v.published.map_or([f64::NAN; 4], |p| {
            [p.ct, p.bl, p.ct_protected, p.bl_protected]
        });
        let cells = ours.into_iter().chain(theirs).map(percent);
        grid.rows
            .push([row.dataset.to_owned()].into_iter().chain(cells).collect());
    }
    report(&rows, grid)
}

fn report(rows: &[Row], grid: Grid) -> Report {
    Report {
        rows: json!(rows),
        grid,
        chart: None,
        figure: None,
    }
}

fn rows(plan: &Plan, results: &Results, objectives: &[Objective]) -> Vec<Row> {
    plan.presets
        .iter()
        .flat_map(|&preset| objectives.iter().map(move |&objective| (preset, objective)))
        .filter_map(|(preset, objective)| row(preset, objective, results))
        .collect()
}

/// `None` if nothing of the data set is finished.
fn row(preset: &Preset, objective: Objective, results: &Results) -> Option<Row> {
    let baseline = results.baseline(preset);
    if baseline.is_empty() {
        return None;
    }
    let free = results.of(preset, objective, false);
    let protected = results.of(preset, objective, true);
    let published = Published::find(preset.id).filter(|_| objective == Objective::Full);
    let compare_free = |measure, published| {
        let arm = per_seed(&free, |m| &m.free, measure);
        let baseline = per_seed(&baseline, |m| &m.free, measure);
        Comparison::new(&arm, &baseline, published)
    };
    let cost = |measured: &[&Measured]| per_seed(measured, |m| &m.protected, |r| r.cost);
    let valid = |measured: &[&Measured], rounds| {
        let values = per_seed(measured, rounds, |r| r.validity);
        mean(&values.concat())
    };
    Some(Row {
        dataset: preset.id,
        objective: objective.name(),
        arm: objective.abbreviation(),
        seeds: baseline.len(),
        ip: compare_free(|r| r.ip, published.map(|p| p.ip)),
        ip_star: compare_free(|r| r.ip_star, published.map(|p| p.ip_star)),
        cost: Comparison::new(
            &cost(&protected),
            &cost(&baseline),
            published.map(|p| p.cost),
        ),
        validity: Validity {
            ct: valid(&free, |m| &m.free),
            bl: valid(&baseline, |m| &m.free),
            ct_protected: valid(&protected, |m| &m.protected),
            bl_protected: valid(&baseline, |m| &m.protected),
            published: published.map(|p| p.validity),
        },
    })
}

/// One measure's rounds, seed by seed.
fn per_seed(
    measured: &[&Measured],
    rounds: fn(&Measured) -> &Vec<Round>,
    measure: fn(&Round) -> f64,
) -> Vec<Vec<f64>> {
    let values = |m: &&Measured| rounds(m).iter().map(measure).collect();
    measured.iter().map(values).collect()
}

fn comparison_grid() -> Grid {
    Grid::new(&[
        "data",
        "measure",
        "CT",
        "BL",
        "−%",
        "± rounds",
        "",
        "± seeds",
        "",
        "paper CT",
        "BL",
        "−%",
        "±",
        "",
    ])
}

fn add_comparisons(grid: &mut Grid, row: &Row, name: &str) {
    let measures = [("IP", &row.ip), ("IP*", &row.ip_star), ("cost", &row.cost)];
    for (measure, found) in measures {
        let mut cells = vec![name.to_owned(), measure.to_owned()];
        cells.extend([found.ct, found.bl].map(number));
        cells.extend([found.reduction, found.rounds_sd].map(percent));
        cells.push(star(found.significant));
        cells.push(percent(found.seed_se));
        cells.push(star(found.significant_across_seeds == Some(true)));
        cells.extend(published_cells(found.published));
        grid.rows.push(cells);
    }
}

fn published_cells(published: Option<PublishedComparison>) -> Vec<String> {
    let Some(published) = published else {
        return vec![String::new(); 5];
    };
    let numbers = [
        published.ct,
        published.bl,
        published.reduction,
        published.se,
    ];
    let cells = numbers.map(percent).into_iter();
    cells.chain([star(published.significant)]).collect()
}

fn add_validities(grid: &mut Grid, row: &Row) {
    let v = &row.validity;
    let published = v.published;
    let measures = [
        ("validity", v.ct, v.bl, published.map(|p| [p.ct, p.bl])),
        (
            "validity, protected",
            v.ct_protected,
            v.bl_protected,
            published.map(|p| [p.ct_protected, p.bl_protected]),
        ),
    ];
    for (measure, ct, bl, published) in measures {
        let mut cells = vec![String::new(); grid.header.len()];
        cells[0] = row.dataset.to_owned();
        cells[1] = measure.to_owned();
        (cells[2], cells[3]) = (percent(ct), percent(bl));
        if let Some(published) = published {
            [cells[9], cells[10]] = published.map(percent);
        }
        grid.rows.push(cells);
    }
}

fn star(significant: bool) -> String {
    (if significant { "*" } else { "" }).to_owned()
}
