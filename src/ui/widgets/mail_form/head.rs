//! The head of a mail that is being written: from, to, copies, subject.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::review;
use crate::app::compose::mail::{Field, MailForm, Offer, People};
use crate::app::pointer::Target;
use crate::mail::address::{self, Named};
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;
use crate::ui::theme::badge;
use crate::ui::windows::picker;

/// Where the fields begin.
const LABEL: u16 = 9;
/// What is typed has so many cells.
const TYPED: u16 = 14;
/// So many lines a long list of people takes while one types into it.
const LINES: usize = 3;

/// Draws the fields that have room, and gives the row below them.
pub fn draw(
    pen: &mut Pen<'_>,
    area: Rect,
    form: &MailForm,
    on_top: bool,
    drop: &mut Option<u16>,
    scratch: &mut Scratch,
) -> u16 {
    let fields: Vec<Field> = form
        .fields()
        .into_iter()
        .filter(|it| *it != Field::Text)
        .collect();
    let count = u16::try_from(fields.len()).unwrap_or(u16::MAX);
    if count > area.height && (form.field == Field::Text || area.height < 2) {
        return summary(pen, area, form, on_top, drop, scratch);
    }
    // Where not all have room, those around the cursor have.
    let at = fields.iter().position(|it| *it == form.field).unwrap_or(0);
    let room = usize::from(area.height);
    let first = (at + 1).saturating_sub(room);
    let mut y = area.y;
    let mut spare = usize::from(area.height.saturating_sub(count));
    for field in fields.into_iter().skip(first) {
        if y >= area.bottom() {
            break;
        }
        let line = Rect::new(area.x + LABEL, y, area.width.saturating_sub(LABEL + 1), 1);
        y += one(pen, line, form, field, on_top, &mut spare, drop, scratch);
    }
    y
}

/// One line for all of it, where there is room for no more.
fn summary(
    pen: &mut Pen<'_>,
    area: Rect,
    form: &MailForm,
    on_top: bool,
    drop: &mut Option<u16>,
    scratch: &mut Scratch,
) -> u16 {
    let line = Rect { height: 1, ..area };
    if form.field != Field::Text {
        let line = Rect::new(
            area.x + LABEL,
            area.y,
            area.width.saturating_sub(LABEL + 1),
            1,
        );
        one(pen, line, form, form.field, on_top, &mut 0, drop, scratch);
        return area.y + 1;
    }
    scratch.hits.add(line, Target::MailField(Field::To));
    let end = area.right().saturating_sub(1);
    let x = pen.fitted(
        area.x + 1,
        area.y,
        end,
        &review::people(form),
        pen.theme.text,
    );
    pen.fitted(x + 2, area.y, end, form.subject.text(), pen.theme.muted);
    area.y + 1
}

/// Draws a field and gives how many lines it took.
#[expect(
    clippy::too_many_arguments,
    reason = "a line of the form knows its place and all that is noted on the way"
)]
fn one(
    pen: &mut Pen<'_>,
    area: Rect,
    form: &MailForm,
    field: Field,
    on_top: bool,
    spare: &mut usize,
    drop: &mut Option<u16>,
    scratch: &mut Scratch,
) -> u16 {
    let here = form.field == field;
    label(pen, area, name(field), here);
    scratch.hits.add(
        Rect {
            x: area.x - LABEL,
            width: area.width + LABEL,
            ..area
        },
        Target::MailField(field),
    );
    match field {
        Field::From => from(pen, area, form),
        Field::Subject => subject(pen, area, form, here && on_top, scratch),
        Field::To | Field::Cc | Field::Bcc => {
            let Some(all) = form.people(field) else {
                return 1;
            };
            if !here {
                rest(pen, area, form, field, all, scratch);
                return 1;
            }
            let lines = recipients(pen, area, field, all, *spare, on_top, scratch);
            *spare -= usize::from(lines - 1);
            if !all.offers.list.is_empty() {
                *drop = Some(area.y + lines);
            }
            return lines;
        }
        Field::Text => {}
    }
    1
}

fn name(field: Field) -> &'static str {
    match field {
        Field::From => "From",
        Field::To => "To",
        Field::Cc => "Cc",
        Field::Bcc => "Bcc",
        Field::Subject => "Subject",
        Field::Text => "",
    }
}

