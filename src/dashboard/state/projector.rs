//! What is read from the last row of a class room: few panels, large glyphs, strong colours.

use super::App;
use crate::dashboard::{action::Panel, theme::ThemeName, widgets::Marker};

/// The panels of a class, beside the one that has the focus.
pub const PANELS: [Panel; 2] = [Panel::Boundary, Panel::Scoreboard];

/// How the screen was before it was for a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    theme: ThemeName,
    marker: Marker,
    follows_ground: bool,
    focus: Panel,
}

impl App {
    /// Makes the screen one for a class, in these colours.
    pub fn project(&mut self, colours: ThemeName) {
        self.projector.get_or_insert(Before {
            theme: self.theme.name(),
            marker: self.theme.marker(),
            follows_ground: self.follows_ground,
            focus: self.arrangement.focus,
        });
        self.arrangement.focus = Panel::Boundary;
        self.follows_ground = false;
        let marker = match self.theme.ascii() {
            true => Marker::Ascii,
            false => Marker::HalfBlock,
        };
        self.theme = self.theme.renamed(colours).marked(marker).enlarged(true);
    }

    /// Makes the screen what it was before.
    pub fn unproject(&mut self) {
        if let Some(before) = self.projector.take() {
            self.follows_ground = before.follows_ground;
            self.arrangement.focus = before.focus;
            let theme = self.theme.renamed(before.theme).marked(before.marker);
            self.theme = theme.enlarged(false);
        }
    }
}
