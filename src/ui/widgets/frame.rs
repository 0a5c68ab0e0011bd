//! The border of a pane or a window, with its title.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::ui::pen::Pen;

/// Draws a rounded border and a title in it; gives the column behind the title. Without boxes, only the title is drawn.
pub fn draw(pen: &mut Pen<'_>, area: Rect, title: &str, focused: bool) -> u16 {
    let theme = pen.theme;
    let line = if focused { theme.focus } else { theme.border };
    if !theme.plain {
        border(pen, area, line);
    }
    let style = if focused { theme.strong } else { theme.muted };
    if title.is_empty() || area.width < 6 {
        return area.x.saturating_add(2);
    }
    let end = area.right().saturating_sub(2);
    let x = pen.text(area.x + 2, area.y, " ", style);
    let x = pen.fitted(x, area.y, end.saturating_sub(1), title, style);
    pen.text(x, area.y, " ", style)
}

fn border(pen: &mut Pen<'_>, area: Rect, style: Style) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    for y in [area.y, bottom] {
        pen.rule(area.x + 1, y, right, "─", style);
    }
    for y in area.y + 1..bottom {
        pen.text(area.x, y, "│", style);
        pen.text(right, y, "│", style);
    }
    for (x, y, corner) in [
        (area.x, area.y, "╭"),
        (right, area.y, "╮"),
        (area.x, bottom, "╰"),
        (right, bottom, "╯"),
    ] {
        pen.text(x, y, corner, style);
    }
}
