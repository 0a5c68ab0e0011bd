//! The composer under the conversation: who writes where, what is answered, the words, the files.

use ratatui::layout::Rect;

use crate::app::compose::Composer;
use crate::app::compose::complete::Complete;
use crate::app::compose::sheet::Sheet;
use crate::app::compose::text_width;
use crate::app::layout::inside;
use crate::app::pointer::Target;
use crate::app::{Command, Pane, State};
use crate::model::act::FileRef;
use crate::model::attachment;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;
use crate::ui::theme::badge;

/// Behind a file: takes it off.
const OFF: &str = "✕";
/// Lines of files that are shown at most.
const FILES: usize = 2;

/// How many lines the composer takes of a pane of that size; none when nothing is being written.
pub fn height(state: &State, pane: Rect) -> u16 {
    let inner = inside(pane);
    let Some(composer) = &state.composer else {
        return 0;
    };
    let most = (inner.height / 3).max(2);
    let width = text_width(inner.width);
    let rows = shown_rows(composer, width);
    let text = u16::try_from(rows).unwrap_or(u16::MAX).clamp(1, most);
    let files = chips(&composer.sheet.files, width).len().min(FILES);
    let files = u16::try_from(files).unwrap_or(0);
    let all = 1 + u16::from(composer.quote.is_some()) + text + files;
    all.min(inner.height.saturating_sub(1))
}

fn shown_rows(composer: &Composer, width: u16) -> usize {
    match composer.leaving.last() {
        Some((_, body)) if composer.sheet.editor.is_empty() => {
            text::wrap(&body.text, width, 40).len()
        }
        _ => composer.sheet.editor.laid(width).0.len(),
    }
}

/// Draws the composer into its lines, which span the pane with its border.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    let Some(composer) = &state.composer else {
        return;
    };
    let area = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    if area.is_empty() {
        return;
    }
    let focused = state.focus == Pane::Compose && state.layers.is_empty();
    scratch.hits.add(area, Target::Pane(Pane::Compose));
    title(pen, area, state, composer);
    let inner = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let mut y = area.y + 1;
    if let Some(quote) = composer.quote.as_ref().filter(|_| y < area.bottom()) {
        let by = match quote.by.as_str() {
            "" => String::new(),
            by => format!("{by} "),
        };
        let theme = pen.theme;
        let x = pen.text(inner.x, y, "┃ ", theme.focus);
        let x = pen.fitted(x, y, inner.right(), &by, theme.muted);
        let line = quote.text.replace('\n', " ");
        let hint = if focused && composer.sheet.editor.at_start() {
            "Backspace drops it"
        } else {
            ""
        };
        let end = pen.right(inner.right(), y, hint, theme.faint);
        pen.fitted(x, y, end.saturating_sub(1), &line, theme.faint);
        y += 1;
    }
    let files = chips(&composer.sheet.files, inner.width);
    let lines = u16::try_from(files.len().min(FILES)).unwrap_or(0);
    let below = area.bottom().saturating_sub(lines).max(y);
    let words = Rect {
        y,
        height: below - y,
        ..inner
    };
    match composer.leaving.last() {
        Some((_, body)) if composer.sheet.editor.is_empty() => {
            for (y, range) in (words.y..words.bottom()).zip(text::wrap(&body.text, words.width, 40))
            {
                let line = body.text.get(range).unwrap_or_default();
                pen.text(words.x, y, line, pen.theme.muted);
            }
        }
        _ => sheet(pen, words, &composer.sheet, focused, scratch),
    }
    let bottom = Rect {
        y: below,
        height: area.bottom() - below,
        ..inner
    };
    chip_lines(pen, bottom, &files, scratch);
    if focused && let (Some(complete), Some((x, y))) = (&composer.sheet.complete, scratch.cursor) {
        offers(pen, complete, x, y, scratch);
    }
}

/// The line above: what it is, who it comes from, and how it is sent.
fn title(pen: &mut Pen<'_>, area: Rect, state: &State, composer: &Composer) {
    let theme = pen.theme;
    let focused = state.focus == Pane::Compose;
    let line = if focused { theme.focus } else { theme.border };
    if !theme.plain {
        let (left, right) = (area.x.saturating_sub(1), area.right());
        pen.rule(area.x, area.y, right, "─", line);
        pen.text(left, area.y, "├", line);
        pen.text(right, area.y, "┤", line);
    }
    let what = if composer.edits.is_some() {
        "Editing"
    } else if !focused {
        "Draft"
    } else if composer.quote.is_some() {
        "Reply"
    } else {
        "Write"
    };
    let style = if focused { theme.strong } else { theme.muted };
    let end = area.right().saturating_sub(1);
    let x = pen.within(area.x + 1, area.y, end, " ", style);
    let x = pen.fitted(
        x,
        area.y,
        end,
        &format!("{what} as {}", composer.to.from),
        style,
    );
    let x = pen.within(x, area.y, end, " ", style);
    let provider = &composer.to.provider;
    let x = pen.within(
        x,
        area.y,
        end,
        badge(provider).trim_end(),
        theme.provider(provider),
    );
    let x = pen.within(x, area.y, end, " ", style);
    let room = end.saturating_sub(x + 3);
    let (status, style) = status(pen, state, composer, focused, room);
    if !status.is_empty() && text::width(&status) + 2 <= room {
        pen.right(end, area.y, &format!(" {status} "), style);
    }
}

