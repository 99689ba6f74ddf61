//! The binary of ctui.
fn main() {}
