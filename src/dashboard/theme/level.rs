//! How many colours the terminal shows.

use ratatui::style::Color;

use super::palette::Ink;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// None.
    Off,
    /// The 16 colours of the terminal's own palette.
    Sixteen,
    /// The fixed palette of 256 colours.
    Indexed,
    /// Any.
    Rgb,
}

impl Level {
    /// What the environment says, by `variable`: `NO_COLOR`, `COLORTERM` and `TERM`.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name| variable(name).unwrap_or_default();
        let terminal = value("TERM");
        if !value("NO_COLOR").is_empty() || terminal == "dumb" {
            return Self::Off;
        }
        if ["truecolor", "24bit"].contains(&value("COLORTERM").as_str())
            || terminal.ends_with("-direct")
        {
            return Self::Rgb;
        }
        if terminal.contains("256") {
            return Self::Indexed;
        }
        Self::Sixteen
    }

    /// The nearest colour that can be shown.
    pub(super) fn colour(self, ink: Ink) -> Color {
        let [red, green, blue] = ink.rgb;
        match self {
            Self::Off => Color::Reset,
            Self::Sixteen => ink.named,
            Self::Indexed => Color::Indexed(indexed(ink.rgb)),
            Self::Rgb => Color::Rgb(red, green, blue),
        }
    }
}

/// Brightness of the six steps of each channel in the palette of 256 colours.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of the 216 colours of the cube and the 24 greys.
fn indexed(rgb: [u8; 3]) -> u8 {
    let steps = rgb.map(|channel| nearest(&CUBE, channel));
    let cube = steps.map(|step| CUBE[step]);
    let mean = rgb.iter().map(|&channel| u32::from(channel)).sum::<u32>() / 3;
    let grey_step = (mean.saturating_sub(3) / 10).min(23) as u8;
    let grey = [8 + 10 * grey_step; 3];
    if distance(grey, rgb) < distance(cube, rgb) {
        return 232 + grey_step;
    }
    (16 + 36 * steps[0] + 6 * steps[1] + steps[2]) as u8
}

fn nearest(steps: &[u8], channel: u8) -> usize {
    let gap = |&index: &usize| steps[index].abs_diff(channel);
    (0..steps.len()).min_by_key(gap).unwrap_or(0)
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    (0..3).map(|i| u32::from(a[i].abs_diff(b[i])).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(variables: &[(&str, &str)]) -> Level {
        Level::detect(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_decides() {
        let modern = ("COLORTERM", "truecolor");
        assert_eq!(detect(&[("TERM", "xterm-256color"), modern]), Level::Rgb);
        assert_eq!(detect(&[("TERM", "xterm-256color")]), Level::Indexed);
        assert_eq!(detect(&[("TERM", "xterm")]), Level::Sixteen);
        assert_eq!(detect(&[("TERM", "xterm-direct")]), Level::Rgb);
        assert_eq!(detect(&[]), Level::Sixteen);
        assert_eq!(detect(&[("TERM", "dumb"), modern]), Level::Off);
        assert_eq!(detect(&[("NO_COLOR", "1"), modern]), Level::Off);
        assert_eq!(detect(&[("NO_COLOR", ""), modern]), Level::Rgb);
    }

    #[test]
    fn colours_of_the_palette_find_themselves() {
        assert_eq!(indexed([0, 0, 0]), 16);
        assert_eq!(indexed([255, 255, 255]), 231);
        assert_eq!(indexed([95, 135, 215]), 16 + 36 + 12 + 4);
        assert_eq!(indexed([18, 18, 18]), 233);
    }
}
