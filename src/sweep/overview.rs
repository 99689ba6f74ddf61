//! All that is finished of a sweep, as a table: what differs, what was measured, in any order.

use std::cmp::Ordering;

use super::{
    CellResult, Store, SweepError,
    score::Score,
    store::Survey,
    summary::{Effect, Estimate, Group, effects, group, varying},
};

/// A column of the table.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// A setting that differs.
    Setting(String),
    /// How many seeds are finished.
    Seeds,
    /// A score, as mean over the seeds.
    Score(Score),
}

/// What is finished by now of a sweep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// Combinations, with means over their seeds.
    pub groups: Vec<Group>,
    /// Settings that differ between combinations, number of seeds, and scores that were measured.
    pub columns: Vec<Column>,
    /// Cells that are finished.
    pub cells: usize,
    /// Cells that failed.
    pub failed: usize,
    /// Time that all of them took, in seconds.
    pub seconds: f64,
    /// Results that cannot be read, and why.
    pub damaged: Vec<String>,
}

impl Overview {
    /// Reads all results of `store`. Those that cannot be read are told of and left out.
    ///
    /// # Errors
    /// [`SweepError`] if the folder cannot be read.
    pub fn read(store: &Store) -> Result<Self, SweepError> {
        let Survey { results, damaged } = store.survey()?;
        let damaged = damaged.iter().map(SweepError::to_string).collect();
        Ok(Self {
            damaged,
            ..Self::of(&results)
        })
    }

    /// Of `results`.
    pub fn of(results: &[CellResult]) -> Self {
        let groups = group(results);
        let mut scores: Vec<Score> = (groups.iter())
            .flat_map(|group| group.scores.keys().copied())
            .collect();
        scores.sort_unstable();
        scores.dedup();
        let settings = varying(&groups).into_iter().map(Column::Setting);
        let scores = scores.into_iter().map(Column::Score);
        Self {
            columns: settings.chain([Column::Seeds]).chain(scores).collect(),
            cells: results.len(),
            failed: groups.iter().map(|group| group.failed).sum(),
            seconds: results.iter().map(|result| result.seconds).sum(),
            damaged: Vec::new(),
            groups,
        }
    }

    /// Names of the settings that differ.
    pub fn settings(&self) -> Vec<&str> {
        let names = self.columns.iter().filter_map(|column| match column {
            Column::Setting(name) => Some(name.as_str()),
            _ => None,
        });
        names.collect()
    }

    /// Scores that were measured.
    pub fn scores(&self) -> Vec<Score> {
        let score = |column: &Column| match column {
            Column::Score(score) => Some(*score),
            _ => None,
        };
        self.columns.iter().filter_map(score).collect()
    }

    /// The score that is looked at first: IP, or the first that was measured.
    pub fn usual_score(&self) -> Option<Score> {
        let scores = self.scores();
        let ip = scores.iter().find(|score| **score == Score::Ip);
        ip.or(scores.first()).copied()
    }

    /// What each of the settings that differ does to `score`, the one that matters most first.
    pub fn effects(&self, score: Score) -> Vec<Effect> {
        effects(&self.groups, score)
    }

    /// Positions of the combinations by the values of `column`, ascending unless `reversed`; those
    /// without a value are last.
    pub fn sorted(&self, column: &Column, reversed: bool) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by(|&a, &b| {
            let (a, b) = (&self.groups[a], &self.groups[b]);
            column.has(b).cmp(&column.has(a)).then_with(|| {
                let order = column.order(a, b);
                if reversed { order.reverse() } else { order }
            })
        });
        order
    }
}

impl Column {
    /// Its heading; control characters are escaped.
    pub fn title(&self) -> String {
        match self {
            Self::Setting(name) => crate::text::printable(name).into_owned(),
            Self::Seeds => "seeds".into(),
            Self::Score(score) => score.name().into(),
        }
    }

    /// What it says of `group`, a mean with its standard error; control characters are escaped.
    pub fn text(&self, group: &Group) -> String {
        let nothing = || "–".to_owned();
        match self {
            Self::Setting(name) => (group.settings.get(name)).map_or_else(nothing, |value| {
                crate::text::printable(&value.text()).into_owned()
            }),
            Self::Seeds => group.seeds.len().to_string(),
            Self::Score(score) => {
                let estimate = group.scores.get(score);
                estimate.map_or_else(nothing, Estimate::to_string)
            }
        }
    }

    fn has(&self, group: &Group) -> bool {
        match self {
            Self::Setting(name) => group.settings.contains_key(name),
            Self::Seeds => true,
            Self::Score(score) => group.scores.contains_key(score),
        }
    }

    fn order(&self, a: &Group, b: &Group) -> Ordering {
        match self {
            Self::Setting(name) => match (a.settings.get(name), b.settings.get(name)) {
                (Some(a), Some(b)) => a.order(b),
                _ => Ordering::Equal,
            },
            Self::Seeds => a.seeds.len().cmp(&b.seeds.len()),
            Self::Score(score) => {
                let mean = |group: &Group| group.scores.get(score).map_or(f64::NAN, |e| e.mean);
                mean(a).total_cmp(&mean(b))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::{Setting, Settings};

    fn result(reg: f64, generator: &str, seed: u64, ip: Option<f64>) -> CellResult {
        CellResult {
            address: format!("{reg}-{generator}-{seed}"),
            settings: Settings::from([
                ("lambda_reg".into(), Setting::Number(reg)),
                ("generator".into(), Setting::Text(generator.into())),
                ("preset".into(), Setting::Text("moon".into())),
            ]),
            seed,
            scores: ip.map(|ip| (Score::Ip, ip)).into_iter().collect(),
            error: ip.is_none().then(|| "no".into()),
            seconds: 1.0,
            version: "0".into(),
        }
    }

    #[test]
    fn only_what_differs_is_a_column_and_rows_are_sorted_by_any() {
        let overview = Overview::of(&[
            result(10.0, "eccco", 1, Some(2.0)),
            result(10.0, "eccco", 2, Some(4.0)),
            result(9.0, "a\u{1b}[2J", 1, Some(1.0)),
            result(1.0, "generic", 1, None),
        ]);
        let titles: Vec<String> = overview.columns.iter().map(Column::title).collect();
        assert_eq!(titles, ["generator", "lambda_reg", "seeds", "ip"]);
        assert_eq!((overview.cells, overview.failed), (4, 1));
        let by = |column: usize, reversed| -> Vec<String> {
            let column = &overview.columns[column];
            let order = overview.sorted(column, reversed);
            order
                .into_iter()
                .map(|at| column.text(&overview.groups[at]))
                .collect()
        };
        assert_eq!(by(1, false), ["1", "9", "10"], "numbers by size");
        assert_eq!(by(3, false), ["1.00", "3.0 ± 1.0", "–"]);
        assert_eq!(by(3, true), ["3.0 ± 1.0", "1.00", "–"], "nothing is last");
        assert!(by(0, false).contains(&"a\\u{1b}[2J".to_owned()));
        assert_eq!(overview.usual_score(), Some(Score::Ip));
    }

    #[test]
    fn nothing_finished_is_an_empty_table() {
        let overview = Overview::of(&[]);
        assert_eq!(overview.columns, [Column::Seeds]);
        assert_eq!(overview.usual_score(), None);
        assert!(overview.sorted(&Column::Seeds, false).is_empty());
    }
}
