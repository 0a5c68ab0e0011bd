//! The left pane: views, accounts, folders.

use ratatui::layout::Rect;

use crate::app::layout::inside;
use crate::app::places::{Places, Row, needs_user, view_name};
use crate::app::pointer::Target;
use crate::app::{Pane, State};
use crate::model::account::AccountStatus;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::theme::badge;

use super::{frame, plain};

/// Draws the pane.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    let focused = state.focus == Pane::Places;
    frame::draw(pen, area, "Accounts", focused);
    scratch.hits.add(area, Target::Pane(Pane::Places));
    let inner = inside(area);
    let mut pen = pen.part(inner);
    let rows = state.places.rows();
    let shown = state.places.row_of(&state.list.filter);
    for (at, row) in rows.iter().enumerate().skip(state.places.offset) {
        let y = inner
            .y
            .saturating_add(u16::try_from(at - state.places.offset).unwrap_or(u16::MAX));
        if y >= inner.bottom() {
            break;
        }
        let line = Rect::new(inner.x, y, inner.width, 1);
        if at == shown || focused && at == state.places.cursor {
            let cursor = focused && at == state.places.cursor;
            let theme = pen.theme;
            pen.paint(
                line,
                if cursor {
                    theme.selected
                } else {
                    theme.selected_away
                },
            );
        }
        if at == shown {
            pen.text(inner.x, y, "▌", pen.theme.focus);
        }
        draw_row(&mut pen, line, row, state, at == shown);
        if let Some(place) = state.places.place(row) {
            scratch.hits.add(line, Target::Place(place));
        }
    }
}

fn draw_row(pen: &mut Pen<'_>, line: Rect, row: &Row, state: &State, shown: bool) {
    let theme = pen.theme;
    let overview = &state.places.overview;
    let end = line.right().saturating_sub(1);
    if theme.plain {
        let style = if shown { theme.strong } else { theme.text };
        pen.fitted(line.x + 2, line.y, end, &plain::place(row, state), style);
        return;
    }
    let name_style = if shown { theme.strong } else { theme.text };
    match row {
        Row::Gap => {}
        Row::View(view) => {
            let count = Places::count(&overview.counts, *view);
            let end = number(
                pen,
                end,
                line.y,
                count,
                matches!(view, crate::model::inbox::View::Unread),
            );
            pen.fitted(line.x + 2, line.y, end, view_name(*view), name_style);
        }
        Row::Account(at) => {
            let Some(account) = overview.accounts.get(*at) else {
                return;
            };
            let shows = state.places.unfolded.contains(&account.key);
            if state.places.has_folders(account.key) {
                let sign = if shows { "▾" } else { "▸" };
                pen.right(line.right(), line.y, sign, theme.faint);
            }
            pen.text(
                line.x + 1,
                line.y,
                badge(&account.provider),
                theme.provider(&account.provider),
            );
            let mut end = number(pen, end, line.y, account.unread, true);
            if needs_user(account) {
                end = pen.right(end, line.y, "⚠", theme.warn).saturating_sub(1);
            } else if account.status == AccountStatus::Connecting {
                end = pen.right(end, line.y, "◌", theme.muted).saturating_sub(1);
            }
            let name = account
                .identity
                .as_deref()
                .filter(|_| account.has_mail)
                .unwrap_or(&account.name);
            pen.fitted(line.x + 4, line.y, end, name, name_style);
        }
        Row::Folder(at) => {
            let Some(folder) = overview.folders.get(*at) else {
                return;
            };
            let end = number(pen, end, line.y, folder.unread, false);
            pen.fitted(line.x + 6, line.y, end, &folder.name, theme.muted);
        }
    }
}

/// A count at the right, and where it begins; none for nothing.
fn number(pen: &mut Pen<'_>, end: u16, y: u16, count: u64, bright: bool) -> u16 {
    if count == 0 {
        return end;
    }
    let theme = pen.theme;
    let text = if count > 999 {
        "999+".to_owned()
    } else {
        count.to_string()
    };
    let style = if bright { theme.focus } else { theme.faint };
    pen.right(end, y, &text, style).saturating_sub(1)
}
