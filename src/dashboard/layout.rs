//! Where the panels are.
//!
//! From 100 × 30 on, everything is on the screen at once; the inspector takes the place of the charts
//! unless there is room for both, and the burden that of the inspector:
//!
//! ```text
//! ┌ status ─────────────────────────────────────────────────────┐
//! │ history                                                     │
//! │ ┌ baseline ────────┐ ┌ counterfactual ───┐ ┌ parameters ──┐ │
//! │ │                  │ │ training          │ │              │ │
//! │ │                  │ │                   │ │              │ │
//! │ └──────────────────┘ └───────────────────┘ ├ scoreboard ──┤ │
//! │ ┌ losses ───┐ ┌ counter- ──┐ ┌ robust- ──┐ │              │ │
//! │ └───────────┘ └ factuals ──┘ └ ness ─────┘ ├ features ────┤ │
//! │ ┌ inspector ─────────────────────────────┐ │              │ │
//! │ └────────────────────────────────────────┘ └──────────────┘ │
//! └ keys ───────────────────────────────────────────────────────┘
//! ```
//!
//! Below, tabs choose one panel; lists keep the boundary beside them:
//!
//! ```text
//! ┌ status ─────────────────────────────┐   ┌ status ─────────────────────────────┐
//! │ 1 Boundary  2 Losses  3 …           │   │ …  5 Parameters  …                  │
//! │ history                             │   │ history                             │
//! │ ┌ baseline ─────┐ ┌ counterfactual ┐│   │ ┌ counterfactual ──┐ ┌ parameters ┐ │
//! │ │               │ │ training       ││   │ │ training         │ │            │ │
//! │ └───────────────┘ └────────────────┘│   │ └──────────────────┘ └────────────┘ │
//! └ keys ───────────────────────────────┘   └ keys ───────────────────────────────┘
//! ```
//!
//! Below 60 × 20, a card says what is needed.

use ratatui::layout::{Constraint, Layout as Split, Rect, Size};

use super::{action::Panel, state::projector::PANELS};

/// The smallest terminal that shows anything.
pub const SMALLEST: Size = Size {
    width: 60,
    height: 20,
};
/// The smallest terminal that shows all panels at once.
pub const WHOLE: Size = Size {
    width: 100,
    height: 30,
};

/// Least height of the panels' area, whatever a lesson has to say.
const BODY: u16 = 6;

/// Height of the panels' area from which charts and inspector are shown together.
const TALL: u16 = 50;

/// Panels on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The line of status.
    pub header: Rect,
    /// The line of tabs; empty if all panels are visible.
    pub tabs: Rect,
    /// The line of the run's history, or the lines of slow motion.
    pub strip: Rect,
    /// Panels and where they are.
    pub panels: Vec<(Panel, Rect)>,
    /// The card of a lesson; empty without one.
    pub card: Rect,
    /// The line of keys.
    pub footer: Rect,
}

/// What the user wants to see.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrangement {
    /// The panel that keys go to.
    pub focus: Panel,
    /// Whether it has the whole screen.
    pub zoomed: bool,
    /// Panels that are not shown.
    pub hidden: Vec<Panel>,
    /// Whether only those for a class are shown, and the one that has the focus.
    pub few: bool,
    /// Lines between status and panels.
    pub strip: u16,
    /// Lines of a lesson's card.
    pub card: u16,
}

impl Arrangement {
    /// Whether a panel is to be shown.
    pub fn shows(&self, panel: Panel) -> bool {
        let wanted = !self.few || panel == self.focus || PANELS.contains(&panel);
        wanted && !self.hidden.contains(&panel)
    }

    /// Shows a panel, in the place of another one if a screen of this size has no room for both.
    pub fn show(&mut self, panel: Panel, size: Size) {
        self.hidden.retain(|hidden| *hidden != panel);
        let rival = match panel {
            Panel::Inspector => Panel::Burden,
            Panel::Burden => Panel::Inspector,
            _ => return,
        };
        if !is_wide(size) && self.shows(rival) {
            self.hidden.push(rival);
        }
    }
}

/// Whether all panels fit on a screen of this size.
pub fn fits_all(size: Size) -> bool {
    size.width >= WHOLE.width && size.height >= WHOLE.height
}

/// Whether charts and inspector fit on a screen of this size together.
pub fn is_tall(size: Size) -> bool {
    fits_all(size) && size.height >= TALL + 3
}

/// Whether inspector and burden fit beside each other on a screen of this size.
pub fn is_wide(size: Size) -> bool {
    fits_all(size) && size.width >= 180
}

