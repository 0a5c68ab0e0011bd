//! All keys, by what they are about; once something is typed, what fits best first.

use ratatui::layout::Rect;

use crate::app::command::About;
use crate::app::palette::Commands;
use crate::app::pointer::Target;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;

use super::picker;

/// From here on two columns stand side by side.
const TWO: u16 = 96;

/// A line of the list.
enum Line<'c> {
    Gap,
    Subject(About),
    /// By its place among the matches.
    Command(usize, &'c str, &'c str),
}

/// Draws the window.
pub fn draw(pen: &mut Pen<'_>, area: Rect, help: &Commands, scratch: &mut Scratch) {
    let picker = &help.picker;
    let width = area.width.min(120);
    let inner = super::open(pen, area, width, area.height, &picker.title, scratch);
    if inner.height < 3 || inner.width < 8 {
        return;
    }
    let x = pen.text(inner.x + 1, inner.y, "› ", pen.theme.focus);
    let input = Rect::new(x, inner.y, inner.right().saturating_sub(x + 1), 1);
    picker::line(pen, input, &picker.input, &picker.hint, scratch);
    pen.rule(inner.x, inner.y + 1, inner.right(), "─", pen.theme.border);
    let list = Rect {
        y: inner.y + 2,
        height: inner.height - 2,
        ..inner
    };
    if picker.matches.is_empty() {
        pen.text(list.x + 1, list.y, &picker.nothing, pen.theme.muted);
        return;
    }
    let lines = lines(help);
    let selected = lines
        .iter()
        .position(|it| matches!(it, Line::Command(at, ..) if *at == picker.selected));
    let selected = selected.unwrap_or(0);
    let height = usize::from(list.height);
    let columns = if list.width >= TWO && lines.len() > height {
        2
    } else {
        1
    };
    let page = height * usize::from(columns);
    let most = lines.len().saturating_sub(page);
    let first = (selected + 1 + height / 4).saturating_sub(page).min(most);
    let wide = list.width / columns;
    for (at, line) in lines.iter().skip(first).take(page).enumerate() {
        let (column, row) = (at / height, at % height);
        let place = Rect::new(
            list.x + wide * u16::try_from(column).unwrap_or(0),
            list.y + u16::try_from(row).unwrap_or(0),
            wide,
            1,
        );
        draw_line(pen, place, line, picker.selected, scratch);
    }
}

fn lines(help: &Commands) -> Vec<Line<'_>> {
    let picker = &help.picker;
    let grouped = picker.input.text().trim().is_empty();
    let mut lines = Vec::new();
    let mut subject = None;
    for (at, place) in picker.matches.iter().enumerate() {
        let Some(item) = picker.items.get(*place) else {
            continue;
        };
        let about = help.command(*place).map(|it| it.row().about);
        if grouped && about != subject {
            subject = about;
            if !lines.is_empty() {
                lines.push(Line::Gap);
            }
            lines.extend(about.map(Line::Subject));
        }
        lines.push(Line::Command(at, &item.key, &item.label));
    }
    lines
}

fn draw_line(
    pen: &mut Pen<'_>,
    place: Rect,
    line: &Line<'_>,
    selected: usize,
    scratch: &mut Scratch,
) {
    let theme = pen.theme;
    let keys = (place.width / 3).min(20);
    match line {
        Line::Gap => {}
        Line::Subject(about) => {
            pen.text(place.x + 2, place.y, about.title(), theme.strong);
        }
        Line::Command(at, key, says) => {
            if *at == selected {
                pen.paint(place, theme.selected);
                pen.text(place.x, place.y, "▌", theme.focus);
            }
            let x = place.x + keys;
            let key = text::cut(key, keys.saturating_sub(3));
            pen.right(x, place.y, &key, theme.focus);
            pen.fitted(x + 2, place.y, place.right() - 1, says, theme.text);
            scratch.hits.add(place, Target::Item(*at));
        }
    }
}
