//! What a section of a letter is made of: a model, the person, and those who got the decision.

use ndarray::{Array2, ArrayView2, Axis};

use super::{Common, Section, Way, words::rounded};
use crate::{
    data::{Feature, Mutability},
    model::{Mlp, most_likely},
    recourse::{
        Advice, Start,
        profile::{NEAR, alike},
    },
};

/// Ways that a letter tells at most.
const MOST_WAYS: usize = 3;

/// A model, and whom it decides about.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// Name of the model, for people.
    pub name: String,
    /// The model.
    pub model: &'a Mlp,
    /// The features that it takes.
    pub features: &'a [Feature],
    /// How each may change, `(d,)`.
    pub mutability: &'a [Mutability],
    /// The classes that it decides between.
    pub classes: &'a [String],
    /// Probability at which advice is good enough.
    pub threshold: f32,
    /// The person's values, and the class that is wished for.
    pub start: &'a Start,
    /// The rows that it learned from, `(n, d)`, and where they are from, if they are known.
    pub rows: Option<(ArrayView2<'a, f32>, String)>,
}

/// Those among some rows whom a model gives the class that is wished for.
struct Accepted<'a> {
    x: Array2<f32>,
    deviations: Vec<f32>,
    source: &'a str,
}

impl Case<'_> {
    /// What the model says, and the first of `told` as ways to the class that is wished for.
    pub fn section(&self, told: &[Advice]) -> Section {
        let (decided, certainty) = self.decided();
        let accepted = self.accepted();
        let target = self.start.target;
        let ways = told
            .iter()
            .filter(|advice| advice.changes > 0 || decided == target)
            .take(MOST_WAYS)
            .map(|advice| Way {
                profile: accepted.as_ref().map(|them| self.common(them, advice)),
                advice: advice.clone(),
            });
        Section {
            model: self.name.clone(),
            decided: self.classes[decided].clone(),
            certainty,
            wished: self.classes[target].clone(),
            threshold: self.threshold,
            ways: ways.collect(),
            mutability: self.mutability.to_vec(),
            start: self.start.clone(),
        }
    }

    /// The class that the person gets, and its probability.
    fn decided(&self) -> (usize, f32) {
        let factual = ArrayView2::from_shape((1, self.start.factual.len()), &self.start.factual);
        factual.map_or((0, f32::NAN), |factual| {
            let probabilities = self.model.probabilities(factual);
            let class = most_likely(probabilities.view())[0];
            (class, probabilities[[0, class]])
        })
    }

    fn accepted(&self) -> Option<Accepted<'_>> {
        let (x, source) = self.rows.as_ref()?;
        let predicted = self.model.predict(x.view());
        let accepted: Vec<usize> = (0..predicted.len())
            .filter(|&row| predicted[row] == self.start.target)
            .collect();
        Some(Accepted {
            x: x.select(Axis(0), &accepted),
            deviations: x.columns().into_iter().map(|c| c.std(0.0)).collect(),
            source,
        })
    }

    /// How common the profile is among them.
    fn common(&self, accepted: &Accepted<'_>, advice: &Advice) -> Common {
        let (features, deviations) = (self.features, &accepted.deviations);
        let changed: Vec<usize> = (0..features.len())
            .filter(|&i| advice.values[i] != self.start.numbers[i])
            .filter(|&i| !features[i].is_category() || advice.values[i] == 1.0)
            .collect();
        let within = |&position: &usize| {
            let feature = &features[position];
            let reach = f64::from(NEAR * deviations[position]) * feature.scale.factor_in_file();
            let unit = match feature.unit.is_empty() {
                true => String::new(),
                false => format!(" {}", feature.unit),
            };
            (feature.name.clone(), format!("{}{unit}", rounded(reach)))
        };
        let numbers = changed.iter().filter(|&&i| features[i].is_number());
        let (x, point) = (accepted.x.view(), &advice.point);
        Common {
            alike: alike(x, point, features, deviations, &changed),
            of: x.nrows(),
            source: accepted.source.to_owned(),
            within: numbers.map(within).collect(),
        }
    }
}
