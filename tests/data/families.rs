//! Synthetic data: statistics, splits, and reproducibility.

#![allow(clippy::unwrap_used)]

use ctui::data::{Dataset, Draw, Family, Samples};
use ndarray::Axis;

fn draw(samples: usize, noise: f32, seed: u64) -> Draw {
    Draw {
        samples,
        noise,
        seed,
    }
}

/// Mean and standard deviation of each coordinate of a class.
fn moments(samples: &Samples, class: usize) -> [(f32, f32); 2] {
    let rows = samples.rows_by_class(2)[class].clone();
    let x = samples.select(&rows).x;
    let mean = x.mean_axis(Axis(0)).unwrap();
    let deviation = x.std_axis(Axis(0), 0.0);
    [(mean[0], deviation[0]), (mean[1], deviation[1])]
}

fn close(found: [(f32, f32); 2], expected: [(f32, f32); 2], tolerance: f32) {
    for (found, expected) in found.into_iter().zip(expected) {
        let apart = (found.0 - expected.0)
            .abs()
            .max((found.1 - expected.1).abs());
        assert!(apart < tolerance, "{found:?} instead of {expected:?}");
    }
}

#[test]
fn the_paper_trains_on_3000_and_tests_on_900() {
    for family in Family::ALL {
        let dataset = family.generate(&family.default_draw(1)).unwrap();
        let train = if family.is_published() { 3000 } else { 3600 };
        assert_eq!((dataset.train.len(), dataset.test.len()), (train, 900));
        assert_eq!(dataset.classes.len(), family.default_classes());
        assert_eq!(dataset.train.x.ncols(), dataset.dimensions());
    }
}

#[test]
fn classes_are_equally_likely() {
    let decided = [Family::LoanApproval, Family::Energy];
    for family in Family::ALL.into_iter().filter(|f| !decided.contains(f)) {
        let dataset = family
            .generate(&draw(50_000, family.default_noise() as f32, 3))
            .unwrap();
        let k = dataset.classes.len() as f32;
        for rows in dataset.train.rows_by_class(dataset.classes.len()) {
            let share = rows.len() as f32 / dataset.train.len() as f32;
            assert!((share - 1.0 / k).abs() < 0.01, "{family:?}: {share}");
        }
    }
}

#[test]
fn blob_pairs_have_the_paper_centres() {
    for (family, noise) in [(Family::Ls, 0.5), (Family::Ol, 2.0)] {
        let train = family.generate(&draw(100_000, noise, 5)).unwrap().train;
        close(
            moments(&train, 0),
            [(2.5869, noise), (-0.4519, noise)],
            0.05,
        );
        close(
            moments(&train, 1),
            [(-0.9932, noise), (4.0626, noise)],
            0.05,
        );
    }
}

#[test]
fn circ_is_a_ring_around_a_disc() {
    let train = Family::Circ
        .generate(&draw(100_000, 0.15, 5))
        .unwrap()
        .train;
    let ring = (0.5_f32 + 0.15 * 0.15).sqrt();
    close(moments(&train, 0), [(0.0, ring), (0.0, ring)], 0.01);
    close(moments(&train, 1), [(0.0, 0.15), (0.0, 0.15)], 0.01);
    let exact = Family::Circ.generate(&draw(1000, 0.0, 5)).unwrap().train;
    for (point, &class) in exact.x.rows().into_iter().zip(&exact.y) {
        let radius = point[0].hypot(point[1]);
        assert!((radius - [1.0, 0.01][class]).abs() < 1e-5);
    }
}

#[test]
fn moon_is_two_half_circles() {
    let train = Family::Moon.generate(&draw(100_000, 0.0, 5)).unwrap().train;
    let height = 2.0 / std::f32::consts::PI;
    let spread = (0.5 - height * height).sqrt();
    let across = 0.5_f32.sqrt();
    close(moments(&train, 0), [(0.0, across), (height, spread)], 0.01);
    close(
        moments(&train, 1),
        [(1.0, across), (0.3 - height, spread)],
        0.01,
    );
}

#[test]
fn xor_needs_both_coordinates() {
    let train = Family::Xor.generate(&draw(10_000, 0.2, 5)).unwrap().train;
    for (point, &class) in train.x.rows().into_iter().zip(&train.y) {
        assert_eq!(usize::from(point[0] * point[1] < 0.0), class, "{point}");
    }
    close(moments(&train, 0), [(0.0, 1.02), (0.0, 1.02)], 0.05);
}

#[test]
fn blobs_and_spirals_have_as_many_classes_as_asked() {
    for (family, classes) in [(Family::Blobs, 10), (Family::Spirals, 5)] {
        let dataset = family
            .generate_classes(&draw(1000, 0.0, 5), classes)
            .unwrap();
        assert_eq!(dataset.classes.len(), classes);
        let occupied = dataset.train.rows_by_class(classes);
        assert!(occupied.iter().all(|rows| !rows.is_empty()));
    }
}

fn bits(dataset: &Dataset) -> Vec<u32> {
    let parts = [&dataset.train, &dataset.test];
    parts
        .iter()
        .flat_map(|part| part.x.iter().map(|v| v.to_bits()))
        .collect()
}

#[test]
fn the_seed_decides_every_bit() {
    for family in Family::ALL {
        let generate = |seed| family.generate(&family.default_draw(seed)).unwrap();
        assert_eq!(bits(&generate(7)), bits(&generate(7)));
        assert_eq!(generate(7).train.y, generate(7).train.y);
        assert_ne!(bits(&generate(7)), bits(&generate(8)));
    }
}

#[test]
fn draws_out_of_range_show_the_range() {
    let message = |family: Family, samples, noise, classes| {
        let result = family.generate_classes(&draw(samples, noise, 1), classes);
        result.unwrap_err().to_string()
    };
    let samples = message(Family::Moon, 9, 0.1, 2);
    assert!(
        samples.contains("is 9,") && samples.contains("between 10 and 1000000"),
        "{samples}"
    );
    let noise = message(Family::Moon, 100, 1.5, 2);
    assert!(
        noise.contains("1.5") && noise.contains("between 0 and 1"),
        "{noise}"
    );
    assert!(message(Family::Moon, 100, f32::NAN, 2).contains("noise"));
    let classes = message(Family::Blobs, 100, 0.1, 11);
    assert!(classes.contains("between 2 and 10"), "{classes}");
    assert!(message(Family::Moon, 100, 0.1, 3).contains("classes"));
}

#[test]
fn names_are_understood_and_suggested() {
    for family in Family::ALL {
        assert_eq!(family.name().parse::<Family>().unwrap(), family);
        for alias in family.aliases() {
            assert_eq!(alias.parse::<Family>().unwrap(), family);
        }
        assert!(
            family
                .noise_range()
                .contains(&(family.default_noise() as f32))
        );
    }
    assert_eq!("Circles".parse::<Family>().unwrap(), Family::Circ);
    let message = "mooon".parse::<Family>().unwrap_err().to_string();
    assert!(message.contains("did you mean `moon`"), "{message}");
}
