//! Arguments of the search of `explain` and `evaluate`.

use clap::{Args, ValueEnum};

use super::CliError;
use crate::{
    counterfactual::{Categories, SearchParameters},
    evaluation::rounds::IpStarOf,
    training::{HyperParameters, Parameter},
};

/// The search of `explain` and `evaluate`.
#[derive(Args, Clone, Debug)]
pub struct SearchArguments {
    /// Generator: generic, wachter, eccco, revise, gravitational or omniscient [default: eccco]
    #[arg(long, value_name = "NAME")]
    generator: Option<String>,
    /// Most steps T of a search [default: 50]
    #[arg(long, value_name = "T")]
    steps: Option<String>,
    /// Probability τ of the target class at which a search ends [default: 0.95]
    #[arg(long, value_name = "τ")]
    threshold: Option<String>,
    /// Step size η [default: 0.1]
    #[arg(long, value_name = "η")]
    step_size: Option<String>,
    /// Weight of the L1 distance to the factual [default: 0]
    #[arg(long, value_name = "λ")]
    lambda_cost: Option<String>,
    /// Largest change of a feature on the way to a nascent counterfactual [default: 0.3]
    #[arg(long, value_name = "ε")]
    epsilon: Option<String>,
    /// Leave categories between yes and no while searching, as in training, instead of decoding them
    /// in every step
    #[arg(long)]
    relaxed_categories: bool,
}

/// Which counterfactuals IP* is of, on the command line.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum IpStarChoice {
    /// All of them, valid or not, as in the published tables
    All,
    /// Valid ones
    Valid,
}

impl From<IpStarChoice> for IpStarOf {
    fn from(choice: IpStarChoice) -> Self {
        match choice {
            IpStarChoice::All => Self::All,
            IpStarChoice::Valid => Self::Valid,
        }
    }
}

impl SearchArguments {
    /// The search that the arguments describe, with `lambda_energy` as the weight of the penalty if
    /// given; everything else as in the paper's evaluation, with categories decoded unless they are to be
    /// relaxed.
    ///
    /// # Errors
    /// [`CliError::Input`] for a value out of range.
    pub fn parameters(&self, lambda_energy: Option<&str>) -> Result<SearchParameters, CliError> {
        Ok(SearchParameters {
            categories: match self.relaxed_categories {
                true => Categories::Relaxed,
                false => Categories::Decoded,
            },
            ..self.hyper_parameters(lambda_energy)?.search()
        })
    }

    /// As [`SearchArguments::parameters`], with everything else that training has.
    ///
    /// # Errors
    /// As [`SearchArguments::parameters`].
    pub fn hyper_parameters(
        &self,
        lambda_energy: Option<&str>,
    ) -> Result<HyperParameters, CliError> {
        let mut parameters = HyperParameters {
            max_steps: 50,
            decision_threshold: 0.95,
            lambda_cost: 0.0,
            ..HyperParameters::default()
        };
        let given = [
            ("generator", self.generator.as_deref()),
            ("max_steps", self.steps.as_deref()),
            ("decision_threshold", self.threshold.as_deref()),
            ("step_size", self.step_size.as_deref()),
            ("lambda_cost", self.lambda_cost.as_deref()),
            ("lambda_egy", lambda_energy),
            ("epsilon", self.epsilon.as_deref()),
        ];
        for (name, value) in given {
            if let Some(value) = value {
                Parameter::find(name)?.parse(&mut parameters, value)?;
            }
        }
        Ok(parameters)
    }
}
