//! The right pane: one conversation, as a window over what was said in it.

mod aside;
pub mod brief;
mod folds;
mod jumps;
mod letters;
#[cfg(test)]
pub(crate) mod samples;
mod scroll;

use std::collections::{BTreeMap, BTreeSet};

use super::effect::{Effect, From, Read, ThreadChange, ThreadPage, Ticket, Wish};
use crate::model::inbox::{Conversation, ConversationKey, Entry, EntryKey, Handle};
use crate::model::outbox::{Draft, OutboxId, OutboxItem};

pub use aside::{Aside, Mode, Told};
pub use folds::{Fold, Hidden};
use jumps::Landing;
use letters::Letters;
pub use letters::{stands_in, unfolded};
pub use scroll::{COUNTED, Laid, Scroll, Spot, seconds_left};

/// How many entries are asked for at once.
pub const WINDOW: u32 = 80;
/// How many are kept; the far side is dropped beyond that.
const KEPT: usize = 600;
/// How many lines of stored history lie above the view before more is fetched.
const CLOSE: u32 = 100;

/// Something of the conversation that can be acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Picked {
    Entry(EntryKey),
    /// A message that has not arrived.
    Waiting(OutboxId),
}

/// What was asked about the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Refresh,
    Older,
    Newer,
    /// Another part of it, and where in it to arrive.
    Jump(Landing),
}

/// The right pane.
#[derive(Debug, Clone)]
pub struct Thread {
    pub conversation: Conversation,
    /// Oldest first.
    pub entries: Vec<Entry>,
    pub has_older: bool,
    pub has_newer: bool,
    /// Whether the store has everything from the beginning.
    pub complete: bool,
    /// Whether the first stored entry is the first there ever was.
    pub begins: bool,
    /// Before these moments something is missing.
    pub gaps: Vec<EntryKey>,
    /// Where the unread ones began when it was opened, and how many they were.
    pub unread_from: Option<EntryKey>,
    pub new: u64,
    pub members: Vec<Handle>,
    pub waiting: Vec<OutboxItem>,
    pub draft: Option<Draft>,
    pub change: Option<ThreadChange>,
    pub selected: Option<Picked>,
    pub scroll: Scroll,
    /// Lines to scroll that are not drawn yet; negative is up.
    pub pending: i32,
    pub laid: Laid,
    /// How many came while the view was not at the end.
    pub unseen: usize,
    /// Whether only looked at, without the user having opened it.
    pub peek: bool,
    /// Words of the last search, and the entries of this conversation that have them, oldest first.
    pub found: Vec<String>,
    pub hits: Vec<EntryKey>,
    folds: BTreeMap<EntryKey, Fold>,
    letters: Letters,
    /// Another look at one of its mails.
    pub aside: Option<Aside>,
    /// Mails of which all addresses are shown.
    heads: BTreeSet<EntryKey>,
    /// Mails whose text the engine was asked for.
    missed: BTreeSet<EntryKey>,
    asked: Option<(Ticket, Asked)>,
    stale: bool,
    /// The engine was asked for older ones before this entry.
    wanted: Option<EntryKey>,
}

impl Thread {
    /// A conversation whose page has just come.
    pub fn new(page: ThreadPage, around: Option<EntryKey>, peek: bool) -> Self {
        // A letter is read from its beginning.
        let newest = page.entries.last().filter(|it| it.mail.is_some());
        let start = around.or(page.unread_from).or(newest.map(|it| it.key));
        let scroll = match start {
            Some(key) => Scroll::Top(key),
            None => Scroll::End,
        };
        let mut thread = Self {
            new: page.conversation.unread,
            conversation: page.conversation,
            entries: Vec::new(),
            has_older: page.has_older,
            has_newer: page.has_newer,
            complete: page.complete,
            begins: page.begins,
            gaps: page.gaps,
            unread_from: page.unread_from,
            members: page.members,
            waiting: page.waiting,
            draft: page.draft,
            change: page.change,
            selected: around.map(Picked::Entry),
            scroll,
            pending: 0,
            laid: Laid::default(),
            unseen: 0,
            peek,
            found: Vec::new(),
            hits: Vec::new(),
            folds: BTreeMap::new(),
            letters: Letters::default(),
            aside: None,
            heads: BTreeSet::new(),
            missed: BTreeSet::new(),
            asked: None,
            stale: false,
            wanted: None,
        };
        thread.unfold_new(&page.entries, !page.has_newer);
        if let Some(key) = around {
            thread.unfold_mail(&page.entries, key);
        }
        thread.take_letters(page.letters);
        thread.entries = page.entries;
        thread
    }

