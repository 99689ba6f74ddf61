//! Adam by dfdx.

use dfdx::prelude::*;

use super::{AdamState, Optimizer};
use crate::model::{Mlp, ModelError};

/// Memory of a dfdx device.
type Buffer = <Cpu as Storage<f32>>::Vec;

/// The optimiser of [`Autograd`](crate::model::Autograd), and the reference for ours.
pub struct ReferenceAdam {
    step: i32,
    parameters: Tensor<(usize,), f32, Cpu>,
    gradient: Buffer,
    first: Buffer,
    second: Buffer,
}

impl Optimizer for ReferenceAdam {
    fn new(parameters: usize) -> Result<Self, ModelError> {
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

    fn update(
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

    fn state(&self) -> AdamState {
        AdamState {
            step: self.step,
            first: self.first.to_vec(),
            second: self.second.to_vec(),
        }
    }

    fn restore(&mut self, state: &AdamState) {
        self.step = state.step;
        self.first.copy_from_slice(&state.first);
        self.second.copy_from_slice(&state.second);
    }
}
