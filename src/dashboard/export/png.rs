//! The boundaries as pixels: ground, decision line, searches and samples of every arm, side by side in
//! the order of the arms, without letters.

use std::io::{self, Cursor};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, imageops};

use crate::{
    handout::{ASPECT, Colours, Glyph, Ink, Outline, Shape, Shown, WIDTH, shapes},
    session::Snapshot,
};

/// Pixels of the file per pixel of the shapes' sizes.
const SCALE: u32 = 2;
/// Pixels along a side that become one, so that edges are smooth.
const FINE: u32 = 2;
/// Pictures in a row.
const IN_ROW: u32 = 2;
/// Room between pictures and around them.
const GAP: f64 = 12.0;
/// Width of the lines of hollow marks, and of the rim around full ones.
const STROKE: f64 = 1.6;
const RIM: f64 = 0.5;

/// The boundaries of all arms.
///
/// # Errors
/// What the encoder fails with.
pub fn png(snapshot: &Snapshot, shown: &Shown<'_>, colours: &Colours) -> io::Result<Vec<u8>> {
    let arms = snapshot.arms.len() as u32;
    let (columns, rows) = (arms.min(IN_ROW), arms.div_ceil(IN_ROW));
    let side = |count: u32, size: f64| {
        let size = f64::from(count) * (size + GAP) + GAP;
        (size * f64::from(SCALE * FINE)).round() as u32
    };
    let size = [side(columns, WIDTH), side(rows, ASPECT * WIDTH)];
    let mut canvas = Canvas {
        pixels: RgbImage::from_pixel(size[0], size[1], Rgb(colours.ground)),
        colours,
        corner: [0.0; 2],
    };
    for arm in 0..arms {
        let place = [arm % IN_ROW, arm / IN_ROW].map(f64::from);
        canvas.corner = [
            GAP + (WIDTH + GAP) * place[0],
            GAP + (ASPECT * WIDTH + GAP) * place[1],
        ];
        for shape in shapes(snapshot, arm as usize, shown) {
            canvas.draw(&shape);
        }
    }
    let small = imageops::thumbnail(&canvas.pixels, size[0] / FINE, size[1] / FINE);
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(small)
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}

/// Pixels that are drawn on, and the picture's corner; sizes and places are those of shapes.
struct Canvas<'a> {
    pixels: RgbImage,
    colours: &'a Colours,
    corner: [f64; 2],
}

impl Canvas<'_> {
    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Ground {
                class,
                certainty,
                pieces,
            } => {
                let colour = self.shade(*class, 0.06 + 0.34 * certainty);
                for [x, y, width, height] in pieces {
                    let ends = [self.at([*x, *y]), self.at([x + width, y + height])];
                    self.fill(ends, |_| Some(colour));
                }
            }
            Shape::Lines { ink, width, lines } => {
                let colour = self.colour(*ink);
                for ends in lines.iter().flat_map(|line| line.windows(2)) {
                    self.stroke([self.at(ends[0]), self.at(ends[1])], *width, colour);
                }
            }
            Shape::Marks {
                ink,
                glyph,
                radius,
                places,
            } => {
                let colour = self.colour(*ink);
                for &place in places {
                    self.mark(self.at(place), *glyph, *radius, colour);
                }
            }
        }
    }

    /// Where a share of the picture is.
    fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            self.corner[0] + WIDTH * x,
            self.corner[1] + ASPECT * WIDTH * y,
        ]
    }

    fn colour(&self, ink: Ink) -> [u8; 3] {
        let colours = self.colours;
        match ink {
            Ink::Class(class) => colours.classes[class % colours.classes.len()],
            Ink::Line => colours.line,
            Ink::Path => colours.path,
            Ink::Mature => colours.mature,
            Ink::Exhausted => colours.bad,
            Ink::Accent => colours.accent,
        }
    }

    /// The ground with a share of the colour of a class.
    fn shade(&self, class: usize, share: f64) -> [u8; 3] {
        let (ground, full) = (self.colours.ground, self.colour(Ink::Class(class)));
        [0, 1, 2].map(|i| {
            let [from, to] = [ground[i], full[i]].map(f64::from);
            (from + share * (to - from)).round() as u8
        })
    }

    /// Colours the pixels of the picture between two corners, each as `colour` says of its middle.
    fn fill(&mut self, corners: [[f64; 2]; 2], colour: impl Fn([f64; 2]) -> Option<[u8; 3]>) {
        let scale = f64::from(SCALE * FINE);
        let whole = [self.at([0.0; 2]), self.at([1.0; 2])];
        let range = |axis: usize| {
            let [from, to] = corners.map(|corner| {
                let inside = corner[axis].clamp(whole[0][axis], whole[1][axis]);
                (inside * scale).round() as u32
            });
            from..to
        };
        for (y, x) in range(1).flat_map(|y| range(0).map(move |x| (y, x))) {
            let middle = [x, y].map(|at| (f64::from(at) + 0.5) / scale);
            if let Some(colour) = colour(middle) {
                self.pixels.put_pixel(x, y, Rgb(colour));
            }
        }
    }

    fn stroke(&mut self, [from, to]: [[f64; 2]; 2], width: f64, colour: [u8; 3]) {
        if from.iter().chain(&to).any(|at| !at.is_finite()) {
            return;
        }
        let corner = |pick: fn(f64, f64) -> f64, by: f64| {
            [0, 1].map(|axis| pick(from[axis], to[axis]) + by * width)
        };
        let corners = [corner(f64::min, -1.0), corner(f64::max, 1.0)];
        self.fill(corners, |point| {
            (distance(point, from, to) <= 0.5 * width).then_some(colour)
        });
    }

    /// A mark with a rim that sets it off from what is behind it.
    fn mark(&mut self, middle: [f64; 2], glyph: Glyph, radius: f64, colour: [u8; 3]) {
        let (ground, reach) = (self.colours.ground, 1.4 * radius + STROKE);
        let corners = [-reach, reach].map(|by| middle.map(|at| at + by));
        self.fill(corners, |point| {
            let beyond = beyond(glyph.outline, radius, [0, 1].map(|i| point[i] - middle[i]));
            match glyph.hollow {
                true => (beyond.abs() <= 0.5 * STROKE).then_some(colour),
                false if beyond <= 0.0 => Some(colour),
                false => (beyond <= RIM).then_some(ground),
            }
        });
    }
}

