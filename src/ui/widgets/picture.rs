//! A picture of a message: in its place in the conversation, or wherever there is more room.

use ratatui::layout::Rect;

use crate::model::inbox::{AttachmentKey, StoredAttachment};
use crate::ui::pen::Pen;
use crate::ui::pictures::{Of, Pictures, Wanted};
use crate::ui::text;

/// In a conversation no picture is wider or higher.
const WIDEST: u16 = 44;
const HIGHEST: u16 = 12;
/// A sticker is smaller.
const STICKER: u16 = 6;

/// The cells a picture takes in a conversation, so far as is known before it is unpacked. A cell is twice as high as
/// wide.
pub fn room(file: &StoredAttachment, width: u16) -> (u16, u16) {
    let sticker = file.kind == "img" && file.variant;
    let highest = if sticker { STICKER } else { HIGHEST };
    let widest = width.min(if sticker { STICKER * 2 } else { WIDEST });
    let sides = file.width.zip(file.height);
    let Some((wide, high)) = sides.filter(|(wide, high)| *wide > 0 && *high > 0) else {
        return (widest, highest.min(widest / 2).max(1));
    };
    let scaled = |length: u16, by: u64, over: u64| {
        let scaled = u64::from(length).saturating_mul(by).div_ceil(over.max(1));
        u16::try_from(scaled).unwrap_or(u16::MAX).max(1)
    };
    let high_then = scaled(widest, high, wide.saturating_mul(2));
    if high_then <= highest {
        (widest, high_then)
    } else {
        (
            scaled(highest, wide.saturating_mul(2), high).min(widest),
            highest,
        )
    }
}

/// What a place of so many cells shows.
fn wanted(key: &AttachmentKey, (width, height): (u16, u16)) -> Wanted {
    Wanted {
        of: Of::File(key.clone()),
        width,
        height,
    }
}

/// Draws a picture in the upper left of its place, from one of its lines on.
pub fn draw(
    pen: &mut Pen<'_>,
    (x, y): (u16, u16),
    skip: u16,
    room: (u16, u16),
    key: &AttachmentKey,
    pictures: &mut Pictures,
) {
    let wanted = wanted(key, room);
    if pictures.draw(pen, (x, y), skip, &wanted) {
        return;
    }
    // Something stands for what does not come, or does not fit.
    let theme = pen.theme;
    let words = if pictures.is_nothing(&wanted) {
        "it cannot be shown"
    } else {
        ""
    };
    let last = y.saturating_add(room.1.saturating_sub(skip));
    for row in y..last.min(pen.area.bottom()) {
        pen.text(x, row, "┆", theme.faint);
    }
    pen.fitted(x + 2, y, x + room.0, words, theme.faint);
}

/// Draws a picture in the middle of a place, or words about it.
pub fn draw_middle(
    pen: &mut Pen<'_>,
    place: Rect,
    key: &AttachmentKey,
    waiting: &str,
    pictures: &mut Pictures,
) {
    let wanted = wanted(key, (place.width, place.height));
    if let Some((width, height)) = pictures.size(&wanted) {
        let x = place.x + place.width.saturating_sub(width) / 2;
        let y = place.y + place.height.saturating_sub(height) / 2;
        if pictures.draw(pen, (x, y), 0, &wanted) {
            return;
        }
    }
    let words = if pictures.is_nothing(&wanted) {
        "This picture cannot be shown: it is broken, too large, or of a kind onebox does not know."
    } else {
        waiting
    };
    let lines = text::wrap(words, place.width.saturating_sub(4), 4);
    let first = place.y + place.height / 2;
    for (y, line) in (first..place.bottom()).zip(lines) {
        let line = words.get(line).unwrap_or_default();
        let x = place.x + place.width.saturating_sub(text::width(line)) / 2;
        pen.text(x, y, line, pen.theme.muted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(size: Option<(u64, u64)>, variant: bool) -> StoredAttachment {
        StoredAttachment {
            id: "a".into(),
            kind: "img".to_owned(),
            name: None,
            mime: None,
            size: None,
            width: size.map(|it| it.0),
            height: size.map(|it| it.1),
            duration: None,
            variant,
            unavailable: false,
            cid: None,
        }
    }

    #[test]
    fn a_picture_keeps_its_proportions_and_never_takes_more_than_its_room() {
        assert_eq!(room(&file(Some((1600, 800)), false), 60), (44, 11));
        assert_eq!(room(&file(Some((800, 1600)), false), 60), (12, 12));
        assert_eq!(room(&file(Some((512, 512)), true), 60), (12, 6));
        assert_eq!(room(&file(None, false), 60), (44, 12));
        let odd = [0, 1, 2, 4000, u64::MAX];
        for (wide, high) in odd.iter().flat_map(|wide| odd.map(|high| (*wide, high))) {
            for width in 1..80 {
                let (columns, rows) = room(&file(Some((wide, high)), false), width);
                assert!((1..=width.min(WIDEST)).contains(&columns));
                assert!((1..=HIGHEST).contains(&rows));
            }
        }
    }
}
