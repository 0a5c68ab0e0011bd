//! Which part of the conversation is seen, and how the view moves. Update wants, drawing finds out what that comes to
//! and tells it in [`Laid`], and the next wish starts from there.

use jiff::{SignedDuration, Timestamp};

use super::{CLOSE, Picked, Thread};
use crate::app::effect::{Effect, Ticket};
use crate::model::inbox::{ConversationKey, EntryKey};
use crate::model::outbox::{OutboxItem, OutboxState};

/// So many lines of a long mail are read on at a time.
const STEP: i32 = 2;

/// Which part of the conversation is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// The end, also when something new comes.
    End,
    /// This line at the top.
    At(Spot),
    /// Wherever this is wholly seen, moving as little as can be.
    Show(Picked),
    /// The entry, or the next one there is, a little below the top: where the unread ones begin, or a hit.
    Top(EntryKey),
}

/// A line, told from an entry so that it stays the same line whatever comes above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub entry: EntryKey,
    /// Its first line of words is 0; what stands over them, such as the day, has negative ones.
    pub line: i32,
    /// Where in its words the line begins, to find it again at another width.
    pub byte: u32,
}

impl Spot {
    /// The very first line there is, when it is an entry's.
    pub fn above(entry: EntryKey) -> Self {
        Self {
            entry,
            line: i32::MIN / 2,
            byte: 0,
        }
    }
}

/// How the conversation came to lie when it was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Laid {
    pub conversation: Option<ConversationKey>,
    /// What is at the top of the view.
    pub top: Option<Spot>,
    /// Lines of the window above and below the view; more than a few hundred are not counted.
    pub above: u32,
    pub below: u32,
    /// Cells of the view.
    pub width: u16,
    pub height: u16,
    /// The first and the last of those at least begun in the view.
    pub first: Option<Picked>,
    pub last: Option<Picked>,
    /// Whether seconds are counted down in it.
    pub counting: bool,
    /// Inside of the composer, as drawn.
    pub composer: (u16, u16),
}

impl Thread {
    /// Takes in how it came to lie, and asks for what is about to be needed.
    pub fn lay(&mut self, laid: Laid, ticket: Ticket) -> Vec<Effect> {
        if laid.conversation != Some(self.key()) {
            return Vec::new();
        }
        self.laid = laid;
        self.pending = 0;
        let at_end = laid.below == 0 && !self.has_newer;
        if at_end {
            self.unseen = 0;
        }
        // While the user looks at something above the last one, what comes must not push it away.
        let held = self.selected.is_some() && self.selected != self.last_item();
        // Letters are read from their beginning, also when they grow or another one comes.
        if at_end && !held && !self.conversation.is_mail {
            self.scroll = Scroll::End;
        } else if let Some(top) = laid.top {
            self.scroll = Scroll::At(top);
        }
        self.reach(ticket)
    }

    /// Whether the drawing has something to tell update with this.
    pub fn is_news(&self, laid: &Laid) -> bool {
        self.laid != *laid
            || self.pending != 0
            || matches!(self.scroll, Scroll::Show(_) | Scroll::Top(_))
    }

    /// Scrolls by lines; negative is up.
    pub fn scroll_by(&mut self, lines: i32) {
        if let Some(top) = self.laid.top
            && self.pending == 0
        {
            self.scroll = Scroll::At(top);
        }
        self.pending = self.pending.saturating_add(lines);
    }

    /// Selects the next or the previous one; without a selection, the last one in view.
    pub fn move_by(&mut self, by: isize) {
        if self.reads_on(by) {
            let lines = if by < 0 { -STEP } else { STEP };
            return self.scroll_by(lines);
        }
        let items: Vec<Picked> = self.items().collect();
        let place = |wanted: Option<Picked>| {
            wanted.and_then(|it| items.iter().position(|item| *item == it))
        };
        let next = match place(self.selected) {
            Some(at) => at.saturating_add_signed(by),
            // Up takes the last one in view, down the first, unless all ends there anyway.
            None if by < 0 => place(self.laid.last).unwrap_or(items.len().saturating_sub(1)),
            None if self.scroll == Scroll::End => return,
            None => place(self.laid.first).unwrap_or(0),
        };
        if let Some(item) = items.get(next) {
            self.select(*item);
        } else if !self.has_newer {
            // Behind the last one is the end of the conversation, with nothing selected.
            self.selected = None;
            self.show_end();
        }
    }

    /// Whether there is more to read of a mail in this direction, before there is another one.
    fn reads_on(&self, by: isize) -> bool {
        let read = self.meant().filter(|_| self.conversation.is_mail);
        let Some(read) = read.map(|it| Picked::Entry(it.key)) else {
            return false;
        };
        if by < 0 {
            let inside = self.laid.top.is_some_and(|it| it.line > 0);
            inside && self.laid.first == Some(read)
        } else {
            self.laid.below > 0 && self.laid.last == Some(read)
        }
    }

    /// Selects something and brings it into view.
    pub fn select(&mut self, item: Picked) {
        self.selected = Some(item);
        self.scroll = Scroll::Show(item);
        self.pending = 0;
    }

    /// Shows the end of what is here.
    pub(super) fn show_end(&mut self) {
        self.scroll = Scroll::End;
        self.pending = 0;
        self.unseen = 0;
    }

    /// All that can be selected, in order.
    pub fn items(&self) -> impl Iterator<Item = Picked> {
        let entries = self.entries.iter().map(|it| Picked::Entry(it.key));
        entries.chain(self.waiting.iter().map(|it| Picked::Waiting(it.id)))
    }

    fn last_item(&self) -> Option<Picked> {
        match self.waiting.last() {
            Some(it) => Some(Picked::Waiting(it.id)),
            None => self.entries.last().map(|it| Picked::Entry(it.key)),
        }
    }

    /// Whether the view is close enough to an edge of the window that more is fetched.
    pub(super) fn is_close(&self, lines: u32) -> bool {
        self.laid.top.is_some() && lines < CLOSE
    }
}

/// A message that goes out within so many seconds shows how many are left.
pub const COUNTED: i64 = 60;

/// How many seconds are left before a message goes out; begun ones count.
pub fn seconds_left(item: &OutboxItem, now: Timestamp) -> i64 {
    let left = item.due_at.duration_since(now).as_millis().max(0);
    i64::try_from((left + 999) / 1000).unwrap_or(i64::MAX)
}

impl Thread {
    /// When a second less is left for a message that is seen to go out.
    pub fn wakes_at(&self, now: Timestamp) -> Option<Timestamp> {
        if !self.laid.counting {
            return None;
        }
        let counted = self
            .waiting
            .iter()
            .filter(|it| it.state == OutboxState::Scheduled)
            .map(|it| (it.due_at, seconds_left(it, now)))
            .filter(|(_, left)| (1..=COUNTED).contains(left));
        counted
            .filter_map(|(due, left)| due.checked_sub(SignedDuration::from_secs(left - 1)).ok())
            .min()
    }
}
