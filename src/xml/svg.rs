//! Drawings: texts, lines and areas on a sheet.

use std::fmt::Display;

use super::{Element, tenths};

/// Fonts of what stands by itself.
const FONTS: &str = "Inter,'Helvetica Neue',Helvetica,Arial,sans-serif";
/// Colours of its ground and of letters and lines on it.
const SHEET: [&str; 2] = ["#ffffff", "#24292f"];
/// The colour of what a drawing stands in.
const INK: &str = "currentColor";
/// How much is seen of an axis, and of the lines behind curves.
const OPACITIES: [f64; 2] = [0.5, 0.12];

/// Where a text's position is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its beginning.
    Start,
    /// At its middle.
    Middle,
    /// At its end.
    End,
}

/// A drawing that grows. Positions and sizes are in pixels from the top left corner; letters and axes
/// have the colour of what the drawing stands in.
#[derive(Clone, Debug)]
pub struct Svg(Element);

impl Svg {
    /// A drawing of `width` × `height` with nothing behind it, which is called `title`.
    pub fn new([width, height]: [f64; 2], title: &str) -> Self {
        let area = format!("0 0 {} {}", tenths(width), tenths(height));
        let root = Element::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("viewBox", area)
            .at([("width", width), ("height", height)])
            .with("role", "img");
        Self(root.and(Element::new("title").text(title)))
    }

    /// As [`Svg::new`], but on white, with fonts and colours of its own.
    pub fn sheet(size: [f64; 2], title: &str) -> Self {
        let [ground, ink] = SHEET;
        let mut svg = Self::new(size, title)
            .with("font-family", FONTS)
            .with("color", ink);
        svg.rectangle([0.0; 2], size, ground);
        svg
    }

    /// With a description for those who do not see it; before anything is drawn.
    pub fn described(mut self, text: &str) -> Self {
        self.add(Element::new("desc").text(text));
        self
    }

    /// With an attribute of the whole drawing.
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        self.0 = self.0.with(name, value);
        self
    }

    /// Adds any element.
    pub fn add(&mut self, element: Element) {
        self.0.push(&element);
    }

    /// Letters of `size` pixels at a position.
    pub fn text(&mut self, at: [f64; 2], size: f64, anchor: Anchor, text: &str) {
        self.inked(at, size, anchor, INK, text);
    }

    /// Letters in a colour of their own.
    pub fn inked(&mut self, [x, y]: [f64; 2], size: f64, anchor: Anchor, ink: &str, text: &str) {
        let place = Element::new("text").at([("x", x), ("y", y)]);
        self.letters(place, size, anchor, ink, text);
    }

    /// Letters that are read upwards.
    pub fn upward(&mut self, [x, y]: [f64; 2], size: f64, text: &str) {
        let turned = format!("translate({} {}) rotate(-90)", tenths(x), tenths(y));
        let place = Element::new("text").with("transform", turned);
        self.letters(place, size, Anchor::Middle, INK, text);
    }

    fn letters(&mut self, place: Element, size: f64, anchor: Anchor, ink: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let place = place.with("font-size", size).with("text-anchor", anchor);
        self.add(place.with("fill", ink).text(text));
    }

    /// A thin line of the axes, or behind the curves.
    pub fn rule(&mut self, [x1, y1]: [f64; 2], [x2, y2]: [f64; 2], is_axis: bool) {
        let [axis, behind] = OPACITIES;
        let opacity = if is_axis { axis } else { behind };
        let ends = [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)];
        let line = Element::new("line").at(ends).with("stroke", INK);
        self.add(line.with("stroke-opacity", opacity));
    }

    /// A curve; `dashes` as SVG takes them, empty for none.
    pub fn curve(&mut self, points: &[[f64; 2]], colour: &str, dashes: &str) {
        let curve = Element::new("polyline")
            .with("points", joined(points))
            .with("fill", "none")
            .with("stroke", colour)
            .with("stroke-width", 2)
            .with("stroke-linejoin", "round");
        self.add(match dashes {
            "" => curve,
            dashes => curve.with("stroke-dasharray", dashes),
        });
    }

    /// A translucent area.
    pub fn area(&mut self, points: &[[f64; 2]], colour: &str) {
        let area = Element::new("polygon").with("points", joined(points));
        self.add(area.with("fill", colour).with("fill-opacity", 0.15));
    }

    /// A filled rectangle.
    pub fn rectangle(&mut self, [x, y]: [f64; 2], [width, height]: [f64; 2], colour: &str) {
        let sides = [("x", x), ("y", y), ("width", width), ("height", height)];
        self.add(Element::new("rect").at(sides).with("fill", colour));
    }

    /// The drawing as an element of a page.
    pub fn into_element(self) -> Element {
        self.0
    }

    /// The drawing as a file.
    pub fn finish(self) -> String {
        format!("{}\n", self.0)
    }
}

/// Points as SVG lists them.
fn joined(points: &[[f64; 2]]) -> String {
    let point = |[x, y]: &[f64; 2]| format!("{},{}", tenths(*x), tenths(*y));
    points.iter().map(point).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_titled_before_anything_is_in_it() {
        let mut svg = Svg::sheet([20.0, 10.5], "a<b");
        svg.curve(&[[0.0, 1.0], [2.0, 3.25]], "#000000", "");
        let text = svg.finish();
        let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 10.5\"";
        assert!(text.starts_with(start), "{text}");
        assert!(text.contains("<title>a&lt;b</title>\n<rect"));
        assert!(text.contains("points=\"0,1 2,3.2\"") && !text.contains("dasharray"));
        assert!(text.ends_with("</svg>\n"));
    }
}
