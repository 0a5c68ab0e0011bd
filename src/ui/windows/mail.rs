//! The window of a mail: a new one, or an answer over the whole screen.

use ratatui::layout::Rect;

use crate::app::compose::mail::{MailForm, window_width};
use crate::app::layer::Layer;
use crate::app::{Command, State};
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;
use crate::ui::widgets::mail_form;

/// The highest the window is, unless it is over the whole screen.
const HIGHEST: u16 = 28;

/// Draws the window.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, form: &MailForm, scratch: &mut Scratch) {
    let on_top = matches!(state.layers.last(), Some(Layer::Mail(_)));
    let width = window_width(area.width, form.wide);
    let height = if form.wide {
        area.height
    } else {
        area.height.min(HIGHEST)
    };
    let inner = super::open(pen, area, width, height, form.kind(), scratch);
    if inner.height < 5 {
        return;
    }
    let saved = if form.sheet.saved {
        " draft saved "
    } else {
        ""
    };
    pen.right(inner.right() - 1, inner.y - 1, saved, pen.theme.faint);
    let last = inner.bottom() - 1;
    hints(pen, inner, last, state);
    let body = Rect {
        height: inner.height - 1,
        ..inner
    };
    mail_form::body(pen, body, state, form, on_top, scratch);
}

fn hints(pen: &mut Pen<'_>, inner: Rect, y: u16, state: &State) {
    let theme = pen.theme;
    let mut x = inner.x + 1;
    for (command, word) in [
        (Command::Attach, "attach"),
        (Command::Editor, "editor"),
        (Command::SendLater, "later"),
        (Command::MailOptions, "options"),
        (Command::Leave, "keep draft"),
        (Command::Enlarge, "full width"),
        (Command::Discard, "throw away"),
    ] {
        let Some(key) = state.settings.keymap.key(command, theme.ascii) else {
            continue;
        };
        if x + text::width(&key) + text::width(word) + 2 > inner.right() {
            return;
        }
        x = pen.text(x, y, &key, theme.focus);
        x = pen.text(x + 1, y, word, theme.muted) + 2;
    }
}
