//! Suggestions for misspelt names.

/// The candidate most like `wanted`, unless none is at all alike.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    candidates
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name))
        .filter(|&(likeness, _)| likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// ` (did you mean …?)`, or nothing.
pub fn hint<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(wanted, candidates)
        .map(|name| format!(" (did you mean `{name}`?)"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_like_names_are_suggested() {
        let names = ["moon", "circ", "spirals"];
        assert_eq!(hint("monn", names), " (did you mean `moon`?)");
        assert_eq!(hint("SPIRAL", names), " (did you mean `spirals`?)");
        assert_eq!(hint("qqq", names), "");
    }
}
