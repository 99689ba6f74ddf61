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
/// Height of the line below all pictures.
const CAPTION: f64 = 24.0;
/// Colours of lines.
const INKS: [&str; 2] = ["#1f6feb", "#d1570a"];

/// One picture.
pub struct Panel {
    pub title: &'static str,
    /// Unit of the vertical axis, and of a thousand times as much.
    pub units: [&'static str; 2],
    pub series: Vec<Series>,
}

/// One line.
pub struct Series {
    pub name: &'static str,
    pub points: Vec<(f64, f64)>,
}

/// All panels, row by row.
pub fn svg(panels: &[Panel]) -> String {
    let rows = panels.len().div_ceil(COLUMNS);
    let (width, height) = (SIZE.0 * COLUMNS as f64, SIZE.1 * rows as f64 + CAPTION);
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
    writeln!(
        text,
        "<text x=\"{LEFT}\" y=\"{}\">dotted: in proportion</text>\n</svg>",
        height - 10.0
    )
    .unwrap();
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
            let (y, label) = (up.at(value), with_unit(value, self.units));
            writeln!(
                text,
                "<path d=\"M{left} {y:.1}H{right}\" stroke=\"#d0d7de\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>",
                left - 5.0,
                y + 4.0
            )
            .unwrap();
        }
        for value in self.ticks(&across) {
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

    /// Powers of ten, or the values themselves where there is not more than one.
    fn ticks(&self, across: &Scale) -> Vec<f64> {
        let powers: Vec<f64> = across.powers().collect();
        match powers.len() > 1 {
            true => powers,
            false => self.series[0].points.iter().map(|point| point.0).collect(),
        }
    }

    fn values(&self, value: fn(&(f64, f64)) -> f64) -> (f64, f64) {
        let points = self.series.iter().flat_map(|series| &series.points);
        points
            .map(value)
            .fold((f64::INFINITY, 0.0), |(min, max), value| {
                (min.min(value), max.max(value))
            })
    }

    fn horizontal(&self) -> Scale {
        let (min, max) = self.values(|point| point.0);
        Scale {
            exponents: min.log10() - 0.1..max.log10() + 0.1,
            place: LEFT..SIZE.0 - RIGHT,
        }
    }

    /// The vertical axis reaches from one power of ten to another.
    fn vertical(&self) -> Scale {
        let (min, max) = self.values(|point| point.1);
        Scale {
            exponents: min.log10().floor()..(max * 1.05).log10().ceil(),
            place: SIZE.1 - BOTTOM..TOP,
        }
    }
}

impl Series {
    /// The line of proportional growth through the last point, or of proportional decrease through
    /// the first, as far as it lies above the axis.
    fn proportion(&self, up: &Scale) -> [(f64, f64); 2] {
        let [first, last] = [0, self.points.len() - 1].map(|place| self.points[place]);
        if last.1 < first.1 {
            return [first, (last.0, first.1 * first.0 / last.0)];
        }
        let min = 10_f64.powf(up.exponents.start);
        let start = first.0.max(last.0 * min / last.1);
        [(start, last.1 * start / last.0), last]
    }

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
        line(text, &self.proportion(up), "stroke-dasharray=\"2 4\"");
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

/// A number with few zeros.
fn short(value: f64) -> String {
    match value {
        value if value >= 1e6 => format!("{} M", value / 1e6),
        value if value >= 1e3 => format!("{} k", value / 1e3),
        value => format!("{value}"),
    }
}

fn with_unit(value: f64, [unit, thousand]: [&str; 2]) -> String {
    match value {
        value if value >= 1e3 => format!("{} {thousand}", value / 1e3),
        value => format!("{value} {unit}"),
    }
}
