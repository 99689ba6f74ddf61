//! Reading a lesson, with the line of every mistake.

mod recipe;
mod step;

use std::path::Path;

use toml::{Spanned, de::DeTable};

use super::{Lesson, LessonError, Place, library::named_after};
use crate::{
    dashboard::entries::{Mistake, inner, line_of, list, parsed, string, unknown},
    text::{concise, printable},
};

/// Largest file that is read.
pub(super) const MAX_BYTES: u64 = 1 << 20;
/// Most steps.
const MAX_STEPS: usize = 100;
/// Longest title and line about a lesson.
const MAX_LINE: usize = 100;

/// Entries outside of tables, and the tables.
const ENTRIES: [&str; 4] = ["title", "about", "recipe", "step"];

/// Where a place in the text is.
type Lines<'a> = &'a dyn Fn(&Place) -> usize;

/// The lesson that `text` spells.
pub(super) fn read(path: &Path, text: &str) -> Result<Lesson, LessonError> {
    let line = |place: &Place| line_of(text, place);
    let error = |(place, problem): Mistake| LessonError::Entry {
        path: path.to_owned(),
        line: line(&place),
        problem: concise(&problem),
    };
    let table = parsed(text).map_err(error)?;
    fill(path, table.get_ref(), &line).map_err(error)
}

fn fill(path: &Path, table: &DeTable<'_>, lines: Lines<'_>) -> Result<Lesson, Mistake> {
    let (mut title, mut about) = (None, String::new());
    let (mut plan, mut steps) = (None, Vec::new());
    for (key, value) in table.iter() {
        match key.get_ref().as_ref() {
            "title" => title = Some(short("title", value)?),
            "about" => about = short("about", value)?,
            "recipe" => {
                let table = inner("recipe", value)?;
                plan = Some(recipe::read(path, table, lines(&key.span()))?);
            }
            "step" => {
                for element in list("step", value, "tables")? {
                    let table = inner("[step]", element)?;
                    steps.push(step::read(table, lines, &element.span())?);
                }
            }
            _ => return Err(unknown(key, &ENTRIES)),
        }
    }
    let missing = |what: &str| (0..0, what.to_owned());
    let title = title.ok_or_else(|| missing("`title` is missing: write title = \"…\""))?;
    match steps.len() {
        0 => return Err(missing("there is no step: write [[step]] with say = \"…\"")),
        1..=MAX_STEPS => {}
        _ => return Err(missing(&format!("a lesson has at most {MAX_STEPS} steps"))),
    }
    Ok(Lesson {
        path: path.to_owned(),
        name: named_after(path),
        plan: match plan {
            Some(plan) => plan,
            None => recipe::read(path, &DeTable::new(), 1)?,
        },
        title,
        about,
        steps,
    })
}

/// One line.
fn short(name: &str, value: &Spanned<toml::de::DeValue<'_>>) -> Result<String, Mistake> {
    let text = string(name, value)?;
    match text.chars().count() {
        0..=MAX_LINE => Ok(printable(text).into_owned()),
        _ => Err((
            value.span(),
            format!("`{name}` has at most {MAX_LINE} characters"),
        )),
    }
}
