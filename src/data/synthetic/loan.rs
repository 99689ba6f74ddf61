//! Loan applications in two features, debt and age: the setting of the paper's Figure 1 and of its
//! Proposition 3.1, two Gaussians with the same variances and no correlation.
//!
//! Debt tells the groups apart best (they are 6.7 standard deviations apart), age alone does so
//! badly (2 deviations). A classifier that is only to be accurate goes by debt; a plausible
//! counterfactual has the age of its target group as well. With the age locked there is still a debt
//! at which every applicant is granted a loan, which lies among those of the target group: that is
//! when protecting a feature makes the classifier less sensitive to it.

use rand::{Rng, RngExt};

use super::{Labelled, normal};
use crate::data::Table;

/// Means of those who are denied a loan or granted one.
struct Group {
    debt: f64,
    age: f64,
}

const GROUPS: [Group; 2] = [
    Group {
        debt: 32_000.0,
        age: 34.0,
    },
    Group {
        debt: 12_000.0,
        age: 52.0,
    },
];
/// Standard deviations of debt in € and of age in years, in both groups.
const DEBT_SPREAD: f64 = 3_000.0;
const AGE_SPREAD: f64 = 9.0;

/// `samples` applications, denied and granted ones equally likely; `spread` scales how much the
/// applicants of a group differ. Debt is rounded to 100 €, age to whole years.
pub(super) fn table(samples: usize, spread: f64, rng: &mut impl Rng) -> Table {
    let mut debts = Vec::with_capacity(samples);
    let mut ages = Vec::with_capacity(samples);
    let mut y = Vec::with_capacity(samples);
    for _ in 0..samples {
        let class = rng.random_range(0..GROUPS.len());
        let group = &GROUPS[class];
        let debt = group.debt + spread * DEBT_SPREAD * normal(rng);
        let age = group.age + spread * AGE_SPREAD * normal(rng);
        debts.push((debt.clamp(0.0, 60_000.0) / 100.0).round() * 100.0);
        ages.push(age.clamp(18.0, 90.0).round());
        y.push(class);
    }
    Labelled::new("loan", &["denied", "granted"], y)
        .numbers("debt", debts)
        .numbers("age", ages)
        .into_table()
}
