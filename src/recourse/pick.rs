//! Choosing explanations that differ.

use super::Found;

/// Up to `count` of `found`, which is in ascending order of cost: the cheapest, then again and again the
/// one whose cost, times one plus the columns that it shares with those already chosen, is least.
pub fn pick(mut found: Vec<Found>, count: usize) -> Vec<Found> {
    let mut chosen: Vec<Found> = Vec::new();
    while chosen.len() < count && !found.is_empty() {
        let price = |candidate: &Found| {
            let shared: f64 = chosen.iter().map(|other| shared(candidate, other)).sum();
            candidate.advice.cost * (1.0 + shared)
        };
        let prices = found.iter().map(price).enumerate();
        let Some((best, _)) = prices.min_by(|a, b| a.1.total_cmp(&b.1)) else {
            break;
        };
        chosen.push(found.remove(best));
    }
    chosen
}

/// Share of columns that two have in common, of those that either changes.
fn shared(a: &Found, b: &Found) -> f64 {
    let common = a.columns.iter().filter(|c| b.columns.contains(c)).count();
    common as f64 / (a.columns.len() + b.columns.len() - common).max(1) as f64
}
