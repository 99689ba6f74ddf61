//! `metrics.jsonl`: a line per epoch and arm, there as soon as the epoch is trained.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::own_file;
use crate::training::EpochReport;

/// Longest line that is read, in bytes.
const MAX_LINE: u64 = 1 << 16;
/// Most of a file that is read to look at it, in bytes.
const MAX_BYTES: u64 = 1 << 28;

/// The file, open for what comes next.
#[derive(Debug)]
pub struct Metrics {
    file: File,
}

/// A line.
#[derive(Serialize, Deserialize)]
struct Line<R> {
    /// The arm, if there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    arm: Option<String>,
    #[serde(flatten)]
    report: R,
}

impl Metrics {
    /// An empty file at `path`.
    ///
    /// # Errors
    /// What the system fails with.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut options = File::options();
        options.read(true).write(true).create(true);
        let file = own_file(path, &mut options)?;
        file.set_len(0)?;
        Ok(Self { file })
    }

    /// Opens the file at `path` and cuts off what is not whole, and what comes after `epoch`; also
    /// gives the reports of `arms`, those of a file without names for the first.
    ///
    /// # Errors
    /// What the system fails with.
    pub fn resume(
        path: &Path,
        epoch: usize,
        arms: &[String],
    ) -> io::Result<(Self, Vec<Vec<EpochReport>>)> {
        let mut options = File::options();
        options.read(true).write(true).create(true);
        let mut file = own_file(path, &mut options)?;
        let (end, reports) = read(&file, epoch, arms)?;
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        Ok((Self { file }, reports))
    }

    /// Adds a line, and hands it to the system at once.
    ///
    /// # Errors
    /// What the system fails with.
    pub fn add(&mut self, arm: Option<&str>, report: &EpochReport) -> io::Result<()> {
        self.file.write_all(&line(arm, report)?)
    }

    /// Makes sure that all lines outlast the machine's power.
    ///
    /// # Errors
    /// What the system fails with.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

/// The line of a report, with its end.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn line(arm: Option<&str>, report: &EpochReport) -> io::Result<Vec<u8>> {
    let arm = arm.map(str::to_owned);
    let mut line = serde_json::to_vec(&Line { arm, report })?;
    line.push(b'\n');
    Ok(line)
}

/// The reports of `arms` in the file at `path`, as far as they are whole.
///
/// # Errors
/// What the system fails with, or if it is no regular file.
pub fn look(path: &Path, arms: &[String]) -> io::Result<Vec<Vec<EpochReport>>> {
    let file = own_file(path, File::options().read(true))?;
    Ok(read(file.take(MAX_BYTES), usize::MAX, arms)?.1)
}

/// Where the whole lines up to `epoch` end, in bytes, and their reports per arm, in ascending order; those
/// without a name are of the first of `arms`.
///
/// # Errors
/// What `file` fails with.
pub fn read(
    file: impl Read,
    epoch: usize,
    arms: &[String],
) -> io::Result<(u64, Vec<Vec<EpochReport>>)> {
    let mut reader = BufReader::new(file);
    let mut reports: Vec<Vec<EpochReport>> = vec![Vec::new(); arms.len()];
    let (mut end, mut line) = (0, Vec::new());
    loop {
        line.clear();
        let read = (&mut reader).take(MAX_LINE).read_until(b'\n', &mut line)?;
        let Some(text) = line.strip_suffix(b"\n") else {
            return Ok((end, reports));
        };
        let parsed: Line<EpochReport> = match serde_json::from_slice(text) {
            Ok(parsed) => parsed,
            Err(_) => return Ok((end, reports)),
        };
        if parsed.report.epoch > epoch {
            return Ok((end, reports));
        }
        end += read as u64;
        let name = |name: &String| arms.iter().position(|arm| arm == name);
        let arm = parsed.arm.as_ref().map_or(Some(0), name);
        if let Some(known) = arm.and_then(|arm| reports.get_mut(arm))
            && known
                .last()
                .is_none_or(|last| last.epoch < parsed.report.epoch)
        {
            known.push(parsed.report);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn report(epoch: usize) -> EpochReport {
        let mut report = EpochReport {
            epoch,
            mature: 7,
            mean_steps: 0.1,
            ..EpochReport::default()
        };
        report.loss.total = 1.0 / epoch as f32;
        report
    }

    #[test]
    fn what_is_torn_or_too_new_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metrics.jsonl");
        let arms = ["BL".to_owned(), "CT".to_owned()];
        let mut metrics = Metrics::create(&path).unwrap();
        for epoch in 1..=4 {
            for arm in &arms {
                metrics.add(Some(arm), &report(epoch)).unwrap();
            }
        }
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 3]).unwrap();
        let (_, known) = read(&File::open(&path).unwrap(), usize::MAX, &arms).unwrap();
        assert_eq!((known[0].len(), known[1].len()), (4, 3));
        let (mut metrics, known) = Metrics::resume(&path, 2, &arms).unwrap();
        assert_eq!(known[1], [report(1), report(2)]);
        for epoch in 3..=4 {
            for arm in &arms {
                metrics.add(Some(arm), &report(epoch)).unwrap();
            }
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), whole);
    }

    #[test]
    fn a_loss_that_is_no_number_comes_back_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metrics.jsonl");
        let mut odd = report(1);
        odd.loss.total = f32::NAN;
        let mut metrics = Metrics::create(&path).unwrap();
        metrics.add(None, &odd).unwrap();
        metrics.sync().unwrap();
        let file = File::open(&path).unwrap();
        let (_, known) = read(&file, usize::MAX, &["CT".into()]).unwrap();
        assert!(known[0][0].loss.total.is_nan());
    }
}
