//! Planes of the feature space, and the decision field on them.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

use super::{Axes, Field, Projection};
use crate::{
    data::{Dataset, Interval},
    model::Mlp,
};

/// Rounds of power iteration per principal component.
const ROUNDS: usize = 100;
/// Share of the data's extent that is left free at the window's edges.
const MARGIN: f32 = 0.08;
/// One of so many samples, at either end of an axis, need not be in the window.
const FEW: usize = 100;
/// By how much of the others' extent the window may reach out for them.
const REACH: f32 = 0.5;

impl Projection {
    /// The plane `axes` of a data set; its window shows the training samples, apart from few that are
    /// far away from all others.
    ///
    /// Axes that name no feature of the data set are replaced by its first two.
    pub fn new(dataset: &Dataset, axes: Axes) -> Self {
        let d = dataset.dimensions();
        let mean = dataset
            .train
            .x
            .mean_axis(Axis(0))
            .unwrap_or_else(|| Array1::zeros(d));
        let mut projection = match axes {
            Axes::PrincipalComponents if d > 2 => Self::principal(dataset.train.x.view(), mean),
            Axes::Features(i, j) if i < d && j < d && i != j => Self::features(dataset, mean, i, j),
            _ => Self::features(dataset, mean, 0, 1.min(d - 1)),
        };
        projection.window = projection.extent(dataset.train.x.view());
        projection
    }

    fn features(dataset: &Dataset, mean: Array1<f32>, i: usize, j: usize) -> Self {
        let mut origin = mean;
        let mut basis = Array2::zeros((2, dataset.dimensions()));
        for (axis, feature) in [i, j].into_iter().enumerate() {
            origin[feature] = 0.0;
            basis[[axis, feature]] = if axis == 1 && i == j { 0.0 } else { 1.0 };
        }
        Self {
            axes: Axes::Features(i, j),
            names: [i, j].map(|feature| dataset.features[feature].shown_name().into_owned()),
            origin,
            basis,
            window: [Interval::UNBOUNDED; 2],
        }
    }

    fn principal(x: ArrayView2<'_, f32>, mean: Array1<f32>) -> Self {
        let mut residual = &x - &mean;
        let mut basis = Array2::zeros((2, x.ncols()));
        for axis in 0..2 {
            let component = principal_component(residual.view(), axis);
            let scores = residual.dot(&component);
            for (mut row, score) in residual.rows_mut().into_iter().zip(scores) {
                row.scaled_add(-score, &component);
            }
            basis.row_mut(axis).assign(&component);
        }
        Self {
            axes: Axes::PrincipalComponents,
            names: ["PC 1".to_owned(), "PC 2".to_owned()],
            origin: mean,
            basis,
            window: [Interval::UNBOUNDED; 2],
        }
    }

    /// The rectangle that holds the points of `x`, with a margin.
    fn extent(&self, x: ArrayView2<'_, f32>) -> [Interval; 2] {
        let places: Vec<[f32; 2]> = x.rows().into_iter().map(|row| self.project(row)).collect();
        [0, 1].map(|axis| {
            let [least, most] = bulk(places.iter().map(|place| place[axis]));
            let extent = most - least;
            let margin = if extent > 0.0 && extent.is_finite() {
                MARGIN * extent
            } else {
                1.0
            };
            let (least, most) = if extent.is_finite() {
                (least, most)
            } else {
                (0.0, 0.0)
            };
            Interval {
                lower: least - margin,
                upper: most + margin,
            }
        })
    }
}

/// From where to where values lie; few that are far away from the others don't count. Infinite
/// without finite values.
fn bulk(values: impl Iterator<Item = f32>) -> [f32; 2] {
    let mut values: Vec<f32> = values.filter(|value| value.is_finite()).collect();
    values.sort_unstable_by(f32::total_cmp);
    let Some(last) = values.len().checked_sub(1) else {
        return [f32::INFINITY, f32::NEG_INFINITY];
    };
    let few = values.len() / FEW;
    let (low, high) = (values[few], values[last - few]);
    let beyond = REACH * (high - low);
    if few == 0 || beyond <= 0.0 {
        return [values[0], values[last]];
    }
    [values[0].max(low - beyond), values[last].min(high + beyond)]
}

/// The direction of largest variance of centred points `(n, d)`, by power iteration; `axis` picks
/// the start.
fn principal_component(x: ArrayView2<'_, f32>, axis: usize) -> Array1<f32> {
    let d = x.ncols();
    let mut direction = Array1::from_shape_fn(d, |feature| 1.0 + ((feature + axis) % 3) as f32);
    for _ in 0..ROUNDS {
        let next = x.t().dot(&x.dot(&direction));
        let length = next.dot(&next).sqrt();
        if length <= f32::EPSILON {
            return Array1::from_shape_fn(d, |feature| f32::from(feature == axis));
        }
        direction = next / length;
    }
    direction
}

