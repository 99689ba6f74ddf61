//! Everything a user can do.

use serde::{Deserialize, Serialize};

/// One part of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Panel {
    /// Decision boundaries of both arms.
    Boundary,
    /// Loss terms over epochs.
    Losses,
    /// Counterfactuals of training over epochs.
    Counterfactuals,
    /// Accuracy under attack.
    Robustness,
    /// Hyper-parameters.
    Parameters,
    /// Features and how they may change.
    Features,
}

impl Panel {
    /// All panels, in the order of their number keys.
    pub const ALL: [Self; 6] = [
        Self::Boundary,
        Self::Losses,
        Self::Counterfactuals,
        Self::Robustness,
        Self::Parameters,
        Self::Features,
    ];

    /// Heading shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Boundary => "Boundary",
            Self::Losses => "Losses",
            Self::Counterfactuals => "Counterfactuals",
            Self::Robustness => "Robustness",
            Self::Parameters => "Parameters",
            Self::Features => "Features",
        }
    }

    /// The number key that shows it.
    pub fn number(self) -> usize {
        self as usize + 1
    }
}

/// Something a user does, by key, mouse, command, script or test.
///
/// `update` turns it into a change of the dashboard and commands to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Leave the dashboard.
    Quit,
    /// Hand the terminal back to the shell until resumed.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// The terminal has a new size.
    Resize {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },

    /// Pause or go on.
    ToggleRun,
    /// Train one epoch, then pause.
    StepEpoch,
    /// Start again with the same seed and the parameters as they are now.
    Restart,
    /// Start again with the next seed.
    NewSeed,
    /// Train with a shorter pause between epochs.
    Faster,
    /// Train with a longer pause between epochs.
    Slower,

    /// Focus the next panel.
    NextPanel,
    /// Focus the previous panel.
    PreviousPanel,
    /// Focus a panel; if it has the focus already, hide it.
    TogglePanel(Panel),
    /// Give the focused panel the whole screen, or take it back.
    Zoom,
    /// Leave what is open: a text entry, help, a maximised panel.
    Back,

    /// Move the selection by this many lines.
    Move(i32),
    /// Go to the first line.
    First,
    /// Go to the last line.
    Last,

    /// Change the selected value by this many steps.
    Adjust(i32),
    /// Type a value for the selected parameter.
    Edit,
    /// Set the selected value back to what the run began with.
    Reset,
    /// Set all values back to what the run began with.
    ResetAll,
    /// Take the last change of parameters or features back.
    Undo,
    /// Make the change again that was taken back last.
    Redo,

    /// Show test samples, training samples, or none.
    CycleSamples,
    /// Show or hide the paths of counterfactuals.
    TogglePaths,
    /// Show or hide the field of probabilities.
    ToggleField,
    /// Show or hide the boundary of some epochs ago.
    ToggleGhost,

    /// Open or close the list of keys.
    Help,
    /// Type a character.
    Type(char),
    /// Delete the last character.
    Erase,
    /// Accept what was typed.
    Submit,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_have_stable_names() {
        let name = |action: &Action| serde_json::to_string(action).unwrap();
        assert_eq!(name(&Action::ToggleRun), r#""toggle-run""#);
        assert_eq!(name(&Action::Adjust(-10)), r#"{"adjust":-10}"#);
        assert_eq!(
            name(&Action::TogglePanel(Panel::Losses)),
            r#"{"toggle-panel":"losses"}"#
        );
        let back: Action = serde_json::from_str(r#"{"resize":{"columns":80,"rows":24}}"#).unwrap();
        assert_eq!(
            back,
            Action::Resize {
                columns: 80,
                rows: 24
            }
        );
    }
}
