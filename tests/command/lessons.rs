//! The built-in lessons, proved over seeds; and `ctui lesson` on the command line.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use ctui::dashboard::lesson::{BUILT_IN, Lesson, check};

use crate::common::binary::ctui_in;

/// Everything that a lesson claims and that is not so, over these seeds.
fn failures(number: usize, seeds: &[u64]) -> Vec<String> {
    let (path, text) = BUILT_IN[number - 1];
    let lesson = Lesson::read(Path::new(path), text).unwrap();
    let check = |&seed: &u64| check::check(&lesson, seed).unwrap().0;
    let failures = seeds.iter().flat_map(check);
    failures
        .map(|failure| format!("{path}:{failure}"))
        .collect()
}

macro_rules! proved {
    ($($name:ident: $number:literal, $seeds:expr;)*) => {
        $(
            #[test]
            fn $name() {
                assert_eq!(failures($number, &$seeds), Vec::<String>::new());
            }
        )*
    };
}

proved! {
    lesson_1_holds: 1, [1, 2, 3];
    lesson_2_holds: 2, [1, 2, 3];
    lesson_3_holds_over_five_seeds: 3, [1, 2, 3, 4, 5];
    lesson_4_holds_over_five_seeds: 4, [1, 2, 3, 4, 5];
    lesson_5_holds: 5, [1, 2, 3];
    lesson_6_holds: 6, [1, 2, 3];
    lesson_7_holds: 7, [1, 2, 3];
    lesson_8_holds: 8, [1, 2, 3];
    lesson_9_holds: 9, [1, 2, 3];
}

#[test]
fn lessons_are_listed_begun_and_proved_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (code, list, _) = ctui_in(&folder, &["lesson"]);
    assert_eq!(code, 0);
    for name in ["tour", "plausible", "locked", "why", "recourse"] {
        assert!(list.contains(name), "{list}");
    }
    let (code, said, _) = ctui_in(&folder, &["lesson", "new", "mine.toml"]);
    assert!(
        code == 0 && said.contains("ctui lesson mine.toml"),
        "{said}"
    );
    let (code, _, refused) = ctui_in(&folder, &["lesson", "new", "mine.toml"]);
    assert!(code == 2 && refused.contains("there already"), "{refused}");
    let (code, said, _) = ctui_in(&folder, &["lesson", "check", "mine.toml"]);
    assert!(code == 0 && said.contains("mine.toml: holds"), "{said}");
    let file = folder.path().join("mine.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("ip.change(CT) < 0", "ip.change(CT) > 0"),
    )
    .unwrap();
    let (code, said, refused) = ctui_in(&folder, &["lesson", "check", "mine.toml"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("is not so") && refused.contains("does not hold"));
    fs::write(&file, "title = 3").unwrap();
    let (code, _, refused) = ctui_in(&folder, &["lesson", "check", "mine.toml"]);
    assert!(
        code == 2 && refused.contains("mine.toml:1: `title`"),
        "{refused}"
    );
    let (code, _, refused) = ctui_in(&folder, &["lesson", "tuor"]);
    assert!(
        code == 2 && refused.contains("did you mean `tour`"),
        "{refused}"
    );
    let (code, _, refused) = ctui_in(&folder, &["lesson", "tour"]);
    assert!(code == 2 && refused.contains("terminal"), "{refused}");
}
