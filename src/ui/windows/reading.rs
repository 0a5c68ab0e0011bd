//! A text file of a message, in a window that scrolls.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::smalls::Reading;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;

/// Draws the window.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, it: &Reading, scratch: &mut Scratch) {
    let (width, height) = Reading::window(state.size);
    let inner = super::open(pen, area, width, height, &it.title(), scratch);
    if let Some(words) = &it.why_not {
        let lines = text::wrap(words, inner.width.saturating_sub(4), 4);
        for (y, line) in (inner.y + inner.height / 3..inner.bottom()).zip(lines) {
            let line = words.get(line).unwrap_or_default();
            let x = inner.x + inner.width.saturating_sub(text::width(line)) / 2;
            pen.text(x, y, line, pen.theme.muted);
        }
        return;
    }
    for (y, at) in (inner.y..inner.bottom()).zip(it.top..) {
        let Some(row) = it.row(at) else { break };
        pen.within(inner.x + 1, y, inner.right(), row, pen.theme.text);
    }
    let seen = it.top + usize::from(inner.height);
    let last = it.rows.len();
    if last > usize::from(inner.height) {
        let far = format!(" {} % ", seen.min(last) * 100 / last.max(1));
        let end = inner.right().saturating_sub(1);
        pen.right(end, inner.bottom(), &far, pen.theme.muted);
    }
}
