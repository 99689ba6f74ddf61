//! Hyper-parameters in words.

use crate::{
    dashboard::{panels::parameters::description, state::App},
    glossary,
    training::{Effect, Parameter, TABLE},
};

/// All that are offered, group by group; or the one that goes by `name`, with what it does.
pub fn lines(app: &App, name: Option<&str>) -> Vec<String> {
    match name.map(Parameter::find) {
        None => all(app),
        Some(Err(error)) => vec![format!("refused: {error}")],
        Some(Ok(parameter)) => one(app, parameter),
    }
}

/// The one that is selected.
pub fn selected(app: &App) -> Vec<String> {
    TABLE
        .get(app.parameters.selected)
        .map_or(Vec::new(), |one| self::one(app, one))
}

fn all(app: &App) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for index in app.offered() {
        let parameter = &TABLE[index];
        let told = value(app, parameter);
        match groups.last_mut() {
            Some((title, values)) if *title == parameter.group.title() => values.push(told),
            _ => groups.push((parameter.group.title(), vec![told])),
        }
    }
    let whose = whose(app);
    let line = |(title, values): (&str, Vec<String>)| {
        format!("parameters{whose}, {title}: {}", values.join(", "))
    };
    groups.into_iter().map(line).collect()
}

fn whose(app: &App) -> String {
    let name = app
        .snapshot
        .as_deref()
        .map(|known| &app.focused_arm(known).name);
    name.map_or(String::new(), |name| format!(" of {name}"))
}

/// The value that is wished for, and what it was if that is another one.
fn value(app: &App, parameter: &Parameter) -> String {
    let (Some(wanted), Some(snapshot)) = (app.controls(), app.snapshot.as_deref()) else {
        return parameter.symbol.to_owned();
    };
    let start = &snapshot.recipe.arms[app.focused(snapshot)].controls;
    let [wanted, now, first] =
        [wanted, app.trained(snapshot), start].map(|controls| parameter.get(&controls.parameters));
    let told = format!("{} {}", parameter.symbol, parameter.format_value(wanted));
    let when = match parameter.effect {
        Effect::NextEpoch => "from the next epoch",
        Effect::Restart => "after a restart",
    };
    match (wanted == now, wanted == first) {
        (false, _) => format!("{told} {when}"),
        (true, true) => told,
        (true, false) => format!("{told}, was {} at the start", parameter.format_value(first)),
    }
}

fn one(app: &App, parameter: &Parameter) -> Vec<String> {
    let [help, values] = description(parameter);
    let mut lines = vec![format!(
        "parameter {}{}: {help}",
        value(app, parameter),
        whose(app)
    )];
    lines.push(format!(
        "typing {}: as {}; it takes {values}",
        parameter.symbol, parameter.name
    ));
    if let Some(entry) = glossary::parameter(parameter.name) {
        lines.push(format!("meaning: {}", entry.text));
    }
    lines
}
