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
        figure::{Image, attribution},
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
        figure: figure(plan, results),
    }
}

/// The sensitivities to pixels, of both arms, mean over the seeds; `None` without images.
fn figure(plan: &Plan, results: &Results) -> Option<String> {
    let images: Vec<Image> = plan
        .presets
        .iter()
        .flat_map(|preset| images(preset, results))
        .collect();
    (!images.is_empty()).then(|| attribution(&images))
}

fn images(preset: &Preset, results: &Results) -> Vec<Image> {
    let mut finished = results.finished.iter();
    let finished = finished.find(|finished| finished.preset.id == preset.id);
    let Some((shape, finished)) = finished.and_then(|f| Some((f.shape?, f))) else {
        return Vec::new();
    };
    let mut protected: Vec<usize> = finished.protected.iter().map(|p| p / shape.1).collect();
    protected.dedup();
    let image = |name: &str, measured: Vec<&Measured>| {
        let pixel = |pixel: usize| {
            let values = measured.iter().filter_map(|m| m.features.get(pixel));
            values.sum::<f64>() / measured.len() as f64
        };
        Image {
            title: format!("{} {name}", preset.id),
            shape,
            values: (0..shape.0 * shape.1).map(pixel).collect(),
            protected: protected.clone(),
        }
    };
    vec![
        image("CT", results.of(preset, Objective::Full, true)),
        image("BL", results.baseline(preset)),
    ]
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
