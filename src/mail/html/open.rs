//! The elements that are open at a place, and what they do together. Nesting is capped, so no mail can make it slow.

use super::tags::Tag;
use super::words::Look;
use crate::mail::letter::Role;

/// Deeper than this only the text counts.
const DEEPEST: usize = 100;

/// What an element does to what is in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Effects {
    pub hidden: bool,
    pub tiny: Option<bool>,
    pub strong: Option<bool>,
    pub emphasis: Option<bool>,
    pub code: bool,
    pub struck: bool,
    pub heading: Option<u8>,
    /// White space stays as it is.
    pub keep: Option<bool>,
    /// Lines that stay as they are.
    pub pre: bool,
    pub quote: bool,
    pub indent: bool,
    pub list: bool,
    pub table: bool,
    /// An empty line follows it.
    pub room: bool,
    pub role: Option<Role>,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open<'a> {
    pub tag: Tag,
    name: &'a str,
    effects: Effects,
}

/// What all open elements do together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Now {
    pub hidden: bool,
    pub tiny: bool,
    pub look: Look,
    pub heading: Option<u8>,
    pub keep: bool,
    pub pre: bool,
    pub quote: u8,
    pub indent: u8,
    pub role: Option<Role>,
}

/// All that is open.
#[derive(Debug, Default)]
pub(super) struct Stack<'a> {
    open: Vec<Open<'a>>,
    /// After each of them what they do together.
    nows: Vec<Now>,
    /// So many were opened beyond the deepest.
    beyond: usize,
}

/// What was closed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Closed {
    pub lists: usize,
    pub tables: usize,
}

impl<'a> Stack<'a> {
    pub fn now(&self) -> Now {
        self.nows.last().copied().unwrap_or_default()
    }

    /// Opens an element; gives whether it counts.
    pub fn push(&mut self, tag: Tag, name: &'a str, effects: Effects) -> bool {
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return false;
        }
        self.nows.push(self.now().with(&effects));
        self.open.push(Open { tag, name, effects });
        true
    }

    /// Where the innermost element is that is meant, not looking beyond one that `stops`.
    pub fn find(&self, meant: impl Fn(Tag) -> bool, stops: impl Fn(Tag) -> bool) -> Option<usize> {
        for (at, it) in self.open.iter().enumerate().rev() {
            if meant(it.tag) {
                return Some(at);
            }
            if stops(it.tag) {
                return None;
            }
        }
        None
    }

    /// Which element an end tag closes.
    pub fn closed_by(&self, tag: Tag, name: &str) -> Option<usize> {
        let cell = |it: Tag| matches!(it, Tag::Cell | Tag::HeadCell | Tag::Table);
        match tag {
            Tag::Table => self.find(|it| it == Tag::Table, |_| false),
            Tag::Row | Tag::Cell | Tag::HeadCell => {
                self.find(|it| it == tag, |it| it == Tag::Table)
            }
            Tag::Item => self.find(|it| it == tag, |it| cell(it) || is_list(it)),
            Tag::Heading(_) => self.find(|it| matches!(it, Tag::Heading(_)), cell),
            Tag::Other => {
                let at = self.find(|it| it == tag, cell)?;
                let same = self.open.get(at)?.name.eq_ignore_ascii_case(name);
                same.then_some(at)
            }
            _ => self.find(|it| it == tag, cell),
        }
    }

    /// Closes an element. One within a line leaves those open that were opened in it.
    pub fn close(&mut self, at: usize) -> Closed {
        let inline = self.open.get(at).is_some_and(|it| it.tag.is_inline());
        if !inline {
            return self.truncate(at);
        }
        self.open.remove(at);
        self.nows.truncate(at);
        for it in self.open.iter().skip(at) {
            let now = self
                .nows
                .last()
                .copied()
                .unwrap_or_default()
                .with(&it.effects);
            self.nows.push(now);
        }
        Closed::default()
    }

    /// Closes all from here on.
    pub fn truncate(&mut self, at: usize) -> Closed {
        let mut closed = Closed::default();
        for it in self.open.iter().skip(at) {
            closed.lists += usize::from(it.effects.list);
            closed.tables += usize::from(it.effects.table);
        }
        self.open.truncate(at);
        self.nows.truncate(at);
        self.beyond = 0;
        closed
    }

    /// Whether an end tag closes something that was opened beyond the deepest.
    pub fn closes_beyond(&mut self) -> bool {
        let any = self.beyond > 0;
        self.beyond = self.beyond.saturating_sub(1);
        any
    }

    /// Whether an empty line follows an element.
    pub fn has_room(&self, at: usize) -> bool {
        self.open.get(at).is_some_and(|it| it.effects.room)
    }

    /// The paragraph that the next block ends.
    pub fn open_paragraph(&self) -> Option<usize> {
        self.find(|it| it == Tag::Paragraph, |it| !it.is_inline())
    }
}

pub(super) fn is_list(tag: Tag) -> bool {
    matches!(tag, Tag::Bullets | Tag::Numbers)
}

impl Now {
    /// Whether nothing of it is seen.
    pub fn unseen(&self) -> bool {
        self.hidden || self.tiny
    }

    fn with(mut self, effects: &Effects) -> Self {
        self.hidden |= effects.hidden;
        self.tiny = effects.tiny.unwrap_or(self.tiny);
        self.look.strong = effects.strong.unwrap_or(self.look.strong);
        self.look.emphasis = effects.emphasis.unwrap_or(self.look.emphasis);
        self.look.code |= effects.code;
        self.look.struck |= effects.struck;
        self.heading = effects.heading.or(self.heading);
        self.keep = effects.keep.unwrap_or(self.keep);
        self.pre |= effects.pre;
        self.quote = self.quote.saturating_add(u8::from(effects.quote));
        self.indent = self.indent.saturating_add(u8::from(effects.indent));
        self.role = effects.role.or(self.role);
        self
    }
}
