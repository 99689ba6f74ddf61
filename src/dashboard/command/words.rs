//! Words of a line, with quotation marks and backslashes as in a shell.

use super::CommandError;

/// The words of `line`.
pub fn split(line: &str) -> Result<Vec<String>, CommandError> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut mark = None;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (character, mark) {
            ('\\', None | Some('"')) => word.get_or_insert_default().extend(characters.next()),
            (_, Some(open)) if character == open => mark = None,
            ('"' | '\'', None) => {
                mark = Some(character);
                word.get_or_insert_default();
            }
            (' ' | '\t', None) => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    if let Some(open) = mark {
        return Err(CommandError(format!(
            "the quotation mark {open} is not closed"
        )));
    }
    words.extend(word);
    Ok(words)
}

/// `word`, in single quotation marks unless it consists of characters that mean nothing to any shell.
pub fn quote(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./,:=@%+".contains(c);
    match !word.is_empty() && !word.starts_with(['=', '%']) && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// The line up to its last word, and that word, which may be empty.
pub fn last_word(line: &str) -> (&str, &str) {
    line.split_at(line.rfind(' ').map_or(0, |blank| blank + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_quotation() {
        for word in [
            "plain",
            "two words",
            "",
            "it's",
            "a\"b'c\\d",
            "-0.5",
            "tab\there",
            "$(touch x)",
            "a'b'$(c)`d`!",
            "{a,b}",
            "[ab]",
            "line\nbreak",
        ] {
            assert_eq!(split(&quote(word)).unwrap(), [word], "{}", quote(word));
        }
        assert_eq!(split(" a  'b c'd  ").unwrap(), ["a", "b cd"]);
        assert!(split("'a").is_err());
    }
}
