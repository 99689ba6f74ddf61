//! Which rows are to train with, and which to test with.

use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use crate::random::{Purpose, stream};

/// Whether to make all classes equally frequent, by seeded resampling.
///
/// No row is in both the training and the test part: classes are cut down before the split, and
/// filled up after it, in each part by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Balance {
    /// Leave the classes as they are.
    #[default]
    None,
    /// Draw from every class, with replacement, until it is as large as the largest.
    Over,
    /// Keep of every class as many rows as the smallest has.
    Under,
}

/// How many rows to train and to test with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Rows to train with.
    pub train: usize,
    /// Rows to test with.
    pub test: usize,
}

impl Sizes {
    /// Rows of both parts.
    pub fn total(&self) -> usize {
        self.train.saturating_add(self.test)
    }

    /// Four fifths of `rows` to train with, the rest to test with.
    pub fn four_fifths(rows: usize) -> Self {
        let train = (rows * 4).div_ceil(5);
        Self {
            train,
            test: rows - train,
        }
    }
}

/// Splits rows with labels `y`, each `< classes`, into a training and a test part.
///
/// The split is stratified: both parts have each class in the proportion of `y`, or equally often
/// if `balance` says so. `sizes` are the sizes of the parts, four fifths and one fifth if it is not
/// given, or if it asks for more rows than there are. Only [`Balance::Over`] uses a row twice, and
/// so has any size. Row numbers are ascending.
pub fn split(
    y: &[usize],
    classes: usize,
    sizes: Option<Sizes>,
    balance: Balance,
    seed: u64,
) -> (Vec<usize>, Vec<usize>) {
    let mut rows = shuffled_by_class(y, classes, seed);
    if balance == Balance::Under {
        cut_to_the_least(&mut rows);
    }
    let counts: Vec<usize> = rows.iter().map(Vec::len).collect();
    let there = counts.iter().sum();
    let sizes = sizes.filter(|sizes| balance == Balance::Over || sizes.total() <= there);
    let wanted = sizes.unwrap_or(Sizes::four_fifths(there));
    let total = match balance {
        Balance::None | Balance::Under => wanted.total(),
        Balance::Over => there,
    };
    let taken = apportion(total, &counts);
    let share = wanted.test as f64 / wanted.total().max(1) as f64;
    let test = apportion((total as f64 * share).round() as usize, &taken);
    let parts = rows.iter().zip(taken.iter().zip(&test));
    let (test, train): (Vec<Vec<usize>>, Vec<Vec<usize>>) = parts
        .map(|(rows, (&taken, &test))| (rows[..test].to_vec(), rows[test..taken].to_vec()))
        .unzip();
    let merge = |part: Vec<Vec<usize>>, size: usize, index| {
        let rows = match balance {
            Balance::None | Balance::Under => part.concat(),
            Balance::Over => filled_up(part, sizes.map(|_| size), seed, index),
        };
        sorted(rows)
    };
    (merge(train, wanted.train, 1), merge(test, wanted.test, 2))
}

fn sorted(mut rows: Vec<usize>) -> Vec<usize> {
    rows.sort_unstable();
    rows
}

/// Leaves every class that occurs as many rows as the rarest of them has.
fn cut_to_the_least(rows: &mut [Vec<usize>]) {
    let occupied = rows.iter().map(Vec::len).filter(|&count| count > 0);
    let least = occupied.min().unwrap_or(0);
    rows.iter_mut().for_each(|rows| rows.truncate(least));
}

fn shuffled_by_class(y: &[usize], classes: usize, seed: u64) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); classes];
    for (row, &class) in y.iter().enumerate() {
        rows[class].push(row);
    }
    let mut rng = stream(seed, Purpose::Split, 0);
    for rows in &mut rows {
        rows.shuffle(&mut rng);
    }
    rows
}

