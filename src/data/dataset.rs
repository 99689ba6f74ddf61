//! A data set in memory, split into training and test samples.

use std::borrow::Cow;

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1};
use rayon::prelude::*;

use super::{Feature, Interval, Mutability, observed::Observed};
use crate::text::printable;

/// Values that one thread goes through at a time.
const VALUES_AT_ONCE: usize = 1 << 15;

/// Samples with their labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// Features in model units, `(n, d)`.
    pub x: Array2<f32>,
    /// Class of every row, `(n,)`, each `< k`.
    pub y: Vec<usize>,
}

impl Samples {
    /// Number of samples `n`.
    pub fn len(&self) -> usize {
        self.y.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.y.is_empty()
    }

    /// The given rows, in the given order.
    pub fn select(&self, rows: &[usize]) -> Self {
        Self {
            x: select_rows(&self.x, rows),
            y: rows.iter().map(|&row| self.y[row]).collect(),
        }
    }

    /// Row numbers by class: element `c` lists the rows of class `c`; `k` lists.
    pub fn rows_by_class(&self, classes: usize) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new(); classes];
        for (row, &class) in self.y.iter().enumerate() {
            rows[class].push(row);
        }
        rows
    }
}

/// How many rows of `width` values one thread takes at a time.
pub fn rows_at_once(width: usize) -> usize {
    (VALUES_AT_ONCE / width.max(1)).max(1)
}

/// The given rows of `x` `(n, d)`, in the given order.
pub fn select_rows(x: &Array2<f32>, rows: &[usize]) -> Array2<f32> {
    let (width, at_once) = (x.ncols().max(1), rows_at_once(x.ncols()));
    let mut selected = Array2::zeros((rows.len(), x.ncols()));
    if let Some(into) = selected.as_slice_mut() {
        into.par_chunks_mut(at_once * width)
            .zip(rows.par_chunks(at_once))
            .for_each(|(into, rows)| {
                for (into, &row) in into.chunks_exact_mut(width).zip(rows) {
                    ArrayViewMut1::from(into).assign(&x.row(row));
                }
            });
    }
    selected
}

/// Features, classes, and the samples to train and to test with.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Name shown to people.
    pub name: String,
    /// The `d` features.
    pub features: Vec<Feature>,
    /// Names of the `k` classes.
    pub classes: Vec<String>,
    /// Samples to train with.
    pub train: Samples,
    /// Samples held out.
    pub test: Samples,
}

impl Dataset {
    /// Its name as it may be shown, see [`printable`].
    pub fn shown_name(&self) -> Cow<'_, str> {
        printable(&self.name)
    }

    /// The name of a class as it may be shown, see [`printable`]; empty if there is none.
    pub fn shown_class(&self, class: usize) -> Cow<'_, str> {
        printable(self.classes.get(class).map_or("", String::as_str))
    }

    /// The names of all classes as they may be shown, with commas between them.
    pub fn shown_classes(&self) -> String {
        let names = (0..self.classes.len()).map(|class| self.shown_class(class));
        names.collect::<Vec<_>>().join(", ")
    }

    /// Number of features `d`.
    pub fn dimensions(&self) -> usize {
        self.features.len()
    }

    /// One mutability per feature, `(d,)`: the `wanted` ones, and the features' own where there are
    /// too few.
    pub fn mutability(&self, wanted: &[Mutability]) -> Vec<Mutability> {
        let own = self.features.iter().map(|feature| feature.mutability);
        let own = own.skip(wanted.len());
        wanted
            .iter()
            .copied()
            .chain(own)
            .take(self.dimensions())
            .collect()
    }

    /// The box that counterfactuals stay in, `(d,)`, in model units.
    ///
    /// A feature's own bounds where it has some; otherwise
    /// `[min(min x, μ − sigmas·σ), max(max x, μ + sigmas·σ)]` over the training samples. The
    /// published tables come out with 2 standard deviations (the paper's text says 3).
    pub fn domains(&self, sigmas: f32) -> Vec<Interval> {
        domains(&self.features, self.train.x.view(), sigmas)
    }
}

/// As [`Dataset::domains`], over any samples `(n, d)` of `features`.
pub fn domains(features: &[Feature], x: ArrayView2<'_, f32>, sigmas: f32) -> Vec<Interval> {
    features
        .iter()
        .zip(x.columns())
        .map(|(feature, column)| feature.domain.unwrap_or_else(|| infer(column, sigmas)))
        .collect()
}

/// The interval that covers `column` and `sigmas` population standard deviations around its mean.
fn infer(column: ArrayView1<'_, f32>, sigmas: f32) -> Interval {
    Observed::of(column).map_or(Interval::UNBOUNDED, |observed| observed.domain(sigmas))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn dataset() -> Dataset {
        let samples = Samples {
            x: array![[0.0, -1.0], [2.0, 1.0]],
            y: vec![0, 1],
        };
        Dataset {
            name: "two points".into(),
            features: vec![Feature::numeric("a"), Feature::numeric("b")],
            classes: vec!["no".into(), "yes".into()],
            train: samples.clone(),
            test: samples,
        }
    }

    #[test]
    fn domains_reach_over_the_standard_deviations() {
        let domains = dataset().domains(2.0);
        assert_eq!((domains[0].lower, domains[0].upper), (-1.0, 3.0));
        assert_eq!((domains[1].lower, domains[1].upper), (-2.0, 2.0));
        let narrow = dataset().domains(0.5);
        assert_eq!((narrow[0].lower, narrow[0].upper), (0.0, 2.0));
    }

    #[test]
    fn given_bounds_win() {
        let mut dataset = dataset();
        let bounds = Interval {
            lower: 0.0,
            upper: 9.0,
        };
        dataset.features[1].domain = Some(bounds);
        assert_eq!(dataset.domains(2.0)[1], bounds);
    }

    #[test]
    fn rows_are_grouped_by_class() {
        assert_eq!(dataset().train.rows_by_class(3), [vec![0], vec![1], vec![]]);
    }
}
