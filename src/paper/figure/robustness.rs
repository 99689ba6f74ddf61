//! Accuracy under attack against its strength (the paper's Figure 3).

use crate::xml::{Anchor, Svg};

/// Inner width and height of a panel.
const PLOT: [f64; 2] = [190.0, 150.0];
/// Room around a panel: left, top, right, bottom.
const ROOM: [f64; 4] = [46.0, 30.0, 14.0, 40.0];
/// Room beside all panels: at the left the name of the axis, at the right half a tick's number.
const MARGINS: [f64; 2] = [20.0, 8.0];
/// Room of the legend above all panels.
const LEGEND: f64 = 34.0;
/// Colours that the colour-blind tell apart (Okabe and Ito), and dashes, per curve.
const STYLES: [(&str, &str); 4] = [
    ("#6e7781", "5 4"),
    ("#0072b2", ""),
    ("#e69f00", "8 3"),
    ("#009e73", "2 3"),
];

/// The accuracies of one arm: means and standard errors over the seeds, one per strength.
pub(in crate::paper) struct Curve {
    pub(in crate::paper) name: &'static str,
    pub(in crate::paper) means: Vec<f64>,
    pub(in crate::paper) errors: Vec<f64>,
}

/// All arms on one data set under one attack.
pub(in crate::paper) struct Panel {
    pub(in crate::paper) dataset: String,
    pub(in crate::paper) attack: String,
    pub(in crate::paper) curves: Vec<Curve>,
}

/// A row of panels per attack, a column per data set; `x` are the strengths.
pub(in crate::paper) fn robustness(panels: &[Panel], x: &[f64]) -> String {
    let (mut datasets, mut attacks) = (Vec::new(), Vec::new());
    for panel in panels {
        for (known, name) in [
            (&mut datasets, &panel.dataset),
            (&mut attacks, &panel.attack),
        ] {
            if !known.contains(name) {
                known.push(name.clone());
            }
        }
    }
    let cell = [PLOT[0] + ROOM[0] + ROOM[2], PLOT[1] + ROOM[1] + ROOM[3]];
    let width = (cell[0] * datasets.len() as f64 + MARGINS[0] + MARGINS[1]).max(360.0);
    let size = [width, LEGEND + cell[1] * attacks.len() as f64];
    let mut svg = Svg::sheet(size, "Accuracy under attack");
    if let Some(panel) = panels.first() {
        legend(&mut svg, panel);
    }
    for panel in panels {
        let place = |names: &[String], name| names.iter().position(|known| known == name);
        let column = place(&datasets, &panel.dataset).unwrap_or(0);
        let row = place(&attacks, &panel.attack).unwrap_or(0);
        let corner = [
            MARGINS[0] + cell[0] * column as f64 + ROOM[0],
            LEGEND + cell[1] * row as f64 + ROOM[1],
        ];
        draw(&mut svg, panel, x, corner, column == 0);
    }
    svg.finish()
}

fn legend(svg: &mut Svg, panel: &Panel) {
    for (position, (curve, (colour, dashes))) in panel.curves.iter().zip(STYLES).enumerate() {
        let left = 24.0 + 80.0 * position as f64;
        svg.curve(&[[left, 20.0], [left + 28.0, 20.0]], colour, dashes);
        svg.text([left + 34.0, 24.0], 13.0, Anchor::Start, curve.name);
    }
}

fn draw(svg: &mut Svg, panel: &Panel, x: &[f64], corner: [f64; 2], is_first: bool) {
    let [left, top] = corner;
    let most = x.last().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
    let place = |x: f64, y: f64| [left + PLOT[0] * x / most, top + PLOT[1] * (1.0 - y)];
    for tick in 0..=4 {
        let y = f64::from(tick) / 4.0;
        svg.rule(place(0.0, y), place(most, y), tick == 0);
        let at = [left - 6.0, place(0.0, y)[1] + 4.0];
        svg.text(at, 11.0, Anchor::End, &format!("{y:.2}"));
    }
    for tick in 0..=4 {
        let x = most * f64::from(tick) / 4.0;
        let at = [place(x, 0.0)[0], top + PLOT[1] + 15.0];
        svg.text(at, 11.0, Anchor::Middle, &format!("{x:.3}"));
    }
    svg.rule(place(0.0, 0.0), place(0.0, 1.0), true);
    let middle = left + PLOT[0] / 2.0;
    let title = format!("{} under {}", panel.dataset, panel.attack.to_uppercase());
    svg.text([middle, top - 10.0], 13.0, Anchor::Middle, &title);
    let below = top + PLOT[1] + 31.0;
    svg.text(
        [middle, below],
        12.0,
        Anchor::Middle,
        "strength ε of the attack",
    );
    if is_first {
        svg.upward([left - 44.0, top + PLOT[1] / 2.0], 12.0, "accuracy");
    }
    for (curve, (colour, dashes)) in panel.curves.iter().zip(STYLES) {
        let points = |shift: f64| -> Vec<[f64; 2]> {
            let values = curve.means.iter().zip(&curve.errors);
            let ends = values.map(|(mean, error)| {
                let error = if error.is_finite() { *error } else { 0.0 };
                (mean + shift * error).clamp(0.0, 1.0)
            });
            x.iter().zip(ends).map(|(&x, y)| place(x, y)).collect()
        };
        let mut band = points(1.0);
        band.extend(points(-1.0).into_iter().rev());
        svg.area(&band, colour);
        svg.curve(&points(0.0), colour, dashes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_a_panel_per_data_set_and_attack() {
        let panel = |dataset: &str, attack: &str| Panel {
            dataset: dataset.into(),
            attack: attack.into(),
            curves: vec![
                Curve {
                    name: "BL",
                    means: vec![0.9, 0.1],
                    errors: vec![f64::NAN, 0.0],
                },
                Curve {
                    name: "CT",
                    means: vec![0.9, 1.0],
                    errors: vec![0.1, 0.1],
                },
            ],
        };
        let panels = [
            panel("a<b", "fgsm"),
            panel("a<b", "pgd"),
            panel("c", "fgsm"),
        ];
        let svg = robustness(&panels, &[0.0, 0.1]);
        assert_eq!(svg.matches("<polygon").count(), 6);
        assert_eq!(svg.matches("<polyline").count(), 6 + 2);
        assert!(svg.contains("a&lt;b under FGSM") && svg.contains(">BL</text>"));
        assert!(!svg.contains("NaN") && svg.ends_with("</svg>\n"));
    }
}
