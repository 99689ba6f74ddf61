//! The run that a lesson begins with.

use crate::{
    data::{Mutability, Source, constrain::constrain},
    recipe::{Arm, Controls, Recipe},
    training::{HyperParameters, Objective, Parameter},
};

/// A value of a parameter.
pub(super) type Setting = (&'static Parameter, f64);
/// How a feature may change.
pub(super) type Rule = (String, Mutability);

/// Data, parameters, and arms.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Line of the table in the file.
    pub(super) line: usize,
    pub(super) source: Source,
    pub(super) parameters: HyperParameters,
    pub(super) rules: Vec<Rule>,
    pub(super) arms: Vec<PlannedArm>,
}

/// One arm of a plan.
#[derive(Clone, Debug)]
pub(super) struct PlannedArm {
    pub(super) name: String,
    pub(super) objective: Objective,
    pub(super) settings: Vec<Setting>,
    pub(super) rules: Vec<Rule>,
}

impl PlannedArm {
    /// An arm that is called by its objective's abbreviation.
    pub(super) fn of(objective: Objective) -> Self {
        Self {
            name: objective.abbreviation().to_owned(),
            objective,
            settings: Vec::new(),
            rules: Vec::new(),
        }
    }
}

impl Plan {
    /// The recipe that it comes to, with another seed if one is given.
    ///
    /// # Errors
    /// A sentence if the data cannot be had, or have no feature of a name that is locked.
    pub fn recipe(&self, seed: Option<u64>) -> Result<Recipe, String> {
        let mut parameters = self.parameters.clone();
        parameters.seed = seed.unwrap_or(parameters.seed);
        let dataset = self.source.load(&parameters.draw());
        let features = dataset.map_err(|error| error.to_string())?.features;
        let arm = |planned: &PlannedArm| {
            let mut parameters = parameters.clone();
            parameters.objective = planned.objective;
            for (parameter, value) in &planned.settings {
                (parameter.set(&mut parameters, *value)).map_err(|error| error.to_string())?;
            }
            let own = features.iter().map(|feature| feature.mutability);
            let mut mutability: Vec<_> = own.collect();
            for (name, wanted) in self.rules.iter().chain(&planned.rules) {
                constrain(&features, &mut mutability, name, *wanted)
                    .map_err(|error| error.to_string())?;
            }
            let controls = Controls {
                parameters,
                mutability,
            };
            Ok(Arm {
                name: planned.name.clone(),
                ..Arm::new(controls)
            })
        };
        let recipe = Recipe {
            source: self.source.clone(),
            drawing: Default::default(),
            arms: self.arms.iter().map(arm).collect::<Result<_, String>>()?,
        };
        recipe.check().map_err(|error| error.to_string())?;
        Ok(recipe)
    }
}
