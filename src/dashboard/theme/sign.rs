//! Glyphs: each means one thing in each set of markers.

use ratatui::style::{Modifier, Style};

use super::Theme;

/// What a glyph on the plane stands for, beside the classes of samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A nascent counterfactual.
    Nascent,
    /// A mature counterfactual.
    Mature,
    /// Where a search was exhausted.
    Exhausted,
    /// What training contrasts a counterfactual with.
    Neighbour,
    /// A search on its way.
    Moving,
}

impl Sign {
    /// All signs.
    pub const ALL: [Self; 5] = [
        Self::Nascent,
        Self::Mature,
        Self::Exhausted,
        Self::Neighbour,
        Self::Moving,
    ];

    fn glyphs(self) -> (char, char) {
        match self {
            Self::Nascent => ('○', 'n'),
            Self::Mature => ('★', '*'),
            Self::Exhausted => ('✗', '!'),
            Self::Neighbour => ('◎', 'N'),
            Self::Moving => ('●', 'M'),
        }
    }
}

/// Glyphs of classes; later classes start over.
const CLASSES: [char; 10] = ['•', '▴', '▪', '◆', '✚', '▾', '◦', '▵', '▫', '◇'];
/// The same for the last row of a class room: two cells make a shape about as wide as it is high.
const LARGE_CLASSES: [&str; 10] = ["◖◗", "◢◣", "◀▶", "◥◤", "╋╋", "◣◢", "▛▜", "▙▟", "▞▚", "◤◥"];
/// The same in ASCII.
const ASCII_CLASSES: [char; 10] = ['o', 'x', '%', '&', '@', '$', 'A', 'H', 'Z', 'S'];

/// What fills the ground of a class where there are no shades; later classes start over.
const TEXTURES: [char; 4] = [' ', '˙', '∶', '░'];
/// The same in ASCII.
const ASCII_TEXTURES: [char; 4] = [' ', '\'', ':', ','];

impl Theme {
    /// The glyph of a sign.
    pub fn sign(&self, sign: Sign) -> char {
        let (fancy, plain) = sign.glyphs();
        self.glyph(fancy, plain)
    }

    /// The glyph of points of a class.
    pub fn class_glyph(&self, class: usize) -> char {
        let glyphs = match self.ascii() {
            true => ASCII_CLASSES,
            false => CLASSES,
        };
        glyphs[class % glyphs.len()]
    }

    /// What points of a class look like on the plane: a glyph, or two where they are large.
    pub fn class_mark(&self, class: usize) -> String {
        let glyph = self.class_glyph(class);
        match (self.large, self.ascii()) {
            (false, _) => glyph.to_string(),
            (true, true) => [glyph; 2].iter().collect(),
            (true, false) => LARGE_CLASSES[class % LARGE_CLASSES.len()].to_owned(),
        }
    }

    /// What a sign looks like on the plane, and in which style: a glyph, or one on a field of its own
    /// where it is large.
    pub fn sign_mark(&self, sign: Sign, style: Style) -> (String, Style) {
        let glyph = self.sign(sign);
        match self.large {
            false => (glyph.to_string(), style),
            true => (format!(" {glyph} "), style.add_modifier(Modifier::REVERSED)),
        }
    }

    /// The glyph that fills the ground of a class.
    pub(super) fn texture(&self, class: usize) -> char {
        let glyphs = match self.ascii() {
            true => ASCII_TEXTURES,
            false => TEXTURES,
        };
        glyphs[class % glyphs.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::{
        theme::Level,
        widgets::{Dots, Marker},
    };
    use std::collections::BTreeSet;

    #[test]
    fn no_glyph_means_two_things() {
        let looks = Marker::ALL.map(|marker| [(marker, false), (marker, true)]);
        for (marker, large) in looks.into_iter().flatten() {
            let theme = Theme::dark(Level::Sixteen, marker).enlarged(large);
            let mut line = Dots::new(1, 1, marker);
            line.point(0.5, 0.5);
            let signs = Sign::ALL.map(|sign| theme.sign(sign));
            let line = match large {
                true if marker == Marker::HalfBlock => Some('█'),
                _ => line.glyph(0, 0),
            };
            let others = signs
                .into_iter()
                .chain((0..4).map(|class| theme.texture(class)))
                .chain(line);
            let glyphs: Vec<String> = (0..10)
                .map(|class| theme.class_mark(class))
                .chain(others.map(String::from))
                .collect();
            let different: BTreeSet<_> = glyphs.iter().collect();
            assert_eq!(different.len(), 20, "{marker:?}: {glyphs:?}");
            assert!(marker != Marker::Ascii || glyphs.iter().all(|glyph| glyph.is_ascii()));
        }
    }
}
