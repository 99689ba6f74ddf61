//! Adam in one loop.

use pulp::Simd;

use super::{AdamState, Optimizer};
use crate::{
    math::powi,
    model::{Mlp, ModelError, simd::Vectorized},
};

/// Decay of the moments.
const BETAS: [f32; 2] = [0.9, 0.999];
/// Keeps the division finite.
const EPSILON: f32 = 1e-8;
/// Moments below this become 0. They are too small to move a parameter, but would shrink on to
/// subnormal numbers, with which processors are slow: those of a unit that is never active do.
const NEGLIGIBLE: f32 = 1e-30;

/// The optimiser of [`Kernel`](crate::model::Kernel): the operations of [`ReferenceAdam`] in the
/// same order, in one loop over the parameters, but for moments below 1e-30, which become 0.
///
/// [`ReferenceAdam`]: super::ReferenceAdam
#[derive(Clone, Debug, Default)]
pub struct Adam {
    state: AdamState,
}

impl Optimizer for Adam {
    fn new(parameters: usize) -> Result<Self, ModelError> {
        let state = AdamState {
            step: 0,
            first: vec![0.0; parameters],
            second: vec![0.0; parameters],
        };
        Ok(Self { state })
    }

    fn update(
        &mut self,
        model: &mut Mlp,
        gradient: &[f32],
        learning_rate: f64,
    ) -> Result<(), ModelError> {
        let state = &mut self.state;
        state.step = state.step.saturating_add(1);
        let correction = |beta: f32| (1.0 - powi(beta, state.step.unsigned_abs())).recip();
        let update = Update {
            parameters: &mut model.parameters,
            gradient,
            corrections: BETAS.map(correction),
            first: &mut state.first,
            second: &mut state.second,
            learning_rate: learning_rate as f32,
        };
        update.vectorize();
        Ok(())
    }

    fn state(&self) -> AdamState {
        self.state.clone()
    }

    fn restore(&mut self, state: &AdamState) {
        self.state.clone_from(state);
    }
}

struct Update<'a> {
    parameters: &'a mut [f32],
    gradient: &'a [f32],
    first: &'a mut [f32],
    second: &'a mut [f32],
    corrections: [f32; 2],
    learning_rate: f32,
}

impl Vectorized for Update<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd, const N: usize>(self, _: S) {
        let [mean, variance] = self.corrections;
        let moments = self.first.iter_mut().zip(self.second);
        for ((parameter, gradient), (first, second)) in
            self.parameters.iter_mut().zip(self.gradient).zip(moments)
        {
            *first = tidy(*first * BETAS[0] + gradient * (1.0 - BETAS[0]));
            *second = tidy(*second * BETAS[1] + gradient * gradient * (1.0 - BETAS[1]));
            let (mean, variance) = (*first * mean, *second * variance);
            *parameter -= self.learning_rate * mean / (variance.sqrt() + EPSILON);
        }
    }
}

#[inline(always)]
fn tidy(moment: f32) -> f32 {
    if moment.abs() < NEGLIGIBLE {
        0.0
    } else {
        moment
    }
}
