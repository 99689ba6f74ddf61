//! The whole: a source of data, and the arms trained on them.

use super::{Arm, ArmError, Controls, Parent, RecipeError, check_name, name::free_name};
use crate::{
    data::{Draw, Drawing, Source},
    training::{Group, HyperParameters, Objective, Parameter, TABLE},
};

/// Most arms that are trained side by side.
pub const MAX_ARMS: usize = 4;

/// A source of data, and one to four arms trained on them.
///
/// The first arm is the *reference*, against which the others are compared. Parameters of the
/// [data](Group::Data) are common to all arms: the reference's count.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Where the data come from.
    pub source: Source,
    /// What people have drawn on them.
    pub drawing: Drawing,
    /// The arms; never none.
    pub arms: Vec<Arm>,
}

impl Recipe {
    /// Counterfactual training with the defaults for the data.
    pub fn of(source: Source) -> Self {
        let parameters = HyperParameters::of(&source);
        Self::single(source, Controls::new(parameters))
    }

    /// A recipe of one arm.
    pub fn single(source: Source, controls: Controls) -> Self {
        Self {
            source,
            drawing: Drawing::default(),
            arms: vec![Arm::new(controls)],
        }
    }

    /// A baseline, trained with cross-entropy alone, and an arm with these controls.
    pub fn pair(source: Source, controls: Controls) -> Self {
        Self::beside_baseline(source, Arm::new(controls))
    }

    /// `arm` after a baseline that has all its controls but the objective.
    pub(super) fn beside_baseline(source: Source, arm: Arm) -> Self {
        let baseline = arm.clone().with_method(Objective::Vanilla);
        let name = free_name(&arm.name, |name| name == baseline.name);
        Self {
            source,
            drawing: Drawing::default(),
            arms: vec![baseline, Arm { name, ..arm }],
        }
    }

    /// The same data with one of the arms alone.
    pub fn only(&self, position: usize) -> Self {
        Self {
            source: self.source.clone(),
            drawing: self.drawing.clone(),
            arms: vec![self.arms[position].clone()],
        }
    }

    /// The arm that the others are compared with.
    pub fn reference(&self) -> &Arm {
        &self.arms[0]
    }

    /// The parameters of the reference at the start.
    pub fn parameters(&self) -> &HyperParameters {
        &self.reference().controls.parameters
    }

    /// What a synthetic data set is drawn with.
    pub fn draw(&self) -> Draw {
        self.parameters().draw()
    }

    /// The seed of all random numbers.
    pub fn seed(&self) -> u64 {
        self.parameters().seed
    }

    /// The number of epochs that are planned: the most of any arm.
    pub fn epochs(&self) -> usize {
        let epochs = self.arms.iter().map(|arm| arm.controls.parameters.epochs);
        epochs.max().unwrap_or(0)
    }

    /// Changes made while training, of all arms.
    pub fn changes(&self) -> usize {
        self.arms.iter().map(|arm| arm.changes.len()).sum()
    }

    /// Edits the controls that every arm starts with.
    pub fn each(&mut self, mut edit: impl FnMut(&mut Controls)) {
        for arm in &mut self.arms {
            edit(&mut arm.controls);
        }
    }

    /// Gives every arm the reference's parameters of the data.
    pub fn share_data(&mut self) {
        self.share_data_of(&self.parameters().clone());
    }

    /// Gives every arm the parameters of the data that `reference` has.
    pub fn share_data_of(&mut self, reference: &HyperParameters) {
        for arm in &mut self.arms {
            arm.each_controls(|controls| {
                for parameter in data_parameters() {
                    let value = parameter.get(reference);
                    let _ = parameter.set(&mut controls.parameters, value);
                }
            });
        }
    }

    /// The position of the arm called `name`.
    ///
    /// # Errors
    /// [`ArmError::Unknown`] names those that there are.
    pub fn position(&self, name: &str) -> Result<usize, ArmError> {
        let found = self.arms.iter().position(|arm| arm.name == name);
        found.ok_or_else(|| ArmError::Unknown {
            name: name.to_owned(),
            known: self.arms.iter().map(|arm| arm.name.clone()).collect(),
        })
    }

