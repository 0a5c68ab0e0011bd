//! The middle pane: conversations, two lines each.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::layout::inside;
use crate::app::places::{Places, view_name};
use crate::app::pointer::Target;
use crate::app::{Pane, State};
use crate::model::inbox::{Conversation, View};
use crate::ui::pen::Pen;
use crate::ui::pictures::Pictures;
use crate::ui::scratch::Scratch;
use crate::ui::theme::badge;
use crate::ui::{text, when};

use super::avatar::{self, Somebody};
use super::{first_sync, frame, plain};

/// Draws the pane.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    let focused = state.focus == Pane::List;
    let title = match state
        .list
        .filter
        .account
        .and_then(|key| state.places.account(key))
    {
        Some(account) => account.name.clone(),
        None => "Inbox".to_owned(),
    };
    let x = frame::draw(pen, area, &title, focused);
    scratch.hits.add(area, Target::Pane(Pane::List));
    tabs(pen, area, x, state, scratch);
    let inner = inside(area);
    let mut pen = pen.part(inner);
    if state.list.rows.is_empty() {
        if first_sync::is_on(state) && state.list.loaded {
            first_sync::draw(&mut pen, inner, state);
        } else {
            empty(&mut pen, inner, state);
        }
        return;
    }
    let page = usize::from(inner.height / 2).max(1);
    let rows = state
        .list
        .rows
        .iter()
        .enumerate()
        .skip(state.list.offset)
        .take(page);
    for (line, (at, row)) in rows.enumerate() {
        let y = inner.y + u16::try_from(line * 2).unwrap_or(u16::MAX);
        let place = Rect::new(inner.x, y, inner.width, 2.min(inner.bottom() - y));
        scratch.hits.add(place, Target::Conversation(row.key));
        let marker = Rect {
            width: (avatar::WIDTH + 1).min(place.width),
            ..place
        };
        scratch.hits.add(marker, Target::Marker(row.key));
        draw_row(
            &mut pen.part(place),
            place,
            row,
            state,
            at == state.list.selected,
            &mut scratch.pictures,
        );
    }
}

/// The views in the border, with their counts.
fn tabs(pen: &mut Pen<'_>, area: Rect, from: u16, state: &State, scratch: &mut Scratch) {
    let theme = pen.theme;
    let mut end = area.right().saturating_sub(2);
    let names = [
        (View::NeedsReply, "Needs"),
        (View::Unread, "Unread"),
        (View::Inbox, "All"),
    ];
    let here = state.list.filter.view;
    let label = |view: View, name: &str, (roomy, counted): (bool, bool)| {
        let before = if roomy || view == here { " " } else { "" };
        match view {
            View::Inbox => format!("{before}{name} "),
            view => match Places::count(&state.places.overview.shown, view) {
                count if count > 0 && counted => format!("{before}{name} {count} "),
                _ => format!("{before}{name} "),
            },
        }
    };
    // Where there is little room, gaps go first, then counts, then the views that are not shown.
    let room = end.saturating_sub(from + 1);
    let fits = |how: &(bool, bool)| {
        let wide = names.iter().map(|it| text::width(&label(it.0, it.1, *how)));
        wide.sum::<u16>() <= room
    };
    let ways = [(true, true), (false, true), (true, false)];
    let fitting = ways.into_iter().find(fits);
    let how = fitting.unwrap_or((false, false));
    for (view, name) in names {
        if fitting.is_none() && view != here {
            continue;
        }
        let label = label(view, name, how);
        let start = end.saturating_sub(text::width(&label));
        if start < from + 1 {
            break;
        }
        let style = if view == here {
            theme.badge
        } else {
            theme.muted
        };
        pen.text(start, area.y, &label, style);
        let place = Rect::new(start, area.y, end - start, 1);
        scratch.hits.add(place, Target::View(view));
        end = start;
    }
    if !names
        .iter()
        .any(|(view, _)| *view == state.list.filter.view)
    {
        let label = format!(" {} ", view_name(state.list.filter.view));
        let start = end.saturating_sub(text::width(&label));
        if start > from {
            pen.text(start, area.y, &label, theme.badge);
        }
    }
}

