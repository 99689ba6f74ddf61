//! Homes and the band of their yearly energy need per square metre: four classes.

use crate::math::{exp_f64, pow};
use rand::{Rng, RngExt};

use super::{Labelled, normal, pick};
use crate::data::Table;

/// Ways to heat: how common they are, and how much energy they take per unit of heat.
const HEATING: [(&str, f64, f64); 4] = [
    ("gas", 0.45, 1.1),
    ("oil", 0.2, 1.2),
    ("district", 0.15, 0.9),
    ("heat pump", 0.2, 0.35),
];
/// Upper bound of the bands A, B and C, in kWh per square metre and year.
const BANDS: [f64; 3] = [70.0, 100.0, 150.0];
/// Temperature difference summed over a heating season, in 1000 K·h at 20 °C inside.
const SEASON: f64 = 75.0;

/// One home.
struct Home {
    area: f64,
    built: f64,
    insulation: f64,
    windows: f64,
    heating: usize,
    solar: f64,
    temperature: f64,
    people: f64,
}

impl Home {
    fn draw(rng: &mut impl Rng) -> Self {
        let built = (1900.0 + 125.0 * pow(rng.random::<f64>(), 0.8)).round();
        let modern = (built - 1900.0) / 125.0;
        let renovated = rng.random_bool(0.4);
        let insulation = if renovated {
            10.0
        } else {
            12.0 * pow(modern, 3.0)
        };
        let windows = if renovated { 1.3 } else { 5.2 - 4.2 * modern };
        let area = 105.0 * exp_f64(0.4 * normal(rng));
        let solar: f64 = if rng.random_bool(0.3) {
            area / 20.0 * rng.random::<f64>()
        } else {
            0.0
        };
        Self {
            area: area.clamp(30.0, 300.0).round(),
            built,
            insulation: (insulation + 4.0 * normal(rng)).clamp(0.0, 30.0).round(),
            windows: ((windows + 0.3 * normal(rng)).clamp(0.6, 5.8) * 10.0).round() / 10.0,
            heating: pick(&HEATING.map(|heating| heating.1), rng),
            solar: (solar.min(15.0) * 10.0).round() / 10.0,
            temperature: ((20.5 + 1.3 * normal(rng)).clamp(15.0, 26.0) * 2.0).round() / 2.0,
            people: f64::from(rng.random_range(1..=5_u8)),
        }
    }

    /// Energy need in kWh per square metre and year: heat lost through walls, windows and gaps over
    /// the season, times what the heating takes for it, plus hot water, minus the sun's share.
    fn need(&self) -> f64 {
        let wall = 1.0 / (0.7 + (self.built - 1900.0) / 125.0 + self.insulation / 4.0);
        let compactness = (100.0 / self.area).sqrt();
        let loss = compactness * (1.6 * wall + 0.22 * self.windows) + 0.25;
        let warmth = 1.0 + 0.07 * (self.temperature - 20.0);
        let heat = SEASON * loss * warmth * HEATING[self.heating].2;
        heat + 600.0 * self.people / self.area - 350.0 * self.solar / self.area
    }
}

/// `samples` homes; `noise` is the relative standard deviation of their need around the formula.
pub(super) fn table(samples: usize, noise: f64, rng: &mut impl Rng) -> Table {
    let mut homes = Vec::with_capacity(samples);
    let mut y = Vec::with_capacity(samples);
    for _ in 0..samples {
        let home = Home::draw(rng);
        let need = home.need() * exp_f64(noise * normal(rng));
        y.push(BANDS.iter().filter(|&&bound| need > bound).count());
        homes.push(home);
    }
    let all = |get: fn(&Home) -> f64| homes.iter().map(get).collect::<Vec<_>>();
    let heating: Vec<&str> = homes.iter().map(|home| HEATING[home.heating].0).collect();
    Labelled::new("band", &["A", "B", "C", "D"], y)
        .numbers("area", all(|h| h.area))
        .numbers("built", all(|h| h.built))
        .numbers("insulation", all(|h| h.insulation))
        .numbers("windows", all(|h| h.windows))
        .text("heating", &heating)
        .numbers("solar", all(|h| h.solar))
        .numbers("temperature", all(|h| h.temperature))
        .numbers("people", all(|h| h.people))
        .into_table()
}
