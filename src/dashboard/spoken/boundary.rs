//! The boundaries in words: which class a model predicts where on the plane.

use crate::{
    dashboard::state::App,
    plot::Extent,
    session::{ArmSnapshot, Field, Snapshot},
};

/// Places of the horizontal axis that are told of, as shares of it.
const PLACES: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];
/// Columns of a number.
const DIGITS: usize = 8;

/// The plane, and what every arm decides on it.
pub fn lines(app: &App) -> Vec<String> {
    let Some(snapshot) = app.snapshot.as_deref() else {
        return vec!["boundary: data are being prepared".to_owned()];
    };
    let mut lines = vec![plane(snapshot)];
    for arm in &snapshot.arms {
        lines.extend(shares(snapshot, arm));
        lines.extend(columns(snapshot, arm));
        lines.push(examples(arm));
    }
    lines
}

/// Its axes and their ends.
fn plane(snapshot: &Snapshot) -> String {
    let axes = [0, 1].map(|axis| {
        let name = &snapshot.projection.names[axis];
        let window = snapshot.projection.window[axis];
        let [from, to] = [window.lower, window.upper].map(|end| number(snapshot, axis, end));
        format!("{name} from {from} to {to}")
    });
    format!("boundary: the plane is {}, {}", axes[0], axes[1])
}

/// A coordinate in the units of the file, with as many digits as tell it from others.
fn number(snapshot: &Snapshot, axis: usize, at: f32) -> String {
    let window = snapshot.projection.window[axis];
    let [from, to] = (snapshot.projection).ends(axis, &snapshot.dataset.features);
    let share = f64::from((at - window.lower) / (window.upper - window.lower));
    Extent::new(from.min(to), from.max(to)).label(from + share * (to - from), DIGITS)
}

/// How much of the plane each class has.
fn shares(snapshot: &Snapshot, arm: &ArmSnapshot) -> Option<String> {
    let field = &arm.field;
    let cells = field.class.len();
    if cells == 0 {
        return None;
    }
    let classes = 0..snapshot.dataset.classes.len();
    let shares = classes.map(|class| {
        let own = field
            .class
            .iter()
            .filter(|known| usize::from(**known) == class);
        let percent = 100.0 * own.count() as f64 / cells as f64;
        format!("{} {percent:.0} %", snapshot.dataset.shown_class(class))
    });
    let shares: Vec<_> = shares.collect();
    Some(format!(
        "boundary of {} at epoch {}, share of the plane: {}",
        arm.name,
        field.epoch,
        shares.join(", ")
    ))
}

/// At a few places from left to right: the classes from the bottom up, and where one ends.
fn columns(snapshot: &Snapshot, arm: &ArmSnapshot) -> Vec<String> {
    let field = &arm.field;
    let (columns, rows) = field.resolution;
    if columns < 2 || rows < 2 || field.class.len() < columns * rows {
        return Vec::new();
    }
    let [x, y] = snapshot.projection.window;
    let between = |window: crate::data::Interval, share: f64| {
        window.lower + share as f32 * (window.upper - window.lower)
    };
    let told = PLACES.map(|place| {
        let column = ((place * columns as f64) as usize).min(columns - 1);
        let mut text = String::new();
        for (class, from) in runs(field, column) {
            let class = snapshot.dataset.shown_class(usize::from(class));
            if !text.is_empty() {
                let at = between(y, from as f64 / rows as f64);
                text += &format!(", from {} up ", number(snapshot, 1, at));
            }
            text += &class;
        }
        let at = number(snapshot, 0, between(x, place));
        let name = &snapshot.projection.names[0];
        format!("{}, at {name} {at}, from the bottom up: {text}", arm.name)
    });
    told.into()
}

/// The classes of a column from the bottom up, with the row from below where each begins.
fn runs(field: &Field, column: usize) -> Vec<(u16, usize)> {
    let (columns, rows) = field.resolution;
    let mut runs: Vec<(u16, usize)> = Vec::new();
    for from_below in 0..rows {
        let class = field.class[(rows - 1 - from_below) * columns + column];
        if runs.last().is_none_or(|(known, _)| *known != class) {
            runs.push((class, from_below));
        }
    }
    runs
}

/// How the searches end that the dashboard draws.
fn examples(arm: &ArmSnapshot) -> String {
    let examples = &arm.trajectories.examples;
    let mature = examples
        .iter()
        .filter(|example| example.trajectory.outcome.mature);
    let (mature, all) = (mature.count(), examples.len());
    format!(
        "example searches of {}: {mature} of {all} arrive in their target class",
        arm.name
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_told_from_the_bottom_up() {
        let field = Field {
            resolution: (2, 3),
            class: vec![1, 0, 1, 0, 0, 0],
            ..Field::default()
        };
        assert_eq!(runs(&field, 0), [(0, 0), (1, 1)]);
        assert_eq!(runs(&field, 1), [(0, 0)]);
    }
}
