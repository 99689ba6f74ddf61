//! Lists that one chooses from: an enum whose variants are the rows of a table.

/// Declares an enum, its names and all its variants, and with each variant a row of facts.
///
/// ```text
/// choices! {
///     /// A fruit.
///     pub enum Fruit: Facts {
///         /// Round.
///         Apple = Facts { title: "Apple", help: "keeps the doctor away" },
///     }
/// }
/// ```
///
/// gives `Fruit::ALL`, `Fruit::NAMES` (`"apple"`, as on the command line and in files),
/// `Fruit::name` and `Fruit::facts`. A new member is a row here, and whatever the row names.
macro_rules! choices {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident: $facts:ty {
            $($(#[$about:meta])* $variant:ident = $row:expr),+ $(,)?
        }
    ) => {
        $crate::choices::choices! {
            $(#[$meta])*
            $vis enum $name { $($(#[$about])* $variant),+ }
        }

        impl $name {
            /// What is known about it.
            $vis fn facts(self) -> &'static $facts {
                match self {
                    $(Self::$variant => {
                        static FACTS: $facts = $row;
                        &FACTS
                    })+
                }
            }
        }
    };
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$about:meta])* $variant:ident),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(
            Clone,
            Copy,
            Debug,
            PartialEq,
            Eq,
            Hash,
            serde::Serialize,
            serde::Deserialize,
            strum::EnumCount,
            strum::IntoStaticStr,
            strum::VariantNames,
        )]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        $vis enum $name { $($(#[$about])* $variant),+ }

        impl $name {
            /// All of them, in the order in which they are shown.
            $vis const ALL: [Self; <Self as strum::EnumCount>::COUNT] = [$(Self::$variant),+];

            /// The names of all, as on the command line and in files.
            $vis const NAMES: &'static [&'static str] =
                <Self as strum::VariantNames>::VARIANTS;

            /// The name on the command line and in files.
            $vis fn name(self) -> &'static str {
                self.into()
            }
        }
    };
}

pub(crate) use choices;
