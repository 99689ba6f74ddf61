//! A sweep that is looked at: its table, what matters in it, and a heat map.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    dashboard::{
        action::SweepLook,
        widgets::{middle, width},
    },
    files::expand_home,
    recipe::Recipe,
    sweep::{Column, Effect, Group, HeatMap, Overview, Protocol, Resolver, Score, Settings, Store},
    training::Objective,
};

/// Time between two looks at the folder.
const REFRESH: Duration = Duration::from_secs(1);
/// Most columns of the screen that a column of the table takes.
const WIDEST: u16 = 24;

/// What is finished of a sweep, with the text of every cell of its table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Combinations and columns.
    pub overview: Overview,
    /// Texts by combination and column.
    pub texts: Vec<Vec<String>>,
    /// Columns of the screen that each column takes.
    pub widths: Vec<u16>,
}

impl Table {
    /// The table of `overview`.
    pub fn new(overview: Overview) -> Self {
        let columns = &overview.columns;
        let texts: Vec<Vec<String>> = (overview.groups.iter())
            .map(|group| {
                let texts = columns.iter().map(|column| column.text(group));
                texts.map(|text| middle(&text, WIDEST)).collect()
            })
            .collect();
        let widest = |(at, column): (usize, &Column)| {
            let texts = texts.iter().map(|row: &Vec<String>| width(&row[at]));
            let title = width(&column.title()).min(WIDEST) + 2;
            texts.max().unwrap_or(0).max(title)
        };
        Self {
            widths: columns.iter().enumerate().map(widest).collect(),
            texts,
            overview,
        }
    }

    /// Reads the sweep in the folder that the user called `typed`.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(typed: &Path) -> Result<Self, String> {
        let store = Store::open(&expand_home(typed));
        let overview = store.and_then(|store| Overview::read(&store));
        overview.map(Self::new).map_err(|error| error.to_string())
    }
}

/// A combination of which the recipe is wished for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// The sweep's folder as the user typed it.
    pub typed: PathBuf,
    /// The combination.
    pub settings: Settings,
    /// Its seed.
    pub seed: u64,
}

impl Wish {
    /// The run of the cell: a baseline, and beside it what the cell trains.
    ///
    /// # Errors
    /// Which setting makes no sense, or why the data cannot be had.
    pub fn recipe(&self) -> Result<Recipe, String> {
        let cell = Resolver::default().resolve(&self.settings, self.seed, &[], Protocol::default());
        let recipe = cell.map_err(|error| error.to_string())?.recipe;
        let controls = recipe.reference().controls.clone();
        Ok(match controls.parameters.objective {
            Objective::Vanilla => recipe,
            _ => Recipe::pair(recipe.source, controls),
        })
    }
}

/// What is shown of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// A row per combination.
    #[default]
    Table,
    /// What each parameter does.
    Effects,
    /// A score over two parameters.
    Map,
}

impl View {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Table, Self::Effects, Self::Map];

    /// Its heading.
    pub fn title(self) -> &'static str {
        ["Table", "Main effects", "Heat map"][self as usize]
    }
}

/// What is looked at, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The folder as the user typed it.
    pub typed: PathBuf,
    /// What is finished, once it was read.
    pub table: Option<Box<Table>>,
    /// Why it cannot be read.
    pub problem: Option<String>,
    /// What is shown.
    pub view: View,
    /// What the table is sorted by.
    pub sort: Option<Column>,
    /// Whether the largest are first.
    pub reversed: bool,
    /// Positions of the combinations, in the order of the table.
    pub order: Vec<usize>,
    /// The selected row of the table.
    pub selected: usize,
    /// First line that is shown of the others.
    pub scroll: usize,
    /// What effects and heat map are about.
    pub score: Option<Score>,
    /// What each parameter does to that, the one that matters most first.
    pub effects: Vec<Effect>,
    /// Parameters of the heat map: of its rows, of its columns.
    pub axes: [Option<String>; 2],
    /// The heat map, where there are two parameters.
    pub map: Option<HeatMap>,
    /// When the folder is looked at again.
    pub due: Option<Duration>,
    /// Whether somebody has to read the folder.
    pub wanted: bool,
    /// The combination that is being opened.
    pub opening: Option<Wish>,
    /// The combination that somebody has to resolve.
    pub wish: Option<Wish>,
}

impl State {
    /// Of the sweep in the folder that the user called `typed`.
    pub fn new(typed: PathBuf) -> Self {
        Self {
            typed,
            wanted: true,
            ..Self::default()
        }
    }

    /// Takes over what is finished by `now`; the selected combination stays selected.
    pub fn arrive(&mut self, read: Result<Table, String>, now: Duration) {
        self.due = Some(now + REFRESH);
        match read {
            Err(problem) => self.problem = Some(problem),
            Ok(table) => {
                let selected = self.selected_group().map(|(settings, _)| settings);
                (self.table, self.problem) = (Some(Box::new(table)), None);
                self.renew();
                let groups = self.table.as_ref().map(|table| &table.overview.groups);
                let same = |at: &usize| {
                    groups.and_then(|groups| Some(&groups.get(*at)?.settings)) == selected.as_ref()
                };
                let known = self.order.iter().position(same);
                self.selected =
                    known.unwrap_or(self.selected.min(self.order.len().saturating_sub(1)));
            }
        }
    }

