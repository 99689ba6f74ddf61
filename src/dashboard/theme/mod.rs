//! What things look like: semantic styles, resolved for what the terminal can show.

mod level;
mod name;
mod palette;

use ratatui::style::{Color, Modifier, Style};

pub use level::Level;
pub use name::ThemeName;
use palette::{Ink, Palette};

use super::widgets::{Fill, Marker, Shades};

/// Glyphs of classes; later classes start over.
const GLYPHS: [char; 10] = ['•', '▴', '▪', '◆', '✚', '▾', '◦', '▵', '▫', '◇'];
/// The same in ASCII.
const ASCII_GLYPHS: [char; 10] = ['o', 'x', '+', '#', '%', '&', '@', '=', '~', '$'];
/// Most shades of the field, over all classes.
const FIELD_SHADES: usize = 32;

/// How much of the field of class probabilities is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// Shades from doubtful to certain.
    #[default]
    Shaded,
    /// One shade per class.
    Flat,
    /// Nothing.
    Empty,
}

/// All styles of the dashboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    name: ThemeName,
    terminal: Level,
    level: Level,
    marker: Marker,
    palette: &'static Palette,
    /// The screen's background, and text on it.
    pub text: Style,
    /// Text that matters less.
    pub faint: Style,
    /// Headings.
    pub title: Style,
    /// Frames.
    pub border: Style,
    /// The frame of the panel that has the focus.
    pub focus: Style,
    /// Keys, and values that were changed.
    pub accent: Style,
    /// Good news.
    pub good: Style,
    /// Something to look at.
    pub warning: Style,
    /// Something wrong.
    pub bad: Style,
    /// The selected line.
    pub selected: Style,
    /// Baseline and counterfactual training.
    arms: [Style; 2],
    /// The five loss terms: total, classification, divergence, adversarial, ridge.
    pub terms: [Style; 5],
    /// Paths of counterfactuals.
    pub path: Style,
    /// Factuals and nascent counterfactuals.
    pub nascent: Style,
    /// Mature counterfactuals.
    pub mature: Style,
    /// Exhausted searches.
    pub exhausted: Style,
}

impl Theme {
    /// The style of the arm at a position.
    pub fn arm(&self, position: usize) -> Style {
        self.arms[position % self.arms.len()]
    }

    /// The dark theme for a terminal with these colours.
    pub fn dark(level: Level, marker: Marker) -> Self {
        Self::new(ThemeName::Dark, level, marker)
    }

    /// The theme of that name for a terminal that shows `terminal` colours.
    pub fn new(name: ThemeName, terminal: Level, marker: Marker) -> Self {
        let level = name.level(terminal);
        let palette = name.palette();
        let fg = |ink: Ink| undimmed(level.colour(ink));
        let ground = level.colour(palette.ground);
        let selected = match level {
            Level::Off | Level::Sixteen => Style::new().add_modifier(Modifier::REVERSED),
            _ => Style::new()
                .bg(level.colour(palette.selected))
                .add_modifier(Modifier::BOLD),
        };
        let only_without_colour = |modifier| {
            if level == Level::Off {
                modifier
            } else {
                Modifier::empty()
            }
        };
        Self {
            name,
            terminal,
            level,
            marker,
            palette,
            text: fg(palette.text).bg(ground),
            faint: fg(palette.faint).add_modifier(only_without_colour(Modifier::DIM)),
            title: fg(palette.text).add_modifier(Modifier::BOLD),
            border: fg(palette.border).add_modifier(only_without_colour(Modifier::DIM)),
            focus: fg(palette.accent).add_modifier(Modifier::BOLD),
            accent: fg(palette.accent).add_modifier(Modifier::BOLD),
            good: fg(palette.good),
            warning: fg(palette.warning).add_modifier(only_without_colour(Modifier::BOLD)),
            bad: fg(palette.bad).add_modifier(Modifier::BOLD),
            selected,
            arms: palette.arms.map(fg),
            terms: palette.terms.map(fg),
            path: fg(palette.path),
            nascent: fg(palette.path).add_modifier(Modifier::BOLD),
            mature: fg(palette.mature).add_modifier(Modifier::BOLD),
            exhausted: fg(palette.bad).add_modifier(Modifier::BOLD),
        }
    }

