//! The last step of an ensemble: its members' probabilities are averaged (Lakshminarayanan et al.
//! 2017).

use super::{LANES, Lanes, Panels, softmax_panel};
use crate::math::{exp, ln};

/// Averages the probabilities of `members` members, whose logits lie side by side, and pulls
/// gradients back through that.
///
/// The logit of a class is the logarithm of its mean probability, so that the softmax of these
/// logits are the mean probabilities themselves.
pub(super) struct Mixture {
    members: usize,
    /// Logarithms of the members' probabilities, `(n, members · k)`.
    members_logs: Panels,
    /// Logarithms of the mean probabilities, `(n, k)`.
    logits: Panels,
    /// What the caller wants of these, `(n, k)`.
    cotangent: Panels,
}

impl Mixture {
    /// For members with logits of `width` in all; `None` for a single member.
    pub(super) fn new(members: usize, width: usize) -> Option<Self> {
        (members > 1).then(|| Self {
            members,
            members_logs: Panels::new(width),
            logits: Panels::new(width / members),
            cotangent: Panels::new(width / members),
        })
    }

    /// Number of logits of all members together.
    pub(super) fn width(&self) -> usize {
        self.members_logs.width()
    }

    /// The logits `(n, k)` of points whose members have the logits `outputs`, `(n, members · k)`.
    pub(super) fn forward(&mut self, outputs: &Panels) -> &Panels {
        self.members_logs.resize(outputs.len());
        self.logits.resize(outputs.len());
        let classes = self.logits.width().max(1);
        let outputs = outputs.panels().zip(self.members_logs.panels_mut());
        for ((outputs, logs), logits) in outputs.zip(self.logits.panels_mut()) {
            let members = outputs.chunks_exact(classes);
            for (outputs, logs) in members.zip(logs.chunks_exact_mut(classes)) {
                log_softmax(outputs, logs);
            }
            for (class, logit) in logits.iter_mut().enumerate() {
                *logit = log_mean(logs, classes, class, self.members);
            }
        }
        self.logits.clear_padding();
        &self.logits
    }

    /// Asks for the `cotangent` of the logits of `outputs`, and writes that of the members' logits,
    /// `(n, members · k)`.
    pub(super) fn pull_back(
        &mut self,
        outputs: &Panels,
        mut cotangent: impl FnMut(&Panels, &mut Panels),
        into: &mut Panels,
    ) {
        self.forward(outputs);
        self.cotangent.resize(outputs.len());
        cotangent(&self.logits, &mut self.cotangent);
        self.cotangent.clear_padding();
        into.resize(outputs.len());
        let classes = self.logits.width().max(1);
        let wanted = self.cotangent.panels().zip(self.logits.panels());
        let members = self.members_logs.panels().zip(into.panels_mut());
        for ((cotangent, logits), (logs, into)) in wanted.zip(members) {
            let members = logs.chunks_exact(classes);
            for (logs, into) in members.zip(into.chunks_exact_mut(classes)) {
                pull_member(cotangent, logits, logs, self.members, into);
            }
        }
    }
}

/// Logarithms of the softmax of `logits`, both `(k,)` lanes.
fn log_softmax(logits: &[Lanes], logs: &mut [Lanes]) {
    let (max, sum) = softmax_panel(logits, logs);
    for (log, logit) in logs.iter_mut().zip(logits) {
        *log = Lanes::from_fn(|lane| logit[lane] - max[lane] - ln(sum[lane]));
    }
}

/// The logarithm of the mean over the members of what `logs`, `(members · k,)` lanes, are the
/// logarithms of, for one class.
fn log_mean(logs: &[Lanes], classes: usize, class: usize, members: usize) -> Lanes {
    let of_class = || logs.iter().skip(class).step_by(classes);
    let mut max = Lanes::splat(f32::NEG_INFINITY);
    for log in of_class() {
        max = Lanes::from_fn(|lane| log[lane].max(max[lane]));
    }
    let mut sum = Lanes::default();
    for log in of_class() {
        for lane in 0..LANES {
            sum[lane] += exp(log[lane] - max[lane]);
        }
    }
    Lanes::from_fn(|lane| max[lane] + ln(sum[lane] / members as f32))
}

