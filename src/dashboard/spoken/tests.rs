//! What is said, and what is answered, of pretended sessions.

use std::{cell::RefCell, io::Write, rc::Rc, sync::Arc};

use crossbeam_channel::{Sender, unbounded};

use super::session::Spoken;
use crate::{
    dashboard::{
        action::Action,
        command::spell,
        core::Core,
        input::Input,
        state::Request,
        tests::{
            fixture,
            random::actions,
            stage::{ManualClock, Recorder},
        },
        theme::Level,
        widgets::Marker,
    },
    random::{Purpose, stream},
    recipe::Change,
    session::{Command, Snapshot, Status},
};

/// What was said.
#[derive(Clone, Default)]
struct Paper(Rc<RefCell<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

struct Room<'a> {
    spoken: Spoken<'a>,
    lines: Sender<Input>,
    worker: &'a Recorder,
    clock: &'a ManualClock,
    paper: Paper,
}

impl Room<'_> {
    /// What is said by the time `milliseconds` later.
    fn later(&mut self, milliseconds: u64) -> Vec<String> {
        self.clock.advance(milliseconds);
        self.lines.send(Input::Answered).unwrap();
        self.spoken.turn().unwrap();
        self.said()
    }

    fn said(&mut self) -> Vec<String> {
        let text = String::from_utf8(self.paper.0.take()).unwrap();
        assert!(
            !text.replace('\n', "").contains(char::is_control),
            "{text:?}"
        );
        text.lines().map(str::to_owned).collect()
    }

    /// The answer to a line.
    fn ask(&mut self, line: &str) -> Vec<String> {
        self.lines.send(Input::Line(Some(line.to_owned()))).unwrap();
        self.spoken.turn().unwrap();
        self.said()
    }

    fn publish(&mut self, snapshot: Snapshot) -> Vec<String> {
        self.worker.publish(snapshot);
        self.spoken.turn().unwrap();
        self.said()
    }
}

/// Runs `script` in a session that has told of `snapshot`.
fn with_room(snapshot: Snapshot, script: impl FnOnce(&mut Room<'_>)) {
    let (worker, clock) = (Recorder::new(), ManualClock::default());
    let (lines, inputs) = unbounded();
    let app = fixture::empty(120, 40, Level::Off, Marker::Ascii);
    let paper = Paper::default();
    let mut output = paper.clone();
    let core = Core::new(app, &worker, inputs, &clock);
    let spoken = Spoken::new(core, &mut output, true);
    let mut room = Room {
        spoken,
        lines,
        worker: &worker,
        clock: &clock,
        paper,
    };
    let greeting = room.publish(snapshot);
    assert!(greeting[0].starts_with("status: Moons, epoch 57 of 100") || !greeting.is_empty());
    room.worker.told();
    script(&mut room);
}

#[test]
fn epochs_are_told_now_and_then_and_when_training_rests() {
    with_room(fixture::snapshot(57), |room| {
        assert_eq!(room.publish(fixture::snapshot(58)), Vec::<String>::new());
        let told = room.later(5_000);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("epoch 58 of 100: BL loss "), "{told:?}");
        assert!(told[0].contains("; CT loss ") && told[0].contains("counterfactuals mature"));
        assert_eq!(room.publish(fixture::snapshot(59)), Vec::<String>::new());
        let mut paused = fixture::snapshot(60);
        paused.status = Status::Paused;
        let told = room.publish(paused);
        assert!(told[0].starts_with("epoch 60 of 100: "), "{told:?}");
        assert_eq!(told[1], "training: paused at epoch 60; run goes on");
        assert_eq!(
            room.ask("pace 0"),
            ["done: lines about epochs are 0 seconds apart or more"]
        );
        assert_eq!(room.publish(fixture::snapshot(61)).len(), 2);
        assert_eq!(room.publish(fixture::snapshot(62)).len(), 1);
        room.ask("pace none");
        room.publish(fixture::snapshot(63));
        assert_eq!(room.later(60_000), Vec::<String>::new());
    });
}

