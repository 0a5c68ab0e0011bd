//! Values that a person would name: accounts, chats, messages, mails, people. They know no network, file or screen.

pub mod id;
pub mod text;
