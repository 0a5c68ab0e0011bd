//! Where the panes are, for every size of the screen.

use ratatui::layout::Rect;

use super::state::Pane;

/// Cells across and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

/// Below this there is nothing but a line that says so.
pub const SMALLEST: Size = Size {
    width: 40,
    height: 10,
};

/// From here on there are three panes.
const THREE: u16 = 100;
/// From here on there are two.
const TWO: u16 = 70;
/// The least a pane can be dragged to.
const NARROWEST: u16 = 16;

/// How wide the user has dragged the panes; absent is what suits the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Widths {
    pub places: Option<u16>,
    pub list: Option<u16>,
}

/// The panes with their borders. One that is absent has no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    pub bar: Rect,
    pub places: Option<Rect>,
    pub list: Option<Rect>,
    pub thread: Option<Rect>,
    /// All of the panes together.
    pub body: Rect,
    pub footer: Rect,
}

/// Divides the screen.
pub fn areas(size: Size, focus: Pane, widths: Widths) -> Areas {
    let body = Rect::new(0, 1, size.width, size.height.saturating_sub(2));
    let mut areas = Areas {
        bar: Rect::new(0, 0, size.width, 1.min(size.height)),
        body,
        footer: Rect::new(
            0,
            size.height.saturating_sub(1),
            size.width,
            1.min(size.height),
        ),
        ..Areas::default()
    };
    if size.width >= THREE {
        let places = bounded(widths.places, size.width / 5, 20, 26, size.width);
        let left = size.width - places;
        let list = bounded(widths.list, left * 9 / 20, 38, 56, left);
        let (first, rest) = split(body, places);
        let (second, third) = split(rest, list);
        areas.places = Some(first);
        areas.list = Some(second);
        areas.thread = Some(third);
    } else if size.width >= TWO {
        if focus == Pane::Places {
            let (first, second) = split(body, bounded(widths.places, 24, 20, 26, size.width));
            areas.places = Some(first);
            areas.list = Some(second);
        } else {
            let wide = size.width * 9 / 20;
            let (first, second) = split(body, bounded(widths.list, wide, 32, 44, size.width));
            areas.list = Some(first);
            areas.thread = Some(second);
        }
    } else {
        match focus {
            Pane::Places => areas.places = Some(body),
            Pane::List => areas.list = Some(body),
            Pane::Thread | Pane::Compose => areas.thread = Some(body),
        }
    }
    areas
}

/// The width the user wants, or the usual one within its bounds; both leave room for the next pane.
fn bounded(wanted: Option<u16>, usual: u16, least: u16, most: u16, room: u16) -> u16 {
    let wide = wanted.unwrap_or(usual.clamp(least, most));
    wide.clamp(
        NARROWEST.min(room),
        room.saturating_sub(NARROWEST).max(NARROWEST.min(room)),
    )
}

fn split(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    let left = Rect { width, ..area };
    let right = Rect {
        x: area.x.saturating_add(width),
        width: area.width - width,
        ..area
    };
    (left, right)
}

/// What is inside the border of a pane.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(1),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_cover_the_body_without_gap_or_overlap_at_every_size_and_width() {
        for width in 1..=220 {
            for (places, list) in [(None, None), (Some(1), Some(500)), (Some(60), Some(60))] {
                for focus in [Pane::Places, Pane::List, Pane::Thread, Pane::Compose] {
                    let size = Size { width, height: 30 };
                    let it = areas(size, focus, Widths { places, list });
                    let panes: Vec<Rect> = [it.places, it.list, it.thread]
                        .into_iter()
                        .flatten()
                        .collect();
                    let mut x = 0;
                    for pane in &panes {
                        assert_eq!(
                            (pane.x, pane.y, pane.height),
                            (x, 1, 28),
                            "{width} {focus:?}"
                        );
                        x += pane.width;
                    }
                    assert_eq!(x, width);
                    let count = if width >= THREE {
                        3
                    } else if width >= TWO {
                        2
                    } else {
                        1
                    };
                    assert_eq!(panes.len(), count);
                }
            }
        }
    }
}
