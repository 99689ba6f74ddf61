//! Whether the terminal's background is light or dark.

use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::{input::Input, theme::ThemeName};

/// How long the first frame waits for the terminal's answer; a later one still changes the colours.
const PATIENCE: Duration = Duration::from_millis(30);

/// The theme that the environment suggests: `COLORFGBG` ends with the number of the background.
pub fn by_environment(variable: impl Fn(&str) -> Option<String>) -> Option<ThemeName> {
    let colours = variable("COLORFGBG")?;
    let ground: u8 = colours.rsplit(';').next()?.parse().ok()?;
    match ground {
        7 | 9..=15 => Some(ThemeName::Light),
        0..=8 => Some(ThemeName::Dark),
        _ => None,
    }
}

/// The theme for a background of this red, green and blue.
pub fn by_colour([red, green, blue]: [u8; 3]) -> ThemeName {
    let luma = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    match luma > 127_500 {
        true => ThemeName::Light,
        false => ThemeName::Dark,
    }
}

/// What arrives until the terminal has answered, or for a moment.
pub fn answers(inputs: &Receiver<Input>) -> Vec<Input> {
    let deadline = Instant::now() + PATIENCE;
    let mut early = Vec::new();
    while let Ok(input) = inputs.recv_deadline(deadline) {
        let last = matches!(input, Input::Background(_) | Input::Answered);
        early.push(input);
        if last {
            break;
        }
    }
    early
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_tells_light_from_dark() {
        let theme = |value: &str| by_environment(|_| Some(value.to_owned()));
        assert_eq!(theme("0;15"), Some(ThemeName::Light));
        assert_eq!(theme("0;default;7"), Some(ThemeName::Light));
        assert_eq!(theme("15;0"), Some(ThemeName::Dark));
        assert_eq!(theme("7;8"), Some(ThemeName::Dark));
        assert_eq!(theme("default;default"), None);
        assert_eq!(by_environment(|_| None), None);
    }

    #[test]
    fn colours_are_light_or_dark() {
        assert_eq!(by_colour([253, 246, 227]), ThemeName::Light);
        assert_eq!(by_colour([0, 43, 54]), ThemeName::Dark);
        assert_eq!(by_colour([0, 0, 255]), ThemeName::Dark);
        assert_eq!(by_colour([255, 255, 0]), ThemeName::Light);
    }
}
