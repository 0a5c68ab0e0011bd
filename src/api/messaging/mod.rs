//! Messaging: chats, messages, attendees.

mod attendees;
mod chats;
mod decode;
mod messages;
#[cfg(test)]
mod tests;

pub use attendees::{ListAttendeeItems, ListAttendees, PictureOf};
pub use chats::{ChatChange, LinkedinChat, ListChats, StartChat};
pub use messages::{ListChatMessages, ListMessages, SendMessage, read_messages};

use crate::model::id::AccountId;

/// Several accounts as one filter; absent when there are none.
fn joined(accounts: &[AccountId]) -> Option<String> {
    let ids: Vec<&str> = accounts.iter().map(AccountId::as_str).collect();
    (!ids.is_empty()).then(|| ids.join(","))
}
