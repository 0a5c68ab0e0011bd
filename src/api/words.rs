//! The words of the wire for the enums of the model. A word nobody knows is kept as it came and can be sent back.

use std::borrow::Cow;

/// An enum of the model that the wire writes as a word.
pub(super) trait Wire: Sized {
    fn from_wire(word: &str) -> Self;
    fn to_wire(&self) -> Cow<'_, str>;
}

/// Gives the enums their words: `words! { Provider { "WHATSAPP" => Whatsapp, "LINKEDIN" => Linkedin } }`. Every enum
/// has a variant `Other(String)`, which is not listed.
macro_rules! words {
    ($($name:ident { $($word:literal => $variant:ident),* $(,)? })*) => {$(
        impl crate::api::words::Wire for $name {
            fn from_wire(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)*
                    other => Self::Other(crate::model::text::clean(other)),
                }
            }

            fn to_wire(&self) -> std::borrow::Cow<'_, str> {
                match self {
                    $(Self::$variant => $word.into(),)*
                    Self::Other(word) => word.as_str().into(),
                }
            }
        }

        impl crate::api::request::Word for &$name {
            fn word(self) -> Option<String> {
                Some(crate::api::words::Wire::to_wire(self).into_owned())
            }
        }

        impl From<&$name> for crate::api::request::Json {
            fn from(value: &$name) -> Self {
                Self::from(crate::api::words::Wire::to_wire(value).into_owned())
            }
        }
    )*};
}

pub(super) use words;
