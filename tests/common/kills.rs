//! When processes are killed, and how often.

use std::{env, time::SystemTime};

/// How many kills are tried: `few` in the suite, more where `CTUI_KILLS` says so.
pub fn kills(few: u64) -> u64 {
    let wanted = env::var("CTUI_KILLS").ok();
    wanted.and_then(|text| text.parse().ok()).unwrap_or(few)
}

/// A number that differs from call to call and is spread evenly up to `max`.
pub fn random(max: u64) -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let nanoseconds = now.unwrap().subsec_nanos();
    u64::from(nanoseconds)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(17)
        % max
}
