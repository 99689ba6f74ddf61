//! The file of a sweep: what is common to all cells, what varies, and how to choose among them.

use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
};

use super::{
    Settings, SweepError,
    score::Score,
    seeds::parse_seeds,
    setting::{Setting, values},
};
use crate::data::nearest;

/// Most cells of one sweep, seeds included.
pub const MAX_CELLS: usize = 1_000_000;

/// Largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 1 << 20;

/// Values that one key takes one after the other.
pub type Axes = BTreeMap<String, Vec<Setting>>;

/// What a sweep is to do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// Blocks of axes; the sweep is the union of their products.
    pub blocks: Vec<Axes>,
    /// Seeds that every combination runs with.
    pub seeds: Vec<u64>,
    /// What is measured of every cell.
    pub measures: Vec<Score>,
    /// How it is measured.
    pub protocol: Protocol,
    /// What the best combination is.
    pub objective: Option<Objective>,
    /// Which combinations run at all.
    pub strategy: Strategy,
}

/// How cells are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Protocol {
    /// Rounds per weight of the energy penalty.
    pub rounds: usize,
    /// Individuals per round.
    pub individuals: usize,
}

impl Default for Protocol {
    fn default() -> Self {
        Self {
            rounds: 10,
            individuals: 100,
        }
    }
}

/// Which combinations run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Strategy {
    /// All, with all seeds.
    #[default]
    Grid,
    /// So many, drawn without replacement, with all seeds.
    Random {
        /// How many.
        samples: usize,
        /// Seed of the draw.
        seed: u64,
    },
    /// All with few seeds, the best of them with more.
    Race {
        /// Share that goes on to the next stage.
        keep: f64,
    },
}

/// What the best combination is: the smallest or largest mean over the seeds of one score, where
/// others are good enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// The score.
    pub score: Score,
    /// Whether less is better.
    pub minimise: bool,
    /// Scores that must not be below (or above) a bound.
    pub bounds: Vec<Bound>,
}

/// A bound on a mean score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The score.
    pub score: Score,
    /// Its smallest value.
    pub min: f64,
    /// Its largest value.
    pub max: f64,
}

impl Spec {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// [`SweepError`] names the table and the key that is wrong.
    pub fn read(path: &Path) -> Result<Self, SweepError> {
        let text = crate::files::read_text(path, MAX_BYTES)
            .map_err(|error| SweepError::access(path, error))?;
        Self::parse(&text).map_err(|error| match error {
            SweepError::Entry { place, problem } => SweepError::File {
                path: path.to_owned(),
                problem: format!("{place}: {problem}"),
            },
            other => other,
        })
    }

    /// What `text`, in TOML, says.
    ///
    /// # Errors
    /// [`SweepError::Entry`] names the table and the key that is wrong.
    pub fn parse(text: &str) -> Result<Self, SweepError> {
        let mut table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| SweepError::entry("TOML", error.to_string()))?;
        let mut base = take_table(&mut table, "base")?;
        let seeds = take_seeds(&mut base)?;
        let measures = take_measures(&mut base)?;
        let protocol = take_protocol(&mut base)?;
        let common = axes("[base]", &base)?;
        let blocks = take_blocks(&mut table, &common)?;
        let objective = take_objective(&mut table)?;
        let strategy = take_strategy(&mut table, objective.is_some())?;
        if let Some(key) = table.keys().next() {
            let known = ["base", "grid", "objective", "race", "random"];
            let hint = nearest::hint(key, known);
            return Err(SweepError::entry(
                format!("`{key}`"),
                format!(
                    "there is no such table{hint}; there are {}",
                    known.join(", ")
                ),
            ));
        }
        Ok(Self {
            blocks,
            seeds,
            measures: with_objective(measures, objective.as_ref()),
            protocol,
            objective,
            strategy,
        })
    }

    /// Gives a name the same value, or seeds, in all cells: `name=value`.
    ///
    /// # Errors
    /// [`SweepError::Entry`] if that is not what `assignment` says.
    pub fn assign(&mut self, assignment: &str) -> Result<(), SweepError> {
        let place = format!("--set {assignment}");
        let (name, value) = assignment.split_once('=').ok_or_else(|| {
            SweepError::entry(&place, "write it as name=value, such as --set preset=circ")
        })?;
        if matches!(name, "seeds" | "seed") {
            let seeds = parse_seeds(value);
            self.seeds = seeds.map_err(|problem| SweepError::entry(&place, problem))?;
            return Ok(());
        }
        let quoted = toml::Value::String(value.into());
        let parsed: Option<toml::Table> = format!("value = {value}").parse().ok();
        let value = parsed
            .and_then(|mut table| table.remove("value"))
            .unwrap_or(quoted);
        let own = axes(&place, &toml::Table::from_iter([(name.to_owned(), value)]))?;
        for block in &mut self.blocks {
            block.extend(own.clone());
        }
        Ok(())
    }

    /// Objective and share of a race, if this is one.
    pub fn race(&self) -> Option<(&Objective, f64)> {
        match self.strategy {
            Strategy::Race { keep } => self.objective.as_ref().map(|goal| (goal, keep)),
            Strategy::Grid | Strategy::Random { .. } => None,
        }
    }

    /// All combinations of settings, without seeds, each once, in the order of the file.
    ///
    /// # Errors
    /// [`SweepError::Entry`] if there are more than [`MAX_CELLS`] with the seeds.
    pub fn combinations(&self) -> Result<Vec<Settings>, SweepError> {
        let product = |axes: &Axes| {
            let sizes = axes.values().map(Vec::len);
            sizes.fold(1_usize, usize::saturating_mul)
        };
        let count = self
            .blocks
            .iter()
            .map(product)
            .fold(0, usize::saturating_add);
        let cells = count.saturating_mul(self.seeds.len());
        if cells > MAX_CELLS {
            return Err(SweepError::entry(
                "[[grid]]",
                format!("{cells} cells; at most {MAX_CELLS} make one sweep"),
            ));
        }
        let mut seen = HashSet::with_capacity(count);
        let mut found = Vec::with_capacity(count);
        for settings in self.blocks.iter().flat_map(expand) {
            let text = serde_json::to_string(&settings)
                .map_err(|error| SweepError::entry("[[grid]]", error.to_string()))?;
            if seen.insert(text) {
                found.push(settings);
            }
        }
        Ok(found)
    }
}

