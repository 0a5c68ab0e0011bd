//! The words of the wire for the enums of the model: what `model::words` spells, and how it goes into a request.

pub(super) use crate::model::words::Spelled;

/// Gives enums their words, and lets requests hold them.
macro_rules! words {
    ($($name:ident { $($word:literal => $variant:ident),* $(,)? })*) => {
        crate::model::words::spelled! { $($name { $($word => $variant),* })* }
        crate::api::words::sendable! { $($name)* }
    };
}

/// Lets requests hold enums that have words already.
macro_rules! sendable {
    ($($name:ident)*) => {$(
        impl crate::api::request::Word for &$name {
            fn word(self) -> Option<String> {
                Some(crate::model::words::Spelled::to_word(self).into_owned())
            }
        }

        impl From<&$name> for crate::api::request::Json {
            fn from(value: &$name) -> Self {
                Self::from(crate::model::words::Spelled::to_word(value).into_owned())
            }
        }
    )*};
}

pub(super) use {sendable, words};
