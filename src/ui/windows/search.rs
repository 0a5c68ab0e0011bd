//! The search: the line, names, and hits below the titles of their conversations.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::State;
use crate::app::pointer::Target;
use crate::app::search::{Row, Search};
use crate::app::seek::{Hit, Known, Marked, Order};
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::theme::badge;
use crate::ui::{text, when};

use super::picker;

/// Draws the search over the whole body.
pub fn draw(pen: &mut Pen<'_>, area: Rect, search: &Search, state: &State, scratch: &mut Scratch) {
    let inner = super::open(pen, area, area.width, area.height, "Search", scratch);
    if inner.height < 4 || inner.width < 12 {
        return;
    }
    let theme = pen.theme;
    let x = pen.text(inner.x + 1, inner.y, "/ ", theme.focus);
    let end = pen
        .right(inner.right() - 1, inner.y, &count(search), theme.muted)
        .saturating_sub(2);
    let line = Rect::new(x, inner.y, end.saturating_sub(x), 1);
    let hint = "Words, names, files, in everything stored";
    picker::line(pen, line, &search.input, hint, scratch);
    offers(pen, inner, search);
    pen.rule(inner.x, inner.y + 2, inner.right(), "─", theme.border);
    let list = Rect {
        y: inner.y + 3,
        height: inner.height - 3,
        ..inner
    };
    if search.rows.is_empty() {
        empty(pen, list, search);
        return;
    }
    let room = usize::from(list.height);
    let most = search.rows.len().saturating_sub(room);
    let first = (search.selected + 1 + room / 4)
        .saturating_sub(room)
        .min(most);
    let rows = search.rows.iter().enumerate().skip(first);
    for (y, (at, row)) in (list.y..list.bottom()).zip(rows) {
        let place = Rect::new(list.x, y, list.width, 1);
        if at == search.selected {
            pen.paint(place, theme.selected);
            pen.text(place.x, y, "▌", theme.focus);
        }
        match row {
            Row::Name(known) => name(pen, place, known, state),
            Row::Title(hit) => title(pen, place, hit),
            Row::Hit(it) => hit(pen, place, it, state),
        }
        if row.goal().is_some() {
            scratch.hits.add(place, Target::Item(at));
        }
    }
}

fn count(search: &Search) -> String {
    let order = match search.order {
        Order::Newest => "newest first",
        Order::Best => "best first",
    };
    if search.input.is_empty() {
        return format!("{order} · ^O");
    }
    let more = if search.more.is_some() || search.is_busy() {
        "+"
    } else {
        ""
    };
    let count = search.count;
    let hits = if count == 1 { "hit" } else { "hits" };
    format!("{count}{more} {hits} · {order} · ^O")
}

/// What Tab would make of the word before the cursor.
fn offers(pen: &mut Pen<'_>, inner: Rect, search: &Search) {
    let theme = pen.theme;
    let y = inner.y + 1;
    let mut x = inner.x + 3;
    if let Some(note) = search.notes.first() {
        pen.fitted(x, y, inner.right() - 1, note, theme.warn);
        return;
    }
    if search.offers.is_empty() {
        return;
    }
    x = pen.text(x, y, "Tab ", theme.focus);
    for offer in &search.offers {
        if x + text::width(offer) + 2 > inner.right() {
            break;
        }
        x = pen.text(x, y, offer, theme.muted) + 2;
    }
}

fn empty(pen: &mut Pen<'_>, list: Rect, search: &Search) {
    let words: &[&str] = if search.input.text().trim().is_empty() {
        &[
            "deck from:léa             words of a message, by somebody",
            "\"contract renewal\"        words next to each other",
            "invoice has:attachment    with a file, or in its name",
            "is:unread account:mail    what is not read yet, in mailboxes",
            "after:monday -newsletter  since then, and without a word",
        ]
    } else if search.is_busy() {
        &[]
    } else {
        &["Nothing has these words."]
    };
    for (y, line) in (list.y..list.bottom()).zip(words) {
        pen.fitted(list.x + 3, y, list.right(), line, pen.theme.muted);
    }
}

fn name(pen: &mut Pen<'_>, place: Rect, known: &Known, state: &State) {
    let theme = pen.theme;
    let colour = theme.provider(&known.provider);
    let x = pen.text(place.x + 2, place.y, badge(&known.provider), colour) + 1;
    let end = place.right() - 1;
    let account = state.places.account(known.account);
    let account = account.map_or("", |it| it.name.as_str());
    let (first, about) = match &known.person {
        Some(person) => (person, format!("in {} · {account}", known.title.text)),
        None => match &known.subject {
            Some(subject) => (&known.title, format!("{subject} · {account}")),
            None => (&known.title, account.to_owned()),
        },
    };
    let x = marked(pen, x, place.y, end, first, theme.strong);
    if x + 4 < end {
        pen.fitted(x + 2, place.y, end, &about, theme.muted);
    }
}

fn title(pen: &mut Pen<'_>, place: Rect, hit: &Hit) {
    let theme = pen.theme;
    let colour = theme.provider(&hit.provider);
    let x = pen.text(place.x + 2, place.y, badge(&hit.provider), colour) + 1;
    pen.fitted(x, place.y, place.right() - 1, &hit.title, theme.strong);
}

fn hit(pen: &mut Pen<'_>, place: Rect, hit: &Hit, state: &State) {
    let theme = pen.theme;
    let end = place.right() - 1;
    let at = when::short(hit.key.time(), state.now, &state.settings);
    // Times stand below each other.
    let x = place.x + 5 + 12;
    pen.right(x, place.y, &at, theme.faint);
    let by = if hit.own {
        Some("You")
    } else {
        hit.by.as_deref()
    };
    let mut x = x + 2;
    if let Some(by) = by {
        let first = by.split(' ').next().unwrap_or(by);
        x = pen.fitted(x, place.y, end.min(x + 16), first, theme.muted);
        x = pen.text(x, place.y, ": ", theme.muted);
    }
    marked(pen, x, place.y, end, &hit.text, theme.text);
}

/// Writes a text with its hits made bright, cut to the room.
fn marked(pen: &mut Pen<'_>, x: u16, y: u16, end: u16, marked: &Marked, style: Style) -> u16 {
    let room = end.saturating_sub(x);
    let cut = text::cut(&marked.text, room);
    let whole = cut.len() == marked.text.len();
    let kept = if whole {
        marked.text.len()
    } else {
        text::fitting(&marked.text, room.saturating_sub(1))
    };
    let bright = pen.theme.hit;
    let mut x = x;
    let mut at = 0;
    let mut write = |from: usize, to: usize, style: Style| {
        let piece = marked.text.get(from..to.min(kept)).unwrap_or_default();
        x = pen.within(x, y, end, piece, style);
    };
    for range in &marked.ranges {
        if range.start < at || range.start >= kept {
            continue;
        }
        write(at, range.start, style);
        write(range.start, range.end, bright);
        at = range.end;
    }
    write(at, kept, style);
    if whole {
        x
    } else {
        pen.within(x, y, end, "…", style)
    }
}
