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
    /// A search in the latent space of a variational autoencoder.
    Revise,
    /// Pulled towards samples of the target class.
    Gravitational,
    /// A sample of the target class itself.
    Omniscient,
}

impl GeneratorKind {
    /// All generators, in the order of [`GeneratorKind::NAMES`].
    pub const ALL: [Self; 6] = [
        Self::Generic,
        Self::Wachter,
        Self::Eccco,
        Self::Revise,
        Self::Gravitational,
        Self::Omniscient,
    ];
    /// Names used on the command line.
    pub const NAMES: [&'static str; 6] = [
        "generic",
        "wachter",
        "eccco",
        "revise",
        "gravitational",
        "omniscient",
    ];

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
            Self::Revise => {
                "searches the latent space of an autoencoder; what the constraints forbid is set back after decoding"
            }
            Self::Gravitational => "as generic, and is pulled towards samples of the target class",
            Self::Omniscient => {
                "no search: a random training sample of the target class, as far as the constraints allow"
            }
        }
    }
}
