//! A lesson to start from.

/// What `ctui lesson new` writes: a lesson that plays, with every entry explained.
pub const TEMPLATE: &str = include_str!("../../../assets/lessons/template.toml");
