//! The conversation drawn as the loop does it: what is asked is answered from a store of plain entries.

mod looks;
mod moves;

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::app::effect::{Answer, Effect, From, Read, ThreadPage};
use crate::app::layout::Size;
use crate::app::msg::{Changes, Msg};
use crate::app::thread::samples::{entry, page};
use crate::app::{Settings, update};
use crate::model::inbox::{Entry, EntryKey};
use crate::ui::theme::Theme;

/// A conversation with its store, drawn again and again as the loop does it.
struct Shown {
    state: State,
    scratch: Scratch,
    store: Vec<Entry>,
    area: Rect,
    buf: Buffer,
}

impl Shown {
    fn open(store: Vec<Entry>, page: ThreadPage, width: u16, height: u16) -> Self {
        let now = page
            .entries
            .last()
            .map_or(Timestamp::UNIX_EPOCH, |it| it.key.time());
        let size = Size { width, height };
        let mut state = State::new(Settings::default(), now, size);
        state.focus = Pane::Thread;
        state.thread = Some(Thread::new(page, None, false));
        let area = Rect::new(0, 0, width, height);
        let mut shown = Self {
            state,
            scratch: Scratch::default(),
            store,
            area,
            buf: Buffer::empty(area),
        };
        shown.draw();
        shown
    }

    /// Many messages, seen at the end.
    fn many(count: usize, height: u16) -> Self {
        let store: Vec<Entry> = (0..count).map(entry).collect();
        let mut last = page(count.saturating_sub(80)..count);
        last.has_older = count > 80;
        last.complete = true;
        Self::open(store, last, 60, height)
    }

    fn thread(&mut self) -> &mut Thread {
        self.state.thread.as_mut().unwrap()
    }

    /// Draws, and goes on until nothing is asked any more.
    fn draw(&mut self) {
        for _ in 0..20 {
            self.buf = Buffer::empty(self.area);
            let theme = Theme::default();
            let mut pen = Pen::new(&mut self.buf, self.area, &theme);
            self.scratch.hits.clear();
            super::draw(&mut pen, self.area, &self.state, &mut self.scratch);
            let Some(laid) = self.scratch.laid.take() else {
                return;
            };
            let effects = update(&mut self.state, Msg::Laid(laid));
            if !self.perform(effects) {
                return;
            }
        }
        panic!("the view does not come to rest");
    }

    fn perform(&mut self, effects: Vec<Effect>) -> bool {
        let mut answered = false;
        for effect in effects {
            if let Effect::Read(ticket, read) = effect
                && let Some(answer) = self.answer(&read)
            {
                answered = true;
                let effects = update(&mut self.state, Msg::Answer(ticket, answer));
                self.perform(effects);
            }
        }
        answered
    }

    fn answer(&self, read: &Read) -> Option<Answer> {
        let at = |key: EntryKey| self.store.partition_point(|it| it.key < key);
        let all = self.store.len();
        match read {
            Read::Older { before, limit, .. } => {
                let end = at(*before);
                let start = end.saturating_sub(*limit as usize);
                let entries = self.store[start..end].to_vec();
                let more = start > 0;
                Some(Answer::Older { entries, more })
            }
            Read::Newer { after, limit, .. } => {
                let start = at(EntryKey(after.0 + 1));
                let end = (start + *limit as usize).min(all);
                let entries = self.store[start..end].to_vec();
                let more = end < all;
                Some(Answer::Newer { entries, more })
            }
            Read::Thread { from, limit, .. } => {
                let limit = *limit as usize;
                let start = match from {
                    From::Start => 0,
                    From::Entry(key) => at(*key),
                    From::Around(key) => at(*key).saturating_sub(limit / 2),
                    _ => all.saturating_sub(limit),
                };
                let end = (start + limit).min(all);
                let found = ThreadPage {
                    entries: self.store[start..end].to_vec(),
                    has_older: start > 0,
                    has_newer: end < all,
                    complete: true,
                    at: match from {
                        From::Around(key) => self.store.get(at(*key)).map(|it| it.key),
                        _ => None,
                    },
                    ..page(0..0)
                };
                Some(Answer::Thread(Box::new(found)))
            }
            _ => None,
        }
    }

    /// Somebody writes.
    fn comes(&mut self) {
        self.store.push(entry(self.store.len()));
        let changes = Changes {
            anything: true,
            ..Changes::default()
        };
        let effects = update(&mut self.state, Msg::Changed(changes));
        self.perform(effects);
        self.draw();
    }

    fn scroll(&mut self, lines: i32) {
        self.thread().scroll_by(lines);
        self.draw();
    }

    /// The lines inside the border, without what fills them up.
    fn rows(&self) -> Vec<String> {
        let inner = inside(self.area);
        let row = |y| {
            let cells = (inner.left()..inner.right()).map(|x| self.buf[(x, y)].symbol());
            cells.collect::<String>().trim_end().to_owned()
        };
        (inner.top()..inner.bottom()).map(row).collect()
    }

    fn numbers(&self) -> Vec<usize> {
        let rows = self.rows();
        let found = rows.iter().filter_map(|row| row.split_once("message "));
        found
            .filter_map(|(_, it)| it.split(' ').next()?.parse().ok())
            .collect()
    }
}

/// A page that is all there is.
fn whole(entries: Vec<Entry>) -> ThreadPage {
    ThreadPage {
        entries,
        has_older: false,
        complete: true,
        ..page(0..1)
    }
}

fn shown(entries: Vec<Entry>, width: u16, height: u16) -> Shown {
    Shown::open(Vec::new(), whole(entries), width, height)
}
