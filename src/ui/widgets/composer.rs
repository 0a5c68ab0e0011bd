//! The composer under the conversation.

use ratatui::layout::Rect;

use crate::app::State;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;

/// How many lines of the pane it takes, its border included.
pub fn height(_state: &State, _area: Rect) -> u16 {
    0
}

/// Draws it.
pub fn draw(_pen: &mut Pen<'_>, _area: Rect, _state: &State, _scratch: &mut Scratch) {}
