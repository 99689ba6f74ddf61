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
    data::{Dataset, Family, Feature, Interval, Mutability, Samples, Source},
    model::{Architecture, Mlp},
    session::{
        ArmSnapshot, Axes, Change, Controls, Field, History, Projection, Recipe, Robustness,
        Snapshot, Status, Walks,
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
        scoreboard: Arc::default(),
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
    };
    for row in 0..rows {
        for column in 0..columns {
            let right = x.lower + (x.upper - x.lower) * (column as f32 + 0.5) / columns as f32;
            let up = y.upper - (y.upper - y.lower) * (row as f32 + 0.5) / rows as f32;
            let lower = probability(right, up, steepness, epoch);
            field.class.push(u16::from(lower > 0.5));
            field.probability.push(lower.max(1.0 - lower));
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

fn arm(arm: usize, epoch: usize) -> ArmSnapshot {
    let fall = [1.9, 0.8][arm];
    let robustness = |fall: f32, epoch| Robustness {
        epsilons: (0..=6).map(|i| i as f32 * 0.05).collect(),
        fgsm: (0..=6).map(|i| 0.99 - fall * (i as f32 * 0.05)).collect(),
        pgd: Vec::new(),
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
            examples: (0..8).map(|i| (i * 21, walk(arm, i * 21))).collect(),
            selected: None,
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
