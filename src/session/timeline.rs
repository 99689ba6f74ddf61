//! Past epochs of one arm: weights to go back to, and reports to draw.

use std::{collections::BTreeMap, sync::Arc};

use crate::training::{EpochReport, TrainerState};

/// Most epochs whose weights are kept, so that memory stays flat however small a model is.
const CHECKPOINTS: usize = 1024;
/// Reports kept.
const REPORTS: usize = 2048;

/// Where an arm stands after an epoch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Checkpoint {
    /// What the next epoch depends on.
    pub(super) state: Arc<TrainerState>,
    /// What the epoch was like.
    pub(super) report: EpochReport,
}

impl Checkpoint {
    pub(super) fn epoch(&self) -> usize {
        self.state.epoch
    }

    /// Memory that its arrays take.
    fn bytes(&self) -> usize {
        self.state.bytes() + size_of::<usize>() * self.report.steps_to_maturity.len()
    }
}

/// An arm's past, in bounded memory. Cheap to clone.
///
/// When checkpoints become too many, or take too much memory, every second one is dropped; an epoch
/// that was dropped is trained again from the nearest one before it.
#[derive(Clone)]
pub(super) struct Timeline {
    checkpoints: BTreeMap<usize, Arc<Checkpoint>>,
    /// Epochs between two kept checkpoints.
    checkpoint_stride: usize,
    reports: Vec<EpochReport>,
    /// Epochs between two kept reports.
    stride: usize,
    newest: EpochReport,
}

impl Timeline {
    /// A timeline that starts before the first epoch.
    pub(super) fn new(start: Checkpoint) -> Self {
        Self {
            checkpoints: BTreeMap::from([(0, Arc::new(start))]),
            checkpoint_stride: 1,
            reports: Vec::new(),
            stride: 1,
            newest: EpochReport::default(),
        }
    }

    /// Keeps what an epoch has led to; the checkpoints take `memory` bytes at most. An epoch that was
    /// trained again is kept as a checkpoint only.
    pub(super) fn push(&mut self, checkpoint: Arc<Checkpoint>, memory: usize) {
        let epoch = checkpoint.epoch();
        if epoch > self.newest.epoch {
            self.newest = checkpoint.report.clone();
            if epoch.is_multiple_of(self.stride) {
                self.reports.push(EpochReport {
                    steps_to_maturity: Vec::new(),
                    ..checkpoint.report.clone()
                });
                self.thin_reports();
            }
        }
        if epoch.is_multiple_of(self.checkpoint_stride) {
            self.checkpoints.insert(epoch, checkpoint);
            self.thin_checkpoints(memory);
        }
    }

    /// Takes over what is known of a run that stands at `present`: its reports, and that epoch.
    pub(super) fn resume(&mut self, present: Arc<Checkpoint>, reports: &[EpochReport]) {
        let epochs = |report: &&EpochReport| report.epoch > self.newest.epoch;
        let mut known: Vec<EpochReport> = reports.iter().filter(epochs).cloned().collect();
        known.dedup_by_key(|report| report.epoch);
        self.newest = present.report.clone();
        if known
            .last()
            .is_some_and(|last| last.epoch > self.newest.epoch)
        {
            self.newest = known.last().cloned().unwrap_or_default();
        }
        while known.len() > REPORTS {
            self.stride *= 2;
            known = halves(&known);
        }
        self.reports = known;
        self.checkpoints.insert(present.epoch(), present);
    }

    /// The newest checkpoint at or before `epoch`.
    pub(super) fn before(&self, epoch: usize) -> Option<&Checkpoint> {
        let (_, checkpoint) = self.checkpoints.range(..=epoch).next_back()?;
        Some(checkpoint)
    }

    /// Forgets everything after the epoch of `present`, its report.
    pub(super) fn truncate(&mut self, present: &EpochReport) {
        let epoch = present.epoch;
        self.checkpoints.split_off(&(epoch + 1));
        self.reports.retain(|report| report.epoch <= epoch);
        self.newest = present.clone();
    }

    /// The first epoch whose weights are kept.
    pub(super) fn oldest(&self) -> usize {
        self.checkpoints.keys().next().copied().unwrap_or(0)
    }

    /// The reports in the order of their epochs, the last epoch's included.
    pub(super) fn reports(&self) -> Vec<EpochReport> {
        let mut reports = self.reports.clone();
        if reports
            .last()
            .is_some_and(|last| last.epoch < self.newest.epoch)
        {
            reports.push(self.newest.clone());
        }
        reports
    }

    fn thin_checkpoints(&mut self, memory: usize) {
        let newest = self.checkpoints.last_key_value();
        let size = newest.map_or(0, |(_, checkpoint)| checkpoint.bytes());
        let count = self.checkpoints.len();
        if count > CHECKPOINTS || count.saturating_mul(size) > memory {
            self.checkpoint_stride *= 2;
            let stride = self.checkpoint_stride;
            self.checkpoints
                .retain(|epoch, _| epoch.is_multiple_of(stride));
        }
    }

    /// Halves the reports by joining neighbours, so that no skipped update is lost and the larger
    /// loss of two is kept.
    fn thin_reports(&mut self) {
        if self.reports.len() <= REPORTS {
            return;
        }
        self.stride *= 2;
        self.reports = halves(&self.reports);
    }
}

/// Half as many reports, neighbours joined.
fn halves(reports: &[EpochReport]) -> Vec<EpochReport> {
    let pairs = reports.chunks(2);
    pairs
        .map(|pair| join(&pair[0], &pair[pair.len() - 1]))
        .collect()
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
