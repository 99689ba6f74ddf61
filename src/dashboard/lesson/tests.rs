use super::{check::Player, *};
use crate::session::Snapshot;

fn read(text: &str) -> Result<Lesson, String> {
    Lesson::read(Path::new("folder/mine.toml"), text).map_err(|error| error.to_string())
}

fn built_in(name: &str) -> Lesson {
    Lesson::open(name).unwrap()
}

#[test]
fn all_built_in_lessons_are_read_and_fit_on_a_small_screen() {
    let lessons = list();
    assert_eq!(lessons.len(), BUILT_IN.len());
    for (name, lesson) in lessons {
        assert_eq!(lesson.name, name);
        assert!(!lesson.about.is_empty(), "{name}");
        assert_eq!(check::cards(&lesson), [], "{name}");
    }
    for (path, text) in BUILT_IN {
        Lesson::read(Path::new(path), text).unwrap();
    }
    Lesson::read(Path::new("template.toml"), TEMPLATE).unwrap();
}

#[test]
fn lessons_go_by_name_and_number() {
    assert_eq!(built_in("tour").title, built_in("1").title);
    assert_eq!(built_in("4-why").title, built_in("why").title);
    let unknown = Lesson::open("tuor").unwrap_err().to_string();
    assert!(unknown.contains("did you mean `tour`"), "{unknown}");
    let missing = Lesson::open("nowhere.toml").unwrap_err().to_string();
    assert!(missing.contains("nowhere.toml"), "{missing}");
}

#[test]
fn mistakes_name_file_line_and_key() {
    let cases = [
        ("[[step]]\nsay = \"x\"", "mine.toml:1: `title` is missing"),
        ("title = \"x\"", "there is no step"),
        (
            "title = \"x\"\ntitel = 3",
            "mine.toml:2: there is no entry `titel`",
        ),
        (
            "title = \"x\"\n[[step]]\nsai = \"x\"",
            "mine.toml:3: there is no entry `sai`",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = 3",
            "mine.toml:3: `say` takes a text",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = \"**x\"",
            "mine.toml:3: `say`: ** is opened",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = \"{ipp(CT)}\"",
            "mine.toml:3: `say`: {ipp(CT)}: there is nothing",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = \"x\"\nshow = [\n\"boundry\"]",
            "mine.toml:5: `show`: there is no panel `boundry`",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = \"x\"\ncontrols = [\"lamda\"]",
            "mine.toml:4: `controls`",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = \"x\"\ndo = [\"sett tau 1\"]",
            "mine.toml:4: `do`: no command",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = \"x\"\nwait = \"epoch >=\"",
            "mine.toml:4: `wait`: a number",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = \"x\"\nexpect = [\"ip < 3\"]",
            "mine.toml:4: `expect`: write `ip` (ARM)",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = \"x\"\ntask = \"x\"",
            "mine.toml:2: `task` needs `until`",
        ),
        (
            "title = \"x\"\n[[step]]\nsay = \"x\"\ntask = \"x\"\nuntil = \"epoch > 1\"",
            "`until` needs `solve`",
        ),
        (
            "title = \"x\"\n[recipe]\npreset = \"mon\"\n[[step]]\nsay = \"x\"",
            "mine.toml:3: `preset`",
        ),
        (
            "title = \"x\"\n[recipe]\narms = [\"BX\"]\n[[step]]\nsay = \"x\"",
            "mine.toml:3: `arms`: there is no `BX`",
        ),
        (
            "title = \"x\"\n[recipe]\nset = { tau = 7 }\n[[step]]\nsay = \"x\"",
            "mine.toml:3:",
        ),
        ("title = \"x\n", "mine.toml:1:"),
    ];
    for (text, expected) in cases {
        let refused = read(text).unwrap_err();
        assert!(refused.contains(expected), "{text}\n{refused}");
    }
}

