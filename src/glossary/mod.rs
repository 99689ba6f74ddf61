//! The words on the screen: one table of every panel, row, parameter, mark and abbreviation.
//!
//! Help, completion, the `:set` command, the flags and the README's glossary are made from it.

mod marks;
mod panels;
mod parameters;
mod regimes;
mod rows;
mod terms;

use std::fmt;

/// What an entry explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A part of the screen.
    Panel,
    /// A line of a panel: a measure, a count, a term of the loss.
    Row,
    /// A hyper-parameter.
    Parameter,
    /// A glyph.
    Mark,
    /// A way to train, or to search counterfactuals.
    Regime,
    /// Any other word of the field.
    Term,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::Panel,
        Self::Row,
        Self::Parameter,
        Self::Mark,
        Self::Regime,
        Self::Term,
    ];

    /// Heading shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Panel => "Panels",
            Self::Row => "Rows",
            Self::Parameter => "Parameters",
            Self::Mark => "Marks",
            Self::Regime => "Regimes and generators",
            Self::Term => "Words",
        }
    }
}

/// What a word or a symbol on the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The word as it is written on the screen, or a parameter's name.
    pub name: &'static str,
    /// What it explains.
    pub kind: Kind,
    /// Symbols that stand for it, the usual one first.
    pub symbols: &'static [&'static str],
    /// Other words for it.
    pub synonyms: &'static [&'static str],
    /// Two or three plain sentences.
    pub text: &'static str,
    /// The formula; empty if there is none.
    pub formula: &'static str,
    /// Where the paper has it; empty if it doesn't.
    pub paper: &'static str,
}

impl Entry {
    const fn new(kind: Kind, name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            kind,
            symbols: &[],
            synonyms: &[],
            text,
            formula: "",
            paper: "",
        }
    }

    const fn symbols(mut self, symbols: &'static [&'static str]) -> Self {
        self.symbols = symbols;
        self
    }

    const fn synonyms(mut self, synonyms: &'static [&'static str]) -> Self {
        self.synonyms = synonyms;
        self
    }

    const fn formula(mut self, formula: &'static str) -> Self {
        self.formula = formula;
        self
    }

    const fn paper(mut self, paper: &'static str) -> Self {
        self.paper = paper;
        self
    }

    /// Everything that it is found by.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        let others = self.symbols.iter().chain(self.synonyms);
        std::iter::once(self.name).chain(others.copied())
    }

    /// Formula and place in the paper in one line; empty if there is neither.
    pub fn source(&self) -> String {
        let paper = match self.paper {
            "" => String::new(),
            paper => format!("paper: {paper}"),
        };
        let parts = [self.formula.to_owned(), paper];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }

    /// How well `query` names it: 0 for a whole key, more for less; none if it doesn't.
    fn rank(&self, query: &str) -> Option<u8> {
        let lower = query.to_lowercase();
        let keys: Vec<_> = self.keys().map(str::to_lowercase).collect();
        if self.keys().any(|key| key == query) {
            return Some(0);
        }
        let any = |fits: &dyn Fn(&str) -> bool| keys.iter().any(|key| fits(key));
        match () {
            () if any(&|key| key == lower) => Some(1),
            () if any(&|key| key.starts_with(&lower)) => Some(2),
            () if any(&|key| key.contains(&lower)) => Some(3),
            () if self.text.to_lowercase().contains(&lower) => Some(4),
            () => None,
        }
    }
}

impl fmt::Display for Entry {
    /// Symbols and name.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.symbols {
            [] => formatter.write_str(self.name),
            symbols => write!(formatter, "{}  {}", symbols.join(" "), self.name),
        }
    }
}

/// All entries, kind by kind.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    let tables = [
        panels::PANELS,
        rows::ROWS,
        parameters::PARAMETERS,
        marks::MARKS,
        regimes::REGIMES,
        terms::TERMS,
    ];
    tables.into_iter().flatten()
}

/// The entry that goes by `key`: its name, a symbol or a synonym; in any case of letters unless that
/// makes a difference, as between `T` and `t`.
pub fn find(key: &str) -> Option<&'static Entry> {
    let exact = || entries().find(|entry| entry.keys().any(|known| known == key));
    let loose = || entries().find(|entry| entry.rank(key) == Some(1));
    exact().or_else(loose)
}

/// The entry of the hyper-parameter that goes by `key`.
pub fn parameter(key: &str) -> Option<&'static Entry> {
    let of_parameters = || entries().filter(|entry| entry.kind == Kind::Parameter);
    let exact = of_parameters().find(|entry| entry.keys().any(|known| known == key));
    exact.or_else(|| of_parameters().find(|entry| entry.rank(key) == Some(1)))
}

/// Entries that have to do with `query`, the likeliest first.
pub fn search(query: &str) -> Vec<&'static Entry> {
    let query = query.trim();
    if query.is_empty() {
        return Vec::new();
    }
    let ranked = entries().filter_map(|entry| Some((entry.rank(query)?, entry)));
    let mut found: Vec<_> = ranked.collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, entry)| entry).collect()
}

#[cfg(test)]
mod tests;
