//! The inbox: views and accounts, the list, the conversation.

use ratatui::layout::Rect;

use crate::app::layout::Areas;
use crate::app::pointer::Target;
use crate::app::{Pane, State};
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
    // The border behind a pane can be dragged where another pane follows.
    let all = [
        (Pane::Places, areas.places, areas.list),
        (Pane::List, areas.list, areas.thread),
    ];
    for (pane, area, next) in all {
        if let (Some(area), Some(_)) = (area, next) {
            let x = area.right().saturating_sub(1);
            let border = Rect::new(x, area.y + 1, 2, area.height.saturating_sub(2));
            scratch.hits.add(border, Target::Border(pane));
        }
    }
}
