//! Lists of seeds as people write them: `1,2,3`, `1..8`.

/// Most seeds of one list.
pub const MAX_SEEDS: u64 = 1000;

/// The seeds that `text` names: numbers, and ranges with both ends, separated by commas.
///
/// # Errors
/// A sentence that says what would be right, for anything else, for seeds named twice and for more
/// than [`MAX_SEEDS`].
pub fn parse_seeds(text: &str) -> Result<Vec<u64>, String> {
    let refuse = || {
        format!(
            "`{text}`: seeds are numbers and ranges such as 1,2,3 or 1..8, each once, at most {MAX_SEEDS}"
        )
    };
    let mut seeds = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once("..").unwrap_or((part, part));
        let last = last.strip_prefix('=').unwrap_or(last);
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| refuse());
        let (first, last) = (number(first)?, number(last)?);
        if first > last || last - first >= MAX_SEEDS {
            return Err(refuse());
        }
        seeds.extend(first..=last);
    }
    let mut distinct = seeds.clone();
    distinct.sort_unstable();
    distinct.dedup();
    match distinct.len() == seeds.len() && seeds.len() as u64 <= MAX_SEEDS {
        true => Ok(seeds),
        false => Err(refuse()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_lists_and_ranges() {
        assert_eq!(parse_seeds("7").unwrap(), [7]);
        assert_eq!(parse_seeds("1..3, 9").unwrap(), [1, 2, 3, 9]);
        assert_eq!(parse_seeds("1..=2").unwrap(), [1, 2]);
        for wrong in ["", "a", "3..1", "1,1", "1..2000", "-1", "1..2,2"] {
            assert!(parse_seeds(wrong).is_err(), "{wrong}");
        }
    }
}
