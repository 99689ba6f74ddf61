//! The picture of a boundary as shapes, from back to front.

use ndarray::ArrayView1;

use super::Glyph;
use crate::{
    data::Samples,
    plot::Grid,
    session::{Example, Field, Snapshot},
};

/// Width of a picture in pixels, in which sizes of marks and lines are given.
pub const WIDTH: f64 = 400.0;
/// Height of a picture of that width, as a share of it.
pub const ASPECT: f64 = 0.75;
/// Columns and rows of the ground.
const RESOLUTION: (usize, usize) = (160, 120);
/// Shades of a class, from doubtful to certain.
const SHADES: usize = 8;
/// Most samples of all classes: more would hide the ground.
const MOST_SAMPLES: usize = 240;
/// Radii of marks.
const SAMPLE: f64 = 2.6;
const DRAWN: f64 = 4.0;
const END: f64 = 7.0;
const RING: f64 = 8.0;

/// What a shape is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The colour of a class.
    Class(usize),
    /// That of the decision line.
    Line,
    /// That of searches.
    Path,
    /// That of mature counterfactuals.
    Mature,
    /// That of exhausted searches.
    Exhausted,
    /// That of the inspected sample.
    Accent,
}

/// A part of a picture. Places are shares of its width and height from the top left corner; sizes are
/// pixels of a picture [`WIDTH`] wide.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A part of the ground where a class is predicted.
    Ground {
        /// The class.
        class: usize,
        /// How certain it is, from 0 to 1.
        certainty: f64,
        /// Left, top, width and height of its pieces.
        pieces: Vec<[f64; 4]>,
    },
    /// Lines.
    Lines {
        /// What they are drawn with.
        ink: Ink,
        /// How wide they are.
        width: f64,
        /// Each from point to point.
        lines: Vec<Vec<[f64; 2]>>,
    },
    /// Equal marks.
    Marks {
        /// What they are drawn with.
        ink: Ink,
        /// What they look like.
        glyph: Glyph,
        /// Their radius.
        radius: f64,
        /// Where they are, all inside.
        places: Vec<[f64; 2]>,
    },
}

/// What of a run a picture shows.
#[derive(Clone, Debug, Default)]
pub struct Shown<'a> {
    /// The samples.
    pub samples: Option<&'a Samples>,
    /// The only class whose samples and counterfactuals are drawn, unless all are.
    pub only: Option<usize>,
    /// Whether the example searches are drawn.
    pub paths: bool,
    /// The inspected row of the test set.
    pub inspected: Option<usize>,
    /// The search from it, per arm.
    pub searches: Vec<Option<&'a Example>>,
}

/// What is on the plane of an arm: ground, decision line, searches, samples.
pub fn shapes(snapshot: &Snapshot, arm: usize, shown: &Shown<'_>) -> Vec<Shape> {
    let picture = Picture { snapshot, shown };
    let field = Field::new(&snapshot.arms[arm].model, &snapshot.projection, RESOLUTION);
    let mut shapes = ground(&field, snapshot.dataset.classes.len());
    shapes.push(line(&field));
    shapes.extend(picture.samples());
    shapes.extend(picture.drawn());
    shapes.extend(picture.searches(arm));
    shapes.extend(picture.inspected(arm));
    shapes
}

/// The ground in shades, row by row.
fn ground(field: &Field, classes: usize) -> Vec<Shape> {
    let (columns, rows) = field.resolution;
    let doubt = 1.0 / classes.max(2) as f32;
    let shade = |index: usize| {
        let certainty = (field.probability[index] - doubt) / (1.0 - doubt);
        let step = (certainty.clamp(0.0, 1.0) * (SHADES - 1) as f32).round() as usize;
        (usize::from(field.class[index]), step)
    };
    let mut pieces = vec![vec![Vec::new(); SHADES]; classes.max(1)];
    for row in 0..rows {
        let cells: Vec<usize> = (row * columns..(row + 1) * columns).collect();
        for run in cells.chunk_by(|&one, &next| shade(one) == shade(next)) {
            let (class, step) = shade(run[0]);
            pieces[class][step].push([
                (run[0] % columns) as f64 / columns as f64,
                row as f64 / rows as f64,
                run.len() as f64 / columns as f64,
                1.0 / rows as f64,
            ]);
        }
    }
    let shades = pieces.into_iter().enumerate().flat_map(|(class, steps)| {
        let steps = steps.into_iter().enumerate();
        steps.map(move |(step, pieces)| Shape::Ground {
            class,
            certainty: step as f64 / (SHADES - 1) as f64,
            pieces,
        })
    });
    shades
        .filter(|shape| !matches!(shape, Shape::Ground { pieces, .. } if pieces.is_empty()))
        .collect()
}

