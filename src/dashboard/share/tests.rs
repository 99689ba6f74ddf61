//! Codes: everything comes back, and whatever is wrong is an error.

use std::{path::Path, sync::Arc};

use rand::{Rng, RngExt};
use ratatui::layout::Size;

use super::*;
use crate::{
    dashboard::{
        action::{Action, Brush},
        keymap::Keymap,
        state::App,
        theme::{Level, Theme},
        update::{self, receive, update},
        widgets::Marker,
    },
    data::Mutability,
    random::{Purpose, stream},
    recipe::Controls,
    session::{Command, Rehearsal},
    training::Preset,
};

fn recipe() -> Recipe {
    let preset = Preset::find("moon").unwrap();
    let source = preset.source(None).unwrap();
    Recipe::pair(source, Controls::new(preset.parameters()))
}

/// A dashboard and what trains behind it, without threads.
struct Desk {
    app: App,
    worker: Rehearsal,
}

impl Desk {
    fn new(recipe: Recipe) -> Self {
        let theme = Theme::dark(Level::Rgb, Marker::Braille);
        let app = App::new(theme, Keymap::standard().unwrap(), Size::new(120, 40));
        let worker = Rehearsal::new(recipe).unwrap();
        let mut desk = Self { app, worker };
        desk.see();
        desk
    }

    fn tell(&mut self, commands: Vec<Command>) {
        for command in commands {
            self.worker.tell(command);
        }
        self.see();
    }

    fn see(&mut self) {
        let snapshot = self.worker.glance();
        for command in receive(&mut self.app, snapshot) {
            self.worker.tell(command);
        }
    }

    fn act(&mut self, action: Action) {
        let commands = update(&mut self.app, action);
        self.tell(commands);
    }

    fn to(&mut self, epoch: usize) {
        let present = self.app.snapshot.as_ref().unwrap().epoch;
        for _ in present..epoch {
            self.act(Action::StepEpoch);
        }
        assert_eq!(self.app.snapshot.as_ref().unwrap().epoch, epoch);
    }

    fn weights(&self) -> Vec<Arc<crate::model::Mlp>> {
        let arms = &self.app.snapshot.as_ref().unwrap().arms;
        arms.iter().map(|arm| arm.model.clone()).collect()
    }
}

/// A session in which much was done.
fn busy() -> Desk {
    let mut small = recipe();
    small.each(|controls| {
        controls.parameters.samples = 200;
        controls.parameters.counterfactuals = 20;
        controls.parameters.max_steps = 10;
    });
    let mut desk = Desk::new(small);
    desk.to(29);
    desk.act(Action::Set("lambda_div".into(), "2".into()));
    desk.to(39);
    desk.act(Action::Lock("x1".into()));
    desk.to(42);
    desk.act(Action::Fork("other".into()));
    desk.act(Action::Draw);
    desk.act(Action::Brush(Brush::Larger));
    desk.act(Action::Brush(Brush::Larger));
    desk.act(Action::Brush(Brush::Place));
    desk.act(Action::Brush(Brush::Place));
    desk.act(Action::Back);
    desk.to(45);
    desk.act(Action::Focus(Panel::Losses));
    desk.act(Action::Hide);
    desk.act(Action::TogglePaths);
    desk.act(Action::Inspect { row: 7 });
    desk
}

#[test]
fn a_code_opens_to_the_same_session() {
    let desk = busy();
    let code = update::share::shared(&desk.app).unwrap().encode().unwrap();
    let shared = Shared::decode(&code).unwrap();
    assert_eq!(shared.recipe.drawing.points().len(), 40);
    let mut other = Desk::new(recipe());
    let commands = update::share::restore(&mut other.app, shared);
    other.tell(commands);
    let (a, b) = (&desk.app, &other.app);
    let (shown, opened) = (a.snapshot.as_ref().unwrap(), b.snapshot.as_ref().unwrap());
    assert_eq!((opened.epoch, opened.arms.len()), (45, 3));
    assert_eq!(desk.weights(), other.weights());
    assert_eq!(a.desired.all(), b.desired.all());
    assert_eq!(b.controls().unwrap().mutability[0], Mutability::None);
    assert_eq!(b.controls().unwrap().parameters.lambda_div, 2.0);
    assert_eq!(opened.recipe, shown.recipe);
    let applied = |app: &App| -> Vec<_> {
        let arms = &app.snapshot.as_ref().unwrap().arms;
        arms.iter().map(|arm| arm.applied.clone()).collect()
    };
    assert_eq!(applied(a), applied(b));
    assert_eq!(a.arrangement, b.arrangement);
    assert!(b.arrangement.hidden.contains(&Panel::Losses));
    assert_eq!((&a.boundary, &a.inspector), (&b.boundary, &b.inspector));
    assert_eq!(a.arm, b.arm);
    assert!(b.opening.is_none());
}

#[test]
fn an_arm_after_an_ensemble_is_a_single_model() {
    let mut recipe = recipe();
    let base = recipe.arms[1].controls.clone();
    recipe.arms = crate::recipe::arms("ENS,CT,BL", &base).unwrap();
    let desk = Desk::new(recipe);
    let shared = update::share::shared(&desk.app).unwrap();
    let opened = Shared::decode(&shared.encode().unwrap()).unwrap();
    assert_eq!(opened.recipe, shared.recipe);
    let arms = opened.recipe.arms.iter();
    let members = arms.map(|arm| arm.controls.parameters.members);
    assert_eq!(members.collect::<Vec<_>>(), [5, 1, 1]);
}

