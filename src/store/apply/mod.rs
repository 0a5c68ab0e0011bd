//! Writes what the server said. Pages may come in any order and any number of times: the store ends up the same.
//!
//! Every row remembers the stamp of the request that brought it, and an answer to an older request never overwrites a
//! newer one. What is mentioned before it is known (the chat of a message, its sender, its account) becomes a
//! placeholder with the stamp `UNSEEN`, which any answer fills in.

mod accounts;
mod chats;
mod folders;
mod gone;
mod handles;
mod hide;
mod index;
mod mails;
mod messages;
mod refresh;
mod rows;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod shadow;
#[cfg(test)]
mod tests;
mod threads;

pub use accounts::accounts;
pub use chats::{chats, members};
pub use folders::folders;
pub use gone::gone;
pub use handles::{attendees, contacts};
pub use hide::hide;
pub use mails::mails;
pub use messages::messages;
pub use refresh::refresh;
pub use shadow::overlay;

/// Numbers requests: what was asked later is newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(pub i64);

/// The stamp of what has only been mentioned.
pub(crate) const UNSEEN: Stamp = Stamp(-1);

/// What applying a page came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Entries or rows that were not stored before.
    pub new: usize,
    /// Rows that changed.
    pub changed: usize,
    /// Chats that were mentioned and have not been fetched.
    pub unseen_chats: Vec<crate::model::id::ChatId>,
}
