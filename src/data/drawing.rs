//! Points that people draw on the plane while training runs.

use std::{path::Path, sync::Arc};

use ndarray::{Axis, concatenate};
use serde::{Deserialize, Serialize};

use super::{
    DataError, Dataset, Feature, Kind, Samples, Table, csv,
    table::{Column, Labels},
};
use crate::files::write_whole;

/// One of so many points of a class is held out for testing, from the third on.
const HELD_OUT: usize = 5;
/// Position of the first one that is held out.
const FIRST_HELD_OUT: usize = 2;
/// Largest class and epoch that a text may name.
const MAX_NUMBER: f64 = 1e9;

/// A point that someone drew.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<f64>", into = "Vec<f64>")]
pub struct DrawnPoint {
    /// Horizontal and vertical feature, in units of the file.
    pub at: [f32; 2],
    /// Its class.
    pub class: usize,
    /// The first epoch (from 1) that is trained with it.
    pub since: usize,
    /// The first epoch that is trained without it again.
    pub until: Option<usize>,
}

impl DrawnPoint {
    /// Whether `epoch` is trained with it.
    pub fn is_there(&self, epoch: usize) -> bool {
        self.since <= epoch && self.until.is_none_or(|until| epoch < until)
    }

    /// Whether any epoch is trained with it.
    fn is_ever_there(&self) -> bool {
        self.until.is_none_or(|until| self.since < until)
    }
}

impl From<DrawnPoint> for Vec<f64> {
    fn from(point: DrawnPoint) -> Self {
        let short = |value: f32| value.to_string().parse().unwrap_or(f64::from(value));
        let [x, y] = point.at.map(short);
        let numbers = [x, y, point.class as f64, point.since as f64];
        let until = point.until.map(|until| until as f64);
        numbers.into_iter().chain(until).collect()
    }
}

impl TryFrom<Vec<f64>> for DrawnPoint {
    type Error = DataError;

    fn try_from(numbers: Vec<f64>) -> Result<Self, DataError> {
        let wrong = || {
            DataError::Value(
                "a drawn point is [x, y, class, first epoch] or [x, y, class, first epoch, first epoch without it]"
                    .into(),
            )
        };
        let whole = |value: f64, min: f64| {
            let whole = value.fract() == 0.0 && (min..=MAX_NUMBER).contains(&value);
            whole.then_some(value as usize).ok_or_else(wrong)
        };
        let (x, y, class, since, until) = match numbers[..] {
            [x, y, class, since] => (x, y, class, since, None),
            [x, y, class, since, until] => (x, y, class, since, Some(until)),
            _ => return Err(wrong()),
        };
        let at = [x as f32, y as f32];
        match at.iter().all(|value| value.is_finite()) {
            true => Ok(Self {
                at,
                class: whole(class, 0.0)?,
                since: whole(since, 1.0)?,
                until: until.map(|until| whole(until, 1.0)).transpose()?,
            }),
            false => Err(wrong()),
        }
    }
}

/// All points that were drawn in a run, and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "Stored", into = "Stored")]
pub struct Drawing {
    /// Whether nothing but these points is trained and tested with.
    pub alone: bool,
    points: Arc<Vec<DrawnPoint>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    alone: bool,
    points: Vec<DrawnPoint>,
}

impl From<Drawing> for Stored {
    fn from(drawing: Drawing) -> Self {
        let points = drawing.points.iter().copied();
        Self {
            alone: drawing.alone,
            points: points.filter(DrawnPoint::is_ever_there).collect(),
        }
    }
}

impl TryFrom<Stored> for Drawing {
    type Error = DataError;

    fn try_from(stored: Stored) -> Result<Self, DataError> {
        let mut drawing = Self {
            alone: stored.alone,
            ..Self::default()
        };
        let points = stored.points.into_iter();
        drawing.add(points.filter(DrawnPoint::is_ever_there).collect())?;
        Ok(drawing)
    }
}

impl Drawing {
    /// Most points of a drawing.
    pub const MAX: usize = 20_000;

    /// A drawing that stands for itself, with nothing on it yet.
    pub fn blank() -> Self {
        Self {
            alone: true,
            ..Self::default()
        }
    }

    /// Whether the data are those of their source.
    pub fn is_empty(&self) -> bool {
        !self.alone && self.points.is_empty()
    }

