//! The dashboard in a pseudo-terminal, as a user meets it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../common/cast.rs"]
mod cast;
mod endings;
mod everyday;
mod full_disk;
mod input;
mod kills;
#[path = "../common/kills.rs"]
mod moments;
mod panics;
mod pixels;
mod places;
mod recording;
mod replay;
mod spoken;
mod stage;
mod tour;