#[test]
fn a_change_is_told_once_with_both_values() {
    with_room(fixture::snapshot(57), |room| {
        assert_eq!(
            room.ask("set λ_adv 0.5"),
            ["done: λ_adv = 0.5; from the next epoch"]
        );
        let told = room.worker.told();
        assert!(matches!(&told[..], [Command::Set(_)]), "{told:?}");
        let mut controls = fixture::controls();
        let before = controls.parameters.lambda_adv;
        controls.parameters.lambda_adv = 0.5;
        let change = Change {
            epoch: 58,
            controls,
        };
        let said = room.publish(fixture::changed(58, change.clone()));
        let expected = format!("epoch 58: λ_adv of CT changed from {before} to 0.5");
        assert_eq!(said, [expected]);
        assert_eq!(
            room.publish(fixture::changed(59, change)),
            Vec::<String>::new()
        );
    });
}

#[test]
fn training_is_steered_by_words() {
    with_room(fixture::snapshot(57), |room| {
        assert_eq!(room.ask("run"), ["done already: running"]);
        room.ask("pause");
        assert!(matches!(&room.worker.told()[..], [Command::Pause]));
        let mut paused = fixture::snapshot(58);
        paused.status = Status::Paused;
        room.publish(paused);
        room.ask("step-epoch");
        assert!(matches!(&room.worker.told()[..], [Command::StepEpoch]));
        room.ask("Space");
        room.spoken.turn().ok();
    });
}

#[test]
fn refusals_say_what_to_do() {
    with_room(fixture::snapshot(57), |room| {
        let told = |room: &mut Room<'_>, line: &str| room.ask(line).join("\n");
        assert!(told(room, "set lambda_div 99").starts_with("refused: "));
        assert!(told(room, "set lambda_div 99").contains("from 0 to 10"));
        assert!(told(room, "lock nothing").starts_with("refused: "));
        assert!(told(room, "statsu").contains("did you mean `status`?"));
        assert!(told(room, "inspect 100000").contains("count from 0 and end at"));
        assert!(told(room, "score beauty").contains("there are accuracy"));
        assert!(told(room, "record x.cast").contains("there is no screen to record"));
        assert!(told(room, "pace slow").starts_with("refused: "));
        assert!(told(room, "help xyzzy").starts_with("refused: "));
    });
}

#[test]
fn every_panel_is_told_in_labelled_lines() {
    let questions = [
        "status",
        "boundary",
        "losses",
        "counterfactuals",
        "robustness",
        "parameters",
        "features",
        "score",
        "score ip",
        "groups",
        "messages",
        "help",
        "help all",
        "help tau",
        "lessons",
        "parameters lambda_div",
        "card",
    ];
    let four = || {
        let app = fixture::app(120, 40, Level::Off, Marker::Ascii);
        fixture::four(&app, 57)
    };
    let snapshots: [fn() -> Snapshot; 5] = [
        || fixture::snapshot(57),
        || fixture::snapshot(0),
        fixture::wide_snapshot,
        fixture::images,
        || fixture::many_features(40),
    ];
    let all = snapshots.into_iter().map(|make| make()).chain([four()]);
    for snapshot in all {
        with_room(snapshot, |room| {
            for question in questions {
                room.ask(question);
                let later = room.later(11_000);
                let said = [room.ask(question), later, room.later(11_000)].concat();
                assert!(!said.is_empty(), "{question}");
                for line in said {
                    let label = line.split_once(": ");
                    assert!(
                        label.is_some_and(|(label, rest)| !label.is_empty() && !rest.is_empty()),
                        "{question}: {line}"
                    );
                    assert!(
                        !line.contains("NaN") && !line.contains(['│', '█', '★', '·']),
                        "{line}"
                    );
                }
            }
        });
    }
}

