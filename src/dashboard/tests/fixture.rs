//! A believable session on two moons, made by hand.

use std::{f32::consts::PI, sync::Arc, time::Duration};

use ndarray::{Array1, Array2, array};
use ratatui::layout::Size;

use crate::{
    counterfactual::{Outcome, Walk},
    dashboard::{
        app::App,
        keymap::Keymap,
        theme::{Level, Theme},
        update,
        widgets::Marker,
    },
    data::{Dataset, Family, Feature, Interval, Mutability, Samples, Source, image},
    evaluation::paper::{Comparison, Published},
    model::{Architecture, Mlp},
    session::{
        ArmSnapshot, Axes, Change, Controls, Example, Field, History, Measure, Projection, Recipe,
        Robustness, Score, Scoreboard, Snapshot, Status, Walks,
    },
    training::{EpochReport, HyperParameters, LossTerms, Objective},
};

/// An app on a screen of this size that has received one snapshot.
pub fn app(width: u16, height: u16, level: Level, marker: Marker) -> App {
    let theme = Theme::dark(level, marker);
    let mut app = App::new(theme, Keymap::standard().unwrap(), Size::new(width, height));
    update::begin(&mut app);
    let look = update::receive(&mut app, Arc::new(snapshot(57)));
    assert_eq!(
        look.len(),
        1,
        "the first snapshot tells how large the plot is"
    );
    let resolution = app.view.resolution;
    let mut fitting = snapshot(57);
    fitting.arms = std::array::from_fn(|index| inspected(&app, index));
    for (index, arm) in fitting.arms.iter_mut().enumerate() {
        arm.field = Arc::new(field(resolution, steepness(index), 57));
        arm.ghost = Some(Arc::new(field(resolution, steepness(index), 30)));
    }
    update::receive(&mut app, Arc::new(fitting));
    app
}

/// What the worker shows after `epoch` epochs.
pub fn snapshot(epoch: usize) -> Snapshot {
    let controls = controls();
    Snapshot {
        epoch,
        newest_epoch: epoch,
        oldest_epoch: 0,
        status: Status::Running,
        fitting: None,
        recipe: Arc::new(Recipe {
            source: source(),
            controls: controls.clone(),
            changes: Vec::new(),
        }),
        refused: None,
        dataset: Arc::new(moons()),
        notes: Arc::default(),
        domains: Arc::new(vec![
            Interval {
                lower: -1.9,
                upper: 2.9,
            },
            Interval {
                lower: -1.3,
                upper: 1.8,
            },
        ]),
        applied: Change { epoch: 1, controls },
        projection: Arc::new(projection()),
        arms: [0, 1].map(|arm| self::arm(arm, epoch)),
        scoreboard: Arc::new(scoreboard(epoch)),
        history: Arc::new(History {
            reports: [0, 1].map(|arm| (1..=epoch).map(|at| report(arm, at)).collect()),
            stride: 1,
        }),
        epoch_time: Duration::from_micros(8_400),
    }
}

pub fn controls() -> Controls {
    Controls {
        parameters: HyperParameters::default(),
        mutability: vec![Mutability::Both; 2],
    }
}

fn source() -> Source {
    Source::Synthetic {
        family: Family::Moon,
        classes: None,
    }
}

/// 90 points per moon with a little deterministic scatter.
fn moons() -> Dataset {
    let mut rows = Vec::new();
    let mut y = Vec::new();
    for i in 0..180 {
        let t = PI * (i / 2) as f32 / 89.0;
        let scatter = |k: usize| 0.12 * ((i * k) as f32 * 0.7).sin();
        let (a, b) = if i % 2 == 0 {
            (t.cos(), t.sin())
        } else {
            (1.0 - t.cos(), 0.5 - t.sin())
        };
        rows.extend([a + scatter(13), b + scatter(29)]);
        y.push(i % 2);
    }
    let samples = Samples {
        x: Array2::from_shape_vec((180, 2), rows).unwrap(),
        y,
    };
    Dataset {
        name: "Moons".into(),
        features: vec![Feature::numeric("x1"), Feature::numeric("x2")],
        classes: vec!["upper".into(), "lower".into()],
        train: samples.clone(),
        test: samples,
    }
}

