//! What the inspected person would have to do, in a sentence per arm.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    dashboard::{state::App, widgets::wrapped},
    data::{Feature, Kind, Samples, image},
    session::{Example, Snapshot},
    text::printable,
};

/// Most changes that a sentence names.
const CHANGES: usize = 3;
/// Samples from which the units of a feature are judged.
const JUDGED: usize = 200;
/// Least change of a pixel's brightness that is seen, of a range of 2.
const NOTICEABLE: f32 = 0.1;
/// Parts of a feature's range that a change is rounded to.
const PARTS: f64 = 100.0;

/// Draws the sentences of both arms, as far as they leave `needed` lines; what remains below.
pub(super) fn render(
    app: &App,
    snapshot: &Snapshot,
    examples: [&Example; 2],
    needed: u16,
    area: Rect,
    buffer: &mut Buffer,
) -> Rect {
    let arms = app.compared(snapshot);
    let shown = if arms[0] == arms[1] { 1 } else { 2 };
    let mut lines = Vec::new();
    for (example, arm) in examples.into_iter().zip(arms).take(shown) {
        let mut text = format!(
            "{}: {}",
            snapshot.arms[arm].name,
            sentence(snapshot, example)
        );
        if app.theme.ascii() {
            text = text.replace('→', ">").replace('−', "-");
        }
        for line in wrapped(&text, area.width) {
            lines.push(Line::from(Span::styled(line, app.theme.arm(arm))));
        }
    }
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    if height.saturating_add(needed) > area.height {
        return area;
    }
    for (line, row) in lines.into_iter().zip(area.rows()) {
        line.render(row, buffer);
    }
    Rect {
        y: area.y + height,
        height: area.height - height,
        ..area
    }
}

/// What has to change, what that leads to, and how usual that is.
pub(super) fn sentence(snapshot: &Snapshot, example: &Example) -> String {
    let trajectory = &example.trajectory;
    let outcome = trajectory.outcome;
    let class = snapshot.dataset.shown_class(trajectory.target);
    let sure = format!("{:.0} %", 100.0 * outcome.probability);
    if outcome.mature && outcome.steps == 0 {
        return format!("nothing has to change: {class} already, {sure} sure");
    }
    let mut changes = match image::shape(&snapshot.dataset.features) {
        Some(_) => pixels(example),
        None => changes(snapshot, example),
    };
    let more = changes.len().saturating_sub(CHANGES);
    changes.truncate(CHANGES);
    let mut text = match changes.as_slice() {
        [] => "hardly anything".to_owned(),
        changes => changes.join(", "),
    };
    if more > 0 {
        text += &format!(" and {more} more");
    }
    if let Some(reason) = outcome.exhaustion {
        return format!(
            "no advice; {text} gives only {sure} {class} ({})",
            reason.name()
        );
    }
    let unlike = example.unlike.map(|share| (10.0 * share).round());
    match unlike {
        Some(tenths) => format!("{text} → {class}, {sure} sure; unlike {tenths} of 10 {class}"),
        None => format!("{text} → {class}, {sure} sure"),
    }
}

/// How many pixels of an image change noticeably.
fn pixels(example: &Example) -> Vec<String> {
    let points = &example.trajectory.points;
    let Some(last) = points.nrows().checked_sub(1) else {
        return Vec::new();
    };
    let pairs = points.row(0).into_iter().zip(points.row(last));
    let changed = pairs
        .filter(|(from, to)| (*to - *from).abs() > NOTICEABLE)
        .count();
    match changed {
        0 => Vec::new(),
        _ => vec![format!("{changed} of {} pixels", points.ncols())],
    }
}

