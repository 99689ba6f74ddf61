//! Settings that fit one's own data: random combinations, raced over seeds, judged on seeds that the
//! race has not seen.

use std::collections::BTreeMap;

use rand::RngExt;

use super::{
    Cell, Drive, Group, Observer, Race, Setting, Settings, Store, SweepError,
    cell::Resolver,
    race::{race, ranked},
    score::Score,
    spec::{Protocol, Spec, Strategy},
    summary::{Estimate, Judge},
};
use crate::random::{Purpose, stream};

/// What is measured while tuning.
pub const MEASURES: [Score; 5] = [
    Score::Accuracy,
    Score::Ip,
    Score::IpStar,
    Score::Cost,
    Score::Validity,
];

/// Accuracy that plausibility may cost.
pub const TOLERANCE: f64 = 0.01;

/// Share of the combinations that goes on from stage to stage of the race.
const KEEP: f64 = 0.33;

/// Finalists that are judged on fresh seeds.
const FINALISTS: usize = 5;

/// First of the seeds that judge.
const FRESH: u64 = 101;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Combinations drawn.
    pub samples: usize,
    /// Seeds of the race's last stage.
    pub seeds: usize,
    /// Seeds that judge the finalists.
    pub fresh: usize,
    /// How cells are measured.
    pub protocol: Protocol,
}

/// What tuning found.
#[derive(Clone, Debug)]
pub struct Tuned {
    /// The baseline on the fresh seeds.
    pub baseline: Group,
    /// The finalists on the fresh seeds, the best first.
    pub finalists: Vec<Group>,
    /// Positions among the finalists of those that none of the others beats in accuracy, IP and IP*
    /// at once.
    pub front: Vec<usize>,
    /// The race that chose them.
    pub race: Race,
}

impl Tuned {
    /// The best finalist that keeps its accuracy within [`TOLERANCE`] of the baseline's and has lower
    /// IP and IP*, all on seeds that the search has not seen.
    pub fn best(&self) -> Option<&Group> {
        let judge = Plausibility::over(&self.baseline);
        let better = |group: &&Group| {
            judge.admits(group)
                && [Score::Ip, Score::IpStar].iter().all(|score| {
                    let (own, base) = (group.scores.get(score), self.baseline.scores.get(score));
                    own.zip(base)
                        .is_some_and(|(own, base)| own.mean < base.mean)
                })
        };
        self.finalists.iter().find(better)
    }
}

/// Less implausible than the baseline, in IP and IP* alike, at its accuracy.
struct Plausibility {
    accuracy: f64,
    ip: f64,
    ip_star: f64,
}

impl Plausibility {
    fn over(baseline: &Group) -> Self {
        let mean = |score| {
            baseline
                .scores
                .get(&score)
                .map_or(f64::NAN, |e: &Estimate| e.mean)
        };
        Self {
            accuracy: mean(Score::Accuracy) - TOLERANCE,
            ip: mean(Score::Ip),
            ip_star: mean(Score::IpStar),
        }
    }
}

impl Judge for Plausibility {
    fn admits(&self, group: &Group) -> bool {
        let accuracy = group.scores.get(&Score::Accuracy);
        accuracy.is_some_and(|accuracy| accuracy.mean >= self.accuracy)
    }

    /// The geometric mean of IP and IP*, each relative to the baseline's.
    fn loss(&self, group: &Group) -> f64 {
        let relative = |score, base: f64| {
            let estimate: Option<&Estimate> = group.scores.get(&score);
            estimate.map_or(f64::INFINITY, |estimate| {
                estimate.mean.max(1e-9) / base.max(1e-9)
            })
        };
        relative(Score::Ip, self.ip).ln() + relative(Score::IpStar, self.ip_star).ln()
    }
}

/// Searches settings for the data that `base` names; results are kept in `store`.
///
/// # Errors
/// [`SweepError`] if the data cannot be had or results cannot be kept.
pub fn tune(
    base: &Settings,
    effort: Effort,
    drive: &Drive,
    store: &Store,
    observer: &dyn Observer,
) -> Result<Option<Tuned>, SweepError> {
    let mut vanilla = base.clone();
    vanilla.insert("objective".into(), Setting::Text("vanilla".into()));
    let seeds: Vec<u64> = (1..=effort.seeds as u64).collect();
    let spec = Spec {
        seeds: seeds.clone(),
        measures: MEASURES.to_vec(),
        protocol: effort.protocol,
        strategy: Strategy::Race { keep: KEEP },
        ..Spec::default()
    };
    let run = |combinations: &[Settings], seeds: &[u64]| {
        let cells = cells(combinations, seeds, effort.protocol)?;
        let tally = drive.run(&cells, store, observer)?;
        Ok::<_, SweepError>((tally.left == 0).then_some(cells))
    };
    let Some(cells) = run(&[vanilla.clone()], &seeds[..seeds.len().min(3)])? else {
        return Ok(None);
    };
    let Some(known) = ranked(&(), &cells, store)?.pop() else {
        return Ok(None);
    };
    let judge = Plausibility::over(&known);
    let combinations = draw(base, effort.samples);
    let race = race(&spec, &judge, KEEP, combinations, drive, store, observer)?;
    if race.tally.left > 0 {
        return Ok(None);
    }
    let finalists: Vec<Settings> = (race.finalists.iter().take(FINALISTS))
        .map(|group| group.settings.clone())
        .collect();
    let fresh: Vec<u64> = (FRESH..FRESH + effort.fresh as u64).collect();
    let (Some(baseline), Some(others)) = (run(&[vanilla], &fresh)?, run(&finalists, &fresh)?)
    else {
        return Ok(None);
    };
    let Some(baseline) = ranked(&(), &baseline, store)?.pop() else {
        return Ok(None);
    };
    let finalists = ranked(&Plausibility::over(&baseline), &others, store)?;
    Ok(Some(Tuned {
        front: front(&finalists),
        baseline,
        finalists,
        race,
    }))
}

