//! The rooms of the house: a lower one imports no higher one, and guests stay where they belong.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

/// The modules from the ground up; each may use only those before it.
const ROOMS: &[&str] = &[
    "choices",
    "text",
    "ascii",
    "shell",
    "xml",
    "plot",
    "random",
    "halt",
    "files",
    "math",
    "glossary",
    "data",
    "model",
    "counterfactual",
    "training",
    "evaluation",
    "recourse",
    "audit",
    "recipe",
    "learner",
    "session",
    "run",
    "paper",
    "lesson",
    "sweep",
    "handout",
    "dashboard",
    "cli",
];

/// Libraries, and the rooms that may use them.
const GUESTS: [(&str, &[&str]); 5] = [
    ("dfdx", &["model"]),
    ("ratatui", &["dashboard"]),
    ("ratatui_image", &["dashboard"]),
    ("crossterm", &["dashboard", "cli"]),
    ("clap", &["cli", "main"]),
];

/// All source files with the room that each belongs to.
fn sources(folder: &Path, room: Option<&str>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let room = room.unwrap_or(&name).to_owned();
        if path.is_dir() {
            found.extend(sources(&path, Some(&room)));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((room, fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

fn all_sources() -> Vec<(String, String)> {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), None)
}

/// The rooms that a source names: `crate::room`, also within `use crate::{…}`.
fn named_rooms(source: &str) -> Vec<&'static str> {
    let code: String = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let mut named: Vec<&str> = ROOMS
        .iter()
        .copied()
        .filter(|room| code.contains(&format!("crate::{room}")))
        .collect();
    for group in code.split("use crate::{").skip(1) {
        let group = group.split(';').next().unwrap();
        let mut depth = 0;
        for part in group.split_inclusive([',', '{', '}']) {
            let name = part
                .trim()
                .split([':', ',', '{', '}'])
                .next()
                .unwrap()
                .trim();
            if depth == 0 {
                named.extend(ROOMS.iter().find(|room| **room == name));
            }
            depth += part.matches('{').count() as i32 - part.matches('}').count() as i32;
        }
    }
    named
}

#[test]
fn no_room_uses_a_higher_one() {
    let height = |room: &str| ROOMS.iter().position(|known| *known == room);
    for (room, source) in all_sources() {
        let Some(own) = height(&room) else {
            assert!(
                ["lib", "main"].contains(&room.as_str()),
                "{room} is no known room"
            );
            continue;
        };
        for used in named_rooms(&source) {
            assert!(height(used).unwrap() <= own, "{room} uses {used}");
        }
    }
}

/// The map has a row for every room, and its dependencies are those of the manifest.
#[test]
fn the_map_names_every_room_and_every_dependency() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(home.join("ARCHITECTURE.md")).unwrap();
    for room in ROOMS {
        let known = [format!("`src/{room}.rs`"), format!("`src/{room}/`")];
        assert!(known.iter().any(|row| map.contains(row)), "no row: {room}");
    }
    let (_, table) = map.split_once("| crate | for |").unwrap();
    let crates = table.lines().filter_map(|row| row.split('|').nth(1));
    let mut crates: Vec<&str> = crates
        .map(|cell| cell.trim_start_matches(" *tests only*"))
        .flat_map(|cell| cell.split([',', ' ']))
        .filter(|name| !name.is_empty() && !name.starts_with('-'))
        .collect();
    let mut used = dependencies(&fs::read_to_string(home.join("Cargo.toml")).unwrap());
    crates.sort_unstable();
    used.sort_unstable();
    used.dedup();
    assert_eq!(crates, used);
}

/// The crates that a manifest names.
fn dependencies(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let unix = manifest["target"]["cfg(unix)"].as_table().unwrap();
    [&manifest, unix]
        .iter()
        .flat_map(|table| ["dependencies", "dev-dependencies"].map(|kind| table.get(kind)))
        .flatten()
        .flat_map(|table| table.as_table().unwrap().keys().cloned())
        .collect()
}

#[test]
fn guests_stay_where_they_belong() {
    for (room, source) in all_sources() {
        for (guest, hosts) in GUESTS {
            let used =
                source.contains(&format!("use {guest}")) || source.contains(&format!(" {guest}::"));
            assert!(
                !used || hosts.contains(&room.as_str()),
                "{room} uses {guest}"
            );
        }
    }
}

/// In the dashboard, what is known stands below what draws it, and that beside what changes it.
#[test]
fn state_and_picture_are_apart() {
    let dashboard = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dashboard");
    let apart = [
        ("state", &["panels::", "update::", "view::"][..]),
        ("panels", &["update::", "view::"][..]),
        (
            "widgets",
            &["state::", "panels::", "update::", "view::"][..],
        ),
    ];
    for (folder, strangers) in apart {
        for (_, source) in sources(&dashboard.join(folder), Some(folder)) {
            let code = source
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            let code = code.take_while(|line| !line.starts_with("mod tests"));
            for line in code {
                let known = strangers.iter().find(|name| names(line, name));
                assert_eq!(known, None, "{folder}: {line}");
            }
        }
    }
}

/// The files of `folder` and, of each, those of its siblings that it uses by `super::`; `mod` is the
/// folder's own file.
fn siblings(folder: &str) -> Vec<(String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let stems: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let uses = |stem: &String| {
        let source = fs::read_to_string(folder.join(format!("{stem}.rs"))).unwrap();
        let code: String = source
            .lines()
            .take_while(|line| !line.starts_with("mod tests"))
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        if stem == "mod" {
            let own = |other: &&String| code.contains(&format!("mod {other};"));
            return stems.iter().filter(own).cloned().collect();
        }
        let mut used = Vec::new();
        for part in code.split("super::").skip(1) {
            let group = match part.strip_prefix('{') {
                Some(group) => group.split(';').next().unwrap(),
                None => part.split([':', ';', '(', ' ', ',']).next().unwrap(),
            };
            for word in group
                .split([',', '{', '}', ' '])
                .filter(|word| !word.is_empty())
            {
                let name = word.split("::").next().unwrap().trim().to_owned();
                used.push(match stems.contains(&name) {
                    true => name,
                    false => "mod".to_owned(),
                });
            }
        }
        used
    };
    stems
        .iter()
        .map(|stem| (stem.clone(), uses(stem)))
        .collect()
}

/// Whether `from` leads to `to` through files that use each other.
fn leads(graph: &[(String, Vec<String>)], from: &str, to: &str, seen: &mut Vec<String>) -> bool {
    let used = graph.iter().filter(|(name, _)| name == from);
    used.flat_map(|(_, used)| used).any(|next| {
        let new = !seen.contains(next);
        seen.push(next.clone());
        next == to || (new && leads(graph, next, to, seen))
    })
}

#[test]
fn files_of_a_folder_do_not_use_each_other_in_circles() {
    for folder in ["src/dashboard/update", "src/model/kernel"] {
        let graph = siblings(folder);
        assert!(graph.len() > 3, "{graph:?}");
        for (name, _) in &graph {
            assert!(
                !leads(&graph, name, name, &mut Vec::new()),
                "{folder}/{name}.rs uses itself through {graph:?}"
            );
        }
    }
}

/// Whether `line` has the path segment `name`, and not only as the end of a longer one.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[test]
fn imports_are_recognised() {
    let source = "use crate::{\n    data::{Dataset, model},\n    training::X,\n};\nlet y = crate::session::z();";
    let mut named = named_rooms(source);
    named.sort_unstable();
    assert_eq!(named, ["data", "session", "training"]);
}
