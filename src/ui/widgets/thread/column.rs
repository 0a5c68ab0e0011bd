//! The conversation from its beginning to what has not arrived, as blocks under each other. A block is worked out when
//! it is looked at, and kept until something of it changes.

use std::collections::HashMap;
use std::sync::Arc;

use super::block::{Block, Role};
use super::look::{self, Held, Look, Place};
use super::view::{Items, Pos, Want};
use super::{mail, message, spoken, waiting};
use crate::app::thread::{Picked, Scroll, Spot, Thread};
use crate::model::inbox::{ConversationKey, EntryKey};

/// So many blocks are kept at most.
const KEPT: usize = 2000;
/// Where the unread ones or a hit begin, so many lines of what was before stay in view.
const BEFORE: usize = 3;

/// Blocks that were worked out, with the number of what they come from.
#[derive(Debug, Default)]
pub struct Blocks {
    conversation: Option<ConversationKey>,
    known: HashMap<Picked, (u64, Arc<Block>)>,
}

/// The conversation as blocks: what stands over it, its entries, what waits.
pub struct Column<'f> {
    pub thread: &'f Thread,
    pub look: &'f Look<'f>,
    blocks: &'f mut Blocks,
    /// Blocks that were looked at in this frame.
    seen: Vec<Option<Arc<Block>>>,
    last_own: Option<usize>,
}

impl<'f> Column<'f> {
    pub fn new(thread: &'f Thread, look: &'f Look<'f>, blocks: &'f mut Blocks) -> Self {
        if blocks.conversation != Some(thread.key()) || blocks.known.len() > KEPT {
            blocks.known.clear();
            blocks.conversation = Some(thread.key());
        }
        let last_own = thread.entries.iter().rposition(|it| it.own);
        let mut column = Self {
            thread,
            look,
            blocks,
            seen: Vec::new(),
            last_own: last_own.filter(|_| !thread.has_newer && thread.waiting.is_empty()),
        };
        column.seen = vec![None; column.count()];
        column
    }

    /// What an item is; nothing for what stands over the conversation.
    pub fn picked(&self, item: usize) -> Option<Picked> {
        let at = item.checked_sub(1)?;
        if let Some(entry) = self.thread.entries.get(at) {
            return Some(Picked::Entry(entry.key));
        }
        let at = at - self.thread.entries.len();
        let item = self.thread.waiting.get(at);
        item.map(|it| Picked::Waiting(it.id))
    }

    /// The item of an entry, or of the first one behind it.
    fn item_from(&self, key: EntryKey) -> usize {
        let entries = &self.thread.entries;
        let at = entries.partition_point(|it| it.key < key);
        at.min(entries.len().saturating_sub(1)) + 1
    }

    fn item_of(&self, picked: Picked) -> usize {
        match picked {
            Picked::Entry(key) => self.item_from(key),
            Picked::Waiting(id) => {
                let waiting = &self.thread.waiting;
                let at = waiting.iter().position(|it| it.id == id);
                self.thread.entries.len() + at.unwrap_or(0) + 1
            }
        }
    }

    /// The lines of an item.
    pub fn block(&mut self, item: usize) -> Arc<Block> {
        if let Some(Some(block)) = self.seen.get(item) {
            return Arc::clone(block);
        }
        let block = self.known(item);
        if let Some(place) = self.seen.get_mut(item) {
            *place = Some(Arc::clone(&block));
        }
        block
    }

    fn known(&mut self, item: usize) -> Arc<Block> {
        let (thread, look) = (self.thread, self.look);
        let Some(at) = item.checked_sub(1) else {
            return Arc::new(head(thread, look));
        };
        let Some(picked) = self.picked(item) else {
            return Arc::default();
        };
        let entry = thread.entries.get(at);
        if let (Some(entry), Some(place)) = (entry, Place::of(thread, at, self.last_own, look)) {
            let held = Held::of(thread, entry);
            let print = look::print(entry, &held, &place, look);
            return self.kept(picked, print, || match &entry.mail {
                _ if look.settings.plain => spoken::block(entry, &place, look),
                Some(head) => mail::block(entry, head, &held, &place, look),
                None => message::block(entry, &place, look),
            });
        }
        let Some(waits) = thread.waiting.get(at - thread.entries.len()) else {
            return Arc::default();
        };
        let standing = waiting::standing(waits, look);
        let print = waiting::print(waits, &standing, look);
        self.kept(picked, print, || waiting::block(waits, &standing, look))
    }