/// Number of cells that tuning runs.
pub fn tuning_cells(effort: Effort) -> usize {
    let baseline = effort.seeds.min(3) + effort.fresh;
    let finalists = FINALISTS.min(effort.samples) * effort.fresh;
    baseline + super::race_cells(effort.samples, effort.seeds, KEEP) + finalists
}

fn cells(
    combinations: &[Settings],
    seeds: &[u64],
    protocol: Protocol,
) -> Result<Vec<Cell>, SweepError> {
    let mut resolver = Resolver::default();
    let mut cells = Vec::new();
    for settings in combinations {
        for &seed in seeds {
            cells.push(resolver.resolve(settings, seed, &MEASURES, protocol)?);
        }
    }
    Ok(cells)
}

/// Random combinations over `base`; the first is the paper's default.
fn draw(base: &Settings, samples: usize) -> Vec<Settings> {
    let mut random = stream(1, Purpose::Sweep, 1);
    let drawn = (1..samples).map(|_| {
        let mut logarithmic = |from: f64, to: f64| {
            let exponent = random.random_range(from.log10()..=to.log10());
            tidy(10_f64.powf(exponent))
        };
        let weights = [
            ("lambda_div", logarithmic(0.05, 2.0)),
            ("lambda_adv", logarithmic(0.02, 1.0)),
            ("lambda_reg", logarithmic(0.005, 1.0)),
            ("epsilon", logarithmic(0.05, 0.5)),
            ("max_steps", logarithmic(10.0, 60.0).round()),
        ];
        let threshold = 0.5 + 0.05 * f64::from(random.random_range(0..=9_u8));
        let mut settings = base.clone();
        settings.insert(
            "decision_threshold".into(),
            Setting::Number(tidy(threshold)),
        );
        settings.extend(weights.map(|(name, value)| (name.to_owned(), Setting::Number(value))));
        settings
    });
    std::iter::once(base.clone()).chain(drawn).collect()
}

/// Two significant digits: what a person would type.
fn tidy(value: f64) -> f64 {
    let digits = 1 - value.abs().log10().floor() as i32;
    let scale = 10_f64.powi(digits);
    let tidy = (value * scale).round() / scale;
    format!("{tidy:.*}", digits.max(0) as usize)
        .parse()
        .unwrap_or(value)
}

/// Positions of the groups that no other beats in accuracy, IP and IP* at once.
fn front(groups: &[Group]) -> Vec<usize> {
    let goals = |group: &Group| {
        let mean = |score: Score| group.scores.get(&score).map_or(f64::INFINITY, |e| e.mean);
        let scores: &BTreeMap<Score, Estimate> = &group.scores;
        let accuracy = scores
            .get(&Score::Accuracy)
            .map_or(f64::INFINITY, |e| -e.mean);
        [accuracy, mean(Score::Ip), mean(Score::IpStar)]
    };
    let beats = |a: &Group, b: &Group| {
        let (a, b) = (goals(a), goals(b));
        a.iter().zip(&b).all(|(a, b)| a <= b) && a != b
    };
    let unbeaten = |&position: &usize| !groups.iter().any(|other| beats(other, &groups[position]));
    (0..groups.len()).filter(unbeaten).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(accuracy: f64, ip: f64, ip_star: f64) -> Group {
        let scores = [
            (Score::Accuracy, accuracy),
            (Score::Ip, ip),
            (Score::IpStar, ip_star),
        ];
        let estimate = |mean| Estimate {
            mean,
            error: 0.0,
            count: 3,
        };
        Group {
            scores: scores.map(|(score, mean)| (score, estimate(mean))).into(),
            ..Group::default()
        }
    }

    #[test]
    fn what_is_beaten_everywhere_is_not_on_the_front() {
        let groups = [
            scored(0.9, 2.0, 0.2),
            scored(0.8, 1.0, 0.1),
            scored(0.8, 2.5, 0.3),
        ];
        assert_eq!(front(&groups), [0, 1]);
    }

    #[test]
    fn plausibility_at_too_low_an_accuracy_is_no_success() {
        let tuned = |finalist| Tuned {
            baseline: scored(0.9, 2.0, 0.2),
            finalists: vec![finalist],
            front: vec![0],
            race: Race::default(),
        };
        assert!(tuned(scored(0.895, 1.5, 0.1)).best().is_some());
        assert!(tuned(scored(0.88, 1.5, 0.1)).best().is_none());
        assert!(tuned(scored(0.9, 1.5, 0.3)).best().is_none());
    }

    #[test]
    fn drawn_values_are_short_and_repeatable() {
        let drawn = draw(&Settings::new(), 20);
        assert_eq!(drawn, draw(&Settings::new(), 20));
        assert!(drawn[0].is_empty() && drawn.len() == 20);
        let texts = drawn
            .iter()
            .flat_map(|settings| settings.values().map(Setting::text));
        assert!(texts.into_iter().all(|text| text.len() <= 6));
    }
}
