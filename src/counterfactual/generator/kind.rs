//! The generators one can choose from.

use serde::{Deserialize, Serialize};

/// How counterfactuals are generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GeneratorKind {
    /// Cross-entropy and L1 cost.
    Generic,
    /// As generic, the cost weighted by the features' spread.
    Wachter,
    /// Energy-constrained counterfactuals.
    #[default]
    Eccco,
    /// Pulled towards samples of the target class.
    Gravitational,
    /// A sample of the target class itself.
    Omniscient,
}

impl GeneratorKind {
    /// All generators, in the order of [`GeneratorKind::NAMES`].
    pub const ALL: [Self; 5] = [
        Self::Generic,
        Self::Wachter,
        Self::Eccco,
        Self::Gravitational,
        Self::Omniscient,
    ];
    /// Names used on the command line.
    pub const NAMES: [&'static str; 5] =
        ["generic", "wachter", "eccco", "gravitational", "omniscient"];

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// What it does, in one sentence for people.
    pub fn description(self) -> &'static str {
        match self {
            Self::Generic => "descends cross-entropy and the L1 distance to the factual",
            Self::Wachter => {
                "as generic, but a feature's distance counts less the more the feature varies"
            }
            Self::Eccco => "as generic, and lowers the energy of the target class",
            Self::Gravitational => "as generic, and is pulled towards samples of the target class",
            Self::Omniscient => {
                "no search: a random training sample of the target class, as far as the constraints allow"
            }
        }
    }
}
