//! Colours as people see them: CIE L*a*b* (D65), and how far two are apart (CIEDE2000).

/// A colour in CIE L*a*b*.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lab {
    /// Lightness, from 0 to 100.
    pub lightness: f64,
    /// From green to red.
    pub a: f64,
    /// From blue to yellow.
    pub b: f64,
}

impl From<[u8; 3]> for Lab {
    /// Of red, green and blue in sRGB.
    fn from(rgb: [u8; 3]) -> Self {
        let [red, green, blue] = rgb.map(linear);
        let x = 0.412_456_4 * red + 0.357_576_1 * green + 0.180_437_5 * blue;
        let y = 0.212_672_9 * red + 0.715_152_2 * green + 0.072_175_0 * blue;
        let z = 0.019_333_9 * red + 0.119_192_0 * green + 0.950_304_1 * blue;
        let [x, y, z] = [x / 0.950_47, y, z / 1.088_83].map(response);
        Self {
            lightness: 116.0 * y - 16.0,
            a: 500.0 * (x - y),
            b: 200.0 * (y - z),
        }
    }
}

impl Lab {
    /// Distance from grey.
    pub fn chroma(self) -> f64 {
        self.a.hypot(self.b)
    }

    /// The same hue and lightness with another chroma; a grey stays one.
    pub fn with_chroma(self, chroma: f64) -> Self {
        let own = self.chroma();
        let scale = if own > 1e-6 { chroma / own } else { 0.0 };
        Self {
            a: self.a * scale,
            b: self.b * scale,
            ..self
        }
    }

    /// The difference ΔE₀₀ (Sharma, Wu and Dalal 2005); below 2 two colours are hardly told apart.
    pub fn difference(self, other: Self) -> f64 {
        let mean_chroma = (self.chroma() + other.chroma()) / 2.0;
        let stretch = 1.0 + 0.5 * (1.0 - saturated(mean_chroma));
        let [one, two] = [self, other].map(|colour| Self {
            a: colour.a * stretch,
            ..colour
        });
        let (chroma, hue) = (
            (one.chroma() + two.chroma()) / 2.0,
            mean_hue(one.hue(), two.hue()),
        );
        let turn = (two.hue() - one.hue()).to_radians();
        let by_hue = 2.0 * (one.chroma() * two.chroma()).sqrt() * (turn / 2.0).sin().abs();
        let by_hue = by_hue.copysign(turn.sin());
        let offset = ((one.lightness + two.lightness) / 2.0 - 50.0).powi(2);
        let cosine = |times: f64, shift: f64| (times * hue + shift).to_radians().cos();
        let weight =
            1.0 - 0.17 * cosine(1.0, -30.0) + 0.24 * cosine(2.0, 0.0) + 0.32 * cosine(3.0, 6.0)
                - 0.20 * cosine(4.0, -63.0);
        let lightness =
            (two.lightness - one.lightness) / (1.0 + 0.015 * offset / (20.0 + offset).sqrt());
        let chromatic = (two.chroma() - one.chroma()) / (1.0 + 0.045 * chroma);
        let by_hue = by_hue / (1.0 + 0.015 * chroma * weight);
        let blue = 30.0 * (-((hue - 275.0) / 25.0).powi(2)).exp();
        let rotation = -2.0 * saturated(chroma) * (2.0 * blue).to_radians().sin();
        let square = lightness.powi(2) + chromatic.powi(2) + by_hue.powi(2);
        (square + rotation * chromatic * by_hue).max(0.0).sqrt()
    }

    /// Degrees from 0 to 360.
    fn hue(self) -> f64 {
        self.b.atan2(self.a).to_degrees().rem_euclid(360.0)
    }
}

fn linear(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    match c <= 0.040_45 {
        true => c / 12.92,
        false => ((c + 0.055) / 1.055).powf(2.4),
    }
}

fn response(t: f64) -> f64 {
    match t > 216.0 / 24_389.0 {
        true => t.cbrt(),
        false => (24_389.0 / 27.0 * t + 16.0) / 116.0,
    }
}

fn saturated(chroma: f64) -> f64 {
    let power = chroma.powi(7);
    (power / (power + 25f64.powi(7))).sqrt()
}

fn mean_hue(one: f64, two: f64) -> f64 {
    let mean = (one + two) / 2.0;
    match (one - two).abs() > 180.0 {
        true => (mean + 180.0).rem_euclid(360.0),
        false => mean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lab(lightness: f64, a: f64, b: f64) -> Lab {
        Lab { lightness, a, b }
    }

    /// Pairs of the test data of Sharma, Wu and Dalal (2005).
    #[test]
    fn differences_are_those_of_the_published_data() {
        let pairs = [
            (
                lab(50.0, 2.6772, -79.7751),
                lab(50.0, 0.0, -82.7485),
                2.0425,
            ),
            (lab(50.0, -1.3802, -84.2814), lab(50.0, 0.0, -82.7485), 1.0),
            (lab(50.0, 2.5, 0.0), lab(73.0, 25.0, -18.0), 27.1492),
            (lab(50.0, 2.5, 0.0), lab(58.0, 24.0, 15.0), 19.4535),
            (
                lab(60.2574, -34.0099, 36.2677),
                lab(60.4626, -34.1751, 39.4387),
                1.2644,
            ),
            (
                lab(35.0831, -44.1164, 3.7933),
                lab(35.0232, -40.0716, 1.5901),
                1.8645,
            ),
            (
                lab(2.0776, 0.0795, -1.1350),
                lab(0.9033, -0.0636, -0.5514),
                0.9082,
            ),
        ];
        for (one, two, expected) in pairs {
            assert!(
                (one.difference(two) - expected).abs() < 1e-4,
                "{one:?} {two:?}"
            );
            assert!((two.difference(one) - expected).abs() < 1e-4);
        }
    }

    #[test]
    fn white_is_light_and_grey() {
        let white = Lab::from([255; 3]);
        assert!(
            (white.lightness - 100.0).abs() < 1e-3 && white.chroma() < 1e-1,
            "{white:?}"
        );
        let red = Lab::from([255, 0, 0]);
        assert!(
            (red.lightness - 53.24).abs() < 0.01 && (red.a - 80.09).abs() < 0.01,
            "{red:?}"
        );
    }
}
