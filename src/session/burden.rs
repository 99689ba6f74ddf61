//! What recourse costs groups of the test samples, by every arm.

use super::Lockstep;
use crate::{
    audit::{Finding, Settings, Side, audit, columns, grouping::Grouping, protected},
    counterfactual::{Categories, SearchParameters},
    data::image,
    recourse::Start,
};

/// Most people of a group who are searched for while one looks on.
const SEARCHED: usize = 100;
/// Most test samples from which proxies are told.
const ROWS: usize = 2000;
/// Groups that numbers are divided into.
const QUANTILES: usize = 3;

/// By what people are grouped, and what they wish for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BurdenView {
    /// The column; the first of [`Burdens::columns`] if there is none of that name.
    pub column: Option<String>,
    /// The class; the last one if there is no such class.
    pub target: Option<usize>,
}

/// What is known of the groups of one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Burdens {
    /// What was asked for.
    pub view: BurdenView,
    /// The columns by which one can group, those that an arm may not change both ways first; none of
    /// images.
    pub columns: Vec<String>,
    /// The one that was looked at.
    pub column: String,
    /// The epoch whose weights were measured; 0 before the first measurement.
    pub epoch: usize,
    /// The class that people wish for.
    pub target: usize,
    /// Most people of a group who were searched for.
    pub searched: usize,
    /// What was found; nothing where there are no groups.
    pub finding: Option<Finding>,
    /// Why nothing could be measured, although there are groups.
    pub problem: Option<String>,
}

impl Burdens {
    /// Audits all arms.
    pub fn measure(run: &Lockstep, view: &BurdenView) -> Self {
        let dataset = run.dataset();
        let columns = columns(run);
        let last = dataset.classes.len().saturating_sub(1);
        let column = (view.column.as_ref())
            .filter(|column| columns.contains(column))
            .or(columns.first());
        let mut burdens = Self {
            view: view.clone(),
            column: column.cloned().unwrap_or_default(),
            epoch: run.epoch(),
            target: view.target.filter(|target| *target <= last).unwrap_or(last),
            searched: SEARCHED,
            columns,
            ..Self::default()
        };
        let x = dataset.test.x.view();
        let grouping = Grouping::of_column(&dataset.features, x, &burdens.column, QUANTILES);
        match grouping.filter(|grouping| grouping.names.len() > 1) {
            None => {}
            Some(grouping) => match found(run, &grouping, burdens.target) {
                Ok(finding) => burdens.finding = finding,
                Err(problem) => burdens.problem = Some(problem),
            },
        }
        burdens
    }
}

fn found(run: &Lockstep, grouping: &Grouping, target: usize) -> Result<Option<Finding>, String> {
    let dataset = run.dataset();
    let start = |row: usize, target: usize| {
        Start::told(&dataset.features, dataset.test.x.row(row).to_vec(), target)
    };
    let side = |arm: usize| {
        Some(Side {
            name: run.recipe().arms[arm].name.clone(),
            model: run.models()[arm],
            features: &dataset.features,
            constraints: run.constraints(arm),
            generator: run.generator(arm)?,
            parameters: SearchParameters {
                categories: Categories::Decoded,
                ..run.applied(arm).controls.parameters.search()
            },
            x: dataset.test.x.view(),
            start: &start,
        })
    };
    let sides: Option<Vec<Side<'_>>> = (0..run.arms()).map(side).collect();
    let sides = sides.ok_or("a generator has to learn from the data first")?;
    let settings = Settings {
        target,
        most: SEARCHED,
        rows: ROWS,
        seed: run.recipe().seed(),
    };
    let audited = audit(&sides, std::slice::from_ref(grouping), &settings);
    let audited = audited.map_err(|error| error.to_string())?;
    Ok(audited.findings.into_iter().next())
}

/// The columns by which one can group: first those that some arm may not change both ways.
fn columns(run: &Lockstep) -> Vec<String> {
    let features = &run.dataset().features;
    if image::shape(features).is_some() {
        return Vec::new();
    }
    let held =
        (0..run.arms()).flat_map(|arm| protected(features, &run.constraints(arm).mutability));
    let free = columns::columns(features).into_iter().map(|(name, _)| name);
    let mut seen = std::collections::BTreeSet::new();
    held.chain(free)
        .filter(|name| seen.insert(name.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        audit::burden::Measure,
        data::Mutability,
        recipe::{Controls, Recipe},
        training::Preset,
    };

    #[test]
    fn groups_of_the_test_samples_are_audited_by_every_arm() {
        let preset = Preset::find("moon").unwrap();
        let mut parameters = preset.parameters();
        (parameters.samples, parameters.counterfactuals) = (400, 20);
        let source = preset.source(None).unwrap();
        let mut run = Lockstep::new(Recipe::pair(source, Controls::new(parameters))).unwrap();
        run.train_epoch().unwrap();
        let mut controls = run.applied(1).controls.clone();
        controls.mutability = vec![Mutability::Both, Mutability::None];
        run.change(1, &controls).unwrap();
        let burdens = Burdens::measure(&run, &BurdenView::default());
        assert_eq!(burdens.columns, ["x2", "x1"], "the protected one is first");
        assert_eq!((burdens.column.as_str(), burdens.target), ("x2", 1));
        let finding = burdens.finding.unwrap();
        assert_eq!((finding.burdens.len(), finding.groups.len()), (2, 3));
        for group in &finding.burdens[0].groups {
            assert!(group.searched <= SEARCHED && group.refused <= group.rows);
            assert!((0.0..=1.0).contains(&group.measure(Measure::WithRecourse).value));
        }
        let wish = |column: &str, target| {
            let view = BurdenView {
                column: Some(column.into()),
                target: Some(target),
            };
            Burdens::measure(&run, &view)
        };
        let other = wish("x1", 0);
        assert_eq!((other.column.as_str(), other.target), ("x1", 0));
        assert_ne!(other.finding, wish("x1", 1).finding);
        let strange = wish("no such column", 9);
        assert_eq!((strange.column.as_str(), strange.target), ("x2", 1));
    }
}
