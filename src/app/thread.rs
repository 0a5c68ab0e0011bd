//! The right pane: one conversation, as a window over what was said in it.

use super::effect::{Effect, From, Read, ThreadPage, Ticket};
use crate::model::inbox::{Conversation, ConversationKey, Entry, EntryKey, Handle};
use crate::model::outbox::{Draft, OutboxItem};

/// How many entries are asked for at once.
pub const WINDOW: u32 = 80;
/// How many are kept; the far side is dropped beyond that.
const KEPT: usize = 600;
/// How many lines of stored history lie above the view before more is fetched.
const CLOSE: u32 = 60;

/// Which part of the conversation is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// The end, also when something new comes.
    End,
    /// This line of this entry at the top.
    At(Spot),
    /// Wherever this entry is wholly seen, moving as little as can be.
    Show(EntryKey),
    /// The entry a little below the top: where the unread ones begin, or a hit.
    Top(EntryKey),
}

/// A line of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub entry: EntryKey,
    pub line: u32,
}

/// How the conversation came to lie when it was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Laid {
    pub conversation: Option<ConversationKey>,
    /// What is at the top of the view.
    pub top: Option<Spot>,
    /// Lines of the window above and below the view.
    pub above: u32,
    pub below: u32,
    /// Lines of the view.
    pub height: u16,
    /// The last entry that is at least begun in the view.
    pub last: Option<EntryKey>,
    /// Inside of the composer, as drawn.
    pub composer: (u16, u16),
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
    /// Where the unread ones began when it was opened.
    pub unread_from: Option<EntryKey>,
    pub members: Vec<Handle>,
    pub waiting: Vec<OutboxItem>,
    pub draft: Option<Draft>,
    pub selected: Option<EntryKey>,
    pub scroll: Scroll,
    /// Lines to scroll that are not drawn yet; negative is up.
    pub pending: i32,
    pub laid: Laid,
    /// How many came while the view was not at the end.
    pub unseen: usize,
    /// Whether only looked at, without the user having opened it.
    pub peek: bool,
    asked: Option<Ticket>,
    stale: bool,
    /// The engine was asked for older ones before this entry.
    wanted: Option<EntryKey>,
}

impl Thread {
    /// A conversation whose page has just come.
    pub fn new(page: ThreadPage, around: Option<EntryKey>, peek: bool) -> Self {
        let scroll = match around.or(page.unread_from) {
            Some(key) => Scroll::Top(key),
            None => Scroll::End,
        };
        Self {
            conversation: page.conversation,
            entries: page.entries,
            has_older: page.has_older,
            has_newer: page.has_newer,
            complete: page.complete,
            unread_from: page.unread_from,
            members: page.members,
            waiting: page.waiting,
            draft: page.draft,
            selected: around,
            scroll,
            pending: 0,
            laid: Laid::default(),
            unseen: 0,
            peek,
            asked: None,
            stale: false,
            wanted: None,
        }
    }

    pub fn key(&self) -> ConversationKey {
        self.conversation.key
    }

    pub fn current(&self) -> Option<&Entry> {
        let key = self.selected?;
        self.entries.iter().find(|it| it.key == key)
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
        self.asked = Some(ticket);
        self.stale = false;
        Some(Effect::Read(
            ticket,
            Read::Thread {
                conversation: self.key(),
                from,
                limit,
            },
        ))
    }

    /// Takes in how it looks now. Gives whether it has to be asked anew at once.
    pub fn refreshed(&mut self, ticket: Ticket, page: ThreadPage) -> bool {
        if self.asked != Some(ticket) || page.conversation.key != self.key() {
            return false;
        }
        self.asked = None;
        let last = self.entries.last().map(|it| it.key);
        if self.laid.below > 0 {
            let new = page
                .entries
                .iter()
                .filter(|it| Some(it.key) > last && !it.own);
            self.unseen += new.count();
        }
        self.conversation = page.conversation;
        self.has_older |= self.entries.is_empty() && page.has_older;
        self.entries = page.entries;
        self.has_newer = page.has_newer;
        self.complete = page.complete;
        self.members = page.members;
        self.waiting = page.waiting;
        self.draft = page.draft;
        std::mem::take(&mut self.stale)
    }