    /// All points, also those that are gone or still to come, in the order in which they were drawn.
    pub fn points(&self) -> &[DrawnPoint] {
        &self.points
    }

    /// The points that `epoch` is trained with.
    pub fn at(&self, epoch: usize) -> impl Iterator<Item = &DrawnPoint> {
        self.points
            .iter()
            .filter(move |point| point.is_there(epoch))
    }

    /// Adds points.
    ///
    /// # Errors
    /// [`DataError::Value`] if they become too many.
    pub fn add(&mut self, points: Vec<DrawnPoint>) -> Result<(), DataError> {
        if self.points.len() + points.len() > Self::MAX {
            return Err(DataError::Value(format!(
                "a drawing has room for {} points; take some back (u), or keep these with :data save FILE and open that",
                Self::MAX
            )));
        }
        Arc::make_mut(&mut self.points).extend(points);
        Ok(())
    }

    /// Edits every point; those for which `edit` says no are dropped.
    pub fn retain(&mut self, edit: impl FnMut(&mut DrawnPoint) -> bool) {
        Arc::make_mut(&mut self.points).retain_mut(edit);
    }

    /// Forgets what was drawn, and what was removed, after `epoch`.
    pub fn forget_after(&mut self, epoch: usize) {
        let later = |point: &DrawnPoint| point.since.max(point.until.unwrap_or(0)) > epoch;
        if self.points.iter().any(later) {
            self.retain(|point| {
                point.until = point.until.filter(|until| *until <= epoch);
                point.since <= epoch
            });
        }
    }

    /// The same points from the first epoch on, as they are at `epoch`.
    pub fn settled(&self, epoch: usize) -> Self {
        let begin = |point: &DrawnPoint| DrawnPoint {
            since: 1,
            until: None,
            ..*point
        };
        Self {
            alone: self.alone,
            points: Arc::new(self.at(epoch).map(begin).collect()),
        }
    }

    /// Checks that it can be drawn on `dataset`.
    ///
    /// # Errors
    /// [`DataError::Value`] if the data have no plane of two numbers, or not so many classes.
    pub fn check(&self, dataset: &Dataset) -> Result<(), DataError> {
        if !self.is_empty() {
            drawable(dataset)?;
        }
        let classes = dataset.classes.len();
        match self.points.iter().find(|point| point.class >= classes) {
            Some(point) => Err(DataError::Value(format!(
                "a drawn point is of class {}, but the data have {classes} classes, counted from 0",
                point.class
            ))),
            None => Ok(()),
        }
    }
}

/// Says why nobody can draw on a data set, if nobody can.
///
/// # Errors
/// [`DataError::Value`] unless both of its two features are numbers.
pub fn drawable(dataset: &Dataset) -> Result<(), DataError> {
    let numeric = (dataset.features.iter()).all(|feature| feature.kind == Kind::Numeric);
    match dataset.dimensions() == 2 && numeric {
        true => Ok(()),
        false => Err(DataError::Value(format!(
            "points are drawn on data of two numeric features, but {} has {} features; :data moon has two",
            dataset.name,
            dataset.dimensions()
        ))),
    }
}

/// Writes all samples of a data set as CSV, in units of the file, labels last; how many rows.
///
/// # Errors
/// As [`table`], and what the system says if it cannot be written.
pub fn write_csv(dataset: &Dataset, path: &Path) -> Result<usize, DataError> {
    let table = table(dataset)?;
    write_whole(path, |file| csv::write(&table, file))
        .map_err(|error| DataError::Value(format!("cannot write {}: {error}", path.display())))?;
    Ok(table.len())
}

/// All samples of a data set as a table, in units of the file.
///
/// # Errors
/// [`DataError::Value`] for data with categories, whose file is where they came from.
pub fn table(dataset: &Dataset) -> Result<Table, DataError> {
    if dataset
        .features
        .iter()
        .any(|feature| feature.kind != Kind::Numeric)
    {
        return Err(DataError::Value(format!(
            "{} has other columns than numbers; copy its file, or use `ctui data make`",
            dataset.name
        )));
    }
    let parts = [&dataset.train, &dataset.test];
    let column = |(index, feature): (usize, &Feature)| {
        let rows = parts.iter().flat_map(|part| part.x.column(index));
        let values = rows.map(|value| shortest(feature.scale.to_file(*value)));
        Column::numbers(feature.name.as_str(), values.collect())
    };
    let y: Vec<usize> = parts
        .iter()
        .flat_map(|part| part.y.iter().copied())
        .collect();
    let count = y.len();
    Ok(Table {
        columns: dataset.features.iter().enumerate().map(column).collect(),
        labels: Some(Labels {
            column: "label".into(),
            classes: dataset.classes.clone(),
            y,
        }),
        rows: (0..count).collect(),
    })
}

