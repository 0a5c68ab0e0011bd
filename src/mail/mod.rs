//! What mails are made of, as plain functions: HTML and text as something to read, the history they quote, answers and
//! who gets them, invitations, Markdown. Nothing here asks, waits or draws.

pub mod address;
pub mod answer;
pub mod letter;
pub mod outgoing;
pub mod said;
