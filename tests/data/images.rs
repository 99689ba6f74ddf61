//! IDX files: round trip, gzip, and headers that lie.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use ctui::data::{Draw, Family, Source, idx};
use flate2::{Compression, write::GzEncoder};
use tempfile::TempDir;

const DRAW: Draw = Draw {
    samples: 200,
    noise: 0.1,
    seed: 3,
};

/// The two files of a small set of images.
fn files() -> (Vec<u8>, Vec<u8>) {
    let table = Family::Glyphs.table(&DRAW, 10).unwrap();
    let (mut images, mut labels) = (Vec::new(), Vec::new());
    idx::write_images(&table, 8, 8, &mut images).unwrap();
    idx::write_labels(&table, &mut labels).unwrap();
    (images, labels)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn save(folder: &Path, images: &[u8], labels: &[u8]) -> Source {
    let path = folder.join("set-images-idx3-ubyte");
    std::fs::write(&path, images).unwrap();
    std::fs::write(idx::labels_beside(&path), labels).unwrap();
    Source::file(&path, None)
}

#[test]
fn plain_and_packed_files_are_the_same() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = files();
    let plain = save(folder.path(), &images, &labels).load(&DRAW).unwrap();
    let unpacked = save(folder.path(), &packed(&images), &packed(&labels));
    assert_eq!(plain, unpacked.load(&DRAW).unwrap());
    assert_eq!((plain.train.len(), plain.test.len()), (160, 40));
}

#[test]
fn pixels_are_those_of_the_family() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = files();
    let read = save(folder.path(), &images, &labels).load(&DRAW).unwrap();
    let drawn = Family::Glyphs.generate(&DRAW).unwrap();
    let sorted = |dataset: &ctui::data::Dataset| {
        let parts = [&dataset.train, &dataset.test];
        let rows = parts
            .iter()
            .flat_map(|part| part.x.rows().into_iter().zip(&part.y));
        let bits = rows.map(|(x, &y)| (y, x.iter().map(|v| v.to_bits()).collect::<Vec<_>>()));
        bits.collect::<BTreeSet<_>>()
    };
    assert_eq!(sorted(&read), sorted(&drawn));
    assert_eq!(read.features, drawn.features);
}

#[test]
fn each_broken_file_says_what_is_wrong() {
    let (images, labels) = files();
    let header = |numbers: &[u32]| -> Vec<u8> {
        numbers
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect()
    };
    let mut cut = packed(&images);
    cut.truncate(cut.len() / 2);
    let cases: [(&str, &[u8], &[u8]); 10] = [
        ("0 bytes are too few", b"", &labels),
        ("12 bytes are too few", &images[..12], &labels),
        ("not with 0x00000803", &labels, &labels),
        ("not with 0x00000801", &images, &images),
        (
            "promises 12800 bytes, but 12784",
            &images[..images.len() - 16],
            &labels,
        ),
        ("0 by 8 pixels", &header(&[0x803, 5, 0, 8]), &labels),
        (
            "4294967295 by 4294967295",
            &header(&[0x803, u32::MAX, u32::MAX, u32::MAX]),
            &labels,
        ),
        ("too many", &header(&[0x803, u32::MAX, 512, 512]), &labels),
        ("199 labels do not belong to the 200", &images, &{
            let mut fewer = header(&[0x801, 199]);
            fewer.extend(&labels[8..207]);
            fewer
        }),
        ("gzip file is damaged", &cut, &labels),
    ];
    let folder = TempDir::new().unwrap();
    for (part, images, labels) in cases {
        let message = save(folder.path(), images, labels)
            .load(&DRAW)
            .unwrap_err()
            .to_string();
        assert!(message.contains(part), "{part:?} is missing in {message:?}");
        assert!(message.contains("idx"), "{message}");
    }
}

#[test]
fn missing_labels_are_named() {
    let folder = TempDir::new().unwrap();
    let (images, labels) = files();
    let source = save(folder.path(), &images, &labels);
    std::fs::remove_file(folder.path().join("set-labels-idx1-ubyte")).unwrap();
    let message = source.load(&DRAW).unwrap_err().to_string();
    assert!(message.contains("set-labels-idx1-ubyte"), "{message}");
}