fn label(pen: &mut Pen<'_>, field: Rect, name: &str, here: bool) {
    let style = if here {
        pen.theme.focus
    } else {
        pen.theme.muted
    };
    pen.text(field.x.saturating_sub(LABEL) + 1, field.y, name, style);
}

fn from(pen: &mut Pen<'_>, area: Rect, form: &MailForm) {
    let theme = pen.theme;
    let Some(identity) = form.identity() else {
        return;
    };
    let mark = badge(&identity.provider);
    let x = pen.text(
        area.x,
        area.y,
        mark.trim_end(),
        theme.provider(&identity.provider),
    );
    let who = address::spelled(&identity.person);
    let x = pen.fitted(x + 1, area.y, area.right(), &who, theme.strong);
    let hint = match form.field {
        Field::From if form.identities.len() > 1 => "‹ › another address",
        _ => "",
    };
    if text::width(hint) + 2 <= area.right().saturating_sub(x) {
        pen.right(area.right(), area.y, hint, theme.faint);
    }
}

fn subject(pen: &mut Pen<'_>, area: Rect, form: &MailForm, types: bool, scratch: &mut Scratch) {
    let (cursor, end) = (scratch.cursor, area.right());
    if form.field == Field::Subject || form.subject.is_empty() {
        picker::line(pen, area, &form.subject, "what it is about", scratch);
    } else {
        pen.fitted(area.x, area.y, end, form.subject.text(), pen.theme.strong);
    }
    if !types {
        scratch.cursor = cursor;
    }
}

fn style(pen: &Pen<'_>, it: &Named) -> Style {
    if it.flaw.is_some() {
        pen.theme.error
    } else {
        pen.theme.text
    }
}

fn short(it: &Named) -> &str {
    it.person.name.as_deref().unwrap_or(&it.person.address)
}

/// Recipients nobody is typing at: as many as fit, with their addresses when all do.
fn rest(
    pen: &mut Pen<'_>,
    area: Rect,
    form: &MailForm,
    field: Field,
    all: &People,
    scratch: &mut Scratch,
) {
    let theme = pen.theme;
    if all.is_empty() {
        pen.fitted(area.x, area.y, area.right(), "nobody yet", theme.faint);
        return;
    }
    let whole: u16 = all
        .chips
        .iter()
        .map(|it| text::width(&address::spelled(&it.person)) + 2)
        .sum();
    let mut x = area.x;
    let mut left = all.chips.len();
    let copies = if field == Field::To && form.cc.is_empty() && form.bcc.is_empty() {
        "Tab: Cc, Bcc"
    } else {
        ""
    };
    for (at, it) in all.chips.iter().enumerate() {
        let words = if whole <= area.width {
            address::spelled(&it.person)
        } else {
            short(it).to_owned()
        };
        let more = if left > 1 { 5 } else { 0 };
        if at > 0 && x + text::width(&words) + more > area.right() {
            break;
        }
        let start = x;
        x = pen.fitted(x, area.y, area.right(), &words, style(pen, it));
        scratch.hits.add(
            Rect::new(start, area.y, x.saturating_sub(start), 1),
            Target::Recipient(field, at),
        );
        x += 2;
        left -= 1;
    }
    if left > 0 {
        pen.text(x, area.y, &format!("+{left}"), theme.muted);
    }
    let typed = all.input.text().trim();
    if !typed.is_empty() {
        pen.fitted(x, area.y, area.right(), typed, theme.warn);
    } else if left == 0 && x + text::width(copies) < area.right() && form.field == Field::Subject {
        pen.right(area.right(), area.y, copies, theme.faint);
    }
}