fn projection() -> Projection {
    Projection {
        axes: Axes::Features(0, 1),
        names: ["x1".into(), "x2".into()],
        origin: Array1::zeros(2),
        basis: Array2::eye(2),
        window: [
            Interval {
                lower: -1.5,
                upper: 2.5,
            },
            Interval {
                lower: -1.2,
                upper: 1.7,
            },
        ],
    }
}

fn steepness(arm: usize) -> f32 {
    [12.0, 4.0][arm]
}

/// Probability of the lower moon.
fn probability(x: f32, y: f32, steepness: f32, epoch: usize) -> f32 {
    let bend = 0.5 * (epoch as f32 / 50.0).min(1.0);
    let boundary = 0.25 - bend * (PI * (x - 0.5).clamp(-1.0, 1.0)).sin();
    1.0 / (1.0 + (-steepness * (boundary - y)).exp())
}

fn field(resolution: (usize, usize), steepness: f32, epoch: usize) -> Field {
    let (columns, rows) = resolution;
    let [x, y] = projection().window;
    let mut field = Field {
        resolution,
        class: Vec::new(),
        probability: Vec::new(),
        margin: Vec::new(),
        epoch,
    };
    for row in 0..rows {
        for column in 0..columns {
            let right = x.lower + (x.upper - x.lower) * (column as f32 + 0.5) / columns as f32;
            let up = y.upper - (y.upper - y.lower) * (row as f32 + 0.5) / rows as f32;
            let lower = probability(right, up, steepness, epoch);
            field.class.push(u16::from(lower > 0.5));
            field.probability.push(lower.max(1.0 - lower));
            field.margin.push((2.0 * lower - 1.0).abs());
        }
    }
    field
}

fn walk(arm: usize, row: usize) -> Walk {
    let data = moons();
    let (target, direction) = (
        1 - data.test.y[row],
        if data.test.y[row] == 0 { -1.0 } else { 1.0 },
    );
    let start = data.test.x.row(row);
    let steps = if arm == 0 { 7 } else { 12 };
    let mut points = Vec::new();
    let mut probabilities = Vec::new();
    for step in 0..=steps {
        let way = step as f32 * if arm == 0 { 0.07 } else { 0.1 };
        let (x, y) = (start[0] + 0.2 * way, start[1] + direction * way);
        points.extend([x, y]);
        let lower = probability(x, y, steepness(arm), 57);
        probabilities.push(if target == 1 { lower } else { 1.0 - lower });
    }
    let last = probabilities[steps];
    Walk {
        target,
        points: Array2::from_shape_vec((steps + 1, 2), points).unwrap(),
        probabilities,
        nascent: 3,
        outcome: Outcome {
            mature: last > 0.75,
            steps,
            probability: last,
        },
    }
}

fn example(arm: usize, row: usize) -> Example {
    let walk = walk(arm, row);
    let neighbour = moons().train.x.row((row + 31) % 180).to_owned();
    Example {
        row,
        neighbour: walk.outcome.mature.then_some(neighbour),
        walk,
    }
}

/// An arm with the searches of the sample that the app inspects.
pub fn inspected(app: &App, arm: usize) -> ArmSnapshot {
    let state = self::arm(arm, 57);
    let row = app.view.selected.filter(|row| *row < 180);
    let walks = Walks {
        selected: row.into_iter().map(|row| example(arm, row)).collect(),
        ..Walks::clone(&state.walks)
    };
    ArmSnapshot {
        walks: Arc::new(walks),
        ..state
    }
}

fn scoreboard(epoch: usize) -> Scoreboard {
    let published = Published::find("moon").unwrap();
    let score = |measure, bl: f64, ct: f64, published| {
        let rounds = |mean: f64| {
            (0..10)
                .map(|i| mean * (1.0 + 0.01 * f64::from(i % 3)))
                .collect()
        };
        Score {
            measure,
            comparison: Comparison::new(&[rounds(ct)], &[rounds(bl)], published),
        }
    };
    let scores = vec![
        score(Measure::Accuracy, 0.994, 0.986, None),
        score(Measure::F1, 0.994, 0.985, None),
        score(Measure::Validity, 1.0, 0.98, None),
        score(Measure::Ip, 1.71, 1.37, Some(published.ip)),
        score(Measure::IpStar, 0.02, 0.018, Some(published.ip_star)),
        score(Measure::Cost, 1.6, 1.52, Some(published.cost)),
        score(Measure::Redundancy, 0.0, 0.0, None),
    ];
    Scoreboard {
        epoch: epoch.saturating_sub(2),
        scores: if epoch > 0 { scores } else { Vec::new() },
        problem: None,
        sensitivity: [vec![0.31, 0.69], vec![0.52, 0.48]],
    }
}

