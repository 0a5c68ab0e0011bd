//! All that onebox has said, the latest first.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::toast::Tone;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::{text, when};

/// Draws the list from its so-manieth row on.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, first: usize, scratch: &mut Scratch) {
    let inner = super::open(
        pen,
        area,
        area.width.min(90),
        area.height.min(24),
        "Messages",
        scratch,
    );
    let theme = pen.theme;
    if state.toasts.all().len() == 0 {
        pen.text(inner.x + 1, inner.y, "Nothing was said yet.", theme.muted);
    }
    let mut y = inner.y;
    for toast in state.toasts.all().skip(first) {
        let style = match toast.tone {
            Tone::Plain => theme.text,
            Tone::Good => theme.ok,
            Tone::Bad => theme.error,
        };
        let x = pen.text(
            inner.x + 1,
            y,
            &when::clock(toast.at, &state.settings),
            theme.faint,
        );
        let room = inner.right().saturating_sub(x + 3);
        for part in text::wrap(&toast.text, room, 6) {
            if y >= inner.bottom() {
                return;
            }
            let line = toast.text.get(part).unwrap_or_default();
            pen.text(x + 2, y, line, style);
            y += 1;
        }
    }
}
