//! Properties that measurements must have.
#![allow(clippy::unwrap_used, clippy::panic)]

use crate::common::cases::{labelled, model};
use ctui::{
    counterfactual::Constraints,
    data::{Mutability, Samples},
    evaluation::{
        accuracy::accuracy,
        attribution::{Baseline, integrated_gradients},
        measured::{Settings, measure},
        plausibility::{Targets, ip_star, mmd2},
        robustness::{Attack, accuracy_curve},
        rounds::{Evaluation, EvaluationError, IpStarOf, Measure, Protocol},
    },
    random::{Purpose, stream},
};
use ndarray::{Array2, Axis};
use proptest::prelude::*;
use rand::RngExt;
use rand_distr::StandardNormal;

fn gaussian(shape: (usize, usize), seed: u64) -> Array2<f32> {
    let mut random = stream(seed, Purpose::Data, 0);
    Array2::from_shape_simple_fn(shape, || random.sample(StandardNormal))
}

#[test]
fn two_halves_of_one_sample_hardly_differ() {
    let estimates: Vec<f64> = (0..200)
        .map(|seed| {
            let sample = gaussian((200, 3), seed);
            let (first, second) = sample.view().split_at(Axis(0), 100);
            mmd2(first, second, 1.0)
        })
        .collect();
    let mean = estimates.iter().sum::<f64>() / 200.0;
    assert!(mean.abs() < 1e-3, "the estimate is biased: {mean}");
    assert!(estimates.iter().all(|estimate| estimate.abs() < 0.03));
    assert!(estimates.iter().any(|&estimate| estimate < 0.0));
    let shifted = gaussian((400, 3), 7) + 1.0;
    let found = mmd2(shifted.view(), gaussian((400, 3), 8).view(), 1.0);
    let exact = 2.0 * 3_f64.powf(-1.5) * (1.0 - (-0.5_f64).exp());
    assert!((found - exact).abs() < 0.02, "{found} {exact}");
}

#[test]
fn attack_of_size_zero_leaves_the_accuracy() {
    for name in ["moon_ct", "circ_bl", "ls_ct", "multi"] {
        let model = model(&format!("{name}.safetensors"));
        let samples = labelled(&format!("{name}.test.csv"));
        for attack in [
            Attack::Fgsm,
            Attack::Pgd { random_start: None },
            Attack::Pgd {
                random_start: Some(1),
            },
        ] {
            let curve = accuracy_curve(&model, &samples, attack, &[0.0]);
            assert_eq!(curve, [accuracy(&model, &samples)]);
        }
    }
}

#[test]
fn attributions_sum_to_the_difference_of_the_logits() {
    for name in ["moon_ct", "circ_bl", "ls_ct", "multi"] {
        let model = model(&format!("{name}.safetensors"));
        let Samples { x, y } = labelled(&format!("{name}.test.csv"));
        let baselines = Baseline::Uniform(5).draw(x.dim(), 0);
        let found = integrated_gradients(&model, x.view(), baselines.view(), &y);
        let (after, before) = (model.logits(x.view()), model.logits(baselines.view()));
        let (mut error, mut size) = (0.0, 0.0);
        for (row, &class) in y.iter().enumerate() {
            let difference = after[(row, class)] - before[(row, class)];
            error += (found.row(row).sum() - difference).abs();
            size += difference.abs();
        }
        assert!(error <= 0.01 * size, "{name}: {error} of {size}");
    }
}

proptest! {
    #[test]
    fn sorted_implausibility_equals_the_definition(
        points in proptest::collection::vec(-5.0_f32..5.0, 6..60),
        point in proptest::collection::vec(-9.0_f32..9.0, 3),
    ) {
        let rows = points.len() / 3;
        let samples = Array2::from_shape_vec((rows, 3), points[..3 * rows].to_vec()).unwrap();
        let direct: f64 = samples
            .rows()
            .into_iter()
            .map(|row| row.iter().zip(&point).map(|(a, b)| f64::from((a - b).abs())).sum::<f64>())
            .sum::<f64>() / rows as f64;
        let sorted = Targets::new(samples.view()).implausibility(&point);
        prop_assert!((sorted - direct).abs() < 1e-5 * direct.max(1.0));
    }

    #[test]
    fn discrepancy_is_symmetric_and_bounded(seed in 0_u64..1000, shift in -3.0_f32..3.0) {
        let (a, b) = (gaussian((9, 2), seed), gaussian((7, 2), seed + 1000) + shift);
        let (forth, back) = (mmd2(a.view(), b.view(), 2.0), mmd2(b.view(), a.view(), 2.0));
        prop_assert!((forth - back).abs() < 1e-12);
        prop_assert!((-2.0..=2.0).contains(&forth));
        prop_assert!(ip_star(a.view(), b.view(), 2.0) >= 0.0);
    }
}

fn small_protocol(seed: u64) -> Protocol {
    Protocol {
        rounds: 6,
        lambda_egy: vec![0.5, 5.0],
        ..Protocol::paper(40, seed)
    }
}

