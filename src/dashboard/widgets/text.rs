//! Text that never leaves its area.

use std::collections::{HashMap, HashSet};

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// Columns that `text` takes on the screen.
pub fn width(text: &str) -> u16 {
    ratatui::text::Line::from(text)
        .width()
        .min(usize::from(u16::MAX)) as u16
}

/// `text` cut to `columns`, with an ellipsis where something is missing.
pub fn fit(text: &str, columns: u16) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        kept.push(character);
        if width(&kept) >= columns {
            kept.pop();
            break;
        }
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

/// The first of `forms` that fits into `columns`; if none does, the last one, cut.
pub fn first_fitting(forms: impl IntoIterator<Item = String>, columns: u16) -> String {
    let mut last = String::new();
    for form in forms {
        if width(&form) <= columns {
            return form;
        }
        last = form;
    }
    fit(&last, columns)
}

/// `text` in `columns` without its middle, with an ellipsis there: beginnings and ends tell long
/// names apart.
pub fn middle(text: &str, columns: u16) -> String {
    cut(text, columns, columns.saturating_sub(1) / 2)
}

/// `names` in `columns`, without their middles where they are longer: ends are as long as it takes for
/// different names to stay different, if they can.
pub fn distinct(names: &[impl AsRef<str>], columns: u16) -> Vec<String> {
    let least = columns.saturating_sub(1) / 2;
    let all = |tail: u16| {
        names
            .iter()
            .map(move |name| cut(name.as_ref(), columns, tail))
    };
    let mut shown: Vec<String> = all(least).collect();
    for tail in least + 1..columns {
        let alike = alike(&shown, names);
        if alike.is_empty() {
            break;
        }
        for (short, longer) in shown.iter_mut().zip(all(tail)) {
            if alike.contains(short) {
                *short = longer;
            }
        }
    }
    shown
}

/// Those of `shown` that stand for several of `names`.
fn alike(shown: &[String], names: &[impl AsRef<str>]) -> HashSet<String> {
    let mut owners: HashMap<&String, HashSet<&str>> = HashMap::new();
    for (short, name) in shown.iter().zip(names) {
        owners.entry(short).or_default().insert(name.as_ref());
    }
    let several = owners.into_iter().filter(|(_, names)| names.len() > 1);
    several.map(|(short, _)| short.clone()).collect()
}

/// `text` in `columns`, with an ellipsis before its last `tail` ones if it is longer.
fn cut(text: &str, columns: u16, tail: u16) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let tail = end(text, tail.min(columns - 1) + 1);
    let tail = tail.trim_start_matches('…');
    let head = fit(text, columns - width(tail));
    format!("{}…{tail}", head.trim_end_matches('…'))
}

/// The end of `text` in `columns`, with an ellipsis where something is missing.
pub fn end(text: &str, columns: u16) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut ends = text.char_indices().map(|(start, _)| &text[start..]);
    let kept = ends.find(|end| width(end) < columns);
    format!("…{}", kept.unwrap_or(""))
}

/// `text` cut or filled with blanks to `columns`.
pub fn pad(text: &str, columns: u16) -> String {
    let text = fit(text, columns);
    let blanks = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(usize::from(blanks)))
}

/// `text` in lines of at most `columns`, broken between words.
pub fn wrapped(text: &str, columns: u16) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fit(word, columns)),
        }
    }
    lines
}

/// Writes `text` at column `x` and row `y` of the screen, clipped to `area`.
pub fn put(buffer: &mut Buffer, area: Rect, (x, y): (u16, u16), text: &str, style: Style) {
    let area = area.intersection(buffer.area);
    let inside =
        (area.left()..area.right()).contains(&x) && (area.top()..area.bottom()).contains(&y);
    if inside {
        buffer.set_stringn(x, y, text, usize::from(area.right() - x), style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_with_an_ellipsis() {
        assert_eq!(fit("robustness", 10), "robustness");
        assert_eq!(fit("robustness", 7), "robust…");
        assert_eq!(fit("robustness", 1), "…");
        assert_eq!(fit("robustness", 0), "");
        assert_eq!(end("sample_data/loan.csv", 20), "sample_data/loan.csv");
        assert_eq!(end("sample_data/loan.csv", 9), "…loan.csv");
        assert_eq!(pad("λ_div", 7), "λ_div  ");
        let forms = || ["exhausted, 30 steps", "30 steps", "30"].map(str::to_owned);
        let found = [19, 18, 7, 1].map(|columns| first_fitting(forms(), columns));
        assert_eq!(found, ["exhausted, 30 steps", "30 steps", "30", "…"]);
    }

    #[test]
    fn names_that_differ_stay_different() {
        let kinds = ["unemployed", "self-employed", "employed", "retired"];
        let names: Vec<String> = kinds
            .iter()
            .map(|kind| format!("employment={kind}"))
            .collect();
        for columns in [11, 12, 14, 20, 30] {
            let short = distinct(&names, columns);
            let different: HashSet<&String> = short.iter().collect();
            assert_eq!(different.len(), names.len(), "{columns}: {short:?}");
            assert!(short.iter().all(|name| width(name) <= columns), "{short:?}");
        }
        assert_eq!(distinct(&names, 12)[3], "employ…tired");
        assert_eq!(distinct(&["same name", "same name"], 5), ["sa…me", "sa…me"]);
        assert_eq!(distinct(&["a", "longer"], 0), ["", ""]);
        assert_eq!(distinct(&[""; 0], 9), [""; 0]);
    }

    #[test]
    fn names_are_cut_in_their_middle() {
        assert_eq!(middle("employment=temporary", 20), "employment=temporary");
        assert_eq!(middle("employment=temporary", 12), "employ…orary");
        assert_eq!(middle("employment=permanent", 12), "employ…anent");
        for columns in 0..30 {
            for name in ["employment=temporary", "漢字漢字漢字漢字", "ab"] {
                assert!(width(&middle(name, columns)) <= columns, "{name} {columns}");
            }
        }
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("extraordinary", 5), ["extr…"]);
    }

    #[test]
    fn text_is_clipped_to_its_area() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 2));
        let area = Rect::new(1, 0, 3, 1);
        put(&mut buffer, area, (2, 0), "abcdef", Style::new());
        put(&mut buffer, area, (2, 1), "below", Style::new());
        put(&mut buffer, area, (9, 0), "beside", Style::new());
        assert_eq!(buffer, Buffer::with_lines(["  ab  ", "      "]));
    }
}