/// Places the panels on `area`; `None` if it is too small. `features` is the number of features.
pub fn arrange(area: Rect, arrangement: &Arrangement, features: usize) -> Option<Layout> {
    if area.width < SMALLEST.width || area.height < SMALLEST.height {
        return None;
    }
    let whole = fits_all(area.as_size()) && !arrangement.zoomed;
    let tabs = u16::from(!whole && !arrangement.few);
    let taken = 2 + tabs + arrangement.strip;
    let card = arrangement.card.min(area.height - taken - BODY);
    let [header, tabs, strip, body, card, footer] = Split::vertical([
        Constraint::Length(1),
        Constraint::Length(tabs),
        Constraint::Length(arrangement.strip),
        Constraint::Fill(1),
        Constraint::Length(card),
        Constraint::Length(1),
    ])
    .areas(area);
    let panels = if whole {
        grid(body, arrangement, features)
    } else {
        single(body, arrangement)
    };
    Some(Layout {
        header,
        tabs,
        strip,
        panels,
        card,
        footer,
    })
}

/// One panel, with the boundary beside a list unless maximised.
fn single(body: Rect, arrangement: &Arrangement) -> Vec<(Panel, Rect)> {
    let beside = match arrangement.focus {
        Panel::Boundary if arrangement.shows(Panel::Inspector) => Panel::Inspector,
        focus => focus,
    };
    let list = match beside {
        Panel::Parameters | Panel::Features | Panel::Scoreboard => {
            share(body.width, 40).clamp(34, 48)
        }
        Panel::Inspector => share(body.width, 55).clamp(34, 48),
        _ => 0,
    };
    if arrangement.zoomed || list == 0 {
        return vec![(arrangement.focus, body)];
    }
    let [left, right] =
        Split::horizontal([Constraint::Fill(1), Constraint::Length(list)]).areas(body);
    vec![(Panel::Boundary, left), (beside, right)]
}

fn grid(body: Rect, arrangement: &Arrangement, features: usize) -> Vec<(Panel, Rect)> {
    let shown = |panels: &[Panel]| -> Vec<Panel> {
        panels
            .iter()
            .copied()
            .filter(|&panel| arrangement.shows(panel))
            .collect()
    };
    let top = shown(&[Panel::Boundary]);
    let inspector = shown(&[Panel::Inspector, Panel::Burden]);
    let charts = match body.height >= TALL || inspector.is_empty() {
        true => shown(&[Panel::Losses, Panel::Counterfactuals, Panel::Robustness]),
        false => Vec::new(),
    };
    let rows = [charts, inspector]
        .into_iter()
        .filter(|row| !row.is_empty());
    let bottom: Vec<_> = rows.collect();
    let side = shown(&[Panel::Parameters, Panel::Scoreboard, Panel::Features]);
    let main = !(top.is_empty() && bottom.is_empty());
    let side_width = match (side.is_empty(), main) {
        (true, _) => 0,
        (false, true) => share(body.width, 27).clamp(33, (body.width / 6).max(48)),
        (false, false) => body.width,
    };
    let [left, right] =
        Split::horizontal([Constraint::Fill(1), Constraint::Length(side_width)]).areas(body);
    let row_height = match bottom.len() {
        2 => Constraint::Length((left.height / 4).clamp(10, (left.height / 5).max(16))),
        _ => Constraint::Length(share(left.height, 30).clamp(10, (left.height / 4).max(18))),
    };
    let bottom_height = match top.is_empty() {
        true => Constraint::Fill(1),
        false => row_height,
    };
    let heights = top.iter().map(|_| Constraint::Fill(1));
    let heights = heights.chain(bottom.iter().map(|_| bottom_height));
    let rows = Split::vertical(heights).split(left);
    let mut panels = Vec::new();
    panels.extend(top.iter().map(|&panel| (panel, rows[0])));
    for (row, area) in bottom.iter().zip(rows.iter().skip(top.len())) {
        panels.extend(beside(*area, row));
    }
    panels.extend(stacked(right, &side, features));
    panels
}

/// So many percent of a length.
fn share(length: u16, percent: u32) -> u16 {
    u16::try_from(u32::from(length) * percent / 100).unwrap_or(length)
}

fn beside(area: Rect, panels: &[Panel]) -> Vec<(Panel, Rect)> {
    let columns = Split::horizontal(panels.iter().map(|_| Constraint::Fill(1))).split(area);
    panels
        .iter()
        .copied()
        .zip(columns.iter().copied())
        .collect()
}

/// Height that the list of parameters never needs more than.
const LIST: u16 = 50;

