//! How unlike the members of a class one point is, in words that people understand.

use ndarray::{ArrayView1, Axis};

use crate::data::Samples;

/// Most members that are compared with.
const MEMBERS: usize = 200;
/// Fewest members of which anything can be said.
const FEWEST: usize = 10;
/// Nearest members that count.
const NEAREST: usize = 5;

/// The members of one class, and how far each is from the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Typicality {
    members: Samples,
    /// Mean L1 distance of each member to its nearest, ascending.
    distances: Vec<f32>,
}

impl Typicality {
    /// The members of `class` among `samples`, an even selection if there are many; none if there
    /// are too few to say anything.
    pub fn of_class(samples: &Samples, class: usize) -> Option<Self> {
        let rows: Vec<usize> = (0..samples.len())
            .filter(|row| samples.y[*row] == class)
            .collect();
        if rows.len() < FEWEST {
            return None;
        }
        let stride = rows.len().div_ceil(MEMBERS);
        let rows: Vec<usize> = rows.into_iter().step_by(stride).collect();
        let members = samples.select(&rows);
        let among = |row: usize| nearest(&members, members.x.row(row), Some(row));
        let mut distances: Vec<f32> = (0..members.len()).map(among).collect();
        distances.sort_by(f32::total_cmp);
        Some(Self { members, distances })
    }

    /// Share of the members that are closer to their class than `point`, `(d,)`: 0.9 is "unlike 9 of
    /// 10". Closeness is the mean L1 distance to the five nearest members.
    pub fn unlike(&self, point: ArrayView1<'_, f32>) -> f32 {
        let own = nearest(&self.members, point, None);
        let closer = self.distances.partition_point(|distance| *distance < own);
        closer as f32 / self.distances.len() as f32
    }
}

/// Mean L1 distance of `point` to its nearest members, without the member `left_out`.
fn nearest(members: &Samples, point: ArrayView1<'_, f32>, left_out: Option<usize>) -> f32 {
    let rows = members.x.axis_iter(Axis(0)).enumerate();
    let mut distances: Vec<f32> = rows
        .filter(|(row, _)| Some(*row) != left_out)
        .map(|(_, member)| {
            let pairs = member.iter().zip(&point);
            pairs.map(|(a, b)| (a - b).abs()).sum()
        })
        .collect();
    let count = NEAREST.min(distances.len()).max(1);
    if count < distances.len() {
        distances.select_nth_unstable_by(count, f32::total_cmp);
    }
    distances.iter().take(count).sum::<f32>() / count as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    /// A class on a line from 0 to 1, and a far one.
    fn samples() -> Samples {
        let x = Array2::from_shape_fn((400, 2), |(row, feature)| match (row % 2, feature) {
            (0, 0) => row as f32 / 400.0,
            (0, _) => 0.0,
            _ => 50.0 + row as f32,
        });
        Samples {
            x,
            y: (0..400).map(|row| row % 2).collect(),
        }
    }

    #[test]
    fn a_member_is_like_its_class_and_a_stranger_is_not() {
        let class = Typicality::of_class(&samples(), 0).unwrap();
        assert!(class.unlike(array![0.5, 0.0].view()) < 0.5);
        assert_eq!(class.unlike(array![0.5, 1.0].view()), 1.0);
        assert_eq!(class.unlike(array![60.0, 60.0].view()), 1.0);
    }

    #[test]
    fn nothing_is_said_of_a_class_with_few_members() {
        let few = samples().select(&(0..15).collect::<Vec<_>>());
        assert_eq!(Typicality::of_class(&few, 0), None);
        assert_eq!(Typicality::of_class(&samples(), 7), None);
    }
}
