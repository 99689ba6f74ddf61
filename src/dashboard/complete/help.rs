//! One line about every command.

use crate::dashboard::{command::spell, keymap::Keymap};

/// Commands that have no key of their own.
const WITHOUT_KEY: &[(&str, &str)] = &[
    ("set", "set a hyper-parameter: set lambda_div 0.8"),
    ("lock", "a feature must not change"),
    ("unlock", "a feature may change both ways"),
    ("increase", "a feature may only rise"),
    ("decrease", "a feature may only fall"),
    (
        "fork",
        "copy the focused arm, with its weights, as it is here: fork NAME",
    ),
    (
        "arm",
        "arm add CT, arm drop, arm rename NAME, arm focus NAME",
    ),
    (
        "arms",
        "start again with these arms: arms BL,CT,AR, arms ablation",
    ),
    (
        "data",
        "train on other data: data circ noise=0.2, data FILE.csv label=NAME",
    ),
    (
        "point",
        "draw a point of a class, from 0: point 0.5 -1 class=1",
    ),
    (
        "save-data",
        "keep the data and what was drawn as CSV: data save FILE.csv",
    ),
    ("brush-class", "choose the class that the brush draws"),
    (
        "move-brush",
        "move the brush by columns and lines: move-brush 3 -1",
    ),
    (
        "brush-at",
        "move the brush to a column and a row of the screen",
    ),
    ("open", "open the session of a code: open ctui1:…"),
    ("preset", "start with the paper's settings for a data set"),
    (
        "lesson",
        "play a lesson: lesson plausible, lesson FILE.toml",
    ),
    ("tour", "play the first lesson: what you see"),
    ("leave-lesson", "close the lesson; the run stays"),
    (
        "run-to",
        "train until this many epochs, then pause: run-to 60",
    ),
    (
        "inspect",
        "inspect a row of the test set, from 0: inspect row=12",
    ),
    (
        "target",
        "where the inspected sample is to go: target opposite, target CLASS",
    ),
    (
        "ways",
        "list up to so many ways of the inspected sample: ways 3, ways none",
    ),
    (
        "max-changed",
        "let each way change at most so many columns: max-changed 2",
    ),
    (
        "letter",
        "write what the inspector says to the person: letter FILE.html",
    ),
    (
        "group-by",
        "what recourse costs groups of people: group-by age",
    ),
    ("seed", "start again with this seed"),
    ("rewind", "go to an epoch of this run: rewind 20"),
    ("save", "keep the run: save DIR"),
    (
        "export",
        "keep a page to hand out (FILE.html), the boundaries (.png), the screen (.svg, .txt), the history (.csv)",
    ),
    (
        "record",
        "record the screen: record FILE.cast; record stop ends it",
    ),
    (
        "overlay",
        "lay a finished run's curves over the charts: overlay DIR, overlay none",
    ),
    (
        "sweep",
        "look at the results of a sweep: table, main effects, heat map: sweep DIR",
    ),
    ("theme", "choose the colours"),
    ("marker", "choose what lines are made of"),
    (
        "projector",
        "few panels, large glyphs and strong colours for a class, or as before",
    ),
    (
        "pictures",
        "choose what images of the data are made of: true pixels, or half blocks",
    ),
    ("type", "type a character"),
    ("resize", "pretend that the terminal has another size"),
    ("paste", "type a text, and carry out its lines"),
    ("focus", "focus a panel"),
    ("toggle-panel", "focus a panel; hide it if it has the focus"),
    ("select", "select a line of the focused list, from 0"),
];

/// Where a command stands in a list: first what is made for typing, then what has keys, by name.
pub(super) fn rank(name: &str) -> (usize, &str) {
    let typed = WITHOUT_KEY.iter().position(|(known, _)| *known == name);
    (typed.unwrap_or(WITHOUT_KEY.len()), name)
}

/// What the command called `name` does.
pub fn help(keymap: &Keymap, name: &str) -> String {
    if let Some((_, help)) = WITHOUT_KEY.iter().find(|(known, _)| *known == name) {
        return (*help).to_owned();
    }
    keymap
        .bindings()
        .iter()
        .find(|binding| spell(&binding.action).split(' ').next() == Some(name))
        .map_or_else(String::new, |binding| binding.help.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::command::names;

    #[test]
    fn every_command_is_explained() {
        let keymap = Keymap::standard().unwrap();
        for name in names() {
            assert!(!help(&keymap, name).is_empty(), "{name}");
        }
        for (name, _) in WITHOUT_KEY {
            assert!(names().contains(name), "{name} is no command");
        }
    }
}