    /// Its name.
    pub fn name(&self) -> ThemeName {
        self.name
    }

    /// The same terminal and marker with another theme.
    pub fn renamed(&self, name: ThemeName) -> Self {
        Self::new(name, self.terminal, self.marker)
    }

    /// The same theme with another marker.
    pub fn marked(&self, marker: Marker) -> Self {
        Self::new(self.name, self.terminal, marker)
    }

    /// What lines are made of.
    pub fn marker(&self) -> Marker {
        self.marker
    }

    /// Red, green and blue of ground and text, for pictures outside of a terminal.
    pub fn paper(&self) -> [[u8; 3]; 2] {
        [self.palette.ground.rgb, self.palette.text.rgb]
    }

    /// Whether only ASCII may be drawn.
    pub fn ascii(&self) -> bool {
        self.marker == Marker::Ascii
    }

    /// `fancy`, or `plain` where only ASCII may be drawn.
    pub fn glyph(&self, fancy: char, plain: char) -> char {
        if self.ascii() { plain } else { fancy }
    }

    /// The glyph of points of a class.
    pub fn class_glyph(&self, class: usize) -> char {
        let glyphs = if self.ascii() { ASCII_GLYPHS } else { GLYPHS };
        glyphs[class % glyphs.len()]
    }

    /// The style of points of a class.
    pub fn class(&self, class: usize) -> Style {
        let ink = self.palette.classes[class % self.palette.classes.len()];
        undimmed(self.level.colour(ink)).add_modifier(Modifier::BOLD)
    }

    /// Greys from black to white; none where glyphs have to do.
    pub fn greys(&self) -> Vec<Color> {
        if self.ascii() || self.level <= Level::Sixteen {
            return Vec::new();
        }
        let shade = |step: u32| {
            let grey = 0x11_11_11 * step;
            self.level.colour(Ink::new(grey, Color::Reset))
        };
        (0..16).map(shade).collect()
    }

    /// How the field of `classes` classes is drawn, and the lines in it.
    pub fn shades(&self, classes: usize, ground: Ground) -> Shades {
        let shades = match ground {
            Ground::Shaded => (FIELD_SHADES / classes.max(1)).clamp(2, 16),
            Ground::Flat => 1,
            Ground::Empty => 0,
        };
        let colours = self.level > Level::Sixteen && !self.ascii();
        let fill = match (shades, colours) {
            (0, _) => Fill::Nothing,
            (_, true) => {
                Fill::Colours((0..classes).map(|class| self.ramp(class, shades)).collect())
            }
            _ => Fill::Glyphs(self.textures(classes, shades)),
        };
        Shades {
            fill,
            line: undimmed(self.level.colour(self.palette.line)),
            ghost: Style::new().fg(self.level.colour(self.palette.ghost)),
        }
    }

    /// Background colours of a class, from doubtful to certain.
    fn ramp(&self, class: usize, shades: usize) -> Vec<Color> {
        let full = self.palette.classes[class % self.palette.classes.len()];
        let share = |shade: usize| match shades {
            1 => 0.22,
            _ => 0.06 + 0.34 * shade as f32 / (shades - 1) as f32,
        };
        (0..shades)
            .map(|step| {
                self.level
                    .colour(self.palette.ground.towards(full, share(step)))
            })
            .collect()
    }

    /// Glyphs of each class, from doubtful to certain.
    fn textures(&self, classes: usize, shades: usize) -> Vec<(Style, Vec<char>)> {
        let marks: [char; 4] = if self.ascii() {
            [' ', '.', ':', ',']
        } else {
            [' ', '·', '∶', '░']
        };
        let texture = |class: usize| {
            let ink = self.palette.classes[class % self.palette.classes.len()];
            let dim = Style::new()
                .fg(self.level.colour(ink))
                .add_modifier(Modifier::DIM);
            let mark = marks[class % marks.len()];
            (
                dim,
                if shades == 1 {
                    vec![mark]
                } else {
                    vec![' ', mark]
                },
            )
        };
        (0..classes).map(texture).collect()
    }
}

