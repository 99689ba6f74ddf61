//! As many ways to a target as are wished for, or as there are.

use super::{Advice, Recourse, Start, pick};

/// Columns that each of several ways may change, unless it is said.
pub const FEW: usize = 3;
/// Probability at which a class is predicted whatever the others have.
const MAJORITY: f32 = 0.5;

/// Which ways are wished for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// How many at most.
    pub ways: usize,
    /// How many columns each may change; `None` if any number.
    pub most: Option<usize>,
}

/// Ways to a target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ways {
    /// Those that were chosen, the cheapest first; a single one without a change if the target is
    /// reached already.
    pub advice: Vec<Advice>,
    /// How many there are to choose from.
    pub exist: usize,
    /// The smaller probability that they reach where none reaches the threshold.
    pub lowered: Option<f32>,
}

impl Recourse<'_> {
    /// Ways from `start` to its target that differ in the columns that they change. If none of them
    /// reaches the threshold, those that get the majority, which are not mature.
    pub fn ways(&self, start: &Start, wish: &Wish) -> Ways {
        let unchanged = self.snap(start, &start.factual);
        if unchanged.mature {
            return Ways {
                advice: vec![unchanged],
                exist: 1,
                lowered: None,
            };
        }
        let most = wish.most.unwrap_or(usize::MAX);
        let mut found = self.few(start, most);
        let mut lowered = None;
        if found.is_empty() {
            let lower = Self {
                threshold: self.threshold.min(MAJORITY),
                ..self.clone()
            };
            found = lower.few(start, most);
            for one in &mut found {
                one.advice.mature = false;
            }
            lowered = (!found.is_empty()).then_some(lower.threshold);
        }
        Ways {
            exist: found.len(),
            lowered,
            advice: pick(found, wish.ways)
                .into_iter()
                .map(|found| found.advice)
                .collect(),
        }
    }

    /// What is to be said of `ways` that are not all that was wished for.
    pub fn remarks(&self, ways: &Ways, wish: &Wish) -> Vec<String> {
        let is_there = ways.advice.iter().any(|advice| advice.changes == 0);
        if is_there {
            return Vec::new();
        }
        let of_at_most = wish.most.map_or(String::new(), |most| {
            format!(" of at most {}", columns(most))
        });
        let that_change = wish.most.map(|most| format!("at most {}", columns(most)));
        let mut remarks = Vec::new();
        if let Some(lowered) = ways.lowered {
            remarks.push(format!(
                "no change{of_at_most} gives the target a probability of {}; those told give it at least {lowered}",
                self.threshold
            ));
        }
        if ways.exist < wish.ways {
            remarks.push(match (ways.exist, that_change) {
                (0, _) => format!("no change{of_at_most} reaches the target"),
                (1, None) => "1 explanation exists".into(),
                (1, Some(change)) => format!("1 explanation exists that changes {change}"),
                (more, None) => format!("{more} explanations exist"),
                (more, Some(change)) => format!("{more} explanations exist that change {change}"),
            });
        }
        remarks
    }
}

/// So many columns, in words.
fn columns(count: usize) -> String {
    match count {
        1 => "1 column".into(),
        count => format!("{count} columns"),
    }
}
