//! Past epochs: weights to go back to, and reports to draw.

use std::collections::BTreeMap;

use super::History;
use crate::training::{EpochReport, TrainerState};

/// Memory that kept weights may take, in bytes.
const STATE_BUDGET: usize = 64 << 20;
/// Reports kept per arm.
const REPORTS: usize = 2048;

/// Both arms' states and reports of past epochs, in bounded memory.
///
/// When states take too much memory every second one is dropped, the newest aside; an epoch whose
/// state was dropped is trained again from the nearest one before it.
#[derive(Default)]
pub(super) struct Timeline {
    states: BTreeMap<usize, [TrainerState; 2]>,
    /// Epochs between two kept states.
    state_stride: usize,
    reports: [Vec<EpochReport>; 2],
    /// Epochs between two kept reports.
    stride: usize,
    newest: [EpochReport; 2],
}

impl Timeline {
    /// A timeline that starts with the states of epoch 0.
    pub(super) fn new(start: [TrainerState; 2]) -> Self {
        Self {
            states: BTreeMap::from([(0, start)]),
            state_stride: 1,
            stride: 1,
            ..Self::default()
        }
    }

    /// Keeps the states after an epoch and its reports.
    pub(super) fn push(&mut self, states: [TrainerState; 2], reports: [EpochReport; 2]) {
        let epoch = states[0].epoch;
        if epoch.is_multiple_of(self.state_stride) {
            self.states.insert(epoch, states);
            self.thin_states();
        }
        self.newest = reports.clone();
        if epoch.is_multiple_of(self.stride) {
            for (kept, mut report) in self.reports.iter_mut().zip(reports) {
                report.steps_to_maturity = Vec::new();
                kept.push(report);
            }
            self.thin_reports();
        }
    }

    /// The newest states at or before `epoch`.
    pub(super) fn before(&self, epoch: usize) -> Option<&[TrainerState; 2]> {
        self.states
            .range(..=epoch)
            .next_back()
            .map(|(_, states)| states)
    }

    /// Forgets everything after `epoch`.
    pub(super) fn truncate(&mut self, epoch: usize) {
        self.states.split_off(&(epoch + 1));
        for (kept, newest) in self.reports.iter_mut().zip(&mut self.newest) {
            kept.retain(|report| report.epoch <= epoch);
            if newest.epoch > epoch {
                *newest = kept.last().cloned().unwrap_or_default();
            }
        }
    }

    /// Both arms' last kept reports up to `epoch`; empty ones if there are none.
    pub(super) fn reports_at(&self, epoch: usize) -> [EpochReport; 2] {
        [0, 1].map(|arm| {
            if self.newest[arm].epoch <= epoch {
                return self.newest[arm].clone();
            }
            let kept = &self.reports[arm];
            let after = kept.partition_point(|report| report.epoch <= epoch);
            kept[..after].last().cloned().unwrap_or_default()
        })
    }

    /// The first epoch whose weights are kept.
    pub(super) fn oldest(&self) -> usize {
        self.states.keys().next().copied().unwrap_or(0)
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

    fn thin_states(&mut self) {
        let bytes = |states: &[TrainerState; 2]| {
            let parameters: usize = states
                .iter()
                .map(|state| state.model.parameters.len())
                .sum();
            3 * size_of::<f32>() * parameters
        };
        let size = self
            .states
            .first_key_value()
            .map_or(0, |(_, states)| bytes(states));
        if self.states.len() * size > STATE_BUDGET {
            self.state_stride *= 2;
            let stride = self.state_stride;
            self.states.retain(|epoch, _| epoch.is_multiple_of(stride));
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
