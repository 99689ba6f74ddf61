//! Measuring epochs of any size.

use std::{
    env, fs,
    process::Command,
    thread::available_parallelism,
    time::{Duration, Instant},
};

use super::common::{Setting, blobs, median};
use ctui::training::HyperParameters;

/// Argument with which the benchmark calls itself to measure the memory of one size.
pub const CHILD: &str = "--memory";

/// Least epochs, and time, that a figure is the median of.
const MIN_EPOCHS: usize = 5;
const MIN_TIME: Duration = Duration::from_millis(500);

/// What grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    Samples,
    Features,
    Classes,
    Hidden,
    Threads,
}

/// Sizes of data and model.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    samples: usize,
    features: usize,
    classes: usize,
    hidden: usize,
    threads: usize,
}

/// Where the other axes stay: 8000 samples of 64 features in 4 classes, 64 hidden units, batches of
/// 1000, 2000 counterfactuals of 30 steps, one thread.
pub const REFERENCE: Size = Size {
    samples: 8000,
    features: 64,
    classes: 4,
    hidden: 64,
    threads: 1,
};

/// One size's cost.
pub struct Figure {
    pub value: usize,
    /// Median time of an epoch.
    pub seconds: f64,
    /// Largest resident set of a process that trains two epochs, where the system tells.
    pub megabytes: Option<f64>,
}

impl Axis {
    pub const ALL: [Self; 5] = [
        Self::Samples,
        Self::Features,
        Self::Classes,
        Self::Hidden,
        Self::Threads,
    ];

    pub fn name(self) -> &'static str {
        ["samples", "features", "classes", "hidden", "threads"][self as usize]
    }

    pub fn title(self) -> &'static str {
        [
            "N, training samples",
            "d, features",
            "k, classes",
            "h, hidden units",
            "threads",
        ][self as usize]
    }

    /// Whether the memory is measured along this axis.
    pub fn has_memory(self) -> bool {
        matches!(self, Self::Samples | Self::Features)
    }

    fn values(self) -> Vec<usize> {
        match self {
            Self::Samples => vec![2000, 8000, 32_000, 128_000, 512_000],
            Self::Features => vec![2, 8, 32, 128, 512, 2048],
            Self::Classes => vec![2, 8, 32, 128, 512],
            Self::Hidden => vec![4, 16, 64, 256, 1024],
            Self::Threads => {
                let max = available_parallelism().map_or(1, usize::from);
                let powers = (0..).map(|power| 1 << power);
                powers.take_while(|&threads| threads <= max).collect()
            }
        }
    }

    fn size(self, value: usize) -> Size {
        let mut size = REFERENCE;
        *match self {
            Self::Samples => &mut size.samples,
            Self::Features => &mut size.features,
            Self::Classes => &mut size.classes,
            Self::Hidden => &mut size.hidden,
            Self::Threads => &mut size.threads,
        } = value;
        size
    }
}

/// The figures along `axis`.
pub fn along(axis: Axis) -> Vec<Figure> {
    let values = axis.values().into_iter();
    let figure = |value| Figure {
        value,
        seconds: time(axis.size(value)),
        megabytes: axis.has_memory().then(|| memory(axis, value)).flatten(),
    };
    values.map(figure).collect()
}

/// An epoch in which no search stops early.
fn setting(size: Size) -> Setting {
    let parameters = HyperParameters {
        hidden_units: size.hidden,
        batch_size: 1000,
        counterfactuals: 2000,
        decision_threshold: 2.0,
        ..HyperParameters::default()
    };
    let dataset = blobs(size.samples, size.features, size.classes);
    Setting::new(dataset, parameters, 1)
}

/// Median time of an epoch, in seconds.
fn time(size: Size) -> f64 {
    let mut setting = setting(size);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(size.threads);
    pool.build().unwrap().install(|| {
        let (start, mut seconds) = (Instant::now(), Vec::new());
        while seconds.len() < MIN_EPOCHS || start.elapsed() < MIN_TIME {
            let start = Instant::now();
            setting.epoch();
            seconds.push(start.elapsed().as_secs_f64());
        }
        median(&seconds)
    })
}

/// The memory that a process of its own takes.
fn memory(axis: Axis, value: usize) -> Option<f64> {
    let arguments = [CHILD, axis.name(), &value.to_string()];
    let child = Command::new(env::current_exe().ok()?)
        .args(arguments)
        .output();
    String::from_utf8(child.ok()?.stdout)
        .ok()?
        .trim()
        .parse()
        .ok()
}

/// Trains two epochs, then prints the largest resident set in MB; nothing where the system does not
/// tell. `arguments` are an axis and a value.
pub fn print_memory(arguments: &[String]) {
    let axis = Axis::ALL
        .into_iter()
        .find(|axis| axis.name() == arguments[0]);
    let size = axis.unwrap().size(arguments[1].parse().unwrap());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    pool.unwrap().install(|| setting(size).epoch());
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    if let Some(kilobytes) = kilobytes.and_then(|text| text.parse::<f64>().ok()) {
        println!("{:.1}", kilobytes * 1024.0 / 1e6);
    }
}