    pub fn key(&self) -> ConversationKey {
        self.conversation.key
    }

    /// The selected entry.
    pub fn current(&self) -> Option<&Entry> {
        let Some(Picked::Entry(key)) = self.selected else {
            return None;
        };
        self.entries.iter().find(|it| it.key == key)
    }

    /// The entry that an act is for when none is selected: the last one, or of mails the last unfolded one in view.
    pub fn meant(&self) -> Option<&Entry> {
        if let Some(entry) = self.current() {
            return Some(entry);
        }
        let key = |it: Option<Picked>| match it {
            Some(Picked::Entry(key)) => Some(key),
            _ => None,
        };
        let (first, last) = (key(self.laid.first), key(self.laid.last));
        let is_seen = |it: &&Entry| {
            self.conversation.is_mail
                && first.is_some_and(|first| it.key >= first)
                && last.is_none_or(|last| it.key <= last)
        };
        let mut seen = self.entries.iter().rev().filter(is_seen);
        let open = seen.clone().find(|it| self.fold(it) != Fold::Line);
        open.or(seen.next()).or(self.entries.last())
    }

    /// The selected message of those that have not arrived.
    pub fn current_waiting(&self) -> Option<&OutboxItem> {
        let Some(Picked::Waiting(id)) = self.selected else {
            return None;
        };
        self.waiting.iter().find(|it| it.id == id)
    }

    /// Something in it may look different now.
    pub fn refresh(&mut self, ticket: Ticket) -> Option<Effect> {
        if self.asked.is_some() {
            self.stale = true;
            return None;
        }
        let (from, limit) = match self.entries.first() {
            Some(first) => {
                let now = u32::try_from(self.entries.len()).unwrap_or(WINDOW);
                // What is new is wanted as well, unless the window ends in the midst of history.
                let more = if self.has_newer { 0 } else { WINDOW };
                (From::Entry(first.key), now.saturating_add(more))
            }
            None => (From::End, WINDOW),
        };
        self.stale = false;
        Some(self.ask(ticket, Asked::Refresh, from, limit))
    }

    fn ask(&mut self, ticket: Ticket, asked: Asked, from: From, limit: u32) -> Effect {
        self.asked = Some((ticket, asked));
        let conversation = self.key();
        let read = Read::Thread {
            conversation,
            from,
            limit,
        };
        Effect::Read(ticket, read)
    }

    /// Takes in what was asked of the conversation. Gives whether it has to be asked anew at once.
    pub fn answered(&mut self, ticket: Ticket, page: ThreadPage) -> bool {
        if page.conversation.key != self.key() {
            return false;
        }
        match self.asked {
            Some((asked, Asked::Refresh)) if asked == ticket => self.refreshed(page),
            Some((asked, Asked::Jump(landing))) if asked == ticket => self.landed(landing, page),
            _ => return false,
        }
        self.asked = None;
        std::mem::take(&mut self.stale)
    }

    /// What was asked cannot be answered.
    pub fn failed(&mut self, ticket: Ticket) {
        if self.asked.is_some_and(|(asked, _)| asked == ticket) {
            self.asked = None;
        }
        self.unreadable(ticket);
    }

