//! A picture over the whole screen, with what is known of it.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::pictures::Viewer;
use crate::ui::pen::Pen;
use crate::ui::pictures::Way;
use crate::ui::scratch::Scratch;
use crate::ui::text;
use crate::ui::widgets::picture;

/// Draws the window.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, viewer: &Viewer, scratch: &mut Scratch) {
    let (Some(file), Some(key)) = (viewer.file(), viewer.key()) else {
        return;
    };
    let named = file
        .name
        .as_deref()
        .map(str::trim)
        .filter(|it| !it.is_empty());
    let title = named.unwrap_or("Picture");
    let inner = super::open(pen, area, area.width, area.height, title, scratch);
    let is_plain = pen.theme.ascii || pen.theme.plain;
    let words = if state.pictures.is_fetching(&key) {
        "The picture is being fetched…"
    } else if is_plain || scratch.pictures.medium().way == Way::Off {
        "Pictures cannot be drawn here. Save it to look at it elsewhere."
    } else {
        "One moment…"
    };
    if state.pictures.is_here(&key) {
        let pictures = &mut scratch.pictures;
        picture::draw_middle(pen, inner, &key, words, pictures);
    } else {
        let words = if state.pictures.is_fetching(&key) {
            words
        } else {
            "The picture is not here."
        };
        let x = inner.x + inner.width.saturating_sub(text::width(words)) / 2;
        let y = inner.y + inner.height / 2;
        pen.fitted(x, y, inner.right(), words, pen.theme.muted);
    }
    let mut facts = Vec::new();
    if let Some((width, height)) = file.width.zip(file.height) {
        facts.push(format!("{width} × {height}"));
    }
    facts.extend(file.size.map(crate::ui::widgets::thread::size));
    if viewer.files.len() > 1 {
        facts.push(format!("{} of {} · ← →", viewer.at + 1, viewer.files.len()));
    }
    let facts = format!(" {} ", facts.join(" · "));
    if facts.trim().is_empty() || area.height < 3 {
        return;
    }
    let end = area.right().saturating_sub(2);
    pen.right(end, area.bottom() - 1, &facts, pen.theme.muted);
}
