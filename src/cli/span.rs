//! Which stretch of a conversation is meant, and the walk along it.

use clap::Args;

use super::form::WINDOW;
use super::when::When;
use super::{Failure, output};
use crate::model::inbox::{ConversationKey, Entry, EntryKey};
use crate::store::{Store, read};

/// A stretch of a conversation.
#[derive(Debug, Args)]
pub(super) struct Span {
    /// Only what is older: a time such as 2026-10-03, `yesterday`, `3d`, or the id of a message
    #[arg(long, value_name = "TIME|ID", allow_hyphen_values = true)]
    before: Option<String>,
    /// Only what is newer: a time or the id of a message
    #[arg(long, value_name = "TIME|ID", allow_hyphen_values = true)]
    after: Option<String>,
    /// How many at most, the last ones; with --after alone the first ones; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

/// Where a walk is, and where it ends.
#[derive(Debug)]
pub(super) struct Walk {
    conversation: ConversationKey,
    next: EntryKey,
    /// Not included.
    end: EntryKey,
    left: Option<u32>,
}

impl Span {
    /// Sets out at the oldest entry of the stretch.
    pub(super) fn walk(
        &self,
        store: &Store,
        conversation: ConversationKey,
    ) -> Result<Walk, Failure> {
        let mut walk = Walk::all(conversation);
        if let Some(word) = &self.before {
            walk.end = place(store, word)?;
        }
        if let Some(word) = &self.after {
            let place = place(store, word)?;
            walk.next = EntryKey(place.0.saturating_add(1));
        }
        if self.limit > 0 && self.after.is_some() && self.before.is_none() {
            walk.left = Some(self.limit);
        } else if self.limit > 0 {
            let (end, limit) = (Some(walk.end), self.limit);
            let start =
                store.read_now(|db| read::entries::start_of_last(db, conversation, end, limit))?;
            walk.next = walk.next.max(start.unwrap_or(walk.end));
        }
        Ok(walk)
    }
}

impl Walk {
    /// Along all of a conversation.
    pub(super) fn all(conversation: ConversationKey) -> Self {
        Self {
            conversation,
            next: EntryKey(i64::MIN),
            end: EntryKey(i64::MAX),
            left: None,
        }
    }

    /// The next entries, oldest first; none at the end.
    pub(super) fn step(&mut self, store: &Store) -> Result<Vec<Entry>, Failure> {
        let (conversation, next) = (self.conversation, self.next);
        let count = self.left.map_or(WINDOW, |left| left.min(WINDOW));
        if count == 0 || next >= self.end {
            return Ok(Vec::new());
        }
        let mut window = store.read_now(|db| read::entries::from(db, conversation, next, count))?;
        if let Some(last) = window.last() {
            self.next = EntryKey(last.key.0.saturating_add(1));
        }
        window.retain(|it| it.key < self.end);
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(count);
        }
        Ok(window)
    }
}

/// The place in time that a word names.
fn place(store: &Store, word: &str) -> Result<EntryKey, Failure> {
    if let Some(entry) = store.read_now(|db| read::entries::with_uid(db, word))? {
        return Ok(entry.key);
    }
    When::here().read(word).map(EntryKey::first_at).ok_or_else(|| {
        Failure::usage(format!(
            "`{}` is neither a time nor the id of a message. Times look like 2026-10-03, 2026-10-03T14:02:00Z, 14:02, yesterday or 3d.",
            output::safe(word)
        ))
    })
}