/// The cotangent of one member's logits `z`: the logit of class `j` is `L_j = ln (Σ_m p^m_j / M)`, so
/// with the member's part `r_j = p_j / (M exp L_j)` of it, `dz_j = r_j c_j − p_j Σ_k r_k c_k`.
fn pull_member(
    cotangent: &[Lanes],
    logits: &[Lanes],
    logs: &[Lanes],
    members: usize,
    into: &mut [Lanes],
) {
    let mut sum = Lanes::default();
    for (((into, &cotangent), logit), log) in into.iter_mut().zip(cotangent).zip(logits).zip(logs) {
        *into =
            Lanes::from_fn(|lane| exp(log[lane] - logit[lane]) / members as f32 * cotangent[lane]);
        for (sum, part) in sum.iter_mut().zip(into.iter()) {
            *sum += part;
        }
    }
    for (into, log) in into.iter_mut().zip(logs) {
        for lane in 0..LANES {
            into[lane] -= exp(log[lane]) * sum[lane];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Architecture, Autograd, Kernel, Mlp, Passes},
        random::{Purpose, stream},
    };
    use ndarray::{Array2, array};

    fn members() -> Vec<Mlp> {
        let architecture = Architecture {
            inputs: 2,
            hidden: vec![7, 5],
            outputs: 3,
        };
        let draw = |index| {
            let mut random = stream(3, Purpose::Initialisation, index);
            Mlp::glorot(architecture.clone(), &mut random)
        };
        (0..4).map(draw).collect()
    }

    #[test]
    fn probabilities_are_the_mean_of_the_members() {
        let members = members();
        let ensemble = Mlp::ensemble(&members).unwrap();
        assert_eq!((ensemble.members(), ensemble.classes()), (4, 3));
        let x = array![[0.3_f32, -1.0], [2.0, 40.0], [0.0, 0.0]];
        let mut mean = Array2::<f32>::zeros((3, 3));
        for member in &members {
            mean = mean + member.probabilities(x.view()) / 4.0;
        }
        let difference = mean - ensemble.probabilities(x.view());
        assert!(difference.iter().all(|value| value.abs() < 1e-5));
    }

    #[test]
    fn one_member_is_that_member() {
        let member = members().remove(0);
        assert_eq!(Mlp::ensemble(std::slice::from_ref(&member)), Some(member));
        assert_eq!(Mlp::ensemble(&[]), None);
    }

    /// Gradient of `2 L_0 − L_2`.
    fn gradient<P: Passes>(model: &Mlp, x: &Panels) -> Panels {
        let mut gradient = Panels::new(2);
        let pull = |_: &Panels, cotangent: &mut Panels| {
            for panel in cotangent.panels_mut() {
                panel.copy_from_slice(&[2.0, 0.0, -1.0].map(Lanes::splat));
            }
        };
        P::new(model).input_gradient(x, pull, &mut gradient);
        gradient
    }

    #[test]
    fn gradients_are_those_of_small_differences() {
        let ensemble = Mlp::ensemble(&members()).unwrap();
        let value = |at: [f32; 2]| {
            let logits = ensemble.logits(array![at].view());
            f64::from(2.0 * logits[[0, 0]] - logits[[0, 2]])
        };
        let at = [0.4_f32, -0.7];
        let x = Panels::from_rows(2, &at);
        let found = gradient::<Kernel>(&ensemble, &x);
        let reference = gradient::<Autograd>(&ensemble, &x);
        for feature in 0..2 {
            let mut moved = [at; 2];
            moved[0][feature] -= 1e-2;
            moved[1][feature] += 1e-2;
            let slope = (value(moved[1]) - value(moved[0])) / 2e-2;
            let [found, reference] = [&found, &reference].map(|g| f64::from(g.get(0, feature)));
            assert!((found - slope).abs() < 2e-3, "{found} {slope}");
            assert!((found - reference).abs() < 1e-5, "{found} {reference}");
        }
    }
}