    /// How the same part of it looks now.
    fn refreshed(&mut self, page: ThreadPage) {
        let last = self.entries.last().map(|it| it.key);
        let is_new = |it: &&Entry| last.is_none_or(|last| it.key > last);
        let new: Vec<Entry> = page.entries.iter().filter(is_new).cloned().collect();
        if self.scroll != Scroll::End {
            self.unseen += new.iter().filter(|it| !it.own).count();
        }
        if self.has_newer && self.conversation.last_entry < page.conversation.last_entry {
            self.unseen += 1;
        }
        self.unfold_new(&new, !page.has_newer && !self.has_newer);
        let sent = page
            .waiting
            .iter()
            .any(|it| self.waiting.iter().all(|known| known.id != it.id));
        self.take_in(page);
        // What the user has just sent is looked at.
        if sent && !self.has_newer {
            self.selected = None;
            self.show_end();
        }
        let far = self.entries.len().saturating_sub(KEPT);
        if far > 0 && self.scroll == Scroll::End {
            self.entries.drain(..far);
            self.has_older = true;
        }
    }

    fn take_in(&mut self, page: ThreadPage) {
        self.conversation = page.conversation;
        self.entries = page.entries;
        self.has_older = page.has_older;
        self.has_newer = page.has_newer;
        self.complete = page.complete;
        self.begins = page.begins;
        self.gaps = page.gaps;
        self.members = page.members;
        self.waiting = page.waiting;
        self.draft = page.draft;
        self.take_letters(page.letters);
        self.change = page.change;
        let selected = self.selected;
        let is_there = |item: Picked| self.items().any(|it| it == item);
        self.selected = selected.filter(|it| is_there(*it));
    }

    /// Entries from before the window. Gives whether the rest has to be asked anew at once.
    pub fn older(&mut self, ticket: Ticket, entries: Vec<Entry>, more: bool) -> bool {
        if self.asked != Some((ticket, Asked::Older)) {
            return false;
        }
        self.asked = None;
        self.has_older = more;
        self.unfold_new(&entries, false);
        self.entries.splice(..0, entries);
        if self.entries.len() > KEPT && self.laid.below > CLOSE * 2 {
            self.entries.truncate(KEPT);
            self.has_newer = true;
        }
        std::mem::take(&mut self.stale)
    }

    /// Entries from behind the window. Gives whether the rest has to be asked anew at once.
    pub fn newer(&mut self, ticket: Ticket, entries: Vec<Entry>, more: bool) -> bool {
        if self.asked != Some((ticket, Asked::Newer)) {
            return false;
        }
        self.asked = None;
        self.has_newer = more;
        self.unfold_new(&entries, !more);
        self.entries.extend(entries);
        let far = self.entries.len().saturating_sub(KEPT);
        if far > 0 && self.laid.above > CLOSE * 2 {
            self.entries.drain(..far);
            self.has_older = true;
        }
        std::mem::take(&mut self.stale)
    }

    /// Asks for more where the view comes close to an edge of the window.
    fn reach(&mut self, ticket: Ticket) -> Vec<Effect> {
        let (Some(first), Some(last)) = (self.entries.first(), self.entries.last()) else {
            return Vec::new();
        };
        let (first, last) = (first.key, last.key);
        let (conversation, limit) = (self.key(), WINDOW);
        let (above, below) = (
            self.is_close(self.laid.above),
            self.is_close(self.laid.below),
        );
        if self.asked.is_none() && self.has_older && above {
            self.asked = Some((ticket, Asked::Older));
            let before = first;
            let read = Read::Older {
                conversation,
                before,
                limit,
            };
            return vec![Effect::Read(ticket, read)];
        }
        if self.asked.is_none() && self.has_newer && below {
            self.asked = Some((ticket, Asked::Newer));
            let after = last;
            let read = Read::Newer {
                conversation,
                after,
                limit,
            };
            return vec![Effect::Read(ticket, read)];
        }
        let ends = !self.has_older && above || !self.gaps.is_empty();
        if ends && !self.complete && self.wanted != Some(first) && !self.peek {
            self.wanted = Some(first);
            return vec![Effect::Engine(Wish::Older(conversation))];
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
