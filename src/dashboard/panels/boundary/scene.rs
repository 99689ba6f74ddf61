//! What is on the plane: field, lines, samples, counterfactuals, from back to front.

use ndarray::ArrayView1;
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
    widgets::Widget,
};

use crate::{
    counterfactual::Trajectory,
    dashboard::{
        state::{App, Mode, slow_motion::Phase},
        theme::Sign,
        widgets::{Backdrop, Contour, Mark, Trail, draw_marks, draw_trails},
    },
    data::Samples,
    plot::Grid,
    session::{Example, Field, Snapshot},
};

/// Screen cells per drawn sample, small and large: more samples would hide the field.
const CELLS_PER_SAMPLE: [usize; 2] = [7, 24];

/// One arm's plot.
pub(super) struct Scene<'a> {
    pub(super) app: &'a App,
    pub(super) snapshot: &'a Snapshot,
    pub(super) arm: usize,
    pub(super) plot: Rect,
}

impl Scene<'_> {
    /// Draws everything; `marks` are those of [`Scene::marks`].
    pub(super) fn draw(&self, marks: &[Mark], buffer: &mut Buffer) {
        self.field(buffer);
        let examples = self.examples();
        let marker = self.app.theme.marker();
        let trails: Vec<_> = examples
            .iter()
            .map(|(example, style)| self.trail(&example.trajectory, *style))
            .collect();
        draw_trails(&trails, self.plot, marker, buffer);
        let links: Vec<_> = examples
            .iter()
            .filter_map(|(example, _)| self.link(example))
            .collect();
        draw_trails(&links, self.plot, marker, buffer);
        draw_marks(marks, self.plot, buffer);
        draw_marks(&self.drawn(), self.plot, buffer);
        draw_marks(self.cursor().as_slice(), self.plot, buffer);
        draw_marks(self.brush().as_slice(), self.plot, buffer);
    }

    /// Samples, and before them where searches began, passed and ended.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let examples = self.examples().into_iter();
        let mut marks = self.samples();
        marks.extend(examples.flat_map(|(example, _)| self.stations(example)));
        marks
    }

    fn field(&self, buffer: &mut Buffer) {
        let app = self.app;
        let classes = self.snapshot.dataset.classes.len();
        let arm = &self.snapshot.arms[self.arm];
        let field: &Field = &arm.field;
        let doubt = 1.0 / classes.max(2) as f32;
        let certainty = |index: usize| {
            let probability = field.probability.get(index).copied().unwrap_or(0.0);
            (probability - doubt) / (1.0 - doubt)
        };
        let shades = app.theme.shades(classes, app.boundary.ground);
        let backdrop = Backdrop {
            grid: grid(field),
            certainty: &certainty,
            fill: &shades.fill,
        };
        backdrop.render(self.plot, buffer);
        let large = app.theme.large();
        let line = |field, style, dashed| Contour {
            grid: grid(field),
            style,
            dashed,
            thick: large,
            marker: app.theme.marker(),
        };
        let ghost = arm.ghost.as_ref().filter(|_| app.boundary.ghost && !large);
        if let Some(ghost) = ghost {
            line(ghost, shades.ghost, true).draw(self.plot, buffer);
        }
        line(field, shades.line, false).draw(self.plot, buffer);
    }

    /// The searches that are drawn and the style of their paths, the inspected one last.
    fn examples(&self) -> Vec<(&Example, Style)> {
        let app = self.app;
        let trajectories = &self.snapshot.arms[self.arm].trajectories;
        let labels = &self.snapshot.dataset.test.y;
        let shown = |example: &&Example| {
            let class = labels.get(example.row).copied();
            class.is_some_and(|class| app.boundary.shows(class))
        };
        let paths = app.boundary.paths || app.slow_motion.phase.is_some();
        let all = trajectories.examples.iter().filter(shown).filter(|_| paths);
        let style = |example: &Example| match (app.theme.large(), example.trajectory.outcome.mature)
        {
            (false, _) => app.theme.path,
            (true, true) => app.theme.mature,
            (true, false) => app.theme.exhausted,
        };
        let mut examples: Vec<_> = all.map(|example| (example, style(example))).collect();
        if let Some(inspected) = app.inspector.example(self.snapshot, self.arm) {
            examples.push((inspected, app.theme.accent));
        }
        examples
    }

    /// How many points of a trajectory are visible.
    fn visible(&self, trajectory: &Trajectory) -> usize {
        let rows = trajectory.points.nrows();
        match self.app.slow_motion.phase {
            None | Some(Phase::Outcome | Phase::Update) => rows,
            Some(Phase::Search(step)) => rows.min(step + 1),
            Some(Phase::Predict | Phase::Target) => rows.min(1),
        }
    }

    fn place(&self, point: ArrayView1<'_, f32>) -> (f64, f64) {
        self.snapshot.projection.place(point)
    }

    fn trail(&self, trajectory: &Trajectory, style: Style) -> Trail {
        let points = trajectory
            .points
            .rows()
            .into_iter()
            .take(self.visible(trajectory));
        Trail {
            places: points.map(|point| self.place(point)).collect(),
            style,
            dashed: self.app.theme.large(),
        }
    }

    /// From a mature counterfactual to its neighbour.
    fn link(&self, example: &Example) -> Option<Trail> {
        let neighbour = self.neighbour(example)?;
        let last = example.trajectory.points.nrows().checked_sub(1)?;
        let found = self.place(example.trajectory.points.row(last));
        Some(Trail {
            places: vec![found, self.place(neighbour)],
            style: self.app.theme.accent,
            dashed: true,
        })
    }

    fn neighbour<'a>(&self, example: &'a Example) -> Option<ArrayView1<'a, f32>> {
        let ended = matches!(self.app.slow_motion.phase, None | Some(Phase::Outcome));
        let neighbour = example.neighbour.as_ref()?;
        (self.app.boundary.neighbours && ended).then(|| neighbour.view())
    }

    /// An even selection of each class' samples, few enough to leave the field visible.
    fn samples(&self) -> Vec<Mark> {
        let Some(samples) = self.app.boundary.samples.of(self.snapshot) else {
            return Vec::new();
        };
        let mark = |row: usize| Mark {
            at: self.place(samples.x.row(row)),
            glyphs: self.app.theme.class_mark(samples.y[row]),
            style: self.app.theme.class(samples.y[row]),
        };
        drawn(self.app, self.snapshot, samples, self.plot)
            .into_iter()
            .map(mark)
            .collect()
    }

    /// Factual in slow motion, nascent and final point of a search, and its neighbour.
    fn stations(&self, example: &Example) -> Vec<Mark> {
        let (theme, trajectory) = (&self.app.theme, &example.trajectory);
        let visible = self.visible(trajectory);
        let Some(head) = visible.checked_sub(1) else {
            return Vec::new();
        };
        let mark = |row: usize, glyphs, style| Mark {
            at: self.place(trajectory.points.row(row)),
            glyphs,
            style,
        };
        let classes = self.snapshot.dataset.classes.len();
        let sign = |row: usize, sign| {
            let style = theme.counterfactual(sign, classes);
            let (glyphs, style) = theme.sign_mark(sign, style);
            mark(row, glyphs, style)
        };
        let ended = visible == trajectory.points.nrows();
        let mut marks = Vec::new();
        if self.app.slow_motion.phase.is_some() {
            let class = self.snapshot.dataset.test.y.get(example.row).copied();
            let class = class.unwrap_or(0);
            let style = theme.class(class).add_modifier(Modifier::REVERSED);
            marks.push(mark(0, theme.class_mark(class), style));
        }
        if ended && 0 < trajectory.nascent && trajectory.nascent < head {
            marks.push(sign(trajectory.nascent, Sign::Nascent));
        }
        marks.extend(match (ended, trajectory.outcome.mature, head) {
            (true, true, _) => Some(sign(head, Sign::Mature)),
            (true, false, _) => Some(sign(head, Sign::Exhausted)),
            (false, _, 0) => None,
            (false, ..) => Some(sign(head, Sign::Moving)),
        });
        marks.extend(self.neighbour(example).map(|neighbour| {
            let (glyphs, style) = theme.sign_mark(Sign::Neighbour, theme.accent);
            let at = self.place(neighbour);
            Mark { at, glyphs, style }
        }));
        marks
    }

    /// Points that people drew.
    fn drawn(&self) -> Vec<Mark> {
        let mark = |(class, at)| Mark {
            at,
            glyphs: self.app.theme.class_mark(class),
            style: (self.app.theme.class(class))
                .add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        };
        self.snapshot.drawn_points().into_iter().map(mark).collect()
    }

    /// The brush.
    fn brush(&self) -> Option<Mark> {
        let (app, brush) = (self.app, &self.app.brush);
        (app.mode == Mode::Draw).then(|| Mark {
            at: (brush.at[0], brush.at[1]),
            glyphs: app.theme.class_mark(brush.class),
            style: app.theme.accent.add_modifier(Modifier::REVERSED),
        })
    }

    /// The inspected sample.
    fn cursor(&self) -> Option<Mark> {
        let test = &self.snapshot.dataset.test;
        let row = self.app.inspector.row.filter(|&row| row < test.len())?;
        Some(Mark {
            at: self.place(test.x.row(row)),
            glyphs: self.app.theme.class_mark(test.y[row]),
            style: self.app.theme.accent.add_modifier(Modifier::REVERSED),
        })
    }
}

fn grid(field: &Field) -> Grid<'_> {
    Grid {
        resolution: field.resolution,
        class: &field.class,
        margin: &field.margin,
    }
}

/// Rows of `samples` that are drawn on `plot`: an even selection of each class.
pub(super) fn drawn(app: &App, snapshot: &Snapshot, samples: &Samples, plot: Rect) -> Vec<usize> {
    let each = CELLS_PER_SAMPLE[usize::from(app.theme.large())];
    let room = (plot.area() as usize / each).max(1);
    let stride = samples.len().div_ceil(room).max(1);
    let classes = samples.rows_by_class(snapshot.dataset.classes.len());
    let shown = classes
        .iter()
        .enumerate()
        .filter(|(class, _)| app.boundary.shows(*class));
    shown
        .flat_map(|(_, rows)| rows.iter().copied().step_by(stride))
        .collect()
}
