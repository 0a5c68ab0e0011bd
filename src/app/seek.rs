//! Questions of those who look for something, and their answers.

use std::ops::Range;

use crate::model::account::Provider;
use crate::model::inbox::{AccountKey, ConversationKey, EntryKey};

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seek {
    /// The latest conversations.
    Recent { limit: u32 },
    /// Conversations and people with names like this.
    Names { words: String },
    /// What may follow `from:` and `to:`, which are people, or `in:`, which is a conversation.
    Values { people: bool, words: String },
    /// Whatever has these words, a window at a time; names come with the first one.
    Everything {
        words: String,
        order: Order,
        after: Option<Onward>,
    },
    /// The entries of one conversation that have these words.
    Within {
        words: String,
        conversation: ConversationKey,
    },
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    #[default]
    Newest,
    Best,
}

/// Where the next window of hits begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Onward {
    pub before: EntryKey,
    /// How many of the best that are older were shown.
    pub shown: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Sought {
    Recent(Vec<Known>),
    Names(Vec<Known>),
    Values(Vec<String>),
    Everything(Box<Found>),
    Within {
        conversation: ConversationKey,
        /// The words, folded as they are compared.
        words: Vec<String>,
        /// Oldest first.
        hits: Vec<EntryKey>,
    },
}

/// A conversation by its name, or by that of somebody in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub key: ConversationKey,
    pub account: AccountKey,
    pub provider: Provider,
    pub title: Marked,
    pub subject: Option<String>,
    /// Who it was found by.
    pub person: Option<Marked>,
}

/// A text and where in it the hits are, in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    pub text: String,
    pub ranges: Vec<Range<usize>>,
}

/// A window of hits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    pub names: Vec<Known>,
    pub hits: Vec<Hit>,
    /// Where to go on; absent where everything was looked at.
    pub more: Option<Onward>,
    /// Sentences about what was typed.
    pub notes: Vec<String>,
}

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub key: EntryKey,
    pub conversation: ConversationKey,
    pub provider: Provider,
    pub title: String,
    /// Who wrote it; absent when it was the owner, or is not known.
    pub by: Option<String>,
    pub own: bool,
    /// The text, the subject or the name of a file, whichever has the words.
    pub text: Marked,
}
