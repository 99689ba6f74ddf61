//! What has happened: on the screen, and in a file.

use std::{
    collections::VecDeque,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// Most entries that are kept.
const MAX: usize = 1000;
/// Size from which a log file is begun anew.
const LARGE: u64 = 1 << 20;

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What was done.
    Note,
    /// What could not be done.
    Refusal,
    /// That something which was done has come into force.
    Echo,
}

/// Something that has happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When, since the dashboard began.
    pub at: Duration,
    /// After which epoch.
    pub epoch: usize,
    /// How much it matters.
    pub tone: Tone,
    /// What it was.
    pub text: String,
}

/// The last entries.
#[derive(Clone, Debug, Default)]
pub struct Log {
    entries: VecDeque<Entry>,
    total: usize,
}

impl Log {
    /// Notes `entry`, unless it only repeats the one before.
    pub fn push(&mut self, entry: Entry) {
        if self
            .entries
            .back()
            .is_some_and(|last| last.text == entry.text)
        {
            return;
        }
        if self.entries.len() == MAX {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
        self.total += 1;
    }

    /// The entries that are kept, the newest last.
    pub fn entries(&self) -> &VecDeque<Entry> {
        &self.entries
    }

    /// The entries after the first `seen`, and how many there were in all.
    pub(super) fn since(&self, seen: usize) -> (impl Iterator<Item = &Entry>, usize) {
        let new = (self.total - seen.min(self.total)).min(self.entries.len());
        (
            self.entries.iter().skip(self.entries.len() - new),
            self.total,
        )
    }
}

/// A file that follows a log, as well as it can.
#[derive(Debug, Default)]
pub struct LogFile {
    path: Option<PathBuf>,
    file: Option<File>,
    seen: usize,
}

impl LogFile {
    /// Goes on with `ctui.log` in `folder`, or begins it anew if it has become large.
    pub fn open(folder: Option<PathBuf>) -> Self {
        let path = folder.map(|folder| folder.join("ctui.log"));
        let file = path.as_deref().and_then(|path| begin(path).ok());
        Self {
            path: path.filter(|_| file.is_some()),
            file,
            seen: 0,
        }
    }

    /// The file, if there is one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Writes what is new in `log`; gives up for good if that fails.
    pub fn follow(&mut self, log: &Log) {
        let (entries, total) = log.since(self.seen);
        self.seen = total;
        let lines: String = entries
            .map(|entry| {
                let seconds = entry.at.as_secs_f64();
                format!("{seconds:9.2} s  epoch {:<6} {}\n", entry.epoch, entry.text)
            })
            .collect();
        if let Some(file) = &mut self.file
            && file.write_all(lines.as_bytes()).is_err()
        {
            self.file = None;
        }
    }
}

fn begin(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let large = fs::metadata(path).is_ok_and(|known| known.len() > LARGE);
    let mut options = OpenOptions::new();
    let mut file = match large {
        true => options.write(true).create(true).truncate(true).open(path)?,
        false => options.append(true).create(true).open(path)?,
    };
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seconds = since.unwrap_or_default().as_secs();
    let version = env!("CARGO_PKG_VERSION");
    writeln!(
        file,
        "ctui {version} begins at {seconds} seconds of Unix time"
    )?;
    Ok(file)
}

/// Adds one line to a log file, as well as it can.
pub fn note(path: &Path, line: &str) {
    if let Ok(mut file) = OpenOptions::new().append(true).open(path) {
        let _ = writeln!(file, "{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Entry {
        Entry {
            at: Duration::from_millis(1500),
            epoch: 3,
            tone: Tone::Note,
            text: text.into(),
        }
    }

    #[test]
    fn the_file_follows_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = LogFile::open(Some(folder.path().join("new").join("folder")));
        let mut log = Log::default();
        for text in ["one", "one", "two"] {
            log.push(entry(text));
        }
        file.follow(&log);
        log.push(entry("three"));
        file.follow(&log);
        file.follow(&log);
        let text = fs::read_to_string(file.path().unwrap()).unwrap();
        let lines: Vec<_> = text.lines().skip(1).collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert_eq!(lines[2], "     1.50 s  epoch 3      three");
    }

    #[test]
    fn nothing_breaks_without_a_file() {
        let mut file = LogFile::open(Some("/proc/nowhere".into()));
        assert_eq!(file.path(), None);
        let mut log = Log::default();
        for i in 0..3 * MAX {
            log.push(entry(&i.to_string()));
        }
        file.follow(&log);
        assert_eq!(log.entries().len(), MAX);
    }
}
