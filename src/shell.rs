//! Words of a command line that people paste into a shell.

use crate::{ascii::unicode_is_read, text::printable};

/// `word` for a POSIX shell: bare if nothing in it is special, or else in single quotes, where nothing
/// is. Characters that steer a terminal are spelt by their bytes as in `$'\033'`, which bash, zsh and
/// ksh read; so are all that are not ASCII where the locale has no UTF-8.
pub fn quote(word: &str) -> String {
    quoted(word, unicode_is_read())
}

fn quoted(word: &str, unicode: bool) -> String {
    let bare = |c: char| c.is_alphanumeric() || "_-+=:,./%@".contains(c);
    if word.chars().any(|c| is_spelt(c, unicode)) {
        let spelt = word.chars().map(|c| spelt(c, unicode));
        return format!("$'{}'", spelt.collect::<String>());
    }
    match !word.is_empty() && word.chars().all(bare) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

fn is_spelt(c: char, unicode: bool) -> bool {
    let is_hidden = printable(c.encode_utf8(&mut [0; 4])) != c.to_string();
    is_hidden || !unicode && !c.is_ascii()
}

/// A character between `$'` and `'`.
fn spelt(c: char, unicode: bool) -> String {
    match c {
        '\\' => "\\\\".to_owned(),
        '\'' => "\\'".to_owned(),
        _ if is_spelt(c, unicode) => {
            let bytes = c.to_string().into_bytes();
            bytes.iter().map(|byte| format!("\\{byte:03o}")).collect()
        }
        _ => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_safe_to_paste() {
        assert_eq!(quote("sample_data/loan.csv"), "sample_data/loan.csv");
        assert_eq!(quote(""), "''");
        assert_eq!(quote("my data.csv"), "'my data.csv'");
        assert_eq!(quote("it's $(date) `date`"), "'it'\\''s $(date) `date`'");
        assert_eq!(quote("~/x"), "'~/x'");
        assert_eq!(quoted("a\u{1b}'b\\", true), "$'a\\033\\'b\\\\'");
        assert_eq!(quoted("Größe", true), "Größe");
        assert_eq!(quoted("Größe", false), "$'Gr\\303\\266\\303\\237e'");
    }

    #[test]
    #[cfg(unix)]
    fn a_shell_gives_the_word_back() {
        for word in [
            "a'b",
            "$(echo no)",
            "`echo no`",
            "a\u{1b}[2J\n'\\b",
            "\u{202e}x",
            "!! \"$HOME\" \\",
            "-n *",
            "Größe, €",
        ] {
            for (locale, unicode) in [("C.UTF-8", true), ("C", false)] {
                let script = format!("printf '%s' {}", quoted(word, unicode));
                let printed = std::process::Command::new("bash")
                    .env("LC_ALL", locale)
                    .args(["-c", &script])
                    .output()
                    .unwrap();
                assert_eq!(String::from_utf8(printed.stdout).unwrap(), word, "{script}");
                assert!(unicode || script.is_ascii(), "{script}");
            }
        }
    }
}
