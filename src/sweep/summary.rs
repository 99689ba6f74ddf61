//! Results side by side: means over the seeds, what is best, and which parameter matters.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
};

use super::{CellResult, Setting, Settings, heat_map::short, score::Score, spec::Objective};
use crate::evaluation::estimate;

/// The results of one combination of settings, over its seeds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The settings.
    pub settings: Settings,
    /// Seeds that are finished.
    pub seeds: Vec<u64>,
    /// Per score its mean and standard error over the seeds.
    pub scores: BTreeMap<Score, Estimate>,
    /// Seeds that failed, and why the first did.
    pub failed: usize,
    /// Why the first of those failed.
    pub reason: Option<String>,
}

/// A mean over seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Its standard error; not a number for one seed.
    pub error: f64,
    /// Seeds that have a value.
    pub count: usize,
}

impl fmt::Display for Estimate {
    /// The mean, and its standard error where there is one: two significant digits of the error, and
    /// as many decimals of the mean.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mean, error, .. } = *self;
        match error {
            error if !error.is_finite() => write!(formatter, "{}", short(mean)),
            0.0 => write!(formatter, "{} ± 0", short(mean)),
            error => {
                let decimals = (1.0 - error.log10().floor()).clamp(0.0, 6.0) as usize;
                write!(formatter, "{mean:.decimals$} ± {error:.decimals$}")
            }
        }
    }
}

/// What the levels of one parameter do to a score: the mean over everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The parameter.
    pub name: String,
    /// Its values with the mean score, in their order.
    pub levels: Vec<(String, f64)>,
    /// Share of the score's variance over all groups that lies between the levels.
    pub share: f64,
}

impl Estimate {
    /// Of `values`; those that are not finite are left out.
    pub fn of(values: &[f64]) -> Option<Self> {
        let count = values.iter().filter(|value| value.is_finite()).count();
        let found = estimate::Estimate::of_mean(values);
        (count > 0).then_some(Self {
            mean: found.value,
            error: found.error,
            count,
        })
    }
}

/// The combinations among `results`, in the order of their settings.
pub fn group(results: &[CellResult]) -> Vec<Group> {
    let mut by_settings: BTreeMap<String, Vec<&CellResult>> = BTreeMap::new();
    for result in results {
        let key = serde_json::to_string(&result.settings).unwrap_or_default();
        by_settings.entry(key).or_default().push(result);
    }
    let mut groups: Vec<Group> = by_settings
        .into_values()
        .filter_map(|members| Some(summarise(&members.first()?.settings, members.clone())))
        .collect();
    groups.sort_by(|a, b| order(&a.settings, &b.settings));
    groups
}

fn summarise(settings: &Settings, mut members: Vec<&CellResult>) -> Group {
    members.sort_by_key(|result| result.seed);
    let scores: BTreeSet<Score> = members
        .iter()
        .flat_map(|m| m.scores.keys().copied())
        .collect();
    let estimate = |score: Score| {
        let values: Vec<f64> = members
            .iter()
            .filter_map(|member| member.scores.get(&score).copied())
            .collect();
        Some((score, Estimate::of(&values)?))
    };
    let failures = || members.iter().filter_map(|member| member.error.as_ref());
    Group {
        settings: settings.clone(),
        seeds: (members.iter().filter(|member| member.error.is_none()))
            .map(|member| member.seed)
            .collect(),
        scores: scores.into_iter().filter_map(estimate).collect(),
        failed: failures().count(),
        reason: failures().next().cloned(),
    }
}

/// Settings in the order of their names, numbers by size.
fn order(a: &Settings, b: &Settings) -> Ordering {
    let pairs = a.iter().zip(b);
    let each = pairs.map(|((name, a), (other, b))| name.cmp(other).then_with(|| a.order(b)));
    each.fold(Ordering::Equal, Ordering::then)
}

/// Names of the settings that differ between `groups`, in alphabetical order.
pub fn varying(groups: &[Group]) -> Vec<String> {
    let names: BTreeSet<&String> = groups
        .iter()
        .flat_map(|group| group.settings.keys())
        .collect();
    let differs = |name: &&String| {
        let mut values = groups.iter().map(|group| group.settings.get(*name));
        let first = values.next();
        values.any(|value| Some(value) != first)
    };
    names.into_iter().filter(differs).cloned().collect()
}

