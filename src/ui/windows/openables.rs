//! Links and files of a message, to pick one.

use ratatui::layout::Rect;

use crate::app::openable::{Openable, Openables};
use crate::app::pointer::Target;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;

/// Draws the window.
pub fn draw(pen: &mut Pen<'_>, area: Rect, window: &Openables, scratch: &mut Scratch) {
    let count = u16::try_from(window.items.len()).unwrap_or(u16::MAX);
    let height = count.saturating_add(2).min(area.height);
    let inner = super::open(pen, area, area.width.min(80), height, "Open", scratch);
    let theme = pen.theme;
    let first = (window.cursor + 1).saturating_sub(usize::from(inner.height));
    let rows = window.items.iter().enumerate().skip(first);
    for (y, (at, item)) in (inner.y..inner.bottom()).zip(rows) {
        let line = Rect::new(inner.x, y, inner.width, 1);
        if at == window.cursor {
            pen.paint(line, theme.selected);
            pen.text(inner.x, y, "▌", theme.focus);
        }
        let number = if at < 9 {
            (at + 1).to_string()
        } else {
            String::new()
        };
        pen.text(inner.x + 2, y, &number, theme.faint);
        let style = match item {
            Openable::Link(way) if way.pretends.is_some() => theme.warn,
            Openable::Link(_) => theme.link,
            Openable::File(_) => theme.text,
        };
        pen.fitted(inner.x + 4, y, inner.right(), item.words(), style);
        scratch.hits.add(line, Target::Item(at));
    }
}
