//! Loan applications with numbers, text and gaps: those who are granted a loan and those who are not
//! are two groups of people who overlap, as the two Gaussians of [`super::loan`] are.

use rand::{Rng, RngExt};

use super::{Labelled, normal, pick};
use crate::data::Table;

/// Ways to earn a living, and what share of the usual income each brings.
const EMPLOYMENT: [(&str, f64); 4] = [
    ("employed", 1.0),
    ("self-employed", 1.1),
    ("retired", 0.7),
    ("unemployed", 0.35),
];
/// Ways to live.
const HOUSING: [&str; 3] = ["rent", "own", "family"];
/// Share of applicants who do not tell their income, or how they live.
const UNTOLD: f64 = 0.02;

/// A number of a group: mean and standard deviation, in units of the file.
type Spread = (f64, f64);

/// What applicants of a class have in common.
struct Group {
    age: Spread,
    education: Spread,
    /// Shares of [`EMPLOYMENT`] before retirement.
    employment: [f64; 4],
    /// Share of the years since school that the present job has lasted.
    tenure: Spread,
    income: Spread,
    debt: Spread,
    late_payments: Spread,
    /// Shares of [`HOUSING`].
    housing: [f64; 3],
    amount: Spread,
    duration: Spread,
}

/// The declined and the approved.
const GROUPS: [Group; 2] = [
    Group {
        age: (33.0, 9.0),
        education: (11.5, 2.3),
        employment: [0.55, 0.2, 0.0, 0.25],
        tenure: (0.15, 0.12),
        income: (31_000.0, 8_000.0),
        debt: (24_000.0, 6_300.0),
        late_payments: (3.0, 1.5),
        housing: [0.7, 0.1, 0.2],
        amount: (24_000.0, 7_000.0),
        duration: (72.0, 18.0),
    },
    Group {
        age: (51.0, 9.0),
        education: (14.0, 2.6),
        employment: [0.8, 0.17, 0.0, 0.03],
        tenure: (0.45, 0.17),
        income: (48_000.0, 10_500.0),
        debt: (10_000.0, 5_200.0),
        late_payments: (0.6, 0.9),
        housing: [0.35, 0.58, 0.07],
        amount: (16_000.0, 5_800.0),
        duration: (54.0, 16.0),
    },
];

/// One application.
struct Applicant {
    age: f64,
    education: f64,
    employment: usize,
    years_employed: f64,
    income: f64,
    debt: f64,
    late_payments: f64,
    housing: usize,
    amount: f64,
    duration: f64,
}

impl Applicant {
    /// An applicant of the group; `spread` scales how much its members differ.
    fn draw(group: &Group, spread: f64, rng: &mut impl Rng) -> Self {
        let mut number = |(mean, deviation): Spread| mean + spread * deviation * normal(rng);
        let age = number(group.age).clamp(18.0, 80.0).round();
        let education = number(group.education).clamp(8.0, (age - 6.0).min(22.0));
        let tenure = number(group.tenure).clamp(0.0, 1.0);
        let (income, debt) = (number(group.income), number(group.debt));
        let late_payments = number(group.late_payments);
        let (amount, duration) = (number(group.amount), number(group.duration));
        let employment = match age {
            65.0.. => 2,
            _ => pick(&group.employment, rng),
        };
        let works = employment < 2;
        let education = education.round();
        Self {
            age,
            education,
            employment,
            years_employed: match works {
                true => (tenure * (age - 6.0 - education)).round(),
                false => 0.0,
            },
            income: to_step(EMPLOYMENT[employment].1 * income, 100.0).clamp(4_000.0, 250_000.0),
            debt: to_step(debt, 100.0).clamp(0.0, 150_000.0),
            late_payments: late_payments.clamp(0.0, 20.0).round(),
            housing: pick(&group.housing, rng),
            amount: to_step(amount, 500.0).clamp(1_000.0, 100_000.0),
            duration: to_step(duration, 6.0).clamp(6.0, 120.0),
        }
    }
}

/// The nearest multiple of `step`.
fn to_step(value: f64, step: f64) -> f64 {
    (value / step).round() * step
}

/// `samples` applications, declined and approved ones equally likely; `spread` scales how much the
/// applicants of a group differ.
pub(super) fn table(samples: usize, spread: f64, rng: &mut impl Rng) -> Table {
    let mut applicants = Vec::with_capacity(samples);
    let mut y = Vec::with_capacity(samples);
    let mut told = Vec::with_capacity(samples);
    for _ in 0..samples {
        let class = rng.random_range(0..GROUPS.len());
        let applicant = Applicant::draw(&GROUPS[class], spread, rng);
        y.push(class);
        told.push([rng.random_bool(1.0 - UNTOLD), rng.random_bool(1.0 - UNTOLD)]);
        applicants.push(applicant);
    }
    let all = |get: fn(&Applicant) -> f64| applicants.iter().map(get).collect::<Vec<_>>();
    let mut incomes = all(|a| a.income);
    let employment: Vec<&str> = applicants
        .iter()
        .map(|a| EMPLOYMENT[a.employment].0)
        .collect();
    let mut housing: Vec<&str> = applicants.iter().map(|a| HOUSING[a.housing]).collect();
    for (row, [income, home]) in told.into_iter().enumerate() {
        if !income {
            incomes[row] = f64::NAN;
        }
        if !home {
            housing[row] = "";
        }
    }
    Labelled::new("decision", &["declined", "approved"], y)
        .numbers("age", all(|a| a.age))
        .numbers("education_years", all(|a| a.education))
        .text("employment", &employment)
        .numbers("years_employed", all(|a| a.years_employed))
        .numbers("income", incomes)
        .numbers("debt", all(|a| a.debt))
        .numbers("late_payments", all(|a| a.late_payments))
        .text("housing", &housing)
        .numbers("amount", all(|a| a.amount))
        .numbers("duration", all(|a| a.duration))
        .into_table()
}
