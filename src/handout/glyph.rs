//! What stands for a point in a picture.

/// The outline of a glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outline {
    /// A circle of radius 1.
    Circle,
    /// Corners around the origin, about 1 away from it; to the right and down.
    Polygon(&'static [[f64; 2]]),
}

/// A mark on the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its shape.
    pub outline: Outline,
    /// Whether only the outline is drawn.
    pub hollow: bool,
    /// What stands for it in text.
    pub letter: char,
}

const UP: Outline = Outline::Polygon(&[[0.0, -1.15], [1.1, 0.8], [-1.1, 0.8]]);
const DOWN: Outline = Outline::Polygon(&[[0.0, 1.15], [1.1, -0.8], [-1.1, -0.8]]);
const SQUARE: Outline = Outline::Polygon(&[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]);
const DIAMOND: Outline = Outline::Polygon(&[[0.0, -1.3], [1.0, 0.0], [0.0, 1.3], [-1.0, 0.0]]);
const PLUS: Outline = Outline::Polygon(&[
    [-0.4, -1.2],
    [0.4, -1.2],
    [0.4, -0.4],
    [1.2, -0.4],
    [1.2, 0.4],
    [0.4, 0.4],
    [0.4, 1.2],
    [-0.4, 1.2],
    [-0.4, 0.4],
    [-1.2, 0.4],
    [-1.2, -0.4],
    [-0.4, -0.4],
]);
const CROSS: Outline = Outline::Polygon(&[
    [-1.0, -0.6],
    [-0.6, -1.0],
    [0.0, -0.4],
    [0.6, -1.0],
    [1.0, -0.6],
    [0.4, 0.0],
    [1.0, 0.6],
    [0.6, 1.0],
    [0.0, 0.4],
    [-0.6, 1.0],
    [-1.0, 0.6],
    [-0.4, 0.0],
]);
const FIVE: Outline = Outline::Polygon(&[
    [0.0, -1.0],
    [0.235, -0.324],
    [0.951, -0.309],
    [0.38, 0.124],
    [0.588, 0.809],
    [0.0, 0.4],
    [-0.588, 0.809],
    [-0.38, 0.124],
    [-0.951, -0.309],
    [-0.235, -0.324],
]);

const fn glyph(letter: char, outline: Outline, hollow: bool) -> Glyph {
    Glyph {
        outline,
        hollow,
        letter,
    }
}

/// Glyphs of classes; later classes start over.
const CLASSES: [Glyph; 10] = [
    glyph('●', Outline::Circle, false),
    glyph('▲', UP, false),
    glyph('■', SQUARE, false),
    glyph('◆', DIAMOND, false),
    glyph('✚', PLUS, false),
    glyph('▼', DOWN, false),
    glyph('○', Outline::Circle, true),
    glyph('△', UP, true),
    glyph('□', SQUARE, true),
    glyph('◇', DIAMOND, true),
];

impl Glyph {
    /// A counterfactual that is of its target class.
    pub const STAR: Self = glyph('★', FIVE, false);
    /// Where a search was exhausted.
    pub const CROSS: Self = glyph('✖', CROSS, false);
    /// Around the inspected sample.
    pub const RING: Self = glyph('◯', Outline::Circle, true);

    /// Points of a class.
    pub fn of_class(class: usize) -> Self {
        CLASSES[class % CLASSES.len()]
    }
}