/// What each varying parameter does to `score`, the one that matters most first.
pub fn effects(groups: &[Group], score: Score) -> Vec<Effect> {
    let measured: Vec<(&Group, f64)> = groups
        .iter()
        .filter_map(|group| Some((group, group.scores.get(&score)?.mean)))
        .collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let all: Vec<f64> = measured.iter().map(|(_, value)| *value).collect();
    let middle = mean(&all);
    let total: f64 = all.iter().map(|value| (value - middle).powi(2)).sum();
    let mut effects: Vec<Effect> = varying(groups)
        .into_iter()
        .map(|name| {
            let mut levels: Vec<(String, Vec<f64>)> = Vec::new();
            let mut places: HashMap<String, usize> = HashMap::new();
            for (group, value) in &measured {
                let level = (group.settings.get(&name)).map_or("–".into(), Setting::text);
                let place = *places.entry(level).or_insert_with_key(|level| {
                    levels.push((level.clone(), Vec::new()));
                    levels.len() - 1
                });
                levels[place].1.push(*value);
            }
            let between: f64 = levels
                .iter()
                .map(|(_, values)| values.len() as f64 * (mean(values) - middle).powi(2))
                .sum();
            Effect {
                name,
                levels: levels
                    .iter()
                    .map(|(level, values)| (level.clone(), mean(values)))
                    .collect(),
                share: if total > 0.0 { between / total } else { 0.0 },
            }
        })
        .collect();
    effects.sort_by(|a, b| b.share.total_cmp(&a.share));
    effects
}

/// What makes one combination better than another.
pub trait Judge {
    /// Whether `group` is good enough in everything else.
    fn admits(&self, group: &Group) -> bool;

    /// What is to be minimised of `group`; infinite where it was not measured.
    fn loss(&self, group: &Group) -> f64;

    /// Positions of `groups`, the best first: those that are admitted before the others.
    fn ranking(&self, groups: &[Group]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by(|&a, &b| {
            let (a, b) = (&groups[a], &groups[b]);
            let admitted = self.admits(b).cmp(&self.admits(a));
            admitted.then_with(|| self.loss(a).total_cmp(&self.loss(b)))
        });
        order
    }
}

/// All are alike.
impl Judge for () {
    fn admits(&self, _: &Group) -> bool {
        true
    }

    fn loss(&self, _: &Group) -> f64 {
        0.0
    }
}

impl Judge for Objective {
    fn admits(&self, group: &Group) -> bool {
        self.bounds.iter().all(|bound| {
            let estimate = group.scores.get(&bound.score);
            estimate.is_some_and(|e| (bound.min..=bound.max).contains(&e.mean))
        })
    }

    fn loss(&self, group: &Group) -> f64 {
        let sign = if self.minimise { 1.0 } else { -1.0 };
        let estimate = group.scores.get(&self.score);
        estimate.map_or(f64::INFINITY, |estimate| sign * estimate.mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::Bound;

    fn result(lambda_div: f64, lambda_reg: f64, seed: u64, ip: f64) -> CellResult {
        CellResult {
            address: format!("{lambda_div}-{lambda_reg}-{seed}"),
            settings: Settings::from([
                ("lambda_div".into(), Setting::Number(lambda_div)),
                ("lambda_reg".into(), Setting::Number(lambda_reg)),
                ("preset".into(), Setting::Text("moon".into())),
            ]),
            seed,
            scores: BTreeMap::from([(Score::Ip, ip)]),
            error: None,
            seconds: 0.1,
            version: "0".into(),
        }
    }

    fn groups() -> Vec<Group> {
        let mut results = Vec::new();
        for (seed, noise) in [(1, -0.1), (2, 0.1)] {
            for div in [10.0, 2.0] {
                for reg in [0.0, 1.0] {
                    results.push(result(div, reg, seed, div + 0.1 * reg + noise));
                }
            }
        }
        group(&results)
    }

    #[test]
    fn seeds_become_means_with_errors() {
        let groups = groups();
        assert_eq!(groups.len(), 4);
        assert_eq!(
            groups[0].settings["lambda_div"],
            Setting::Number(2.0),
            "numbers by size"
        );
        let ip = groups[0].scores[&Score::Ip];
        assert!((ip.mean - 2.0).abs() < 1e-9 && (ip.error - 0.1).abs() < 1e-9);
        assert_eq!(groups[0].seeds, [1, 2]);
        assert_eq!(varying(&groups), ["lambda_div", "lambda_reg"]);
    }

    #[test]
    fn what_matters_most_comes_first() {
        let effects = effects(&groups(), Score::Ip);
        assert_eq!(effects[0].name, "lambda_div");
        assert!(effects[0].share > 0.99 && effects[1].share < 0.01);
        assert_eq!(effects[0].levels.len(), 2);
    }

    #[test]
    fn bounds_come_before_the_goal() {
        let judge = Objective {
            score: Score::Ip,
            minimise: false,
            bounds: vec![Bound {
                score: Score::Ip,
                min: f64::NEG_INFINITY,
                max: 5.0,
            }],
        };
        let ranking = judge.ranking(&groups());
        assert_eq!(ranking, [1, 0, 3, 2]);
    }

    #[test]
    fn a_failed_seed_is_counted_and_no_value() {
        let failed = CellResult {
            scores: BTreeMap::new(),
            error: Some("no".into()),
            ..result(1.0, 1.0, 3, 0.0)
        };
        let groups = group(&[result(1.0, 1.0, 1, 2.0), failed]);
        assert_eq!((groups.len(), groups[0].failed), (1, 1));
        assert_eq!(groups[0].seeds, [1]);
        assert!(groups[0].scores[&Score::Ip].error.is_nan());
    }
}
