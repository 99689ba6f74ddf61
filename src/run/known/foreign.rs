//! What is known of a model of another program: what a file to learn from says.

use super::{Given, Imported, Known, unusable};
use crate::{
    data::{Feature, Rows, image, observed::observe},
    run::RunError,
};

impl Imported {
    /// Takes the features from the training file, or else from the rows to be explained.
    pub(super) fn foreign(&self, given: &Given<'_>) -> Result<Known, RunError> {
        let source = given.train.unwrap_or(given.data);
        let classes: Vec<String> = (0..self.model.classes())
            .map(|class| class.to_string())
            .collect();
        let mut rows = self.background(source, None, &classes)?;
        self.check_width(&rows)?;
        let mut notes = Vec::new();
        if let Some(scaling) = given.scaling {
            notes.extend(scaling.apply(&mut rows.features)?);
            rows = self.background(source, Some(&rows.features), &classes)?;
        }
        match given.train {
            Some(_) => notes.extend(told_by(&rows)),
            None => notes.extend(inferred(&rows)),
        }
        Ok(Known {
            model: self.model.clone(),
            observed: observe(rows.x.view()),
            features: rows.features,
            classes,
            notes,
        })
    }

    /// Refuses rows that the model cannot take.
    fn check_width(&self, rows: &Rows) -> Result<(), RunError> {
        let (found, wanted) = (rows.features.len(), self.model.inputs());
        if found == wanted {
            return Ok(());
        }
        let path = rows.path.display();
        let problem = match image::shape(&rows.features) {
            Some((height, width)) => format!(
                "it takes {wanted} features, but {path} has images of {height} by {width} pixels; give it images of its size"
            ),
            None => {
                let names: Vec<_> = rows.features.iter().take(12).map(|f| &*f.name).collect();
                let more = if found > names.len() { ", …" } else { "" };
                format!(
                    "it takes {wanted} features, but {path} has {found} ({}{more}); give it the columns it was trained with, and name the label column with --label",
                    names.join(", "),
                )
            }
        };
        Err(unusable(&self.path, problem))
    }
}

/// What reading the training file gave to remark on.
fn told_by(rows: &Rows) -> Vec<String> {
    let path = rows.path.display();
    let notes = rows.notes.iter();
    notes.map(|note| format!("{path}: {note}")).collect()
}

/// What had to be inferred from the rows to be explained.
fn inferred(rows: &Rows) -> Option<String> {
    let open = |feature: &&Feature| feature.domain.is_none();
    let unbounded = rows.features.iter().filter(open).count();
    let grouped = rows.features.iter().any(|feature| !feature.is_number());
    let what = match (unbounded, grouped) {
        (0, false) => return None,
        (_, false) => "bounds and whole numbers",
        (_, true) => "bounds, whole numbers and categories",
    };
    Some(format!(
        "its file says nothing of its features; {what} were inferred from the {} rows of {}; --train names the file that it was trained with, and a schema beside the data may say more",
        rows.x.nrows(),
        rows.path.display()
    ))
}
