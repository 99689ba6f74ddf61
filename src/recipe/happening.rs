//! What was changed in a run after it had begun, to be told.

use std::fmt;

use super::{Arm, Controls, Parent, Recipe};
use crate::{
    data::{Dataset, Mutability},
    text::number_of,
    training::TABLE,
};

/// A value of the controls that is another one than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A hyper-parameter: its symbol, the value before, and the value after.
    Value(&'static str, [String; 2]),
    /// How a feature may change: its name, before, and after.
    Feature(String, [Mutability; 2]),
}

/// All differences between two controls of arms on `dataset`.
pub fn differences(before: &Controls, after: &Controls, dataset: &Dataset) -> Vec<Difference> {
    let parameters = [&before.parameters, &after.parameters];
    let changed = TABLE.iter().filter(|parameter| {
        let [before, after] = parameters.map(|parameters| parameter.get(parameters));
        before != after
    });
    let values = changed.map(|parameter| {
        Difference::Value(parameter.symbol, parameters.map(|of| parameter.format(of)))
    });
    let [before, after] = [before, after].map(|controls| dataset.mutability(&controls.mutability));
    let pairs = before.into_iter().zip(after);
    let features = dataset.features.iter().zip(pairs);
    let changed = features.filter(|(_, (before, after))| before != after);
    let features = changed.map(|(feature, (before, after))| {
        Difference::Feature(feature.shown_name().into_owned(), [before, after])
    });
    values.chain(features).collect()
}

/// In short: `λ_div 0.5 → 2`, `age locked`.
impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(symbol, [before, after]) => {
                write!(formatter, "{symbol} {before} → {after}")
            }
            Self::Feature(name, [_, after]) => write!(formatter, "{name} {}", after.in_words()),
        }
    }
}

/// Something that was changed after the beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// The controls of an arm differ from before.
    Set {
        /// Name of the arm.
        arm: String,
        /// In what they differ.
        what: Difference,
    },
    /// Points were drawn.
    Drawn(usize),
    /// Points that were drawn before were removed.
    Removed(usize),
    /// An arm was copied from another one.
    Forked {
        /// Name of the new arm.
        arm: String,
        /// Name of the other one.
        from: String,
    },
}

/// In a sentence: `λ_adv of CT changed from 0.25 to 0.5`.
impl fmt::Display for Happening {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set { arm, what } => match what {
                Difference::Value(symbol, [before, after]) => {
                    write!(
                        formatter,
                        "{symbol} of {arm} changed from {before} to {after}"
                    )
                }
                Difference::Feature(name, pair) => {
                    let [before, after] = pair.map(Mutability::in_words);
                    write!(
                        formatter,
                        "feature {name} of {arm} changed from {before} to {after}"
                    )
                }
            },
            Self::Drawn(1) => formatter.write_str("1 point was drawn"),
            Self::Removed(1) => formatter.write_str("1 point was removed"),
            Self::Drawn(count) => write!(formatter, "{} were drawn", number_of(*count, "point")),
            Self::Removed(count) => {
                write!(formatter, "{} were removed", number_of(*count, "point"))
            }
            Self::Forked { arm, from } => write!(formatter, "{arm} was copied from {from}"),
        }
    }
}

impl Recipe {
    /// All that was changed after the beginning, in the order of epochs: the first epoch that was
    /// trained with it, of a fork the last one before it. What a fork has of its parent's is the
    /// parent's.
    pub fn happenings(&self, dataset: &Dataset) -> Vec<(usize, Happening)> {
        let mut all = self.sets(dataset);
        all.extend(self.strokes());
        all.extend(self.arms.iter().filter_map(|arm| {
            let parent = self.forked(arm)?;
            let (arm, from) = (arm.name.clone(), parent.arm.clone());
            Some((parent.epoch, Happening::Forked { arm, from }))
        }));
        all.sort_by_key(|(epoch, _)| *epoch);
        all
    }

    /// Where `arm` was forked off, if its parent is another of the recipe's arms; the reference is
    /// always there.
    pub fn forked<'a>(&self, arm: &'a Arm) -> Option<&'a Parent> {
        let parent = arm.parent.as_ref()?;
        let there = self.position(&parent.arm).is_ok() && parent.arm != arm.name;
        (there && self.reference().name != arm.name).then_some(parent)
    }

    fn sets(&self, dataset: &Dataset) -> Vec<(usize, Happening)> {
        let mut all = Vec::new();
        for arm in &self.arms {
            let own = self.forked(arm).map_or(0, |parent| parent.epoch);
            let mut before = &arm.controls;
            for change in &arm.changes {
                let made = differences(before, &change.controls, dataset).into_iter();
                let set = |what| {
                    let arm = arm.name.clone();
                    (change.epoch, Happening::Set { arm, what })
                };
                all.extend(made.filter(|_| change.epoch > own).map(set));
                before = &change.controls;
            }
        }
        all
    }

    /// How many points were drawn and removed, and the first epoch without or with them.
    fn strokes(&self) -> Vec<(usize, Happening)> {
        let points = self.drawing.points();
        let drawn = counted(points.iter().map(|point| point.since));
        let removed = counted(points.iter().filter_map(|point| point.until));
        let drawn = drawn.map(|(epoch, count)| (epoch, Happening::Drawn(count)));
        let removed = removed.map(|(epoch, count)| (epoch, Happening::Removed(count)));
        drawn.chain(removed).collect()
    }
}

/// How often each epoch but the first is among `epochs`.
fn counted(epochs: impl Iterator<Item = usize>) -> impl Iterator<Item = (usize, usize)> {
    tally(epochs.filter(|epoch| *epoch > 1))
}

/// How often each epoch is among `epochs`, in their order.
pub fn tally(epochs: impl Iterator<Item = usize>) -> impl Iterator<Item = (usize, usize)> {
    let mut epochs: Vec<usize> = epochs.collect();
    epochs.sort_unstable();
    let counted = epochs.chunk_by(usize::eq).map(|same| (same[0], same.len()));
    counted.collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        data::{Family, Source},
        recipe::Change,
        training::HyperParameters,
    };

    #[test]
    fn changes_locks_and_forks_are_told_in_order_and_once() {
        let source = Source::Synthetic {
            family: Family::Moon,
            classes: None,
        };
        let mut recipe = Recipe::pair(source, Controls::new(HyperParameters::default()));
        let dataset = recipe.source.load(&recipe.draw()).unwrap();
        let mut controls = recipe.arms[1].controls.clone();
        controls.parameters.lambda_adv = 0.5;
        controls.mutability = vec![Mutability::None, Mutability::Both];
        recipe.arms[1].changes = vec![Change {
            epoch: 30,
            controls,
        }];
        let mut fork = recipe.arms[1].clone();
        fork.name = "other".into();
        fork.parent = Some(Parent {
            arm: "CT".into(),
            epoch: 40,
        });
        recipe.arms.push(fork);
        let told: Vec<String> = recipe
            .happenings(&dataset)
            .into_iter()
            .map(|(epoch, what)| format!("epoch {epoch}: {what}"))
            .collect();
        let expected = [
            "epoch 30: λ_adv of CT changed from 0.25 to 0.5",
            "epoch 30: feature x1 of CT changed from both ways to locked",
            "epoch 40: other was copied from CT",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn points_are_counted_epoch_by_epoch() {
        let counted: Vec<_> = counted([1, 7, 3, 7].into_iter()).collect();
        assert_eq!(counted, [(3, 1), (7, 2)]);
        assert_eq!(Happening::Drawn(1).to_string(), "1 point was drawn");
        assert_eq!(Happening::Removed(2).to_string(), "2 points were removed");
    }
}
