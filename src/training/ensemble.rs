//! An ensemble in training: members of their own, shown as one model.

use rayon::prelude::*;

use super::{EpochError, EpochReport, HyperParameters, Trainer, TrainerState};
use crate::{
    counterfactual::{Constraints, Generator},
    data::Dataset,
    halt::Halt,
    model::{AdamState, Mlp, ModelError},
};

/// Bits of an arm's seed; the number of a member stands above them.
const SEED_BITS: u32 = 56;

/// Trains as many models as an arm has members, each with initial weights, mini-batches and searches
/// of its own (Lakshminarayanan et al. 2017). One member is an ordinary model.
///
/// The first member is what the arm would be without the others, bit for bit.
pub struct Ensemble {
    /// One at least.
    members: Vec<Trainer>,
    /// All of them as one model, if they are several.
    joint: Option<Mlp>,
}

impl Ensemble {
    /// New members that fit `dataset`.
    ///
    /// # Errors
    /// [`ModelError::Memory`] if there is no memory for them.
    pub fn new(dataset: &Dataset, parameters: &HyperParameters) -> Result<Self, ModelError> {
        let members = (0..parameters.members.max(1))
            .map(|member| Trainer::new(dataset, &of_member(parameters, member)))
            .collect::<Result<Vec<_>, _>>()?;
        let joint = joint(&members)?;
        Ok(Self { members, joint })
    }

    /// Looks at `halt` all through an epoch.
    pub fn heed(&mut self, halt: &Halt) {
        for member in &mut self.members {
            member.heed(halt);
        }
    }

    /// The joint model as it is now.
    pub fn model(&self) -> &Mlp {
        self.joint.as_ref().unwrap_or(self.members[0].model())
    }

    /// Epochs trained.
    pub fn epoch(&self) -> usize {
        self.members[0].epoch()
    }

    /// A copy of all that the next epoch depends on.
    pub fn state(&self) -> TrainerState {
        let Some(joint) = &self.joint else {
            return self.members[0].state();
        };
        let members: Vec<_> = self.members.iter().map(Trainer::state).collect();
        TrainerState {
            epoch: self.epoch(),
            objective: members[0].objective,
            model: joint.clone(),
            members,
            adam: AdamState::default(),
            memory: None,
        }
    }

    /// Whether `state` is that of an ensemble of the same architecture and as many members.
    pub fn fits(&self, state: &TrainerState) -> bool {
        let states = members_of(state);
        let members = self.members.iter().zip(states);
        self.members.len() == states.len()
            && state.model.architecture() == self.model().architecture()
            && members
                .into_iter()
                .all(|(member, state)| member.fits(state))
    }

    /// Goes back to a state of an ensemble of the same architecture and as many members.
    pub fn restore(&mut self, state: &TrainerState) {
        for (member, state) in self.members.iter_mut().zip(members_of(state)) {
            member.restore(state);
        }
        if let Some(joint) = &mut self.joint {
            joint.clone_from(&state.model);
        }
    }

    /// Trains one epoch of every member; the report counts the searches of all of them.
    ///
    /// # Errors
    /// [`EpochError`] as [`Trainer::train_epoch`]; the members are then in the middle of the epoch
    /// until they are [restored](Self::restore).
    pub fn train_epoch(
        &mut self,
        dataset: &Dataset,
        constraints: &Constraints,
        parameters: &HyperParameters,
        generator: &Generator,
    ) -> Result<EpochReport, EpochError> {
        let members = self.members.par_iter_mut().enumerate();
        let reports = members
            .map(|(position, member)| {
                let parameters = of_member(parameters, position);
                member.train_epoch(dataset, constraints, &parameters, generator)
            })
            .collect::<Result<Vec<_>, _>>()?;
        self.joint = joint(&self.members)?;
        Ok(EpochReport::of_members(&reports))
    }
}

/// The states of the members; a single one is its own.
fn members_of(state: &TrainerState) -> &[TrainerState] {
    match state.members.as_slice() {
        [] => std::slice::from_ref(state),
        states => states,
    }
}

/// The members as one model, if they are several.
fn joint(members: &[Trainer]) -> Result<Option<Mlp>, ModelError> {
    if members.len() == 1 {
        return Ok(None);
    }
    let models: Vec<_> = members
        .iter()
        .map(|member| member.model().clone())
        .collect();
    Mlp::ensemble(&models).map(Some).ok_or(ModelError::Memory)
}

/// The parameters of a member: those of the arm with a seed of its own.
fn of_member(parameters: &HyperParameters, member: usize) -> HyperParameters {
    HyperParameters {
        seed: parameters.seed ^ ((member as u64) << SEED_BITS),
        ..parameters.clone()
    }
}
