//! The right pane: the conversation, at the bottom against the composer.
//!
//! Each entry becomes a [`block`] of lines, which [`column`] keeps; [`view`] finds out which of them are seen. Only
//! what is seen, and a little around it, is worked out in a frame.

mod block;
mod body;
mod column;
mod look;
mod mail;
mod message;
mod parts;
mod spoken;
mod title;
mod view;
mod waiting;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::layout::inside;
use crate::app::pointer::Target;
use crate::app::status::Link;
use crate::app::thread::{Laid, Picked, Thread};
use crate::app::{Command, Pane, State};
use crate::ui::pen::Pen;
use crate::ui::pictures::Pictures;
use crate::ui::scratch::Scratch;
use crate::ui::text;
use block::{Block, Line, Mark};
pub use column::Blocks;
use column::Column;
use look::Look;
pub use parts::size;
use view::{Items as _, Pos};

use super::avatar::{self, Somebody};
use super::{composer, frame, mail_form, picture};

/// Lines above and below the view are counted up to here.
const COUNTED: usize = 300;

/// Draws the pane.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    let focused = matches!(state.focus, Pane::Thread | Pane::Compose);
    frame::draw(pen, area, "", focused);
    scratch.hits.add(area, Target::Pane(Pane::Thread));
    let mut view = inside(area);
    let Some(thread) = &state.thread else {
        nothing(&mut pen.part(view), view, state);
        return;
    };
    title::draw(pen, area, thread, state, focused);
    if let Some(words) = title::trouble(thread, state).filter(|_| view.height > 4) {
        trouble(pen, view, &words, state, scratch);
        view.y += 1;
        view.height -= 1;
    }
    // The composer's own border takes the place of the pane's beside it.
    let under = composer::height(state, area).max(mail_form::height(state, area));
    let under = under.min(view.height.saturating_sub(1));
    view.height -= under;
    let below = Rect {
        x: area.x,
        y: view.bottom(),
        width: area.width,
        height: under,
    };
    let laid = entries(&mut pen.part(view), view, thread, state, scratch);
    match &state.letter {
        _ if under == 0 => {}
        Some(form) => mail_form::draw(pen, below, state, form, scratch),
        None => composer::draw(pen, below, state, scratch),
    }
    let laid = Laid {
        composer: (area.width.saturating_sub(2), under.saturating_sub(1)),
        ..laid
    };
    if thread.is_news(&laid) {
        scratch.laid = Some(laid);
    }
}

/// What is said when no conversation is open.
fn nothing(pen: &mut Pen<'_>, view: Rect, state: &State) {
    let words = if state.opening.is_some() {
        ""
    } else if state.list.rows.is_empty() && !state.sync.settled && state.sync.link == Link::Online {
        "What people wrote to you will be here."
    } else if state
        .list
        .current()
        .is_some_and(|it| it.key.draft().is_some())
    {
        "This message is not sent yet. Opening it goes on with it."
    } else {
        "No conversation is open."
    };
    middle(pen, view, words);
}

fn middle(pen: &mut Pen<'_>, view: Rect, words: &str) {
    let lines = text::wrap(words, view.width.saturating_sub(4), 4);
    for (y, line) in (view.y + view.height / 3..view.bottom()).zip(lines) {
        let line = words.get(line).unwrap_or_default();
        let x = view.x + view.width.saturating_sub(text::width(line)) / 2;
        pen.text(x, y, line, pen.theme.muted);
    }
}

/// A conversation without a word in it.
fn empty(pen: &mut Pen<'_>, view: Rect, thread: &Thread, state: &State) {
    let words = match state.sync.link {
        _ if thread.complete => "Nothing was said here yet.",
        Link::Offline { .. } => "Its messages come when the server can be reached again.",
        Link::Nowhere | Link::Refused { .. } => "Its messages were not fetched yet.",
        _ => "Its messages are being fetched…",
    };
    middle(pen, view, words);
}

/// Says that the account of this conversation waits for its owner.
fn trouble(pen: &mut Pen<'_>, view: Rect, words: &str, state: &State, scratch: &mut Scratch) {
    let command = Command::GoAccounts;
    let line = Rect { height: 1, ..view };
    pen.paint(line, pen.theme.selected);
    let key = state.settings.keymap.key(command, state.settings.ascii);
    let mut end = view.right().saturating_sub(1);
    if let Some(key) = key.filter(|_| view.width > 50) {
        end = pen.right(end, view.y, command.row().short, pen.theme.muted);
        let start = pen.right(end.saturating_sub(1), view.y, &key, pen.theme.focus);
        end = start.saturating_sub(2);
    }
    pen.fitted(view.x + 1, view.y, end, words, pen.theme.warn);
    scratch.hits.add(line, Target::Command(command));
}

