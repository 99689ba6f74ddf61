//! Advice on all data that ctui makes, and on tables with whole numbers: only values that exist, and the
//! target is reached with just these.

#![allow(clippy::unwrap_used)]

use std::{fs, path::PathBuf, sync::OnceLock};

use ctui::{
    counterfactual::{Categories, Constraints, Generator, GeneratorKind, Search, SearchParameters},
    data::{AtMost, Dataset, Family, Feature, Kind, Mutability, Source},
    model::Mlp,
    random::{Purpose, stream},
    recipe::{Controls, Recipe},
    recourse::{Advice, Recourse, Start, Wish},
    session::Lockstep,
    training::HyperParameters,
};
use ndarray::{Array2, Axis};
use proptest::prelude::*;
use rand::{Rng, RngExt};
use tempfile::TempDir;

/// Epochs that models are trained for; enough that they decide for both classes.
const EPOCHS: usize = 15;

/// A model and the data that it was trained on.
struct Trained {
    name: String,
    dataset: Dataset,
    model: Mlp,
    constraints: Constraints,
}

/// One for each family, for the sample of loans, and for a table of counts without a schema.
fn all_trained() -> &'static [Trained] {
    static TRAINED: OnceLock<Vec<Trained>> = OnceLock::new();
    TRAINED.get_or_init(|| {
        let families = Family::ALL.map(|family| {
            let classes = None;
            (family.name(), Source::Synthetic { family, classes })
        });
        let csv = |path: PathBuf| Source::Csv {
            path,
            label: None,
            format: Default::default(),
        };
        let folder = TempDir::new().unwrap();
        let counts = folder.path().join("counts.csv");
        fs::write(&counts, table_of_counts()).unwrap();
        let home = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let loans = csv(home.join("sample_data/loan-approval.csv"));
        families
            .into_iter()
            .chain([("loans", loans), ("counts", csv(counts))])
            .map(|(name, source)| trained(name, source))
            .collect()
    })
}

/// Children from 0 to 5, visits from 1 to 12, an amount in cents, and a colour, of two classes.
fn table_of_counts() -> String {
    let mut table = "children,visits,amount,colour,label\n".to_owned();
    for i in 0..400_usize {
        let (children, visits, cents) = (i * 7 % 6, 1 + i * 5 % 12, i * 137 % 10_000);
        let colour = ["red", "green", "blue"][i * 11 % 3];
        let label = usize::from(2 * children + visits > 11 + i % 3);
        table += &format!(
            "{children},{visits},{}.{:02},{colour},{label}\n",
            cents / 100,
            cents % 100
        );
    }
    table
}

fn trained(name: &str, source: Source) -> Trained {
    let parameters = HyperParameters {
        samples: 300,
        counterfactuals: 20,
        epochs: EPOCHS,
        ..HyperParameters::default()
    };
    let mut run = Lockstep::new(Recipe::pair(source, Controls::new(parameters))).unwrap();
    for _ in 0..EPOCHS {
        run.train_epoch().unwrap();
    }
    let dataset = run.dataset().as_ref().clone();
    let mut constraints = run.constraints(1).clone();
    for (feature, domain) in dataset.features.iter().zip(&mut constraints.domain) {
        if let (None, Some(range)) = (feature.domain, feature.range) {
            *domain = feature.scale.interval(range);
        }
    }
    Trained {
        name: name.to_owned(),
        model: run.models()[1].clone(),
        constraints,
        dataset,
    }
}

/// What a user could ask.
#[derive(Clone)]
struct Question<'a> {
    trained: &'a Trained,
    features: Vec<Feature>,
    constraints: Constraints,
    threshold: f32,
}

