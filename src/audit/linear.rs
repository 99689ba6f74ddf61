//! Linear prediction with ridge regression, judged on rows that it has not seen.

use ndarray::{Array1, Array2, Axis, concatenate};
use rand::seq::SliceRandom;

use crate::{
    evaluation::estimate::Estimate,
    random::{Purpose, stream},
};

/// Parts that rows are divided into; each is predicted from the others.
const FOLDS: usize = 5;
/// Weight of the ridge per row.
const RIDGE: f64 = 1e-3;

/// A linear problem: outcomes `y`, `(n, q)`, from inputs `x`, `(n, p)`.
pub struct Problem {
    /// 1 and the inputs, `(n, 1 + p)`.
    x: Array2<f64>,
    y: Array2<f64>,
    fold: Vec<usize>,
    folds: Vec<Products>,
    all: Products,
}

/// Sums of products over rows.
#[derive(Clone)]
struct Products {
    /// Of the inputs with each other, `(1 + p, 1 + p)`.
    inputs: Array2<f64>,
    /// Of the inputs with the outcomes, `(1 + p, q)`.
    outcomes: Array2<f64>,
}

/// How well some of the inputs predict.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Share of the variance that is explained in rows that were not seen; negative if the mean is
    /// better.
    pub r2: Estimate,
    /// Share of these rows whose largest outcome is predicted to be the largest.
    pub accuracy: Estimate,
}

impl Problem {
    /// The problem of predicting `y` from `x`, whose columns are standardised here.
    pub fn new(mut x: Array2<f64>, y: Array2<f64>, seed: u64) -> Self {
        for mut column in x.columns_mut() {
            let (mean, deviation) = (column.mean().unwrap_or(0.0), column.std(0.0));
            let scale = if deviation > 1e-9 {
                1.0 / deviation
            } else {
                0.0
            };
            column.mapv_inplace(|value| (value - mean) * scale);
        }
        let ones = Array2::from_elem((x.nrows(), 1), 1.0);
        let x = concatenate(Axis(1), &[ones.view(), x.view()]).unwrap_or(ones);
        let mut fold: Vec<usize> = (0..x.nrows()).map(|row| row % FOLDS).collect();
        fold.shuffle(&mut stream(seed, Purpose::Evaluation, 1 << 40));
        let of_fold = |part: usize| {
            let rows: Vec<usize> = (0..fold.len()).filter(|&row| fold[row] == part).collect();
            Products::of(&x.select(Axis(0), &rows), &y.select(Axis(0), &rows))
        };
        Self {
            folds: (0..FOLDS).map(of_fold).collect(),
            all: Products::of(&x, &y),
            x,
            y,
            fold,
        }
    }

    /// How well the `inputs` predict, each part of the rows from the others.
    pub fn predict(&self, inputs: &[usize]) -> Prediction {
        let n = self.x.nrows();
        let (mut rest, mut whole, mut hit) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        let places = with_one(inputs);
        for (part, own) in self.folds.iter().enumerate() {
            let seen = self.all.without(own);
            let (weights, means) = (seen.solve(&places), seen.means());
            for row in (0..n).filter(|&row| self.fold[row] == part) {
                let mut predicted = Array1::zeros(self.y.ncols());
                for (weights, &place) in weights.rows().into_iter().zip(&places) {
                    predicted.scaled_add(self.x[[row, place]], &weights);
                }
                let y = self.y.row(row).to_owned();
                rest[row] = (&y - &predicted).mapv(|r| r * r).sum();
                whole[row] = (&y - &means).mapv(|r| r * r).sum();
                hit[row] = f64::from(u8::from(largest(&predicted) == largest(&y)));
            }
        }
        let left = Estimate::of_ratio(&rest, &whole);
        Prediction {
            r2: Estimate {
                value: 1.0 - left.value,
                error: left.error,
            },
            accuracy: Estimate::of_mean(&hit),
        }
    }

    /// How much of what all inputs explain is each one's, `(p,)`: its weight times its covariance with
    /// the outcome (Pratt 1987), negative parts as 0, in shares of the sum.
    pub fn shares(&self) -> Vec<f64> {
        let inputs: Vec<usize> = (0..self.x.ncols() - 1).collect();
        let weights = self.all.solve(&with_one(&inputs));
        let (n, means) = (self.all.rows(), self.all.means());
        let part = |&input: &usize| {
            let place = input + 1;
            let mean = self.all.inputs[[0, place]] / n;
            let covariances = (0..self.y.ncols()).map(|outcome| {
                let covariance = self.all.outcomes[[place, outcome]] / n - mean * means[outcome];
                covariance * weights[[place, outcome]]
            });
            covariances.sum::<f64>().max(0.0)
        };
        let parts: Vec<f64> = inputs.iter().map(part).collect();
        let sum: f64 = parts.iter().sum();
        parts.into_iter().map(|part| part / sum).collect()
    }
}

