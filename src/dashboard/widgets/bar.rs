//! A horizontal bar, in eighths of a cell.

const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// A bar that fills `share` of `columns`, padded with blanks; empty if `share` is not a number.
pub fn bar(share: f64, columns: u16, ascii: bool) -> String {
    let columns = usize::from(columns);
    let eighths = (share.clamp(0.0, 1.0) * 8.0 * columns as f64).round() as usize;
    let (full, rest) = (eighths / 8, eighths % 8);
    let mut bar: String = std::iter::repeat_n(if ascii { '#' } else { '█' }, full).collect();
    if rest > 0 {
        bar.push(match ascii {
            true if rest >= 4 => '#',
            true => ' ',
            false => EIGHTHS[rest - 1],
        });
    }
    let blanks = columns.saturating_sub(bar.chars().count());
    bar + &" ".repeat(blanks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_fill_their_share() {
        assert_eq!(bar(0.5, 4, false), "██  ");
        assert_eq!(bar(0.6, 4, false), "██▍ ");
        assert_eq!(bar(1.0, 4, true), "####");
        assert_eq!(bar(f64::NAN, 2, false), "  ");
        assert_eq!(bar(7.0, 0, false), "");
    }
}
