//! Writing a configuration, so that it can be read again.

use std::fmt;

use super::Config;
use crate::{
    dashboard::{
        command::spell,
        keymap::{Binding, Chord, Context},
        pictures::Setting,
        theme::ThemeName,
        widgets::Marker,
    },
    training::{HyperParameters, Kind, Parameter, TABLE},
};

/// The whole configuration as TOML, with remarks.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# {}", ThemeName::names().join(", "))?;
        let theme = self.theme.map_or(ThemeName::AUTO, ThemeName::name);
        writeln!(f, "theme = {}", quoted(theme))?;
        writeln!(f, "# {}", Marker::ALL.map(Marker::name).join(", "))?;
        writeln!(f, "marker = {}", quoted(self.marker.name()))?;
        let names = Setting::ALL.map(Setting::name).join(", ");
        writeln!(f, "# {names}: true pixels, if the terminal shows them")?;
        writeln!(f, "pictures = {}", quoted(self.pictures.name()))?;
        writeln!(f, "# few panels, large glyphs, strong colours, for a class")?;
        writeln!(f, "projector = {}", self.projector.is_some())?;
        writeln!(
            f,
            "# plain lines in place of the screen, for a screen reader"
        )?;
        writeln!(f, "screen-reader = {}", self.screen_reader)?;
        writeln!(f, "mouse = {}", self.mouse)?;
        writeln!(f, "# print the last picture after leaving")?;
        writeln!(f, "keep-picture = {}", self.keep_picture)?;
        self.write_defaults(f)?;
        writeln!(
            f,
            "\n# What an action is called, in quotation marks if it has values; its keys."
        )?;
        for context in Context::all() {
            self.write_keys(context, f)?;
        }
        Ok(())
    }
}

impl Config {
    fn write_defaults(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n# What runs of the dashboard begin with, unless --preset, --recipe or --set says otherwise."
        )?;
        writeln!(f, "[defaults]")?;
        let own = HyperParameters::default();
        for parameter in TABLE {
            let set = self
                .defaults
                .0
                .iter()
                .rev()
                .find(|(known, _)| known.name == parameter.name);
            match set {
                Some((_, value)) => {
                    writeln!(f, "{} = {}", parameter.name, number(parameter, *value))?
                }
                None => writeln!(
                    f,
                    "# {} = {}",
                    parameter.name,
                    number(parameter, parameter.get(&own))
                )?,
            }
        }
        Ok(())
    }

    fn write_keys(&self, context: Context, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = |binding: &&Binding| binding.context == context;
        let mut bindings = self.keymap.bindings().iter().filter(own).peekable();
        if bindings.peek().is_some() {
            writeln!(f, "\n[keys.{}]", context.name())?;
        }
        for binding in bindings {
            let keys: Vec<_> = binding
                .chords
                .iter()
                .map(|chord| quoted(&Chord::spelling(chord)))
                .collect();
            let name = spell(&binding.action);
            let bare = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            let name = if bare { name } else { quoted(&name) };
            writeln!(f, "{name} = [{}] # {}", keys.join(", "), binding.help)?;
        }
        Ok(())
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn number(parameter: &Parameter, value: f64) -> String {
    match parameter.kind {
        Kind::Choice(_) => quoted(&parameter.format_value(value)),
        _ => parameter.format_value(value),
    }
}

#[cfg(test)]
mod tests {
    use crate::dashboard::config::read::read;
    use std::path::Path;

    #[test]
    fn what_is_printed_is_a_configuration() {
        let text = "theme = 'mono'\nmouse = false\n[defaults]\nlambda_div = 0.8\ngenerator = 'generic'\n\
            [keys.help]\n'move 1' = 'ctrl-n'\n[keys.everywhere]\n\"lock 'credit score'\" = 'f7'\nslower = []\n";
        let config = read(Path::new("a"), text).unwrap();
        let printed = config.to_string();
        assert!(
            printed.contains("\nlambda_div = 0.8\n") && printed.contains("\n# lambda_adv = 0.25\n"),
            "{printed}"
        );
        assert!(printed.contains("\"move 1\" = [\"ctrl-n\"]"), "{printed}");
        assert!(printed.contains("\nslower = [] "), "{printed}");
        let again = read(Path::new("b"), &printed).unwrap();
        assert_eq!(again.to_string(), printed);
    }
}