/// What is worth saying at the right of the title, as far as there is room.
fn status(
    pen: &Pen<'_>,
    state: &State,
    composer: &Composer,
    focused: bool,
    room: u16,
) -> (String, ratatui::style::Style) {
    let theme = pen.theme;
    if composer.sheet.attaching > 0 {
        return ("reading the file".to_owned(), theme.muted);
    }
    if let Some(count) = composer.count() {
        let style = if count.is_over() {
            theme.error
        } else {
            theme.warn
        };
        return (format!("{} of {}", count.has, count.most), style);
    }
    let key = |command| {
        let (keys, swap) = (&state.settings.keymap, !state.settings.enter_sends);
        let command = match command {
            Command::Send if swap => Command::NewLine,
            Command::NewLine if swap => Command::Send,
            other => other,
        };
        keys.key(command, theme.ascii).unwrap_or_default()
    };
    if !focused {
        let key = key(Command::Write);
        return (format!("{key} goes on writing"), theme.faint);
    }
    let how = format!(
        "{} send  {} new line",
        key(Command::Send),
        key(Command::NewLine)
    );
    let saved = "draft saved".to_owned();
    let all = format!("{saved} · {how}");
    let fits = |it: &String| text::width(it) + 2 <= room;
    // The footer says how to send as well.
    match composer.sheet.saved {
        true if fits(&all) => (all, theme.muted),
        true => (saved, theme.faint),
        false => (how, theme.muted),
    }
}

/// Draws the words and sets the terminal's cursor among them.
pub fn sheet(pen: &mut Pen<'_>, area: Rect, sheet: &Sheet, focused: bool, scratch: &mut Scratch) {
    if area.is_empty() {
        return;
    }
    let (rows, (row, column)) = sheet.editor.laid(area.width);
    let room = usize::from(area.height);
    let top = &mut scratch.composer_top;
    *top = (*top)
        .clamp((row + 1).saturating_sub(room), row)
        .min(rows.len().saturating_sub(room));
    let first = *top;
    let style = if focused {
        pen.theme
            .strong
            .remove_modifier(ratatui::style::Modifier::BOLD)
    } else {
        pen.theme.muted
    };
    let lines = sheet.editor.lines();
    for (y, at) in (area.y..area.bottom()).zip(first..) {
        // Below the last row, the end is meant.
        let target = Target::Words {
            width: area.width,
            row: at,
            from: area.x,
        };
        scratch.hits.add(
            Rect {
                y,
                height: 1,
                ..area
            },
            target,
        );
        let Some(row) = rows.get(at) else { continue };
        let line = lines.get(row.line).and_then(|it| it.get(row.bytes.clone()));
        pen.within(area.x, y, area.right(), line.unwrap_or_default(), style);
    }
    if focused {
        let cell = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
        let x = area.x.saturating_add(cell(column)).min(area.right() - 1);
        scratch.cursor = Some((x, area.y + cell(row - first)));
    }
}

/// The files, as many on a line as there is room for.
pub fn chips(files: &[FileRef], width: u16) -> Vec<Vec<String>> {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut taken = 0;
    for file in files {
        let name = text::cut(&file.name, width.saturating_sub(16));
        let chip = format!("▪ {name} {} {OFF}", attachment::size(file.size));
        let wide = text::width(&chip) + 2;
        match lines.last_mut() {
            Some(line) if taken + wide <= width => {
                taken += wide;
                line.push(chip);
            }
            _ => {
                taken = wide;
                lines.push(vec![chip]);
            }
        }
    }
    // The last line that is shown says how many more there are.
    let hidden: usize = lines.iter().skip(FILES).map(Vec::len).sum();
    if let Some(last) = lines.get_mut(FILES - 1).filter(|_| hidden > 0) {
        last.push(format!("and {hidden} more"));
    }
    lines
}

/// Draws the lines of files; a click on the sign behind one takes it off.
pub fn chip_lines(pen: &mut Pen<'_>, area: Rect, lines: &[Vec<String>], scratch: &mut Scratch) {
    let mut at = 0;
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        let mut x = area.x;
        for chip in line {
            let (words, sign) = match chip.strip_suffix(OFF) {
                Some(words) => (words, OFF),
                None => (chip.as_str(), ""),
            };
            x = pen.within(x, y, area.right(), words, pen.theme.focus);
            let end = pen.within(x, y, area.right(), sign, pen.theme.muted);
            let place = Rect::new(x.saturating_sub(1), y, 3, 1).intersection(area);
            if end > x {
                scratch.hits.add(place, Target::Chip(at));
            }
            at += 1;
            x = end + 2;
        }
    }
}