/// All combinations of the values of `axes`; the last key varies fastest.
fn expand(axes: &Axes) -> Vec<Settings> {
    axes.iter()
        .fold(vec![Settings::new()], |found, (key, values)| {
            let with = |settings: &Settings, value: &Setting| {
                let mut settings = settings.clone();
                settings.insert(key.clone(), value.clone());
                settings
            };
            let all = found.iter();
            all.flat_map(|settings| values.iter().map(|value| with(settings, value)))
                .collect()
        })
}

fn take_table(table: &mut toml::Table, key: &str) -> Result<toml::Table, SweepError> {
    match table.remove(key) {
        None => Ok(toml::Table::new()),
        Some(toml::Value::Table(found)) => Ok(found),
        Some(_) => Err(SweepError::entry(
            format!("`{key}`"),
            format!("it is a table: [{key}], and below it name = value"),
        )),
    }
}

/// The axes of a table.
fn axes(place: &str, table: &toml::Table) -> Result<Axes, SweepError> {
    let axis = |(key, value): (&String, &toml::Value)| {
        let name = super::cell::key(key)
            .map_err(|error| SweepError::entry(format!("{place} {key}"), error.to_string()))?;
        let values = values(name, value)
            .map_err(|problem| SweepError::entry(format!("{place} {key}"), problem))?;
        Ok((name.to_owned(), values))
    };
    table.iter().map(axis).collect()
}

fn take_blocks(table: &mut toml::Table, common: &Axes) -> Result<Vec<Axes>, SweepError> {
    let blocks = match table.remove("grid") {
        None => Vec::new(),
        Some(toml::Value::Table(block)) => vec![block],
        Some(toml::Value::Array(blocks)) if blocks.iter().all(toml::Value::is_table) => {
            let tables = blocks.into_iter().filter_map(|block| match block {
                toml::Value::Table(block) => Some(block),
                _ => None,
            });
            tables.collect()
        }
        Some(_) => {
            return Err(SweepError::entry(
                "`grid`",
                "it is a list of tables: [[grid]], and below each name = value or a list of values",
            ));
        }
    };
    if blocks.is_empty() {
        return Ok(vec![common.clone()]);
    }
    let block = |(number, block): (usize, &toml::Table)| {
        let own = axes(&format!("[[grid]] {}", number + 1), block)?;
        Ok(common.clone().into_iter().chain(own).collect())
    };
    blocks.iter().enumerate().map(block).collect()
}

fn take_seeds(base: &mut toml::Table) -> Result<Vec<u64>, SweepError> {
    let value = base.remove("seeds").or_else(|| base.remove("seed"));
    let text = match value {
        None => return Ok(vec![1]),
        Some(toml::Value::String(text)) => text,
        Some(toml::Value::Array(list)) => list
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(","),
        Some(other) => other.to_string(),
    };
    parse_seeds(&text).map_err(|problem| SweepError::entry("[base] seeds", problem))
}

