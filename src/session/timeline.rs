//! Past epochs: weights to go back to, and reports to draw.

use std::collections::BTreeMap;

use super::History;
use crate::training::{EpochReport, TrainerState};

/// Memory that kept weights may take, in bytes.
const STATE_BUDGET: usize = 64 << 20;
/// Most epochs whose weights are kept, so that memory stays flat however small a model is.
const STATES: usize = 1024;
/// Reports kept per arm.
const REPORTS: usize = 2048;

/// Where both arms stand after an epoch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moment {
    /// What the next epoch depends on.
    pub(super) states: [TrainerState; 2],
    /// What the epoch was like.
    pub(super) reports: [EpochReport; 2],
}

impl Moment {
    pub(super) fn epoch(&self) -> usize {
        self.states[0].epoch
    }

    /// Memory that its arrays take.
    fn bytes(&self) -> usize {
        let weights = self.states.iter().map(|state| state.model.parameters.len());
        let steps = self
            .reports
            .iter()
            .map(|report| report.steps_to_maturity.len());
        3 * size_of::<f32>() * weights.sum::<usize>() + size_of::<usize>() * steps.sum::<usize>()
    }
}

/// Both arms' past, in bounded memory.
///
/// When moments become too many, or take too much memory, every second one is dropped; an epoch
/// that was dropped is trained again from the nearest one before it.
#[derive(Default)]
pub(super) struct Timeline {
    moments: BTreeMap<usize, Moment>,
    /// Epochs between two kept moments.
    moment_stride: usize,
    reports: [Vec<EpochReport>; 2],
    /// Epochs between two kept reports.
    stride: usize,
    newest: [EpochReport; 2],
}

impl Timeline {
    /// A timeline that starts with the moment before the first epoch.
    pub(super) fn new(start: Moment) -> Self {
        Self {
            moments: BTreeMap::from([(0, start)]),
            moment_stride: 1,
            stride: 1,
            ..Self::default()
        }
    }

    /// Keeps what an epoch has led to.
    pub(super) fn push(&mut self, moment: Moment) {
        let epoch = moment.epoch();
        self.newest = moment.reports.clone();
        if epoch.is_multiple_of(self.stride) {
            for (kept, report) in self.reports.iter_mut().zip(&moment.reports) {
                let mut report = report.clone();
                report.steps_to_maturity = Vec::new();
                kept.push(report);
            }
            self.thin_reports();
        }
        if epoch.is_multiple_of(self.moment_stride) {
            self.moments.insert(epoch, moment);
            self.thin_moments();
        }
    }

    /// The newest kept moment at or before `epoch`.
    pub(super) fn before(&self, epoch: usize) -> Option<&Moment> {
        self.moments
            .range(..=epoch)
            .next_back()
            .map(|(_, moment)| moment)
    }

    /// Forgets everything after the epoch of `present`, its reports.
    pub(super) fn truncate(&mut self, present: &[EpochReport; 2]) {
        let epoch = present[0].epoch;
        self.moments.split_off(&(epoch + 1));
        for kept in &mut self.reports {
            kept.retain(|report| report.epoch <= epoch);
        }
        self.newest = present.clone();
    }

    /// The first epoch whose weights are kept.
    pub(super) fn oldest(&self) -> usize {
        self.moments.keys().next().copied().unwrap_or(0)
    }

    /// The reports, the last epoch's included.
    pub(super) fn history(&self) -> History {
        let mut reports = self.reports.clone();
        for (kept, newest) in reports.iter_mut().zip(&self.newest) {
            if kept.last().is_some_and(|last| last.epoch < newest.epoch) {
                kept.push(newest.clone());
            }
        }
        History {
            reports,
            stride: self.stride,
        }
    }

    fn thin_moments(&mut self) {
        let newest = self.moments.last_key_value();
        let size = newest.map_or(0, |(_, moment)| moment.bytes());
        let count = self.moments.len();
        if count > STATES || count * size > STATE_BUDGET {
            self.moment_stride *= 2;
            let stride = self.moment_stride;
            self.moments.retain(|epoch, _| epoch.is_multiple_of(stride));
        }
    }

    /// Halves the reports by joining neighbours, so that no skipped update is lost and the larger
    /// loss of two is kept.
    fn thin_reports(&mut self) {
        if self.reports[0].len() <= REPORTS {
            return;
        }
        self.stride *= 2;
        for kept in &mut self.reports {
            *kept = kept
                .chunks(2)
                .map(|pair| join(&pair[0], &pair[pair.len() - 1]))
                .collect();
        }
    }
}

/// Two neighbouring reports as one that hides no spike.
fn join(earlier: &EpochReport, later: &EpochReport) -> EpochReport {
    let spike = earlier.loss.total > later.loss.total || earlier.loss.total.is_nan();
    EpochReport {
        loss: if spike { earlier.loss } else { later.loss },
        violations: earlier.violations.max(later.violations),
        skipped_updates: earlier.skipped_updates.max(later.skipped_updates),
        ..later.clone()
    }
}
