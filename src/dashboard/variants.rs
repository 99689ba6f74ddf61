//! The names of an enum's variants, as serde writes them.

use serde::{
    Deserialize, Deserializer,
    de::{self, Visitor},
};

/// The names of an enum's variants.
pub fn variants<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    match T::deserialize(Asking) {
        Err(Answer(names)) => names,
        Ok(_) => &[],
    }
}

/// A format that holds nothing and learns what it should.
struct Asking;

/// The variants that were asked for.
#[derive(Debug, thiserror::Error)]
#[error("nothing there")]
struct Answer(&'static [&'static str]);

impl de::Error for Answer {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self(&[])
    }
}

impl<'de> Deserializer<'de> for Asking {
    type Error = Answer;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Answer> {
        Err(Answer(&[]))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Answer> {
        Err(Answer(variants))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::action::Panel;

    #[test]
    fn names_are_those_of_files() {
        assert_eq!(variants::<Panel>()[0], "boundary");
        assert!(variants::<u8>().is_empty());
    }
}
