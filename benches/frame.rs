//! How long drawing a full frame takes: `cargo bench --bench frame`.
//!
//! Floor: 200 × 60 cells of 48 bytes are cleared and written once, 1.2 MB, 0.1 ms at 10 GB/s; 120 × 40
//! take 0.5 MB, 80 × 24 0.2 MB. There are few operations: a colour and a glyph per cell.

#![allow(missing_docs, clippy::unwrap_used)]

use std::{hint::black_box, sync::Arc};

use criterion::{Criterion, criterion_group, criterion_main};
use ctui::{
    dashboard::{
        Worker,
        keymap::Keymap,
        state::App,
        theme::{Level, Theme},
        update::{begin, receive},
        view,
        widgets::Marker,
    },
    recipe::{Controls, Recipe},
    session::{Command, Session, Snapshot},
    training::Preset,
};
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

/// An app that shows a real session after a few epochs.
fn app(size: Size) -> App {
    let preset = Preset::find("moon").unwrap();
    let mut parameters = preset.parameters();
    parameters.epochs = 10;
    let controls = Controls {
        parameters,
        mutability: Vec::new(),
    };
    let recipe = Recipe::pair(preset.source(None).unwrap(), controls);
    let session = Session::spawn(recipe).unwrap();
    let theme = Theme::dark(Level::Rgb, Marker::Braille);
    let mut app = App::new(theme, Keymap::standard().unwrap(), size);
    let mut commands = begin(&mut app);
    commands.push(Command::Delay(0));
    loop {
        for command in commands {
            Worker::send(&session, command);
        }
        let snapshot: Arc<Snapshot> = Worker::snapshots(&session).recv().unwrap();
        let epoch = snapshot.epoch;
        commands = receive(&mut app, snapshot);
        if epoch == 10 {
            return app;
        }
    }
}

fn frames(criterion: &mut Criterion) {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let app = app(Size::new(width, height));
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        criterion.bench_function(&format!("frame {width}x{height}"), |bencher| {
            bencher.iter(|| {
                buffer.reset();
                view::draw(black_box(&app), area, &mut buffer);
            });
        });
    }
}

criterion_group!(benches, frames);
criterion_main!(benches);
