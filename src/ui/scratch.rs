//! The memory of drawing: what lies where, and what was worked out. Losing it costs time and changes nothing.

use ratatui::layout::Rect;

use super::pictures::Pictures;
use super::widgets::thread::Blocks;
use crate::app::pointer::Target;
use crate::app::thread::Laid;

/// The memory of drawing.
#[derive(Debug, Default)]
pub struct Scratch {
    pub hits: Hits,
    pub pictures: Pictures,
    /// Where the terminal's cursor belongs; nowhere when nothing is typed.
    pub cursor: Option<(u16, u16)>,
    /// The first row of the text that is being written that is seen.
    pub composer_top: usize,
    /// How the conversation came to lie, when that was news.
    pub laid: Option<Laid>,
    /// The lines of the conversation.
    pub(super) blocks: Blocks,
}

/// What can be meant by a click, the last drawn on top.
#[derive(Debug, Default)]
pub struct Hits(Vec<(Rect, Target)>);

impl Hits {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn add(&mut self, area: Rect, target: Target) {
        if !area.is_empty() {
            self.0.push((area, target));
        }
    }

    /// What is under a cell.
    pub fn at(&self, x: u16, y: u16) -> Option<&Target> {
        let over = self
            .0
            .iter()
            .rev()
            .find(|(area, _)| area.contains((x, y).into()));
        over.map(|(_, target)| target)
    }
}
