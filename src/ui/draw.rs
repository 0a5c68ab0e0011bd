//! A frame: the bar, the screen, the footer, and whatever lies over them.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::scratch::Scratch;
use super::screens::{accounts, inbox};
use super::theme::Theme;
use super::widgets::{bar, footer};
use super::windows;
use crate::app::layout::SMALLEST;
use crate::app::{Screen, State};

/// Draws the state.
pub fn draw(state: &State, scratch: &mut Scratch, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), area, theme);
    scratch.hits.clear();
    scratch.pictures.begin();
    scratch.cursor = None;
    pen.paint(area, theme.back);
    if area.width < SMALLEST.width || area.height < SMALLEST.height {
        too_small(&mut pen, area);
        return;
    }
    let areas = state.areas();
    bar::draw(&mut pen, areas.bar, state, scratch);
    match state.screen {
        Screen::Inbox => inbox::draw(&mut pen, &areas, state, scratch),
        Screen::Accounts => accounts::draw(&mut pen, areas.body, state, scratch),
    }
    footer::draw(&mut pen, areas.footer, state, scratch);
    windows::draw(&mut pen, areas.body, state, scratch);
    scratch.pictures.settle(frame.buffer_mut(), theme.back);
    if let Some(cursor) = scratch.cursor {
        frame.set_cursor_position(cursor);
    }
}

fn too_small(pen: &mut Pen<'_>, area: Rect) {
    let text = format!("onebox needs {} x {}", SMALLEST.width, SMALLEST.height);
    pen.text(area.x, area.y + area.height / 2, &text, pen.theme.warn);
}
