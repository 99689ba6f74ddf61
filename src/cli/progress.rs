//! Progress of a run on standard error: a bar, or plain lines where there is no terminal.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{remarks, say};
use crate::{
    ascii::unicode_is_read,
    run::{Event, Sink},
    training::EpochReport,
};

/// Lines that a run without a terminal prints.
const LINES: usize = 10;

/// Shows how far a run is. Nobody may be there to read it: that never ends a run.
pub enum Progress {
    /// A bar that is redrawn in place.
    Bar(ProgressBar),
    /// A line every now and then.
    Lines {
        /// Epochs to come.
        epochs: usize,
        /// Arms that train.
        arms: usize,
    },
}

impl Progress {
    /// A bar if standard error is a terminal, lines otherwise.
    pub fn new() -> Self {
        if !io::stderr().is_terminal() {
            return Self::Lines { epochs: 0, arms: 0 };
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        let style = ProgressStyle::with_template("epoch {pos:>4}/{len} {bar:30} {msg} {eta} left");
        Self::Bar(bar.with_style(in_locale(
            style.unwrap_or_else(|_| ProgressStyle::default_bar()),
        )))
    }
}

impl Sink for Progress {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Event::Started { notes, .. } = event {
            let _ = say(notes);
        }
        match (self, event) {
            (Self::Bar(bar), Event::Started { epochs, .. }) => bar.set_length(epochs as u64),
            (Self::Bar(bar), Event::Fitting { done }) => {
                bar.set_message(format!("fitting the autoencoder: {:.0} %", 100.0 * done));
            }
            (Self::Bar(bar), Event::Epoch { report, .. }) => {
                bar.set_message(describe(report));
                bar.set_position(report.epoch as u64);
            }
            (Self::Bar(bar), Event::Finished { .. }) => bar.finish(),
            (
                Self::Lines { epochs, arms },
                Event::Started {
                    epochs: all,
                    arms: count,
                    ..
                },
            ) => {
                (*epochs, *arms) = (all, count);
            }
            (Self::Lines { epochs, arms }, Event::Epoch { arm, report }) => {
                let every = epochs.div_ceil(LINES).max(1);
                if report.epoch % every == 0 || report.epoch == *epochs {
                    let arm = if *arms > 1 {
                        format!("{arm}: ")
                    } else {
                        String::new()
                    };
                    let _ = writeln!(
                        remarks(),
                        "epoch {:>4}/{epochs} {arm}{}",
                        report.epoch,
                        describe(report)
                    );
                }
            }
            (_, Event::Reached { .. }) => {}
            (Self::Lines { .. }, Event::Fitting { done }) => {
                if done == 0.0 {
                    let _ = writeln!(remarks(), "fitting the autoencoder");
                }
            }
            (Self::Lines { .. }, Event::Finished { .. }) => {}
        }
        Ok(())
    }
}

/// Bars of what the locale has.
pub(super) fn in_locale(style: ProgressStyle) -> ProgressStyle {
    match unicode_is_read() {
        true => style,
        false => style.progress_chars("#>-"),
    }
}

fn describe(report: &EpochReport) -> String {
    let mut text = format!("loss {:.3}", report.loss.total);
    if report.mature + report.exhausted > 0 {
        text += &format!(", {:.0} % mature", 100.0 * report.mature_share());
        if report.mature > 0 {
            text += &format!(" in {:.1} steps", report.steps_to_mature());
        }
    }
    if report.skipped_updates > 0 {
        text += &format!(", {} updates skipped (not finite)", report.skipped_updates);
    }
    text
}