#[test]
fn rounds_do_not_depend_on_the_number_of_threads() {
    let (model, test) = (model("moon_ct.safetensors"), labelled("moon_ct.test.csv"));
    let constraints = Constraints::none(2);
    let protocol = small_protocol(3);
    let evaluation = Evaluation::new(&model, &test, &constraints, &protocol).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| evaluation.run())
    };
    let rounds = run(1);
    assert_eq!(rounds.len(), 6);
    assert_eq!(rounds, run(3));
    for round in rounds {
        assert_eq!((round.validity, round.strict_validity), (1.0, 1.0));
        assert!(round.ip > 0.0 && round.ip_star >= 0.0 && round.cost > 0.0);
        assert_eq!(round.redundancy, 0.0);
    }
}

#[test]
fn immutable_features_stay_and_cost_counts_the_others() {
    let (model, test) = (model("ls_ct.safetensors"), labelled("ls_ct.test.csv"));
    let mut constraints = Constraints::none(2);
    constraints.mutability[0] = Mutability::None;
    let protocol = small_protocol(3);
    let evaluation = Evaluation::new(&model, &test, &constraints, &protocol).unwrap();
    for round in evaluation.run() {
        assert_eq!(round.redundancy, 0.5);
    }
}

#[test]
fn nothing_to_explain_is_an_error() {
    let (model, test) = (model("moon_ct.safetensors"), labelled("moon_ct.test.csv"));
    let constraints = Constraints::none(2);
    let protocol = small_protocol(3);
    let zeros: Vec<usize> = (0..test.len()).filter(|&row| test.y[row] == 0).collect();
    let error = Evaluation::new(&model, &test.select(&zeros), &constraints, &protocol).err();
    assert_eq!(error, Some(EvaluationError::NoTarget { class: 1 }));

    let mut stubborn = model.clone();
    let last = stubborn.parameters.len() - 1;
    stubborn.parameters[last] = 1e6;
    let error = Evaluation::new(&stubborn, &test, &constraints, &protocol).err();
    let samples = test.len();
    assert_eq!(
        error,
        Some(EvaluationError::NoFactual { class: 0, samples })
    );
}

#[test]
fn rounds_average_the_weights_alike() {
    let (model, test) = (model("circ_bl.safetensors"), labelled("circ_bl.test.csv"));
    let constraints = Constraints::none(2);
    let protocol = small_protocol(3);
    let evaluation = Evaluation::new(&model, &test, &constraints, &protocol).unwrap();
    let by_weight = [evaluation.rounds(0), evaluation.rounds(1)];
    for (round, found) in evaluation.run().into_iter().enumerate() {
        for measure in Measure::ALL {
            let parts = by_weight
                .each_ref()
                .map(|rounds| measure.of(&rounds[round]));
            let mean = (parts[0] + parts[1]) / 2.0;
            assert!((measure.of(&found) - mean).abs() < 1e-12, "{measure:?}");
        }
    }
}

/// The step is too short for most searches to arrive within so few of them.
#[test]
fn invalid_counterfactuals_count_in_ip_star_unless_asked_otherwise() {
    let (model, test) = (model("moon_ct.safetensors"), labelled("moon_ct.test.csv"));
    let constraints = Constraints::none(2);
    let of = |ip_star_of| {
        let mut protocol = Protocol {
            ip_star_of,
            ..small_protocol(3)
        };
        protocol.search.max_steps = 2;
        let evaluation = Evaluation::new(&model, &test, &constraints, &protocol).unwrap();
        evaluation.run()
    };
    let (all, valid) = (of(IpStarOf::All), of(IpStarOf::Valid));
    assert!(
        all.iter()
            .zip(&valid)
            .all(|(a, b)| a.validity == b.validity)
    );
    assert!(
        all.iter()
            .any(|round| 0.0 < round.validity && round.validity < 0.9)
    );
    assert!(all.iter().zip(&valid).any(|(a, b)| a.ip_star != b.ip_star));
}

/// Two evaluations of one model by other draws agree within the errors that they state.
#[test]
fn stated_errors_cover_other_draws() {
    for name in ["moon_ct", "circ_bl", "ls_ct"] {
        let (model, test) = (
            model(&format!("{name}.safetensors")),
            labelled(&format!("{name}.test.csv")),
        );
        let constraints = Constraints::none(2);
        let measured: Vec<_> = (1..=8)
            .map(|seed| {
                let settings = Settings {
                    protocol: Protocol::probe(2, seed),
                    epsilons: Vec::new(),
                    random_start: None,
                    baseline: Baseline::Zero,
                    attributed: 200,
                };
                measure(&model, &test, &constraints, &settings)
            })
            .collect();
        for measure in [Measure::Validity, Measure::Ip, Measure::Cost] {
            let found: Vec<_> = measured.iter().map(|m| m.estimate(measure)).collect();
            let mean = found.iter().map(|e| e.value).sum::<f64>() / found.len() as f64;
            let outside = found
                .iter()
                .filter(|e| (e.value - mean).abs() > 2.5 * e.error + 1e-9);
            assert!(outside.count() <= 1, "{name} {measure:?}: {found:?}");
            assert!(found.iter().all(|e| e.error < 0.1 * e.value.abs() + 1e-9));
        }
        let shares: f64 = measured[0].shares.iter().map(|share| share.value).sum();
        assert!((shares - 1.0).abs() < 1e-9);
        assert!(measured[0].fgsm.is_empty() && measured[0].f1.error < 0.05);
    }
}
