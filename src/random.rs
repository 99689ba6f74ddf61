//! Random numbers: one portable generator (ChaCha8), one stream per purpose.
//!
//! A stream is addressed by `(seed, purpose, index)`, so nothing has to be carried from one epoch
//! to the next: a run can be continued from any epoch, and drawing more numbers for one purpose
//! never changes what another purpose sees.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What a stream of random numbers is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Drawing the samples of a synthetic data set.
    Data = 1,
    /// Splitting samples into training and test rows, and balancing classes.
    Split = 2,
    /// Initial weights.
    Initialisation = 3,
    /// Order of the training samples within an epoch.
    Batches = 4,
    /// Which training samples become factuals.
    Factuals = 5,
    /// Target classes of the factuals.
    Targets = 6,
    /// Neighbours: the real samples that mature counterfactuals are contrasted with.
    Neighbours = 7,
    /// Rounds of an evaluation.
    Evaluation = 8,
    /// Bootstrap resampling.
    Bootstrap = 9,
    /// Random starts of an attack.
    Attack = 10,
    /// Baselines of integrated gradients.
    Attribution = 11,
    /// Training of a variational autoencoder.
    Autoencoder = 12,
    /// Choosing between equally large categories.
    Categories = 13,
    /// Choosing the settings of a sweep.
    Sweep = 20,
    /// Random starts of attacks in training.
    AdversarialStart = 21,
    /// Sprays of points that are drawn by hand.
    Drawing = 23,
    /// Langevin dynamics in training: starts and noise.
    Langevin = 22,
}

/// The stream for `purpose`, at `index` (an epoch, a round; 0 where there is only one).
///
/// Streams of different purposes or indices are independent for every `index < 2^48`.
pub fn stream(seed: u64, purpose: Purpose, index: u64) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream((purpose as u64) << 48 | index);
    generator
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn streams_differ_by_seed_purpose_and_index() {
        let first = |seed, purpose, index| stream(seed, purpose, index).next_u64();
        let base = first(1, Purpose::Data, 0);
        assert_eq!(base, first(1, Purpose::Data, 0));
        assert_ne!(base, first(2, Purpose::Data, 0));
        assert_ne!(base, first(1, Purpose::Split, 0));
        assert_ne!(base, first(1, Purpose::Data, 1));
    }
}