impl<'a> Question<'a> {
    /// With random locks, and with a relation between two numbers if there are two.
    fn new(trained: &'a Trained, random: &mut impl Rng) -> Self {
        let mut constraints = trained.constraints.clone();
        let mut features = trained.dataset.features.clone();
        let whole: Vec<Mutability> = (0..features.len())
            .map(|_| Mutability::ALL[random.random_range(0..4)])
            .collect();
        let any = random.random_bool(0.7);
        for (position, mutability) in constraints.mutability.iter_mut().enumerate() {
            if any && random.random_bool(0.4) {
                *mutability = whole[position];
            }
        }
        let numbers: Vec<usize> = (0..features.len())
            .filter(|&position| features[position].is_number())
            .collect();
        if let [first, .., last] = numbers[..] {
            let (lower, upper) = match random.random_bool(0.5) {
                true => (first, last),
                false => (last, first),
            };
            let bound = AtMost {
                feature: features[upper].name.clone(),
                strict: random.random_bool(0.5),
            };
            features[lower].at_most = vec![bound];
        }
        Self {
            trained,
            features,
            constraints,
            threshold: random.random_range(0.5..0.95),
        }
    }

    fn recourse(&self) -> Recourse<'_> {
        let Trained { model, .. } = self.trained;
        Recourse::new(model, &self.features, &self.constraints, self.threshold).unwrap()
    }

    /// A test sample on its way to a class that the model does not predict.
    fn start(&self, random: &mut impl Rng) -> Start {
        let (test, model) = (&self.trained.dataset.test, &self.trained.model);
        let row = random.random_range(0..test.len());
        let factual = test.x.select(Axis(0), &[row]);
        let classes = self.trained.dataset.classes.len();
        let predicted = model.predict(factual.view())[0];
        let other = random.random_range(1..classes);
        let target = (predicted + other) % classes;
        Start::told(&self.features, factual.row(0).to_vec(), target)
    }

    /// Where a search ends.
    fn searched(&self, kind: GeneratorKind, start: &Start) -> Vec<f32> {
        let Trained { dataset, model, .. } = self.trained;
        let generator = Generator::fit(kind, &dataset.train, dataset.classes.len(), 1).unwrap();
        let parameters = SearchParameters {
            decision_threshold: self.threshold,
            max_steps: 40,
            step_size: 0.5,
            categories: Categories::Decoded,
            ..SearchParameters::default()
        };
        let search = Search {
            model,
            generator: &generator,
            constraints: &self.constraints,
            parameters: &parameters,
        };
        let shape = (1, start.factual.len());
        let factual = Array2::from_shape_vec(shape, start.factual.clone()).unwrap();
        let found = search.run(factual.view(), &[start.target]);
        found.points.row(0).to_vec()
    }

    /// That a person can have the values of `advice`, and that they do what it says.
    fn check(&self, start: &Start, advice: &Advice) {
        for (position, feature) in self.features.iter().enumerate() {
            let ends = [start.numbers[position], advice.values[position]];
            self.check_value(position, feature, ends);
        }
        let what = || {
            format!(
                "{}: {:?} → {:?}",
                self.trained.name, start.numbers, advice.values
            )
        };
        assert!(
            !self.constraints.violated(&start.factual, &advice.point),
            "{}",
            what()
        );
        assert!(
            advice.broken.is_empty() && self.relations_hold(start, advice),
            "{}",
            what()
        );
        for group in &self.constraints.groups {
            let is_category = |&position: &usize| self.features[position].is_category();
            let members = group.clone().filter(is_category);
            let chosen: f64 = members.map(|position| advice.values[position]).sum();
            assert_eq!(chosen, 1.0, "{}", what());
        }
        let told = self.features.iter().zip(&advice.values);
        let told = told.map(|(feature, &value)| match feature.is_category() {
            true => value as f32,
            false => feature.scale.to_model(value),
        });
        let told = Array2::from_shape_vec((1, self.features.len()), told.collect()).unwrap();
        let probability = self.trained.model.probabilities(told.view())[[0, start.target]];
        assert!(
            (probability - advice.probability).abs() < 1e-3,
            "{}",
            what()
        );
        assert_eq!(
            advice.mature,
            advice.probability >= self.threshold,
            "{}",
            what()
        );
    }

    fn check_value(&self, position: usize, feature: &Feature, [from, to]: [f64; 2]) {
        let what = || format!("{} {}: {from} → {to}", self.trained.name, feature.name);
        if from == to {
            return;
        }
        match (&feature.kind, feature.step) {
            (Kind::Category { .. }, _) => assert!(to == 0.0 || to == 1.0, "{}", what()),
            (Kind::Pixel, _) => {
                assert!(
                    to.fract() == 0.0 && (0.0..=255.0).contains(&to),
                    "{}",
                    what()
                );
            }
            (Kind::Numeric, Some(step)) => {
                let multiple = to / step;
                assert!((multiple - multiple.round()).abs() < 1e-6, "{}", what());
                assert!(step != 1.0 || to.fract() == 0.0, "{}", what());
            }
            (Kind::Numeric, None) => {}
        }
        if let Some([least, most]) = feature.range {
            assert!(
                least >= 0.0 && to >= 0.0,
                "a count of less than none: {}",
                what()
            );
            assert!(
                feature.domain.is_some() || (least..=most).contains(&to),
                "{}",
                what()
            );
        }
        match self.constraints.mutability[position] {
            Mutability::Both => {}
            Mutability::Increase => assert!(to > from, "{}", what()),
            Mutability::Decrease => assert!(to < from, "{}", what()),
            Mutability::None => assert_eq!(from, to, "locked: {}", what()),
        }
    }

    fn relations_hold(&self, start: &Start, advice: &Advice) -> bool {
        let holds = |values: &[f64], lower: usize, bound: &AtMost| {
            let named = |feature: &Feature| feature.name == bound.feature;
            let upper = self.features.iter().position(named).unwrap();
            match bound.strict {
                true => values[lower] < values[upper],
                false => values[lower] <= values[upper],
            }
        };
        self.features.iter().enumerate().all(|(lower, feature)| {
            let mut bounds = feature.at_most.iter();
            bounds.all(|bound| {
                !holds(&start.numbers, lower, bound) || holds(&advice.values, lower, bound)
            })
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_a_search_finds_is_brought_to_values_that_exist(
        place in 0..Family::ALL.len() + 2,
        seed in any::<u64>(),
        kind in prop::sample::select(&GeneratorKind::ALL[..]),
    ) {
        prop_assume!(kind != GeneratorKind::Revise || seed % 8 == 0);
        let mut random = stream(seed, Purpose::Data, 0);
        let question = Question::new(&all_trained()[place], &mut random);
        let start = question.start(&mut random);
        let found = question.searched(kind, &start);
        question.check(&start, &question.recourse().snap(&start, &found));
    }

    #[test]
    fn ways_consist_of_values_that_exist_and_reach_the_target(
        place in 0..Family::ALL.len() + 2,
        seed in any::<u64>(),
        most in 1..4_usize,
    ) {
        let mut random = stream(seed, Purpose::Data, 0);
        let question = Question::new(&all_trained()[place], &mut random);
        let start = question.start(&mut random);
        let wish = Wish { ways: 5, most: Some(most) };
        let recourse = question.recourse();
        let ways = recourse.ways(&start, &wish);
        prop_assert!(ways.advice.len() <= 5 && ways.advice.len() <= ways.exist);
        let lower = ways.lowered.map(|threshold| Question { threshold, ..question.clone() });
        for advice in &ways.advice {
            let advice = Advice { mature: true, ..advice.clone() };
            lower.as_ref().unwrap_or(&question).check(&start, &advice);
            prop_assert!((1..=most).contains(&advice.changes));
        }
    }
}

#[test]
fn there_is_advice_to_be_checked() {
    let mut random = stream(1, Purpose::Data, 0);
    let mut all = 0;
    for trained in all_trained() {
        let found = (0..40).filter(|_| {
            let question = Question::new(trained, &mut random);
            let start = question.start(&mut random);
            let end = question.searched(GeneratorKind::Generic, &start);
            let advice = question.recourse().snap(&start, &end);
            advice.mature && advice.changes > 0
        });
        let found = found.count();
        assert!(found >= 1, "{}: {found}", trained.name);
        all += found;
    }
    assert!(all >= 200, "{all}");
    let counts = all_trained().last().unwrap();
    let ranges: Vec<_> = counts.dataset.features.iter().map(|f| f.range).collect();
    assert_eq!(ranges[..2], [Some([0.0, 5.0]), Some([1.0, 12.0])]);
}
