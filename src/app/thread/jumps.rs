//! Going to another part of the conversation: its ends, a day, a quoted message, a hit.

use super::{Asked, Fold, Picked, Scroll, Spot, Thread, WINDOW};
use crate::app::effect::{Effect, From, ThreadPage, Ticket};
use crate::model::inbox::EntryKey;

/// Where to arrive in a part of the conversation that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Landing {
    Start,
    End,
    /// At the entry that the page is about, or the first one behind it; it is selected or not.
    Entry {
        select: bool,
    },
}

impl Thread {
    /// Goes to the first entry that is stored.
    pub fn go_start(&mut self, ticket: Ticket) -> Option<Effect> {
        if self.has_older {
            return Some(self.jump(ticket, Landing::Start, From::Start));
        }
        self.land(Landing::Start, None);
        None
    }

    /// Goes to the end.
    pub fn go_end(&mut self, ticket: Ticket) -> Option<Effect> {
        if self.has_newer {
            return Some(self.jump(ticket, Landing::End, From::End));
        }
        self.land(Landing::End, None);
        None
    }

    /// Goes to an entry and selects it, or to the moment that a key stands for.
    pub fn go_to(&mut self, key: EntryKey, select: bool, ticket: Ticket) -> Option<Effect> {
        if select && self.entries.iter().any(|it| it.key == key) {
            let entries = std::mem::take(&mut self.entries);
            self.unfold_mail(&entries, key);
            self.entries = entries;
            self.select(Picked::Entry(key));
            return None;
        }
        Some(self.jump(ticket, Landing::Entry { select }, From::Around(key)))
    }

    /// Goes to the next hit of the search, or the one before; around the ends.
    pub fn go_hit(&mut self, forward: bool, ticket: Ticket) -> Option<Effect> {
        let here = match self.selected {
            Some(Picked::Entry(key)) => Some(key),
            Some(Picked::Waiting(_)) => None,
            None => self.laid.top.map(|it| it.entry),
        };
        let found = if forward {
            let next = self
                .hits
                .iter()
                .find(|it| here.is_some_and(|here| **it > here));
            next.or(self.hits.first())
        } else {
            let next = self
                .hits
                .iter()
                .rfind(|it| here.is_none_or(|here| **it < here));
            next.or(self.hits.last())
        };
        let key = *found?;
        self.go_to(key, true, ticket)
    }

    /// Does with the selected entry what Enter does: unfolds it, folds it, or goes to what it quotes. Mails need no
    /// selection.
    pub fn enter(&mut self, ticket: Ticket) -> Option<Effect> {
        let read = self.meant().filter(|_| self.conversation.is_mail);
        let read = read.map(|it| Picked::Entry(it.key));
        let Some(Picked::Entry(key)) = self.selected.or(read) else {
            return None;
        };
        if self.turn_fold(key) {
            // Its beginning stays where it is seen.
            self.scroll = match self.scroll {
                Scroll::End => Scroll::Show(Picked::Entry(key)),
                scroll => scroll,
            };
            return None;
        }
        self.go_quoted(key, ticket)
    }

    /// Goes to the message that this one quotes.
    pub fn go_quoted(&mut self, key: EntryKey, ticket: Ticket) -> Option<Effect> {
        let entry = self.entries.iter().find(|it| it.key == key)?;
        let uid = entry.quote.as_ref()?.uid.as_ref()?;
        if let Some(quoted) = self.entries.iter().find(|it| it.uid == *uid) {
            let quoted = quoted.key;
            return self.go_to(quoted, true, ticket);
        }
        let landing = Landing::Entry { select: true };
        Some(self.jump(ticket, landing, From::Quoted(key)))
    }

    /// Whether Enter has something to unfold or to fold in this entry.
    pub fn folds_more(&self, key: EntryKey) -> bool {
        let entry = self.entries.iter().find(|it| it.key == key);
        entry.is_some_and(|it| self.fold(it) != Fold::Brief || self.hides(it))
    }

    fn jump(&mut self, ticket: Ticket, landing: Landing, from: From) -> Effect {
        self.ask(ticket, Asked::Jump(landing), from, WINDOW)
    }

    /// The part of the conversation that was asked for is here.
    pub(super) fn landed(&mut self, landing: Landing, page: ThreadPage) {
        let at = page.at;
        self.unfold_new(&page.entries, !page.has_newer);
        if let (Some(key), Landing::Entry { select: true }) = (at, landing) {
            self.unfold_mail(&page.entries, key);
        }
        self.take_in(page);
        self.land(landing, at);
    }

    fn land(&mut self, landing: Landing, at: Option<EntryKey>) {
        self.pending = 0;
        match landing {
            Landing::Start => {
                self.selected = None;
                if let Some(first) = self.entries.first() {
                    self.scroll = Scroll::At(Spot::above(first.key));
                }
            }
            Landing::End => {
                self.selected = None;
                self.show_end();
            }
            Landing::Entry { select } => {
                let Some(key) = at else { return };
                self.selected = select.then_some(Picked::Entry(key));
                self.scroll = Scroll::Top(key);
            }
        }
    }
}