/// What changes, the largest changes first.
fn changes(snapshot: &Snapshot, example: &Example) -> Vec<String> {
    let points = &example.trajectory.points;
    let Some(last) = points.nrows().checked_sub(1) else {
        return Vec::new();
    };
    let (from, to) = (points.row(0), points.row(last));
    let features = &snapshot.dataset.features;
    let mut changes: Vec<(f32, String)> = Vec::new();
    for (index, feature) in features.iter().enumerate() {
        let size = (to[index] - from[index]).abs();
        let text = match &feature.kind {
            Kind::Category { group, category } if to[index] > 0.5 && from[index] <= 0.5 => {
                Some(format!("{} {}", printable(group), printable(category)))
            }
            Kind::Category { .. } => None,
            Kind::Numeric | Kind::Pixel => {
                let step = step(feature, index, &snapshot.dataset.train);
                numeric(feature, [from[index], to[index]], step)
            }
        };
        changes.extend(text.map(|text| (size, text)));
    }
    changes.sort_by(|one, other| other.0.total_cmp(&one.0));
    changes.into_iter().map(|(_, text)| text).collect()
}

/// The change of a number, in steps of its file's units; none if it rounds to nothing.
fn numeric(feature: &Feature, [from, to]: [f32; 2], step: f64) -> Option<String> {
    let change = feature.scale.to_file(to) - feature.scale.to_file(from);
    let rounded = (change / step).round() * step;
    if !rounded.is_finite() || rounded == 0.0 {
        return None;
    }
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    let unit = match feature.shown_unit().as_ref() {
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    let sign = if rounded > 0.0 { '+' } else { '−' };
    let number = grouped(rounded.abs(), decimals);
    Some(format!("{} {sign}{number}{unit}", feature.shown_name()))
}

/// What changes of a feature are rounded to: 1, 2 or 5 of a decimal unit, about a hundredth of its
/// range; at least 1 if its values are whole.
fn step(feature: &Feature, index: usize, samples: &Samples) -> f64 {
    let column = samples.x.column(index);
    let values = column.iter().take(JUDGED);
    let values: Vec<f64> = values.map(|&value| feature.scale.to_file(value)).collect();
    let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let wanted = (highest - lowest) / PARTS;
    if !(wanted.is_finite() && wanted > 0.0) {
        return 0.01;
    }
    let decimal = 10_f64.powf(wanted.log10().floor());
    let nice = [1.0, 2.0, 5.0].map(|digit| digit * decimal);
    let step = nice.into_iter().rfind(|nice| *nice <= wanted * 1.001);
    let step = step.unwrap_or(decimal);
    let near_whole = |value: &f64| (value - value.round()).abs() < 1e-3 * value.abs().max(1.0);
    match values.iter().all(near_whole) && highest - lowest >= 2.0 {
        true => step.max(1.0),
        false => step,
    }
}

/// A number with commas between thousands.
fn grouped(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Scale;
    use ndarray::Array2;

    #[test]
    fn numbers_are_rounded_to_what_people_say() {
        let scale = Scale::linear(20_000.0, 3_000.0);
        let debt = Feature {
            scale,
            unit: "€".to_owned(),
            ..Feature::numeric("debt")
        };
        let samples = Samples {
            x: Array2::from_shape_fn((100, 1), |(row, _)| (row as f32 - 50.0) / 15.0),
            y: vec![0; 100],
        };
        let step = step(&debt, 0, &samples);
        assert_eq!(step, 100.0);
        let change = |to: f32| numeric(&debt, [0.0, to], step);
        assert_eq!(change(-4.107), Some("debt −12,300 €".to_owned()));
        assert_eq!(change(0.001), None);
        assert_eq!(grouped(1_234_567.0, 0), "1,234,567");
        assert_eq!(grouped(0.25, 2), "0.25");
    }

    #[test]
    fn whole_numbers_stay_whole() {
        let years = Feature::numeric("years");
        let samples = Samples {
            x: Array2::from_shape_fn((60, 1), |(row, _)| row as f32),
            y: vec![0; 60],
        };
        let step = step(&years, 0, &samples);
        assert_eq!(step, 1.0);
        assert_eq!(
            numeric(&years, [3.0, 5.4], step),
            Some("years +2".to_owned())
        );
    }
}
