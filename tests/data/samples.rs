//! The files in `sample_data` are what their commands make, and are fit to train on.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use ctui::data::{Draw, Family, Mutability, Source, csv, idx, image};

const SAMPLES: [(&str, Family, usize); 5] = [
    ("moons", Family::Moon, 1000),
    ("circles", Family::Circ, 1000),
    ("loan", Family::Loan, 1000),
    ("loan-approval", Family::LoanApproval, 1500),
    ("energy", Family::Energy, 1500),
];

const GLYPHS: &str = "glyphs-images-idx3-ubyte";

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("sample_data")
        .join(name)
}

fn draw(family: Family, samples: usize) -> Draw {
    Draw {
        samples,
        ..family.default_draw(1)
    }
}

#[test]
fn tables_are_made_again_bit_for_bit() {
    for (name, family, samples) in SAMPLES {
        let table = family
            .table(&draw(family, samples), family.default_classes())
            .unwrap();
        let mut text = Vec::new();
        csv::write(&table, &mut text).unwrap();
        let kept = std::fs::read(sample(&format!("{name}.csv"))).unwrap();
        assert!(text == kept, "{name}.csv differs");
    }
}

#[test]
fn images_are_made_again_bit_for_bit() {
    let table = Family::Glyphs
        .table(&draw(Family::Glyphs, 1500), 10)
        .unwrap();
    let (mut images, mut labels) = (Vec::new(), Vec::new());
    idx::write_images(&table, 8, 8, &mut images).unwrap();
    idx::write_labels(&table, &mut labels).unwrap();
    assert!(images == std::fs::read(sample(GLYPHS)).unwrap());
    assert!(labels == std::fs::read(idx::labels_beside(&sample(GLYPHS))).unwrap());
}

#[test]
fn every_sample_loads_with_its_classes() {
    for (name, family, samples) in SAMPLES {
        let source = Source::file(&sample(&format!("{name}.csv")), None);
        let dataset = source.load(&draw(family, samples)).unwrap();
        let drawn = family.generate(&draw(family, samples)).unwrap();
        assert_eq!(dataset.train.len() + dataset.test.len(), samples, "{name}");
        assert_eq!(dataset.classes, drawn.classes, "{name}");
        let names = |features: &[ctui::data::Feature]| -> Vec<String> {
            features
                .iter()
                .map(|feature| feature.name.clone())
                .collect()
        };
        assert_eq!(names(&dataset.features), names(&drawn.features), "{name}");
    }
}

#[test]
fn the_loan_data_has_directions_bounds_and_units() {
    let dataset = Source::file(&sample("loan.csv"), None)
        .load(&draw(Family::Loan, 1000))
        .unwrap();
    let [debt, age] = dataset.features.as_slice() else {
        panic!("two features expected")
    };
    assert_eq!((debt.name.as_str(), age.name.as_str()), ("debt", "age"));
    assert_eq!(
        (debt.mutability, age.mutability),
        (Mutability::Both, Mutability::Increase)
    );
    assert_eq!(dataset.classes, ["denied", "granted"]);
    let bounds = age.domain.unwrap();
    assert!((age.scale.to_file(bounds.lower) - 18.0).abs() < 1e-3);
    assert!((age.scale.to_file(bounds.upper) - 90.0).abs() < 1e-3);
    assert_eq!(age.unit, "years");
    let mean = |class: usize, feature: usize| {
        let rows = dataset.train.rows_by_class(2)[class].clone();
        dataset
            .train
            .select(&rows)
            .x
            .column(feature)
            .mean()
            .unwrap()
    };
    assert!(mean(1, 0) < mean(0, 0) - 1.0 && mean(1, 1) > mean(0, 1) + 1.0);
}

#[test]
fn classes_are_none_too_rare() {
    for family in [Family::LoanApproval, Family::Energy] {
        let dataset = family.generate(&family.default_draw(2)).unwrap();
        let k = dataset.classes.len();
        for rows in dataset.train.rows_by_class(k) {
            assert!(rows.len() * 3 * k > dataset.train.len() * 2, "{family:?}");
        }
    }
}

#[test]
fn glyphs_are_images_like_mnist() {
    let source = Source::file(&sample(GLYPHS), None);
    let dataset = source.load(&draw(Family::Glyphs, 1500)).unwrap();
    assert_eq!(image::shape(&dataset.features), Some((8, 8)));
    assert_eq!(dataset.classes.len(), 10);
    assert_eq!((dataset.train.len(), dataset.test.len()), (1200, 300));
    assert!(dataset.train.x.iter().all(|v| (-1.0..=1.0).contains(v)));
    assert!(
        dataset
            .domains(2.0)
            .iter()
            .all(|d| (d.lower, d.upper) == (-1.0, 1.0))
    );
}
