//! Whole-dashboard tests: keys in, frames and commands out, on a pretended terminal and clock.

mod arms;
mod burden;
mod charts;
mod commands;
mod data;
mod drawing;
mod hostile;
mod mouse;
mod overlay;
mod recording;
mod replay;
mod run;
mod samples;
mod screen;
mod sweep;
mod time;
mod values;
mod ways;

use std::sync::Arc;

use super::{
    fixture,
    stage::{Stage, command, event, look, restarted, set, with_dashboard},
};
use crate::{
    dashboard::{
        action::Action,
        input::Input,
        state::{Mode, Request},
        theme::ThemeName,
    },
    data::Mutability,
    recipe::{Change, Recipe},
    session::{Command, Refused, Snapshot, Status},
    training::Preset,
};