/// Draws what is seen of the conversation, and tells how it came to lie.
fn entries(
    pen: &mut Pen<'_>,
    view: Rect,
    thread: &Thread,
    state: &State,
    scratch: &mut Scratch,
) -> Laid {
    if thread.entries.is_empty() && thread.waiting.is_empty() {
        empty(pen, view, thread, state);
    }
    let look = Look::new(state, thread, view.width);
    let mut blocks = std::mem::take(&mut scratch.blocks);
    let mut column = Column::new(thread, &look, &mut blocks);
    let height = usize::from(view.height);
    let want = column.want();
    let top = view::top(&mut column, want, thread.pending, height);
    let (bottom, shown) = view::down(&mut column, top, height);
    // Talk sits at the bottom, letters begin at the top.
    let blank = if thread.conversation.is_mail {
        0
    } else {
        height - shown
    };
    let mut laid = Laid {
        conversation: Some(thread.key()),
        top: column.spot(top),
        above: counted(view::up(&mut column, top, COUNTED).1),
        below: counted(view::down(&mut column, bottom, COUNTED).1),
        width: view.width,
        height: view.height,
        ..Laid::default()
    };
    let mut y = view.y + u16::try_from(blank).unwrap_or(view.height);
    for item in top.item..column.count() {
        if y >= view.bottom() {
            break;
        }
        let block = column.block(item);
        let skip = if item == top.item { top.line } else { 0 };
        let picked = column.picked(item);
        laid.first = laid.first.or(picked);
        laid.last = picked.or(laid.last);
        laid.counting |= block.counts;
        let painter = Painter {
            thread,
            view,
            picked,
            block: &block,
        };
        y = painter.draw(pen, y, skip, scratch);
    }
    let end = Pos::start(column.count());
    let far = bottom != end && laid.below > 0;
    drop(column);
    scratch.blocks = blocks;
    if far || thread.has_newer {
        chip(pen, view, thread, laid.below, scratch);
    }
    laid
}

fn counted(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// Says at the bottom that there is more further down, and how much of it is new.
fn chip(pen: &mut Pen<'_>, view: Rect, thread: &Thread, below: u32, scratch: &mut Scratch) {
    let theme = pen.theme;
    let y = view.bottom().saturating_sub(1);
    let x = match thread.unseen {
        0 if below < u32::from(view.height) && !thread.has_newer => return,
        // No words stand in the last column.
        0 => pen.right(view.right(), y, "↓", theme.focus),
        new => pen.right(view.right(), y, &format!(" ↓ {new} new "), theme.badge),
    };
    let place = Rect::new(x, y, view.right().saturating_sub(x), 1);
    scratch.hits.add(place, Target::Command(Command::Last));
}

/// Draws the lines of one item.
struct Painter<'d> {
    thread: &'d Thread,
    view: Rect,
    picked: Option<Picked>,
    block: &'d Block,
}

impl Painter<'_> {
    /// Draws the lines from one on; gives the row behind them.
    fn draw(&self, pen: &mut Pen<'_>, from: u16, skip: usize, scratch: &mut Scratch) -> u16 {
        let selected = self.picked.is_some() && self.picked == self.thread.selected;
        let mut y = from;
        for (at, line) in self.block.lines.iter().enumerate().skip(skip) {
            if y >= self.view.bottom() {
                break;
            }
            let row = Rect {
                y,
                height: 1,
                ..self.view
            };
            if at >= self.block.begins {
                self.target(row, scratch);
                if selected {
                    pen.paint(row, pen.theme.selected);
                    pen.text(row.x, y, "▌", pen.theme.focus);
                }
            }
            self.line(pen, row, line, scratch);
            y += 1;
        }
        self.face(pen, from, skip, &mut scratch.pictures);
        self.pictures(pen, from, skip, scratch);
        y
    }

    fn target(&self, row: Rect, scratch: &mut Scratch) {
        match self.picked {
            Some(Picked::Entry(key)) => scratch.hits.add(row, Target::Entry(key)),
            Some(Picked::Waiting(id)) => scratch.hits.add(row, Target::Waiting(id)),
            None => {}
        }
    }

    fn line(&self, pen: &mut Pen<'_>, row: Rect, line: &Line, scratch: &mut Scratch) {
        let theme = pen.theme;
        if let Some((x, wide)) = line.fill {
            let own = Rect::new(row.x + x, row.y, wide, 1);
            pen.paint(own, theme.own);
        }
        for span in self.block.spans_of(line) {
            let style: Style = span.role.style(theme, &self.thread.conversation.provider);
            let x = row.x + span.x;
            pen.text(x, row.y, self.block.words(span), style);
            let (Some(mark), Some(Picked::Entry(key))) = (span.mark, self.picked) else {
                continue;
            };
            let target = match mark {
                Mark::Link(at) => Target::Link(key, at),
                Mark::Attachment(at) => Target::Attachment(key, at),
                Mark::Quote => Target::Quote(key),
                Mark::Fold => Target::Fold(key),
            };
            scratch.hits.add(Rect::new(x, row.y, span.wide, 1), target);
        }
    }

    /// The pictures of the message.
    fn pictures(&self, pen: &mut Pen<'_>, from: u16, skip: usize, scratch: &mut Scratch) {
        let short = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX);
        for it in &self.block.pictures {
            // So many of its lines are above the view.
            let above = short(skip.saturating_sub(it.line));
            let y = from.saturating_add(short(it.line.saturating_sub(skip)));
            if y >= self.view.bottom() || above >= it.room.1 {
                continue;
            }
            let pictures = &mut scratch.pictures;
            let at = (self.view.x + it.x, y);
            picture::draw(pen, at, above, it.room, &it.key, pictures);
        }
    }

    /// The picture, when its first line is seen.
    fn face(&self, pen: &mut Pen<'_>, from: u16, skip: usize, pictures: &mut Pictures) {
        let Some((line, face)) = &self.block.face else {
            return;
        };
        let Some(down) = line.checked_sub(skip) else {
            return;
        };
        let y = from.saturating_add(u16::try_from(down).unwrap_or(u16::MAX));
        if y >= self.view.bottom() {
            return;
        }
        let provider = &self.thread.conversation.provider;
        let style = pen.theme.person(provider, face.person);
        let who = Somebody {
            name: &face.name,
            picture: face.picture,
            style,
        };
        avatar::draw(pen, self.view.x + 1, y, who, pictures);
    }
}

#[cfg(test)]
mod tests;