/// A colour that shows fully, also over a dim frame or field.
fn undimmed(colour: Color) -> Style {
    Style::new().fg(colour).remove_modifier(Modifier::DIM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn without_colours_no_style_has_one() {
        let theme = Theme::dark(Level::Off, Marker::Braille);
        let styles = [
            theme.text,
            theme.bad,
            theme.mature,
            theme.selected,
            theme.class(1),
            theme.terms[2],
        ];
        for style in styles {
            assert!(matches!(style.fg, None | Some(Color::Reset)), "{style:?}");
            assert!(matches!(style.bg, None | Some(Color::Reset)), "{style:?}");
        }
        assert!(matches!(
            theme.shades(2, Ground::Shaded).fill,
            Fill::Glyphs(_)
        ));
    }

    #[test]
    fn the_field_has_few_shades() {
        for classes in 1..=10 {
            let Fill::Colours(ramps) = Theme::dark(Level::Rgb, Marker::Braille)
                .shades(classes, Ground::Shaded)
                .fill
            else {
                panic!("a field in colour");
            };
            let shades: BTreeSet<_> = ramps
                .iter()
                .flatten()
                .map(|colour| colour.to_string())
                .collect();
            assert!(shades.len() <= FIELD_SHADES && ramps.len() == classes);
        }
    }

    #[test]
    fn classes_differ_by_glyph_and_by_colour() {
        for marker in Marker::ALL {
            for name in ThemeName::ALL {
                let theme = Theme::new(name, Level::Rgb, marker);
                let glyphs: BTreeSet<_> = (0..10).map(|class| theme.class_glyph(class)).collect();
                let inks: BTreeSet<_> = (0..10)
                    .map(|class| format!("{:?}", theme.class(class)))
                    .collect();
                let colours = if name == ThemeName::Mono { 1 } else { 10 };
                assert_eq!((glyphs.len(), inks.len()), (10, colours), "{name:?}");
            }
        }
    }

    #[test]
    fn a_theme_keeps_what_the_terminal_can_show() {
        let mono = Theme::new(ThemeName::Mono, Level::Rgb, Marker::Dot);
        assert_eq!(mono.text.fg, Some(Color::Reset));
        let light = mono.renamed(ThemeName::Light);
        assert_eq!(light, Theme::new(ThemeName::Light, Level::Rgb, Marker::Dot));
        assert_eq!(light.marked(Marker::Ascii).name(), ThemeName::Light);
        let off = Theme::new(ThemeName::HighContrast, Level::Off, Marker::Dot);
        assert_eq!(off.text.bg, Some(Color::Reset));
    }

    /// Contrast by WCAG 2.1, from 1 to 21.
    fn contrast(a: Ink, b: Ink) -> f64 {
        let luminance = |ink: Ink| {
            let linear = ink.rgb.map(|channel| {
                let c = f64::from(channel) / 255.0;
                if c <= 0.04045 {
                    c / 12.92
                } else {
                    ((c + 0.055) / 1.055).powf(2.4)
                }
            });
            0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        };
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        (a / b).max(b / a)
    }

    #[test]
    fn text_stands_out_from_the_ground() {
        for name in ThemeName::ALL {
            let palette = name.palette();
            let min = if name == ThemeName::HighContrast {
                7.0
            } else {
                4.5
            };
            let inks = [
                palette.text,
                palette.faint,
                palette.accent,
                palette.good,
                palette.warning,
                palette.bad,
                palette.mature,
                palette.path,
            ];
            for ink in inks
                .into_iter()
                .chain(palette.arms)
                .chain(palette.terms)
                .chain(palette.classes)
            {
                let found = contrast(ink, palette.ground);
                assert!(found >= min, "{name:?} {ink:?}: {found:.1}");
            }
        }
    }
}
