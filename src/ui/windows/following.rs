//! What may follow the keys that were pressed so far, in the corner.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::pointer::Target;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;
use crate::ui::widgets::frame;

/// Draws the window, if a sequence of keys has begun.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    if state.begun.is_empty() {
        return;
    }
    let settings = &state.settings;
    let following = settings.keymap.following(&state.begun, state.contexts());
    let begun: Vec<String> = state
        .begun
        .iter()
        .map(|it| it.label(settings.ascii))
        .collect();
    let rows: Vec<_> = following
        .into_iter()
        .map(|(key, command)| (key.label(settings.ascii), command))
        .collect();
    let widest = rows.iter().map(|(_, it)| text::width(it.row().says)).max();
    let keys = rows.iter().map(|(key, _)| text::width(key)).max();
    let keys = keys.unwrap_or(1);
    let width = widest.unwrap_or(0).saturating_add(keys + 6).min(area.width);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let height = height.saturating_add(2).min(area.height);
    let place = Rect {
        x: area.right().saturating_sub(width),
        y: area.bottom().saturating_sub(height),
        width,
        height,
    };
    pen.clear(place, pen.theme.window);
    frame::draw(pen, place, &begun.join(" "), true);
    let inner = crate::app::layout::inside(place);
    let theme = pen.theme;
    for (y, (key, command)) in (inner.y..inner.bottom()).zip(rows) {
        pen.text(inner.x + 1, y, &key, theme.focus);
        let x = inner.x + keys + 3;
        pen.fitted(x, y, inner.right(), command.row().says, theme.text);
        let row = Rect::new(inner.x, y, inner.width, 1);
        scratch.hits.add(row, Target::Command(command));
    }
}