/// Shares `total` out in proportion to `weights`, by largest remainder; never more than a weight
/// as long as `total` is not more than their sum.
fn apportion(total: usize, weights: &[usize]) -> Vec<usize> {
    let sum = weights.iter().sum::<usize>().max(1) as u128;
    let exact = |weight: usize| total as u128 * weight as u128;
    let mut shares: Vec<usize> = weights.iter().map(|&w| (exact(w) / sum) as usize).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(exact(weights[i]) % sum));
    let left = total.saturating_sub(shares.iter().sum());
    for &i in order.iter().take(left) {
        shares[i] += 1;
    }
    shares
}

/// The classes of one part, filled up to be equally frequent, together: each as large as the
/// largest, or `size` rows in all.
fn filled_up(parts: Vec<Vec<usize>>, size: Option<usize>, seed: u64, index: u64) -> Vec<usize> {
    let rng = &mut stream(seed, Purpose::Split, index);
    let most = parts.iter().map(Vec::len).max().unwrap_or(0);
    let targets = match size {
        Some(size) => apportion(size, &vec![1; parts.len()]),
        None => vec![most; parts.len()],
    };
    let drawn = parts.into_iter().zip(targets);
    drawn.flat_map(|(rows, n)| draw(rows, n, rng)).collect()
}

/// The first `count` rows; if there are fewer, all of them and others drawn with replacement.
fn draw(mut rows: Vec<usize>, count: usize, rng: &mut impl Rng) -> Vec<usize> {
    let there = rows.len();
    if there == 0 {
        return rows;
    }
    rows.truncate(count);
    for _ in there..count {
        rows.push(rows[rng.random_range(0..there)]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Vec<usize> {
        (0..1000).map(|row| usize::from(row % 10 == 0)).collect()
    }

    fn positives(rows: &[usize]) -> usize {
        rows.iter().filter(|&row| row % 10 == 0).count()
    }

    #[test]
    fn parts_are_disjoint_and_stratified() {
        let (train, test) = split(&labels(), 2, None, Balance::None, 1);
        let mut all = [train.clone(), test.clone()].concat();
        all.sort_unstable();
        assert_eq!(all, (0..1000).collect::<Vec<_>>());
        assert_eq!((positives(&train), positives(&test)), (80, 20));
        assert_ne!((train, test), split(&labels(), 2, None, Balance::None, 2));
    }

    #[test]
    fn sizes_are_met_if_there_are_enough_rows() {
        let sizes = |train, test| Some(Sizes { train, test });
        let (train, test) = split(&labels(), 2, sizes(333, 66), Balance::None, 1);
        assert_eq!((train.len(), test.len()), (333, 66));
        let (train, test) = split(&labels(), 2, sizes(3000, 1000), Balance::None, 1);
        assert_eq!((train.len(), test.len()), (800, 200));
    }

    #[test]
    fn balanced_classes_are_equally_frequent_and_still_disjoint() {
        for (balance, expected) in [(Balance::Over, 720), (Balance::Under, 80)] {
            let (train, test) = split(&labels(), 2, None, balance, 1);
            assert_eq!(positives(&train), expected);
            assert_eq!(train.len(), 2 * expected);
            assert!(train.iter().all(|row| !test.contains(row)));
        }
        let sizes = Some(Sizes {
            train: 501,
            test: 100,
        });
        let (train, test) = split(&labels(), 2, sizes, Balance::Over, 1);
        assert_eq!((train.len(), positives(&train)), (501, 250));
        assert_eq!((test.len(), positives(&test)), (100, 50));
    }

    #[test]
    fn what_is_cut_down_is_never_drawn_twice() {
        let distinct = |sizes| {
            let (train, test) = split(&labels(), 2, sizes, Balance::Under, 1);
            let mut all = [train.clone(), test.clone()].concat();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), train.len() + test.len());
            assert!(positives(&train).abs_diff(train.len() / 2) <= 1);
            (train.len(), test.len())
        };
        let sizes = |train, test| Some(Sizes { train, test });
        assert_eq!(distinct(sizes(121, 33)), (121, 33));
        assert_eq!(distinct(sizes(1000, 300)), (160, 40), "there are but 200");
    }

    #[test]
    fn shares_add_up() {
        assert_eq!(apportion(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(apportion(7, &[3, 4]), [3, 4]);
        assert_eq!(apportion(0, &[]), [0; 0]);
    }
}
