//! The line on top: the program, its screens, and how fresh everything is.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::pointer::Target;
use crate::app::status::Link;
use crate::app::{Command, Screen, State};
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::{text, when};

/// Draws the line.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    let theme = pen.theme;
    let mut x = pen.text(area.x + 1, area.y, " onebox ", theme.badge);
    let right = area.right().saturating_sub(1);
    let room = right.saturating_sub(x + 2);
    let (status, style) = status(state, pen, room);
    let status = text::cut(&status, room);
    let mut end = pen.right(right, area.y, &status, style);
    let (waiting, stuck) = state.places.overview.outbox;
    for (count, words, style) in [
        (stuck, format!("⚠ {stuck} failed"), theme.error),
        (waiting, format!("↑ {waiting} unsent"), theme.focus),
    ] {
        if count > 0 && end > x + text::width(&words) + 4 {
            end = pen.right(end.saturating_sub(3), area.y, &words, style);
        }
    }
    for (number, screen, name, command) in [
        ("1", Screen::Inbox, "Inbox", Command::GoInbox),
        ("2", Screen::Accounts, "Accounts", Command::GoAccounts),
    ] {
        if x + 5 + text::width(name) > end {
            break;
        }
        let here = state.screen == screen;
        let start = x + 2;
        x = pen.text(
            start,
            area.y,
            number,
            if here { theme.focus } else { theme.faint },
        );
        x = pen.text(
            x + 1,
            area.y,
            name,
            if here { theme.strong } else { theme.muted },
        );
        scratch.hits.add(
            Rect::new(start, area.y, x - start, 1),
            Target::Command(command),
        );
    }
}

/// How it goes, in as few words as there is room for.
fn status(state: &State, pen: &Pen<'_>, room: u16) -> (String, Style) {
    let theme = pen.theme;
    let sync = &state.sync;
    match &sync.link {
        Link::Offline {
            since, next_try, ..
        } => {
            let left = next_try.duration_since(state.now).as_secs().max(0);
            let again = if left == 0 {
                "trying now".to_owned()
            } else {
                format!("next try in {left} s")
            };
            // When it is tried again is what somebody waits for.
            let since = when::clock(*since, &state.settings);
            let long = format!("✕ offline since {since} · {again}");
            if text::width(&long) <= room {
                (long, theme.warn)
            } else {
                (format!("✕ offline · {again}"), theme.warn)
            }
        }
        Link::Refused { .. } => (
            "⚠ the key was refused · onebox login".to_owned(),
            theme.error,
        ),
        Link::Elsewhere => ("○ another onebox syncs".to_owned(), theme.muted),
        Link::Nowhere => ("○ not connected".to_owned(), theme.muted),
        Link::Unknown => ("◌ connecting".to_owned(), theme.muted),
        Link::Online => {
            let busy: usize = sync.working.len();
            if sync.settled || busy == 0 {
                ("● live".to_owned(), theme.ok)
            } else {
                (fetching(state), theme.focus)
            }
        }
    }
}

/// What is being fetched, and for how many accounts.
fn fetching(state: &State) -> String {
    let working = &state.sync.working;
    let mut words: Vec<&str> = working.values().flatten().copied().collect();
    words.sort_unstable();
    words.dedup();
    // The line has little room, and names of two say enough.
    words.truncate(2);
    let count = working.len();
    let accounts = if count == 1 { "account" } else { "accounts" };
    format!("◌ fetching {} · {count} {accounts}", words.join(", "))
}
