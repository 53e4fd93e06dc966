//! One spelling for each closed set: rules, CSV, command line and exports share it.

use std::fmt;

/// A name that is not in its closed set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// What was looked for, such as `relation`.
    pub what: &'static str,
    /// What was found instead.
    pub found: String,
    /// Every name of the set, in its order.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {} {:?} (known: {})", self.what, self.found, self.known.join(", "))
    }
}

impl std::error::Error for UnknownName {}

/// Defines an enum with `ALL`, `as_str`, `Display`, `FromStr` and serde by the same names.
macro_rules! closed_set {
    (
        $(#[$meta:meta])*
        $what:literal $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(unreachable_pub, reason = "a set may be a room's own")]
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }

        #[allow(unreachable_pub, reason = "a set may be a room's own")]
        impl $name {
            /// Every member, in the order of definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The one spelling used in rules, files and exports.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                match name {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::model::UnknownName {
                        what: $what,
                        found: name.to_owned(),
                        known: Self::ALL.iter().map(|member| member.as_str()).collect(),
                    }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                name.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use closed_set;