    /// Entries from before the window.
    pub fn older(&mut self, ticket: Ticket, entries: Vec<Entry>, more: bool) {
        if self.asked != Some(ticket) {
            return;
        }
        self.asked = None;
        self.has_older = more;
        self.pin();
        self.entries.splice(..0, entries);
        if self.entries.len() > KEPT && self.laid.below > CLOSE * 2 {
            self.entries.truncate(KEPT);
            self.has_newer = true;
        }
    }

    /// Entries from behind the window.
    pub fn newer(&mut self, ticket: Ticket, entries: Vec<Entry>, more: bool) {
        if self.asked != Some(ticket) {
            return;
        }
        self.asked = None;
        self.has_newer = more;
        self.pin();
        self.entries.extend(entries);
        let far = self.entries.len().saturating_sub(KEPT);
        if far > 0 && self.laid.above > CLOSE * 2 {
            self.entries.drain(..far);
            self.has_older = true;
        }
    }

    /// Holds the view where it is while something comes above or below.
    fn pin(&mut self) {
        if let (Scroll::At(_) | Scroll::Show(_) | Scroll::Top(_), Some(top)) =
            (self.scroll, self.laid.top)
        {
            self.scroll = Scroll::At(top);
        }
    }

    /// Takes in how it came to lie, and asks for what is about to be needed.
    pub fn lay(&mut self, laid: Laid, ticket: Ticket) -> Vec<Effect> {
        if laid.conversation != Some(self.key()) {
            return Vec::new();
        }
        self.laid = laid;
        self.pending = 0;
        if laid.below == 0 && !self.has_newer {
            self.scroll = Scroll::End;
            self.unseen = 0;
        } else if let (Scroll::End | Scroll::At(_), Some(top)) = (self.scroll, laid.top) {
            self.scroll = Scroll::At(top);
        }
        self.reach(ticket)
    }

    /// Asks for more where the view comes close to an edge of the window.
    fn reach(&mut self, ticket: Ticket) -> Vec<Effect> {
        let (Some(first), Some(last)) = (self.entries.first(), self.entries.last()) else {
            return Vec::new();
        };
        let (first, last) = (first.key, last.key);
        if self.asked.is_none() && self.has_older && self.laid.above < CLOSE {
            self.asked = Some(ticket);
            let (conversation, limit) = (self.key(), WINDOW);
            return vec![Effect::Read(
                ticket,
                Read::Older {
                    conversation,
                    before: first,
                    limit,
                },
            )];
        }
        if self.asked.is_none() && self.has_newer && self.laid.below < CLOSE {
            self.asked = Some(ticket);
            let (conversation, limit) = (self.key(), WINDOW);
            return vec![Effect::Read(
                ticket,
                Read::Newer {
                    conversation,
                    after: last,
                    limit,
                },
            )];
        }
        if !self.has_older
            && !self.complete
            && self.laid.above < CLOSE
            && self.wanted != Some(first)
            && !self.peek
        {
            self.wanted = Some(first);
            return vec![Effect::Engine(super::effect::Wish::Older(self.key()))];
        }
        Vec::new()
    }

    /// Scrolls by lines.
    pub fn scroll_by(&mut self, lines: i32) {
        if let Some(top) = self.laid.top
            && self.pending == 0
        {
            self.scroll = Scroll::At(top);
        }
        self.pending = self.pending.saturating_add(lines);
    }

    /// Selects the next or the previous entry; without a selection, the last one in view.
    pub fn move_by(&mut self, by: isize) {
        let at = self
            .selected
            .and_then(|key| self.entries.iter().position(|it| it.key == key));
        let next = match at {
            Some(at) => {
                let next = at.saturating_add_signed(by);
                if next >= self.entries.len() {
                    // Behind the last one is the end of the conversation, with nothing selected.
                    self.selected = None;
                    self.scroll = Scroll::End;
                    return;
                }
                next
            }
            None if by > 0 => {
                self.scroll = Scroll::End;
                return;
            }
            None => {
                let last = self.laid.last;
                let seen = last.and_then(|key| self.entries.iter().position(|it| it.key == key));
                seen.unwrap_or(self.entries.len().saturating_sub(1))
            }
        };
        if let Some(entry) = self.entries.get(next) {
            self.selected = Some(entry.key);
            self.scroll = Scroll::Show(entry.key);
            self.pending = 0;
        }
    }
}
