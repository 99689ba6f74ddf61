//! Loan applications in two features, debt and age: the setting of the paper's Figure 1.

use rand::{Rng, RngExt};

use super::{Labelled, normal};
use crate::data::Table;

/// What sets those who are denied a loan apart from those who are granted one.
struct Group {
    debt: f64,
    debt_spread: f64,
    age: f64,
    age_spread: f64,
}

const GROUPS: [Group; 2] = [
    Group {
        debt: 31_000.0,
        debt_spread: 6_500.0,
        age: 34.0,
        age_spread: 6.5,
    },
    Group {
        debt: 13_000.0,
        debt_spread: 5_000.0,
        age: 54.0,
        age_spread: 7.5,
    },
];

/// `samples` applications, denied and granted ones equally likely; `spread` scales how much the
/// applicants of a group differ. Debt is rounded to 100 €, age to whole years.
pub(super) fn table(samples: usize, spread: f64, rng: &mut impl Rng) -> Table {
    let mut debts = Vec::with_capacity(samples);
    let mut ages = Vec::with_capacity(samples);
    let mut y = Vec::with_capacity(samples);
    for _ in 0..samples {
        let class = rng.random_range(0..GROUPS.len());
        let group = &GROUPS[class];
        let debt = group.debt + spread * group.debt_spread * normal(rng);
        let age = group.age + spread * group.age_spread * normal(rng);
        debts.push((debt.clamp(0.0, 60_000.0) / 100.0).round() * 100.0);
        ages.push(age.clamp(18.0, 90.0).round());
        y.push(class);
    }
    Labelled::new("loan", &["denied", "granted"], y)
        .numbers("debt", debts)
        .numbers("age", ages)
        .into_table()
}