fn stacked(area: Rect, panels: &[Panel], features: usize) -> Vec<(Panel, Rect)> {
    let max = (area.height / 4).max(5);
    let wanted = u16::try_from(features + 3)
        .unwrap_or(u16::MAX)
        .clamp(5, max);
    let scores = match area.height {
        50.. => 20,
        34.. => 15,
        _ => 10,
    };
    let roomy = area.height.saturating_sub(scores + wanted) > LIST;
    let height = |panel: &Panel| match panel {
        Panel::Parameters if roomy && panels.contains(&Panel::Scoreboard) => {
            Constraint::Length(LIST)
        }
        Panel::Scoreboard if roomy => Constraint::Fill(1),
        Panel::Features if panels.len() > 1 => Constraint::Length(wanted),
        Panel::Scoreboard if panels.contains(&Panel::Parameters) => Constraint::Length(scores),
        _ => Constraint::Fill(1),
    };
    let rows = Split::vertical(panels.iter().map(height)).split(area);
    panels.iter().copied().zip(rows.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> Arrangement {
        Arrangement {
            focus: Panel::Boundary,
            zoomed: false,
            hidden: Vec::new(),
            few: false,
            strip: 1,
            card: 0,
        }
    }

    fn placed(width: u16, height: u16, arrangement: &Arrangement) -> Vec<(Panel, Rect)> {
        arrange(Rect::new(0, 0, width, height), arrangement, 2)
            .unwrap()
            .panels
    }

    #[test]
    fn too_small_is_said() {
        for (width, height) in [(0, 0), (1, 1), (59, 50), (200, 19)] {
            assert_eq!(
                arrange(Rect::new(0, 0, width, height), &everything(), 2),
                None
            );
        }
    }

    #[test]
    fn panels_fill_the_screen_without_overlap() {
        for (width, height) in [(60, 20), (80, 24), (100, 30), (120, 40), (200, 60)] {
            for focus in Panel::ALL {
                let arrangement = Arrangement {
                    focus,
                    ..everything()
                };
                let panels = placed(width, height, &arrangement);
                let covered: u32 = panels.iter().map(|(_, area)| area.area()).sum();
                let lines = if width < 100 { 4 } else { 3 };
                assert_eq!(
                    covered,
                    u32::from(width) * u32::from(height - lines),
                    "{width}x{height} {focus:?}"
                );
                for (i, (_, a)) in panels.iter().enumerate() {
                    assert!(
                        panels[i + 1..]
                            .iter()
                            .all(|(_, b)| a.intersection(*b).is_empty())
                    );
                }
            }
        }
    }

    #[test]
    fn hidden_panels_leave_their_room_to_others() {
        let hidden = vec![
            Panel::Losses,
            Panel::Counterfactuals,
            Panel::Robustness,
            Panel::Parameters,
            Panel::Features,
            Panel::Scoreboard,
            Panel::Inspector,
            Panel::Burden,
        ];
        let arrangement = Arrangement {
            hidden,
            ..everything()
        };
        assert_eq!(
            placed(120, 40, &arrangement),
            [(Panel::Boundary, Rect::new(0, 2, 120, 37))]
        );
    }

    #[test]
    fn the_inspector_takes_the_charts_place_where_there_is_no_room_for_both() {
        let has = |width, height, panel| {
            let panels = placed(width, height, &everything());
            panels.iter().any(|(placed, _)| *placed == panel)
        };
        assert!(has(120, 40, Panel::Inspector) && !has(120, 40, Panel::Losses));
        assert!(has(200, 60, Panel::Inspector) && has(200, 60, Panel::Losses));
    }

    #[test]
    fn a_huge_screen_is_used() {
        let panels = placed(500, 200, &everything());
        let area = |wanted: Panel| {
            let mut panels = panels.iter();
            panels.find(|(panel, _)| *panel == wanted).unwrap().1
        };
        assert!(area(Panel::Losses).height >= 30 && area(Panel::Inspector).height >= 30);
        assert!(area(Panel::Boundary).height >= 100);
        assert!(area(Panel::Parameters).height <= LIST);
        assert!(area(Panel::Scoreboard).width >= 80);
        let huge = Rect::new(0, 0, u16::MAX, u16::MAX);
        for zoomed in [false, true] {
            let arrangement = Arrangement {
                zoomed,
                ..everything()
            };
            assert!(arrange(huge, &arrangement, 2).is_some());
        }
        let flat = Rect::new(0, 0, u16::MAX, 24);
        assert!(arrange(flat, &everything(), 2).is_some());
    }

    #[test]
    fn a_list_on_a_small_screen_keeps_the_boundary_beside_it() {
        let arrangement = Arrangement {
            focus: Panel::Parameters,
            ..everything()
        };
        let panels: Vec<_> = placed(80, 24, &arrangement)
            .into_iter()
            .map(|(panel, _)| panel)
            .collect();
        assert_eq!(panels, [Panel::Boundary, Panel::Parameters]);
        let zoomed = Arrangement {
            zoomed: true,
            ..arrangement
        };
        assert_eq!(
            placed(80, 24, &zoomed),
            [(Panel::Parameters, Rect::new(0, 3, 80, 20))]
        );
    }
}
