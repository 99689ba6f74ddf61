//! Adam (Kingma and Ba 2015) on the flat vector of parameters.

mod fused;
mod reference;

pub use fused::Adam;
pub use reference::ReferenceAdam;

use super::{Mlp, ModelError};

/// What has to be kept to go on from here later.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AdamState {
    /// Updates made.
    pub step: i32,
    /// First moment per parameter.
    pub first: Vec<f32>,
    /// Second moment per parameter.
    pub second: Vec<f32>,
}

/// Adam with β = (0.9, 0.999), ε = 1e-8 and no weight decay, by one kind of arithmetic.
pub trait Optimizer: Sized {
    /// An optimiser of `parameters` parameters that has not moved yet.
    ///
    /// # Errors
    /// [`ModelError::Memory`] if there is no memory for the moments.
    fn new(parameters: usize) -> Result<Self, ModelError>;

    /// One update.
    ///
    /// `gradient` is laid out as [`Mlp::parameters`].
    ///
    /// # Errors
    /// [`ModelError::Memory`] if there is no memory for it.
    fn update(
        &mut self,
        model: &mut Mlp,
        gradient: &[f32],
        learning_rate: f64,
    ) -> Result<(), ModelError>;

    /// A copy of the optimiser's state.
    fn state(&self) -> AdamState;

    /// Goes back to a state of the same number of parameters.
    fn restore(&mut self, state: &AdamState);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Architecture,
        random::{Purpose, stream},
    };
    use rand::RngExt;

    #[test]
    fn both_arithmetics_give_the_same_bits() {
        let architecture = Architecture {
            inputs: 5,
            hidden: vec![7],
            outputs: 3,
        };
        let mut random = stream(4, Purpose::Initialisation, 0);
        let mut ours = Mlp::glorot(architecture, &mut random);
        let mut theirs = ours.clone();
        let count = ours.parameters.len();
        let mut adam = Adam::new(count).unwrap();
        let mut reference = ReferenceAdam::new(count).unwrap();
        for step in 0..300 {
            let size = 10_f32.powi(step % 9 - 6);
            let gradient: Vec<f32> = (0..count)
                .map(|_| random.random_range(-size..size))
                .collect();
            adam.update(&mut ours, &gradient, 1e-3).unwrap();
            reference.update(&mut theirs, &gradient, 1e-3).unwrap();
            assert_eq!(ours, theirs, "step {step}");
        }
        assert_eq!(adam.state(), reference.state());
    }

    #[test]
    fn moments_of_idle_parameters_die_out() {
        let architecture = Architecture {
            inputs: 1,
            hidden: vec![],
            outputs: 2,
        };
        let mut model = Mlp::from_parameters(architecture, vec![1.0; 4]).unwrap();
        let mut adam = Adam::new(4).unwrap();
        adam.update(&mut model, &[1e-3; 4], 1e-3).unwrap();
        for _ in 0..700 {
            adam.update(&mut model, &[0.0; 4], 1e-3).unwrap();
        }
        assert_eq!(adam.state().first, [0.0; 4]);
    }
}
