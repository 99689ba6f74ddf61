//! How fast training goes on.

/// Pauses between epochs, in milliseconds, from full speed to slow.
pub const PAUSES: [u64; 8] = [0, 10, 20, 50, 100, 200, 500, 1000];

/// Where the dashboard begins: slow enough to see the boundary move.
pub const FIRST_SPEED: usize = 3;

/// The pause between epochs at a speed, in milliseconds.
pub fn speed(index: usize) -> u64 {
    PAUSES[index.min(PAUSES.len() - 1)]
}
