//! Advice on small models: whole, bounded, related, and about as cheap as can be.

use ndarray::Array2;
use proptest::prelude::*;
use rand::RngExt;

use super::{Found, Recourse, Start, pick};
use crate::{
    counterfactual::{Categories, Constraints, Generator, GeneratorKind, Search, SearchParameters},
    data::{AtMost, Feature, Interval, Kind, Mutability, Samples, Scale},
    evaluation::change::cost,
    model::{Architecture, Mlp},
    random::{Purpose, stream},
};

/// Whole numbers from 0 to 40 and from 0 to 12, an amount, and a group of three categories.
fn features() -> Vec<Feature> {
    let number = |name: &str, step, offset, factor| Feature {
        step,
        scale: Scale::linear(offset, factor),
        ..Feature::numeric(name)
    };
    let category = |name: &str| Feature {
        kind: Kind::Category {
            group: "job".into(),
            category: name.into(),
        },
        ..Feature::numeric(format!("job={name}"))
    };
    let mut years = number("years", Some(1.0), 20.0, 8.0);
    years.at_most = vec![AtMost {
        feature: "limit".into(),
        strict: false,
    }];
    vec![
        years,
        number("limit", Some(1.0), 25.0, 7.0),
        number("amount", None, 1000.0, 300.0),
        category("a"),
        category("b"),
        category("c"),
    ]
}

fn constraints(mutability: [Mutability; 3]) -> Constraints {
    let features = features();
    let bounds = [[0.0, 40.0], [0.0, 45.0], [0.0, 3000.0]];
    let numbers = bounds
        .iter()
        .zip(&features)
        .map(|(&ends, feature)| feature.scale.interval(ends));
    let unit = Interval {
        lower: 0.0,
        upper: 1.0,
    };
    let group = 3..6;
    Constraints {
        mutability: [&mutability[..], &[Mutability::Both; 3]].concat(),
        domain: numbers.chain([unit; 3]).collect(),
        groups: vec![group],
    }
}

fn model(seed: u64) -> Mlp {
    let architecture = Architecture {
        inputs: 6,
        hidden: vec![12],
        outputs: 2,
    };
    let mut random = stream(seed, Purpose::Initialisation, 0);
    let mut model = Mlp::glorot(architecture, &mut random);
    for parameter in &mut model.parameters {
        *parameter *= 2.0;
    }
    model
}

/// A row with whole numbers that keep the relation.
fn start(seed: u64, model: &Mlp) -> Start {
    let mut random = stream(seed, Purpose::Data, 0);
    let limit = random.random_range(5..=45);
    let numbers = [
        f64::from(random.random_range(0..=limit.min(40))),
        f64::from(limit),
        f64::from(random.random_range(0..300_000)) / 100.0,
    ];
    let job = random.random_range(0..3);
    let mut all = numbers.to_vec();
    all.extend((0..3).map(|category| f64::from(u8::from(category == job))));
    let factual: Vec<f32> = features()
        .iter()
        .zip(&all)
        .map(|(feature, &value)| feature.scale.to_model(value))
        .collect();
    let point = Array2::from_shape_vec((1, 6), factual.clone()).unwrap();
    Start {
        factual,
        numbers: all,
        target: 1 - model.predict(point.view())[0],
    }
}

/// What every piece of advice has to keep.
fn assert_allowed(start: &Start, found: &super::Advice, mutability: [Mutability; 3]) {
    let (values, before) = (&found.values, &start.numbers);
    for (position, bounds) in [[0.0, 40.0], [0.0, 45.0], [0.0, 3000.0]].iter().enumerate() {
        let (value, old) = (values[position], before[position]);
        if value == old {
            continue;
        }
        assert!(
            (bounds[0]..=bounds[1]).contains(&value),
            "{position}: {value}"
        );
        assert!(position == 2 || value.fract() == 0.0, "{position}: {value}");
        match mutability[position] {
            Mutability::Both => {}
            Mutability::Increase => assert!(value > old),
            Mutability::Decrease => assert!(value < old),
            Mutability::None => panic!("{position} is locked"),
        }
    }
    assert!(values[0] <= values[1], "the relation is broken: {values:?}");
    assert!(found.broken.is_empty());
    let jobs: Vec<f64> = values[3..].to_vec();
    assert!(
        jobs.iter().all(|&value| value == 0.0 || value == 1.0),
        "{jobs:?}"
    );
    assert_eq!(jobs.iter().sum::<f64>(), 1.0);
}

