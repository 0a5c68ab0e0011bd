//! Asks for a day to go to, and says how it is understood while it is typed.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::days;
use crate::app::layer::DateAsk;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::{text, when};

/// Draws the window.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, ask: &DateAsk, scratch: &mut Scratch) {
    let wide = area.width.min(48);
    let inner = super::open(pen, area, wide, 5, "Go to a day", scratch);
    let mut pen = pen.part(inner);
    let theme = pen.theme;
    let (x, end) = (inner.x + 1, inner.right().saturating_sub(1));
    // The end of what is typed is what is looked at.
    let room = end.saturating_sub(x + 1);
    let mut shown = ask.words.as_str();
    while text::width(shown) > room {
        let first = shown.chars().next().map_or(1, char::len_utf8);
        shown = shown.get(first..).unwrap_or_default();
    }
    let cursor = pen.text(x, inner.y + 1, shown, theme.strong);
    pen.text(cursor, inner.y + 1, " ", theme.badge);
    if ask.words.trim().is_empty() {
        pen.fitted(
            cursor + 2,
            inner.y + 1,
            end,
            "yesterday, monday, 3 oct, march 2024 …",
            theme.faint,
        );
    }
    let y = inner.y + 2;
    match days::read(&ask.words, state.now, &state.settings.zone) {
        Some(day) => {
            let said = when::heading(day, state.now, &state.settings);
            let x = pen.fitted(x, y, end, &said, theme.focus);
            pen.fitted(x + 2, y, end, "⏎ goes there", theme.muted);
        }
        None if ask.words.trim().is_empty() => {}
        None => {
            pen.fitted(x, y, end, "No day that onebox knows", theme.warn);
        }
    }
}