/// Where the decision changes.
fn line(field: &Field) -> Shape {
    let grid = Grid {
        resolution: field.resolution,
        class: &field.class,
        margin: &field.margin,
    };
    let pieces = grid.segments().into_iter();
    Shape::Lines {
        ink: Ink::Line,
        width: 1.6,
        lines: pieces
            .map(|(from, to)| vec![[from.0, from.1], [to.0, to.1]])
            .collect(),
    }
}

struct Picture<'a> {
    snapshot: &'a Snapshot,
    shown: &'a Shown<'a>,
}

impl<'a> Picture<'a> {
    fn place(&self, point: ArrayView1<'_, f32>) -> [f64; 2] {
        let (right, up) = self.snapshot.projection.place(point);
        [right, 1.0 - up]
    }

    fn shows(&self, class: usize) -> bool {
        self.shown.only.is_none_or(|only| only == class)
    }

    /// An even selection of each class' samples.
    fn samples(&self) -> Vec<Shape> {
        let Some(samples) = self.shown.samples else {
            return Vec::new();
        };
        let stride = samples.len().div_ceil(MOST_SAMPLES).max(1);
        let classes = samples.rows_by_class(self.snapshot.dataset.classes.len());
        let classes = classes.iter().enumerate();
        let shown = classes.filter(|(class, _)| self.shows(*class));
        shown
            .map(|(class, rows)| {
                let rows = rows.iter().step_by(stride);
                let places = rows.map(|&row| self.place(samples.x.row(row)));
                marks(Ink::Class(class), Glyph::of_class(class), SAMPLE, places)
            })
            .collect()
    }

    /// Points that people drew.
    fn drawn(&self) -> Vec<Shape> {
        let points = self.snapshot.drawn_points().into_iter();
        points
            .map(|(class, (right, up))| {
                let glyph = Glyph::of_class(class);
                marks(Ink::Class(class), glyph, DRAWN, [[right, 1.0 - up]])
            })
            .collect()
    }

    fn searches(&self, arm: usize) -> Vec<Shape> {
        let labels = &self.snapshot.dataset.test.y;
        let examples = self.snapshot.arms[arm].trajectories.examples.iter();
        let shown: Vec<&Example> = examples
            .filter(|example| {
                labels
                    .get(example.row)
                    .is_some_and(|&class| self.shows(class))
            })
            .filter(|_| self.shown.paths)
            .collect();
        self.paths(&shown, Ink::Path)
    }

    fn inspected(&self, arm: usize) -> Vec<Shape> {
        let search = self.shown.searches.get(arm).copied().flatten();
        let mut shapes = self.paths(search.as_slice(), Ink::Accent);
        let test = &self.snapshot.dataset.test;
        if let Some(row) = self.shown.inspected.filter(|&row| row < test.len()) {
            let (place, class) = (self.place(test.x.row(row)), test.y[row]);
            let glyph = Glyph::of_class(class);
            shapes.push(marks(Ink::Class(class), glyph, DRAWN, [place]));
            shapes.push(marks(Ink::Accent, Glyph::RING, RING, [place]));
        }
        shapes
    }

    /// Searches from their factuals to their ends.
    fn paths(&self, examples: &[&Example], ink: Ink) -> Vec<Shape> {
        let points = |example: &Example| -> Vec<[f64; 2]> {
            let rows = example.trajectory.points.rows().into_iter();
            rows.map(|point| self.place(point)).collect()
        };
        let ends = |mature: bool| {
            let ended = examples.iter();
            let ended = ended.filter(move |example| example.trajectory.outcome.mature == mature);
            ended.filter_map(|example| points(example).pop())
        };
        vec![
            Shape::Lines {
                ink,
                width: 1.2,
                lines: examples.iter().map(|example| points(example)).collect(),
            },
            marks(Ink::Mature, Glyph::STAR, END, ends(true)),
            marks(Ink::Exhausted, Glyph::CROSS, 0.6 * END, ends(false)),
        ]
    }
}

/// The marks that are inside.
fn marks(ink: Ink, glyph: Glyph, radius: f64, places: impl IntoIterator<Item = [f64; 2]>) -> Shape {
    let inside = |place: &[f64; 2]| place.iter().all(|share| (0.0..=1.0).contains(share));
    Shape::Marks {
        ink,
        glyph,
        radius,
        places: places.into_iter().filter(inside).collect(),
    }
}
