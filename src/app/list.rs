//! The middle pane: a window over the conversations of the store, which grows at its edges and forgets what is far away.

use std::collections::BTreeSet;

use super::ahead::Ahead;
use super::effect::{Effect, Read, Ticket, Wish};
use super::places::Filter;
use crate::model::inbox::{Conversation, ConversationKey, Edge};

/// How many rows are asked for at once.
pub const WINDOW: u32 = 120;
/// How many are kept; the far side is dropped beyond that.
const KEPT: usize = 480;
/// How close to an edge more is fetched.
const CLOSE: usize = 40;

/// The middle pane.
#[derive(Debug, Clone, Default)]
pub struct List {
    pub filter: Filter,
    pub rows: Vec<Conversation>,
    /// Whether the window begins where the list begins, and ends where it ends.
    pub whole: (bool, bool),
    pub selected: usize,
    /// The first row that is shown.
    pub offset: usize,
    pub marked: BTreeSet<ConversationKey>,
    /// Whether the user has put the cursor somewhere; until then it stays on the first row.
    pub moved: bool,
    /// Whether anything was ever answered for this filter.
    pub loaded: bool,
    /// What the cursor goes to when the next answer has it.
    pub wanted: Option<ConversationKey>,
    asked: Option<(Ticket, Edge)>,
    /// How many rows of a folder there were when more of it was wished for.
    wished: Option<usize>,
    /// Something changed while a question was out.
    stale: bool,
}

impl List {
    pub fn current(&self) -> Option<&Conversation> {
        self.rows.get(self.selected)
    }

    /// The conversations an act is for: the marked ones, or the one under the cursor.
    pub fn targets(&self) -> Vec<ConversationKey> {
        if self.marked.is_empty() {
            self.current().map(|it| it.key).into_iter().collect()
        } else {
            self.marked.iter().copied().collect()
        }
    }

    pub fn get(&self, key: ConversationKey) -> Option<&Conversation> {
        self.rows.iter().find(|it| it.key == key)
    }

    /// Shows something else.
    pub fn show(&mut self, filter: Filter, ticket: Ticket) -> Effect {
        *self = Self {
            filter,
            ..Self::default()
        };
        self.ask(Edge::Top, WINDOW, ticket)
    }

    /// Shows what fills the first frame, which waits for it; more is fetched behind that.
    pub fn begin(&mut self, page: usize, ticket: Ticket) -> Effect {
        let page = u32::try_from(page).unwrap_or(WINDOW).min(WINDOW);
        self.ask(Edge::Top, page, ticket)
    }

    /// Something in it may look different now.
    pub fn refresh(&mut self, ticket: Ticket) -> Option<Effect> {
        if self.asked.is_some() {
            self.stale = true;
            return None;
        }
        let edge = match self.rows.first() {
            Some(first) if !self.whole.0 => Edge::From(first.place()),
            _ => Edge::Top,
        };
        let rows = u32::try_from(self.rows.len()).unwrap_or(WINDOW);
        Some(self.ask(edge, rows.max(WINDOW), ticket))
    }

    /// Everything may look different now, and whatever was asked before counts no more.
    pub fn look_again(&mut self, ticket: Ticket) -> Effect {
        self.asked = None;
        let all = u32::try_from(self.rows.len()).unwrap_or(WINDOW).max(WINDOW);
        // What comes back may lie before the first row.
        let edge = match self.rows.first() {
            Some(first) if !self.whole.0 && self.wanted.is_none() => Edge::From(first.place()),
            _ => Edge::Top,
        };
        self.ask(edge, all, ticket)
    }

    /// Lays acts over the rows that the store does not show yet. The cursor goes on to the row behind those that leave.
    pub fn settle(&mut self, ahead: &Ahead, page: usize) {
        let current = self.current().map(|it| it.key);
        let stays = |rows: &[Conversation], key| rows.iter().any(|it| it.key == key);
        let before = std::mem::take(&mut self.rows);
        let mut rows = before.clone();
        ahead.settle(&mut rows, &self.filter);
        if !self.whole.0 {
            // A pinned one goes up to a place that is not in the window.
            let first = before.first().map(|it| it.pinned);
            rows.retain(|it| Some(it.pinned) == first || !it.pinned);
        }
        let above = before.iter().take(self.selected);
        let next = above.filter(|it| stays(&rows, it.key)).count();
        self.rows = rows;
        self.selected = current
            .and_then(|key| self.rows.iter().position(|it| it.key == key))
            .unwrap_or(next)
            .min(self.rows.len().saturating_sub(1));
        self.into_view(page);
    }