    /// The selected combination and its seed: the first that is finished, or 1.
    pub fn selected_group(&self) -> Option<(Settings, u64)> {
        let group = self.group()?;
        Some((
            group.settings.clone(),
            group.seeds.first().copied().unwrap_or(1),
        ))
    }

    /// The selected combination.
    pub fn group(&self) -> Option<&Group> {
        let table = self.table.as_ref()?;
        table.overview.groups.get(*self.order.get(self.selected)?)
    }

    /// Position of the column that the table is sorted by.
    pub fn sorted_by(&self) -> Option<usize> {
        let columns = &self.table.as_ref()?.overview.columns;
        columns
            .iter()
            .position(|column| Some(column) == self.sort.as_ref())
    }

    /// Sorts by the column, or shows the score, that is `by` further on.
    pub fn turn(&mut self, by: i32) {
        let Some(table) = &self.table else { return };
        match self.view {
            View::Table => {
                let columns = &table.overview.columns;
                self.sort = further(columns, self.sort.as_ref(), by);
                if let Some(Column::Score(score)) = self.sort {
                    self.score = Some(score);
                }
            }
            View::Effects | View::Map => {
                self.score = further(&table.overview.scores(), self.score.as_ref(), by);
            }
        }
        self.renew();
    }

    /// Looks at it in another way.
    pub fn look(&mut self, look: SweepLook) {
        match look {
            SweepLook::View => {
                self.view = View::ALL[(self.view as usize + 1) % View::ALL.len()];
                self.scroll = 0;
            }
            SweepLook::Reverse => self.reversed ^= true,
            SweepLook::Rows => self.turn_axis(0),
            SweepLook::Columns => self.turn_axis(1),
        }
        self.renew();
    }

    /// Takes the next parameter that is not on the heat map's other axis; where there is none, the two
    /// change places.
    fn turn_axis(&mut self, place: usize) {
        let other = &self.axes[1 - place];
        let names = self.effects.iter().map(|effect| effect.name.clone());
        let free: Vec<String> = names.filter(|name| Some(name) != other.as_ref()).collect();
        match free.len() {
            0 | 1 => self.axes.reverse(),
            _ => self.axes[place] = further(&free, self.axes[place].as_ref(), 1),
        }
    }

    /// Lines of what is shown.
    pub fn lines(&self) -> usize {
        match self.view {
            View::Table => self.order.len(),
            View::Effects => self.effects.len(),
            View::Map => self.map.as_ref().map_or(0, |map| map.rows.len()),
        }
    }

    /// The line that keys move: the selected row, or the first that is shown.
    pub fn line(&mut self) -> &mut usize {
        match self.view {
            View::Table => &mut self.selected,
            View::Effects | View::Map => &mut self.scroll,
        }
    }

    /// Brings order, effects and heat map up to date.
    fn renew(&mut self) {
        let Some(table) = &self.table else { return };
        let overview = &table.overview;
        let scores = overview.scores();
        self.score = (self.score)
            .filter(|score| scores.contains(score))
            .or_else(|| overview.usual_score());
        let known = |sort: &Column| overview.columns.contains(sort);
        let usual = || self.score.map(Column::Score).or(Some(Column::Seeds));
        self.sort = self.sort.take().filter(known).or_else(usual);
        self.order = match &self.sort {
            Some(column) => overview.sorted(column, self.reversed),
            None => Vec::new(),
        };
        self.effects = (self.score).map_or(Vec::new(), |score| overview.effects(score));
        let varies = |name: &String| self.effects.iter().any(|effect| effect.name == *name);
        let mut axes = self.axes.clone().map(|axis| axis.filter(varies));
        for place in 0..axes.len() {
            if axes[place].is_none() {
                let names = self.effects.iter().map(|effect| &effect.name);
                let mut free = names.filter(|name| axes[1 - place].as_ref() != Some(*name));
                axes[place] = free.next().cloned();
            }
        }
        self.axes = axes;
        self.map = match (self.score, &self.axes) {
            (Some(score), [Some(row), Some(column)]) => {
                Some(HeatMap::new(&overview.groups, score, row, column))
            }
            _ => None,
        };
        self.scroll = self.scroll.min(self.lines().saturating_sub(1));
    }
}

/// What is `by` further on in a list than `from`, going round; the first if that is not in it.
fn further<T: Clone + PartialEq>(all: &[T], from: Option<&T>, by: i32) -> Option<T> {
    let at = all.iter().position(|one| Some(one) == from);
    let to = at.map_or(0, |at| {
        (at as i64 + i64::from(by)).rem_euclid(all.len() as i64)
    });
    all.get(to as usize).cloned()
}
