//! The picture of a boundary as SVG, with axes in units of the file.

use super::{
    Glyph, Handout, Ink, Outline, Shape,
    plane::{ASPECT, WIDTH, shapes},
};
use crate::{
    plot::Extent,
    text::shortened,
    xml::{Anchor, Element, Svg, tenths},
};

/// Room around the plane: left, top, right, bottom.
const ROOM: [f64; 4] = [58.0, 8.0, 12.0, 50.0];
/// Size of letters.
const LETTER: f64 = 15.0;
/// Ticks that are wanted of an axis.
const TICKS: usize = 5;
/// Most characters of an axis' name.
const NAME: usize = 40;

/// The picture of an arm.
pub(super) fn boundary(handout: &Handout<'_>, arm: usize, title: &str, text: &str) -> Element {
    let [left, top, right, bottom] = ROOM;
    let size = [WIDTH, ASPECT * WIDTH];
    let mut svg = Svg::new([left + size[0] + right, top + size[1] + bottom], title).described(text);
    let clip = format!("plane-{arm}");
    svg.add(
        Element::new("clipPath")
            .with("id", &clip)
            .and(area([left, top], size)),
    );
    let shapes = shapes(handout.snapshot, arm, &handout.shown);
    let drawn = shapes.iter().filter_map(element);
    svg.add(
        Element::new("g")
            .with("clip-path", format_args!("url(#{clip})"))
            .all(drawn),
    );
    let frame = area([left, top], size).with("fill", "none");
    svg.add(
        frame
            .with("stroke", "currentColor")
            .with("stroke-opacity", 0.5),
    );
    axes(handout, &mut svg);
    svg.into_element()
}

fn area([x, y]: [f64; 2], [width, height]: [f64; 2]) -> Element {
    Element::new("rect").at([("x", x), ("y", y), ("width", width), ("height", height)])
}

/// Where a place on the plane is in the picture.
fn at([x, y]: [f64; 2]) -> [f64; 2] {
    [ROOM[0] + WIDTH * x, ROOM[1] + ASPECT * WIDTH * y]
}

fn axes(handout: &Handout<'_>, svg: &mut Svg) {
    let (projection, dataset) = (&handout.snapshot.projection, &handout.snapshot.dataset);
    for axis in 0..2 {
        let [lower, upper] = projection.ends(axis, &dataset.features);
        let extent = Extent::new(lower, upper);
        for tick in extent.ticks(TICKS) {
            let Some(share) = extent.fraction(tick) else {
                continue;
            };
            let share = if lower > upper { 1.0 - share } else { share };
            let text = extent.label(tick, TICKS);
            let (place, anchor) = match axis {
                0 => (at([share, 1.0]), Anchor::Middle),
                _ => (at([0.0, 1.0 - share]), Anchor::End),
            };
            let place = match axis {
                0 => [place[0], place[1] + LETTER + 3.0],
                _ => [place[0] - 5.0, place[1] + 0.35 * LETTER],
            };
            svg.text(place, LETTER - 1.0, anchor, &text);
        }
    }
    let [across, up] = [0, 1].map(|axis| shortened(&projection.names[axis], NAME));
    let [x, y] = at([0.5, 1.0]);
    svg.text(
        [x, y + 2.0 * LETTER + 10.0],
        LETTER,
        Anchor::Middle,
        &across,
    );
    svg.upward([LETTER, at([0.0, 0.5])[1]], LETTER, &up);
}

/// A shape as one element; none if there is nothing of it.
fn element(shape: &Shape) -> Option<Element> {
    let path = |path: String| (!path.is_empty()).then(|| Element::new("path").with("d", path));
    match shape {
        Shape::Ground {
            class,
            certainty,
            pieces,
        } => Some(
            path(pieces.iter().map(piece).collect())?
                .with("fill", paint(Ink::Class(*class)))
                .with("fill-opacity", tenths_of_percent(0.06 + 0.34 * certainty))
                .with("shape-rendering", "crispEdges"),
        ),
        Shape::Lines { ink, width, lines } => Some(
            path(lines.iter().map(|line| stroke(line)).collect())?
                .with("fill", "none")
                .with("stroke", paint(*ink))
                .with("stroke-width", width)
                .with("stroke-linecap", "round")
                .with("stroke-linejoin", "round"),
        ),
        Shape::Marks {
            ink,
            glyph,
            radius,
            places,
        } => {
            let outline = outline(*glyph, *radius);
            let marks = places.iter().map(|&place| {
                let [x, y] = at(place);
                format!("M{} {}{outline}", tenths(x), tenths(y))
            });
            let marks = path(marks.collect())?;
            Some(match glyph.hollow {
                true => (marks.with("fill", "none"))
                    .with("stroke", paint(*ink))
                    .with("stroke-width", 1.6),
                false => (marks.with("fill", paint(*ink)))
                    .with("stroke", "var(--ground)")
                    .with("stroke-width", 0.6),
            })
        }
    }
}

fn tenths_of_percent(share: f64) -> String {
    format!("{share:.3}")
}

/// A rectangle of the ground as a part of a path.
fn piece(&[x, y, width, height]: &[f64; 4]) -> String {
    let ([left, top], [right, bottom]) = (at([x, y]), at([x + width, y + height]));
    let [x, y, right, bottom] = [left, top, right, bottom].map(tenths);
    format!("M{x} {y}H{right}V{bottom}H{x}z")
}

/// A line as a part of a path.
fn stroke(line: &[[f64; 2]]) -> String {
    let far = |share: f64| share.is_finite().then(|| share.clamp(-1.0, 2.0));
    let places = line.iter().filter_map(|[x, y]| Some([far(*x)?, far(*y)?]));
    let mut stroke = String::new();
    for (index, place) in places.enumerate() {
        let [x, y] = at(place).map(tenths);
        let command = if index == 0 { 'M' } else { 'L' };
        stroke += &format!("{command}{x} {y}");
    }
    stroke
}

/// A glyph around the present place, as a part of a path.
fn outline(glyph: Glyph, radius: f64) -> String {
    let corners = match glyph.outline {
        Outline::Circle => {
            let [r, d] = [radius, 2.0 * radius].map(tenths);
            return format!("m-{r} 0a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0z");
        }
        Outline::Polygon(corners) => corners,
    };
    let mut outline = String::new();
    let mut last = [0.0; 2];
    for (index, corner) in corners.iter().enumerate() {
        let [x, y] = [0, 1].map(|i| tenths(radius * (corner[i] - last[i])));
        let command = if index == 0 { 'm' } else { 'l' };
        outline += &format!("{command}{x} {y}");
        last = *corner;
    }
    outline + "z"
}

/// An ink by the name that the page's style has for it.
fn paint(ink: Ink) -> String {
    match ink {
        Ink::Class(class) => super::style::class(class),
        Ink::Line => "var(--line)".into(),
        Ink::Path => "var(--path)".into(),
        Ink::Mature => "var(--mature)".into(),
        Ink::Exhausted => "var(--bad)".into(),
        Ink::Accent => "var(--accent)".into(),
    }
}
