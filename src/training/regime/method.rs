//! What an arm can be trained with, by name: a regime, alone or as an ensemble.

use super::Objective;
use crate::training::HyperParameters;

/// Members of an ensemble, if nobody says otherwise (Lakshminarayanan et al. 2017).
const MEMBERS: usize = 5;

/// An objective and how many models are trained with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// The abbreviation of the field, also what an arm is called.
    pub abbreviation: &'static str,
    /// The word for it.
    pub name: &'static str,
    /// The name shown to people.
    pub title: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// What each model is trained with.
    pub objective: Objective,
    /// Number of models.
    pub members: usize,
}

impl Method {
    /// The deep ensemble of ordinary models. Of another regime it is that regime with `members`.
    const ENSEMBLE: Self = Self {
        abbreviation: "ENS",
        name: "ensemble",
        title: "Deep ensemble",
        help: "deep ensemble: the mean of five ordinary models",
        objective: Objective::Vanilla,
        members: MEMBERS,
    };

    /// All of them: every objective alone, and the ensemble.
    pub fn all() -> impl Iterator<Item = Self> {
        let alone = Objective::ALL.into_iter().map(Self::from);
        alone.chain([Self::ENSEMBLE])
    }

    /// The method of that abbreviation, upper or lower case, or of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|method| {
            let known = [method.abbreviation, method.name];
            known.iter().any(|known| known.eq_ignore_ascii_case(name))
        })
    }

    /// What so many models with that objective are: the ensemble only if it has its objective.
    pub fn of(objective: Objective, members: usize) -> Self {
        match Self::ENSEMBLE.objective == objective && members > 1 {
            true => Self::ENSEMBLE,
            false => Self::from(objective),
        }
    }

    /// Puts it into `parameters`. Their number of members stays, unless the ensemble comes or goes.
    pub fn put(self, parameters: &mut HyperParameters) {
        let before = Self::of(parameters.objective, parameters.members);
        parameters.objective = self.objective;
        if before.members != self.members && (self.members == 1 || parameters.members == 1) {
            parameters.members = self.members;
        }
    }
}

impl From<Objective> for Method {
    /// One model trained with that objective.
    fn from(objective: Objective) -> Self {
        Self {
            abbreviation: objective.abbreviation(),
            name: objective.name(),
            title: objective.facts().title,
            help: objective.facts().help,
            objective,
            members: 1,
        }
    }
}
