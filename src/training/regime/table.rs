//! The table of regimes. A new one is a row here, and a file beside this one.

use super::{Counterfactual, Jem, Pgd, Recourse, Regime, Vanilla};
use crate::choices::choices;

/// What is known about a regime.
pub struct RegimeFacts {
    /// The abbreviation of the field, also what an arm is called.
    pub abbreviation: &'static str,
    /// The name shown to people.
    pub title: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Terms of [`LossTerms`](crate::training::LossTerms) that it minimises beside the total, by
    /// their positions: 1 classification, 2 divergence, 3 adversarial, 4 ridge.
    pub terms: &'static [usize],
    new: fn() -> Box<dyn Regime>,
}

/// Whatever of Eq. 2 the objective uses.
fn counterfactual() -> Box<dyn Regime> {
    Box::<Counterfactual>::default()
}

fn vanilla() -> Box<dyn Regime> {
    Box::<Vanilla>::default()
}

fn pgd() -> Box<dyn Regime> {
    Box::<Pgd>::default()
}

fn jem() -> Box<dyn Regime> {
    Box::<Jem>::default()
}

fn recourse() -> Box<dyn Regime> {
    Box::<Recourse>::default()
}

choices! {
    /// What a model is trained with: the terms of its loss.
    #[derive(Default)]
    pub enum Objective: RegimeFacts {
        /// Counterfactual training (CT): all four terms of Eq. 2.
        #[default]
        Full = RegimeFacts {
            abbreviation: "CT",
            title: "Counterfactual training",
            help: "counterfactual training, all terms of Eq. 2",
            terms: &[1, 2, 3, 4],
            new: counterfactual,
        },
        /// Contrastive divergence (CD): no adversarial term.
        Energy = RegimeFacts {
            abbreviation: "CD",
            title: "Energy only (CD)",
            help: "counterfactual training without the adversarial term",
            terms: &[1, 2, 4],
            new: counterfactual,
        },
        /// Adversarial (AR): no divergence and no ridge term.
        Adversarial = RegimeFacts {
            abbreviation: "AR",
            title: "Adversarial only (AR)",
            help: "counterfactual training without divergence and ridge",
            terms: &[1, 3],
            new: counterfactual,
        },
        /// Baseline (BL): classification only; needs no search.
        Vanilla = RegimeFacts {
            abbreviation: "BL",
            title: "Baseline",
            help: "ordinary training, with the classification loss alone",
            terms: &[1],
            new: vanilla,
        },
        /// Adversarial training (PGD): half of the loss on attacked samples.
        Pgd = RegimeFacts {
            abbreviation: "PGD",
            title: "Adversarial training (PGD)",
            help: "adversarial training: half of the loss is on samples attacked by PGD",
            terms: &[1, 3],
            new: pgd,
        },
        /// Joint energy-based model (JEM): real samples against the model's own.
        Jem = RegimeFacts {
            abbreviation: "JEM",
            title: "Joint energy model (JEM)",
            help: "joint energy-based model: real samples against the model's own",
            terms: &[1, 2, 4],
            new: jem,
        },
        /// Recourse (REC): a small allowed change is to reach the target.
        Recourse = RegimeFacts {
            abbreviation: "REC",
            title: "Recourse (REC)",
            help: "recourse: a small, allowed change is to reach the target class",
            terms: &[1, 3],
            new: recourse,
        },
    }
}

impl Objective {
    /// The abbreviation of the field.
    pub fn abbreviation(self) -> &'static str {
        self.facts().abbreviation
    }

    /// Positions in [`TERMS`](crate::training::TERMS) of the terms that it has; the total only where it
    /// is more than one term.
    pub fn shown_terms(self) -> impl DoubleEndedIterator<Item = usize> {
        let terms = self.facts().terms;
        let total = (terms.len() > 1).then_some(0);
        total.into_iter().chain(terms.iter().copied())
    }

    /// The regime, before its first epoch.
    pub fn regime(self) -> Box<dyn Regime> {
        (self.facts().new)()
    }
}
