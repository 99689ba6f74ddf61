//! Reading a configuration, with the line of every mistake.

use std::{ops::Range, path::Path};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Config, ConfigError};
use crate::{
    dashboard::{
        action::Action,
        command::parse,
        entries::{Mistake, boolean, expected, inner, line_of, parsed, unknown, written},
        keymap::{Chord, Context, KeymapError},
        pictures::Setting,
        theme::ThemeName,
        widgets::Marker,
    },
    data::nearest::hint,
    text::concise,
    training::{HyperParameters, Parameter},
};

/// Entries outside of tables, and the tables.
const ENTRIES: [&str; 9] = [
    "theme",
    "marker",
    "pictures",
    "projector",
    "screen-reader",
    "mouse",
    "keep-picture",
    "defaults",
    "keys",
];

/// The configuration that `text` holds.
pub(super) fn read(path: &Path, text: &str) -> Result<Config, ConfigError> {
    let mut config = Config::standard()?;
    let entry = |(span, problem): Mistake| ConfigError::Entry {
        path: path.to_owned(),
        line: line_of(text, &span),
        problem: concise(&problem),
    };
    let table = parsed(text).map_err(entry)?;
    fill(&mut config, table.get_ref()).map_err(entry)?;
    Ok(config)
}

fn fill(config: &mut Config, table: &DeTable<'_>) -> Result<(), Mistake> {
    for (key, value) in table.iter() {
        let name = key.get_ref().as_ref();
        match name {
            "theme" => {
                let names = ThemeName::names();
                config.theme = ThemeName::named(names[choice(name, value, &names)?]);
            }
            "marker" => {
                let names = Marker::ALL.map(Marker::name);
                config.marker = Marker::ALL[choice(name, value, &names)?];
            }
            "pictures" => {
                let names = Setting::ALL.map(Setting::name);
                config.pictures = Setting::ALL[choice(name, value, &names)?];
            }
            "projector" => {
                let wanted = boolean(name, value)?;
                config.projector = wanted.then_some(ThemeName::HighContrast);
            }
            "screen-reader" => config.screen_reader = boolean(name, value)?,
            "mouse" => config.mouse = boolean(name, value)?,
            "keep-picture" => config.keep_picture = boolean(name, value)?,
            "defaults" => defaults(config, inner(name, value)?)?,
            "keys" => keys(config, inner(name, value)?)?,
            _ => return Err(unknown(key, &ENTRIES)),
        }
    }
    Ok(())
}

fn choice(name: &str, value: &Spanned<DeValue<'_>>, words: &[&str]) -> Result<usize, Mistake> {
    let word = value.get_ref().as_str().unwrap_or_default();
    words
        .iter()
        .position(|known| *known == word)
        .ok_or_else(|| {
            let hint = hint(word, words.iter().copied());
            expected(name, value, &format!("one of {}{hint}", words.join(", ")))
        })
}

fn defaults(config: &mut Config, table: &DeTable<'_>) -> Result<(), Mistake> {
    let mut trial = HyperParameters::default();
    for (key, value) in table.iter() {
        let parameter =
            Parameter::find(key.get_ref()).map_err(|error| (key.span(), error.to_string()))?;
        let wanted = || expected(parameter.name, value, &parameter.expected());
        let text = written(value).ok_or_else(wanted)?;
        parameter
            .parse(&mut trial, &text)
            .map_err(|error| (value.span(), error.to_string()))?;
        config.defaults.0.push((parameter, parameter.get(&trial)));
    }
    Ok(())
}

fn keys(config: &mut Config, table: &DeTable<'_>) -> Result<(), Mistake> {
    let names: Vec<_> = Context::all().map(Context::name).collect();
    let mut bound: Vec<(Range<usize>, Vec<Chord>)> = Vec::new();
    for (key, value) in table.iter() {
        let name = key.get_ref().as_ref();
        let Some(context) = Context::all().find(|context| context.name() == name) else {
            return Err(unknown(key, &names));
        };
        for (action, chords) in inner(&format!("keys.{name}"), value)?.iter() {
            let parsed: Action =
                parse(action.get_ref()).map_err(|error| (action.span(), error.to_string()))?;
            let chords = self::chords(action.get_ref(), chords)?;
            bound.push((action.span(), chords.clone()));
            config.keymap.bind(context, parsed, chords);
        }
    }
    config.keymap.check().map_err(|error| {
        let guilty = |chords: &[Chord]| match &error {
            KeymapError::Duplicate { key, .. } => chords.contains(key),
            KeymapError::Unknown(_) => false,
        };
        let place = bound.iter().rev().find(|(_, chords)| guilty(chords));
        (
            place.map_or(0..0, |(span, _)| span.clone()),
            error.to_string(),
        )
    })
}

/// One key, or a list of keys.
fn chords(action: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<Chord>, Mistake> {
    let key = |value: &Spanned<DeValue<'_>>| -> Result<Chord, Mistake> {
        let name = value
            .get_ref()
            .as_str()
            .ok_or_else(|| expected(action, value, "keys in quotation marks"))?;
        name.parse()
            .map_err(|error: KeymapError| (value.span(), error.to_string()))
    };
    match value.get_ref() {
        DeValue::Array(keys) => keys.iter().map(key).collect(),
        _ => Ok(vec![key(value)?]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read(Path::new("config.toml"), text)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn entries_take_effect() {
        let text = "theme = 'light'\nmarker = 'dot'\npictures = 'sixel'\nprojector = true\nmouse = false\nkeep-picture = true\n\
            [defaults]\nlambda_div = 0.8\nmax_steps = 20\nobjective = 'energy'\n\
            [keys.everywhere]\nhelp = 'f1'\ntoggle-run = ['P', '?']\n\"set lambda_div 0\" = 'ctrl-d'\nundo = []\n";
        let config = read(Path::new("config.toml"), text).unwrap();
        assert_eq!(
            (config.theme, config.marker),
            (Some(ThemeName::Light), Marker::Dot)
        );
        assert_eq!(config.pictures, Setting::Sixel);
        assert_eq!(config.projector, Some(ThemeName::HighContrast));
        assert!(!config.mouse && config.keep_picture);
        let mut parameters = HyperParameters::default();
        config.defaults.apply(&mut parameters);
        assert_eq!((parameters.lambda_div, parameters.max_steps), (0.8, 20));
        let key = |action: &Action| config.keymap.key(action);
        assert_eq!(key(&Action::ToggleRun).as_deref(), Some("P"));
        assert_eq!(key(&Action::Help).as_deref(), Some("F1"));
        assert_eq!(key(&Action::Undo), None);
        let zero = Action::Set("lambda_div".into(), "0".into());
        assert_eq!(key(&zero).as_deref(), Some("Ctrl-D"));
    }

    #[test]
    fn mistakes_in_keys_are_placed() {
        let clash = refused("[keys.everywhere]\nrestart = 'P'\ntoggle-run = 'P'\n");
        assert!(
            clash.starts_with("config.toml:3: key `P` is bound twice"),
            "{clash}"
        );
        let panel = refused("[keys.everywhere]\ntoggle-run = 'p'\n");
        assert!(
            panel.ends_with("run or pause (in Everywhere) and show or hide paths of counterfactuals (in Boundary)"),
            "{panel}"
        );
        let standard = refused("\n[keys.everywhere]\nrestart = 'q'\n");
        assert!(
            standard.starts_with("config.toml:3: key `q` is bound twice"),
            "{standard}"
        );
    }
}
