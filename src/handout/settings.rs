//! Parameters of the arms at the start, and which features may not change.

use super::changes::locks;
use crate::{
    session::Snapshot,
    training::{Parameter, TABLE},
    xml::Element,
};

/// All parameters by what they belong to, a column per arm.
pub(super) fn parameters(snapshot: &Snapshot) -> Element {
    let arms = &snapshot.recipe.arms;
    let column = |text: &str| Element::new("th").with("scope", "col").text(text);
    let names = arms
        .iter()
        .map(|arm| column(&arm.name).with("class", "number"));
    let head = Element::new("tr").and(column("parameter")).all(names);
    let mut table = Element::new("table")
        .and(Element::new("caption").text("Values at the start; changes while training are below."))
        .and(Element::new("thead").and(head));
    let shown: Vec<&Parameter> = TABLE
        .iter()
        .filter(|parameter| parameter.is_of(&snapshot.recipe.source))
        .collect();
    for group in shown.chunk_by(|one, next| one.group == next.group) {
        let title = Element::new("th")
            .with("scope", "rowgroup")
            .with("class", "group")
            .with("colspan", arms.len() + 1)
            .text(group[0].group.title());
        let rows = group.iter().map(|parameter| row(snapshot, parameter));
        let body = Element::new("tbody").and(Element::new("tr").and(title));
        table.push(&body.all(rows));
    }
    super::page::wide(table, "Parameters")
}

fn row(snapshot: &Snapshot, parameter: &Parameter) -> Element {
    let name = match parameter.symbol == parameter.name {
        true => parameter.name.to_owned(),
        false => format!("{} ({})", parameter.symbol, parameter.name),
    };
    let name = Element::new("th")
        .with("scope", "row")
        .text(&name)
        .and(Element::new("small").text(parameter.help));
    let values = snapshot.recipe.arms.iter().map(|arm| {
        let value = parameter.format(&arm.controls.parameters);
        Element::new("td").with("class", "number").text(&value)
    });
    Element::new("tr").and(name).all(values)
}

/// Which features may not change both ways, per arm.
pub(super) fn constraints(snapshot: &Snapshot) -> Element {
    let arms = snapshot.recipe.arms.iter().map(|arm| {
        let mutability = snapshot.dataset.mutability(&arm.controls.mutability);
        let locks = locks(&snapshot.dataset.features, &mutability);
        let text = match locks.is_empty() {
            true => "every feature may rise and fall".to_owned(),
            false => locks.join("; "),
        };
        Element::new("li").text(&format!("{}: {text}", arm.name))
    });
    Element::new("ul").all(arms)
}
