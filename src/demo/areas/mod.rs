//! What the server answers, a file per area. A handler gets the world and a checked request, and touches nothing else.

pub(super) mod accounts;
mod acting;
pub(super) mod attendees;
pub(super) mod calendars;
pub(super) mod chats;
pub(super) mod emails;
pub(super) mod hooks;
pub(super) mod linkedin;
pub(super) mod linking;
mod members;
pub(super) mod messages;
pub(super) mod posts;
mod sending;
#[cfg(test)]
pub(super) mod stage;
pub(super) mod users;
pub(super) mod webhooks;
pub(super) mod words;
