//! The generators one can choose from.

use crate::choices::choices;

/// What is known about a generator.
#[derive(Debug)]
pub struct GeneratorFacts {
    /// What it does, in one sentence for people.
    pub help: &'static str,
}

choices! {
    /// How counterfactuals are generated.
    #[derive(Default)]
    pub enum GeneratorKind: GeneratorFacts {
        /// Cross-entropy and L1 cost.
        Generic = GeneratorFacts {
            help: "descends cross-entropy and the L1 distance to the factual",
        },
        /// As generic, the cost weighted by the features' spread.
        Wachter = GeneratorFacts {
            help: "as generic, but a feature's distance counts less the more the feature varies",
        },
        /// Energy-constrained counterfactuals.
        #[default]
        Eccco = GeneratorFacts {
            help: "as generic, and lowers the energy of the target class",
        },
        /// A search in the latent space of a variational autoencoder.
        Revise = GeneratorFacts {
            help: "searches the latent space of an autoencoder; what the constraints forbid is set back after decoding",
        },
        /// Pulled towards samples of the target class.
        Gravitational = GeneratorFacts {
            help: "as generic, and is pulled towards samples of the target class",
        },
        /// A sample of the target class itself.
        Omniscient = GeneratorFacts {
            help: "no search: a random training sample of the target class, as far as the constraints allow",
        },
    }
}

impl GeneratorKind {
    /// What it does, in one sentence for people.
    pub fn description(self) -> &'static str {
        self.facts().help
    }
}