/// The number with the digits that single precision has.
fn shortest(value: f64) -> f64 {
    f64::from(value as f32)
}

/// A data set that is drawn on: what every epoch is trained with.
pub struct Canvas {
    base: Arc<Dataset>,
    present: Arc<Dataset>,
    shown: (bool, Vec<DrawnPoint>),
    stamp: u64,
}

impl Canvas {
    /// A canvas with nothing on it.
    pub fn new(base: Dataset) -> Self {
        let base = Arc::new(base);
        Self {
            present: base.clone(),
            base,
            shown: Default::default(),
            stamp: 0,
        }
    }

    /// The data without any drawn point.
    pub fn base(&self) -> &Arc<Dataset> {
        &self.base
    }

    /// The data that `epoch` is trained with, and a number that tells them from others.
    pub fn at(&mut self, drawing: &Drawing, epoch: usize) -> (Arc<Dataset>, u64) {
        let points: Vec<DrawnPoint> = drawing.at(epoch).copied().collect();
        let same = |(a, b): (&DrawnPoint, &DrawnPoint)| a.at == b.at && a.class == b.class;
        let (alone, shown) = &self.shown;
        let unchanged = *alone == drawing.alone
            && shown.len() == points.len()
            && shown.iter().zip(&points).all(same);
        if !unchanged {
            self.stamp += 1;
            self.present = match points.is_empty() && !drawing.alone {
                true => self.base.clone(),
                false => Arc::new(drawn_on(&self.base, drawing.alone, &points)),
            };
            self.shown = (drawing.alone, points);
        }
        (self.present.clone(), self.stamp)
    }
}

/// `base`, or its features and classes alone, with `points` in addition: every fifth point of a class
/// is to test with, and the others to train with. Scales stay as they are.
fn drawn_on(base: &Dataset, alone: bool, points: &[DrawnPoint]) -> Dataset {
    let mut counts = vec![0; base.classes.len()];
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for point in points {
        let Some(count) = counts.get_mut(point.class) else {
            continue;
        };
        match *count % HELD_OUT == FIRST_HELD_OUT {
            true => test.push(point),
            false => train.push(point),
        }
        *count += 1;
    }
    let with = |samples: &Samples, points: &[&DrawnPoint]| {
        let own = in_model_units(base, points);
        match alone {
            true => own,
            false => joined(samples, own),
        }
    };
    Dataset {
        train: with(&base.train, &train),
        test: with(&base.test, &test),
        name: base.name.clone(),
        features: base.features.clone(),
        classes: base.classes.clone(),
    }
}

fn in_model_units(base: &Dataset, points: &[&DrawnPoint]) -> Samples {
    let mut x = ndarray::Array2::zeros((points.len(), base.dimensions()));
    for (mut row, point) in x.rows_mut().into_iter().zip(points) {
        for (axis, feature) in base.features.iter().enumerate().take(2) {
            row[axis] = feature.scale.to_model(f64::from(point.at[axis]));
        }
    }
    Samples {
        x,
        y: points.iter().map(|point| point.class).collect(),
    }
}

fn joined(first: &Samples, second: Samples) -> Samples {
    match concatenate(Axis(0), &[first.x.view(), second.x.view()]) {
        Ok(x) => Samples {
            x,
            y: first.y.iter().copied().chain(second.y).collect(),
        },
        Err(_) => first.clone(),
    }
}