    fn kept(&mut self, picked: Picked, print: u64, make: impl FnOnce() -> Block) -> Arc<Block> {
        if let Some((known, block)) = self.blocks.known.get(&picked)
            && *known == print
        {
            return Arc::clone(block);
        }
        let block = Arc::new(make());
        let kept = (print, Arc::clone(&block));
        self.blocks.known.insert(picked, kept);
        block
    }

    /// What the view should show.
    pub fn want(&mut self) -> Want {
        match self.thread.scroll {
            Scroll::End => Want::End,
            Scroll::At(spot) => self.place(spot),
            Scroll::Show(picked) => Want::Show {
                item: self.item_of(picked),
                was: self.was(),
            },
            Scroll::Top(key) => Want::Below {
                item: self.item_from(key),
                lines: BEFORE,
            },
        }
    }

    /// Where the view was.
    fn was(&mut self) -> Option<Pos> {
        let want = self.place(self.thread.laid.top?);
        Some(super::view::top(self, want, 0, 0))
    }

    /// The line of a spot. At another width it is the line with the same words.
    fn place(&mut self, spot: Spot) -> Want {
        let item = self.item_from(spot.entry);
        let block = self.block(item);
        let lead = i64::try_from(block.lead).unwrap_or(0);
        let was = self.thread.laid.width;
        let line = if was != self.look.width && spot.byte > 0 {
            let behind = block.lines.iter().position(|it| it.byte > spot.byte);
            let same = match behind {
                Some(behind) => behind.checked_sub(1),
                None => block.lines.iter().rposition(|it| it.byte > 0),
            };
            same.and_then(|it| i64::try_from(it).ok()).unwrap_or(lead)
        } else {
            lead + i64::from(spot.line)
        };
        Want::At { item, line }
    }

    /// A line, told from an entry.
    pub fn spot(&mut self, at: Pos) -> Option<Spot> {
        let (first, last) = (self.thread.entries.first()?, self.thread.entries.last()?);
        let entries = self.thread.entries.len();
        let signed = |it: usize| i32::try_from(it).unwrap_or(i32::MAX);
        if at.item == 0 {
            let over = self.height(0).saturating_sub(at.line) + self.block(1).lead;
            return Some(Spot {
                entry: first.key,
                line: -signed(over),
                byte: 0,
            });
        }
        if at.item > entries {
            let between: usize = (entries..at.item).map(|item| self.height(item)).sum();
            let line = between + at.line - self.block(entries).lead.min(between);
            return Some(Spot {
                entry: last.key,
                line: signed(line),
                byte: 0,
            });
        }
        let entry = self.thread.entries.get(at.item - 1)?.key;
        let block = self.block(at.item);
        let line = signed(at.line) - signed(block.lead);
        let byte = block.lines.get(at.line).map_or(0, |it| it.byte);
        let mut behind = block.lines.iter().skip(at.line + 1);
        let next = behind.find(|it| it.byte > 0).map_or(u32::MAX, |it| it.byte);
        // The same words stay meant however often the width changes.
        let byte = match self.thread.scroll {
            Scroll::At(spot)
                if self.thread.pending == 0
                    && spot.entry == entry
                    && (byte..next).contains(&spot.byte) =>
            {
                spot.byte
            }
            _ => byte,
        };
        Some(Spot { entry, line, byte })
    }
}

impl Items for Column<'_> {
    fn count(&self) -> usize {
        1 + self.thread.entries.len() + self.thread.waiting.len()
    }

    fn height(&mut self, item: usize) -> usize {
        self.block(item).lines.len()
    }
}

/// What stands over the first entry: whether there is more.
fn head(thread: &Thread, look: &Look<'_>) -> Block {
    let mut block = Block::new(look.width);
    if thread.conversation.is_mail || thread.entries.is_empty() {
        return block;
    }
    let words = if thread.has_older {
        "…"
    } else if thread.complete || thread.begins {
        "the conversation begins here"
    } else if !look.online {
        "older messages come when the server can be reached"
    } else if thread.peek {
        "older messages come once it is open"
    } else {
        "older messages are being fetched…"
    };
    block.line();
    block.line().put_middle(words, Role::Faint);
    block.line();
    block
}
