//! Words of a command line that people paste into a shell.

/// `word` for a POSIX shell: bare if nothing in it is special, or else in single quotes, where nothing
/// is. Characters that steer a terminal are spelt as in `$'\\u001b'`, which bash, zsh and ksh read.
pub fn quote(word: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "_-+=:,./%@".contains(c);
    if word
        .chars()
        .any(|c| crate::text::printable(c.encode_utf8(&mut [0; 4])) != c.to_string())
    {
        return format!("$'{}'", word.chars().map(spelt).collect::<String>());
    }
    match !word.is_empty() && word.chars().all(bare) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// A character between `$'` and `'`.
fn spelt(c: char) -> String {
    let hidden = crate::text::printable(c.encode_utf8(&mut [0; 4])) != c.to_string();
    match c {
        '\\' => "\\\\".to_owned(),
        '\'' => "\\'".to_owned(),
        _ if hidden => format!("\\U{:08x}", u32::from(c)),
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
        assert_eq!(quote("a\u{1b}'b\\"), "$'a\\U0000001b\\'b\\\\'");
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
        ] {
            let script = format!("printf '%s' {}", quote(word));
            let printed = std::process::Command::new("bash")
                .env("LC_ALL", "C.UTF-8")
                .args(["-c", &script])
                .output()
                .unwrap();
            assert_eq!(String::from_utf8(printed.stdout).unwrap(), word, "{script}");
        }
    }
}
