//! What is said of an action beside its messages.

use super::{
    boundary, card, counterfactuals, features, groups, help, losses, parameters, robustness,
    sample, scores, session::Awaited,
};
use crate::{
    dashboard::{
        action::{Action, Panel},
        command::spell,
        complete::help::help as command_help,
        log::Tone,
        panels::slow_motion,
        state::{App, Mode, Request, help::topics},
    },
    data::Family,
};

/// Why an action is not for those who have no screen, and what is instead.
pub fn refusal(action: &Action) -> Option<&'static str> {
    match action {
        Action::Record { .. } => Some(
            "there is no screen to record; what is said can be kept: ctui --screen-reader | tee FILE",
        ),
        Action::Sweep(_) | Action::SweepLook(_) => {
            Some("a sweep is told by `ctui sweep show DIR`, which prints it as a table")
        }
        Action::Suspend | Action::Redraw | Action::Resize { .. } => Some("there is no screen here"),
        Action::Qr => Some("the picture of a code cannot be told; `share` gives the code as text"),
        _ => None,
    }
}

/// The last message, if it is not among `lines`: hints are in no log, and repetitions are logged once.
pub fn unlogged(app: &App, lines: &[String]) -> Option<String> {
    let message = app.message.as_ref()?;
    let known = lines.iter().any(|line| line.ends_with(&message.text));
    let label = match message.tone {
        Tone::Refusal => "refused",
        _ => "done",
    };
    (!known).then(|| format!("{label}: {}", message.text))
}

/// Whether an action is there to look at something, whatever else is said.
pub fn is_a_look(action: &Action) -> bool {
    matches!(
        action,
        Action::Focus(_) | Action::Help | Action::Messages | Action::PickData | Action::Hint
    )
}

/// What has become of an action that has said nothing of it.
pub fn lines(app: &App, action: &Action) -> Vec<String> {
    if let Some(lines) = of_mode(app) {
        return lines;
    }
    if app.request != Request::None {
        return Vec::new();
    }
    match action {
        Action::ToggleRun | Action::StepEpoch | Action::RunTo(_) => Vec::new(),
        Action::Scrub(_) | Action::Rewind(_) if app.sought.is_some() => Vec::new(),
        Action::NextCard | Action::PreviousCard if app.lesson.is_none() => card::lines(app),
        Action::Lesson(_) | Action::Tour | Action::NextCard | Action::PreviousCard => Vec::new(),
        Action::Hint => card::lines(app),
        Action::LeaveLesson if app.lesson.is_none() => card::lines(app),
        Action::SlowMotion(_) | Action::PlaySlowMotion => slowly(app),
        Action::NextPanel | Action::PreviousPanel | Action::Focus(_) | Action::TogglePanel(_) => {
            panel(app)
        }
        Action::Move(_) | Action::First | Action::Last | Action::Select(_) | Action::Adjust(_) => {
            selection(app)
        }
        action if awaited(app, action, 0).is_some() => Vec::new(),
        action => {
            let name = spell(action);
            let name = name.split(' ').next().unwrap_or_default();
            vec![format!("done: {}", command_help(&app.keymap, name))]
        }
    }
}

/// What a list or an entry on the screen would show.
fn of_mode(app: &App) -> Option<Vec<String>> {
    Some(match &app.mode {
        Mode::Normal => return None,
        Mode::Help(_) => topics(app).into_iter().map(help::entry).collect(),
        Mode::Messages(_) => super::session::messages(app),
        Mode::Picker(_) => {
            let names: Vec<_> = Family::ALL.iter().map(|family| family.name()).collect();
            let names = names.join(", ");
            vec![format!(
                "data: there are {names}; `data` and a name, or a file, begins with them"
            )]
        }
        Mode::Draw => vec![
            "draw: `point 0.5 -1 class=1` draws a point, `save-data FILE.csv` keeps all".into(),
        ],
        Mode::Entry(_) => vec!["value: type `set`, the name, and the value".into()],
        Mode::Filter => vec!["filter: `features` and a part of a name tells of those".into()],
        Mode::Command(_) | Mode::Code(_) | Mode::Sweep(_) => {
            vec!["here commands are typed as lines; help lists them".into()]
        }
    })
}

/// What must have come before the next line is looked at.
pub(super) fn awaited(app: &App, action: &Action, before: usize) -> Option<Awaited> {
    let burden = app.arrangement.focus == Panel::Burden;
    let sample = || app.inspector.row.map(|_| Awaited::Sample);
    match action {
        Action::StepEpoch => Some(Awaited::EpochAfter(before)),
        Action::NextGrouping(_) | Action::GroupBy(_) => Some(Awaited::Groups),
        Action::NextTarget(_) if burden => Some(Awaited::Groups),
        Action::Inspect { .. }
        | Action::NextSample(_)
        | Action::Pick(_)
        | Action::NextTarget(_)
        | Action::Target(_)
        | Action::Ways(_)
        | Action::MaxChanged(_) => sample(),
        Action::Move(_) if app.arrangement.focus == Panel::Boundary => sample(),
        Action::Focus(Panel::Burden) | Action::TogglePanel(Panel::Burden) => Some(Awaited::Groups),
        _ if app.running_to.is_none() && (app.is_on_its_way() || app.intent.is_some()) => {
            Some(Awaited::Arrival)
        }
        _ => None,
    }
}

/// What the panel shows that has the focus.
fn panel(app: &App) -> Vec<String> {
    match app.arrangement.focus {
        Panel::Boundary => boundary::lines(app),
        Panel::Losses => losses::lines(app),
        Panel::Counterfactuals => counterfactuals::lines(app),
        Panel::Robustness => robustness::lines(app),
        Panel::Parameters => parameters::lines(app, None),
        Panel::Features => features::lines(app, None),
        Panel::Scoreboard => scores::lines(app),
        Panel::Inspector => sample::lines(app),
        Panel::Burden if groups::is_found(app) => groups::lines(app),
        Panel::Burden => Vec::new(),
    }
}

/// What is selected in the panel that has the focus.
fn selection(app: &App) -> Vec<String> {
    match app.arrangement.focus {
        Panel::Parameters => parameters::selected(app),
        Panel::Features => features::selected(app),
        Panel::Scoreboard => scores::selected(app),
        Panel::Losses => losses::term(app, app.losses.selected),
        Panel::Boundary => Vec::new(),
        _ => panel(app),
    }
}

/// The phase of slow motion.
fn slowly(app: &App) -> Vec<String> {
    match (app.slow_motion.phase, app.snapshot.as_deref()) {
        (Some(phase), Some(snapshot)) => {
            let told = slow_motion::sentence(app, snapshot, phase);
            vec![format!("slow motion: {told}")]
        }
        _ => vec!["slow motion: over".to_owned()],
    }
}
