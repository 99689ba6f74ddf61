//! The fixed palette of 256 colours, and choices in it that stay apart.

use super::{lab::Lab, palette::Ink};

/// Brightness of the six steps of each channel in the palette of 256 colours.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// Distances (ΔE₀₀) that are tried, the best first.
const APART: [f64; 5] = [10.0, 8.0, 6.0, 4.0, 2.0];

/// Chroma of the strongest tint of a class.
const TINT_CHROMA: f64 = 35.0;

/// Least contrast between a class's points and the tint under them.
const CONTRAST: f64 = 2.0;

/// Red, green and blue of a colour from 16 on.
pub(super) fn rgb(index: u8) -> [u8; 3] {
    match index {
        232.. => [8 + 10 * (index - 232); 3],
        _ => {
            let at = usize::from(index.saturating_sub(16));
            [CUBE[at / 36], CUBE[at / 6 % 6], CUBE[at % 6]]
        }
    }
}

/// The nearest of the 216 colours of the cube and the 24 greys.
pub(super) fn nearest(rgb: [u8; 3]) -> u8 {
    let steps = rgb.map(step);
    let cube = steps.map(|step| CUBE[step]);
    let mean = rgb.iter().map(|&channel| u32::from(channel)).sum::<u32>() / 3;
    let grey_step = (mean.saturating_sub(3) / 10).min(23) as u8;
    let grey = [8 + 10 * grey_step; 3];
    if distance(grey, rgb) < distance(cube, rgb) {
        return 232 + grey_step;
    }
    (16 + 36 * steps[0] + 6 * steps[1] + steps[2]) as u8
}

fn step(channel: u8) -> usize {
    let gap = |&index: &usize| CUBE[index].abs_diff(channel);
    (0..CUBE.len()).min_by_key(gap).unwrap_or(0)
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    (0..3).map(|i| u32::from(a[i].abs_diff(b[i])).pow(2)).sum()
}

/// For every ink a colour near it that is told apart from the others.
pub(super) fn apart(inks: &[Ink; 10]) -> [u8; 10] {
    let mut chosen: Vec<u8> = Vec::new();
    inks.map(|ink| {
        let wanted = Lab::from(ink.rgb);
        let ranked = ranked(|colour| colour.difference(wanted));
        let index = first_apart(&ranked, &chosen).unwrap_or(nearest(ink.rgb));
        chosen.push(index);
        index
    })
}

/// For every class two backgrounds of its hue, doubtful and certain; the certain ones are told
/// apart.
pub(super) fn tints(ground: Ink, classes: &[Ink; 10]) -> [[u8; 2]; 10] {
    let mut chosen: Vec<u8> = Vec::new();
    classes.map(|class| {
        let certain = ranked_tints(ground, class, 0.42, TINT_CHROMA);
        let certain = first_apart(&certain, &chosen).unwrap_or(nearest(class.rgb));
        chosen.push(certain);
        [doubtful(ground, class, certain), certain]
    })
}

/// A background between the ground and `certain` of the same hue, or `certain` again.
fn doubtful(ground: Ink, class: Ink, certain: u8) -> u8 {
    let (strong, under) = (Lab::from(rgb(certain)), Lab::from(ground.rgb));
    let between = |index: &&u8| {
        let colour = Lab::from(rgb(**index));
        let (from, to) = (under.lightness, strong.lightness);
        let hue = colour
            .with_chroma(20.0)
            .difference(strong.with_chroma(20.0));
        (from.min(to)..from.max(to)).contains(&colour.lightness)
            && hue < 8.0
            && colour.chroma() > 8.0
            && colour.difference(strong) > 3.0
    };
    let ranked = ranked_tints(ground, class, 0.2, TINT_CHROMA / 2.0);
    *ranked.iter().find(between).unwrap_or(&certain)
}

/// Backgrounds for points of `class` by their likeness to a mixture of the ground with a `share` of
/// it, where hue counts more than lightness.
fn ranked_tints(ground: Ink, class: Ink, share: f32, chroma: f64) -> Vec<u8> {
    let full = Lab::from(class.rgb);
    let hue = full.with_chroma(chroma.min(0.7 * full.chroma()));
    let mixed = Lab::from(ground.towards(class, share).rgb);
    let cost = |colour: Lab| {
        let lightness = 0.6 * (colour.lightness - mixed.lightness);
        lightness.hypot((colour.a - hue.a).hypot(colour.b - hue.b))
    };
    let mut ranked = ranked(cost);
    ranked.retain(|&index| contrast(rgb(index), class.rgb) >= CONTRAST);
    ranked
}

/// All colours from 16 on, the cheapest first.
fn ranked(cost: impl Fn(Lab) -> f64) -> Vec<u8> {
    let mut ranked: Vec<(f64, u8)> = (16..=255)
        .map(|index| (cost(Lab::from(rgb(index))), index))
        .collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranked.into_iter().map(|(_, index)| index).collect()
}

fn first_apart(ranked: &[u8], chosen: &[u8]) -> Option<u8> {
    let is_apart = |index: u8, least: f64| {
        let colour = Lab::from(rgb(index));
        let difference = |other: &u8| colour.difference(Lab::from(rgb(*other)));
        chosen.iter().all(|other| difference(other) >= least)
    };
    APART.into_iter().find_map(|least| {
        let mut near = ranked.iter().take(ranked.len().div_ceil(2)).copied();
        near.find(|&index| is_apart(index, least))
    })
}

/// Contrast by WCAG 2.1, from 1 to 21.
pub(super) fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let luminance = |rgb: [u8; 3]| {
        let lightness = Lab::from(rgb).lightness;
        match lightness > 8.0 {
            true => ((lightness + 16.0) / 116.0).powi(3),
            false => lightness * 27.0 / 24_389.0,
        }
    };
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    (a / b).max(b / a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_the_palette_find_themselves() {
        assert_eq!(nearest([0, 0, 0]), 16);
        assert_eq!(nearest([255, 255, 255]), 231);
        assert_eq!(nearest([95, 135, 215]), 16 + 36 + 12 + 4);
        assert_eq!(nearest([18, 18, 18]), 233);
        for index in 16..=255 {
            assert_eq!(rgb(nearest(rgb(index))), rgb(index));
        }
    }
}
