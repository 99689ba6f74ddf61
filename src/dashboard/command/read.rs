//! Reading: words as a format of serde.

use serde::{
    Deserializer,
    de::{
        DeserializeSeed, EnumAccess, Error, VariantAccess, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use super::{CommandError, variant};

/// A variant's name and the words after it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) name: &'a str,
    pub(super) arguments: &'a [String],
}

impl<'de> Deserializer<'de> for Line<'_> {
    type Error = CommandError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CommandError> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Line<'_> {
    type Error = CommandError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self), CommandError> {
        Ok((seed.deserialize(variant(self.name))?, self))
    }
}

impl<'de> VariantAccess<'de> for Line<'_> {
    type Error = CommandError;

    fn unit_variant(self) -> Result<(), CommandError> {
        match self.arguments.first() {
            None => Ok(()),
            Some(word) => Err(CommandError(format!("takes no value, not `{word}`"))),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, CommandError> {
        match self.arguments {
            [] => Err(CommandError("a value is missing".into())),
            [word] => seed.deserialize(Word(word)),
            more => Err(CommandError(format!("takes one value, not {}", more.len()))),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, CommandError> {
        if self.arguments.len() != length {
            let given = self.arguments.len();
            return Err(CommandError(format!("takes {length} values, not {given}")));
        }
        visitor.visit_seq(SeqDeserializer::new(
            self.arguments.iter().map(|word| Word(word)),
        ))
    }

    /// Values are `name=value`, or stand in the order of the fields.
    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CommandError> {
        let mut next = fields.iter();
        let mut values = Vec::new();
        for word in self.arguments {
            let (field, value) = match word.split_once('=') {
                Some((name, value)) => match fields.iter().find(|field| **field == name) {
                    Some(field) => (*field, value),
                    None => return Err(CommandError::unknown_variant(name, fields)),
                },
                None => match next.next() {
                    Some(field) => (*field, word.as_str()),
                    None => return Err(CommandError(format!("`{word}` is one value too many"))),
                },
            };
            if values.iter().any(|(known, _)| *known == field) {
                return Err(CommandError(format!("its {field} is given twice")));
            }
            values.push((field, Word(value)));
        }
        visitor.visit_map(MapDeserializer::new(values.into_iter()))
    }
}

/// One word as a value.
#[derive(Clone, Copy)]
struct Word<'a>(&'a str);

impl serde::de::IntoDeserializer<'_, CommandError> for Word<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Word<'_> {
    fn number<T: std::str::FromStr>(self, kind: &str) -> Result<T, CommandError> {
        self.0
            .parse()
            .map_err(|_| CommandError(format!("`{}` is no {kind}", self.0)))
    }

    /// A number that is neither infinite nor none, which no line could spell.
    fn finite(self) -> Result<f64, CommandError> {
        let value: f64 = self.number("number")?;
        match value.is_finite() {
            true => Ok(value),
            false => Err(CommandError("that number is not finite".into())),
        }
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $kind:literal),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CommandError> {
            visitor.$visit(self.number($kind)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Word<'_> {
    type Error = CommandError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CommandError> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CommandError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, CommandError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CommandError> {
        let line = Line {
            name: self.0,
            arguments: &[],
        };
        visitor.visit_enum(line)
    }

    numbers! {
        deserialize_bool visit_bool "true or false",
        deserialize_char visit_char "single character",
        deserialize_i8 visit_i8 "whole number",
        deserialize_i16 visit_i16 "whole number",
        deserialize_u8 visit_u8 "whole number from 0",
        deserialize_i32 visit_i32 "whole number",
        deserialize_i64 visit_i64 "whole number",
        deserialize_u16 visit_u16 "whole number from 0",
        deserialize_u32 visit_u32 "whole number from 0",
        deserialize_u64 visit_u64 "whole number from 0"
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CommandError> {
        visitor.visit_f64(self.finite()?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CommandError> {
        visitor.visit_f64(self.finite()?)
    }

    forward_to_deserialize_any! {
        i128 u128 str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}
