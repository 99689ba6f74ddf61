//! The page, section by section.

use super::{Code, Glyph, Handout, changes, curves, figure, scores, settings, style};
use crate::{
    data::image,
    recipe::Arm,
    session::{Snapshot, Status},
    text::number_of,
    training::Method,
    xml::{Element, Svg},
};

/// Most characters of what the page is about.
const TITLE: usize = 80;
/// Most classes in the key to a picture.
const CLASSES: usize = 20;
/// Side of a module of the code for cameras, and light modules around it.
const MODULE: f64 = 4.0;
const QUIET: usize = 4;

/// The whole page.
pub(super) fn page(handout: &Handout<'_>) -> String {
    let snapshot = handout.snapshot;
    let title = format!(
        "{} after {}",
        crate::text::shortened(&snapshot.dataset.name, TITLE),
        number_of(snapshot.epoch, "epoch")
    );
    let meta = |name: &str, content: &str| {
        let meta = Element::new("meta").with("name", name);
        meta.with("content", content)
    };
    let head = Element::new("head")
        .and(Element::new("meta").with("charset", "utf-8"))
        .and(meta("viewport", "width=device-width, initial-scale=1"))
        .and(meta(
            "generator",
            concat!("ctui ", env!("CARGO_PKG_VERSION")),
        ))
        .and(Element::new("title").text(&title))
        .and(Element::new("style").markup(&style::sheet(&handout.colours)));
    let main = Element::new("main")
        .and(Element::new("h1").text(&title))
        .and(facts(snapshot))
        .all(sections(handout).into_iter().map(section));
    let page = Element::new("html")
        .with("lang", "en")
        .and(head)
        .and(Element::new("body").and(main));
    format!("<!DOCTYPE html>\n{page}\n")
}

