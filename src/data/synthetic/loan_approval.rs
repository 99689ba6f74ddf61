//! Loan applications with numbers, text and gaps, decided by a noisy score.

use rand::{Rng, RngExt};

use super::{Labelled, normal, pick};
use crate::data::Table;

/// Ways to earn a living: how common they are, the usual income, and what they add to the score.
const EMPLOYMENT: [(&str, f64, f64, f64); 4] = [
    ("employed", 0.62, 46_000.0, 0.5),
    ("self-employed", 0.16, 52_000.0, 0.0),
    ("retired", 0.12, 27_000.0, 0.2),
    ("unemployed", 0.10, 13_000.0, -1.2),
];
/// Ways to live: how common they are, and what they add to the score.
const HOUSING: [(&str, f64, f64); 3] = [
    ("rent", 0.5, 0.0),
    ("own", 0.38, 0.6),
    ("family", 0.12, -0.1),
];
/// Share of applicants who do not tell their income, or how they live.
const UNTOLD: f64 = 0.02;

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
    fn draw(rng: &mut impl Rng) -> Self {
        let age = (19.0 + 60.0 * rng.random::<f64>().powf(1.3)).round();
        let education = (12.5 + 2.8 * normal(rng))
            .clamp(8.0, (age - 6.0).min(22.0))
            .round();
        let employment = match age {
            65.0.. => 2,
            _ => [0, 1, 3][pick(&[0.7, 0.18, 0.12], rng)],
        };
        let works = employment < 2;
        let longest = age - 6.0 - education;
        let years_employed = if works {
            longest * rng.random::<f64>().powi(2)
        } else {
            0.0
        };
        let usual = EMPLOYMENT[employment].2 * (0.35 + education / 20.0);
        let income = usual * (0.4 * normal(rng)).exp();
        let debt = 0.55 * income * rng.random::<f64>().powf(0.8) * (0.5 * normal(rng)).exp();
        let trouble = 0.3 + 2.5 * (debt / income.max(1.0)).min(1.5);
        let amount = 4_000.0 + 36_000.0 * rng.random::<f64>().powf(1.5);
        Self {
            age,
            education,
            employment,
            years_employed: years_employed.max(0.0).round(),
            income: (income / 100.0).round().min(2_500.0) * 100.0,
            debt: (debt / 100.0).round().min(1_500.0) * 100.0,
            late_payments: (trouble * -rng.random::<f64>().max(1e-9).ln())
                .floor()
                .min(20.0),
            housing: pick(&HOUSING.map(|housing| housing.1), rng),
            amount: (amount / 500.0).round() * 500.0,
            duration: 12.0 * f64::from(rng.random_range(1..=8_u8)),
        }
    }

    /// How well the bank likes the application, before noise; approved above 0.
    fn score(&self) -> f64 {
        let monthly_income = self.income / 12.0;
        let burden = self.amount / self.duration / monthly_income.max(1.0);
        0.9 - 3.2 * burden.min(2.0)
            - 1.6 * (self.debt / self.income.max(1.0)).min(2.0)
            - 0.55 * self.late_payments
            + 0.05 * self.years_employed
            + 0.015 * (self.age - 40.0)
            + 0.06 * (self.education - 12.0)
            + EMPLOYMENT[self.employment].3
            + HOUSING[self.housing].2
    }
}

/// `samples` applications; `noise` is the standard deviation of what the bank goes by beside them.
pub(super) fn table(samples: usize, noise: f64, rng: &mut impl Rng) -> Table {
    let mut applicants = Vec::with_capacity(samples);
    let mut y = Vec::with_capacity(samples);
    let mut told = Vec::with_capacity(samples);
    for _ in 0..samples {
        let applicant = Applicant::draw(rng);
        y.push(usize::from(applicant.score() + noise * normal(rng) > 0.0));
        told.push([rng.random_bool(1.0 - UNTOLD), rng.random_bool(1.0 - UNTOLD)]);
        applicants.push(applicant);
    }
    let all = |get: fn(&Applicant) -> f64| applicants.iter().map(get).collect::<Vec<_>>();
    let mut incomes = all(|a| a.income);
    let employment: Vec<&str> = applicants
        .iter()
        .map(|a| EMPLOYMENT[a.employment].0)
        .collect();
    let mut housing: Vec<&str> = applicants.iter().map(|a| HOUSING[a.housing].0).collect();
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
