//! Hyper-parameters: their values, and the one table that declares each of them.
//!
//! Command-line flags, configuration, the dashboard's list, recipes and documentation are all made
//! from [`TABLE`].

mod table;
mod values;

use crate::{
    data::Source,
    math::{log10, pow},
};

pub use table::TABLE;
pub use values::HyperParameters;

use crate::glossary;

/// Something wrong with the name or the value of a parameter.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ParameterError {
    /// No parameter goes by this name.
    #[error("there is no parameter `{name}`; did you mean `{nearest}`?")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The name that resembles it most.
        nearest: &'static str,
    },
    /// Not a value of the parameter's kind, or outside of its range.
    #[error("`{value}` is no value for {name}: it takes {expected}")]
    Value {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: String,
        /// What would be accepted.
        expected: String,
    },
}

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Real numbers.
    Real,
    /// Whole numbers.
    Integer,
    /// One of these words; its value is the word's position.
    Choice(&'static [&'static str]),
}

/// How a parameter's values are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// A step adds.
    Linear,
    /// A step multiplies.
    Logarithmic,
}

/// When a change takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// From the next epoch on, without resetting the weights.
    NextEpoch,
    /// Only with new weights or new data.
    Restart,
}

/// What a parameter belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The terms of the objective (Eq. 2).
    Objective,
    /// The counterfactual search (Eq. 1).
    Search,
    /// The training loop (Alg. 1).
    Training,
    /// The classifier.
    Model,
    /// The data.
    Data,
}

impl Group {
    /// Heading shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Objective => "Objective",
            Self::Search => "Search",
            Self::Training => "Training",
            Self::Model => "Model",
            Self::Data => "Data",
        }
    }
}

/// The declaration of one hyper-parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Name used in flags, files and code.
    pub name: &'static str,
    /// Symbol used in the literature.
    pub symbol: &'static str,
    /// What it belongs to.
    pub group: Group,
    /// What its values are.
    pub kind: Kind,
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Size of one step of an arrow key: added, or for [`Spread::Logarithmic`] multiplied.
    pub step: f64,
    /// How the values are spread.
    pub spread: Spread,
    /// When a change takes effect.
    pub effect: Effect,
    /// One line of help.
    pub help: &'static str,
    get: fn(&HyperParameters) -> f64,
    set: fn(&mut HyperParameters, f64),
}

impl Parameter {
    /// The parameter called `name`: its name, its symbol, or another word for it that the
    /// [glossary](crate::glossary) has.
    ///
    /// # Errors
    /// [`ParameterError::Unknown`] suggests the nearest name.
    pub fn find(name: &str) -> Result<&'static Self, ParameterError> {
        let called = |wanted: &str| {
            let mut all = TABLE.iter();
            all.find(|parameter| parameter.name == wanted || parameter.symbol == wanted)
        };
        let meant = || called(glossary::parameter(name)?.name);
        called(name)
            .or_else(meant)
            .ok_or_else(|| ParameterError::Unknown {
                name: name.to_owned(),
                nearest: nearest(name),
            })
    }

    /// Whether it matters for data from `source`: numbers of samples and noise are those of formulas.
    pub fn is_of(&self, source: &Source) -> bool {
        let synthetic = matches!(source, Source::Synthetic { .. });
        synthetic || !matches!(self.name, "samples" | "noise")
    }

    /// The parameter's value in `parameters`.
    pub fn get(&self, parameters: &HyperParameters) -> f64 {
        (self.get)(parameters)
    }

    /// Puts `value` into `parameters`.
    ///
    /// # Errors
    /// [`ParameterError::Value`] if it is out of range, not finite, or not whole where it must be.
    pub fn set(&self, parameters: &mut HyperParameters, value: f64) -> Result<(), ParameterError> {
        let whole = self.kind == Kind::Real || value.fract() == 0.0;
        if !(self.min..=self.max).contains(&value) || !whole {
            return Err(self.refuse(&value.to_string()));
        }
        (self.set)(parameters, value);
        Ok(())
    }

    /// Puts the value that `text` spells into `parameters`.
    ///
    /// # Errors
    /// [`ParameterError::Value`] if `text` spells no value of this parameter.
    pub fn parse(
        &self,
        parameters: &mut HyperParameters,
        text: &str,
    ) -> Result<(), ParameterError> {
        let value = match self.kind {
            Kind::Choice(words) => words
                .iter()
                .position(|word| *word == text)
                .map(|position| position as f64),
            Kind::Real | Kind::Integer => text.trim().parse().ok(),
        };
        let value = value.ok_or_else(|| self.refuse(text))?;
        self.set(parameters, value).map_err(|_| self.refuse(text))
    }

    /// The value `steps` arrow-key steps away from the present one, kept in range.
    pub fn stepped(&self, parameters: &HyperParameters, steps: f64) -> f64 {
        let value = self.get(parameters);
        let moved = match (self.kind, self.spread) {
            (Kind::Choice(words), _) => {
                return (value + steps).rem_euclid(words.len() as f64);
            }
            (_, Spread::Linear) => value + steps * self.step,
            (_, Spread::Logarithmic) if value == 0.0 && steps > 0.0 => self.smallest_step(),
            (_, Spread::Logarithmic) => value * pow(self.step, steps),
        };
        self.tidy(moved).clamp(self.min, self.max)
    }

    /// The value in `parameters` as people read it.
    pub fn format(&self, parameters: &HyperParameters) -> String {
        self.format_value(self.get(parameters))
    }

    /// `value` as people read it.
    pub fn format_value(&self, value: f64) -> String {
        match self.kind {
            Kind::Choice(words) => words.get(value as usize).copied().unwrap_or("?").to_owned(),
            Kind::Integer => format!("{value:.0}"),
            Kind::Real => format!("{}", self.tidy(value)),
        }
    }

    /// The range as people read it.
    pub fn expected(&self) -> String {
        match self.kind {
            Kind::Choice(words) => format!("one of {}", words.join(", ")),
            Kind::Integer => format!("a whole number from {} to {}", self.min, self.max),
            Kind::Real => format!("a number from {} to {}", self.min, self.max),
        }
    }

    fn refuse(&self, value: &str) -> ParameterError {
        ParameterError::Value {
            name: self.name,
            value: value.to_owned(),
            expected: self.expected(),
        }
    }

    /// Where a logarithmic parameter starts when it leaves 0.
    fn smallest_step(&self) -> f64 {
        if self.kind == Kind::Integer {
            1.0
        } else {
            0.001
        }
    }

    /// Rounds away what repeated stepping leaves behind: three significant digits, or whole.
    fn tidy(&self, value: f64) -> f64 {
        if self.kind == Kind::Integer {
            return value.round();
        }
        if value == 0.0 || !value.is_finite() {
            return value;
        }
        let digits = 3 - log10(value.abs()).ceil() as i32;
        if digits < 0 {
            return value.round();
        }
        format!("{value:.*}", digits as usize)
            .parse()
            .unwrap_or(value)
    }
}

/// The name in [`TABLE`] that resembles `name` most.
fn nearest(name: &str) -> &'static str {
    TABLE
        .iter()
        .max_by(|a, b| {
            let likeness = |parameter: &Parameter| strsim::jaro_winkler(name, parameter.name);
            likeness(a).total_cmp(&likeness(b))
        })
        .map_or("", |parameter| parameter.name)
}

#[cfg(test)]
mod tests;
