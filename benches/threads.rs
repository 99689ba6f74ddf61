//! What a second thread is worth: `cargo bench --bench threads`.
//!
//! The third epoch of counterfactual training on `wide` (11,000 samples of 784 features in 10
//! classes), with one thread and with two, alternately, from the same state. Prints times and
//! ratio, and fails if the weights differ by a single bit.
//!
//! The floor with two threads is half of the one with one: the benchmark `epoch` counts
//! its operations and bytes. `cargo bench --bench threads -- 20` takes 20 rounds instead of 10.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod common;

use std::time::Instant;

use common::{Setting, median, wanted};
use ctui::training::Objective;

const THREADS: [usize; 2] = [1, 2];

fn main() {
    if !wanted("threads") {
        return;
    }
    let rounds = std::env::args().find_map(|argument| argument.parse().ok());
    let pools = THREADS.map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap()
    });
    let mut setting = Setting::wide(Objective::Full, 3);
    let mut seconds = THREADS.map(|_| Vec::new());
    for _ in 0..rounds.unwrap_or(10) {
        let weights = [0, 1].map(|choice: usize| {
            pools[choice].install(|| {
                let start = Instant::now();
                setting.epoch();
                seconds[choice].push(start.elapsed().as_secs_f64());
            });
            setting.trainer.model().clone()
        });
        assert_eq!(weights[0], weights[1], "weights depend on the threads");
    }
    let ratios: Vec<f64> = (seconds[0].iter().zip(&seconds[1]))
        .map(|(one, two)| one / two)
        .collect();
    for (threads, seconds) in THREADS.iter().zip(&seconds) {
        let min = seconds.iter().copied().fold(f64::INFINITY, f64::min);
        println!(
            "{threads} thread(s): median {:.1} ms, least {:.1} ms",
            1e3 * median(seconds),
            1e3 * min
        );
    }
    println!("same bits; ratios {ratios:.2?}");
    println!("median of the ratios: {:.2}", median(&ratios));
}