    fn ask(&mut self, edge: Edge, limit: u32, ticket: Ticket) -> Effect {
        self.asked = Some((ticket, edge));
        self.stale = false;
        Effect::Read(
            ticket,
            Read::List {
                filter: self.filter.clone(),
                edge,
                limit,
            },
        )
    }

    /// Takes an answer in. Gives whether it has to be asked anew at once.
    pub fn answered(
        &mut self,
        ticket: Ticket,
        edge: Edge,
        rows: Vec<Conversation>,
        more: bool,
    ) -> bool {
        if self.asked.is_none_or(|(newest, _)| newest != ticket) {
            return false;
        }
        self.asked = None;
        self.loaded = true;
        let current = self.current().map(|it| it.key);
        match edge {
            Edge::Top => {
                self.rows = rows;
                self.whole = (true, !more);
            }
            Edge::From(_) => {
                self.rows = rows;
                self.whole.1 = !more;
            }
            Edge::Bottom => {
                self.rows = rows;
                self.whole = (!more, true);
                self.selected = self.rows.len().saturating_sub(1);
                return self.stale;
            }
            Edge::After(_) => {
                self.rows.extend(rows);
                self.whole.1 = !more;
                let far = self
                    .rows
                    .len()
                    .saturating_sub(KEPT)
                    .min(self.offset.saturating_sub(CLOSE));
                if far > 0 {
                    self.rows.drain(..far);
                    self.whole.0 = false;
                    self.selected = self.selected.saturating_sub(far);
                    self.offset = self.offset.saturating_sub(far);
                }
            }
            Edge::Before(_) => {
                let new = rows.len();
                self.rows.splice(..0, rows);
                self.whole.0 = !more;
                self.selected += new;
                self.offset += new;
                if self.rows.len() > KEPT {
                    let keep = KEPT.max(self.selected + CLOSE);
                    self.whole.1 &= self.rows.len() <= keep;
                    self.rows.truncate(keep);
                }
            }
        }
        let wanted = self.wanted.take().filter(|key| self.get(*key).is_some());
        self.follow(wanted.or(current));
        let stale = self.stale;
        self.stale = false;
        stale
    }

