//! Data sets, models and trainers that the benchmarks run on.
#![allow(dead_code)]

use ctui::{
    counterfactual::{Constraints, Generator},
    data::{Dataset, Feature, Samples},
    random::{Purpose, stream},
    training::{EpochReport, HyperParameters, Objective, Preset, Trainer, TrainerState},
};
use ndarray::Array2;
use rand::RngExt;
use rand_distr::StandardNormal;

/// The presets of the two-dimensional data.
pub const PRESETS: [&str; 4] = ["ls", "circ", "moon", "ol"];

/// Everything that epochs of one kind need.
pub struct Setting {
    pub dataset: Dataset,
    pub parameters: HyperParameters,
    pub constraints: Constraints,
    pub trainer: Trainer,
    state: TrainerState,
}

impl Setting {
    /// A preset, after `epochs` epochs.
    pub fn preset(id: &str, objective: Objective, epochs: usize) -> Self {
        let preset = Preset::find(id).unwrap();
        let mut parameters = preset.parameters();
        parameters.objective = objective;
        let source = preset.source(None).unwrap();
        let dataset = source.load(&parameters.draw()).unwrap();
        Self::new(dataset, parameters, epochs)
    }

    /// 11,000 samples of 784 features in 10 classes, with the paper's settings for MNIST.
    pub fn wide(objective: Objective, epochs: usize) -> Self {
        let mut parameters = Preset::find("mnist").unwrap().parameters();
        parameters.objective = objective;
        Self::new(blobs(11_000, 784, 10), parameters, epochs)
    }

    /// Any data set, after `epochs` epochs.
    pub fn new(dataset: Dataset, parameters: HyperParameters, epochs: usize) -> Self {
        let constraints = Constraints::on(&dataset, &[], parameters.domain_sigmas);
        let trainer = Trainer::new(&dataset, &parameters).unwrap();
        let state = trainer.state();
        let mut setting = Self {
            dataset,
            parameters,
            constraints,
            trainer,
            state,
        };
        for _ in 0..epochs {
            setting.state = setting.trainer.state();
            setting.train();
        }
        setting
    }

    fn train(&mut self) -> EpochReport {
        let generator = Generator::Eccco;
        self.trainer
            .train_epoch(
                &self.dataset,
                &self.constraints,
                &self.parameters,
                &generator,
            )
            .unwrap()
    }

    /// The last epoch once more, from the state before it.
    pub fn epoch(&mut self) -> EpochReport {
        self.trainer.restore(&self.state);
        self.train()
    }
}

/// `n` samples of `d` features in `k` classes: class means with half of standard normal entries,
/// noise of the same size, clamped to [−1, 1].
pub fn blobs(n: usize, d: usize, k: usize) -> Dataset {
    let mut random = stream(0, Purpose::Data, 0);
    let means: Vec<f32> = (0..k * d).map(|_| random.sample(StandardNormal)).collect();
    let y: Vec<usize> = (0..n).map(|_| random.random_range(0..k)).collect();
    let x = Array2::from_shape_fn((n, d), |(row, feature)| {
        let noise: f32 = random.sample(StandardNormal);
        let value = 0.5 * means[y[row] * d + feature] + 0.5 * noise;
        value.clamp(-1.0, 1.0)
    });
    let train = Samples { x, y };
    Dataset {
        name: "blobs".into(),
        features: (0..d).map(|d| Feature::numeric(format!("x{d}"))).collect(),
        classes: (0..k).map(|class| class.to_string()).collect(),
        test: train.select(&[0, 1]),
        train,
    }
}

/// Whether the command line asks for benchmarks called `name`: it does unless it names others.
pub fn wanted(name: &str) -> bool {
    let mut words = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'));
    words.all(|word| name.contains(&word) || word.parse::<usize>().is_ok())
}

/// The middle one of `values`.
pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