impl Products {
    fn of(x: &Array2<f64>, y: &Array2<f64>) -> Self {
        Self {
            inputs: x.t().dot(x),
            outcomes: x.t().dot(y),
        }
    }

    /// Of the rows that are not in `part`.
    fn without(&self, part: &Self) -> Self {
        Self {
            inputs: &self.inputs - &part.inputs,
            outcomes: &self.outcomes - &part.outcomes,
        }
    }

    fn rows(&self) -> f64 {
        self.inputs[[0, 0]].max(1.0)
    }

    /// Mean outcomes, `(q,)`.
    fn means(&self) -> Array1<f64> {
        self.outcomes.row(0).mapv(|sum| sum / self.rows())
    }

    /// Weights of the inputs at `places`, the first of which is 1, `(places, q)`.
    fn solve(&self, places: &[usize]) -> Array2<f64> {
        let mut left = self.inputs.select(Axis(0), places).select(Axis(1), places);
        left[[0, 0]] = self.rows();
        for place in 1..places.len() {
            left[[place, place]] += RIDGE * self.rows();
        }
        cholesky_solved(left, self.outcomes.select(Axis(0), places))
    }
}

/// Places of 1 and of the inputs.
fn with_one(inputs: &[usize]) -> Vec<usize> {
    std::iter::once(0)
        .chain(inputs.iter().map(|input| input + 1))
        .collect()
}

/// The largest outcome; of one alone, whether it is above one half.
fn largest(values: &Array1<f64>) -> usize {
    match values.len() {
        1 => usize::from(values[0] > 0.5),
        _ => (0..values.len())
            .max_by(|&a, &b| values[a].total_cmp(&values[b]))
            .unwrap_or(0),
    }
}

/// The solution of `left · w = right`, `left` symmetric and positive definite.
fn cholesky_solved(mut left: Array2<f64>, mut right: Array2<f64>) -> Array2<f64> {
    let size = left.nrows();
    for column in 0..size {
        for row in column..size {
            let known: f64 = (0..column)
                .map(|k| left[[row, k]] * left[[column, k]])
                .sum();
            let value = left[[row, column]] - known;
            left[[row, column]] = match row == column {
                true => value.max(1e-12).sqrt(),
                false => value / left[[column, column]],
            };
        }
    }
    for outcome in 0..right.ncols() {
        for row in 0..size {
            let known: f64 = (0..row).map(|k| left[[row, k]] * right[[k, outcome]]).sum();
            right[[row, outcome]] = (right[[row, outcome]] - known) / left[[row, row]];
        }
        for row in (0..size).rev() {
            let known: f64 = (row + 1..size)
                .map(|k| left[[k, row]] * right[[k, outcome]])
                .sum();
            right[[row, outcome]] = (right[[row, outcome]] - known) / left[[row, row]];
        }
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;

    /// A problem with three inputs, of which the first explains most.
    fn problem(noise: f64) -> Problem {
        let mut random = stream(1, Purpose::Data, 0);
        let x = Array2::from_shape_simple_fn((600, 3), || random.random_range(-1.0..1.0));
        let y = Array2::from_shape_fn((600, 1), |(row, _)| {
            2.0 * x[[row, 0]] + 0.5 * x[[row, 1]] + 7.0 + noise * random.random_range(-1.0..1.0)
        });
        Problem::new(x, y, 1)
    }

    #[test]
    fn what_is_linear_is_explained() {
        let found = problem(0.01);
        assert!(found.predict(&[0, 1, 2]).r2.value > 0.999);
        let first = found.predict(&[0]).r2.value;
        assert!((0.90..0.97).contains(&first), "{first}");
        let none = found.predict(&[2]).r2;
        assert!(none.value.abs() < 0.03, "{none:?}");
        let shares = found.shares();
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(shares[0] > 0.9 && shares[2] < 0.01, "{shares:?}");
    }

    #[test]
    fn the_noise_that_is_added_is_not_explained() {
        let found = problem(2.0).predict(&[0, 1, 2]).r2;
        let theory = 4.25 / (4.25 + 4.0);
        assert!(
            (found.value - theory).abs() < 4.0 * found.error,
            "{found:?} {theory}"
        );
    }

    #[test]
    fn constants_and_copies_do_no_harm() {
        let x = Array2::from_shape_fn(
            (50, 3),
            |(row, column)| if column == 2 { 3.0 } else { row as f64 },
        );
        let y = Array2::from_shape_fn((50, 1), |(row, _)| row as f64);
        let found = Problem::new(x, y, 1);
        assert!(found.predict(&[0, 1, 2]).r2.value > 0.99);
        assert!(found.shares().iter().all(|share| share.is_finite()));
    }
}
