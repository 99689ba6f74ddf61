//! Charts over epochs.

use ratatui::{buffer::Buffer, layout::Rect, widgets::Widget};

use crate::{
    dashboard::{
        state::App,
        widgets::{Axes, LineChart, Series, Tick, put},
    },
    plot::Extent,
    session::Snapshot,
};

/// Every point averaged with those of the `window` epochs up to it; gaps stay gaps.
pub fn smoothed(points: &[(f64, f64)], window: usize) -> Vec<(f64, f64)> {
    let mean = |(index, &(epoch, value)): (usize, &(f64, f64))| {
        let first = points[..=index].partition_point(|(at, _)| *at <= epoch - window as f64);
        let finite = points[first..=index].iter().filter(|(_, y)| y.is_finite());
        let (sum, count) = finite.fold((0.0, 0), |(sum, count), (_, y)| (sum + y, count + 1));
        let mean = if value.is_finite() {
            sum / f64::from(count)
        } else {
            value
        };
        (epoch, mean)
    };
    points.iter().enumerate().map(mean).collect()
}

/// Epochs on the screen: the whole run as planned, or more once that is exceeded.
pub fn epochs(snapshot: &Snapshot) -> Extent {
    let planned = snapshot.recipe.epochs() as f64;
    let reached = snapshot.newest_epoch as f64;
    if reached <= planned {
        Extent::new(0.0, planned)
    } else {
        Extent::around([0.0, reached])
    }
}

/// Lines over epochs, with the present epoch marked if it is a past one.
pub struct Timeline<'a> {
    /// What it is drawn for.
    pub app: &'a App,
    /// The run.
    pub snapshot: &'a Snapshot,
    /// The lines.
    pub series: &'a [Series],
    /// Values of the vertical axis.
    pub y: Extent,
    /// Epochs to mark.
    pub changes: &'a [usize],
    /// Whether the values are decimal logarithms.
    pub logarithmic: bool,
    /// What follows the values on the axis.
    pub unit: &'a str,
}

impl Timeline<'_> {
    /// Draws the chart.
    pub fn render(&self, area: Rect, buffer: &mut Buffer) {
        let theme = &self.app.theme;
        let x = epochs(self.snapshot);
        let x_ticks = Tick::over(x, usize::from(area.width / 12).clamp(2, 8));
        let y_ticks = self.y_ticks(usize::from(area.height / 3).clamp(2, 6));
        let axes = Axes {
            x: &x_ticks,
            y: &y_ticks,
            x_name: "epoch",
            y_name: "",
            line: theme.border,
            text: theme.faint,
            ascii: theme.ascii(),
        };
        let plot = axes.inner(area);
        if plot != area {
            self.marks(x, plot, buffer);
        }
        let chart = LineChart {
            series: self.series,
            x,
            y: self.y,
            axes,
            marker: theme.marker(),
        };
        Widget::render(&chart, area, buffer);
    }

    fn y_ticks(&self, wanted: usize) -> Vec<Tick> {
        let mut ticks = match self.logarithmic {
            true => Tick::labelled(self.y, wanted, power),
            false => Tick::over(self.y, wanted),
        };
        for tick in &mut ticks {
            tick.label.push_str(self.unit);
        }
        ticks
    }

    /// Vertical lines where parameters were changed, and at the present epoch if it is past.
    fn marks(&self, x: Extent, plot: Rect, buffer: &mut Buffer) {
        let theme = &self.app.theme;
        let mut column = |epoch: usize, glyph: char, style| {
            let Some(share) = x.fraction(epoch as f64).filter(|share| *share <= 1.0) else {
                return;
            };
            let across = (share * f64::from(plot.width.saturating_sub(1))).round() as u16;
            for y in plot.top()..plot.bottom() {
                let text = glyph.encode_utf8(&mut [0; 4]).to_owned();
                put(buffer, plot, (plot.x + across, y), &text, style);
            }
        };
        for &epoch in self.changes {
            column(epoch, theme.glyph('┆', ':'), theme.warning);
        }
        let parents = self
            .snapshot
            .arms
            .iter()
            .filter_map(|arm| arm.parent.as_ref());
        for parent in parents {
            column(parent.epoch, 'Y', theme.accent);
        }
        if self.snapshot.epoch < self.snapshot.newest_epoch {
            column(self.snapshot.epoch, theme.glyph('│', '|'), theme.text);
        }
    }
}

/// A power of ten as people read it.
fn power(exponent: f64) -> String {
    let value = 10f64.powf(exponent);
    match value {
        0.01..1000.0 => {
            let decimals = (1.0 - exponent.floor()).clamp(0.0, 3.0) as usize;
            let text = format!("{value:.decimals$}");
            match text.contains('.') {
                true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
                false => text,
            }
        }
        _ => format!("{value:.0e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoothing_looks_back_over_epochs_and_keeps_gaps() {
        let raw = [(1.0, 1.0), (2.0, 3.0), (3.0, f64::NAN), (4.0, 5.0)];
        let smooth = smoothed(&raw, 2);
        assert_eq!((smooth[0].1, smooth[1].1, smooth[3].1), (1.0, 2.0, 5.0));
        assert!(smooth[2].1.is_nan());
    }

    #[test]
    fn powers_of_ten_are_short() {
        let labels = [-3.0, -1.0, -0.5, 0.0, 1.0, 4.0].map(power);
        assert_eq!(labels, ["1e-3", "0.1", "0.32", "1", "10", "1e4"]);
    }
}