/// A heading, and what is below it.
type Section = (&'static str, Vec<Element>);

fn sections(handout: &Handout<'_>) -> Vec<Section> {
    let snapshot = handout.snapshot;
    vec![
        ("Boundary", boundaries(handout)),
        ("Curves", charts(snapshot)),
        ("Scores", scores::table(snapshot)),
        ("Advice", advice(handout)),
        (
            "Settings",
            vec![
                settings::parameters(snapshot),
                settings::constraints(snapshot),
            ],
        ),
        ("Changes while training", vec![changes::list(snapshot)]),
        ("Open it again", code(snapshot, &handout.code)),
    ]
}

fn section((title, content): Section) -> Element {
    let heading = Element::new("h2").text(title);
    Element::new("section").and(heading).all(content)
}

/// A table that scrolls by itself where the screen is narrow.
pub(super) fn wide(table: Element, name: &str) -> Element {
    Element::new("div")
        .with("class", "wide")
        .with("role", "region")
        .with("aria-label", name)
        .with("tabindex", 0)
        .and(table)
}

/// What was trained on what.
fn facts(snapshot: &Snapshot) -> Element {
    let (dataset, recipe) = (&snapshot.dataset, &snapshot.recipe);
    let data = format!(
        "{}: {} to train with and {} to test with",
        recipe.source.title(),
        number_of(dataset.train.len(), "sample"),
        dataset.test.len(),
    );
    let state = match &snapshot.status {
        Status::NonFinite(problem) | Status::Failed(problem) => format!(" ({problem})"),
        Status::Running | Status::Paused | Status::Finished => String::new(),
    };
    let epochs = format!(
        "{} of {} planned, seed {}{state}",
        snapshot.epoch,
        recipe.epochs(),
        recipe.seed()
    );
    let mut facts = vec![("Data", data)];
    facts.push(("Features", features(snapshot)));
    facts.push(("Classes", dataset.shown_classes()));
    facts.extend(snapshot.notes.iter().map(|note| ("Remark", note.clone())));
    facts.push(("Epochs", epochs));
    facts.extend(recipe.arms.iter().map(|arm| ("Arm", about(arm))));
    facts.push((
        "Made by",
        concat!("ctui ", env!("CARGO_PKG_VERSION")).into(),
    ));
    let entries = facts
        .iter()
        .flat_map(|(name, text)| [Element::new("dt").text(name), Element::new("dd").text(text)]);
    Element::new("dl").with("class", "facts").all(entries)
}

/// What the models take.
fn features(snapshot: &Snapshot) -> String {
    let features = &snapshot.dataset.features;
    match image::shape(features) {
        Some((rows, columns)) => format!("images of {rows} × {columns} pixels"),
        None => changes::named(features, features.iter().map(|_| true)),
    }
}

/// What an arm is.
fn about(arm: &Arm) -> String {
    let Method { title, help, .. } = arm.method();
    let parent = arm.parent.as_ref().map_or_else(String::new, |parent| {
        format!(", forked off {} after epoch {}", parent.arm, parent.epoch)
    });
    format!("{}: {title} ({help}){parent}", arm.name)
}

fn boundaries(handout: &Handout<'_>) -> Vec<Element> {
    let arms = 0..handout.snapshot.arms.len();
    let figures = arms.map(|arm| boundary(handout, arm));
    vec![
        Element::new("div").with("class", "side").all(figures),
        key(handout),
    ]
}

fn boundary(handout: &Handout<'_>, arm: usize) -> Element {
    let snapshot = handout.snapshot;
    let state = &snapshot.arms[arm];
    let [x, y] = &snapshot.projection.names;
    let searches = &state.trajectories.examples;
    let mature = searches.iter().filter(|one| one.trajectory.outcome.mature);
    let accuracy = format!(
        "{}: {:.1} % of the test samples predicted correctly",
        state.name,
        100.0 * state.accuracy
    );
    let caption = match (handout.shown.paths, searches.len()) {
        (false, _) | (_, 0) => format!("{accuracy}."),
        (true, all) => format!(
            "{accuracy}. {} of {} example searches reach another class.",
            mature.count(),
            all
        ),
    };
    let title = format!("Boundary of {} over {x} and {y}", state.name);
    let text = format!(
        "Shaded areas are predicted as {}. {caption}",
        snapshot.dataset.shown_classes()
    );
    Element::new("figure")
        .and(figure::boundary(handout, arm, &title, &text))
        .and(Element::new("figcaption").text(&caption))
}

/// What the marks are.
fn key(handout: &Handout<'_>) -> Element {
    let dataset = &handout.snapshot.dataset;
    let entry = |glyph: Glyph, paint: &str, text: &str| {
        let mark = Element::new("span")
            .with("aria-hidden", "true")
            .with("style", format_args!("color: {paint}"))
            .text(&glyph.letter.to_string());
        Element::new("li").and(mark).text(&format!(" {text}"))
    };
    let classes = (0..dataset.classes.len().min(CLASSES)).map(|class| {
        let name = dataset.shown_class(class);
        entry(Glyph::of_class(class), &style::class(class), &name)
    });
    let mut key = Element::new("ul").with("class", "key").all(classes);
    let shown = &handout.shown;
    if shown.paths || shown.inspected.is_some() {
        key.push(&entry(
            Glyph::STAR,
            "var(--mature)",
            "a counterfactual that its model is sure of",
        ));
        key.push(&entry(
            Glyph::CROSS,
            "var(--bad)",
            "a search that ran out of steps",
        ));
    }
    if let Some(row) = shown.inspected {
        let text = format!("test sample {row}, which is advised below");
        key.push(&entry(Glyph::RING, "var(--accent)", &text));
    }
    key
}

fn charts(snapshot: &Snapshot) -> Vec<Element> {
    let charts = curves::charts(snapshot);
    if charts.is_empty() {
        return vec![Element::new("p").text("No epoch is trained yet.")];
    }
    let figures = charts.iter().map(|chart| {
        let caption = match chart.marks.is_empty() {
            true => format!("{}.", chart.title),
            false => format!("{}; dotted where it was changed.", chart.title),
        };
        Element::new("figure")
            .and(chart.draw())
            .and(Element::new("figcaption").text(&caption))
    });
    let all = Element::new("div").with("class", "side").all(figures);
    let measured = snapshot.reference().robustness.epoch;
    let late = (measured > 0 && measured != snapshot.epoch).then(|| {
        let text = format!("Accuracy under attack is that of epoch {measured}.");
        Element::new("p").text(&text)
    });
    std::iter::once(all).chain(late).collect()
}

fn advice(handout: &Handout<'_>) -> Vec<Element> {
    match &handout.advice {
        Ok(letter) => vec![
            Element::new("p").text(&format!("About {}.", letter.subject)),
            Element::new("div").markup(&letter.told(3)),
        ],
        Err(reason) => vec![Element::new("p").text(reason)],
    }
}

fn code(snapshot: &Snapshot, code: &Result<Code, String>) -> Vec<Element> {
    let code = match code {
        Ok(code) => code,
        Err(reason) => {
            return vec![Element::new("p").text(&format!("There is no code for it: {reason}."))];
        }
    };
    let file = snapshot
        .recipe
        .source
        .path()
        .and_then(|path| path.file_name());
    let needed = file.map_or_else(String::new, |file| {
        format!(" where {} lies as it did", file.to_string_lossy())
    });
    let how = format!("This line trains the same again{needed}, bit for bit, and shows it:");
    let line = format!("ctui {}", code.text);
    let picture = code.picture.as_ref().map(|rows| {
        Element::new("figure")
            .with("class", "square")
            .and(square(rows))
            .and(Element::new("figcaption").text("The same code for cameras."))
    });
    let mut found = vec![
        Element::new("p").text(&how),
        Element::new("pre").and(Element::new("code").text(&line)),
    ];
    found.extend(picture);
    found
}

/// Dark modules on white.
fn square(rows: &[Vec<bool>]) -> Element {
    let side = MODULE * (rows.len() + 2 * QUIET) as f64;
    let mut svg = Svg::new(
        [side, side],
        "The code that opens this run again, for cameras",
    );
    svg.rectangle([0.0; 2], [side, side], "#ffffff");
    let place = |index: usize| MODULE * (QUIET + index) as f64;
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run[0] {
                let wide = MODULE * run.len() as f64;
                path += &format!("M{} {}h{wide}v{MODULE}h-{wide}z", place(x), place(y));
            }
            x += run.len();
        }
    }
    let modules = Element::new("path").with("d", path).with("fill", "#000000");
    svg.add(modules.with("shape-rendering", "crispEdges"));
    svg.into_element()
}
