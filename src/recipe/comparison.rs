//! Arms by their names: `BL,CT,AR`, `CT,late=CT`, and comparisons with a name of their own.

use super::{Arm, ArmError, Controls, MAX_ARMS, RecipeError, check_name, plan::check_arms};
use crate::{
    choices::choices,
    counterfactual::GeneratorKind,
    data::nearest,
    training::{HyperParameters, Method, Parameter},
};

/// What is known about a comparison.
pub struct ComparisonFacts {
    /// One line of help.
    pub help: &'static str,
    /// The arms, as on the command line.
    arms: &'static str,
    /// What makes each of them different from the others.
    edit: fn(usize, &mut HyperParameters),
}

fn same(_: usize, _: &mut HyperParameters) {}

fn generators(arm: usize, parameters: &mut HyperParameters) {
    let kinds = [
        GeneratorKind::Eccco,
        GeneratorKind::Generic,
        GeneratorKind::Revise,
    ];
    if let Some(&kind) = arm.checked_sub(1).and_then(|arm| kinds.get(arm)) {
        parameters.generator = kind;
    }
}

fn fine_tuning(arm: usize, parameters: &mut HyperParameters) {
    parameters.burn_in = if arm == 1 { 0.5 } else { 0.0 };
}

choices! {
    /// Arms that are often compared.
    pub enum Comparison: ComparisonFacts {
        /// What each half of counterfactual training is for.
        Ablation = ComparisonFacts {
            help: "the baseline, counterfactual training, and each of its halves",
            arms: "BL,CT,AR,CD",
            edit: same,
        },
        /// What the search is for.
        Generators = ComparisonFacts {
            help: "the baseline, and counterfactual training with eccco, generic and revise",
            arms: "BL,eccco=CT,generic=CT,revise=CT",
            edit: generators,
        },
        /// The paper's first figure.
        Figure1 = ComparisonFacts {
            help: "the baseline and counterfactual training, as in the paper's first figure",
            arms: "BL,CT",
            edit: same,
        },
        /// What a trained classifier gains by counterfactual training.
        FineTuning = ComparisonFacts {
            help: "counterfactual training from the start, and after half of the epochs",
            arms: "CT,late=CT",
            edit: fine_tuning,
        },
        /// Counterfactual training beside what others train robust and generative models with.
        Regimes = ComparisonFacts {
            help: "the baseline, counterfactual training, adversarial training and a joint energy model",
            arms: "BL,CT,PGD,JEM",
            edit: same,
        },
    }
}

impl Comparison {
    /// The comparisons whose regimes there are.
    pub fn available() -> impl Iterator<Item = Self> {
        let known = |comparison: &Self| {
            let mut entries = comparison.facts().arms.split(',');
            entries.all(|entry| split(entry).is_ok())
        };
        Self::ALL.into_iter().filter(known)
    }
}

/// The arms that `list` names, each with the controls of `base` but for its method: the name of a
/// [`Comparison`], or up to four of `CT` (an abbreviation), `energy` (a word) and `NAME=CT`,
/// separated by commas.
///
/// # Errors
/// [`RecipeError`] for too many arms, an unknown objective, and unfit names.
pub fn arms(list: &str, base: &Controls) -> Result<Vec<Arm>, RecipeError> {
    let comparison = Comparison::available().find(|known| known.name() == list.trim());
    let (list, edit) = match comparison {
        Some(comparison) => (comparison.facts().arms, comparison.facts().edit),
        None => (list, same as fn(usize, &mut HyperParameters)),
    };
    let entries: Vec<&str> = list.split(',').map(str::trim).collect();
    if entries.len() > MAX_ARMS {
        return Err(RecipeError::Count(entries.len()));
    }
    let mut arms = Vec::new();
    for (position, entry) in entries.into_iter().enumerate() {
        let (name, method) = split(entry)?;
        check_name(name)?;
        let mut arm = Arm::new(base.clone()).with_method(method);
        name.clone_into(&mut arm.name);
        edit(position, &mut arm.controls.parameters);
        arms.push(arm);
    }
    check_arms(&arms)?;
    Ok(arms)
}