    /// Keeps the cursor on its conversation; when that is gone, on the one that took its place. A cursor that was never
    /// moved stays at the top, whatever comes.
    fn follow(&mut self, current: Option<ConversationKey>) {
        let at = current.and_then(|key| self.rows.iter().position(|it| it.key == key));
        if let Some(at) = at.filter(|_| self.moved) {
            // What is above the window's first row stays above it, but new ones at the top are seen at the top.
            if self.selected > 0 && self.offset > 0 {
                let moved = at.cast_signed() - self.selected.cast_signed();
                self.offset = self.offset.saturating_add_signed(moved);
            }
            self.selected = at;
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }

    /// Moves the cursor.
    pub fn move_by(&mut self, by: isize, page: usize) {
        self.moved = true;
        let last = self.rows.len().saturating_sub(1);
        self.select(self.selected.saturating_add_signed(by).min(last), page);
    }

    /// Puts the cursor on a row and brings that into view.
    pub fn select(&mut self, at: usize, page: usize) {
        self.selected = at.min(self.rows.len().saturating_sub(1));
        self.into_view(page);
    }

    /// Puts the cursor on a conversation if it is in the window.
    pub fn select_key(&mut self, key: ConversationKey, page: usize) {
        self.moved = true;
        if let Some(at) = self.rows.iter().position(|it| it.key == key) {
            self.select(at, page);
        }
    }

    /// Scrolls until the cursor is seen.
    pub fn into_view(&mut self, page: usize) {
        let page = page.max(1);
        if self.selected < self.offset {
            self.offset = self.selected;
        } else if self.selected >= self.offset + page {
            self.offset = self.selected + 1 - page;
        }
        self.offset = self.offset.min(self.rows.len().saturating_sub(page));
    }

    /// Scrolls without the cursor, until it would be out of view.
    pub fn scroll(&mut self, by: isize, page: usize) {
        self.moved = true;
        let page = page.max(1);
        let most = self.rows.len().saturating_sub(page);
        self.offset = self.offset.saturating_add_signed(by).min(most);
        self.selected = self.selected.clamp(
            self.offset,
            (self.offset + page - 1)
                .min(self.rows.len().saturating_sub(1))
                .max(self.offset),
        );
    }

    /// The first or the last one of all.
    pub fn jump(&mut self, last: bool, page: usize, ticket: Ticket) -> Option<Effect> {
        let here = if last { self.whole.1 } else { self.whole.0 };
        // At the very top again, it follows what comes.
        self.moved = last;
        if here {
            self.select(if last { self.rows.len() } else { 0 }, page);
            return None;
        }
        if !last {
            self.selected = 0;
            self.offset = 0;
            self.rows.clear();
        }
        Some(self.ask(if last { Edge::Bottom } else { Edge::Top }, WINDOW, ticket))
    }

    /// Asks for more when the cursor or the view comes close to an edge of the window.
    pub fn reach(&mut self, page: usize, ticket: Ticket) -> Option<Effect> {
        if self.asked.is_some() || !self.loaded {
            return None;
        }
        let bottom = self.selected.max(self.offset + page);
        if !self.whole.1 && bottom + CLOSE >= self.rows.len() {
            let last = self.rows.last()?.place();
            return Some(self.ask(Edge::After(last), WINDOW, ticket));
        }
        if !self.whole.0 && self.offset.min(self.selected) < CLOSE {
            let first = self.rows.first()?.place();
            return Some(self.ask(Edge::Before(first), WINDOW, ticket));
        }
        None
    }

    /// Wishes for more of a folder when the view comes close to its last row: what lies beyond may not be here yet.
    pub fn beyond(&mut self, page: usize) -> Option<Effect> {
        let (account, folder) = (self.filter.account?, self.filter.folder.clone()?);
        let (bottom, rows) = (self.selected.max(self.offset + page), self.rows.len());
        if !self.whole.1 || bottom + CLOSE < rows || self.wished == Some(rows) {
            return None;
        }
        self.wished = Some(rows);
        Some(Effect::Engine(Wish::Folder(account, folder)))
    }

    /// Marks all rows from the cursor to another one, which the cursor goes to.
    pub fn mark_to(&mut self, key: ConversationKey, page: usize) {
        let Some(to) = self.rows.iter().position(|it| it.key == key) else {
            return;
        };
        let (first, last) = (self.selected.min(to), self.selected.max(to));
        let between = self.rows.iter().skip(first).take(last - first + 1);
        self.marked.extend(between.map(|it| it.key));
        self.select(to, page);
    }

    /// Marks the row under the cursor, or takes the mark away, and goes on.
    pub fn mark(&mut self, page: usize) {
        let Some(key) = self.current().map(|it| it.key) else {
            return;
        };
        if !self.marked.remove(&key) {
            self.marked.insert(key);
        }
        self.move_by(1, page);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn the_cursor_stays_at_the_top_until_it_is_moved_and_then_on_its_conversation() {
        let rows = |numbers: &[i64]| -> Vec<Conversation> {
            let all = numbers.iter();
            all.map(|it| samples::conversation(*it, "x")).collect()
        };
        let mut list = List::default();
        list.show(Filter::default(), Ticket(1));
        list.answered(Ticket(1), Edge::Top, rows(&[5, 6]), false);
        list.refresh(Ticket(2));
        list.answered(Ticket(2), Edge::Top, rows(&[3, 4, 5, 6]), false);
        assert_eq!(list.current().map(|it| it.key.0), Some(3));
        list.move_by(1, 10);
        list.refresh(Ticket(3));
        list.answered(Ticket(3), Edge::Top, rows(&[1, 2, 3, 4, 5, 6]), false);
        assert_eq!(list.current().map(|it| it.key.0), Some(4));
    }
}
