//! ctui: see counterfactual training.
//!
//! *Counterfactual training* (Altmeyer et al., arXiv 2601.16205) makes a classifier answer for the
//! quality of its explanations. This crate trains with it, measures it, and shows it live.
//!
//! The data flows one way, and so do the imports: a module uses only those above it.
//!
//! | module | what it does |
//! |---|---|
//! | [`text`] | text of others, for people to read |
//! | [`plot`] | ranges with round ticks, and lines between classes |
//! | [`xml`] | elements of SVG and HTML, well-formed |
//! | [`random`] | one generator, one stream per purpose |
//! | [`halt`] | a wish to stop, which long work looks at |
//! | [`shell`] | words that are safe to paste into a shell |
//! | [`files`] | files that appear whole or not at all |
//! | [`glossary`] | what the words on the screen mean |
//! | [`data`] | data sets, where they come from, and their features |
//! | [`model`] | the classifier, differentiated by dfdx |
//! | [`counterfactual`] | the search for counterfactuals (Eq. 1) |
//! | [`training`] | hyper-parameters, objective (Eq. 2), epoch (Alg. 1) |
//! | [`evaluation`] | what a model and its counterfactuals are worth |
//! | [`recourse`] | advice that a person can act on |
//! | [`audit`] | who bears the cost of recourse, and what stands in for a protected feature |
//! | [`recipe`] | everything that determines a run |
//! | [`learner`] | one arm in training |
//! | [`session`] | the worker thread: commands in, snapshots out |
//! | [`run`] | training without a display, and its directory |
//! | [`paper`] | the paper's tables, trained and measured anew |
//! | [`lesson`] | statements that lessons make, and their text |
//! | [`sweep`] | grids of runs, on one machine or many |
//! | [`handout`] | a page about a run, to hand out |
//! | [`dashboard`] | both arms side by side on a terminal, live |
//! | [`cli`] | the command line |
//!
//! The last two need the feature `terminal`, which is on by default; without it, the library is the
//! engine alone. Training with counterfactuals on a table, and what one applicant would have to
//! change:
//!
//! ```
//! use ctui::{data::Source, recipe::Recipe, run::train};
//!
//! let data = Source::file("sample_data/loan.csv".as_ref(), None);
//! let trained = train(&Recipe::of(data), &mut [])?;
//! let (features, factual) = (&trained.dataset.features, trained.dataset.test.select(&[0]));
//! let found = trained.first().search().run(factual.x.view(), &[1 - factual.y[0]]);
//! for ((feature, from), to) in features.iter().zip(&factual.x).zip(&found.points) {
//!     if from != to {
//!         let [from, to] = [from, to].map(|&value| feature.scale.to_file(value));
//!         println!("{}: {from:.1} → {to:.1} {}", feature.name, feature.unit);
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod ascii;
pub mod audit;
mod choices;
#[cfg(feature = "terminal")]
pub mod cli;
pub mod counterfactual;
#[cfg(feature = "terminal")]
pub mod dashboard;
pub mod data;
pub mod evaluation;
pub mod files;
pub mod glossary;
pub mod halt;
pub mod handout;
pub mod learner;
pub mod lesson;
pub mod math;
pub mod model;
pub mod paper;
pub mod plot;
pub mod random;
pub mod recipe;
pub mod recourse;
pub mod run;
pub mod session;
pub mod shell;
pub mod sweep;
pub mod text;
pub mod training;
pub mod xml;
