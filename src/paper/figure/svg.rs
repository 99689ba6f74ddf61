//! The elements of a figure.

use std::fmt::Write;

/// Colour of letters.
const INK: &str = "#24292f";
/// Colour of axes.
const AXIS: &str = "#8c959f";
/// Colour of lines behind curves.
const GRID: &str = "#e5e8ec";
const FONTS: &str = "Inter,'Helvetica Neue',Helvetica,Arial,sans-serif";

/// Where a text's position is.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing that grows.
pub(super) struct Svg {
    body: String,
    size: [f64; 2],
}

impl Svg {
    /// An empty sheet of `width` × `height` pixels.
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self {
            body: String::new(),
            size: [width, height],
        }
    }

    /// Letters of `size` pixels at a position.
    pub(super) fn text(&mut self, at: [f64; 2], size: f64, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let [x, y] = at;
        let text = escaped(text);
        self.add(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{INK}\">{text}</text>"
        ));
    }

    /// Letters that are read upwards.
    pub(super) fn upward(&mut self, at: [f64; 2], size: f64, text: &str) {
        let [x, y] = at;
        let text = escaped(text);
        self.add(&format!(
            "<text transform=\"translate({x:.1} {y:.1}) rotate(-90)\" font-size=\"{size}\" text-anchor=\"middle\" fill=\"{INK}\">{text}</text>"
        ));
    }

    /// A thin line of the axes, or behind the curves.
    pub(super) fn rule(&mut self, from: [f64; 2], to: [f64; 2], is_axis: bool) {
        let colour = if is_axis { AXIS } else { GRID };
        let ([x1, y1], [x2, y2]) = (from, to);
        self.add(&format!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\"/>"
        ));
    }

    /// A curve; `dashes` as SVG takes them, empty for none.
    pub(super) fn curve(&mut self, points: &[[f64; 2]], colour: &str, dashes: &str) {
        let points = joined(points);
        self.add(&format!(
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"{dashes}\"/>"
        ));
    }

    /// A translucent area.
    pub(super) fn area(&mut self, points: &[[f64; 2]], colour: &str) {
        let points = joined(points);
        self.add(&format!(
            "<polygon points=\"{points}\" fill=\"{colour}\" fill-opacity=\"0.15\"/>"
        ));
    }

    /// A filled rectangle.
    pub(super) fn rectangle(&mut self, at: [f64; 2], size: [f64; 2], colour: &str) {
        let ([x, y], [width, height]) = (at, size);
        self.add(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{colour}\"/>"
        ));
    }

    /// The finished document.
    pub(super) fn finish(self) -> String {
        let [width, height] = self.size;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"{FONTS}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{}</svg>\n",
            self.body
        )
    }

    fn add(&mut self, element: &str) {
        let _ = writeln!(self.body, "{element}");
    }
}

/// Points as SVG lists them.
fn joined(points: &[[f64; 2]]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|[x, y]| format!("{x:.1},{y:.1}"))
        .collect();
    points.join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
