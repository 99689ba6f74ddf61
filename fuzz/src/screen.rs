//! Readers of what is typed, pasted, bound to keys, taught and shared.

use std::path::Path;

use ctui::{
    dashboard::{
        command::{parse, spell},
        config::Config,
        input::{Decoder, Report},
        lesson::Lesson,
        share::{Shared, envelope},
    },
    lesson::{expression::Expression, facts, markup::Markup},
};

use super::text;

/// A code, or, if it does not begin like one, the text inside of a code.
pub fn share(bytes: &[u8]) {
    let Some(text) = text(bytes) else {
        return;
    };
    let code = match envelope::is_code(text) {
        true => Ok(text.to_owned()),
        false => envelope::close(text.as_bytes()),
    };
    let Some(shared) = code.ok().and_then(|code| Shared::decode(&code).ok()) else {
        return;
    };
    let again = shared.encode().and_then(|code| Shared::decode(&code));
    assert!(
        again.is_ok_and(|again| again == shared),
        "a session is another one"
    );
}

/// How the user wants ctui to be.
pub fn configuration(bytes: &[u8]) {
    let read = |text: &str| Config::parse(Path::new("config.toml"), text);
    let Some(Ok(config)) = text(bytes).map(read) else {
        return;
    };
    let written = config.to_string();
    let again = read(&written).map(|config| config.to_string());
    assert!(
        again.is_ok_and(|again| again == written),
        "a configuration is another one"
    );
}

/// A lesson.
pub fn lesson(bytes: &[u8]) {
    let lesson = text(bytes).map(|text| Lesson::read(Path::new("lesson.toml"), text));
    if let Some(Ok(lesson)) = lesson {
        assert!(!lesson.steps.is_empty());
        lesson.steps.iter().for_each(|step| lay_out(&step.say));
    }
}

/// A statement about a run, and the same as marked text.
pub fn statement(bytes: &[u8]) {
    let Some(text) = text(bytes) else {
        return;
    };
    if let Ok(expression) = Expression::parse(text) {
        let _ = facts::check(&expression);
        for (name, _) in expression.names() {
            assert!(text.contains(&name), "{name} is not there");
        }
    }
    if let Ok(markup) = Markup::parse(text) {
        let _ = markup.expressions();
        lay_out(&markup);
    }
}

/// Breaks a text into lines of several widths.
fn lay_out(markup: &Markup) {
    let width = |text: &str| text.chars().count();
    for columns in [0, 1, 9, 80] {
        let _ = markup.lines(columns, width);
    }
    let _ = markup.plain();
}

/// What a terminal sends, at once and byte by byte.
pub fn keys(bytes: &[u8]) {
    let decoded = |size: usize| -> Vec<Report> {
        let (mut decoder, mut reports) = (Decoder::default(), Vec::new());
        for part in bytes.chunks(size) {
            decoder.feed(part, &mut reports);
        }
        decoder.settle(&mut reports);
        assert!(decoder.patience().is_none(), "something is left");
        reports
    };
    let whole = decoded(bytes.len().max(1));
    for size in [1, 7] {
        assert_eq!(decoded(size), whole, "cut into pieces of {size}");
    }
}

/// A line of the command line.
pub fn command(bytes: &[u8]) {
    if let Some(Ok(action)) = text(bytes).map(parse) {
        let line = spell(&action);
        assert_eq!(parse(&line), Ok(action), "{line}");
    }
}
