//! Adam (Kingma and Ba 2015), by dfdx, on the flat vector of parameters.

use dfdx::prelude::*;

use super::{Mlp, ModelError};

/// Memory of a dfdx device.
type Buffer = <Cpu as Storage<f32>>::Vec;

/// The optimiser: first and second moments of the gradient.
pub struct Adam {
    step: i32,
    parameters: Tensor<(usize,), f32, Cpu>,
    gradient: Buffer,
    first: Buffer,
    second: Buffer,
}

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

impl Adam {
    /// An optimiser of `parameters` parameters that has not moved yet.
    ///
    /// # Errors
    /// [`ModelError::Memory`] if dfdx gets no memory for the moments.
    pub fn new(parameters: usize) -> Result<Self, ModelError> {
        let device = Cpu::default();
        let zeros = || {
            device
                .try_alloc_len(parameters)
                .map_err(|_| ModelError::Memory)
        };
        Ok(Self {
            step: 0,
            gradient: zeros()?,
            first: zeros()?,
            second: zeros()?,
            parameters: device.tensor_from_vec(vec![0.0; parameters], (parameters,)),
        })
    }

    /// One update with β = (0.9, 0.999), ε = 1e-8 and no weight decay.
    ///
    /// `gradient` is laid out as [`Mlp::parameters`].
    ///
    /// # Errors
    /// [`ModelError::Memory`] if dfdx gets no memory.
    pub fn update(
        &mut self,
        model: &mut Mlp,
        gradient: &[f32],
        learning_rate: f64,
    ) -> Result<(), ModelError> {
        self.step = self.step.saturating_add(1);
        self.parameters.copy_from(&model.parameters);
        self.gradient.copy_from_slice(gradient);
        let config = AdamConfig {
            lr: learning_rate,
            ..AdamConfig::default()
        };
        config
            .try_update(
                self.step,
                &mut self.parameters,
                &mut self.first,
                &mut self.second,
                &self.gradient,
            )
            .map_err(|_| ModelError::Memory)?;
        self.parameters.copy_into(&mut model.parameters);
        Ok(())
    }

    /// A copy of the optimiser's state.
    pub fn state(&self) -> AdamState {
        AdamState {
            step: self.step,
            first: self.first.to_vec(),
            second: self.second.to_vec(),
        }
    }

    /// Goes back to a state of the same number of parameters.
    pub fn restore(&mut self, state: &AdamState) {
        self.step = state.step;
        self.first.copy_from_slice(&state.first);
        self.second.copy_from_slice(&state.second);
    }
}
