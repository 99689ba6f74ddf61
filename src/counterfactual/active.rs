//! The points of a search that still move.

use crate::model::{Classes, LANES, Lanes, Panels};

/// The points that still move, packed without gaps, in no particular order.
pub(super) struct Active {
    /// Row of each in its block, `(a,)`.
    pub(super) rows: Vec<usize>,
    /// Present points, `(a, d)`.
    pub(super) points: Panels,
    /// Where they started, `(a, d)`.
    pub(super) factuals: Panels,
    /// The last points of their paths that were close to the factuals, `(a, d)`.
    pub(super) nascent: Panels,
    /// Their places in the latent space of an autoencoder, `(a, l)`; none unless it is searched.
    pub(super) latent: Panels,
    /// Targets per panel.
    pub(super) targets: Vec<Classes>,
    /// Target probabilities of the last step, per panel.
    pub(super) probabilities: Vec<Lanes>,
}

/// What belongs to one panel of active points.
pub(super) struct ActivePanel<'a> {
    pub(super) points: &'a mut [Lanes],
    pub(super) factuals: &'a [Lanes],
    pub(super) nascent: &'a mut [Lanes],
    pub(super) targets: &'a Classes,
}

impl ActivePanel<'_> {
    /// Makes the present points nascent whose L∞ `distances` to their factuals are at most
    /// `epsilon`.
    #[inline(always)]
    pub(super) fn keep_if_near(self, distances: &Lanes, epsilon: f32) {
        if distances.iter().all(|&distance| distance > epsilon) {
            return;
        }
        for (nascent, points) in self.nascent.iter_mut().zip(&*self.points) {
            for lane in 0..LANES {
                let close = distances[lane] <= epsilon;
                nascent[lane] = if close { points[lane] } else { nascent[lane] };
            }
        }
    }
}

impl Active {
    /// No points of `width` features.
    pub(super) fn new(width: usize) -> Self {
        Self {
            rows: Vec::new(),
            points: Panels::new(width),
            factuals: Panels::new(width),
            nascent: Panels::new(width),
            latent: Panels::new(0),
            targets: Vec::new(),
            probabilities: Vec::new(),
        }
    }

    /// All points of a block, `(n, d)` row-major, with their targets, `(n,)`.
    pub(super) fn start(&mut self, points: &[f32], targets: &[usize]) {
        self.rows.clear();
        self.rows.extend(0..targets.len());
        self.points.take_rows(points);
        self.factuals.clone_from(&self.points);
        self.nascent.clone_from(&self.points);
        self.latent.resize(0);
        let panels = targets.len().div_ceil(LANES);
        self.probabilities.clear();
        self.probabilities.resize(panels, Lanes::default());
        self.targets.clear();
        self.targets.resize(panels, [0; LANES]);
        for (position, &target) in targets.iter().enumerate() {
            self.targets[position / LANES][position % LANES] = target as u32;
        }
    }

    /// Target probability of the point at `position`.
    pub(super) fn probability(&self, position: usize) -> f32 {
        self.probabilities[position / LANES][position % LANES]
    }

    /// Takes the point at `position` out; the last one takes its place, also in `gradients`.
    pub(super) fn remove(&mut self, position: usize, gradients: &mut Panels) {
        let last = self.rows.len() - 1;
        self.rows.swap_remove(position);
        for panels in [
            &mut self.points,
            &mut self.factuals,
            &mut self.nascent,
            &mut self.latent,
            gradients,
        ] {
            panels.swap_remove(position);
        }
        let (from, to) = (
            (last / LANES, last % LANES),
            (position / LANES, position % LANES),
        );
        self.targets[to.0][to.1] = self.targets[from.0][from.1];
        self.probabilities[to.0][to.1] = self.probabilities[from.0][from.1];
        let panels = last.div_ceil(LANES);
        self.targets.truncate(panels);
        self.probabilities.truncate(panels);
    }

    /// The panels in order.
    pub(super) fn panels_mut(&mut self) -> impl Iterator<Item = ActivePanel<'_>> {
        let panels = self.points.panels_mut().zip(self.factuals.panels());
        let rest = self.nascent.panels_mut().zip(&self.targets);
        panels
            .zip(rest)
            .map(|((points, factuals), (nascent, targets))| ActivePanel {
                points,
                factuals,
                nascent,
                targets,
            })
    }
}
