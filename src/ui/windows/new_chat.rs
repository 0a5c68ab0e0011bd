//! The window for the first message to somebody.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::compose::new_chat::{Field, NewChat, WIDEST};
use crate::app::{Command, State};
use crate::model::account::Provider;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::theme::badge;
use crate::ui::widgets::composer;
use crate::ui::{text, windows::picker};

/// Where the fields begin.
const LABEL: u16 = 9;

/// Draws the window.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, chat: &NewChat, scratch: &mut Scratch) {
    let (width, height) = (area.width.min(WIDEST), area.height.min(22));
    let on_top = matches!(state.layers.last(), Some(crate::app::layer::Layer::NewChat(it)) if it.sheet.ticket == chat.sheet.ticket);
    let inner = super::open(pen, area, width, height, "New message", scratch);
    if inner.height < 6 {
        return;
    }
    scratch.cursor = None;
    let field = |y: u16| Rect::new(inner.x + LABEL, y, inner.width.saturating_sub(LABEL + 1), 1);
    let mut y = inner.y;
    from(pen, field(y), chat);
    y += 1;
    let to = field(y);
    recipients(pen, to, chat, on_top, scratch);
    y += 1;
    for part in chat.fields() {
        let area = field(y);
        match part {
            Field::Title => {
                label(pen, area, "Group", chat.field == part);
                line(
                    pen,
                    area,
                    &chat.title,
                    "a name for the group",
                    (chat, part, on_top),
                    scratch,
                );
            }
            Field::Inmail => {
                label(pen, area, "InMail", chat.field == part);
                inmail(pen, area, chat);
            }
            Field::Subject => {
                label(pen, area, "Subject", chat.field == part);
                line(
                    pen,
                    area,
                    &chat.subject,
                    "what it is about",
                    (chat, part, on_top),
                    scratch,
                );
            }
            Field::From | Field::To | Field::Text => continue,
        }
        y += 1;
    }
    let bottom = inner.bottom().saturating_sub(1);
    rule(pen, inner, y, chat);
    hints(pen, inner, bottom, state);
    y += 1;
    let files = composer::chips(&chat.sheet.files, inner.width - 2);
    let lines = u16::try_from(files.len().min(2)).unwrap_or(0);
    let words = Rect {
        x: inner.x + 1,
        y,
        width: inner.width - 2,
        height: bottom.saturating_sub(y + lines),
    };
    let focused = on_top && chat.field == Field::Text;
    composer::sheet(pen, words, &chat.sheet, focused, scratch);
    let below = Rect {
        y: words.bottom(),
        height: bottom.saturating_sub(words.bottom()),
        ..words
    };
    composer::chip_lines(pen, below, &files, scratch);
    if focused && let (Some(complete), Some((x, y))) = (&chat.sheet.complete, scratch.cursor) {
        composer::offers(pen, complete, x, y, scratch);
    }
    if chat.field == Field::To && on_top && !chat.people.input.is_empty() {
        meant(pen, inner, to.y + 1, chat, scratch);
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

fn line(
    pen: &mut Pen<'_>,
    area: Rect,
    input: &crate::app::input::Input,
    hint: &str,
    (chat, part, on_top): (&NewChat, Field, bool),
    scratch: &mut Scratch,
) {
    let cursor = scratch.cursor;
    picker::line(pen, area, input, hint, scratch);
    if chat.field != part || !on_top {
        scratch.cursor = cursor;
    }
}

fn from(pen: &mut Pen<'_>, area: Rect, chat: &NewChat) {
    let theme = pen.theme;
    label(pen, area, "From", chat.field == Field::From);
    let Some(sender) = chat.sender() else { return };
    let x = pen.text(
        area.x,
        area.y,
        badge(&sender.provider).trim_end(),
        theme.provider(&sender.provider),
    );
    let name = format!("{} ({})", sender.name, sender.provider.label());
    let x = pen.fitted(x + 1, area.y, area.right(), &name, theme.strong);
    if chat.accounts.len() < 2 {
        return;
    }
    let hint = match chat.field {
        Field::From => "‹ › another account",
        Field::To if chat.to.is_empty() => "Tab: another account",
        _ => "",
    };
    if text::width(hint) + 2 <= area.right().saturating_sub(x) {
        pen.right(area.right(), area.y, hint, theme.faint);
    }
}

fn recipients(pen: &mut Pen<'_>, area: Rect, chat: &NewChat, on_top: bool, scratch: &mut Scratch) {
    let theme = pen.theme;
    label(pen, area, "To", chat.field == Field::To);
    // The last ones are seen when there are many; the line always has room.
    let least = 16.min(area.width / 2);
    let room = area.width.saturating_sub(least);
    let mut from = chat.to.len();
    let mut taken = 0;
    while let Some(person) = from.checked_sub(1).and_then(|at| chat.to.get(at)) {
        let wide = text::width(&person.name) + 4;
        if taken + wide > room && taken > 0 {
            break;
        }
        taken += wide;
        from -= 1;
    }
    let mut x = area.x;
    if from > 0 {
        x = pen.text(x, area.y, &format!("+{from} "), theme.muted);
    }
    for person in chat.to.iter().skip(from) {
        x = pen.fitted(x, area.y, area.x + room, &person.name, theme.strong);
        x = pen.text(x + 1, area.y, "✕", theme.faint) + 2;
    }
    let rest = Rect {
        x,
        width: area.right().saturating_sub(x),
        ..area
    };
    if chat.looking.is_some() {
        pen.fitted(x, area.y, area.right(), "asking the network …", theme.muted);
        return;
    }
    if chat.field == Field::To || !chat.people.input.is_empty() || chat.to.is_empty() {
        let hint = if chat.to.is_empty() {
            chat.people.hint.as_str()
        } else {
            "one more makes a group"
        };
        line(
            pen,
            rest,
            &chat.people.input,
            hint,
            (chat, Field::To, on_top),
            scratch,
        );
    }
}

/// Whom the line may mean, over whatever is below it.
fn meant(pen: &mut Pen<'_>, inner: Rect, y: u16, chat: &NewChat, scratch: &mut Scratch) {
    let count = u16::try_from(chat.people.matches.len()).unwrap_or(u16::MAX);
    let height = count.clamp(1, 7).min(inner.bottom().saturating_sub(y + 1));
    let list = Rect {
        x: inner.x + LABEL - 2,
        y,
        width: inner.width.saturating_sub(LABEL - 2),
        height,
    };
    pen.clear(list, pen.theme.window);
    if count == 0 {
        let word = "Nobody here is called so; Enter asks the network.";
        pen.fitted(list.x + 2, y, list.right(), word, pen.theme.muted);
        return;
    }
    picker::rows(pen, list, &chat.people, scratch);
}

fn inmail(pen: &mut Pen<'_>, area: Rect, chat: &NewChat) {
    let theme = pen.theme;
    let mark = if chat.inmail { "[x]" } else { "[ ]" };
    let style = if chat.field == Field::Inmail {
        theme.strong
    } else {
        theme.text
    };
    let x = pen.text(area.x, area.y, mark, style);
    let left = match chat.inmails {
        Some(left) => format!("use a credit ({left} left)"),
        None => "use a credit".to_owned(),
    };
    let x = pen.fitted(x + 1, area.y, area.right(), &left, theme.muted);
    if chat.field == Field::Inmail {
        pen.fitted(x + 2, area.y, area.right(), "Space switches", theme.faint);
    }
}

/// The line above the words, with how long they are and may be.
fn rule(pen: &mut Pen<'_>, inner: Rect, y: u16, chat: &NewChat) {
    let theme = pen.theme;
    if !theme.plain {
        pen.rule(inner.x, y, inner.right(), "─", theme.border);
    }
    let limit = chat.count().map(|it| {
        let style: Style = if it.is_over() {
            theme.error
        } else {
            theme.warn
        };
        (format!(" {} of {} ", it.has, it.most), style)
    });
    let saved = chat
        .sheet
        .saved
        .then(|| (" draft saved ".to_owned(), theme.faint));
    let busy = chat
        .leaving
        .map(|_| (" sending … ".to_owned(), theme.muted));
    if let Some((word, style)) = busy.or(limit).or(saved) {
        pen.right(inner.right() - 1, y, &word, style);
    }
    let provider = chat.sender().map(|it| &it.provider);
    if chat.inmail && provider == Some(&Provider::Linkedin) && chat.to.len() > 1 {
        pen.text(inner.x + 1, y, " a group gets no InMail ", theme.warn);
    }
}

fn hints(pen: &mut Pen<'_>, inner: Rect, y: u16, state: &State) {
    let theme = pen.theme;
    let mut x = inner.x + 1;
    for (command, word) in [
        (Command::Send, "send"),
        (Command::Attach, "attach"),
        (Command::Editor, "editor"),
        (Command::SendLater, "later"),
        (Command::Leave, "keep draft"),
        (Command::Discard, "throw away"),
    ] {
        // Enter goes to the next field here.
        let keys = state.settings.keymap.keys(command, theme.ascii);
        let key = keys
            .last()
            .filter(|_| command == Command::Send)
            .or(keys.first());
        let Some(key) = key else { continue };
        if x + text::width(key) + text::width(word) + 2 > inner.right() {
            return;
        }
        x = pen.text(x, y, key, theme.focus);
        x = pen.text(x + 1, y, word, theme.muted) + 2;
    }
}
