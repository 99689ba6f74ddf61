//! Damaged files: whatever has happened to a valid one, reading it gives a value or an error.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use crate::common::cases::fixture;
use ctui::{
    dashboard::{command, config::Config},
    data::{Draw, Source},
    model::ModelFile,
    recipe::{Change, Controls, Recipe},
    training::Preset,
};
use ndarray::Array2;
use proptest::{collection::vec, prelude::*, sample::Index};
use tempfile::TempDir;

/// What happens to a file.
#[derive(Clone, Debug)]
enum Damage {
    /// A byte is another one.
    Byte(Index, u8),
    /// It ends early.
    End(Index),
    /// A piece is gone.
    Gap(Index, usize),
    /// A piece is there twice.
    Echo(Index, usize),
    /// A digit has become a number that is too large for anything.
    Huge(Index),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let damage = prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(place, byte)| Damage::Byte(place, byte)),
        any::<Index>().prop_map(Damage::End),
        (any::<Index>(), 1..20_usize).prop_map(|(place, size)| Damage::Gap(place, size)),
        (any::<Index>(), 1..20_usize).prop_map(|(place, size)| Damage::Echo(place, size)),
        any::<Index>().prop_map(Damage::Huge),
    ];
    vec(damage, 1..4)
}

fn damage(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let n = bytes.len();
        if n == 0 {
            break;
        }
        match *damage {
            Damage::Byte(place, byte) => bytes[place.index(n)] = byte,
            Damage::End(place) => bytes.truncate(place.index(n)),
            Damage::Gap(place, size) => {
                let start = place.index(n);
                bytes.drain(start..n.min(start + size));
            }
            Damage::Echo(place, size) => {
                let start = place.index(n);
                let piece = bytes[start..n.min(start + size)].to_vec();
                bytes.splice(start..start, piece);
            }
            Damage::Huge(place) => {
                let digits: Vec<usize> = (0..n).filter(|&i| bytes[i].is_ascii_digit()).collect();
                if !digits.is_empty() {
                    let digit = digits[place.index(digits.len())];
                    bytes.splice(digit..=digit, *b"99999999999999999999");
                }
            }
        }
    }
    bytes
}

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    fs::read(folder.join(name)).unwrap()
}

fn recipe() -> Recipe {
    let preset = Preset::find("moon").unwrap();
    let controls = Controls {
        parameters: preset.parameters(),
        mutability: Vec::new(),
    };
    let mut recipe = Recipe::pair(preset.source(None).unwrap(), controls.clone());
    recipe.arms[1].changes.push(Change { epoch: 3, controls });
    recipe
}

const DRAW: Draw = Draw {
    samples: 100,
    noise: 0.1,
    seed: 1,
};

proptest! {
    #[test]
    fn models(damages in damages(), header: bool) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("model.safetensors");
        let valid = fs::read(fixture("multi.safetensors")).unwrap();
        let split = 8 + u64::from_le_bytes(valid[..8].try_into().unwrap()) as usize;
        let bytes = match header {
            true => [damage(valid[..split].to_vec(), &damages), valid[split..].to_vec()].concat(),
            false => damage(valid, &damages),
        };
        fs::write(&path, bytes).unwrap();
        if let Ok(ModelFile { model, .. }) = ModelFile::read(&path) {
            let points = Array2::zeros((2, model.inputs()));
            prop_assert_eq!(model.predict(points.view()).len(), 2);
        }
    }

    #[test]
    fn tables_and_schemas(damages in damages(), schema: bool) {
        let folder = TempDir::new().unwrap();
        let (mut table, mut description) = (sample("loan-approval.csv"), sample("loan-approval.toml"));
        table.truncate(4000);
        match schema {
            true => description = damage(description, &damages),
            false => table = damage(table, &damages),
        }
        fs::write(folder.path().join("loan.csv"), table).unwrap();
        fs::write(folder.path().join("loan.toml"), description).unwrap();
        let _ = Source::file(&folder.path().join("loan.csv"), None).load(&DRAW);
    }

    #[test]
    fn images(damages in damages(), labels: bool) {
        let folder = TempDir::new().unwrap();
        for (name, wanted) in [("glyphs-images-idx3-ubyte", !labels), ("glyphs-labels-idx1-ubyte", labels)] {
            let valid = sample(name);
            let bytes = if wanted { damage(valid, &damages) } else { valid };
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let _ = Source::file(&folder.path().join("glyphs-images-idx3-ubyte"), None).load(&DRAW);
    }

    #[test]
    fn configurations(damages in damages()) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("config.toml");
        let valid = Config::standard().unwrap().to_string().into_bytes();
        fs::write(&path, damage(valid, &damages)).unwrap();
        let _ = Config::load(Some(&path));
    }

    #[test]
    fn recipes_and_commands(damages in damages()) {
        let valid = serde_json::to_vec(&recipe()).unwrap();
        let _ = serde_json::from_slice::<Recipe>(&damage(valid, &damages));
        let line = damage(b"set lambda_div '0.8' samples=400".to_vec(), &damages);
        let _ = command::parse(&String::from_utf8_lossy(&line));
    }
}
