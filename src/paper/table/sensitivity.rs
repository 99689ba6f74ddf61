//! Sensitivity to the protected feature.

use serde::Serialize;
use serde_json::json;

use super::Report;
use crate::{
    evaluation::{
        attribution::Spread,
        published::{Published, PublishedSensitivity},
    },
    paper::{
        grid::{Grid, NONE, percent},
        measured::{Measured, Results},
        plan::Plan,
    },
    training::{Objective, Preset},
};

/// Sensitivity of both arms on one data set.
#[derive(Clone, Debug, Serialize)]
struct Row {
    dataset: &'static str,
    seeds: usize,
    ct: Option<Spread>,
    bl: Option<Spread>,
    published_ct: Option<PublishedSensitivity>,
    published_bl: Option<PublishedSensitivity>,
}

/// Medians and 95 % intervals over the rounds of all seeds.
pub(super) fn report(plan: &Plan, results: &Results) -> Report {
    let rows: Vec<Row> = plan
        .presets
        .iter()
        .filter_map(|p| row(p, results))
        .collect();
    let mut grid = Grid::new(&[
        "data", "CT", "95 %", "BL", "95 %", "paper CT", "95 %", "BL", "95 %",
    ]);
    for row in &rows {
        let mut cells = vec![row.dataset.to_owned()];
        for spread in [row.ct, row.bl] {
            let interval = spread.map(|s| [s.lower, s.upper]);
            cells.extend(pair(spread.map(|s| s.median), interval));
        }
        for published in [row.published_ct, row.published_bl] {
            let interval = published.and_then(|p| p.interval);
            cells.extend(pair(published.map(|p| p.median), interval));
        }
        grid.rows.push(cells);
    }
    Report {
        rows: json!(rows),
        grid,
        chart: None,
    }
}

fn row(preset: &Preset, results: &Results) -> Option<Row> {
    let baseline = results.baseline(preset);
    if baseline.is_empty() {
        return None;
    }
    let arm = results.of(preset, Objective::Full, true);
    let spread = |measured: &[&Measured]| {
        let seeds = measured.iter().map(|m| m.sensitivity.as_slice());
        Spread::of(&seeds.collect::<Vec<_>>().concat())
    };
    let published = Published::find(preset.id);
    Some(Row {
        dataset: preset.id,
        seeds: baseline.len(),
        ct: spread(&arm),
        bl: spread(&baseline),
        published_ct: published.map(|p| p.sensitivity_ct),
        published_bl: published.map(|p| p.sensitivity_bl),
    })
}

/// Cells of a median and its interval.
fn pair(median: Option<f64>, interval: Option<[f64; 2]>) -> [String; 2] {
    [
        median.map_or(NONE.to_owned(), percent),
        interval.map_or(NONE.to_owned(), |[lower, upper]| {
            format!("[{}, {}]", percent(lower), percent(upper))
        }),
    ]
}
