//! How features may change: the same options for all commands.

use clap::Args;

use super::CliError;
use crate::data::{Feature, Mutability, constrain::constrain_all};

/// Options that say how features may change.
#[derive(Args, Clone, Debug, Default)]
pub struct Locks {
    /// Features, or text columns as a whole, that must not change; repeatable, and a list in which
    /// names with commas are quoted: --immutable 'age,"income, yearly"'
    #[arg(long, value_name = "NAMES", allow_hyphen_values = true)]
    immutable: Vec<String>,
    /// Features that may only rise
    #[arg(long, value_name = "NAMES", allow_hyphen_values = true)]
    increase: Vec<String>,
    /// Features that may only fall
    #[arg(long, value_name = "NAMES", allow_hyphen_values = true)]
    decrease: Vec<String>,
}

impl Locks {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.immutable.is_empty() && self.increase.is_empty() && self.decrease.is_empty()
    }

    /// Changes `mutability`, `(d,)`, as the options say; those of `free` may change both ways.
    ///
    /// # Errors
    /// [`CliError::Input`] for unknown names, and for a feature that is to change in two ways.
    pub fn apply(
        &self,
        free: &[String],
        features: &[Feature],
        mutability: &mut [Mutability],
    ) -> Result<(), CliError> {
        let lists = [
            (free, Mutability::Both),
            (&self.immutable[..], Mutability::None),
            (&self.increase[..], Mutability::Increase),
            (&self.decrease[..], Mutability::Decrease),
        ];
        Ok(constrain_all(features, mutability, &lists)?)
    }
}