/// How far a point is outside of an outline around the origin; negative inside.
fn beyond(outline: Outline, radius: f64, point: [f64; 2]) -> f64 {
    let corners = match outline {
        Outline::Circle => return point[0].hypot(point[1]) - radius,
        Outline::Polygon(corners) => corners,
    };
    let (mut inside, mut nearest) = (false, f64::INFINITY);
    for (index, corner) in corners.iter().enumerate() {
        let from = corner.map(|at| radius * at);
        let to = corners[(index + 1) % corners.len()].map(|at| radius * at);
        nearest = nearest.min(distance(point, from, to));
        if (from[1] > point[1]) != (to[1] > point[1]) {
            let share = (point[1] - from[1]) / (to[1] - from[1]);
            inside ^= point[0] < from[0] + share * (to[0] - from[0]);
        }
    }
    if inside { -nearest } else { nearest }
}

/// From a point to the line between two others.
fn distance(point: [f64; 2], from: [f64; 2], to: [f64; 2]) -> f64 {
    let [along, across] = [0, 1].map(|i| to[i] - from[i]);
    let length = along * along + across * across;
    let share = ((point[0] - from[0]) * along + (point[1] - from[1]) * across) / length;
    let share = if length > 0.0 {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let [x, y] = [from[0] + share * along, from[1] + share * across];
    (point[0] - x).hypot(point[1] - y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::{
        dashboard::{
            theme::{Level, Theme},
            widgets::Marker,
        },
        data::Source,
        recipe::{Controls, Recipe},
        session::{Command, Field, Rehearsal},
        training::HyperParameters,
    };

    /// Two arms after some epochs.
    fn trained() -> Arc<Snapshot> {
        let parameters = HyperParameters {
            samples: 300,
            counterfactuals: 20,
            epochs: 30,
            ..HyperParameters::default()
        };
        let source = Source::named("moon").unwrap();
        let recipe = Recipe::pair(source, Controls::new(parameters));
        let mut worker = Rehearsal::new(recipe).unwrap();
        worker.tell(Command::Run);
        while worker.go_on() {}
        worker.glance()
    }

    #[test]
    fn the_ground_is_that_of_the_models() {
        let snapshot = trained();
        let colours = Theme::dark(Level::Rgb, Marker::Braille).colours();
        let bytes = png(&snapshot, &Shown::default(), &colours).unwrap();
        let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
        let side = |size: f64, count: f64| (f64::from(SCALE) * (count * (size + GAP) + GAP)) as u32;
        assert_eq!(
            picture.dimensions(),
            (side(WIDTH, 2.0), side(ASPECT * WIDTH, 1.0))
        );
        let mut seen = 0;
        for (arm, state) in snapshot.arms.iter().enumerate() {
            let field = Field::new(&state.model, &snapshot.projection, (10, 10));
            for (cell, (&class, &margin)) in field.class.iter().zip(&field.margin).enumerate() {
                let share = |at: usize| (at as f64 + 0.5) / 10.0;
                let x = GAP + (WIDTH + GAP) * arm as f64 + WIDTH * share(cell % 10);
                let y = GAP + ASPECT * WIDTH * share(cell / 10);
                let [x, y] = [x, y].map(|at| (at * f64::from(SCALE)) as u32);
                let found = picture.get_pixel(x, y).0;
                let towards = |class: usize| -> i32 {
                    let full = colours.classes[class];
                    (0..3)
                        .map(|i| {
                            let ground = i32::from(colours.ground[i]);
                            (i32::from(found[i]) - ground) * (i32::from(full[i]) - ground)
                        })
                        .sum()
                };
                if margin > 0.5 {
                    seen += 1;
                    let class = usize::from(class);
                    assert!(
                        towards(class) > towards(1 - class),
                        "{arm} {cell} {found:?}"
                    );
                }
            }
        }
        assert!(seen > 50, "{seen}");
    }

    #[test]
    fn points_are_inside_or_outside_of_outlines() {
        for class in 0..10 {
            let outline = Glyph::of_class(class).outline;
            assert!(beyond(outline, 4.0, [0.1, 0.1]) < 0.0, "{class}");
            assert!(beyond(outline, 4.0, [7.0, 0.1]) > 1.0, "{class}");
        }
        assert_eq!(beyond(Outline::Circle, 2.0, [0.0, 5.0]), 3.0);
        assert_eq!(distance([3.0, 1.0], [0.0, 0.0], [2.0, 0.0]), 2f64.sqrt());
        assert_eq!(distance([3.0, 4.0], [0.0, 0.0], [0.0, 0.0]), 5.0);
    }
}
