//! How common a profile is.

use ndarray::{ArrayView1, ArrayView2};

use crate::data::Feature;

/// Largest difference of a number, in standard deviations, that counts as the same.
pub const NEAR: f32 = 0.5;

/// Among the rows of `x`, `(n, d)`, how many are like `point`, `(d,)`, in all of `positions`: numbers no
/// further away than half of their `deviations`, `(d,)`, categories the same. Everything is in model
/// units.
pub fn alike(
    x: ArrayView2<'_, f32>,
    point: &[f32],
    features: &[Feature],
    deviations: &[f32],
    positions: &[usize],
) -> usize {
    let near = |row: &ArrayView1<'_, f32>| {
        positions.iter().all(|&position| {
            let distance = (row[position] - point[position]).abs();
            match features[position].is_number() {
                true => distance <= NEAR * deviations[position],
                false => distance < 0.5,
            }
        })
    };
    x.rows().into_iter().filter(near).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Kind;
    use ndarray::array;

    #[test]
    fn rows_are_alike_in_what_is_asked_for() {
        let category = Feature {
            kind: Kind::Category {
                group: "job".into(),
                category: "nurse".into(),
            },
            ..Feature::numeric("job=nurse")
        };
        let features = [Feature::numeric("age"), category];
        let x = array![[0.0, 1.0], [0.9, 1.0], [1.1, 1.0], [0.0, 0.0]];
        let count =
            |positions: &[usize]| alike(x.view(), &[0.0, 1.0], &features, &[2.0, 0.5], positions);
        assert_eq!((count(&[0]), count(&[1]), count(&[0, 1])), (3, 3, 2));
        assert_eq!(count(&[]), 4);
    }
}
