//! Robustness: accuracy under white-box attacks of growing strength.

use ndarray::{Array2, ArrayViewMut2, Axis, Zip};
use rand::RngExt;
use rayon::prelude::*;

use super::accuracy::share_equal;
use crate::{
    data::Samples,
    model::{Mlp, cross_entropy},
    random::{Purpose, stream},
};

/// Steps of projected gradient descent.
pub const PGD_STEPS: usize = 40;
/// Size of each of its steps, in model units, for ε up to 0.1; beyond, it is a tenth of ε, so that
/// the ball can be crossed.
pub const PGD_STEP_SIZE: f32 = 0.01;
/// Samples that one thread attacks at a time; results do not depend on it.
const BLOCK: usize = 256;
/// Strengths ε of the paper's curves.
pub const EPSILONS: [f32; 11] = [
    0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1,
];

/// An attack that moves every sample by at most ε in each feature, to raise its cross-entropy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attack {
    /// Fast gradient sign method (Goodfellow et al. 2015): one step `ε · sign ∇x CE`.
    Fgsm,
    /// Projected gradient descent (Madry et al. 2018): [`PGD_STEPS`] sign steps of
    /// [`PGD_STEP_SIZE`], or of ε / 10 beyond ε 0.1 so that the ball can be crossed, projected to the
    /// ε-ball after each.
    Pgd {
        /// Seed of a start drawn uniformly from the ε-ball; from the sample itself if `None`.
        random_start: Option<u64>,
    },
}

impl Attack {
    /// Attacked copies `(n, d)` of `samples`; not clamped to any domain.
    pub fn perturb(self, model: &Mlp, samples: &Samples, epsilon: f32) -> Array2<f32> {
        match self {
            Self::Fgsm => fgsm(model, samples, epsilon),
            Self::Pgd { random_start } => pgd(model, samples, epsilon, random_start),
        }
    }
}

/// Share of `samples` that are still predicted as their label when attacked with each of
/// `epsilons` (L∞, model units); one share per ε, in their order.
///
/// At ε 0 it is the plain accuracy. A random start is the same for every ε, scaled to the ball.
pub fn accuracy_curve(
    model: &Mlp,
    samples: &Samples,
    attack: Attack,
    epsilons: &[f32],
) -> Vec<f32> {
    epsilons
        .par_iter()
        .map(|&epsilon| {
            let attacked = attack.perturb(model, samples, epsilon);
            share_equal(&model.predict(attacked.view()), &samples.y)
        })
        .collect()
}

fn fgsm(model: &Mlp, samples: &Samples, epsilon: f32) -> Array2<f32> {
    let mut x = samples.x.clone();
    ascend(model, x.view_mut(), &samples.y, epsilon);
    x
}

fn pgd(model: &Mlp, samples: &Samples, epsilon: f32, random_start: Option<u64>) -> Array2<f32> {
    let mut x = samples.x.clone();
    if epsilon <= 0.0 {
        return x;
    }
    if let Some(seed) = random_start {
        let mut random = stream(seed, Purpose::Attack, 0);
        x.mapv_inplace(|value| value + epsilon * random.random_range(-1.0..=1.0));
    }
    let step = PGD_STEP_SIZE.max(epsilon / 10.0);
    x.axis_chunks_iter_mut(Axis(0), BLOCK)
        .into_par_iter()
        .zip(samples.x.axis_chunks_iter(Axis(0), BLOCK))
        .zip(samples.y.par_chunks(BLOCK))
        .for_each(|((mut x, centres), y)| {
            for _ in 0..PGD_STEPS {
                ascend(model, x.view_mut(), y, step);
                Zip::from(&mut x).and(&centres).for_each(|x, &centre| {
                    *x = x.max(centre - epsilon).min(centre + epsilon);
                });
            }
        });
    x
}

/// Moves the points `x` `(n, d)` of classes `y` `(n,)` by `step · sign ∇x CE`.
fn ascend(model: &Mlp, x: ArrayViewMut2<'_, f32>, y: &[usize], step: f32) {
    let classes = model.classes();
    let gradient = model.input_gradient(x.view(), |logits, cotangent| {
        let rows = logits.chunks(classes).zip(cotangent.chunks_mut(classes));
        for ((logits, cotangent), &class) in rows.zip(y) {
            cross_entropy(logits, class, 1.0, cotangent);
        }
    });
    Zip::from(x).and(&gradient).for_each(|x, &slope| {
        let sign = i8::from(slope > 0.0) - i8::from(slope < 0.0);
        *x += step * f32::from(sign);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Architecture;
    use ndarray::array;

    /// Logits `(−x₁, x₁)`: class 1 where the first feature is positive.
    fn threshold() -> Mlp {
        let architecture = Architecture {
            inputs: 2,
            hidden: vec![],
            outputs: 2,
        };
        let parameters = vec![-1.0, 0.0, 1.0, 0.0, 0.0, 0.0];
        Mlp::from_parameters(architecture, parameters).unwrap()
    }

    fn samples() -> Samples {
        Samples {
            x: array![[0.05, 1.0], [0.15, -1.0], [-0.25, 0.0], [0.3, 0.0]],
            y: vec![1, 1, 0, 0],
        }
    }

    #[test]
    fn samples_flip_once_the_attack_reaches_the_boundary() {
        for attack in [
            Attack::Fgsm,
            Attack::Pgd { random_start: None },
            Attack::Pgd {
                random_start: Some(3),
            },
        ] {
            let curve = accuracy_curve(&threshold(), &samples(), attack, &[0.0, 0.1, 0.2, 0.3]);
            assert_eq!(curve, [0.75, 0.5, 0.25, 0.0], "{attack:?}");
        }
    }

    #[test]
    fn a_wide_ball_is_crossed() {
        let samples = Samples {
            x: array![[1.4, 0.0], [-1.9, 0.0], [2.1, 0.0]],
            y: vec![1, 0, 1],
        };
        for random_start in [None, Some(1)] {
            let attack = Attack::Pgd { random_start };
            let curve = accuracy_curve(&threshold(), &samples, attack, &[1.0, 1.5, 2.0, 20.0]);
            assert_eq!(curve, [1.0, 2.0 / 3.0, 1.0 / 3.0, 0.0]);
        }
    }

    #[test]
    fn attacks_stay_in_the_ball_and_leave_unused_features_alone() {
        let samples = samples();
        let attack = Attack::Pgd { random_start: None };
        let offset = attack.perturb(&threshold(), &samples, 0.075) - &samples.x;
        assert!(
            offset
                .column(0)
                .iter()
                .all(|d| (d.abs() - 0.075).abs() < 1e-6)
        );
        assert!(offset.column(1).iter().all(|&d| d == 0.0));
    }
}