/// Name and method of an entry.
fn split(entry: &str) -> Result<(&str, Method), RecipeError> {
    let (name, method) = entry.split_once('=').unwrap_or((entry, entry));
    match Method::named(method) {
        Some(found) if name == method => Ok((found.abbreviation, found)),
        Some(found) => Ok((name.trim(), found)),
        None => Err(RecipeError::Regime {
            name: method.to_owned(),
            hint: hint(method),
        }),
    }
}

fn hint(wanted: &str) -> String {
    let names = Method::all().flat_map(|method| [method.abbreviation, method.name]);
    let known: Vec<_> = Method::all().map(|method| method.abbreviation).collect();
    format!(
        "{}; there are {}",
        nearest::hint(wanted, names),
        known.join(", ")
    )
}

/// Sets parameters of one arm: `NAME:name=value,name=value`.
///
/// # Errors
/// [`ArmError::Unknown`] for another arm, [`RecipeError::Value`] for what no parameter takes.
pub fn assign(arms: &mut [Arm], text: &str) -> Result<(), RecipeError> {
    let (name, values) = text
        .split_once(':')
        .ok_or_else(|| RecipeError::Assignment {
            text: text.to_owned(),
        })?;
    let known = || arms.iter().map(|arm| arm.name.clone()).collect();
    let position = arms.iter().position(|arm| arm.name == name.trim());
    let position = position.ok_or_else(|| ArmError::Unknown {
        name: name.to_owned(),
        known: known(),
    })?;
    for value in values.split(',') {
        let (parameter, value) = value
            .split_once('=')
            .ok_or_else(|| RecipeError::Assignment {
                text: text.to_owned(),
            })?;
        let parameter = Parameter::find(parameter.trim())?;
        if super::plan::data_parameters().any(|shared| shared.name == parameter.name) {
            return Err(RecipeError::Shared {
                name: parameter.name,
                arm: name.to_owned(),
            });
        }
        parameter.parse(&mut arms[position].controls.parameters, value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::Objective;

    fn base() -> Controls {
        Controls::new(HyperParameters::default())
    }

    #[test]
    fn arms_are_named_by_their_regimes_or_otherwise() {
        let found = arms("BL, ct,late=CT,energy", &base()).unwrap();
        let names: Vec<_> = found.iter().map(|arm| arm.name.as_str()).collect();
        assert_eq!(names, ["BL", "CT", "late", "CD"]);
        let objectives = [
            Objective::Vanilla,
            Objective::Full,
            Objective::Full,
            Objective::Energy,
        ];
        for (arm, objective) in found.iter().zip(objectives) {
            assert_eq!(arm.controls.parameters.objective, objective);
        }
    }

    #[test]
    fn comparisons_differ_in_what_they_are_for() {
        for comparison in Comparison::available() {
            assert!(!arms(comparison.name(), &base()).unwrap().is_empty());
        }
        let found = arms("generators", &base()).unwrap();
        let kinds = found.iter().map(|arm| arm.controls.parameters.generator);
        assert!(kinds.skip(1).eq([
            GeneratorKind::Eccco,
            GeneratorKind::Generic,
            GeneratorKind::Revise
        ]));
        let found = arms("fine-tuning", &base()).unwrap();
        assert_eq!(found[1].controls.parameters.burn_in, 0.5);
    }

    #[test]
    fn refusals_say_what_to_do() {
        let message = |list: &str| arms(list, &base()).unwrap_err().to_string();
        assert!(
            message("BL,energi").contains("did you mean `energy`"),
            "{}",
            message("BL,energi")
        );
        assert!(message("BL,BL").contains("`BL` already"));
        assert!(message("BL,CT,AR,CD,x=CT").contains("1 to 4"));
        assert!(message("BL,a b=CT").contains("cannot name an arm"));
        assert!(message("").contains("there are"));
        let mut found = arms("BL,CT", &base()).unwrap();
        assign(&mut found, "CT:lambda_div=2,burn_in=0.5").unwrap();
        assert_eq!(found[1].controls.parameters.lambda_div, 2.0);
        let mut message = |text: &str| assign(&mut found, text).unwrap_err().to_string();
        assert!(message("CX:lambda_div=2").contains("arms are BL, CT"));
        assert!(message("CT").contains("NAME:name=value"));
        assert!(message("CT:lambda_div").contains("NAME:name=value"));
        assert!(message("CT:seed=2").contains("whole recipe"));
        assert!(message("CT:lambda_div=x").contains("lambda_div"));
    }
}
