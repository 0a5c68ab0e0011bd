//! Windows over the screen, a file for each kind.

mod date;
mod following;
mod help;
mod mail;
mod messages;
mod new_chat;
mod openables;
pub mod picker;
mod picture;
mod search;

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::layer::Layer;
use crate::app::pointer::Target;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::widgets::frame;

/// Draws what lies over the screen, the one on top last.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    if state.layers.is_empty() {
        following::draw(pen, area, state, scratch);
    }
    for layer in &state.layers {
        match layer {
            // Asked in the footer.
            Layer::Confirm(_) | Layer::Doubt(_) => {}
            Layer::Choose(choose) => picker::draw(pen, area, &choose.picker, scratch),
            Layer::Mail(form) => mail::draw(pen, area, state, form, scratch),
            Layer::NewChat(chat) => new_chat::draw(pen, area, state, chat, scratch),
            Layer::Date(ask) => date::draw(pen, area, state, ask, scratch),
            Layer::Openables(window) => openables::draw(pen, area, window, scratch),
            Layer::Palette(it) => picker::draw(pen, area, &it.picker, scratch),
            Layer::Help(it) => help::draw(pen, area, it, scratch),
            Layer::Switch(it) => picker::draw(pen, area, &it.picker, scratch),
            Layer::Search(it) => search::draw(pen, area, it, state, scratch),
            Layer::Move(it) => picker::draw(pen, area, &it.picker, scratch),
            Layer::Theme(it, _) => picker::draw(pen, area, it, scratch),
            Layer::Messages(first) => messages::draw(pen, area, state, *first, scratch),
            Layer::Picture(viewer) => picture::draw(pen, area, state, viewer, scratch),
        }
    }
}

/// Empties a place in the middle, draws its border and gives what is inside.
pub fn open(
    pen: &mut Pen<'_>,
    area: Rect,
    width: u16,
    height: u16,
    title: &str,
    scratch: &mut Scratch,
) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    // A column of what is behind says nothing.
    let width = if area.width - width <= 2 {
        area.width
    } else {
        width
    };
    let place = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 3,
        width,
        height,
    };
    scratch.hits.add(pen.area, Target::Outside);
    scratch.cursor = None;
    pen.clear(place, pen.theme.window);
    frame::draw(pen, place, title, true);
    crate::app::layout::inside(place)
}
