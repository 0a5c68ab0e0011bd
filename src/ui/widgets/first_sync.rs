//! What stands where conversations will be, while there are none: how the first fetching goes, or why it does not.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::status::Link;
use crate::ui::pen::Pen;
use crate::ui::text;
use crate::ui::theme::badge;

/// Whether there is nothing to show because nothing has come yet.
pub fn is_on(state: &State) -> bool {
    let counts = &state.places.overview.counts;
    counts.inbox == 0 && (!state.sync.settled || state.places.overview.accounts.is_empty())
}

/// Draws it.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State) {
    let theme = pen.theme;
    let (title, about) = words(state);
    let mut y = area.y + area.height / 4;
    centred(pen, area, y, title, theme.strong);
    y += 1;
    for part in text::wrap(&about, area.width.saturating_sub(4), 6) {
        centred(
            pen,
            area,
            y,
            about.get(part).unwrap_or_default(),
            theme.muted,
        );
        y += 1;
    }
    y += 1;
    for account in &state.places.overview.accounts {
        if y >= area.bottom() {
            break;
        }
        let x = area.x + area.width / 8;
        let next = pen.text(
            x,
            y,
            badge(&account.provider),
            theme.provider(&account.provider),
        );
        let work = state.sync.working.get(&account.id);
        let (sign, doing, style) = match (state.sync.problems.get(&account.id), work) {
            (Some(problem), _) => ("⚠", problem.clone(), theme.warn),
            (None, Some(work)) if !work.is_empty() => ("◌", work.join(", "), theme.focus),
            _ => ("✓", String::new(), theme.ok),
        };
        let half = area.x + area.width / 2;
        pen.fitted(next + 1, y, half, &account.name, theme.text);
        let next = pen.text(half + 1, y, sign, style);
        pen.fitted(next + 1, y, area.right(), &doing, style);
        y += 1;
    }
}

fn words(state: &State) -> (&'static str, String) {
    match &state.sync.link {
        Link::Offline { reason, .. } => ("The server is not reached", reason.clone()),
        Link::Refused { .. } => (
            "The key was refused",
            "Log in again with onebox login.".to_owned(),
        ),
        Link::Nowhere => (
            "Not connected",
            "There is no server to fetch from.".to_owned(),
        ),
        Link::Elsewhere => (
            "Another onebox fetches",
            "What it fetches appears here.".to_owned(),
        ),
        Link::Online if state.sync.settled => (
            "No accounts yet",
            "Link one in your Unipile dashboard; it appears here by itself.".to_owned(),
        ),
        _ => (
            "Fetching your conversations…",
            "They appear as they come; everything can be used meanwhile.".to_owned(),
        ),
    }
}

fn centred(pen: &mut Pen<'_>, area: Rect, y: u16, line: &str, style: ratatui::style::Style) {
    if y < area.bottom() {
        let x = area.x + area.width.saturating_sub(text::width(line)) / 2;
        pen.fitted(x, y, area.right(), line, style);
    }
}
