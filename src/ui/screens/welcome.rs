//! The welcome: two ways in, and the form of the log-in.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::pointer::Target;
use crate::app::welcome::{Step, Welcome};
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;
use crate::ui::theme::Theme;
use crate::ui::widgets::frame;

const CHOICES: [(&str, &str, &str); 3] = [
    (
        "d",
        "Look around",
        "an inbox of invented people; nothing leaves this machine",
    ),
    (
        "l",
        "Log in",
        "with the address and the access token of your Unipile",
    ),
    ("q", "Quit", ""),
];

/// Draws the welcome.
pub fn draw(welcome: &Welcome, scratch: &mut Scratch, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), area, theme);
    scratch.hits.clear();
    pen.paint(area, theme.back);
    let width = area.width.saturating_sub(2).min(76);
    let height = area.height.min(15);
    let place = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 3,
        width,
        height,
    };
    let mut pen = pen.part(place);
    pen.text(place.x + 1, place.y, " onebox ", theme.badge);
    let about = "One inbox for everything, in the terminal.";
    pen.fitted(place.x + 11, place.y, place.right(), about, theme.muted);
    let below = Rect {
        y: place.y + 2,
        height: place.height.saturating_sub(2),
        ..place
    };
    match welcome.step {
        Step::Choices => choices(&mut pen, below, welcome, scratch),
        Step::Form | Step::Checking => form(&mut pen, below, welcome, scratch),
    }
}

fn choices(pen: &mut Pen<'_>, area: Rect, welcome: &Welcome, scratch: &mut Scratch) {
    let theme = pen.theme;
    for (at, (key, name, about)) in CHOICES.into_iter().enumerate() {
        let y = area.y + u16::try_from(at * 2).unwrap_or(u16::MAX);
        if y >= area.bottom() {
            return;
        }
        let line = Rect::new(area.x, y, area.width, 1);
        if at == welcome.at {
            pen.paint(line, theme.selected);
            pen.text(area.x, y, "▌", theme.focus);
        }
        pen.text(area.x + 2, y, key, theme.focus);
        let next = pen.text(area.x + 5, y, name, theme.strong);
        pen.fitted(
            next + 2,
            y,
            area.right().saturating_sub(1),
            about,
            theme.muted,
        );
        scratch.hits.add(line, Target::Item(at));
    }
}

fn form(pen: &mut Pen<'_>, area: Rect, welcome: &Welcome, scratch: &mut Scratch) {
    let theme = pen.theme;
    let checking = welcome.step == Step::Checking;
    let token = "•".repeat(welcome.token.0.chars().count());
    let fields = [
        (
            "Address",
            &welcome.address,
            "such as api27.unipile.com:15796",
        ),
        (
            "Access token",
            &token,
            "from your Unipile dashboard; it stays hidden",
        ),
    ];
    for (at, (name, value, hint)) in fields.into_iter().enumerate() {
        let y = area.y + u16::try_from(at * 3).unwrap_or(u16::MAX);
        let place = Rect::new(area.x, y, area.width, 3);
        let has_keys = at == welcome.at && !checking;
        frame::draw(pen, place, name, has_keys);
        let (x, end) = (place.x + 2, place.right().saturating_sub(2));
        if value.is_empty() {
            pen.fitted(x + 1, y + 1, end, hint, theme.faint);
        }
        // The end of what is typed is what matters.
        let room = end.saturating_sub(x + 1);
        let mut shown = value.as_str();
        while text::width(shown) > room {
            let next = shown.chars().next().map_or(1, char::len_utf8);
            shown = shown.get(next..).unwrap_or_default();
        }
        let next = pen.within(x, y + 1, end, shown, theme.text);
        if has_keys {
            pen.text(next, y + 1, "▏", theme.focus);
        }
        scratch.hits.add(place, Target::Item(at));
    }
    let y = area.y + 7;
    if checking {
        let line = format!("◌ knocking at {} …", welcome.address.trim());
        pen.fitted(area.x + 2, y, area.right(), &line, theme.focus);
    } else if let Some(problem) = &welcome.problem {
        let parts = text::wrap(problem, area.width.saturating_sub(4), 4);
        for (y, part) in (y..area.bottom().saturating_sub(1)).zip(parts) {
            let line = problem.get(part).unwrap_or_default();
            pen.text(area.x + 2, y, line, theme.error);
        }
    }
    let keys = "Enter log in · Tab other field · Esc back";
    let y = area.bottom().saturating_sub(1);
    pen.fitted(area.x + 2, y, area.right(), keys, theme.muted);
}
