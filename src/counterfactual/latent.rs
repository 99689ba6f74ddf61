//! Descent in the latent space of an autoencoder (REVISE, Joshi et al. 2019).

use super::{Constraints, SearchParameters, active::Active, step::sign};
use crate::model::{Autoencoder, Kernel, LANES, Lanes, Panels, Passes};

/// The autoencoder's passes, and what belongs to the active points.
///
/// The first step goes from the factual to its reconstruction; every later one moves the latent
/// point against the gradient of cross-entropy and cost at the decoded one. Constraints cannot act
/// on latent features: what the decoded point breaks is set back, so that immutable features keep
/// the factual's value, directional ones do not go the wrong way, and all stay in their domains. No
/// gradient flows through what was set back.
pub(super) struct LatentDescent {
    encoder: Kernel,
    decoder: Kernel,
    /// The encoder's outputs, `(a, 2l)`.
    encoded: Panels,
    /// Decoded points before they are set back, `(a, d)`.
    decoded: Panels,
    /// Gradients at the latent points, `(a, l)`.
    slopes: Panels,
}

impl LatentDescent {
    pub(super) fn new(autoencoder: &Autoencoder) -> Self {
        let latent = autoencoder.latent();
        Self {
            encoder: Kernel::new(autoencoder.encoder()),
            decoder: Kernel::new(autoencoder.decoder()),
            encoded: Panels::new(2 * latent),
            decoded: Panels::new(autoencoder.width()),
            slopes: Panels::new(latent),
        }
    }

    /// Moves the active points, given the gradients at them, `(a, d)`.
    pub(super) fn advance(
        &mut self,
        step: usize,
        active: &mut Active,
        gradients: &Panels,
        constraints: &Constraints,
        parameters: &SearchParameters,
    ) {
        if step == 1 {
            self.encode(active);
        } else {
            self.descend(active, gradients, constraints, parameters);
        }
        self.decode(step, active, constraints, parameters);
    }

    /// Latent points of the active points: the means of their distributions.
    fn encode(&mut self, active: &mut Active) {
        let latent = self.slopes.width();
        self.encoded.resize(active.points.len());
        self.encoder.logits(&active.points, &mut self.encoded);
        active.latent = Panels::new(latent);
        active.latent.resize(active.points.len());
        let panels = active.latent.panels_mut().zip(self.encoded.panels());
        for (latent_points, encoded) in panels {
            latent_points.copy_from_slice(&encoded[..latent]);
        }
    }

    /// One step of the latent points.
    fn descend(
        &mut self,
        active: &mut Active,
        gradients: &Panels,
        constraints: &Constraints,
        parameters: &SearchParameters,
    ) {
        let starts = (&active.points, &active.factuals);
        let pull = |decoded: &Panels, cotangent: &mut Panels| {
            let points = starts.0.panels().zip(starts.1.panels());
            let given = decoded.panels().zip(gradients.panels());
            for (into, ((points, factuals), (decoded, gradients))) in
                cotangent.panels_mut().zip(points.zip(given))
            {
                for (feature, into) in into.iter_mut().enumerate() {
                    let rule = constraints.rule(feature);
                    for lane in 0..LANES {
                        let (point, factual) = (points[feature][lane], factuals[feature][lane]);
                        let wanted = decoded[feature][lane];
                        let cost = parameters.lambda_cost * sign(point - factual);
                        let free = rule.reached(factual, wanted) == wanted;
                        let slope = gradients[feature][lane] + cost;
                        into[lane] = if free && slope.is_finite() {
                            slope
                        } else {
                            0.0
                        };
                    }
                }
            }
        };
        self.decoder
            .input_gradient(&active.latent, pull, &mut self.slopes);
        let lanes = active.latent.lanes_mut().iter_mut();
        for (latent, slopes) in lanes.zip(self.slopes.lanes()) {
            for (latent, slope) in latent.iter_mut().zip(slopes.iter()) {
                *latent -= parameters.step_size * slope;
            }
        }
    }

    /// Decodes the latent points, sets back what the constraints forbid, and notes the points that
    /// are still close to their factuals. Categories are decoded in turn if they are to be.
    fn decode(
        &mut self,
        step: usize,
        active: &mut Active,
        constraints: &Constraints,
        parameters: &SearchParameters,
    ) {
        let decoding = parameters.categories.decoded(constraints);
        let points = active.rows.len();
        self.decoded.resize(active.latent.len());
        self.decoder.logits(&active.latent, &mut self.decoded);
        let panels = active.panels_mut().zip(self.decoded.panels());
        for (position, (mut panel, decoded)) in panels.enumerate() {
            let mut distances = Lanes::default();
            let features = panel.points.iter_mut().zip(panel.factuals).zip(decoded);
            for (feature, ((points, factuals), decoded)) in features.enumerate() {
                let rule = constraints.rule(feature);
                let in_group = decoding.is_some() && constraints.is_category(feature);
                let rule = if in_group {
                    rule.without_domain()
                } else {
                    rule
                };
                for lane in 0..LANES {
                    points[lane] = rule.reached(factuals[lane], decoded[lane]);
                    let distance = (points[lane] - factuals[lane]).abs();
                    distances[lane] = distances[lane].max(if in_group { 0.0 } else { distance });
                }
            }
            if let Some(constraints) = decoding {
                let used = (points - position * LANES).min(LANES);
                constraints.decode_panel(&mut panel, used, step, &mut distances);
            }
            panel.keep_if_near(&distances, parameters.epsilon);
        }
    }
}
