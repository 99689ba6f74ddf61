//! Playing a recipe again: training goes from fork to fork, and says what is changed on the way.

use crate::{
    dashboard::{
        log::Tone,
        state::{
            App,
            replay::{SPEEDS, State},
            speed::speed,
        },
    },
    session::{Command, Snapshot},
};

/// Begins to play.
pub(in crate::dashboard) fn start(app: &mut App, replay: State) -> Vec<Command> {
    let recipe = replay.opening();
    let mut commands = vec![
        Command::Delay(replay.pause()),
        Command::Restart(Box::new(recipe.clone())),
    ];
    app.desired.expect(recipe);
    app.replay = Some(Box::new(replay));
    commands.extend(go_on(app));
    commands
}

/// Trains to where the next arm is forked off, or to the end.
fn go_on(app: &mut App) -> Option<Command> {
    let stop = app.replay.as_ref()?.stop();
    app.running_to = Some(stop);
    app.intent = Some(true);
    Some(Command::RunTo(stop))
}

/// Tells what was changed, adds the arms whose time has come, and ends the replay when all is played
/// or the user has taken over; what the worker has to do for it.
pub(super) fn arrive(app: &mut App, snapshot: &Snapshot) -> Vec<Command> {
    let pending = app.desired.is_pending();
    let playing = app
        .replay
        .as_mut()
        .filter(|replay| replay.playing && !pending);
    let Some(replay) = playing else {
        return Vec::new();
    };
    if !replay.fits(snapshot) {
        let text = "the run is no longer the recipe's: the replay has ended, the run is yours";
        return end(app, text.to_owned());
    }
    let mut told = replay.tell(snapshot);
    let there = snapshot.epoch >= replay.stop();
    let arms = replay.due(snapshot.epoch);
    for arm in &arms {
        let parent = arm.parent.as_ref().map_or("", |parent| &parent.arm);
        let line = format!(
            "epoch {} · {} forked off {parent}",
            snapshot.epoch, arm.name
        );
        told.push(line);
    }
    if let Some(line) = told.last() {
        replay.last = Some(line.clone());
    }
    told.into_iter().for_each(|line| app.say(Tone::Note, line));
    match (there, arms.is_empty()) {
        (false, _) => Vec::new(),
        (true, false) => {
            let added = arms.into_iter().map(|arm| Command::Add(Box::new(arm)));
            added.chain(go_on(app)).collect()
        }
        (true, true) => {
            let epoch = snapshot.epoch;
            let text = format!("the replay has ended at epoch {epoch}; the run is yours now");
            end(app, text)
        }
    }
}

/// The replay is over; training keeps the dashboard's own pace from now on.
fn end(app: &mut App, text: String) -> Vec<Command> {
    if let Some(replay) = &mut app.replay {
        replay.playing = false;
    }
    app.running_to = None;
    app.say(Tone::Note, text);
    vec![Command::Delay(speed(app.speed))]
}

/// Plays twice or half as fast, where a replay is on.
pub(super) fn change_speed(app: &mut App, slower: bool) -> Option<Vec<Command>> {
    let replay = app.replay.as_mut().filter(|replay| replay.playing)?;
    let wanted = replay.speed * if slower { 0.5 } else { 2.0 };
    if !SPEEDS.contains(&wanted) {
        let text = format!(
            "a replay goes from ×{} to ×{}",
            SPEEDS.start(),
            SPEEDS.end()
        );
        app.say(Tone::Refusal, text);
        return Some(Vec::new());
    }
    replay.speed = wanted;
    Some(vec![Command::Delay(replay.pause())])
}
