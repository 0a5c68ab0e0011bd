//! What can happen, as data.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::command::Command;
use super::effect::{Answer, Done, Ticket};
use super::key::Key;
use super::layout::Size;
use super::pictures::PictureNews;
use super::pointer::Pointer;
use super::state::Settings;
use super::status::{Fetching, Sync};
use super::thread::Laid;
use crate::model::inbox::ConversationKey;

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Key(Key),
    Paste(String),
    Mouse(Pointer),
    Resize(Size),
    /// Whether the terminal's window is looked at.
    Looked(bool),
    /// The clock went on.
    Tick(Timestamp),
    /// A command that came from a click, the palette or the help.
    Command(Command),
    /// The store was written.
    Changed(Changes),
    Answer(Ticket, Answer),
    Done(Done),
    Sync(Sync),
    /// What came of a wish about pictures.
    Picture(PictureNews),
    /// How far the fetching of files is; absent when it has ended.
    Fetching(Option<Fetching>),
    /// How the conversation came to lie when it was drawn.
    Laid(Laid),
    /// What the user wrote in `$EDITOR`; absent when nothing came of it, and why.
    Edited(Result<String, String>),
    /// The settings were read anew.
    Settings(Box<Settings>),
    /// The program is asked to end, and not by its user.
    End,
    /// A `mailto:` link with which onebox was started.
    Link(String),
    /// Words for the user from outside.
    Notice(String),
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Accounts, folders, outbox, drafts: what is counted.
    pub overview: bool,
    pub conversations: BTreeSet<ConversationKey>,
    pub pictures: bool,
    /// Nobody knows what.
    pub anything: bool,
}

impl Changes {
    /// Whether a conversation may look different now.
    pub fn touches(&self, key: ConversationKey) -> bool {
        self.anything || self.conversations.contains(&key)
    }
}
