//! A letter to the person whom a decision is about: what was decided, what would change it, and what
//! cannot be promised. One page of HTML that needs nothing else, in plain words and the units of the
//! file.

mod case;
mod html;
mod paper;
mod words;

pub use case::Case;

use crate::data::{Feature, Kind, Mutability};

use super::{Advice, Start};

/// Everything that a letter says.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// What the letter is about, such as `row 3 of applicants.csv`.
    pub subject: String,
    /// The features that the models take.
    pub features: &'a [Feature],
    /// One section per model.
    pub sections: Vec<Section>,
}

/// What one model says.
#[derive(Clone, Debug)]
pub struct Section {
    /// Name of the model, for people.
    pub model: String,
    /// The class that it decided for.
    pub decided: String,
    /// How certain it is of that, from 0 to 1.
    pub certainty: f32,
    /// The class that is wished for.
    pub wished: String,
    /// Probability of that class at which advice is good enough.
    pub threshold: f32,
    /// The person's values.
    pub start: Start,
    /// Ways to the class that is wished for; none if there are none.
    pub ways: Vec<Way>,
    /// How each feature was allowed to change, `(d,)`.
    pub mutability: Vec<Mutability>,
}

/// A way to another decision.
#[derive(Clone, Debug)]
pub struct Way {
    /// What would be otherwise.
    pub advice: Advice,
    /// How common such a profile is, if it can be said.
    pub profile: Option<Common>,
}

/// How common a profile is among those who got the decision.
#[derive(Clone, Debug)]
pub struct Common {
    /// Cases that are alike.
    pub alike: usize,
    /// All cases with that decision.
    pub of: usize,
    /// Where these cases are from, such as `train.csv`.
    pub source: String,
    /// Largest difference that counts as alike, of each number that changes: column and difference in
    /// units of the file.
    pub within: Vec<(String, String)>,
}

/// What does not fit on a sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{changes} columns would have to change, which is more than a letter of one page can tell")]
pub struct TooLong {
    /// Columns that the longest way changes.
    pub changes: usize,
}

/// A change, in words.
struct Change<'a> {
    column: &'a str,
    description: &'a str,
    now: String,
    instead: String,
}

impl Letter<'_> {
    /// The letter as a page of HTML that is printed on one sheet of A4. Ways are left out from the last
    /// one on until it is; each section keeps its first.
    ///
    /// # Errors
    /// [`TooLong`] if the first ways alone fill more than a sheet.
    pub fn html(&self) -> Result<String, TooLong> {
        let mut letter = self.clone();
        loop {
            let page = html::page(&letter);
            if paper::lines(&page) <= paper::SHEET {
                return Ok(page);
            }
            let longest = (letter.sections.iter_mut())
                .filter(|section| section.ways.len() > 1)
                .max_by_key(|section| section.ways.len());
            match longest {
                Some(section) => drop(section.ways.pop()),
                None => return Err(letter.too_long()),
            }
        }
    }

    /// What the sections say, for a page of something larger: HTML under headings of `level`, well-formed,
    /// of any length.
    pub fn told(&self, level: u8) -> String {
        html::told(self, level)
    }

    fn too_long(&self) -> TooLong {
        let ways = self.sections.iter().flat_map(|section| &section.ways);
        TooLong {
            changes: ways.map(|way| way.advice.changes).max().unwrap_or(0),
        }
    }

    /// What changes on a way, column by column.
    fn changes(&self, section: &Section, way: &Way) -> Vec<Change<'_>> {
        let mut changes: Vec<Change<'_>> = Vec::new();
        for (position, feature) in self.features.iter().enumerate() {
            let before = section.start.numbers[position];
            let after = way.advice.values[position];
            if before == after {
                continue;
            }
            match &feature.kind {
                Kind::Category { group, category } => {
                    let place = changes.iter().position(|change| change.column == group);
                    let place = place.unwrap_or_else(|| {
                        changes.push(Change {
                            column: group,
                            description: &feature.description,
                            now: "another one".into(),
                            instead: String::new(),
                        });
                        changes.len() - 1
                    });
                    match after > before {
                        true => changes[place].instead.clone_from(category),
                        false => changes[place].now.clone_from(category),
                    }
                }
                Kind::Numeric | Kind::Pixel => changes.push(Change {
                    column: &feature.name,
                    description: &feature.description,
                    now: words::amount(before, &feature.unit),
                    instead: words::amount(after, &feature.unit),
                }),
            }
        }
        changes
    }
}
