//! Values that a person would name: accounts, chats, messages, mails, people. They know no network, file or screen.

pub mod account;
pub mod act;
pub mod attachment;
pub mod calendar;
pub mod chat;
pub mod company;
pub mod correspondence;
pub mod delivery;
pub mod email;
pub mod hiring;
pub mod id;
pub mod inbox;
pub mod later;
pub mod limits;
pub mod message;
pub mod network;
pub mod outbox;
pub mod person;
pub mod post;
pub mod profile;
pub mod text;
pub mod webhook;
pub mod weekday;
pub mod words;
