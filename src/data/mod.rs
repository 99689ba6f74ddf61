//! Data sets: features, samples, where they come from, and how they are read and written.
//!
//! Everything below this module works in *model units* (what the classifier sees). A feature's
//! [`Scale`] turns them into the units of the file and back.
//!
//! A [`Source`] says where a data set comes from: a formula ([`synthetic`]), a file ([`csv`]), or images
//! ([`idx`]). A CSV file is read as a [`Table`] in file units; [`prepare`] splits it, and [`encode`] scales it and
//! turns text into one-hot groups, as its [`Schema`] says.

pub mod benchmark;
mod bytes;
pub mod constrain;
pub mod csv;
mod dataset;
pub mod describe;
mod digest;
pub mod drawing;
pub mod encode;
mod error;
mod feature;
mod format;
pub mod groups;
pub mod idx;
pub mod image;
pub mod metadata;
mod missing;
pub mod nearest;
pub mod observed;
pub mod prepare;
mod relation;
mod rows;
pub mod scaling;
mod schema;
pub mod schema_text;
mod source;
pub mod split;
pub mod synthetic;
pub mod table;

pub use benchmark::Benchmark;
pub use bytes::{is_keyboard, is_standard_input};
pub use csv::canonical;
pub use dataset::{Dataset, Samples, domains, rows_at_once, select_rows};
pub use drawing::{Canvas, Drawing, DrawnPoint};
pub use error::DataError;
pub use feature::{AtMost, Feature, Interval, Kind, Mutability, Scale};
pub use format::{Decimal, TableFormat};
pub use missing::Missing;
pub use prepare::Loaded;
pub use relation::{Relation, Relations};
pub use rows::{Expected, Rows};
pub use schema::{FeatureSchema, Median, Schema, Threshold, ValueKind};
pub use source::Source;
pub use split::Balance;
pub use synthetic::{Draw, Family};
pub use table::Table;