fn arm(arm: usize, epoch: usize) -> ArmSnapshot {
    let fall = [1.9, 0.8][arm];
    let robustness = |fall: f32, epoch| Robustness {
        epsilons: (0..=6).map(|i| i as f32 * 0.05).collect(),
        fgsm: (0..=6).map(|i| 0.99 - fall * (i as f32 * 0.05)).collect(),
        pgd: (0..=6)
            .map(|i| 0.985 - 1.2 * fall * (i as f32 * 0.05))
            .collect(),
        epoch,
    };
    ArmSnapshot {
        objective: [Objective::Vanilla, Objective::Full][arm],
        model: Arc::new(model(2, 2)),
        report: report(arm, epoch),
        accuracy: [0.994, 0.986][arm],
        field: Arc::new(field((41, 46), steepness(arm), epoch)),
        ghost: None,
        walks: Arc::new(Walks {
            examples: (0..8).map(|i| example(arm, i * 21)).collect(),
            selected: Vec::new(),
        }),
        robustness: Arc::new(robustness(fall, epoch)),
        first_robustness: Arc::new(robustness(2.2, 1)),
    }
}

/// A model that decides nothing: all weights are 0.
fn model(inputs: usize, outputs: usize) -> Mlp {
    let architecture = Architecture {
        inputs,
        hidden: vec![4],
        outputs,
    };
    let parameters = vec![0.0; architecture.parameters()];
    Mlp::from_parameters(architecture, parameters).unwrap()
}

fn report(arm: usize, epoch: usize) -> EpochReport {
    let at = epoch as f32;
    let decay = (-at / 18.0).exp();
    let classification = 0.08 + 0.6 * decay;
    let full = arm == 1;
    let term = |value: f32| if full { value } else { 0.0 };
    let (divergence, adversarial, ridge) = (
        term(0.9 * decay - 0.2),
        term(0.25 + 0.4 * decay),
        term(0.3 + 0.1 * (at / 5.0).sin()),
    );
    let mature = if full {
        (960.0 - 700.0 * decay) as usize
    } else {
        0
    };
    EpochReport {
        epoch,
        loss: LossTerms {
            total: classification + 0.5 * divergence + 0.25 * adversarial + 0.1 * ridge,
            classification,
            divergence,
            adversarial,
            ridge,
        },
        mature,
        exhausted: if full { 1000 - mature } else { 0 },
        nascent: if full { 310 } else { 0 },
        mean_steps: if full { 11.4 } else { 0.0 },
        steps_to_maturity: vec![0, 0, 3, 20, 60, 120, 240, 260, 150, 70, 37],
        violations: 0,
        skipped_updates: 0,
    }
}

/// A snapshot with `count` features whose names tell them apart.
pub fn many_features(count: usize) -> Snapshot {
    let mut many = snapshot(57);
    let x = Array2::from_shape_fn((30, count), |(row, column)| {
        ((row * 7 + column * 3) % 11) as f32 / 11.0
    });
    let samples = Samples {
        x,
        y: (0..30).map(|row| row % 2).collect(),
    };
    many.dataset = Arc::new(Dataset {
        name: "Many".into(),
        features: (0..count)
            .map(|index| Feature::numeric(format!("gene {index}")))
            .collect(),
        classes: vec!["healthy".into(), "ill".into()],
        train: samples.clone(),
        test: samples,
    });
    many.projection = Arc::new(plane(count));
    let domain = Interval {
        lower: -1.0,
        upper: 2.0,
    };
    many.domains = Arc::new(vec![domain; count]);
    many.applied.controls.mutability = vec![Mutability::Both; count];
    let share = |index: usize| ((index * 37) % count) as f32 / (count * count) as f32;
    many.scoreboard = Arc::new(Scoreboard {
        sensitivity: [0, 1].map(|arm| (0..count).map(|index| share(index + arm)).collect()),
        ..scoreboard(57)
    });
    let dataset = many.dataset.clone();
    for (index, arm) in many.arms.iter_mut().enumerate() {
        arm.walks = Arc::new(straight_walks(&dataset, index));
        arm.model = Arc::new(model(count, 2));
    }
    many
}

