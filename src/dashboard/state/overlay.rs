//! Finished runs that lie over the charts, to compare with.

use std::path::{Path, PathBuf};

use crate::{
    run::Past,
    text::printable,
    training::{EpochReport, Objective},
};

/// Most runs that lie over the charts.
pub const MAX: usize = 3;
/// Most reports that are kept of an arm.
const REPORTS: usize = 2048;

/// The curves of a run in a directory.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// Where it lies, as the user typed it.
    pub path: PathBuf,
    /// Its arms; never none.
    pub arms: Vec<Curve>,
}

/// What an arm of it was like, epoch by epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The arm's name.
    pub name: String,
    /// What it was trained with in the end.
    pub objective: Objective,
    /// Reports in ascending order of their epochs, thinned evenly if they are many.
    pub reports: Vec<EpochReport>,
}

impl Overlay {
    /// Reads the run in the directory at `path`, which is called `typed`.
    ///
    /// # Errors
    /// What is wrong with it, or that nothing is trained there yet.
    pub fn read(path: &Path, typed: &Path) -> Result<Self, String> {
        let past = Past::read(path).map_err(|error| error.to_string())?;
        let epoch = past.epoch();
        if epoch == 0 {
            return Err(format!("{}: no epoch is trained yet", typed.display()));
        }
        let arms = past.recipe().arms.iter().enumerate();
        let curve = |(position, arm): (usize, &crate::recipe::Arm)| Curve {
            name: arm.name.clone(),
            objective: arm.controls_at(epoch).parameters.objective,
            reports: thinned(past.reports(position)),
        };
        Ok(Self {
            path: typed.to_owned(),
            arms: arms.map(curve).collect(),
        })
    }

    /// The arm that is nearest to one of the present run: of the same name, else of the same objective,
    /// else the last.
    pub fn nearest(&self, name: &str, objective: Objective) -> Option<&Curve> {
        let named = self.arms.iter().find(|arm| arm.name == name);
        let alike = || self.arms.iter().find(|arm| arm.objective == objective);
        named.or_else(alike).or(self.arms.last())
    }

    /// What people call it: the last part of its path.
    pub fn title(&self) -> String {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str());
        printable(&name.to_string_lossy()).into_owned()
    }
}

/// Every so many of the reports, and the last.
fn thinned(reports: &[EpochReport]) -> Vec<EpochReport> {
    let stride = reports.len().div_ceil(REPORTS).max(1);
    let last = reports.len().saturating_sub(1);
    let kept = |(position, _): &(usize, &EpochReport)| {
        position.is_multiple_of(stride) || *position == last
    };
    let kept = reports.iter().enumerate().filter(kept);
    kept.map(|(_, report)| report.clone()).collect()
}

/// What lies over the charts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The runs, in the order of their numbers.
    pub shown: Vec<Overlay>,
    /// Those that are being read, as the user typed them.
    pub awaited: Vec<PathBuf>,
    /// Those of which reading has to begin.
    pub wanted: Vec<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_reports_are_thinned_and_the_last_is_kept() {
        let report = |epoch| EpochReport {
            epoch,
            ..EpochReport::default()
        };
        let reports: Vec<_> = (1..=5000).map(report).collect();
        let kept = thinned(&reports);
        assert!(kept.len() <= REPORTS + 1 && kept.last() == reports.last());
        assert_eq!(thinned(&reports[..7]), reports[..7]);
        assert_eq!(thinned(&[]), []);
    }

    #[test]
    fn the_nearest_arm_has_the_name_or_the_objective() {
        let curve = |name: &str, objective| Curve {
            name: name.into(),
            objective,
            reports: Vec::new(),
        };
        let overlay = Overlay {
            path: "runs/old".into(),
            arms: vec![
                curve("BL", Objective::Vanilla),
                curve("CT", Objective::Full),
                curve("late", Objective::Full),
            ],
        };
        let nearest = |name, objective| overlay.nearest(name, objective).unwrap().name.as_str();
        assert_eq!(nearest("late", Objective::Vanilla), "late");
        assert_eq!(nearest("x", Objective::Full), "CT");
        assert_eq!(nearest("x", Objective::Energy), "late");
        assert_eq!(overlay.title(), "old");
    }
}