/// Draws the list of what may be meant, above the cursor or below where there is no room.
pub fn offers(pen: &mut Pen<'_>, complete: &Complete, x: u16, y: u16, scratch: &mut Scratch) {
    let theme = pen.theme;
    let widest = complete
        .offers
        .iter()
        .map(|it| text::width(&it.label))
        .max();
    let width = (widest.unwrap_or(0) + 4).min(pen.area.width);
    let count = u16::try_from(complete.offers.len()).unwrap_or(u16::MAX);
    let above = y.saturating_sub(pen.area.y);
    let (top, count) = if above >= count.min(3) {
        let count = count.min(above);
        (y - count, count)
    } else {
        let below = pen.area.bottom().saturating_sub(y + 1);
        (y + 1, count.min(below))
    };
    let x = x
        .min(pen.area.right().saturating_sub(width + 1))
        .max(pen.area.x);
    pen.clear(Rect::new(x, top, width, count), theme.window);
    for (at, (row, offer)) in (top..top + count).zip(&complete.offers).enumerate() {
        let mut style = theme.text;
        if at == complete.selected {
            pen.paint(Rect::new(x, row, width, 1), theme.selected);
            style = theme.strong;
        }
        pen.fitted(x + 2, row, x + width - 1, &offer.label, style);
        scratch
            .hits
            .add(Rect::new(x, row, width, 1), Target::Offer(at));
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::app::Key;
    use crate::app::compose::tests::{press, state_with, write};
    use crate::ui::Theme;

    /// The lines of a composer of that size, and where the cursor is.
    fn drawn(state: &State, width: u16, height: u16) -> (Vec<String>, Option<(u16, u16)>) {
        let whole = Rect::new(0, 0, width, height);
        let lines = super::height(state, whole);
        let area = Rect {
            y: height - 1 - lines,
            height: lines,
            ..whole
        };
        let (theme, mut scratch) = (Theme::default(), Scratch::default());
        let mut buf = Buffer::empty(whole);
        draw(
            &mut Pen::new(&mut buf, whole, &theme),
            area,
            state,
            &mut scratch,
        );
        let line = |y: u16| -> String {
            (0..width)
                .filter_map(|x| buf.cell((x, y)).map(ratatui::buffer::Cell::symbol))
                .collect()
        };
        ((0..height).map(line).collect(), scratch.cursor)
    }

    #[test]
    fn the_outgoing_account_and_the_quote_are_named_and_the_text_takes_a_third_at_most() {
        let mut state = state_with(None);
        press(&mut state, Key::char('k'));
        press(&mut state, Key::char('r'));
        for _ in 0..40 {
            write(&mut state, "many words ");
        }
        let (lines, cursor) = drawn(&state, 50, 30);
        let title = lines
            .iter()
            .position(|it| it.contains("Reply as Ada Martin wa"));
        assert!(lines[title.unwrap() + 1].contains("┃ Léa Could you send the deck?"));
        assert_eq!(title, Some(29 - 1 - 1 - 28 / 3));
        assert_eq!(
            cursor.map(|it| it.1),
            Some(28),
            "the line that is typed is seen"
        );
    }

    #[test]
    fn the_cursor_stands_behind_what_was_typed_and_never_leaves_the_pane() {
        let mut state = state_with(None);
        press(&mut state, Key::char('i'));
        write(&mut state, "了解 👩");
        let (lines, cursor) = drawn(&state, 50, 20);
        let y = lines.iter().position(|it| it.contains('了')).unwrap();
        assert_eq!(cursor, Some((2 + 4 + 1 + 2, u16::try_from(y).unwrap())));
        write(&mut state, "   and a rather long text 👨‍👩‍👧‍👦 of some lines");
        for width in 3..60 {
            for height in 3..14 {
                let (_, cursor) = drawn(&state, width, height);
                let inside = |(x, y)| x > 0 && x < width - 1 && y > 0 && y < height - 1;
                assert!(cursor.is_none_or(inside), "{width}x{height}: {cursor:?}");
            }
        }
    }

    #[test]
    fn too_many_letters_are_counted_in_the_title() {
        let mut state = state_with(None);
        if let Some(thread) = &mut state.thread {
            thread.conversation.provider = crate::model::account::Provider::Instagram;
        }
        press(&mut state, Key::char('i'));
        write(&mut state, &"x".repeat(1001));
        let (lines, _) = drawn(&state, 60, 20);
        assert!(
            lines.iter().any(|it| it.contains("1001 of 1000")),
            "{lines:?}"
        );
    }
}
