//! The right pane: the conversation.

use ratatui::layout::Rect;

use crate::app::layout::inside;
use crate::app::pointer::Target;
use crate::app::thread::{Laid, Thread};
use crate::app::{Pane, State};
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::{text, when};

use super::{composer, frame};

/// Draws the pane.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    let focused = matches!(state.focus, Pane::Thread | Pane::Compose);
    let title = state
        .thread
        .as_ref()
        .map(|it| it.conversation.title.as_str());
    frame::draw(pen, area, title.unwrap_or_default(), focused);
    scratch.hits.add(area, Target::Pane(Pane::Thread));
    let Some(thread) = &state.thread else {
        return;
    };
    let mut inner = inside(area);
    let below = composer::height(state, inner);
    inner.height -= below;
    let laid = lines(&mut pen.part(inner), inner, thread, state);
    if laid != scratch.last_laid {
        scratch.last_laid = laid;
        scratch.laid = Some(laid);
    }
    let lines = Rect {
        y: inner.bottom(),
        height: below,
        ..inner
    };
    composer::draw(pen, lines, state, scratch);
}

fn lines(pen: &mut Pen<'_>, inner: Rect, thread: &Thread, state: &State) -> Laid {
    let theme = pen.theme;
    let mut lines: Vec<(String, ratatui::style::Style)> = Vec::new();
    for entry in &thread.entries {
        let who = if entry.own {
            "You"
        } else {
            entry.sender_name.as_deref().unwrap_or("")
        };
        let at = when::short(entry.key.time(), state.now, &state.settings);
        lines.push((format!("{who}  {at}"), theme.strong));
        for part in text::wrap(&entry.text, inner.width, 2000) {
            lines.push((
                entry.text.get(part).unwrap_or_default().to_owned(),
                theme.text,
            ));
        }
        lines.push((String::new(), theme.text));
    }
    let height = usize::from(inner.height);
    let skip = lines.len().saturating_sub(height);
    for (row, (line, style)) in lines.iter().skip(skip).enumerate() {
        pen.text(
            inner.x,
            inner.y + u16::try_from(row).unwrap_or(u16::MAX),
            line,
            *style,
        );
    }
    Laid {
        conversation: Some(thread.key()),
        height: inner.height,
        ..Laid::default()
    }
}
