//! The inbox: views and accounts, the list, the conversation.

use crate::app::State;
use crate::app::layout::Areas;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::widgets::{list, places, thread};

/// Draws the panes that have room.
pub fn draw(pen: &mut Pen<'_>, areas: &Areas, state: &State, scratch: &mut Scratch) {
    if let Some(area) = areas.places {
        places::draw(&mut pen.part(area), area, state, scratch);
    }
    if let Some(area) = areas.list {
        list::draw(&mut pen.part(area), area, state, scratch);
    }
    if let Some(area) = areas.thread {
        thread::draw(&mut pen.part(area), area, state, scratch);
    }
}
