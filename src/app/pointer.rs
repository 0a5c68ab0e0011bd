//! The mouse: what it did, and what was under it when the screen was last drawn.

use super::command::Command;
use super::compose::mail::Field;
use super::places::Place;
use super::state::Pane;
use crate::model::inbox::{ConversationKey, EntryKey, View};
use crate::model::outbox::OutboxId;

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    Click,
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

/// Something on the screen that can be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nothing in particular of a pane.
    Pane(Pane),
    Place(Place),
    /// A row of the screen of accounts, by its place.
    Account(usize),
    Conversation(ConversationKey),
    /// The picture or the mark at the start of a row.
    Marker(ConversationKey),
    View(View),
    Entry(EntryKey),
    /// The quoted part of an entry.
    Quote(EntryKey),
    /// What is folded of an entry, or the line it is folded to.
    Fold(EntryKey),
    /// A link, by its place among those of its entry.
    Link(EntryKey, usize),
    Attachment(EntryKey, usize),
    Waiting(OutboxId),
    /// A row of what is being written, laid out so wide, which begins in that column of the screen.
    Words {
        width: u16,
        row: usize,
        from: u16,
    },
    /// The sign that takes a file off what is being written.
    Chip(usize),
    /// One of those that may be meant by a word that is being written.
    Offer(usize),
    Command(Command),
    /// The border behind a pane.
    Border(Pane),
    /// A line of the mail that is being written, and one of those who get it.
    MailField(Field),
    Recipient(Field, usize),
    /// A row of the window on top, by its place in the whole list.
    Item(usize),
    /// Outside of the window on top.
    Outside,
}

/// A movement of the mouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    pub press: Press,
    pub x: u16,
    pub y: u16,
    /// Whether the shift key was held.
    pub shift: bool,
    pub target: Option<Target>,
}
