//! Renews the README's picture: trains on Moons for 100 epochs and keeps the last frame.
//!
//! `cargo run --release --example picture` writes `assets/dashboard.svg`.

use std::{error::Error, path::Path};

use ctui::{
    dashboard::{
        Worker,
        export::{frame, svg},
        keymap::Keymap,
        state::{App, speed::speed},
        theme::{Level, Theme},
        update::{begin, receive},
        widgets::Marker,
    },
    files::write_whole,
    recipe::{Controls, Recipe},
    session::{Command, Session, Status},
    training::Preset,
};
use ratatui::layout::Size;

/// Columns and rows of the picture.
const SIZE: Size = Size::new(150, 46);

fn main() -> Result<(), Box<dyn Error>> {
    let preset = Preset::find("moon")?;
    let session = Session::spawn(Recipe::pair(
        preset.source(None)?,
        Controls::new(preset.parameters()),
    ))?;
    let theme = Theme::dark(Level::Rgb, Marker::Braille);
    let mut app = App::new(theme, Keymap::standard()?, SIZE);
    let mut commands = begin(&mut app);
    commands.push(Command::Delay(speed(0)));
    loop {
        for command in commands {
            Worker::send(&session, command);
        }
        let snapshot = Worker::snapshots(&session).recv()?;
        let measured = [
            snapshot.scoreboard.epoch,
            snapshot.arms[1].robustness.epoch,
            snapshot.arms[1].field.epoch,
        ];
        let finished = snapshot.status == Status::Finished
            && measured.iter().all(|epoch| *epoch == snapshot.epoch);
        commands = receive(&mut app, snapshot);
        if finished {
            break;
        }
    }
    app.message = None;
    let picture = svg(&frame(&app), &app.theme);
    let path = Path::new("assets/dashboard.svg");
    write_whole(path, |output| output.write_all(picture.as_bytes()))?;
    Ok(())
}