/// What is told is what the model is asked about.
fn assert_honest(start: &Start, found: &super::Advice, model: &Mlp, threshold: f32) {
    let told: Vec<f32> = features()
        .iter()
        .zip(&found.values)
        .map(|(feature, &value)| feature.scale.to_model(value))
        .collect();
    let point = Array2::from_shape_vec((1, 6), told).unwrap();
    let probability = model.probabilities(point.view())[[0, start.target]];
    assert!((probability - found.probability).abs() < 1e-4);
    assert_eq!(found.mature, found.probability >= threshold);
}

fn samples(seed: u64, model: &Mlp) -> Samples {
    let rows: Vec<Start> = (0..60).map(|i| start(seed * 1000 + i, model)).collect();
    Samples {
        x: Array2::from_shape_vec(
            (60, 6),
            rows.iter().flat_map(|r| r.factual.clone()).collect(),
        )
        .unwrap(),
        y: rows.iter().map(|row| 1 - row.target).collect(),
    }
}

fn any_mutability() -> impl Strategy<Value = [Mutability; 3]> {
    prop::array::uniform3(prop::sample::select(&Mutability::ALL[..]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn advice_of_every_generator_is_allowed_and_honest(
        seed in 0_u64..1000,
        mutability in any_mutability(),
        kind in prop::sample::select(&GeneratorKind::ALL[..]),
    ) {
        prop_assume!(kind != GeneratorKind::Revise || seed % 8 == 0);
        let (model, features, constraints) = (model(seed), features(), constraints(mutability));
        let threshold = 0.7;
        let recourse = Recourse::new(&model, &features, &constraints, threshold).unwrap();
        let generator = Generator::fit(kind, &samples(seed, &model), 2, seed).unwrap();
        let parameters = SearchParameters {
            decision_threshold: threshold,
            max_steps: 60,
            categories: Categories::Decoded,
            ..SearchParameters::default()
        };
        let search = Search {
            model: &model,
            generator: &generator,
            constraints: &constraints,
            parameters: &parameters,
        };
        for place in 0..4 {
            let start = start(seed * 31 + place, &model);
            let factual = Array2::from_shape_vec((1, 6), start.factual.clone()).unwrap();
            let targets = [start.target];
            let found = search.run(factual.view(), &targets);
            let advice = recourse.snap(&start, &found.points.row(0).to_vec());
            assert_allowed(&start, &advice, mutability);
            assert_honest(&start, &advice, &model, threshold);
        }
    }

    #[test]
    fn advice_with_few_changes_is_allowed_and_reaches_the_target(
        seed in 0_u64..1000,
        mutability in any_mutability(),
    ) {
        let (model, features, constraints) = (model(seed), features(), constraints(mutability));
        let recourse = Recourse::new(&model, &features, &constraints, 0.7).unwrap();
        let start = start(seed, &model);
        let found = recourse.few(&start, 2);
        for one in &found {
            assert_allowed(&start, &one.advice, mutability);
            assert_honest(&start, &one.advice, &model, 0.7);
            prop_assert!(one.advice.mature && one.advice.changes == one.columns.len());
            prop_assert!(one.columns.len() <= 2);
        }
        let costs: Vec<f64> = found.iter().map(|one| one.advice.cost).collect();
        prop_assert!(costs.is_sorted());
        let picked = pick(found.clone(), 5);
        prop_assert_eq!(picked.len(), found.len().min(5));
        let mut sets: Vec<&Vec<usize>> = picked.iter().map(|one| &one.columns).collect();
        sets.sort();
        sets.dedup();
        prop_assert_eq!(sets.len(), picked.len());
    }
}

/// The cheapest cost of changing at most two of the three numbers and the group, by trying all whole
/// numbers and 60 amounts.
fn brute_force(model: &Mlp, start: &Start, threshold: f32) -> Option<f64> {
    let features = features();
    let years: Vec<f64> = (0..=40).map(f64::from).collect();
    let limits: Vec<f64> = (0..=45).map(f64::from).collect();
    let amounts: Vec<f64> = (0..=60).map(|step| f64::from(step) * 50.0).collect();
    let numbers = [years, limits, amounts];
    let mut candidates: Vec<Vec<f64>> = Vec::new();
    let jobs = |base: &[f64], candidates: &mut Vec<Vec<f64>>| {
        for job in 0..3 {
            let mut values = base.to_vec();
            (0..3).for_each(|i| values[3 + i] = f64::from(u8::from(i == job)));
            candidates.push(values);
        }
    };
    for first in 0..3 {
        for value in &numbers[first] {
            let mut one = start.numbers.clone();
            one[first] = *value;
            jobs(&one, &mut candidates);
            for second in first + 1..3 {
                for other in &numbers[second] {
                    let mut two = one.clone();
                    two[second] = *other;
                    candidates.push(two);
                }
            }
        }
    }
    candidates.retain(|values| values[0] <= values[1]);
    let points: Vec<f32> = candidates
        .iter()
        .flat_map(|values| {
            features
                .iter()
                .zip(values)
                .map(|(feature, &value)| feature.scale.to_model(value))
        })
        .collect();
    let points = Array2::from_shape_vec((candidates.len(), 6), points).unwrap();
    let probabilities = model.probabilities(points.view());
    let factual = ndarray::ArrayView1::from(&start.factual);
    (0..candidates.len())
        .filter(|&row| probabilities[[row, start.target]] >= threshold)
        .map(|row| cost(factual, points.row(row)))
        .reduce(f64::min)
}

#[test]
fn the_cheapest_advice_costs_about_as_little_as_brute_force() {
    let (features, constraints) = (features(), constraints([Mutability::Both; 3]));
    let mut ratios = Vec::new();
    let (mut missed, mut possible) = (0, 0);
    for seed in 0..40 {
        let model = model(seed);
        let recourse = Recourse::new(&model, &features, &constraints, 0.7).unwrap();
        let start = start(seed + 500, &model);
        let found = recourse.few(&start, 2);
        let Some(optimum) = brute_force(&model, &start, 0.7) else {
            continue;
        };
        possible += 1;
        match found.first() {
            Some(Found { advice, .. }) if optimum > 0.0 => ratios.push(advice.cost / optimum),
            Some(_) => {}
            None => missed += 1,
        }
    }
    ratios.sort_by(f64::total_cmp);
    assert!(possible >= 20 && missed == 0, "{missed} of {possible}");
    let (median, worst) = (ratios[ratios.len() / 2], ratios[ratios.len() - 1]);
    assert!(median <= 1.05, "median {median}");
    assert!(worst <= 1.2, "worst {worst}: {ratios:?}");
}

#[test]
fn a_point_between_the_steps_goes_where_the_target_is() {
    let architecture = Architecture {
        inputs: 1,
        hidden: vec![],
        outputs: 2,
    };
    let parameters = vec![0.0, 10.0, 0.0, -26.0];
    let model = Mlp::from_parameters(architecture, parameters).unwrap();
    let features = [Feature {
        step: Some(1.0),
        ..Feature::numeric("children")
    }];
    let constraints = Constraints {
        domain: vec![Interval {
            lower: 0.0,
            upper: 9.0,
        }],
        ..Constraints::none(1)
    };
    let recourse = Recourse::new(&model, &features, &constraints, 0.6).unwrap();
    let start = Start {
        factual: vec![0.0],
        numbers: vec![0.0],
        target: 1,
    };
    let advice = recourse.snap(&start, &[2.65]);
    assert_eq!((advice.values[0], advice.mature), (3.0, true));
    let advice = recourse.snap(&start, &[2.2]);
    assert_eq!(
        (advice.values[0], advice.mature),
        (2.0, false),
        "it did not reach the target before"
    );
    let refused = Feature {
        at_most: vec![AtMost {
            feature: "parents".into(),
            strict: true,
        }],
        ..features[0].clone()
    };
    assert!(Recourse::new(&model, &[refused], &constraints, 0.6).is_err());
}
