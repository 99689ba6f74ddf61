//! The lesson in words.

use crate::{
    dashboard::{
        action::{Action, Panel},
        lesson::list,
        spoken::question::HELP,
        state::{App, lesson::Progress},
    },
    lesson::markup::Markup,
};

/// The lessons that there are.
pub fn lessons() -> Vec<String> {
    let lessons = list().into_iter().enumerate();
    let line = |(index, (name, lesson)): (usize, (&str, crate::dashboard::lesson::Lesson))| {
        format!(
            "lesson {}, {name}: {}. {}",
            index + 1,
            lesson.title,
            lesson.about
        )
    };
    let mut lines: Vec<String> = lessons.map(line).collect();
    lines.push("lessons: `lesson` and a name plays one; tour is the first".to_owned());
    lines
}

/// The card, its task, where to listen, and how things stand.
pub fn lines(app: &App) -> Vec<String> {
    let Some((state, step)) = app
        .lesson
        .as_ref()
        .and_then(|state| Some((state, state.now()?)))
    else {
        return vec!["card: no lesson is open; `lesson tour` opens the first".to_owned()];
    };
    let said = |markup: &Markup| markup.filled(|expression| app.spelt(expression)).plain();
    let (number, all) = (state.step + 1, state.lesson.steps.len());
    let mut lines = vec![format!("card {number} of {all}: {}", said(&step.say))];
    lines.extend(
        step.task
            .as_ref()
            .map(|task| format!("your turn: {}", said(task))),
    );
    let hint = step.hint.as_ref().filter(|_| state.hint);
    lines.extend(hint.map(|hint| format!("hint: {}", said(hint))));
    let panels: Vec<_> = step.show.iter().map(|panel| question(*panel)).collect();
    if !panels.is_empty() {
        lines.push(format!(
            "to hear what the card shows: {}",
            panels.join(", ")
        ));
    }
    lines.push(progress(app));
    lines
}

/// The question about a panel.
pub fn question(panel: Panel) -> &'static str {
    let name = match panel {
        Panel::Scoreboard => "score",
        Panel::Inspector => "sample",
        Panel::Burden => "groups",
        other => other.name(),
    };
    let known = HELP.iter().find(|(known, _)| *known == name);
    known.map_or("status", |(name, _)| *name)
}

/// How it stands with what the card awaits, and what leads on.
pub fn progress(app: &App) -> String {
    let key = |action: &Action| app.keymap.key(action).unwrap_or_default();
    let (on, back) = (key(&Action::NextCard), key(&Action::PreviousCard));
    match app.progress() {
        Progress::Waiting(what) => format!("card: {what}"),
        Progress::Task => {
            let hint = key(&Action::Hint);
            format!(
                "task: not done yet{}; {hint} gives a hint, {back} goes back",
                so_far(app)
            )
        }
        Progress::Done => format!("task: done; {on}, or an empty line, goes on"),
        Progress::Free => format!("card: {on}, or an empty line, goes on, {back} goes back"),
    }
}

/// How far a task is.
fn so_far(app: &App) -> String {
    let facts = || {
        let until = app.lesson.as_ref()?.now()?.until.as_ref()?;
        let facts = until.expression.facts(&app.observed()?);
        let facts: Vec<_> = facts
            .iter()
            .map(|(name, value)| format!("{name} is {value}"))
            .collect();
        Some(format!(", {}", facts.join(", ")))
    };
    facts().unwrap_or_default()
}