/// A snapshot of images of 8 × 8 pixels in three classes.
pub fn images() -> Snapshot {
    let mut images = many_features(64);
    let bright = |row: usize, pixel: usize| match row % 3 {
        0 => (pixel / 8).is_multiple_of(3),
        1 => (pixel % 8).is_multiple_of(3),
        _ => pixel.is_multiple_of(9),
    };
    let x = Array2::from_shape_fn(
        (30, 64),
        |(row, pixel)| {
            if bright(row, pixel) { 1.0 } else { -1.0 }
        },
    );
    let samples = Samples {
        x,
        y: (0..30).map(|row| row % 3).collect(),
    };
    images.dataset = Arc::new(Dataset {
        name: "Signs".into(),
        features: image::pixels(8, 8),
        classes: vec!["rows".into(), "columns".into(), "diagonal".into()],
        train: samples.clone(),
        test: samples,
    });
    let dataset = images.dataset.clone();
    for (index, arm) in images.arms.iter_mut().enumerate() {
        arm.walks = Arc::new(straight_walks(&dataset, index));
        arm.model = Arc::new(model(64, 3));
    }
    images
}

/// The plane of all features' sum and alternating sum.
fn plane(features: usize) -> Projection {
    let length = (features as f32).sqrt();
    let basis = Array2::from_shape_fn((2, features), |(axis, feature)| {
        let sign = if axis == 1 && feature % 2 == 1 {
            -1.0
        } else {
            1.0
        };
        sign / length
    });
    Projection {
        axes: Axes::PrincipalComponents,
        names: ["PC 1".into(), "PC 2".into()],
        origin: Array1::zeros(features),
        basis,
        window: [Interval {
            lower: -1.0,
            upper: length,
        }; 2],
    }
}

/// Searches of the first sample that go straight to the next sample of each other class.
fn straight_walks(dataset: &Dataset, arm: usize) -> Walks {
    let (test, classes) = (&dataset.test, dataset.classes.len());
    let example = |target: usize| {
        let steps = 4 + 3 * arm;
        let points = Array2::from_shape_fn((steps + 1, test.x.ncols()), |(step, feature)| {
            let share = step as f32 / steps as f32 * if arm == 0 { 0.6 } else { 1.0 };
            let [from, to] = [test.x[[0, feature]], test.x[[target, feature]]];
            from + share * (to - from)
        });
        let probabilities: Vec<f32> = (0..=steps).map(|step| step as f32 / steps as f32).collect();
        Example {
            row: 0,
            walk: Walk {
                target,
                points,
                probabilities,
                nascent: 1,
                outcome: Outcome {
                    mature: true,
                    steps,
                    probability: 1.0,
                },
            },
            neighbour: None,
        }
    };
    Walks {
        examples: vec![example(1)],
        selected: (1..classes).map(example).collect(),
    }
}

/// A snapshot with three classes, four features and principal components.
pub fn wide_snapshot() -> Snapshot {
    let mut wide = snapshot(3);
    let x = Array2::from_shape_fn((30, 4), |(row, column)| {
        (row * (column + 2) % 7) as f32 - 3.0
    });
    let samples = Samples {
        x,
        y: (0..30).map(|row| row % 3).collect(),
    };
    wide.dataset = Arc::new(Dataset {
        name: "Iris".into(),
        features: ["sepal length", "sepal width", "petal length", "petal width"]
            .map(Feature::numeric)
            .to_vec(),
        classes: vec!["setosa".into(), "versicolor".into(), "virginica".into()],
        train: samples.clone(),
        test: samples,
    });
    wide.projection = Arc::new(Projection {
        axes: Axes::PrincipalComponents,
        names: ["PC 1".into(), "PC 2".into()],
        origin: Array1::zeros(4),
        basis: array![[0.5, 0.5, 0.5, 0.5], [0.5, -0.5, 0.5, -0.5]],
        window: [Interval {
            lower: -6.0,
            upper: 6.0,
        }; 2],
    });
    wide.domains = Arc::new(vec![
        Interval {
            lower: -3.0,
            upper: 3.0
        };
        4
    ]);
    wide.applied.controls.mutability = vec![Mutability::Both; 4];
    for arm in &mut wide.arms {
        arm.walks = Arc::default();
        arm.model = Arc::new(model(4, 3));
    }
    wide
}
