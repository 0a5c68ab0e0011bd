//! Pictures as cells: those that were worked out, within bounds, and those that drawing misses.
//!
//! Drawing never waits for a picture: what is not here is noted as wanted and something else is drawn in its place.

use std::collections::HashMap;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use crate::model::inbox::{AttachmentKey, PictureOwner};

/// So much memory pictures may take.
const ROOM: usize = 16 << 20;
/// So many are kept at most, those included that are nowhere.
const MOST: usize = 4096;

/// How pictures reach the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Way {
    /// Not at all.
    #[default]
    Off,
    /// As coloured blocks.
    Blocks(Colours),
    Kitty,
    Sixel,
    Iterm2,
}

/// Which colours blocks may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colours {
    True,
    Indexed,
}

/// What the look of all pictures depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Medium {
    pub way: Way,
    /// Pixels of a cell, across and down.
    pub cell: (u16, u16),
    /// What is seen through where a picture is transparent.
    pub back: [u8; 3],
    /// Between the program and the terminal stands a multiplexer that must be told to pass pictures on.
    pub wrapped: bool,
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Of {
    /// Somebody; the picture is cut so that it fills its place.
    Face(PictureOwner),
    /// A file of a message; all of it is shown.
    File(AttachmentKey),
}

/// A picture for a place of so many cells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wanted {
    pub of: Of,
    pub width: u16,
    pub height: u16,
}

/// A picture as cells, not larger than its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawn {
    pub width: u16,
    pub height: u16,
    pub cells: Vec<Cell>,
    /// What the terminal calls it, where it was sent beforehand.
    pub id: Option<u32>,
}

impl Drawn {
    fn size(&self) -> usize {
        let words = self.cells.iter().map(|it| it.symbol().len());
        self.cells.len() * size_of::<Cell>() + words.sum::<usize>() + size_of::<Kept>()
    }
}

#[derive(Debug)]
struct Kept {
    /// Nothing where there is no picture, or none that can be shown.
    drawn: Option<Drawn>,
    bytes: usize,
    /// The frame in which it was last looked at.
    used: u64,
}

/// All pictures that were worked out for the screen.
#[derive(Debug, Default)]
pub struct Pictures {
    medium: Medium,
    known: HashMap<Wanted, Kept>,
    bytes: usize,
    frame: u64,
    wanted: Vec<Wanted>,
    /// Where the terminal's own graphics lie in this frame.
    placed: Vec<Rect>,
    /// What the terminal can forget.
    dropped: Vec<u32>,
}

impl Pictures {
    /// How pictures are drawn now.
    pub fn medium(&self) -> Medium {
        self.medium
    }

    /// Changes how pictures are drawn; those of before are of no use then.
    pub fn set_medium(&mut self, medium: Medium) {
        if self.medium != medium {
            self.forget_all();
            self.medium = medium;
        }
    }

    /// Forgets all pictures, for a terminal that may have forgotten them as well.
    pub fn forget_all(&mut self) {
        let known = self.known.drain().filter_map(|(_, it)| it.drawn?.id);
        self.dropped.extend(known);
        self.bytes = 0;
    }

    /// Forgets where there was no picture: there may be one now.
    pub fn forget_missing(&mut self) {
        self.known.retain(|_, it| it.drawn.is_some());
        self.bytes = self.known.values().map(|it| it.bytes).sum();
    }

    /// Takes in a picture, or that there is none. What was not looked at for the longest time makes room.
    pub fn put(&mut self, wanted: Wanted, drawn: Option<Drawn>) {
        let bytes = drawn
            .as_ref()
            .map_or(size_of::<Kept>(), Drawn::size)
            .saturating_add(size_of::<Wanted>());
        self.drop(&wanted);
        self.bytes += bytes;
        let used = self.frame;
        self.known.insert(wanted, Kept { drawn, bytes, used });
        while self.bytes > ROOM || self.known.len() > MOST {
            let oldest = self.known.iter().min_by_key(|(_, it)| it.used);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            self.drop(&oldest);
        }
    }

    fn drop(&mut self, wanted: &Wanted) {
        if let Some(kept) = self.known.remove(wanted) {
            self.bytes = self.bytes.saturating_sub(kept.bytes);
            self.dropped.extend(kept.drawn.and_then(|it| it.id));
        }
    }

    /// What the terminal need not remember any longer.
    pub fn take_dropped(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.dropped)
    }

    /// What the last frame missed.
    pub fn take_wanted(&mut self) -> Vec<Wanted> {
        std::mem::take(&mut self.wanted)
    }

    /// A frame begins.
    pub fn begin(&mut self) {
        self.frame += 1;
        self.placed.clear();
        self.wanted.clear();
    }

    /// Whether a picture cannot be drawn, as far as is known.
    pub fn is_nothing(&self, wanted: &Wanted) -> bool {
        self.known.get(wanted).is_some_and(|it| it.drawn.is_none())
    }

    /// Cells that a picture takes; nothing while it is not here.
    pub fn size(&mut self, wanted: &Wanted) -> Option<(u16, u16)> {
        self.find(wanted).map(|it| (it.width, it.height))
    }

    /// The picture, or a note that it is wanted.
    fn find(&mut self, wanted: &Wanted) -> Option<&Drawn> {
        if self.medium.way == Way::Off || wanted.width == 0 || wanted.height == 0 {
            return None;
        }
        let Some(kept) = self.known.get_mut(wanted) else {
            if !self.wanted.contains(wanted) {
                self.wanted.push(wanted.clone());
            }
            return None;
        };
        kept.used = self.frame;
        kept.drawn.as_ref()
    }

    /// Draws a picture from one of its lines on, and gives whether it could.
    pub fn draw(&mut self, pen: &mut Pen<'_>, (x, y): (u16, u16), skip: u16, of: &Wanted) -> bool {
        if pen.theme.ascii || pen.theme.plain {
            return false;
        }
        let (way, back) = (self.medium.way, pen.theme.back);
        let Some(drawn) = self.find(of) else {
            return false;
        };
        let lines = drawn.height.saturating_sub(skip);
        let place = Rect::new(x, y, drawn.width, lines);
        let seen = place.intersection(pen.area);
        let is_graphic = !matches!(way, Way::Blocks(_));
        // Kitty can leave lines out, the others know whole pictures only.
        let fits = match way {
            Way::Kitty => seen.width == place.width,
            _ => seen == place && skip == 0,
        };
        if seen.is_empty() || is_graphic && !fits {
            return false;
        }
        let wide = usize::from(drawn.width);
        let rows = drawn.cells.chunks(wide.max(1)).skip(skip.into());
        for (y, row) in (y..seen.bottom()).zip(rows) {
            for (x, cell) in (x..seen.right()).zip(row) {
                pen.set(x, y, cell, back);
            }
        }
        if is_graphic {
            self.placed.push(seen);
        }
        true
    }

    /// Takes back graphics that something was drawn over: the terminal would show the rest of them beside it.
    pub fn settle(&self, buf: &mut Buffer, back: Style) {
        for place in &self.placed {
            let is_whole = place
                .positions()
                .all(|at| buf.cell(at).is_some_and(is_graphic));
            if is_whole {
                continue;
            }
            for at in place.positions() {
                if let Some(cell) = buf.cell_mut(at).filter(|it| is_graphic(it)) {
                    cell.reset();
                    cell.set_style(back);
                }
            }
        }
    }
}

fn is_graphic(cell: &Cell) -> bool {
    cell.diff_option != CellDiffOption::None
}

#[cfg(test)]
mod tests;
