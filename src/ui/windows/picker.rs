//! A line to type in, and below it the items that fit, with the letters that were typed made bright.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::input::Input;
use crate::app::picker::{Item, Picker};
use crate::app::pointer::Target;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;

/// Draws the picker as a window in the middle.
pub fn draw(pen: &mut Pen<'_>, area: Rect, picker: &Picker, scratch: &mut Scratch) {
    let (width, height) = (area.width.min(78), area.height.min(20));
    let inner = super::open(pen, area, width, height, &picker.title, scratch);
    inside(pen, inner, picker, scratch);
}

/// Draws the picker into a place there is.
pub fn inside(pen: &mut Pen<'_>, inner: Rect, picker: &Picker, scratch: &mut Scratch) {
    let theme = pen.theme;
    if inner.height < 2 || inner.width < 6 {
        return;
    }
    let x = pen.text(inner.x + 1, inner.y, "› ", theme.focus);
    let count = format!("{}", picker.matches.len());
    let end = pen.right(inner.right() - 1, inner.y, &count, theme.faint);
    line(
        pen,
        Rect::new(x, inner.y, end.saturating_sub(x + 1), 1),
        &picker.input,
        &picker.hint,
        scratch,
    );
    pen.rule(inner.x, inner.y + 1, inner.right(), "─", theme.border);
    let list = Rect {
        y: inner.y + 2,
        height: inner.height - 2,
        ..inner
    };
    if picker.matches.is_empty() {
        pen.fitted(
            list.x + 1,
            list.y,
            list.right(),
            &picker.nothing,
            theme.muted,
        );
    }
    rows(pen, list, picker, scratch);
}

/// Draws a line that is being typed and sets the terminal's cursor into it; the part around the cursor when it is long.
pub fn line(pen: &mut Pen<'_>, area: Rect, input: &Input, hint: &str, scratch: &mut Scratch) {
    if area.is_empty() {
        return;
    }
    if input.is_empty() {
        pen.fitted(area.x, area.y, area.right(), hint, pen.theme.faint);
    }
    let mut from = 0;
    while text::width(input.before().get(from..).unwrap_or_default()) >= area.width {
        let rest = input.before().get(from..).unwrap_or_default();
        let Some(first) = rest.graphemes(true).next() else {
            break;
        };
        from += first.len();
    }
    let shown = input.text().get(from..).unwrap_or_default();
    pen.within(area.x, area.y, area.right(), shown, pen.theme.strong);
    let before = text::width(input.before().get(from..).unwrap_or_default());
    scratch.cursor = Some((area.x + before, area.y));
}

/// Draws as many of the matches as there is room for, the one under the cursor among them.
pub fn rows(pen: &mut Pen<'_>, area: Rect, picker: &Picker, scratch: &mut Scratch) {
    let room = usize::from(area.height);
    let most = picker.matches.len().saturating_sub(room);
    let first = (picker.selected + 1 + room / 4)
        .saturating_sub(room)
        .min(most);
    for (at, (item, letters)) in picker.rows(first, room).into_iter().enumerate() {
        let y = area.y + u16::try_from(at).unwrap_or(u16::MAX);
        let row = Rect::new(area.x, y, area.width, 1);
        if first + at == picker.selected {
            pen.paint(row, pen.theme.selected);
            pen.text(area.x, y, "▌", pen.theme.focus);
        }
        one(pen, row, item, &letters);
        scratch.hits.add(row, Target::Item(first + at));
    }
}

fn one(pen: &mut Pen<'_>, row: Rect, item: &Item, letters: &[u32]) {
    let theme = pen.theme;
    let mut end = row.right().saturating_sub(1);
    if !item.key.is_empty() {
        end = pen
            .right(end, row.y, &item.key, theme.focus)
            .saturating_sub(1);
    }
    let mut x = row.x + 2;
    let label = text::cut(&item.label, end.saturating_sub(x));
    for (at, letter) in (0_u32..).zip(label.graphemes(true)) {
        let style = if letters.contains(&at) {
            theme.focus
        } else {
            theme.text
        };
        x = pen.within(x, row.y, end, letter, style);
    }
    if !item.detail.is_empty() && x + 3 < end {
        pen.fitted(x + 2, row.y, end, &item.detail, theme.muted);
    }
}