#[test]
fn what_is_said_has_the_numbers_of_the_panels() {
    with_room(fixture::snapshot(57), |room| {
        let scores = room.ask("score").join("\n");
        assert!(
            scores.contains("accuracy: BL 0.994 plus or minus 0.0030; CT 0.986"),
            "{scores}"
        );
        assert!(scores.contains("IP: BL 1.710"), "{scores}");
        assert!(
            scores.contains("-20 % plus or minus 0.90, significant, published BL 1.71, CT 1.37"),
            "{scores}"
        );
        let ip = room.ask("score ip").join("\n");
        assert!(
            ip.contains("less is better") && ip.contains("99 % of the rounds"),
            "{ip}"
        );
        let counts = room.ask("counts").join("\n");
        assert!(
            counts.contains("counterfactuals of CT in epoch 57"),
            "{counts}"
        );
        let features = room.ask("features x1");
        assert!(
            features[0].starts_with("feature x1: both ways; domain "),
            "{features:?}"
        );
        let boundary = room.ask("boundary").join("\n");
        assert!(boundary.contains("from the bottom up: "), "{boundary}");
    });
}

#[test]
fn an_inspected_sample_is_told_once_it_is_found() {
    with_room(fixture::snapshot(57), |room| {
        assert_eq!(room.ask("inspect 3"), Vec::<String>::new());
        assert!(room.ask("status").is_empty(), "the answer comes first");
        let app = room.spoken.core.app.clone();
        let mut found = fixture::snapshot(58);
        found.arms = (0..2).map(|arm| fixture::inspected(&app, arm)).collect();
        let said = room.publish(found).join("\n");
        assert!(said.contains("sample: row 3 of the test set"), "{said}");
        assert!(
            said.contains("advice of CT: ") && said.contains("outcome of BL: "),
            "{said}"
        );
        assert!(said.contains("feature x1: "), "{said}");
        assert!(said.contains("status: Moons"), "{said}");
    });
}

#[test]
fn no_command_is_left_without_an_answer() {
    let mut random = stream(1, Purpose::Evaluation, 2);
    for action in actions(&mut random) {
        with_room(fixture::snapshot(57), |room| {
            let line = spell(&action);
            let said = room.ask(&line);
            let app = &room.spoken.core.app;
            let waits = app.intent.is_some() || app.is_on_its_way();
            let silent = matches!(action, Action::Quit | Action::Leave) || waits;
            let told = [said, room.later(11_000)].concat();
            assert!(silent || !told.is_empty(), "{line}");
        });
    }
}

#[test]
fn the_end_of_all_lines_leaves_once_all_has_come() {
    with_room(fixture::snapshot(57), |room| {
        room.ask("run-to 60");
        room.lines.send(Input::Line(None)).unwrap();
        assert_eq!(room.spoken.turn().unwrap(), Request::None);
        let mut reached = fixture::snapshot(60);
        reached.status = Status::Paused;
        room.worker.publish(reached);
        assert_eq!(room.spoken.turn().unwrap(), Request::Quit);
    });
    with_room(fixture::snapshot(57), |room| {
        room.lines.send(Input::Line(None)).unwrap();
        assert_eq!(room.spoken.turn().unwrap(), Request::Quit);
    });
}

#[test]
fn names_that_steer_terminals_are_said_escaped() {
    let mut snapshot = fixture::snapshot(57);
    let mut dataset = snapshot.dataset.as_ref().clone();
    dataset.name = "\u{1b}[2JMoons\u{7}".into();
    dataset.classes = vec!["a\u{202e}b".into(), "c\nd".into()];
    dataset.features[0].name = "x\u{9b}1".into();
    snapshot.dataset = Arc::new(dataset);
    with_room(snapshot, |room| {
        for question in ["status", "boundary", "features", "losses"] {
            let said = room.ask(question).join(" ");
            assert!(
                !said.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']),
                "{said:?}"
            );
        }
    });
}
