//! A step of a lesson.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::Lines;
use crate::{
    dashboard::{
        action::Panel,
        command::parse,
        entries::{Mistake, expected, string, strings, unknown},
        lesson::{Claim, Place, Step, Told},
    },
    data::nearest::hint,
    lesson::{expression::Expression, facts, markup::Markup},
    training::Parameter,
};

const ENTRIES: [&str; 10] = [
    "say", "show", "controls", "do", "wait", "task", "until", "hint", "expect", "solve",
];

/// The step that `table` spells.
pub(super) fn read(table: &DeTable<'_>, lines: Lines<'_>, place: &Place) -> Result<Step, Mistake> {
    let mut step = Step {
        line: lines(place),
        ..Step::default()
    };
    for (key, value) in table.iter() {
        match key.get_ref().as_ref() {
            "say" => step.say = markup("say", value)?,
            "show" => step.show = panels(value)?,
            "controls" => step.controls = parameters(value)?,
            "do" => step.commands = commands("do", value, lines)?,
            "wait" => step.wait = Some(claim("wait", value, lines)?),
            "task" => step.task = Some(markup("task", value)?),
            "until" => step.until = Some(claim("until", value, lines)?),
            "hint" => step.hint = Some(markup("hint", value)?),
            "expect" => step.expect = claims(value, lines)?,
            "solve" => step.solve = commands("solve", value, lines)?,
            _ => return Err(unknown(key, &ENTRIES)),
        }
    }
    sound(step, place)
}

/// Checks that what belongs together is there.
fn sound(step: Step, place: &Place) -> Result<Step, Mistake> {
    let problem = match &step {
        Step { say, .. } if say.blocks.is_empty() => "`say` is missing: a card says something",
        Step {
            task: Some(_),
            until: None,
            ..
        } => "`task` needs `until`: when is it done?",
        Step {
            task: None,
            until: Some(_),
            ..
        } => "`until` needs `task`: what is to be done?",
        Step {
            until: Some(_),
            solve,
            ..
        } if solve.is_empty() => "`until` needs `solve`: how can it be done?",
        Step {
            hint: Some(_),
            task: None,
            ..
        } => "`hint` needs `task`: what does it help with?",
        _ => return Ok(step),
    };
    Err((place.clone(), problem.to_owned()))
}

fn markup(name: &str, value: &Spanned<DeValue<'_>>) -> Result<Markup, Mistake> {
    let text = string(name, value)?;
    let refuse = |problem: String| (value.span(), format!("`{name}`: {problem}"));
    let markup = Markup::parse(text).map_err(refuse)?;
    for expression in markup.expressions().map_err(refuse)? {
        let checked = Expression::parse(&expression);
        let checked = checked.and_then(|expression| facts::check(&expression));
        checked.map_err(|error| refuse(format!("{{{expression}}}: {error}")))?;
    }
    Ok(markup)
}

fn panels(value: &Spanned<DeValue<'_>>) -> Result<Vec<Panel>, Mistake> {
    let names = Panel::ALL.map(Panel::name);
    let panel = |(place, name): (Place, &str)| {
        let found = Panel::ALL.into_iter().find(|panel| panel.name() == name);
        found.ok_or_else(|| {
            let hint = hint(name, names.iter().copied());
            let known = names.join(", ");
            (
                place,
                format!("`show`: there is no panel `{name}`{hint}; there are {known}"),
            )
        })
    };
    strings("show", value)?.into_iter().map(panel).collect()
}

fn parameters(value: &Spanned<DeValue<'_>>) -> Result<Vec<&'static Parameter>, Mistake> {
    let parameter = |(place, name): (Place, &str)| {
        Parameter::find(name).map_err(|error| (place, format!("`controls`: {error}")))
    };
    strings("controls", value)?
        .into_iter()
        .map(parameter)
        .collect()
}

fn commands(
    key: &str,
    value: &Spanned<DeValue<'_>>,
    lines: Lines<'_>,
) -> Result<Vec<Told>, Mistake> {
    let told = |(place, text): (Place, &str)| match parse(text) {
        Ok(action) => Ok(Told {
            line: lines(&place),
            text: text.to_owned(),
            action,
        }),
        Err(error) => Err((place, format!("`{key}`: {error}"))),
    };
    strings(key, value)?.into_iter().map(told).collect()
}

fn claim(
    key: &'static str,
    value: &Spanned<DeValue<'_>>,
    lines: Lines<'_>,
) -> Result<Claim, Mistake> {
    let text = value
        .get_ref()
        .as_str()
        .ok_or_else(|| expected(key, value, "an expression, such as \"epoch >= 60\""))?;
    claimed(key, value.span(), text, lines)
}

fn claims(value: &Spanned<DeValue<'_>>, lines: Lines<'_>) -> Result<Vec<Claim>, Mistake> {
    let claim = |(place, text): (Place, &str)| claimed("expect", place, text, lines);
    strings("expect", value)?.into_iter().map(claim).collect()
}

fn claimed(
    key: &'static str,
    place: Place,
    text: &str,
    lines: Lines<'_>,
) -> Result<Claim, Mistake> {
    let refuse = |error: crate::lesson::expression::ExpressionError| {
        (place.clone(), format!("`{key}`: {error}"))
    };
    let expression = Expression::parse(text).map_err(refuse)?;
    facts::check(&expression).map_err(refuse)?;
    Ok(Claim {
        line: lines(&place),
        key,
        expression,
    })
}