#[test]
fn text_of_lessons_reaches_no_terminal_as_a_command() {
    let text = "title = \"a\\u001b[2Jb\"\n[[step]]\nsay = \"c\\u001b]52;c;x\\u0007d\"";
    let lesson = read(text).unwrap();
    let shown = format!("{}{}", lesson.title, lesson.steps[0].say.plain());
    assert!(!shown.chars().any(char::is_control), "{shown:?}");
}

/// The failures of `name` with one of its lines written otherwise.
fn failures(name: &str, from: &str, to: &str) -> Vec<String> {
    let (path, text) = find(name).unwrap();
    assert!(text.contains(from), "{from}");
    let lesson = Lesson::read(Path::new(path), &text.replacen(from, to, 1)).unwrap();
    let (failures, _) = check::check(&lesson, 1).unwrap();
    failures.iter().map(ToString::to_string).collect()
}

#[test]
fn a_claim_that_is_turned_round_fails() {
    let found = failures("plausible", "ip.change(CT) <= -20", "ip.change(CT) >= -20");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("`expect` ip.change(CT) >= -20 is not so: ip.change(CT) is -"));
    let found = failures(
        "why",
        "(age, debt, LOCK) < weights",
        "(age, debt, LOCK) > weights",
    );
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_task_that_its_solution_does_not_do_fails() {
    let found = failures("plausible", "\"set lambda_reg 0\", ", "");
    assert!(
        found[0].contains("`until`") && found[0].contains("never comes"),
        "{found:?}"
    );
    let found = failures(
        "plausible",
        "epoch >= 60\"\nexpect",
        "epoch >= 9000\"\nexpect",
    );
    assert!(
        found[0].contains("`wait` epoch >= 9000 never comes"),
        "{found:?}"
    );
}

#[test]
fn a_task_that_is_done_before_it_is_begun_fails() {
    let text = "title = \"x\"\n[[step]]\nsay = \"x\"\ntask = \"x\"\nuntil = \"epoch == 0\"\nsolve = [\"run-to 0\"]";
    let lesson = read(text).unwrap();
    let (failures, _) = check::check(&lesson, 1).unwrap();
    assert!(
        failures[0].problem.contains("before it is begun"),
        "{failures:?}"
    );
}

#[test]
fn going_back_restores_everything_exactly() {
    let text = "title = \"x\"\n[recipe]\nset = { samples = 200, counterfactuals = 20 }\n\
         [[step]]\nsay = \"x\"\nshow = [\"boundary\"]\ndo = [\"run-to 5\", \"set lambda_div 0.7\"]\n\
         [[step]]\nsay = \"y\"\nshow = [\"losses\"]\ndo = [\"lock x1\", \"run-to 12\", \"preset circ\", \"run-to 3\"]";
    let mut player = Player::new(&read(text).unwrap(), 1).unwrap();
    player.begin();
    assert!(player.settle(1));
    let before = player.run.glance();
    let arrangement = player.app.arrangement.clone();
    player.act(Action::NextCard);
    assert!(player.settle(2));
    let during = player.run.glance();
    assert_eq!(during.epoch, 3);
    assert_ne!(during.recipe.source, before.recipe.source);
    player.act(Action::PreviousCard);
    assert!(player.settle(1));
    let after = player.run.glance();
    let weights = |snapshot: &Snapshot| {
        let arms = snapshot.arms.iter();
        arms.map(|arm| arm.model.clone()).collect::<Vec<_>>()
    };
    assert_eq!((after.epoch, &after.recipe), (before.epoch, &before.recipe));
    assert_eq!(weights(&after), weights(&before));
    assert_eq!(player.app.arrangement, arrangement);
    let wanted = player.app.controls().unwrap();
    assert_eq!(wanted.parameters.lambda_div, 0.7);
    player.act(Action::NextCard);
    assert!(player.settle(2));
    assert_eq!(weights(&player.run.glance()), weights(&during));
}