/// Whether every class has two samples to train with and one to test with.
pub fn is_trainable(dataset: &Dataset) -> bool {
    let classes = dataset.classes.len();
    let enough = |samples: &Samples, count: usize| {
        let rows = samples.rows_by_class(classes);
        rows.iter().all(|rows| rows.len() >= count)
    };
    enough(&dataset.train, 2) && enough(&dataset.test, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Family;

    fn point(x: f32, class: usize, since: usize) -> DrawnPoint {
        DrawnPoint {
            at: [x, -x],
            class,
            since,
            until: None,
        }
    }

    fn moons() -> Dataset {
        let mut draw = Family::Moon.default_draw(1);
        draw.samples = 100;
        Family::Moon.generate(&draw).unwrap()
    }

    #[test]
    fn every_epoch_has_the_points_of_its_time() {
        let base = moons();
        let (train, test) = (base.train.len(), base.test.len());
        let mut canvas = Canvas::new(base);
        let mut drawing = Drawing::default();
        let mut gone = point(0.5, 1, 2);
        gone.until = Some(4);
        drawing.add(vec![gone, point(0.25, 0, 3)]).unwrap();
        let sizes = |epoch, canvas: &mut Canvas| {
            let (dataset, stamp) = canvas.at(&drawing, epoch);
            (
                dataset.train.len() - train,
                dataset.test.len() - test,
                stamp,
            )
        };
        assert_eq!(sizes(1, &mut canvas), (0, 0, 0));
        assert_eq!(sizes(2, &mut canvas), (1, 0, 1));
        assert_eq!(sizes(3, &mut canvas), (2, 0, 2));
        assert_eq!(sizes(4, &mut canvas), (1, 0, 3));
        assert_eq!(sizes(9, &mut canvas), (1, 0, 3));
        let (last, _) = canvas.at(&drawing, 9);
        assert_eq!(last.train.x.row(train).to_vec(), [0.25, -0.25]);
        assert_eq!(drawing.settled(4).points(), [point(0.25, 0, 1)]);
    }

    #[test]
    fn a_drawing_alone_is_trained_with_once_every_class_has_points() {
        let mut canvas = Canvas::new(moons());
        let mut drawing = Drawing::blank();
        for round in 0..3 {
            assert!(!is_trainable(&canvas.at(&drawing, 1).0), "{round}");
            drawing
                .add(vec![point(0.1, 0, 1), point(0.2, 1, 1)])
                .unwrap();
        }
        let (dataset, _) = canvas.at(&drawing, 1);
        assert!(is_trainable(&dataset));
        assert_eq!((dataset.train.len(), dataset.test.len()), (4, 2));
    }

    #[test]
    fn it_is_written_and_read_and_bounded() {
        let mut drawing = Drawing::blank();
        let mut short = point(0.1, 1, 7);
        short.until = Some(9);
        let mut never = short;
        never.until = Some(7);
        drawing.add(vec![short, never, point(2.0, 0, 1)]).unwrap();
        let text = serde_json::to_string(&drawing).unwrap();
        assert_eq!(
            text,
            r#"{"alone":true,"points":[[0.1,-0.1,1.0,7.0,9.0],[2.0,-2.0,0.0,1.0]]}"#
        );
        let back: Drawing = serde_json::from_str(&text).unwrap();
        assert_eq!(back.points(), [short, point(2.0, 0, 1)]);
        for wrong in [
            "[0.1]",
            "[0,0,-1,1]",
            "[0,0,0,0]",
            "[0,0,0.5,1]",
            "[1e300,0,0,1]",
            "[0,0,0,1e300]",
            "[0,0,0,1,2,3]",
        ] {
            let text = format!(r#"{{"points":[{wrong}]}}"#);
            assert!(serde_json::from_str::<Drawing>(&text).is_err(), "{wrong}");
        }
        let full = vec![point(0.0, 0, 1); Drawing::MAX];
        drawing = Drawing::default();
        drawing.add(full).unwrap();
        let error = drawing.add(vec![point(0.0, 0, 1)]).unwrap_err().to_string();
        assert!(error.contains("20000"), "{error}");
    }

    #[test]
    fn data_without_a_plane_are_refused() {
        let mut draw = Family::Glyphs.default_draw(1);
        draw.samples = 300;
        let glyphs = Family::Glyphs.generate(&draw).unwrap();
        assert!(drawable(&glyphs).is_err());
        let mut drawing = Drawing::default();
        assert!(drawing.check(&glyphs).is_ok());
        drawing.add(vec![point(0.0, 5, 1)]).unwrap();
        assert!(drawing.check(&glyphs).is_err());
        let error = drawing.check(&moons()).unwrap_err().to_string();
        assert!(error.contains("class 5"), "{error}");
    }
}
