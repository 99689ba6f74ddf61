//! What things look like: semantic styles, resolved for what the terminal can show.

mod indexed;
mod lab;
mod level;
mod name;
mod palette;
#[cfg(test)]
pub mod seen;
mod sign;

use ratatui::style::{Color, Modifier, Style};

use lab::Lab;
pub use level::Level;
pub use name::ThemeName;
use palette::{Ink, Palette};
pub use sign::Sign;

use super::widgets::{Fill, Marker, Shades};
use crate::handout::Colours;

/// Most shades of the field, over all classes.
const FIELD_SHADES: usize = 32;

/// Difference (CIEDE2000) below which a sign's colour is taken for a class's.
const ALIKE: f64 = 12.0;

/// How much of the field of class probabilities is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    large: bool,
    palette: &'static Palette,
    /// Colours of points of each class.
    classes: [Color; 10],
    /// Backgrounds of each class in the palette of 256 colours, from doubtful to certain.
    tints: [[u8; 2]; 10],
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
    /// The arms.
    arms: [Style; 4],
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
    /// The first class whose colour is hardly told from that of these three.
    alike: [usize; 3],
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
            _ if name == ThemeName::HighContrast => {
                Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD)
            }
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
            large: false,
            palette,
            classes: match level {
                Level::Indexed => indexed::apart(&palette.classes).map(Color::Indexed),
                _ => palette.classes.map(|ink| level.colour(ink)),
            },
            tints: match level {
                Level::Indexed => indexed::tints(palette.ground, &palette.classes),
                _ => Default::default(),
            },
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
            alike: [palette.path, palette.mature, palette.bad]
                .map(|ink| first_alike(ink, &palette.classes, level)),
        }
    }

    /// Its name.
    pub fn name(&self) -> ThemeName {
        self.name
    }

    /// The same terminal and marker with another theme.
    pub fn renamed(&self, name: ThemeName) -> Self {
        Self::new(name, self.terminal, self.marker).enlarged(self.large)
    }

    /// The same theme with another marker.
    pub fn marked(&self, marker: Marker) -> Self {
        Self::new(self.name, self.terminal, marker).enlarged(self.large)
    }

    /// The same theme with large glyphs and bold text, or without.
    pub fn enlarged(&self, large: bool) -> Self {
        let mut theme = Self::new(self.name, self.terminal, self.marker);
        theme.large = large;
        if large {
            theme.text = theme.text.add_modifier(Modifier::BOLD);
            for style in [&mut theme.faint, &mut theme.border] {
                style.add_modifier.remove(Modifier::DIM);
            }
        }
        theme
    }

    /// Whether glyphs are large, lines thick, and grounds without shades.
    pub fn large(&self) -> bool {
        self.large
    }

    /// How many colours it uses.
    pub fn level(&self) -> Level {
        self.level
    }

    /// What lines are made of.
    pub fn marker(&self) -> Marker {
        self.marker
    }

    /// Red, green and blue of ground and text, for pictures outside of a terminal.
    pub fn paper(&self) -> [[u8; 3]; 2] {
        [self.palette.ground.rgb, self.palette.text.rgb]
    }

    /// All colours by meaning, for pictures outside of a terminal.
    pub fn colours(&self) -> Colours {
        let palette = self.palette;
        Colours {
            ground: palette.ground.rgb,
            text: palette.text.rgb,
            faint: palette.faint.rgb,
            border: palette.border.rgb,
            accent: palette.accent.rgb,
            good: palette.good.rgb,
            bad: palette.bad.rgb,
            line: palette.line.rgb,
            path: palette.path.rgb,
            mature: palette.mature.rgb,
            arms: palette.arms.map(|ink| ink.rgb),
            terms: palette.terms.map(|ink| ink.rgb),
            classes: palette.classes.map(|ink| ink.rgb),
        }
    }

    /// Whether only ASCII may be drawn.
    pub fn ascii(&self) -> bool {
        self.marker == Marker::Ascii
    }

    /// `fancy`, or `plain` where only ASCII may be drawn.
    pub fn glyph(&self, fancy: char, plain: char) -> char {
        if self.ascii() { plain } else { fancy }
    }

    /// The style of points of a class. With 16 colours it is not bold: many terminals make another
    /// colour of that.
    pub fn class(&self, class: usize) -> Style {
        let style = undimmed(self.classes[class % self.classes.len()]);
        match self.level {
            Level::Sixteen => style,
            _ => style.add_modifier(Modifier::BOLD),
        }
    }

    /// The style of a counterfactual's sign on a plane with so many classes: light and dark changed where
    /// one of these has a colour that is hardly told from the sign's own.
    pub fn counterfactual(&self, sign: Sign, classes: usize) -> Style {
        let (own, alike) = match sign {
            Sign::Mature => (self.mature, self.alike[1]),
            Sign::Exhausted => (self.exhausted, self.alike[2]),
            _ => (self.nascent, self.alike[0]),
        };
        match alike < classes {
            true => self.nascent.add_modifier(Modifier::REVERSED),
            false => own,
        }
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
        let ground = match (ground, self.large, self.level) {
            (Ground::Empty, ..) => Ground::Empty,
            (_, true, Level::Rgb) => Ground::Flat,
            (_, true, _) => Ground::Empty,
            (ground, false, _) => ground,
        };
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
        let class = class % self.palette.classes.len();
        if self.level == Level::Indexed {
            return self.indexed_ramp(class, shades);
        }
        let full = self.palette.classes[class];
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

    /// As [`Theme::ramp`] in the palette of 256 colours, where mixtures would lose their hue.
    fn indexed_ramp(&self, class: usize, shades: usize) -> Vec<Color> {
        let [doubtful, certain] = self.tints[class].map(Color::Indexed);
        match (shades, doubtful == certain) {
            (1, _) | (_, true) => vec![certain],
            _ => vec![doubtful, certain],
        }
    }

    /// Glyphs of each class, from doubtful to certain.
    fn textures(&self, classes: usize, shades: usize) -> Vec<(Style, Vec<char>)> {
        let texture = |class: usize| {
            let ink = self.palette.classes[class % self.palette.classes.len()];
            let dim = match self.large {
                true => Modifier::empty(),
                false => Modifier::DIM,
            };
            let dim = Style::new().fg(self.level.colour(ink)).add_modifier(dim);
            let mark = self.texture(class);
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

/// The first of `classes` whose colour is hardly told from `ink`; their number if none is.
fn first_alike(ink: Ink, classes: &[Ink], level: Level) -> usize {
    let is_alike = |class: &Ink| match level {
        Level::Off => false,
        Level::Sixteen => class.named == ink.named,
        _ => Lab::from(class.rgb).difference(Lab::from(ink.rgb)) < ALIKE,
    };
    classes.iter().position(is_alike).unwrap_or(classes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_class_has_the_colour_of_a_sign() {
        let levels = [Level::Sixteen, Level::Indexed, Level::Rgb];
        for (name, level) in ThemeName::ALL
            .into_iter()
            .flat_map(|name| levels.map(|l| (name, l)))
        {
            let theme = Theme::new(name, level, Marker::Braille);
            for classes in 2..=10 {
                for sign in [Sign::Mature, Sign::Exhausted] {
                    let style = theme.counterfactual(sign, classes);
                    let reversed = style.add_modifier.contains(Modifier::REVERSED);
                    let alike = (0..classes).any(|class| theme.class(class).fg == style.fg);
                    assert!(
                        reversed || theme.level == Level::Off || !alike,
                        "{name:?} {level:?} {classes}"
                    );
                }
            }
        }
        let dark = Theme::dark(Level::Rgb, Marker::Braille);
        assert_eq!(dark.counterfactual(Sign::Exhausted, 3), dark.exhausted);
        assert_ne!(dark.counterfactual(Sign::Exhausted, 7), dark.exhausted);
    }

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
                let found = indexed::contrast(ink.rgb, palette.ground.rgb);
                assert!(found >= min, "{name:?} {ink:?}: {found:.1}");
            }
        }
    }

    /// Themes with colours at all levels that have some.
    fn coloured() -> impl Iterator<Item = (String, Theme)> {
        let names = ThemeName::ALL
            .into_iter()
            .filter(|name| *name != ThemeName::Mono);
        names.flat_map(|name| {
            [Level::Sixteen, Level::Indexed, Level::Rgb].map(|level| {
                let theme = Theme::new(name, level, Marker::Braille);
                (format!("{name:?} {level:?}"), theme)
            })
        })
    }

    /// Asserts that every pair of colours is at least so far apart.
    fn assert_apart(colours: &[[u8; 3]], least: f64, what: &str) {
        for (first, one) in colours.iter().enumerate() {
            for (second, other) in colours.iter().enumerate().skip(first + 1) {
                let found = lab::Lab::from(*one).difference(lab::Lab::from(*other));
                assert!(
                    found >= least,
                    "{what}: {first} and {second} differ by {found:.1}"
                );
            }
        }
    }

    #[test]
    fn every_pair_of_classes_is_told_apart() {
        for (what, theme) in coloured() {
            let points: Vec<_> = (0..10)
                .map(|class| seen::rgb(theme.class(class).fg.unwrap()))
                .collect();
            assert_apart(&points, 10.0, &format!("points, {what}"));
            let Fill::Colours(ramps) = theme.shades(10, Ground::Shaded).fill else {
                continue;
            };
            let certain: Vec<_> = ramps
                .iter()
                .map(|ramp| seen::rgb(ramp[ramp.len() - 1]))
                .collect();
            assert_apart(&certain, 6.0, &format!("ground, {what}"));
        }
    }

    #[test]
    fn the_grounds_of_256_colours_keep_the_hue_of_their_class() {
        for name in [ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast] {
            let theme = Theme::new(name, Level::Indexed, Marker::Braille);
            let Fill::Colours(ramps) = theme.shades(10, Ground::Shaded).fill else {
                panic!("a field in colour");
            };
            for (class, ramp) in ramps.iter().enumerate() {
                let full = lab::Lab::from(theme.palette.classes[class].rgb).with_chroma(30.0);
                for colour in ramp {
                    let shade = lab::Lab::from(seen::rgb(*colour));
                    assert!(shade.chroma() > 8.0, "{name:?}: class {class} is grey");
                    let alike = lab::Lab {
                        lightness: full.lightness,
                        ..shade.with_chroma(30.0)
                    };
                    let turned = alike.difference(full);
                    assert!(
                        turned < 25.0,
                        "{name:?}: class {class} turns by {turned:.1}"
                    );
                }
            }
        }
    }

    #[test]
    fn with_16_colours_text_stands_out_from_its_own_ground() {
        for name in ThemeName::ALL
            .into_iter()
            .filter(|name| *name != ThemeName::Mono)
        {
            let theme = Theme::new(name, Level::Sixteen, Marker::Braille);
            let ground = seen::rgb(theme.text.bg.unwrap());
            let styles = [
                theme.text,
                theme.faint,
                theme.title,
                theme.border,
                theme.accent,
                theme.good,
                theme.warning,
                theme.bad,
                theme.path,
                theme.mature,
                theme.exhausted,
            ];
            let classes = (0..8).map(|class| theme.class(class));
            for style in styles
                .into_iter()
                .chain(theme.arms)
                .chain(theme.terms)
                .chain(classes)
            {
                let found = indexed::contrast(seen::rgb(style.fg.unwrap()), ground);
                assert!(found >= 3.0, "{name:?} {style:?}: {found:.1}");
            }
        }
    }
}
