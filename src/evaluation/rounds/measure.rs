//! The measures of counterfactuals, and their values in one round.

use crate::evaluation::{bootstrap::mean, estimate::Estimate};

/// A measure of the counterfactuals of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Share whose counterfactual is predicted as the target class.
    Validity,
    /// Share whose counterfactual reached the decision threshold.
    StrictValidity,
    /// Implausibility IP.
    Ip,
    /// Distributional implausibility IP*.
    IpStar,
    /// L1 distance to the factual.
    Cost,
    /// Share of features left as they were.
    Redundancy,
    /// Energy differential.
    EnergyDifferential,
}

impl Measure {
    /// All measures.
    pub const ALL: [Self; 7] = [
        Self::Validity,
        Self::StrictValidity,
        Self::Ip,
        Self::IpStar,
        Self::Cost,
        Self::Redundancy,
        Self::EnergyDifferential,
    ];

    /// Name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Validity => "validity",
            Self::StrictValidity => "strict_validity",
            Self::Ip => "ip",
            Self::IpStar => "ip_star",
            Self::Cost => "cost",
            Self::Redundancy => "redundancy",
            Self::EnergyDifferential => "energy_differential",
        }
    }

    /// Name shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Validity => "validity",
            Self::StrictValidity => "strict validity",
            Self::Ip => "IP",
            Self::IpStar => "IP*",
            Self::Cost => "cost",
            Self::Redundancy => "redundancy",
            Self::EnergyDifferential => "energy differential",
        }
    }

    /// Its value in a round.
    pub fn of(self, round: &Round) -> f64 {
        match self {
            Self::Validity => round.validity,
            Self::StrictValidity => round.strict_validity,
            Self::Ip => round.ip,
            Self::IpStar => round.ip_star,
            Self::Cost => round.cost,
            Self::Redundancy => round.redundancy,
            Self::EnergyDifferential => round.energy_differential,
        }
    }

    /// Its values in `rounds`, one each.
    pub fn values(self, rounds: &[Round]) -> Vec<f64> {
        rounds.iter().map(|round| self.of(round)).collect()
    }

    /// Its mean over `rounds`, with the standard error of that mean.
    pub fn estimate(self, rounds: &[Round]) -> Estimate {
        Estimate::of_mean(&self.values(rounds))
    }
}

/// The measures of one round: means over its individuals.
///
/// All but the validities are over valid counterfactuals, and not numbers if there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    /// Share whose counterfactual is predicted as the target class.
    pub validity: f64,
    /// Share whose counterfactual reached the decision threshold.
    pub strict_validity: f64,
    /// Implausibility IP.
    pub ip: f64,
    /// Distributional implausibility IP* of the individual's cell: its factual and target class.
    pub ip_star: f64,
    /// L1 distance to the factual.
    pub cost: f64,
    /// Share of features left as they were.
    pub redundancy: f64,
    /// Energy differential.
    pub energy_differential: f64,
}

impl Round {
    /// A round with these values.
    pub fn from_fn(value: impl Fn(Measure) -> f64) -> Self {
        Self {
            validity: value(Measure::Validity),
            strict_validity: value(Measure::StrictValidity),
            ip: value(Measure::Ip),
            ip_star: value(Measure::IpStar),
            cost: value(Measure::Cost),
            redundancy: value(Measure::Redundancy),
            energy_differential: value(Measure::EnergyDifferential),
        }
    }

    /// `m_r` of the method: each measure's unweighted mean over the same round at several weights
    /// of the energy penalty; weights at which it is not a number are left out.
    pub fn mean(rounds: &[Self]) -> Self {
        Self::from_fn(|measure| {
            let values = measure.values(rounds).into_iter();
            mean(&values.filter(|value| value.is_finite()).collect::<Vec<_>>())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_count_alike_and_empty_ones_do_not() {
        let [mut a, b] = [1.0, 2.0].map(|value| Round::from_fn(|_| value));
        a.cost = f64::NAN;
        let mean = Round::mean(&[a, b]);
        assert_eq!((mean.ip, mean.cost), (1.5, 2.0));
        assert!(Measure::ALL.iter().all(|measure| measure.of(&b) == 2.0));
        assert!(Round::mean(&[]).ip.is_nan());
    }
}