/// The line of recipients that is typed into: chips, on several lines where there is room, and what is typed behind them.
fn recipients(
    pen: &mut Pen<'_>,
    area: Rect,
    field: Field,
    all: &People,
    spare: usize,
    on_top: bool,
    scratch: &mut Scratch,
) -> u16 {
    let theme = pen.theme;
    let lines = laid(all, area.width);
    let most = (spare + 1).min(LINES);
    let first = lines.len().saturating_sub(most);
    let hidden: usize = lines.iter().take(first).map(Vec::len).sum();
    let (mut x, mut y) = (area.x, area.y);
    for (row, line) in lines.iter().skip(first).enumerate() {
        x = area.x;
        y = area.y + u16::try_from(row).unwrap_or(0);
        if row == 0 && hidden > 0 {
            x = pen.text(x, y, &format!("+{hidden} "), theme.muted);
        }
        for at in line {
            let Some(it) = all.chips.get(*at) else {
                continue;
            };
            let start = x;
            x = pen.fitted(
                x,
                y,
                area.right().saturating_sub(2),
                short(it),
                style(pen, it),
            );
            x = pen.text(x + 1, y, "✕", theme.faint);
            scratch.hits.add(
                Rect::new(start, y, x.saturating_sub(start), 1),
                Target::Recipient(field, *at),
            );
            x += 2;
        }
    }
    let end = match flaw(all) {
        Some(words) => {
            let wide = text::width(&words);
            let room = area
                .right()
                .saturating_sub(x + text::width(all.input.text()) + 3);
            if wide <= room {
                pen.right(area.right(), y, &words, theme.error)
                    .saturating_sub(2)
            } else {
                area.right()
            }
        }
        None => area.right(),
    };
    let hint = if all.chips.is_empty() {
        "a name, an address, or a whole list"
    } else {
        ""
    };
    let typed = Rect::new(x, y, end.saturating_sub(x), 1);
    let cursor = scratch.cursor;
    picker::line(pen, typed, &all.input, hint, scratch);
    if !on_top {
        scratch.cursor = cursor;
    }
    y + 1 - area.y
}

/// What is wrong with what is typed, or with the last one that was taken.
fn flaw(all: &People) -> Option<String> {
    if let Some(flaw) = all.flaw() {
        return Some(flaw.to_string());
    }
    let wrong = all.chips.iter().rev().find(|it| it.flaw.is_some())?;
    let flaw = wrong.flaw?;
    all.input
        .is_empty()
        .then(|| format!("{}: {flaw}", short(wrong)))
}

/// Which chips stand on which line; the last one has room to type.
fn laid(all: &People, width: u16) -> Vec<Vec<usize>> {
    let mut lines: Vec<Vec<usize>> = vec![Vec::new()];
    let mut taken = 0;
    let count = all.chips.len();
    for (at, it) in all.chips.iter().enumerate() {
        let wide = text::width(short(it)) + 4;
        let room = if at + 1 == count {
            width.saturating_sub(TYPED)
        } else {
            width
        };
        if taken + wide > room && taken > 0 {
            lines.push(Vec::new());
            taken = 0;
        }
        taken += wide;
        if let Some(line) = lines.last_mut() {
            line.push(at);
        }
    }
    if taken + TYPED > width && taken > 0 {
        lines.push(Vec::new());
    }
    lines
}

/// Whom the line may mean, over whatever is below it.
pub fn offers(pen: &mut Pen<'_>, area: Rect, y: u16, form: &MailForm, scratch: &mut Scratch) {
    let Some(all) = form.people(form.field) else {
        return;
    };
    let theme = pen.theme;
    let count = u16::try_from(all.offers.list.len()).unwrap_or(u16::MAX);
    let height = count.min(area.bottom().saturating_sub(y + 1));
    pen.clear(Rect { y, height, ..area }, theme.window);
    let x = area.x + LABEL - 2;
    let list = Rect::new(x, y, area.right().saturating_sub(x), height);
    let first = (all.offers.selected + 1).saturating_sub(usize::from(height));
    for (at, offer) in all
        .offers
        .list
        .iter()
        .enumerate()
        .skip(first)
        .take(usize::from(height))
    {
        let row = Rect {
            y: y + u16::try_from(at - first).unwrap_or(0),
            height: 1,
            ..list
        };
        if at == all.offers.selected {
            pen.paint(row, theme.selected);
            pen.text(row.x, row.y, "▌", theme.focus);
        }
        let (name, about) = match offer {
            Offer::Person(it) => match &it.name {
                Some(name) => (name.clone(), it.address.clone()),
                None => (it.address.clone(), String::new()),
            },
            Offer::Circle(it) => {
                let names: Vec<&str> = it
                    .people
                    .iter()
                    .map(|it| it.name.as_deref().unwrap_or(&it.address))
                    .collect();
                (
                    format!("everyone in «{}» ({})", it.title, it.people.len()),
                    names.join(", "),
                )
            }
        };
        let x = pen.fitted(row.x + 2, row.y, row.right(), &name, theme.text);
        pen.fitted(x + 2, row.y, row.right(), &about, theme.muted);
        scratch.hits.add(row, Target::Item(at));
    }
}