    /// Adds `arm` at the end; if its name is taken, under the next free one. Its position.
    ///
    /// # Errors
    /// [`ArmError::Full`] if there are enough arms, [`ArmError::Name`] for an unfit name.
    pub fn add(&mut self, arm: Arm) -> Result<usize, ArmError> {
        check_name(&arm.name)?;
        self.check_room()?;
        let name = free_name(&arm.name, |name| self.position(name).is_ok());
        self.arms.push(Arm { name, ..arm });
        self.share_data();
        Ok(self.arms.len() - 1)
    }

    /// Adds a copy of the arm at `position` that has its past up to `epoch`, and from then on a
    /// future of its own. Its position.
    ///
    /// # Errors
    /// [`ArmError`] if there are enough arms, or the name is unfit or taken.
    pub fn fork(&mut self, position: usize, epoch: usize, name: &str) -> Result<usize, ArmError> {
        self.check_room()?;
        self.check_free(name)?;
        let mut fork = self.arms[position].clone();
        fork.changes.retain(|change| change.epoch <= epoch);
        fork.parent = Some(Parent {
            arm: std::mem::replace(&mut fork.name, name.to_owned()),
            epoch,
        });
        self.arms.push(fork);
        Ok(self.arms.len() - 1)
    }

    /// Removes the arm at `position`.
    ///
    /// # Errors
    /// [`ArmError::Last`] if there is no other.
    pub fn remove(&mut self, position: usize) -> Result<(), ArmError> {
        if self.arms.len() == 1 {
            return Err(ArmError::Last);
        }
        self.arms.remove(position);
        Ok(())
    }

    /// Calls the arm at `position` otherwise, also where others name it as their parent.
    ///
    /// # Errors
    /// [`ArmError`] if the name is unfit or taken.
    pub fn rename(&mut self, position: usize, name: &str) -> Result<(), ArmError> {
        if self.arms[position].name == name {
            return Ok(());
        }
        self.check_free(name)?;
        let old = std::mem::replace(&mut self.arms[position].name, name.to_owned());
        let parents = self.arms.iter_mut().filter_map(|arm| arm.parent.as_mut());
        for parent in parents.filter(|parent| parent.arm == old) {
            name.clone_into(&mut parent.arm);
        }
        Ok(())
    }

    /// Checks names and number of the arms.
    ///
    /// # Errors
    /// [`RecipeError`] with the first thing that is wrong.
    pub fn check(&self) -> Result<(), RecipeError> {
        check_arms(&self.arms)
    }

    /// Checks that every value is in its parameter's range, as those of files may not be.
    pub(super) fn check_values(&self) -> Result<(), RecipeError> {
        for arm in &self.arms {
            let changes = arm.changes.iter().map(|change| &change.controls);
            for controls in std::iter::once(&arm.controls).chain(changes) {
                check_values(&controls.parameters)?;
            }
        }
        Ok(())
    }

    fn check_room(&self) -> Result<(), ArmError> {
        match self.arms.len() < MAX_ARMS {
            true => Ok(()),
            false => Err(ArmError::Full),
        }
    }

    fn check_free(&self, name: &str) -> Result<(), ArmError> {
        check_name(name)?;
        match self.position(name) {
            Ok(_) => Err(ArmError::Taken(name.to_owned())),
            Err(_) => Ok(()),
        }
    }
}

/// The parameters that are common to all arms.
pub fn data_parameters() -> impl Iterator<Item = &'static Parameter> {
    TABLE
        .iter()
        .filter(|parameter| parameter.group == Group::Data)
}

fn check_values(parameters: &HyperParameters) -> Result<(), RecipeError> {
    for parameter in TABLE {
        let mut trial = parameters.clone();
        parameter.set(&mut trial, parameter.get(parameters))?;
    }
    Ok(())
}

/// Checks names and number of arms.
pub(super) fn check_arms(arms: &[Arm]) -> Result<(), RecipeError> {
    if !(1..=MAX_ARMS).contains(&arms.len()) {
        return Err(RecipeError::Count(arms.len()));
    }
    for (position, arm) in arms.iter().enumerate() {
        check_name(&arm.name)?;
        if arms[..position].iter().any(|other| other.name == arm.name) {
            return Err(ArmError::Taken(arm.name.clone()).into());
        }
    }
    Ok(())
}