fn empty(pen: &mut Pen<'_>, inner: Rect, state: &State) {
    let words = match state.list.filter.view {
        _ if !state.list.loaded => "",
        View::Inbox => "Nothing here yet.",
        View::Unread => "No unread. Enjoy it.",
        View::NeedsReply => "Nobody waits for you.",
        View::Starred => "Nothing is starred. s stars a conversation.",
        View::Drafts => "No drafts.",
        View::Archived => "Nothing is archived. e archives a conversation.",
    };
    let y = inner.y + inner.height / 3;
    let x = inner.x + inner.width.saturating_sub(text::width(words)) / 2;
    pen.fitted(x, y, inner.right(), words, pen.theme.muted);
}

fn draw_row(
    pen: &mut Pen<'_>,
    area: Rect,
    row: &Conversation,
    state: &State,
    selected: bool,
    pictures: &mut Pictures,
) {
    let theme = pen.theme;
    let back = match (selected, state.focus == Pane::List) {
        (true, true) => theme.selected,
        (true, false) => theme.selected_away,
        (false, _) => Style::new(),
    };
    pen.paint(area, back);
    let shown = state.thread.as_ref().is_some_and(|it| it.key() == row.key);
    if selected || shown {
        let bar = if selected { theme.focus } else { theme.faint };
        for y in area.top()..area.bottom() {
            pen.text(area.x, y, "▌", bar);
        }
    }
    if theme.plain {
        let (x, end) = (area.x + 2, area.right());
        let name = if row.unread > 0 {
            theme.strong
        } else {
            theme.text
        };
        pen.fitted(x, area.y, end, &plain::conversation(row, state), name);
        pen.fitted(x, area.y + 1, end, &plain::last(row), theme.muted);
        return;
    }
    let colour = theme.provider(&row.provider);
    if state.list.marked.contains(&row.key) {
        for y in area.top()..area.bottom() {
            pen.text(area.x + 1, y, " ✓  ", theme.badge);
        }
    } else {
        let who = Somebody {
            name: row.name(),
            picture: row.picture,
            style: colour,
        };
        avatar::draw(pen, area.x + 1, area.y, who, pictures);
    }
    let (x, end) = (area.x + avatar::WIDTH + 2, area.right().saturating_sub(1));
    let unread = row.unread > 0;
    let time = row
        .last_at
        .map(|at| when::short(at, state.now, &state.settings))
        .unwrap_or_default();
    let time_style = if unread { theme.focus } else { theme.faint };
    let first_end = pen.right(end, area.y, &time, time_style).saturating_sub(1);
    let name = if unread { theme.strong } else { theme.text };
    let mut marks = String::new();
    let trouble = state.places.trouble(row.account).is_some();
    for (set, sign) in [
        (trouble, "⚠"),
        (row.pinned, "▴"),
        (row.starred, "★"),
        (row.muted, "∅"),
        (row.has_draft, "✎"),
    ] {
        if set {
            marks.push_str(sign);
        }
    }
    let first_end = if marks.is_empty() {
        first_end
    } else {
        pen.right(first_end, area.y, &marks, theme.warn)
            .saturating_sub(1)
    };
    pen.fitted(x, area.y, first_end, row.name(), name);
    second_line(pen, Rect::new(x, area.y + 1, end.saturating_sub(x), 1), row);
}

/// The network, who wrote last and what, and how many are unread.
fn second_line(pen: &mut Pen<'_>, line: Rect, row: &Conversation) {
    let theme = pen.theme;
    let mut end = line.right();
    if row.unread > 0 {
        let style = if row.muted {
            theme.muted.add_modifier(Modifier::REVERSED)
        } else {
            theme.badge
        };
        end = pen
            .right(end, line.y, &format!(" {} ", row.unread.min(999)), style)
            .saturating_sub(1);
    }
    let x = pen.text(
        line.x,
        line.y,
        badge(&row.provider),
        theme.provider(&row.provider),
    ) + 1;
    let by = match &row.snippet_by {
        _ if row.last_own => Some("You"),
        Some(by) if row.kind != crate::model::chat::ChatKind::OneToOne || row.is_mail => {
            by.split(' ').next().filter(|it| !it.is_empty())
        }
        _ => None,
    };
    let words = match (by, &row.subject) {
        (_, Some(subject)) if row.is_mail => subject.clone(),
        (Some(by), _) => format!("{by}: {}", row.snippet),
        (None, _) => row.snippet.clone(),
    };
    let style = if row.unread > 0 {
        theme.text
    } else {
        theme.muted
    };
    pen.fitted(x, line.y, end, &words, style);
}
