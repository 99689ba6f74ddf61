use std::collections::BTreeMap;

use super::*;

#[test]
fn every_key_names_one_thing() {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in entries() {
        for key in entry.keys() {
            let before = known.insert(key, entry.name);
            assert_eq!(before, None, "{key}: {}", entry.name);
        }
    }
}

#[test]
fn every_key_finds_its_entry_first() {
    for entry in entries() {
        for key in entry.keys() {
            assert_eq!(find(key), Some(entry), "{key}");
            assert_eq!(search(key).first(), Some(&entry), "{key}");
        }
    }
}

#[test]
fn entries_are_two_or_three_plain_lines() {
    for entry in entries() {
        let length = entry.text.chars().count();
        assert!((20..=270).contains(&length), "{}: {length}", entry.name);
        assert!(entry.text.ends_with('.'), "{}", entry.name);
        assert!(!entry.text.contains("  "), "{}", entry.name);
    }
}

#[test]
fn words_are_found_in_any_case_and_by_their_beginning() {
    let first = |query: &str| search(query).first().map(|entry| entry.name);
    assert_eq!(first("tau"), Some("decision_threshold"));
    assert_eq!(first("LR"), Some("learning_rate"));
    assert_eq!(first("maxiter"), Some("max_steps"));
    assert_eq!(first("Star"), Some("mature"));
    assert_eq!(first("implaus"), Some("IP"));
    assert_eq!(find("t").map(|entry| entry.name), Some("target class"));
    assert_eq!(find("T").map(|entry| entry.name), Some("max_steps"));
    let lambdas = search("lambda");
    assert!(lambdas.len() >= 6, "{lambdas:?}");
    assert!(search("no such word at all").is_empty() && search(" ").is_empty());
}

#[test]
fn parameters_shadow_other_words() {
    assert_eq!(parameter("energy"), None);
    assert_eq!(parameter("eps").map(|entry| entry.name), Some("epsilon"));
}
