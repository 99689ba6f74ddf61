//! The run that a lesson begins with.

use std::path::Path;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    dashboard::{
        entries::{Mistake, expected, inner, list, string, strings, unknown, written},
        lesson::plan::{Plan, PlannedArm, Rule, Setting},
    },
    data::{Mutability, Source, nearest::hint},
    recipe::{MAX_ARMS, check_name},
    training::{HyperParameters, Objective, Parameter, Preset},
};

const ENTRIES: [&str; 10] = [
    "preset", "data", "label", "set", "lock", "increase", "decrease", "unlock", "arms", "arm",
];
const OF_ARM: [&str; 7] = [
    "name",
    "objective",
    "set",
    "lock",
    "increase",
    "decrease",
    "unlock",
];

/// The plan that `table` spells, in the lesson at `path`.
pub(super) fn read(path: &Path, table: &DeTable<'_>, line: usize) -> Result<Plan, Mistake> {
    let (source, mut parameters) = source(path, table)?;
    let mut rules = Vec::new();
    let mut arms = vec![Objective::Vanilla, Objective::Full]
        .into_iter()
        .map(PlannedArm::of)
        .collect();
    for (key, value) in table.iter() {
        match key.get_ref().as_ref() {
            "preset" | "data" | "label" => {}
            "set" => {
                for (parameter, number) in settings(value)? {
                    let put = parameter.set(&mut parameters, number);
                    put.map_err(|error| (value.span(), error.to_string()))?;
                }
            }
            "arms" => arms = abbreviations(value)?,
            "arm" => arms = planned(value)?,
            name => match rule(name) {
                Some(wanted) => rules.extend(rules_of(name, value, wanted)?),
                None => return Err(unknown(key, &ENTRIES)),
            },
        }
    }
    if !(1..=MAX_ARMS).contains(&arms.len()) {
        return Err((0..0, format!("a recipe has 1 to {MAX_ARMS} arms")));
    }
    Ok(Plan {
        line,
        source,
        parameters,
        rules,
        arms,
    })
}

/// Where the data come from, and the parameters that go with them.
fn source(path: &Path, table: &DeTable<'_>) -> Result<(Source, HyperParameters), Mistake> {
    let entry = |name: &str| table.iter().find(|(key, _)| key.get_ref().as_ref() == name);
    let refuse = |value: &Spanned<DeValue<'_>>, problem: String| (value.span(), problem);
    let label = match entry("label") {
        Some((_, value)) => Some(string("label", value)?.to_owned()),
        None => None,
    };
    match (entry("preset"), entry("data")) {
        (Some((_, value)), Some(_)) => Err(refuse(
            value,
            "give `preset` or `data`, not both".to_owned(),
        )),
        (Some((_, value)), None) => preset(string("preset", value)?)
            .map_err(|problem| refuse(value, format!("`preset`: {problem}"))),
        (None, Some((_, value))) => {
            let source = data(path, string("data", value)?, label)
                .map_err(|problem| refuse(value, format!("`data`: {problem}")))?;
            let parameters = HyperParameters::of(&source);
            Ok((source, parameters))
        }
        (None, None) => preset("moon").map_err(|problem| (0..0, problem)),
    }
}

fn preset(id: &str) -> Result<(Source, HyperParameters), String> {
    let preset = Preset::find(id).map_err(|error| error.to_string())?;
    let source = preset.source(None).map_err(|error| error.to_string())?;
    Ok((source, preset.parameters()))
}

/// A synthetic family, or a file beside the lesson.
fn data(path: &Path, name: &str, label: Option<String>) -> Result<Source, String> {
    let file = Path::new(name);
    if file.extension().is_some() || file.components().count() > 1 {
        let folder = path.parent().unwrap_or(Path::new(""));
        return Ok(Source::file(&folder.join(file), label));
    }
    Source::named(name).map_err(|error| error.to_string())
}

fn settings(value: &Spanned<DeValue<'_>>) -> Result<Vec<Setting>, Mistake> {
    let mut trial = HyperParameters::default();
    let mut found = Vec::new();
    for (key, value) in inner("set", value)?.iter() {
        let parameter =
            Parameter::find(key.get_ref()).map_err(|error| (key.span(), error.to_string()))?;
        let wanted = || expected(parameter.name, value, &parameter.expected());
        let text = written(value).ok_or_else(wanted)?;
        let parsed = parameter.parse(&mut trial, &text);
        parsed.map_err(|error| (value.span(), error.to_string()))?;
        found.push((parameter, parameter.get(&trial)));
    }
    Ok(found)
}

/// What an entry says of the features that it names.
fn rule(name: &str) -> Option<Mutability> {
    match name {
        "lock" => Some(Mutability::None),
        "increase" => Some(Mutability::Increase),
        "decrease" => Some(Mutability::Decrease),
        "unlock" => Some(Mutability::Both),
        _ => None,
    }
}

fn rules_of(
    name: &str,
    value: &Spanned<DeValue<'_>>,
    wanted: Mutability,
) -> Result<Vec<Rule>, Mistake> {
    let names = strings(name, value)?.into_iter();
    Ok(names
        .map(|(_, feature)| (feature.to_owned(), wanted))
        .collect())
}

/// Arms by the abbreviations of their objectives.
fn abbreviations(value: &Spanned<DeValue<'_>>) -> Result<Vec<PlannedArm>, Mistake> {
    let names = strings("arms", value)?.into_iter();
    names
        .map(|(place, name)| {
            let known = Objective::ALL.map(Objective::abbreviation);
            let found = known.iter().position(|known| *known == name);
            let found = found.ok_or_else(|| {
                let hint = hint(name, known.iter().copied());
                let known = known.join(", ");
                (
                    place,
                    format!("`arms`: there is no `{name}`{hint}; there are {known}"),
                )
            })?;
            Ok(PlannedArm::of(Objective::ALL[found]))
        })
        .collect()
}

/// Arms with settings of their own.
fn planned(value: &Spanned<DeValue<'_>>) -> Result<Vec<PlannedArm>, Mistake> {
    let arms = list("arm", value, "tables")?.iter();
    arms.map(|element| planned_arm(inner("[recipe.arm]", element)?))
        .collect()
}

fn planned_arm(table: &DeTable<'_>) -> Result<PlannedArm, Mistake> {
    let mut arm = PlannedArm::of(Objective::Full);
    let mut name = None;
    for (key, value) in table.iter() {
        match key.get_ref().as_ref() {
            "name" => {
                let text = string("name", value)?;
                check_name(text).map_err(|error| (value.span(), error.to_string()))?;
                name = Some(text.to_owned());
            }
            "objective" => {
                let text = string("objective", value)?;
                let found = Objective::NAMES.iter().position(|known| *known == text);
                let wanted = format!("one of {}", Objective::NAMES.join(", "));
                let found = found.ok_or_else(|| expected("objective", value, &wanted))?;
                arm.objective = Objective::ALL[found];
            }
            "set" => arm.settings = settings(value)?,
            rule_name => match rule(rule_name) {
                Some(wanted) => arm.rules.extend(rules_of(rule_name, value, wanted)?),
                None => return Err(unknown(key, &OF_ARM)),
            },
        }
    }
    arm.name = name.unwrap_or_else(|| arm.objective.abbreviation().to_owned());
    Ok(arm)
}
