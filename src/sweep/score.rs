//! What can be measured of a cell.

use serde::{Deserialize, Serialize};

use crate::data::nearest;

/// A measure of a trained model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Score {
    Accuracy,
    F1,
    Ip,
    IpStar,
    Cost,
    Validity,
    StrictValidity,
    Redundancy,
    Fgsm,
    Pgd,
    MatureShare,
}

/// All scores with their names in files and what they are.
const TABLE: [(Score, &str, &str); 11] = [
    (
        Score::Accuracy,
        "accuracy",
        "share of test samples predicted rightly",
    ),
    (Score::F1, "f1", "macro-averaged F1 on test samples"),
    (
        Score::Ip,
        "ip",
        "implausibility: mean L1 distance to the target class",
    ),
    (
        Score::IpStar,
        "ip_star",
        "distributional implausibility: MMD² to the target class",
    ),
    (
        Score::Cost,
        "cost",
        "L1 distance of a valid counterfactual to its factual",
    ),
    (
        Score::Validity,
        "validity",
        "share of counterfactuals predicted as the target class",
    ),
    (
        Score::StrictValidity,
        "strict_validity",
        "share of counterfactuals that reached τ",
    ),
    (
        Score::Redundancy,
        "redundancy",
        "share of features that were not moved",
    ),
    (Score::Fgsm, "fgsm", "accuracy under FGSM with ε 0.1"),
    (Score::Pgd, "pgd", "accuracy under PGD with ε 0.1"),
    (
        Score::MatureShare,
        "mature_share",
        "share of the training's searches that matured",
    ),
];

impl Score {
    /// What is measured if a sweep does not say.
    pub const USUAL: [Self; 5] = [
        Self::Accuracy,
        Self::Ip,
        Self::IpStar,
        Self::Cost,
        Self::Validity,
    ];

    /// The score called `name`.
    ///
    /// # Errors
    /// A sentence with the nearest name and all there are.
    pub fn find(name: &str) -> Result<Self, String> {
        let found = TABLE.iter().find(|(_, known, _)| *known == name);
        found.map(|(score, ..)| *score).ok_or_else(|| {
            let names = || TABLE.iter().map(|(_, name, _)| *name);
            let hint = nearest::hint(name, names());
            let all = names().collect::<Vec<_>>().join(", ");
            format!("there is no measure `{name}`{hint}; there are {all}")
        })
    }

    /// Name in files.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// What it is, in a few words.
    pub fn help(self) -> &'static str {
        TABLE[self as usize].2
    }

    /// Whether counterfactuals have to be searched for it.
    pub(super) fn needs_counterfactuals(self) -> bool {
        use Score::{Cost, Ip, IpStar, Redundancy, StrictValidity, Validity};
        matches!(
            self,
            Ip | IpStar | Cost | Validity | StrictValidity | Redundancy
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_score_goes_by_its_name() {
        for (position, (score, name, _)) in TABLE.into_iter().enumerate() {
            assert_eq!(score as usize, position);
            assert_eq!((Score::find(name).unwrap(), score.name()), (score, name));
            let json = serde_json::to_string(&score).unwrap();
            assert_eq!(json, format!("\"{name}\""));
        }
        assert!(Score::find("ip_stra").unwrap_err().contains("ip_star"));
    }
}
