//! Where a person is to go.

use ndarray::ArrayView1;

use crate::data::canonical;

/// The word for the class that is most likely of those that are not predicted.
pub const OPPOSITE: &str = "opposite";

/// The class to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The most likely of those that a factual is not predicted as.
    Opposite,
    /// A class, by its position.
    Class(usize),
}

impl Target {
    /// The target that `name` means: [`OPPOSITE`], if there is more than one class, or a class however
    /// its number is written.
    pub fn named(classes: &[String], name: &str) -> Option<Self> {
        let opposite = (name == OPPOSITE && classes.len() > 1).then_some(Self::Opposite);
        class(classes, name).map(Self::Class).or(opposite)
    }

    /// The class that it is for a factual with these probabilities, `(k,)`.
    pub fn class(self, probabilities: ArrayView1<'_, f32>) -> usize {
        match self {
            Self::Opposite => second(probabilities),
            Self::Class(class) => class,
        }
    }
}

/// The class called `name`, however its number is written.
pub fn class(classes: &[String], name: &str) -> Option<usize> {
    let exact = classes.iter().position(|known| known == name);
    let same = |known: &String| canonical(known) == canonical(name);
    exact.or_else(|| classes.iter().position(same))
}

/// The class with the second largest probability.
fn second(probabilities: ArrayView1<'_, f32>) -> usize {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]));
    order.get(1).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn classes_are_found_however_they_are_written() {
        let classes = ["-1", "1", "yes", "007"].map(String::from);
        for (name, expected) in [("-1", 0), ("+1", 1), ("1.0", 1), ("yes", 2), ("007", 3)] {
            let target = Target::named(&classes, name);
            assert_eq!(target, Some(Target::Class(expected)));
        }
        assert_eq!(Target::named(&classes, "no"), None);
    }

    #[test]
    fn the_opposite_is_the_likeliest_of_the_others() {
        let classes = ["a", "b", "opposite"].map(String::from);
        assert_eq!(
            Target::named(&classes[..2], "opposite"),
            Some(Target::Opposite)
        );
        assert_eq!(Target::named(&classes[..1], "opposite"), None);
        assert_eq!(
            Target::named(&classes, "opposite"),
            Some(Target::Class(2)),
            "a class that is called so comes first"
        );
        let class = |probabilities| Target::Opposite.class(ArrayView1::from(probabilities));
        assert_eq!(class(&[0.1, 0.5, 0.3, 0.1]), 2);
        assert_eq!(class(&[0.9, 0.0, 0.0, 0.1]), 3);
        assert_eq!(Target::Class(1).class(array![0.9, 0.1].view()), 1);
    }
}
