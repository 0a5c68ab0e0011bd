//! Acts that are shown before the store has them: laid over whatever the store still answers, until it has said so.

use std::collections::VecDeque;

use super::effect::Triage;
use super::places::Filter;
use crate::model::inbox::{Conversation, ConversationKey, View};

/// Something that was done to conversations and is not in the store yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub keys: Vec<ConversationKey>,
    pub what: Triage,
    /// Whether it can be taken back.
    pub undo: bool,
    /// Whether it takes the conversations out of the list that was shown.
    pub leaves: bool,
}

/// All that the store has not reported yet, in order.
#[derive(Debug, Clone, Default)]
pub struct Ahead(VecDeque<Done>);

impl Ahead {
    pub fn push(&mut self, done: Done) {
        self.0.push_back(done);
    }

    /// The store has answered for the first of them.
    pub fn reported(&mut self) -> Option<Done> {
        self.0.pop_front()
    }

    /// Makes a conversation look as it will.
    pub fn lay_over(&self, conversation: &mut Conversation) {
        for done in &self.0 {
            if done.keys.contains(&conversation.key) {
                change(conversation, done.what);
            }
        }
    }

    /// Makes a window of a list look as it will.
    pub fn settle(&self, rows: &mut Vec<Conversation>, filter: &Filter) {
        if self.0.is_empty() {
            return;
        }
        for row in rows.iter_mut() {
            self.lay_over(row);
        }
        rows.retain(|row| {
            let mut done = self.0.iter().filter(|it| it.keys.contains(&row.key));
            done.all(|it| !it.leaves && stays(row, filter))
        });
        rows.sort_by_key(|it| {
            let place = it.place();
            std::cmp::Reverse((place.pinned, place.at, place.key))
        });
    }
}

fn change(conversation: &mut Conversation, what: Triage) {
    match what {
        Triage::Read(true) => conversation.unread = 0,
        Triage::Read(false) => conversation.unread = conversation.unread.max(1),
        Triage::Archive(on) => conversation.archived = on,
        Triage::Star(on) => conversation.starred = on,
        Triage::Pin(on) => conversation.pinned = on,
        Triage::Mute(on) => conversation.muted = on,
        Triage::Spam(_) | Triage::Move(_) | Triage::Delete { .. } => {}
    }
}

/// Whether a list goes on showing a conversation that looks like this.
fn stays(it: &Conversation, filter: &Filter) -> bool {
    if filter.folder.is_some() {
        return true;
    }
    match filter.view {
        View::Inbox => !it.archived,
        View::Unread => !it.archived && it.unread > 0,
        View::NeedsReply => !it.archived && it.needs_reply,
        View::Starred => it.starred,
        View::Drafts => it.has_draft,
        View::Archived => it.archived,
    }
}
