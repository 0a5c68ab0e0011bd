//! The form of a mail, under the conversation or in a window: its head, the words, the files, and a last line that says
//! what will leave.

mod head;
pub mod review;

use ratatui::layout::Rect;

use super::composer;
use crate::app::compose::mail::{Field, MailForm};
use crate::app::layout::inside;
use crate::app::pointer::Target;
use crate::app::{Command, Pane, State};
use crate::mail::said;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;
use crate::ui::theme::badge;

/// Lines that a form under the conversation has at least, where there are so many.
const LEAST: u16 = 12;
/// Lines of files that are shown at most.
const FILES: usize = 2;

/// How many lines the form takes of a pane of that size: half of it while it is written into, little otherwise.
pub fn height(state: &State, pane: Rect) -> u16 {
    let inner = inside(pane).height;
    if state.letter.is_none() {
        0
    } else if state.focus == Pane::Compose {
        (inner / 2).max(LEAST).min(inner.saturating_sub(1))
    } else {
        3.min(inner / 2)
    }
}

/// Draws the form into its lines under the conversation, which span the pane with its border.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, form: &MailForm, scratch: &mut Scratch) {
    let area = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    if area.is_empty() {
        return;
    }
    let focused = state.focus == Pane::Compose;
    scratch.hits.add(area, Target::Pane(Pane::Compose));
    title(pen, area, state, form, focused);
    let inner = Rect {
        y: area.y + 1,
        height: area.height - 1,
        ..area
    };
    if focused {
        let on_top = state.layers.is_empty();
        body(pen, inner, state, form, on_top, scratch);
    } else {
        folded(pen, inner, form);
    }
}

/// The line above: what it is, from whom, and whether it is saved.
fn title(pen: &mut Pen<'_>, area: Rect, state: &State, form: &MailForm, focused: bool) {
    let theme = pen.theme;
    let line = if focused { theme.focus } else { theme.border };
    if !theme.plain {
        pen.rule(area.x, area.y, area.right(), "─", line);
        pen.text(area.x.saturating_sub(1), area.y, "├", line);
        pen.text(area.right(), area.y, "┤", line);
    }
    let style = if focused { theme.strong } else { theme.muted };
    let end = area.right().saturating_sub(1);
    let what = if focused { form.kind() } else { "Draft" };
    let mut x = pen.within(area.x + 1, area.y, end, &format!(" {what} "), style);
    if let Some(identity) = form.identity() {
        x = pen.fitted(
            x,
            area.y,
            end.saturating_sub(4),
            &format!("as {} ", identity.person.address),
            style,
        );
        let mark = badge(&identity.provider);
        x = pen.within(
            x,
            area.y,
            end,
            mark.trim_end(),
            theme.provider(&identity.provider),
        );
        x = pen.within(x, area.y, end, " ", style);
    }
    let key = state.settings.keymap.key(Command::Write, theme.ascii);
    let key = key.unwrap_or_default();
    let words = match (focused, form.sheet.saved) {
        (false, _) => [format!("{key} goes on writing"), format!("{key} goes on")],
        (true, true) => ["draft saved".to_owned(), "saved".to_owned()],
        (true, false) => return,
    };
    let fits = |it: &&String| x + 3 + text::width(it) <= end;
    if let Some(words) = words.iter().find(fits) {
        pen.right(end, area.y, &format!(" {words} "), theme.faint);
    }
}

/// A draft that nobody is writing at: to whom, about what, and its first words.
fn folded(pen: &mut Pen<'_>, area: Rect, form: &MailForm) {
    let theme = pen.theme;
    let end = area.right().saturating_sub(1);
    let to = format!("to {}", review::people(form));
    let x = pen.fitted(area.x + 1, area.y, end, &to, theme.text);
    pen.fitted(x + 2, area.y, end, form.subject.text(), theme.muted);
    if area.height > 1 {
        let text = form.sheet.editor.text();
        let words = said::own_lines(&text)
            .into_iter()
            .find(|it| !it.trim().is_empty());
        let words = words.unwrap_or("nothing is written yet");
        pen.fitted(area.x + 1, area.y + 1, end, words, theme.faint);
    }
}

/// The form itself, without border and title.
pub fn body(
    pen: &mut Pen<'_>,
    area: Rect,
    state: &State,
    form: &MailForm,
    on_top: bool,
    scratch: &mut Scratch,
) {
    if area.height < 2 {
        return;
    }
    let last = area.bottom() - 1;
    review::draw(
        pen,
        Rect::new(area.x + 1, last, area.width.saturating_sub(2), 1),
        state,
        form,
    );
    let ruled = area.height > 8;
    let files = composer::chips(&form.sheet.files, area.width.saturating_sub(2));
    let awaited = usize::from(!form.awaited.is_empty());
    let rows = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let below = rows(files.len().min(FILES) + awaited).min(area.height / 3);
    // The words have three lines where there are so many.
    let spare = area
        .height
        .saturating_sub(1 + below + u16::from(ruled) + 3)
        .max(1);
    let top = Rect {
        height: spare.min(area.height - 1),
        ..area
    };
    let mut drop = None;
    let y = head::draw(pen, top, form, on_top, &mut drop, scratch);
    let mut y = y.min(last);
    if ruled && !pen.theme.plain {
        pen.rule(area.x, y, area.right(), "─", pen.theme.border);
    }
    y += u16::from(ruled);
    let end = last.saturating_sub(below).max(y);
    let words = Rect {
        x: area.x + 1,
        y,
        width: area.width.saturating_sub(2),
        height: end.saturating_sub(y),
    };
    scratch.hits.add(words, Target::MailField(Field::Text));
    let writes = on_top && form.field == Field::Text;
    composer::sheet(pen, words, &form.sheet, writes, scratch);
    let shown = if below > 0 { files.len().min(FILES) } else { 0 };
    let lines = Rect {
        y: end,
        height: rows(shown).min(last.saturating_sub(end)),
        ..words
    };
    composer::chip_lines(pen, lines, &files, scratch);
    let y = lines.bottom();
    if awaited > 0 && y < last {
        let names: Vec<&str> = form.awaited.iter().map(|it| it.name.as_str()).collect();
        let sign = if form.trouble.is_some() {
            "waits for"
        } else {
            "fetching"
        };
        let line = format!("◌ {sign} {}", names.join(", "));
        pen.fitted(words.x, y, words.right(), &line, pen.theme.muted);
    }
    if writes && let (Some(complete), Some((x, y))) = (&form.sheet.complete, scratch.cursor) {
        composer::offers(pen, complete, x, y, scratch);
    }
    if let Some(y) = drop.filter(|_| on_top) {
        head::offers(pen, area, y, form, scratch);
    }
}
