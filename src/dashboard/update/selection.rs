//! Moving in lists.

/// The line `by` lines from `from`, kept among `count`.
pub(super) fn moved(from: usize, by: i32, count: usize) -> usize {
    let last = count.saturating_sub(1) as i64;
    (from as i64 + i64::from(by)).clamp(0, last) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selections_stay_in_their_list() {
        assert_eq!(moved(3, 2, 10), 5);
        assert_eq!(moved(3, i32::MIN, 10), 0);
        assert_eq!(moved(3, i32::MAX, 10), 9);
        assert_eq!(moved(0, 1, 0), 0);
    }
}
