//! One code for a whole session: `ctui1:…`, to be pasted, typed or photographed.
//!
//! A code is `ctui1:` and, in base64url, a checksum of four bytes and a deflated JSON text. The text has
//! the recipe, as far as it differs from the data's defaults, the epoch that is shown, and what the
//! screen looks like. Decoding is bounded whatever is decoded.

pub mod envelope;
mod pack;

use qrcode::{Color as Module, EcLevel, QrCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    action::Panel,
    state::{boundary, inspector},
};
use crate::{
    data::{DataError, Source},
    recipe::Recipe,
};

pub use envelope::is_code;

/// Most drawn points that a code takes.
pub const MAX_POINTS: usize = 2000;
/// Largest epoch that a code leads to.
const MAX_EPOCH: usize = 100_000;
/// Digits of a file's digest that a code has.
const DIGITS: usize = 16;

/// Why a code cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    /// It does not begin like a code.
    #[error("this is no code of ctui; codes begin with ctui1:")]
    NoCode,
    /// It was made by a later version.
    #[error("this code is of version {0}, but this ctui reads version 1; a newer ctui opens it")]
    Newer(u32),
    /// It is too long, or its content is.
    #[error("this code is too long to be one of ctui")]
    Long,
    /// Characters are missing or wrong.
    #[error("this code is damaged: copy it as a whole, from ctui1: to its end")]
    Damaged,
    /// What it holds is no session.
    #[error("this code holds nothing that can be opened: {0}")]
    Content(String),
    /// It is about a file that is not here.
    #[error("this code needs the file {path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A session is too large for a code.
    #[error("{0}; :save DIR keeps everything")]
    Large(String),
}

/// What the screen looks like.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// The focused arm.
    #[serde(rename = "a", skip_serializing_if = "is_default")]
    pub arm: usize,
    /// The focused panel.
    #[serde(rename = "f", skip_serializing_if = "Option::is_none")]
    pub focus: Option<Panel>,
    /// Whether it has the whole screen.
    #[serde(rename = "z", skip_serializing_if = "is_default")]
    pub zoomed: bool,
    /// Panels that are not shown.
    #[serde(rename = "h", skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<Panel>,
    /// What is drawn of the boundary.
    #[serde(rename = "b", skip_serializing_if = "is_default")]
    pub boundary: boundary::State,
    /// The inspected sample.
    #[serde(rename = "i", skip_serializing_if = "is_default")]
    pub inspector: inspector::State,
}

/// A session as it is shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// What reproduces it.
    pub recipe: Recipe,
    /// The epoch that is shown.
    pub epoch: usize,
    /// What the screen looks like.
    pub look: Look,
    /// The lesson that is played, and its step from 0.
    pub lesson: Option<(String, usize)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    #[serde(rename = "r")]
    recipe: Value,
    #[serde(rename = "e", default, skip_serializing_if = "is_default")]
    epoch: usize,
    #[serde(rename = "l", default, skip_serializing_if = "is_default")]
    look: Look,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    lesson: Option<(String, usize)>,
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Shared {
    /// The code of this session.
    ///
    /// # Errors
    /// [`ShareError::Large`] for too many drawn points or changes, [`ShareError::File`] if a file of
    /// the data cannot be read.
    pub fn encode(&self) -> Result<String, ShareError> {
        let points = self.recipe.drawing.points().len();
        if points > MAX_POINTS {
            let text = format!("a code takes {MAX_POINTS} drawn points, and these are {points}");
            return Err(ShareError::Large(text));
        }
        let stored = Stored {
            recipe: pack::pack(&self.recipe)?,
            epoch: self.epoch,
            look: self.look.clone(),
            lesson: self.lesson.clone(),
            digest: digest(&self.recipe.source)?,
        };
        let text = serde_json::to_string(&stored).map_err(content)?;
        envelope::close(text.as_bytes())
    }

    /// The session of a code.
    ///
    /// # Errors
    /// [`ShareError`] for anything that is none; what it may take of memory and time is bounded.
    pub fn decode(code: &str) -> Result<Self, ShareError> {
        let text = envelope::open(code)?;
        let stored: Stored = serde_json::from_slice(&text).map_err(content)?;
        let recipe = pack::unpack(stored.recipe)?;
        if recipe.drawing.points().len() > MAX_POINTS || stored.epoch > MAX_EPOCH {
            return Err(ShareError::Long);
        }
        let shared = Self {
            recipe,
            epoch: stored.epoch,
            look: stored.look,
            lesson: stored.lesson,
        };
        shared.with_digest(stored.digest.as_deref())
    }

    /// This session, if its files are those that the code was made with.
    fn with_digest(self, wanted: Option<&str>) -> Result<Self, ShareError> {
        if matches!(self.recipe.source, Source::Synthetic { .. }) {
            return Ok(self);
        }
        match digest(&self.recipe.source)?.as_deref() == wanted {
            true => Ok(self),
            false => Err(ShareError::File {
                path: name(&self.recipe.source),
                reason:
                    "the file here has another content than the one that the code was made with"
                        .into(),
            }),
        }
    }
}

/// The beginning of the digest of a source's files; none for a formula.
fn digest(source: &Source) -> Result<Option<String>, ShareError> {
    if matches!(source, Source::Synthetic { .. }) {
        return Ok(None);
    }
    let refused = |error: DataError| ShareError::File {
        path: name(source),
        reason: format!("put it there, and open the code in this folder ({error})"),
    };
    let digits = source.digest().map_err(refused)?;
    Ok(Some(digits.chars().take(DIGITS).collect()))
}

/// The file that a source is in.
fn name(source: &Source) -> String {
    source
        .path()
        .map_or_else(|| source.title(), |path| path.display().to_string())
}

/// A code as cameras read it, row by row from the top, `true` where it is dark; none if it is too long.
pub fn picture(code: &str) -> Option<Vec<Vec<bool>>> {
    let picture = QrCode::with_error_correction_level(code, EcLevel::L).ok()?;
    let modules = picture.to_colors();
    let rows = modules.chunks(picture.width());
    let dark = |row: &[Module]| row.iter().map(|module| *module == Module::Dark).collect();
    Some(rows.map(dark).collect())
}

fn content(error: impl std::fmt::Display) -> ShareError {
    ShareError::Content(crate::text::concise(&error.to_string()))
}

#[cfg(test)]
mod tests;
