//! Who belongs together: categories of a column, or quantiles of its numbers.

use std::collections::BTreeMap;

use ndarray::{ArrayView2, Axis};

use super::columns::columns;
use crate::{
    data::{Feature, Kind},
    evaluation::bootstrap::quantile,
};

/// Most groups that are told apart; the smallest categories are put together.
const MOST: usize = 8;
/// The name of what is put together.
const OTHERS: &str = "all others";

/// What a column has for each row.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers.
    Numbers(Vec<Option<f64>>),
    /// Names of categories, and which of them each row has.
    Categories(Vec<String>, Vec<Option<usize>>),
}

/// A partition of rows by a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouping {
    /// The column.
    pub column: String,
    /// Names of the groups.
    pub names: Vec<String>,
    /// The group of each row, `(n,)`; none where the column has nothing.
    pub of: Vec<Option<usize>>,
    /// The group that the others are compared with: the lowest numbers, or the largest category.
    pub reference: usize,
    /// What the column has.
    pub values: Values,
}

impl Grouping {
    /// By the column of `features` that is called so, of the rows of `x`, `(n, d)`, in model units; numbers
    /// in up to `quantiles` groups. `None` if there is no such column.
    pub fn of_column(
        features: &[Feature],
        x: ArrayView2<'_, f32>,
        column: &str,
        quantiles: usize,
    ) -> Option<Self> {
        let (_, positions) = columns(features)
            .into_iter()
            .find(|(known, _)| known == column)?;
        let first = *positions.first()?;
        if !features[first].is_category() {
            let numbers = x.index_axis(Axis(1), first);
            let numbers = numbers
                .iter()
                .map(|&value| Some(features[first].told(value)));
            return Some(Self::of_numbers(column, numbers.collect(), quantiles));
        }
        let category = |position: &usize| match &features[*position].kind {
            Kind::Category { category, .. } => Some(category.clone()),
            Kind::Numeric | Kind::Pixel => None,
        };
        let text = |row: ndarray::ArrayView1<'_, f32>| {
            let present = positions.iter().find(|&&position| row[position] > 0.5);
            present.and_then(category)
        };
        let texts: Vec<Option<String>> = x.rows().into_iter().map(text).collect();
        Some(Self::of_categories(column, &texts))
    }

    /// By texts, which are taken for numbers if all are: up to `quantiles` groups of these.
    pub fn of_texts(column: &str, texts: &[Option<String>], quantiles: usize) -> Self {
        let number = |text: &Option<String>| match text {
            None => Some(None),
            Some(text) => (text.trim().parse::<f64>().ok())
                .filter(|number| number.is_finite())
                .map(Some),
        };
        let numbers: Option<Vec<Option<f64>>> = texts.iter().map(number).collect();
        match numbers {
            Some(numbers) => Self::of_numbers(column, numbers, quantiles),
            None => Self::of_categories(column, texts),
        }
    }

    /// By numbers: `quantiles` groups of about the same size, or one for each number if there are no
    /// more of them than that.
    pub fn of_numbers(column: &str, numbers: Vec<Option<f64>>, quantiles: usize) -> Self {
        let mut sorted: Vec<f64> = numbers.iter().flatten().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let mut distinct = sorted.clone();
        distinct.dedup();
        let mut edges: Vec<f64> = match distinct.len() <= quantiles {
            true => distinct.clone(),
            false => (1..=quantiles)
                .map(|part| quantile(&sorted, part as f64 / quantiles as f64))
                .collect(),
        };
        edges.dedup();
        let place = |number: f64| edges.partition_point(|&edge| edge < number);
        let mut ends: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
        for &number in &sorted {
            ends.entry(place(number)).or_insert([number; 2])[1] = number;
        }
        let places: Vec<usize> = ends.keys().copied().collect();
        let group = |number: f64| places.binary_search(&place(number)).ok();
        let names: Vec<String> = ends.values().map(|&ends| named(ends)).collect();
        let of: Vec<Option<usize>> = numbers
            .iter()
            .map(|number| number.and_then(group))
            .collect();
        Self {
            column: column.to_owned(),
            values: match distinct.len() <= quantiles {
                true => Values::Categories(names.clone(), of.clone()),
                false => Values::Numbers(numbers),
            },
            names,
            of,
            reference: 0,
        }
    }

    /// By categories, the largest first.
    pub fn of_categories(column: &str, texts: &[Option<String>]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in texts.iter().flatten() {
            *counts.entry(text).or_default() += 1;
        }
        let mut ordered: Vec<(&str, usize)> = counts.into_iter().collect();
        ordered.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let kept = match ordered.len() > MOST {
            true => MOST - 1,
            false => ordered.len(),
        };
        let mut names: Vec<String> = ordered.iter().map(|(name, _)| (*name).to_owned()).collect();
        let places: BTreeMap<&str, usize> = ordered
            .iter()
            .enumerate()
            .map(|(place, (name, _))| (*name, place.min(kept)))
            .collect();
        let of: Vec<Option<usize>> = texts
            .iter()
            .map(|text| places.get(text.as_deref()?).copied())
            .collect();
        if kept < names.len() {
            names.truncate(kept);
            names.push(OTHERS.to_owned());
        }
        Self {
            column: column.to_owned(),
            values: Values::Categories(names.clone(), of.clone()),
            names,
            of,
            reference: 0,
        }
    }
}

/// The name of the numbers between two ends.
fn named([least, most]: [f64; 2]) -> String {
    match least == most {
        true => least.to_string(),
        false => format!("{least} to {most}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<Option<String>> {
        let text = |text: &&str| (!text.is_empty()).then(|| (*text).to_owned());
        texts.iter().map(text).collect()
    }

    #[test]
    fn numbers_are_grouped_by_size() {
        let ages: Vec<String> = (20..50).map(|age| age.to_string()).collect();
        let ages: Vec<&str> = ages.iter().map(String::as_str).chain([""]).collect();
        let found = Grouping::of_texts("age", &texts(&ages), 3);
        assert_eq!(found.names, ["20 to 29", "30 to 39", "40 to 49"]);
        assert_eq!(
            (found.of[0], found.of[29], found.of[30]),
            (Some(0), Some(2), None)
        );
        let codes = Grouping::of_texts("code", &texts(&["1", "0", "1"]), 3);
        assert_eq!(
            (codes.names, codes.of),
            (
                vec!["0".into(), "1".into()],
                vec![Some(1), Some(0), Some(1)]
            )
        );
        let zeros: Vec<&str> = ["0"; 9]
            .into_iter()
            .chain(["5"])
            .chain(["7", "9", "8"])
            .collect();
        let gains = Grouping::of_texts("gain", &texts(&zeros), 3);
        assert_eq!(gains.names, ["0", "5 to 9"]);
        assert!(
            Grouping::of_texts("none", &texts(&[""]), 3)
                .names
                .is_empty()
        );
    }

    #[test]
    fn categories_are_grouped_by_name_the_smallest_together() {
        let found = Grouping::of_texts("sex", &texts(&["m", "f", "f", ""]), 3);
        assert_eq!(found.names, ["f", "m"]);
        assert_eq!(found.of, [Some(1), Some(0), Some(0), None]);
        let many: Vec<String> = (0..20).map(|i| format!("c{i:02}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let found = Grouping::of_texts("country", &texts(&many), 3);
        assert_eq!(
            (found.names.len(), found.names[7].as_str()),
            (8, "all others")
        );
        assert_eq!(found.of[19], Some(7));
    }
}