fn take_measures(base: &mut toml::Table) -> Result<Vec<Score>, SweepError> {
    let place = "[base] measure";
    let Some(value) = base.remove("measure") else {
        return Ok(Score::USUAL.to_vec());
    };
    let list = match value {
        toml::Value::Array(list) => list,
        single => vec![single],
    };
    let score = |value: &toml::Value| {
        let name = value.as_str().unwrap_or_default();
        Score::find(name).map_err(|problem| SweepError::entry(place, problem))
    };
    list.iter().map(score).collect()
}

fn take_protocol(base: &mut toml::Table) -> Result<Protocol, SweepError> {
    let mut protocol = Protocol::default();
    for (key, value) in [
        ("rounds", &mut protocol.rounds),
        ("individuals", &mut protocol.individuals),
    ] {
        if let Some(given) = base.remove(key) {
            let number = given
                .as_integer()
                .filter(|number| (1..=100_000).contains(number));
            *value = number.map(|number| number as usize).ok_or_else(|| {
                SweepError::entry(
                    format!("[base] {key}"),
                    "it takes a number from 1 to 100000",
                )
            })?;
        }
    }
    Ok(protocol)
}

fn take_objective(table: &mut toml::Table) -> Result<Option<Objective>, SweepError> {
    let found = take_table(table, "objective")?;
    let (mut goal, mut bounds) = (None, Vec::new());
    for (key, value) in &found {
        let refuse = |problem: String| SweepError::entry(format!("[objective] {key}"), problem);
        let number = || {
            let number = value.as_float().or(value.as_integer().map(|n| n as f64));
            let number = number.filter(|number| number.is_finite());
            number.ok_or_else(|| refuse("it takes a number".into()))
        };
        let bound = |name: &str, min: f64, max: f64| {
            let score = Score::find(name).map_err(&refuse)?;
            Ok::<_, SweepError>(Bound { score, min, max })
        };
        if let Some(name) = key.strip_suffix("_at_least") {
            bounds.push(bound(name, number()?, f64::INFINITY)?);
        } else if let Some(name) = key.strip_suffix("_at_most") {
            bounds.push(bound(name, f64::NEG_INFINITY, number()?)?);
        } else if goal.is_none() && matches!(key.as_str(), "minimise" | "maximise") {
            let score = Score::find(value.as_str().unwrap_or_default()).map_err(refuse)?;
            goal = Some((score, key == "minimise"));
        } else {
            return Err(refuse(
                "it takes minimise or maximise once, and bounds such as accuracy_at_least".into(),
            ));
        }
    }
    match goal {
        Some((score, minimise)) => Ok(Some(Objective {
            score,
            minimise,
            bounds,
        })),
        None if bounds.is_empty() => Ok(None),
        None => Err(SweepError::entry(
            "[objective]",
            "minimise or maximise is missing",
        )),
    }
}

fn take_strategy(table: &mut toml::Table, has_objective: bool) -> Result<Strategy, SweepError> {
    let (race, random) = (table.contains_key("race"), table.contains_key("random"));
    let (race_table, random_table) = (take_table(table, "race")?, take_table(table, "random")?);
    let number = |table: &toml::Table, name: &str, key: &str, default: f64| match table.get(key) {
        None => Ok(default),
        Some(value) => {
            let number = value.as_float().or(value.as_integer().map(|n| n as f64));
            number.ok_or_else(|| SweepError::entry(format!("[{name}] {key}"), "it takes a number"))
        }
    };
    known_keys("race", &race_table, &["keep"])?;
    known_keys("random", &random_table, &["samples", "seed"])?;
    match (race, random) {
        (false, false) => Ok(Strategy::Grid),
        (true, true) => Err(SweepError::entry(
            "[race]",
            "a sweep is a race or random, not both",
        )),
        (true, false) => {
            let keep = number(&race_table, "race", "keep", 0.33)?;
            if !(keep > 0.0 && keep < 1.0) {
                return Err(SweepError::entry(
                    "[race] keep",
                    "it takes a share between 0 and 1",
                ));
            }
            if !has_objective {
                let problem = "a race needs to know what is best: [objective] minimise = \"ip\"";
                return Err(SweepError::entry("[race]", problem));
            }
            Ok(Strategy::Race { keep })
        }
        (false, true) => {
            let samples = number(&random_table, "random", "samples", 0.0)?;
            let seed = number(&random_table, "random", "seed", 1.0)?;
            if samples < 1.0 || samples > MAX_CELLS as f64 || seed < 0.0 {
                let problem = format!("it takes a number from 1 to {MAX_CELLS}");
                return Err(SweepError::entry("[random] samples", problem));
            }
            Ok(Strategy::Random {
                samples: samples as usize,
                seed: seed as u64,
            })
        }
    }
}