#[test]
fn a_preset_with_a_few_changes_is_short() {
    let mut desk = Desk::new(recipe());
    desk.to(1);
    desk.act(Action::Set("lambda_div".into(), "0.8".into()));
    desk.to(2);
    desk.act(Action::Lock("x1".into()));
    desk.to(3);
    desk.act(Action::Set("decision_threshold".into(), "0.7".into()));
    let code = update::share::shared(&desk.app).unwrap().encode().unwrap();
    assert!(code.len() < 300, "{}: {code}", code.len());
    assert!(
        code.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c))
    );
}

#[test]
fn codes_of_today_are_read_tomorrow() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let [code, json] = ["code.txt", "code.json"].map(|name| folder.join(name));
    if std::env::var_os("UPDATE_CODE").is_some() {
        let mut desk = Desk::new(recipe());
        desk.act(Action::Set("lambda_div".into(), "0.8".into()));
        desk.act(Action::Point {
            x: 0.25,
            y: -1.5,
            class: 1,
        });
        desk.to(3);
        let shared = update::share::shared(&desk.app).unwrap();
        std::fs::write(&code, shared.encode().unwrap()).unwrap();
        std::fs::write(&json, serde_json::to_string_pretty(&shared.recipe).unwrap()).unwrap();
    }
    let read = |path| std::fs::read_to_string(path).unwrap();
    let shared = Shared::decode(&read(code)).unwrap();
    assert_eq!(shared.recipe, Recipe::from_json(&read(json)).unwrap());
    assert_eq!(shared.epoch, 3);
}

#[test]
fn what_is_no_code_is_said() {
    let message = |code: &str| Shared::decode(code).unwrap_err().to_string();
    assert!(message("ctui2:abc").contains("newer ctui"));
    assert!(message("hello").contains("begin with ctui1:"));
    assert!(message("ctui1:abc").contains("damaged"));
    assert!(message(&format!("ctui1:{}", "A".repeat(300_000))).contains("too long"));
    let bomb = envelope::close(&vec![b' '; 1 << 20]).unwrap();
    assert!(bomb.len() < 3000 && Shared::decode(&bomb).is_err());
    assert!(is_code("ctui1:x") && is_code("ctui12:") && !is_code("ctui:x") && !is_code("moon"));
}

#[test]
fn a_code_about_a_file_says_which_one_and_checks_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("points.csv");
    let rows = |shift: usize| -> String {
        let row = |n: usize| format!("{}.5,{},{}\n", n + shift, n % 3, n % 2);
        "a,b,label\n".to_owned() + &(0..30).map(row).collect::<String>()
    };
    std::fs::write(&path, rows(0)).unwrap();
    let shared = Shared {
        recipe: Recipe::of(Source::file(&path, None)),
        epoch: 0,
        look: Look::default(),
        lesson: None,
    };
    let code = shared.encode().unwrap();
    assert_eq!(Shared::decode(&code).unwrap(), shared);
    std::fs::write(&path, rows(1)).unwrap();
    let message = Shared::decode(&code).unwrap_err().to_string();
    assert!(
        message.contains("points.csv") && message.contains("another content"),
        "{message}"
    );
    std::fs::remove_file(&path).unwrap();
    let message = Shared::decode(&code).unwrap_err().to_string();
    assert!(
        message.contains("points.csv") && message.contains("put it there"),
        "{message}"
    );
}

/// Damages a code, or the text in it, at random places.
fn damaged(code: &str, text: &[u8], random: &mut impl Rng) -> String {
    let inside = random.random_range(0..2) == 0;
    let mut bytes = if inside {
        text.to_vec()
    } else {
        code.as_bytes().to_vec()
    };
    for _ in 0..random.random_range(1..5) {
        let at = random.random_range(0..bytes.len());
        match random.random_range(0..5) {
            0 => bytes.truncate(at.max(1)),
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, random.random_range(32..127)),
            3 => {
                let end = (at + random.random_range(1..40)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ => bytes[at] = random.random_range(32..127),
        }
        if bytes.is_empty() {
            bytes.push(b'c');
        }
    }
    match inside {
        true => envelope::close(&bytes).unwrap(),
        false => String::from_utf8_lossy(&bytes).into_owned(),
    }
}

fn damage(count: usize) {
    let code = update::share::shared(&busy().app)
        .unwrap()
        .encode()
        .unwrap();
    let text = envelope::open(&code).unwrap();
    let random = &mut stream(1, Purpose::Evaluation, 5);
    let (mut refused, mut other) = (0, 0);
    for _ in 0..count {
        match Shared::decode(&damaged(&code, &text, random)) {
            Err(error) => {
                assert!(error.to_string().len() < 500);
                refused += 1;
            }
            Ok(shared) => {
                assert!(shared.recipe.arms.len() <= 4);
                other += 1;
            }
        }
    }
    assert_eq!(refused + other, count);
    assert!(refused > count / 2, "{refused} {other}");
}

#[test]
fn damaged_codes_are_errors() {
    damage(5_000);
}

#[test]
#[ignore = "takes minutes: cargo test --release --lib a_million -- --ignored"]
fn a_million_damaged_codes_are_errors() {
    damage(1_000_000);
}
