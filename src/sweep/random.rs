//! Some of all combinations, drawn at random.

use rand::seq::index;

use super::Settings;
use crate::random::{Purpose, stream};

/// `samples` of `combinations`, drawn without replacement with `seed`, in their order; all of them if
/// there are no more.
pub fn draw(combinations: Vec<Settings>, samples: usize, seed: u64) -> Vec<Settings> {
    let count = combinations.len();
    let mut random = stream(seed, Purpose::Sweep, 0);
    let mut rows = index::sample(&mut random, count, samples.min(count)).into_vec();
    rows.sort_unstable();
    rows.into_iter()
        .map(|row| combinations[row].clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::Setting;

    #[test]
    fn a_draw_has_each_combination_once_and_repeats_itself() {
        let all: Vec<Settings> = (0..50)
            .map(|i| Settings::from([("lambda_div".into(), Setting::Number(f64::from(i)))]))
            .collect();
        let drawn = draw(all.clone(), 20, 1);
        let mut distinct = drawn.clone();
        distinct.dedup();
        assert_eq!((drawn.len(), distinct.len()), (20, 20));
        assert_eq!(drawn, draw(all.clone(), 20, 1));
        assert_ne!(drawn, draw(all.clone(), 20, 2));
        assert_eq!(draw(all.clone(), 99, 1), all);
    }
}