fn known_keys(name: &str, table: &toml::Table, known: &[&str]) -> Result<(), SweepError> {
    match table.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(SweepError::entry(
            format!("[{name}] {key}"),
            format!("there is no such entry; there are {}", known.join(", ")),
        )),
    }
}

/// `measures`, and what the objective needs besides, each once.
fn with_objective(mut measures: Vec<Score>, objective: Option<&Objective>) -> Vec<Score> {
    if let Some(objective) = objective {
        measures.push(objective.score);
        measures.extend(objective.bounds.iter().map(|bound| bound.score));
    }
    measures.sort_unstable();
    measures.dedup();
    measures
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = r#"
        [base]
        preset = "moon"
        seeds = "1..3"
        measure = ["ip", "accuracy"]
        [[grid]]
        generator = ["eccco", "generic"]
        lambda_egy = [0.1, 5]
        [[grid]]
        generator = "revise"
        [objective]
        minimise = "ip"
        accuracy_at_least = 0.97
        [race]
        keep = 0.5
    "#;

    #[test]
    fn blocks_form_a_union() {
        let spec = Spec::parse(EXAMPLE).unwrap();
        assert_eq!(spec.combinations().unwrap().len(), 5);
        assert_eq!(spec.seeds, [1, 2, 3]);
        assert_eq!(spec.measures, [Score::Accuracy, Score::Ip]);
        let (objective, keep) = spec.race().unwrap();
        assert_eq!(
            (objective.score, objective.minimise, keep),
            (Score::Ip, true, 0.5)
        );
        assert_eq!(objective.bounds[0].min, 0.97);
    }

    #[test]
    fn symbols_and_repeated_cells_are_understood() {
        let spec = Spec::parse("[[grid]]\n\"τ\" = [0.5, 0.5]\n[[grid]]\ndecision_threshold = 0.5");
        assert_eq!(spec.unwrap().combinations().unwrap().len(), 1);
        let bare = Spec::parse("").unwrap();
        assert_eq!(bare.combinations().unwrap(), [Settings::new()]);
    }

    #[test]
    fn a_wrong_entry_is_named() {
        let wrong = [
            ("[bas]\npreset = \"moon\"", "did you mean `base`"),
            ("[[grid]]\nlambda_dvi = 1", "[[grid]] 1 lambda_dvi"),
            ("[[grid]]\nlambda_div = []", "nothing to run"),
            ("[base]\nmeasure = [\"ipp\"]", "did you mean `ip`"),
            ("[base]\nseeds = \"3..1\"", "[base] seeds"),
            ("[race]\nkeep = 0.5", "[objective]"),
            ("[objective]\nminimise = \"ip\"\n[race]\nkeep = 2", "share"),
            ("[random]\nsamples = 0", "[random] samples"),
            ("[objective]\naccuracy_at_least = 1", "missing"),
            ("grid = 3", "[[grid]]"),
            ("base = 3", "[base]"),
            ("x = [", "TOML"),
        ];
        for (text, part) in wrong {
            let error = Spec::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn too_many_cells_are_refused_before_they_are_made() {
        let list = format!("{:?}", (0..2000).collect::<Vec<_>>());
        let text =
            format!("[[grid]]\nlambda_div = {list}\nlambda_reg = {list}\nlambda_adv = {list}");
        let error = Spec::parse(&text).unwrap().combinations().unwrap_err();
        assert!(error.to_string().contains("at most 1000000"), "{error}");
    }

    /// Whoever compares each of them with all others does not see the end of this.
    #[test]
    fn many_combinations_are_made_in_a_moment() {
        let list = format!("{:?}", (0..400).collect::<Vec<_>>());
        let text = format!(
            "[[grid]]\nlambda_div = {list}\nlambda_reg = {list}\n[[grid]]\nlambda_div = 0\nlambda_reg = 0"
        );
        let found = Spec::parse(&text).unwrap().combinations().unwrap();
        assert_eq!(found.len(), 400 * 400);
    }

    #[test]
    fn a_value_can_be_given_to_all_cells() {
        let mut spec = Spec::parse(EXAMPLE).unwrap();
        spec.assign("preset=circ").unwrap();
        spec.assign("epochs=3").unwrap();
        spec.assign("seeds=7").unwrap();
        let cells = spec.combinations().unwrap();
        assert!(
            cells
                .iter()
                .all(|cell| cell["preset"] == Setting::Text("circ".into()))
        );
        assert!(
            cells
                .iter()
                .all(|cell| cell["epochs"] == Setting::Number(3.0))
        );
        assert_eq!(spec.seeds, [7]);
        assert!(spec.assign("epochs").is_err() && spec.assign("epohcs=3").is_err());
    }
}
