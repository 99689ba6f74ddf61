//! What recourse costs groups of people, and what stands in for a protected feature.

pub mod groups;
mod proxies;

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
};

use super::{age, fold, frame, line, remark};
use crate::{
    audit::{Finding, LEVEL, burden::LEAST},
    dashboard::{
        action::Panel,
        state::App,
        widgets::{first_fitting, middle, wrapped},
    },
    data::Source,
    session::{Burdens, Snapshot},
    text::printable,
};

/// Width of names.
const NAME: u16 = 16;
/// Width of an arm's name.
const ARM: u16 = 5;
/// Columns that are named as carriers of the cost, and as proxies.
const NAMED: usize = 3;

/// What is shown: an audit, of which arms, and how wide.
pub(in crate::dashboard) struct Sheet<'a> {
    app: &'a App,
    snapshot: &'a Snapshot,
    pub(in crate::dashboard) finding: &'a Finding,
    /// One arm, or two that are compared.
    pub(in crate::dashboard) arms: Vec<usize>,
    width: u16,
}

/// Draws the panel.
pub fn render(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some(snapshot) = app.snapshot.as_deref() else {
        frame(app, Panel::Burden, Vec::new(), area, buffer);
        return;
    };
    let inner = frame(app, Panel::Burden, heading(app, snapshot), area, buffer);
    let Some(sheet) = Sheet::new(app, snapshot, inner.width) else {
        return remark(buffer, inner, &reason(snapshot), app.theme.faint);
    };
    let lines = sheet.lines();
    let shown = lines.len().min(usize::from(inner.height));
    let first = app.burden.scroll.min(lines.len() - shown);
    let left = lines.len() - shown - first;
    for (row, content) in lines.into_iter().skip(first).take(shown).enumerate() {
        line(buffer, inner, row as u16, content.spans);
    }
    fold(app, area, (first, left), buffer);
}

/// How many lines one can scroll by, on the screen as it is.
pub fn hidden_lines(app: &App) -> usize {
    let lines = || {
        let layout = app.layout()?;
        let mut panels = layout.panels.iter();
        let (_, area) = panels.find(|(panel, _)| *panel == Panel::Burden)?;
        let inner = area.inner(Margin::new(1, 1));
        let sheet = Sheet::new(app, app.snapshot.as_deref()?, inner.width)?;
        Some(sheet.lines().len().saturating_sub(inner.height.into()))
    };
    lines().unwrap_or(0)
}

/// By what people are grouped, and what they wish for.
fn heading<'a>(app: &App, snapshot: &Snapshot) -> Vec<Span<'a>> {
    let burdens = &snapshot.burdens;
    if burdens.epoch == 0 || burdens.view != app.burden.view || burdens.column.is_empty() {
        return Vec::new();
    }
    let theme = &app.theme;
    let class = middle(&class(snapshot), NAME);
    let column = middle(&printable(&burdens.column), NAME);
    let mut spans = vec![
        Span::styled(format!("by {column} "), theme.text),
        Span::styled(format!("{} ", theme.glyph('→', '>')), theme.faint),
        Span::styled(format!("{class} "), theme.class(burdens.target)),
    ];
    spans.extend(age(app, snapshot, burdens.epoch));
    spans
}

/// The class that people wish for.
pub(in crate::dashboard) fn class(snapshot: &Snapshot) -> String {
    (snapshot.dataset)
        .shown_class(snapshot.burdens.target)
        .into_owned()
}

/// Why there is nothing to show.
pub(in crate::dashboard) fn reason(snapshot: &Snapshot) -> String {
    let burdens: &Burdens = &snapshot.burdens;
    match burdens {
        Burdens { epoch: 0, .. } => "not measured yet".into(),
        Burdens {
            problem: Some(problem),
            ..
        } => format!("not measured: {}", printable(problem)),
        Burdens { columns, .. } if columns.is_empty() => {
            "pixels make no groups of people; this panel is for data with columns".into()
        }
        Burdens { finding: None, .. } => format!(
            "no groups to compare: {} is the same in all test samples; the right arrow key chooses another column",
            printable(&burdens.column)
        ),
        _ => "not measured yet".into(),
    }
}

impl<'a> Sheet<'a> {
    /// What there is to show; nothing if that is of another column or class than is wished for now.
    pub(in crate::dashboard) fn new(
        app: &'a App,
        snapshot: &'a Snapshot,
        width: u16,
    ) -> Option<Self> {
        let burdens = &snapshot.burdens;
        let wanted = burdens.view == app.burden.view;
        let mut arms = app.compared(snapshot).to_vec();
        arms.dedup();
        Some(Self {
            app,
            snapshot,
            finding: burdens.finding.as_ref().filter(|_| wanted)?,
            arms,
            width,
        })
    }

    /// All lines, the most important first.
    fn lines(&self) -> Vec<Line<'a>> {
        let mut lines = self.table();
        lines.extend(self.star());
        lines.extend(self.differences());
        lines.extend(self.proxies());
        lines.extend(self.attributions());
        lines.extend(self.legend());
        lines
    }

    /// What the star of the table means.
    fn star(&self) -> Vec<Line<'a>> {
        let reference = self.who(self.finding.reference);
        let percent = 100.0 * LEVEL;
        let forms = [
            format!(
                "* differs from {reference}: its interval excludes 0, and all hold together with {percent:.1} %"
            ),
            format!("* differs from {reference} (all {percent:.1} % intervals)"),
            format!("* differs from {reference}"),
        ];
        let text = first_fitting(forms, self.width);
        vec![Line::styled(text, self.app.theme.faint)]
    }

    /// What the table's columns and its marks mean.
    pub(in crate::dashboard) fn legend(&self) -> Vec<Line<'a>> {
        let theme = &self.app.theme;
        let class = class(self.snapshot);
        let arm = self.app.focused_arm(self.snapshot);
        let threshold = arm.controls().parameters.decision_threshold;
        let mut texts = vec![
            format!(
                "refused: share not predicted as {class}. Of them, up to {} a group: recourse, share that finds a way to a probability of {threshold}; cost of that way (L1, model units); to class, cost of just being predicted as {class}.",
                self.snapshot.burdens.searched
            ),
            format!(
                "Of groups of fewer than {LEAST} such people no difference is told. Steps are the search's, and not compared."
            ),
        ];
        if matches!(self.snapshot.recipe.source, Source::Synthetic { .. }) {
            let column = printable(&self.finding.column);
            texts.push(format!(
                "These data are made up: the groups are samples of low, middle and high {column}, not people."
            ));
        }
        let lines = texts.iter().flat_map(|text| self.told(text, theme.faint));
        lines.collect()
    }

    /// A text in lines as wide as the panel.
    fn told(&self, text: &str, style: Style) -> Vec<Line<'a>> {
        let lines = wrapped(text, self.width).into_iter();
        lines.map(|line| Line::styled(line, style)).collect()
    }

    /// Name of a group.
    pub(in crate::dashboard) fn group(&self, group: usize) -> String {
        let name = self.finding.groups.get(group);
        printable(name.map_or("", String::as_str)).into_owned()
    }

    /// Who belongs to a group, in a sentence.
    fn who(&self, group: usize) -> String {
        format!("{} {}", printable(&self.finding.column), self.group(group))
    }

    /// Name of an arm.
    pub(in crate::dashboard) fn arm(&self, arm: usize) -> String {
        let arm = self.snapshot.arms.get(arm);
        arm.map_or("", |arm| arm.name.as_str()).to_owned()
    }
}
