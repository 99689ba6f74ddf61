//! Drawing while training: strokes, and taking them back.

use crate::data::{DataError, Drawing, DrawnPoint};

/// Most strokes that can be taken back.
const MAX_STROKES: usize = 500;

/// One thing that is done to a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Stroke {
    /// Points with their classes are added, in units of the file.
    Add(Vec<([f32; 2], usize)>),
    /// The drawn point nearest to a place is removed; distances are divided by the two lengths.
    Erase {
        /// The place, in units of the file.
        near: [f32; 2],
        /// What is one unit of distance on either axis.
        unit: [f32; 2],
    },
    /// The last stroke is taken back.
    TakeBack,
    /// The stroke that was taken back last is made again.
    Again,
}

/// What a stroke did.
#[derive(Clone, Debug)]
enum Done {
    /// Points were added at the end.
    Added(Vec<([f32; 2], usize)>),
    /// A point was removed.
    Erased([f32; 2], usize),
}

/// The strokes of a run, as far as they can be taken back.
#[derive(Debug, Default)]
pub(super) struct Strokes {
    done: Vec<Done>,
    undone: Vec<Done>,
}

impl Strokes {
    /// Forgets what could be taken back.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Makes a stroke on `drawing` that holds from `epoch` on; whether anything changed.
    ///
    /// # Errors
    /// [`DataError::Value`] if there is no room for so many points.
    pub(super) fn make(
        &mut self,
        drawing: &mut Drawing,
        stroke: Stroke,
        epoch: usize,
    ) -> Result<bool, DataError> {
        let done = match stroke {
            Stroke::Add(points) if points.is_empty() => None,
            Stroke::Add(points) => {
                add(drawing, &points, epoch)?;
                Some(Done::Added(points))
            }
            Stroke::Erase { near, unit } => erase_nearest(drawing, near, unit, epoch),
            Stroke::TakeBack => return self.take_back(drawing, epoch),
            Stroke::Again => return self.again(drawing, epoch),
        };
        let changed = done.is_some();
        if let Some(done) = done {
            self.remember(done);
            self.undone.clear();
        }
        Ok(changed)
    }

    fn remember(&mut self, done: Done) {
        if self.done.len() == MAX_STROKES {
            self.done.remove(0);
        }
        self.done.push(done);
    }

    fn take_back(&mut self, drawing: &mut Drawing, epoch: usize) -> Result<bool, DataError> {
        let Some(done) = self.done.pop() else {
            return Ok(false);
        };
        match &done {
            Done::Added(points) => {
                for (at, class) in points.iter().rev() {
                    remove(drawing, *at, *class, epoch);
                }
            }
            Done::Erased(at, class) => add(drawing, &[(*at, *class)], epoch)?,
        }
        self.undone.push(done);
        Ok(true)
    }

    fn again(&mut self, drawing: &mut Drawing, epoch: usize) -> Result<bool, DataError> {
        let Some(done) = self.undone.pop() else {
            return Ok(false);
        };
        match &done {
            Done::Added(points) => add(drawing, points, epoch)?,
            Done::Erased(at, class) => remove(drawing, *at, *class, epoch),
        }
        self.remember(done);
        Ok(true)
    }
}

fn add(drawing: &mut Drawing, points: &[([f32; 2], usize)], since: usize) -> Result<(), DataError> {
    let point = |&(at, class): &([f32; 2], usize)| DrawnPoint {
        at,
        class,
        since,
        until: None,
    };
    drawing.add(points.iter().map(point).collect())
}

/// Removes the last such point that is there.
fn remove(drawing: &mut Drawing, at: [f32; 2], class: usize, epoch: usize) {
    let same = |point: &DrawnPoint| point.at == at && point.class == class && point.is_there(epoch);
    if let Some(position) = drawing.points().iter().rposition(same) {
        end(drawing, position, epoch);
    }
}

fn erase_nearest(
    drawing: &mut Drawing,
    near: [f32; 2],
    unit: [f32; 2],
    epoch: usize,
) -> Option<Done> {
    let distance = |point: &DrawnPoint| {
        let along = |axis: usize| (point.at[axis] - near[axis]) / unit[axis];
        along(0).hypot(along(1))
    };
    let there = drawing.points().iter().enumerate();
    let nearest = there
        .filter(|(_, point)| point.is_there(epoch))
        .min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    let (position, point) = nearest.map(|(position, point)| (position, *point))?;
    end(drawing, position, epoch);
    Some(Done::Erased(point.at, point.class))
}

/// Ends a point with the epoch before; one that no epoch was trained with is dropped.
fn end(drawing: &mut Drawing, position: usize, epoch: usize) {
    let mut index = 0;
    drawing.retain(|point| {
        let meant = index == position;
        index += 1;
        if meant {
            point.until = Some(epoch);
        }
        !meant || point.since < epoch
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_are_taken_back_and_made_again() {
        let (mut drawing, mut strokes) = (Drawing::default(), Strokes::default());
        let mut make = |stroke, epoch| strokes.make(&mut drawing, stroke, epoch).unwrap();
        assert!(make(Stroke::Add(vec![([0.0, 0.0], 0), ([1.0, 1.0], 1)]), 3));
        assert!(make(Stroke::Add(vec![([5.0, 5.0], 1)]), 3));
        let erase = Stroke::Erase {
            near: [0.9, 0.9],
            unit: [1.0, 1.0],
        };
        assert!(make(erase, 8));
        assert!(make(Stroke::TakeBack, 9));
        assert!(make(Stroke::TakeBack, 10));
        assert!(make(Stroke::TakeBack, 10));
        assert!(!make(Stroke::TakeBack, 10));
        assert!(make(Stroke::Again, 11));
        assert!(make(Stroke::Again, 11));
        assert!(make(Stroke::Again, 11));
        assert!(!make(Stroke::Again, 11));
        let there = |epoch| -> Vec<f32> { drawing.at(epoch).map(|point| point.at[0]).collect() };
        assert!(there(2).is_empty() && there(10).is_empty());
        assert_eq!(there(3), [0.0, 1.0, 5.0]);
        assert_eq!(there(8), [0.0, 5.0]);
        assert_eq!(there(9), [0.0, 5.0, 1.0]);
        assert_eq!(there(11), [0.0, 5.0]);
        assert_eq!(drawing.points().len(), 6);
    }

    #[test]
    fn a_point_that_was_never_trained_with_leaves_nothing() {
        let (mut drawing, mut strokes) = (Drawing::default(), Strokes::default());
        let add = Stroke::Add(vec![([0.0, 0.0], 0); 20]);
        strokes.make(&mut drawing, add, 3).unwrap();
        strokes.make(&mut drawing, Stroke::TakeBack, 3).unwrap();
        assert!(drawing.is_empty());
        let nothing = Stroke::Erase {
            near: [0.0; 2],
            unit: [1.0; 2],
        };
        assert!(!strokes.make(&mut drawing, nothing, 3).unwrap());
    }
}
