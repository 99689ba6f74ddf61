//! Line charts with two logarithmic axes, as SVG.

use std::{fmt::Write, ops::Range};

/// Size of a picture, and the frame inside it.
const SIZE: (f64, f64) = (300.0, 240.0);
const LEFT: f64 = 52.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 30.0;
/// Pictures per row.
const COLUMNS: usize = 3;
/// Colours of lines.
const INKS: [&str; 2] = ["#1f6feb", "#d1570a"];

/// One picture.
pub struct Panel {
    pub title: String,
    pub unit: &'static str,
    pub series: Vec<Series>,
}

/// One line, with a dotted one of slope `guide` through its last point.
pub struct Series {
    pub name: &'static str,
    pub guide: f64,
    pub points: Vec<(f64, f64)>,
}

/// All panels, row by row.
pub fn svg(panels: &[Panel]) -> String {
    let rows = panels.len().div_ceil(COLUMNS);
    let (width, height) = (SIZE.0 * COLUMNS as f64, SIZE.1 * rows as f64);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#24292f\">\n\
         <title>Cost of an epoch of counterfactual training</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
    );
    for (place, panel) in panels.iter().enumerate() {
        let (column, row) = (place % COLUMNS, place / COLUMNS);
        let (x, y) = (SIZE.0 * column as f64, SIZE.1 * row as f64);
        writeln!(text, "<g transform=\"translate({x} {y})\">").unwrap();
        panel.draw(&mut text);
        text.push_str("</g>\n");
    }
    text.push_str("</svg>\n");
    text
}

/// A logarithmic axis: exponents of 10 that it covers, and where it lies.
struct Scale {
    exponents: Range<f64>,
    place: Range<f64>,
}

impl Scale {
    fn at(&self, value: f64) -> f64 {
        let share =
            (value.log10() - self.exponents.start) / (self.exponents.end - self.exponents.start);
        self.place.start + share * (self.place.end - self.place.start)
    }

    /// Powers of ten on the axis.
    fn powers(&self) -> impl Iterator<Item = f64> {
        let (first, last) = (self.exponents.start.ceil(), self.exponents.end.floor());
        (first as i32..=last as i32).map(|power| 10_f64.powi(power))
    }
}

impl Panel {
    fn draw(&self, text: &mut String) {
        let (across, up) = (self.horizontal(), self.vertical());
        let (left, right) = (across.place.start, across.place.end);
        let (bottom, top) = (up.place.start, up.place.end);
        writeln!(
            text,
            "<text x=\"{left}\" y=\"{}\" font-weight=\"bold\">{}</text>",
            TOP - 14.0,
            self.title
        )
        .unwrap();
        for value in up.powers() {
            let (y, label) = (up.at(value), short(value));
            writeln!(
                text,
                "<path d=\"M{left} {y:.1}H{right}\" stroke=\"#d0d7de\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{label} {}</text>",
                left - 5.0,
                y + 4.0,
                self.unit
            )
            .unwrap();
        }
        for value in across.powers() {
            let (x, label) = (across.at(value), short(value));
            writeln!(
                text,
                "<path d=\"M{x:.1} {bottom}V{top}\" stroke=\"#d0d7de\"/><text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
                bottom + 15.0
            )
            .unwrap();
        }
        writeln!(
            text,
            "<path d=\"M{left} {top}V{bottom}H{right}\" fill=\"none\" stroke=\"#57606a\"/>"
        )
        .unwrap();
        for (series, ink) in self.series.iter().zip(INKS) {
            series.draw(text, ink, &across, &up, self.series.len() > 1);
        }
    }

    fn values(&self, value: fn(&(f64, f64)) -> f64) -> (f64, f64) {
        let points = self.series.iter().flat_map(|series| &series.points);
        points
            .map(value)
            .fold((f64::INFINITY, 0.0), |(least, most), value| {
                (least.min(value), most.max(value))
            })
    }

    fn horizontal(&self) -> Scale {
        let (least, most) = self.values(|point| point.0);
        Scale {
            exponents: least.log10() - 0.1..most.log10() + 0.1,
            place: LEFT..SIZE.0 - RIGHT,
        }
    }

    /// The vertical axis reaches from one power of ten to another.
    fn vertical(&self) -> Scale {
        let (least, most) = self.values(|point| point.1);
        Scale {
            exponents: least.log10().floor()..(most * 1.05).log10().ceil(),
            place: SIZE.1 - BOTTOM..TOP,
        }
    }
}

impl Series {
    fn draw(&self, text: &mut String, ink: &str, across: &Scale, up: &Scale, named: bool) {
        let Some(&(x, y)) = self.points.last() else {
            return;
        };
        let line = |text: &mut String, points: &[(f64, f64)], style: &str| {
            let places = points.iter().map(|&(x, y)| (across.at(x), up.at(y)));
            let path: Vec<String> = places.map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            writeln!(
                text,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{ink}\" {style}/>",
                path.join(" ")
            )
            .unwrap();
        };
        let guide = [self.points[0].0, x].map(|at| (at, y * (at / x).powf(self.guide)));
        let guide = guide.map(|(at, value)| {
            let least = 10_f64.powf(up.exponents.start);
            match value < least {
                true => (x * (least / y).powf(1.0 / self.guide), least),
                false => (at, value),
            }
        });
        line(text, &guide, "stroke-dasharray=\"2 4\"");
        line(text, &self.points, "stroke-width=\"2\"");
        for &(x, y) in &self.points {
            let (x, y) = (across.at(x), up.at(y));
            writeln!(
                text,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{ink}\"/>"
            )
            .unwrap();
        }
        if named {
            let (x, y) = (across.at(x) - 6.0, up.at(y) - 8.0);
            writeln!(
                text,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"end\" fill=\"{ink}\">{}</text>",
                self.name
            )
            .unwrap();
        }
    }
}

/// A power of ten in few letters.
fn short(value: f64) -> String {
    match value {
        value if value >= 1e6 => format!("{} M", value / 1e6),
        value if value >= 1e3 => format!("{} k", value / 1e3),
        value => format!("{value}"),
    }
}
