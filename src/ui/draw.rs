//! A frame: the bar, the screen, the footer, and whatever lies over them.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::scratch::Scratch;
use super::screens::inbox;
use super::theme::Theme;
use super::widgets::{bar, footer};
use super::windows;
use crate::app::State;
use crate::app::layout::SMALLEST;

/// Draws the state.
pub fn draw(state: &State, scratch: &mut Scratch, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), area, theme);
    scratch.hits.clear();
    scratch.pictures.begin();
    pen.paint(area, theme.back);
    if area.width < SMALLEST.width || area.height < SMALLEST.height {
        too_small(&mut pen, area);
        return;
    }
    let areas = state.areas();
    bar::draw(&mut pen, areas.bar, state, scratch);
    inbox::draw(&mut pen, &areas, state, scratch);
    footer::draw(&mut pen, areas.footer, state, scratch);
    windows::draw(&mut pen, areas.body, state, scratch);
    scratch.pictures.settle(frame.buffer_mut(), theme.back);
}

fn too_small(pen: &mut Pen<'_>, area: Rect) {
    let text = format!("onebox needs {} x {}", SMALLEST.width, SMALLEST.height);
    pen.text(area.x, area.y + area.height / 2, &text, pen.theme.warn);
}
