//! What the boundaries show.

use serde::{Deserialize, Serialize};

use crate::{
    dashboard::theme::Ground,
    data::Samples,
    session::{Axes, Snapshot},
};

/// Which samples are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// Those held out.
    #[default]
    Test,
    /// Those trained with.
    Train,
    /// None.
    Nothing,
}

impl Shown {
    /// The next choice, wrapping around.
    pub fn next(self) -> Self {
        match self {
            Self::Test => Self::Train,
            Self::Train => Self::Nothing,
            Self::Nothing => Self::Test,
        }
    }

    /// The samples of a snapshot that are drawn, if any.
    pub fn of(self, snapshot: &Snapshot) -> Option<&Samples> {
        match self {
            Self::Test => Some(&snapshot.dataset.test),
            Self::Train => Some(&snapshot.dataset.train),
            Self::Nothing => None,
        }
    }
}

/// What the panel remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct State {
    /// Which samples are drawn.
    pub samples: Shown,
    /// The only class whose samples and counterfactuals are drawn, unless all are.
    pub only: Option<usize>,
    /// Whether paths of counterfactuals are drawn.
    pub paths: bool,
    /// Whether the neighbours are drawn that training contrasts counterfactuals with.
    pub neighbours: bool,
    /// How much of the class probabilities is drawn.
    pub ground: Ground,
    /// Whether the boundary of some epochs ago is drawn.
    pub ghost: bool,
    /// The plane that was chosen; otherwise it depends on the number of features.
    pub axes: Option<Axes>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            samples: Shown::Test,
            only: None,
            paths: true,
            neighbours: false,
            ground: Ground::Shaded,
            ghost: true,
            axes: None,
        }
    }
}

impl State {
    /// The plane to show data of `features` features on: their principal components if there are
    /// more than two.
    pub fn plane(&self, features: usize) -> Axes {
        let usual = match features {
            0..=2 => Axes::Features(0, 1),
            _ => Axes::PrincipalComponents,
        };
        self.axes.unwrap_or(usual)
    }

    /// Whether samples of a class are drawn.
    pub fn shows(&self, class: usize) -> bool {
        self.only.is_none_or(|only| only == class)
    }
}
