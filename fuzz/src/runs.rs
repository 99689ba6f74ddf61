//! Readers of what determines runs, and of what has come out of them.

use ctui::{
    recipe::Recipe,
    run::metrics,
    sweep::{CellResult, Spec},
};

use super::text;

/// Most combinations of a sweep that are all made.
const FEW: usize = 500;

/// The lines that a run writes, one per epoch and arm.
pub fn metrics(bytes: &[u8]) {
    let arms = ["BL".to_owned(), "CT".to_owned()];
    let lines = |bytes: &[u8]| metrics::read(bytes, usize::MAX, &arms);
    let found = lines(bytes);
    assert!(found.is_ok(), "bytes in memory cannot be read");
    let (end, reports) = found.unwrap_or_default();
    assert!(end <= bytes.len() as u64);
    let write = |reports: &[Vec<_>]| -> Vec<u8> {
        let of = |(arm, reports): (&String, &Vec<_>)| -> Vec<u8> {
            let lines = reports
                .iter()
                .filter_map(|report| metrics::line(Some(arm), report).ok());
            lines.flatten().collect()
        };
        arms.iter().zip(reports).flat_map(of).collect()
    };
    let written = write(&reports);
    let again = lines(&written).map(|(_, reports)| write(&reports));
    assert!(
        again.is_ok_and(|again| again == written),
        "reports are others"
    );
}

/// What came out of a cell of a sweep.
pub fn cell(bytes: &[u8]) {
    let Ok(result) = serde_json::from_slice::<CellResult>(bytes) else {
        return;
    };
    let again = serde_json::to_vec(&result).and_then(|bytes| serde_json::from_slice(&bytes));
    assert!(
        again.is_ok_and(|again: CellResult| again == result),
        "a result is another one"
    );
}

/// What determines a run.
pub fn recipe(bytes: &[u8]) {
    let Some(Ok(recipe)) = text(bytes).map(Recipe::from_json) else {
        return;
    };
    let written = serde_json::to_string(&recipe);
    assert!(written.is_ok(), "a recipe cannot be written");
    let again = Recipe::from_json(&written.unwrap_or_default());
    assert_eq!(again.ok(), Some(recipe));
}

/// The file of a sweep.
pub fn sweep(bytes: &[u8]) {
    let Some(Ok(spec)) = text(bytes).map(Spec::parse) else {
        return;
    };
    let product = |block: &ctui::sweep::Axes| block.values().map(Vec::len).product::<usize>();
    let count: usize = spec.blocks.iter().map(product).sum();
    if count <= FEW {
        let found = spec.combinations().map(|found| found.len());
        assert!(
            found.is_ok_and(|found| found <= count),
            "combinations are missing"
        );
    }
}
