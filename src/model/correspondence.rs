//! From whom mails of the user can come, and to whom they may go.

use super::account::{Provider, Signature};
use super::act::Correspondent;
use super::id::AccountId;
use super::inbox::AccountKey;

/// A mailbox to write from.
#[derive(Debug, Clone, PartialEq)]
pub struct Mailbox {
    pub account: AccountKey,
    pub id: AccountId,
    pub provider: Provider,
    /// Its own address, with the user's name where it is known.
    pub own: Correspondent,
    /// Other addresses that the user has written from.
    pub aliases: Vec<Correspondent>,
    /// As plain text.
    pub signatures: Vec<Signature>,
}

/// All mailboxes of the user.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Desk {
    pub mailboxes: Vec<Mailbox>,
}

impl Desk {
    /// All addresses of the user.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let all = self.mailboxes.iter();
        all.flat_map(|it| std::iter::once(&it.own).chain(&it.aliases))
            .map(|it| it.address.as_str())
    }
}

/// Whom the user may mean, those most written with first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    pub people: Vec<Correspondent>,
    pub circles: Vec<Circle>,
}

/// People who are in one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// What it is about.
    pub title: String,
    /// All but the user.
    pub people: Vec<Correspondent>,
}