impl Field {
    /// A model's decisions on a grid of `(columns, rows)` cells over the projection's window.
    pub fn new(model: &Mlp, projection: &Projection, resolution: (usize, usize)) -> Self {
        let (columns, rows) = resolution;
        let [horizontal, vertical] = projection.window;
        let place = |cell: usize, cells: usize, interval: Interval| {
            let share = (cell as f32 + 0.5) / cells as f32;
            interval.lower + share * (interval.upper - interval.lower)
        };
        let places = Array2::from_shape_fn((columns * rows, 2), |(cell, axis)| match axis {
            0 => place(cell % columns, columns, horizontal),
            _ => place(rows - 1 - cell / columns, rows, vertical),
        });
        let model = model.on_plane(projection.origin.view(), projection.basis.view());
        let mut field = Self {
            resolution,
            ..Self::default()
        };
        for row in model.probabilities(places.view()).rows() {
            let (class, probability, next) = best_two(row);
            field.class.push(class as u16);
            field.probability.push(probability);
            field.margin.push(probability - next);
        }
        field
    }
}

/// The most probable class, its probability, and that of the runner-up.
fn best_two(row: ArrayView1<'_, f32>) -> (usize, f32, f32) {
    row.iter().enumerate().fold(
        (0, 0.0, 0.0),
        |(class, best, next), (index, &probability)| match probability > best {
            true => (index, probability, best),
            false => (class, best, next.max(probability)),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        data::{Draw, Family},
        model::Architecture,
        random::{Purpose, stream},
    };

    fn moons() -> Dataset {
        let draw = Draw {
            samples: 500,
            noise: 0.1,
            seed: 1,
        };
        Family::Moon.generate(&draw).unwrap()
    }

    #[test]
    fn a_plane_of_two_features_can_be_turned() {
        let projection = Projection::new(&moons(), Axes::Features(1, 0));
        let point = ndarray::array![-0.25, 0.5];
        assert_eq!(projection.project(point.view()), [0.5, -0.25]);
        assert_eq!(projection.names, ["x2", "x1"]);
    }

    #[test]
    fn a_field_shows_the_model_at_the_places_of_its_cells() {
        let architecture = Architecture {
            inputs: 2,
            hidden: vec![6],
            outputs: 3,
        };
        let mut random = stream(9, Purpose::Initialisation, 0);
        let model = Mlp::glorot(architecture, &mut random);
        let projection = Projection::new(&moons(), Axes::Features(1, 0));
        let field = Field::new(&model, &projection, (4, 2));
        let [horizontal, vertical] = projection.window;
        let right = horizontal.lower + 0.625 * (horizontal.upper - horizontal.lower);
        let up = vertical.lower + 0.75 * (vertical.upper - vertical.lower);
        let expected = model.probabilities(ndarray::array![[up, right]].view());
        assert!((field.probability[2] - expected[[0, field.class[2] as usize]]).abs() < 1e-6);
        assert!(field.margin[2] > 0.0 && field.margin[2] < field.probability[2]);
    }

    #[test]
    fn all_training_samples_are_inside_the_window() {
        let moons = moons();
        let projection = Projection::new(&moons, Axes::Features(0, 1));
        for row in moons.train.x.rows() {
            let place = projection.project(row);
            assert!(projection.window[0].contains(place[0]));
            assert!(projection.window[1].contains(place[1]));
        }
    }

    #[test]
    fn a_sample_in_the_far_corner_does_not_press_the_others_together() {
        let mut moons = moons();
        let usual = Projection::new(&moons, Axes::Features(0, 1)).window;
        moons.train.x.row_mut(7).fill(1e5);
        moons.train.x.row_mut(8).fill(f32::NAN);
        let window = Projection::new(&moons, Axes::Features(0, 1)).window;
        for (window, usual) in window.iter().zip(usual) {
            let [width, usual_width] = [window, &usual].map(|it| it.upper - it.lower);
            assert!(width < 1.7 * usual_width, "{window:?} {usual:?}");
            assert!(window.lower <= usual.lower + 0.1 && window.upper >= usual.upper - 0.1);
        }
    }

    #[test]
    fn the_margin_is_to_the_runner_up() {
        let row = ndarray::array![0.2_f32, 0.5, 0.3];
        assert_eq!(best_two(row.view()), (1, 0.5, 0.3));
        let nothing = ndarray::array![f32::NAN, f32::NAN];
        assert_eq!(best_two(nothing.view()), (0, 0.0, 0.0));
    }

    #[test]
    fn principal_components_are_orthonormal_and_ordered() {
        let mut dataset = moons();
        let x = &dataset.train.x;
        dataset.train.x = ndarray::concatenate![Axis(1), x.mapv(|v| 0.1 * v), x.mapv(|v| 3.0 * v)];
        dataset.features = (0..4)
            .map(|i| crate::data::Feature::numeric(format!("f{i}")))
            .collect();
        let projection = Projection::new(&dataset, Axes::PrincipalComponents);
        let gram = projection.basis.dot(&projection.basis.t());
        assert!(
            (gram - Array2::<f32>::eye(2))
                .iter()
                .all(|value| value.abs() < 1e-4)
        );
        let spread = |axis| {
            let scores = dataset.train.x.dot(&projection.basis.row(axis));
            scores.std(0.0)
        };
        assert!(spread(0) > spread(1));
    }
}
