//! What mails are made of, as plain functions: HTML and text as something to read, the history they quote, answers and
//! who gets them, invitations, Markdown. Nothing here asks, waits or draws.

pub mod address;
pub mod answer;
pub mod eml;
pub mod history;
pub mod html;
pub mod invite;
pub mod letter;
pub mod links;
pub mod mailto;
pub mod outgoing;
pub mod page;
pub mod plain;
pub mod quote;
pub mod said;
pub mod text;
pub mod write;
