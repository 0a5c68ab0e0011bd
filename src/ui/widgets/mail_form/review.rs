//! The last line of the form: from whom, to how many, how big, when.

use ratatui::layout::Rect;

use crate::app::compose::mail::MailForm;
use crate::app::{Command, State};
use crate::model::act::LARGEST_FILE;
use crate::model::attachment;
use crate::model::outbox::MailFormat;
use crate::ui::pen::Pen;
use crate::ui::text;

/// Who gets it, in a few words.
pub fn people(form: &MailForm) -> String {
    let mut all = form.everybody();
    let Some(first) = all.next() else {
        return "nobody yet".to_owned();
    };
    let name = first
        .person
        .name
        .as_deref()
        .unwrap_or(&first.person.address);
    match all.count() {
        0 => name.to_owned(),
        more => format!("{name} +{more}"),
    }
}

/// Draws the line.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, form: &MailForm) {
    let theme = pen.theme;
    let mut end = area.right();
    if form.leaving.is_some() {
        pen.fitted(area.x, area.y, end, "handing it over …", theme.muted);
        return;
    }
    let ready = form.everybody().next().is_some() && form.everybody().all(|it| it.flaw.is_none());
    let key = send_key(state);
    if area.width > 30 {
        let word = format!("{key} send");
        let x = pen.right(end, area.y, &word, theme.muted);
        pen.text(
            x,
            area.y,
            &key,
            if ready { theme.focus } else { theme.muted },
        );
        end = x.saturating_sub(2);
    }
    let wrong = form.everybody().filter(|it| it.flaw.is_some()).count();
    let (first, style) = match (wrong, form.everybody().count()) {
        (0, 0) => ("to nobody yet".to_owned(), theme.warn),
        (0, 1) => (format!("to {}", people(form)), theme.text),
        (0, count) => (format!("to {count} people"), theme.text),
        (1, _) => ("one address is wrong".to_owned(), theme.error),
        (wrong, _) => (format!("{wrong} addresses are wrong"), theme.error),
    };
    let mut x = pen.fitted(area.x, area.y, end, &first, style);
    for (part, is_bad) in parts(form) {
        // What does not fit falls away whole.
        let part = format!(" · {part}");
        if x + text::width(&part) > end {
            continue;
        }
        x = pen.text(
            x,
            area.y,
            &part,
            if is_bad { theme.warn } else { theme.muted },
        );
    }
}

/// What else there is to know, the most important first; and whether it keeps the mail from leaving.
fn parts(form: &MailForm) -> Vec<(String, bool)> {
    let mut parts = Vec::new();
    if form.armed.is_some() {
        let why = if form.trouble.is_some() {
            "once its files can be fetched"
        } else {
            "when its files are here"
        };
        parts.push((format!("goes out {why}"), true));
    } else if form.trouble.is_some() {
        parts.push(("files cannot be fetched now".to_owned(), true));
    }
    if let Some(identity) = form.identity() {
        parts.push((format!("from {}", identity.person.address), false));
    }
    let count = form.sheet.files.len() + form.awaited.len();
    if count > 0 {
        let size = form.size();
        let files = if count == 1 {
            "1 file".to_owned()
        } else {
            format!("{count} files")
        };
        parts.push((
            format!("{files}, {} of 25 MB", attachment::size(size)),
            size > LARGEST_FILE,
        ));
    }
    if form.armed.is_none() {
        parts.push(("leaves at once".to_owned(), false));
    }
    if form.format == MailFormat::Markdown {
        parts.push(("Markdown".to_owned(), false));
    }
    match (form.tracking.opens, form.tracking.links) {
        (true, true) => parts.push(("tells when it is read and clicked".to_owned(), false)),
        (true, false) => parts.push(("tells when it is read".to_owned(), false)),
        (false, true) => parts.push(("tells when it is clicked".to_owned(), false)),
        (false, false) => {}
    }
    match form.headers.len() {
        0 => {}
        1 => parts.push(("1 header line".to_owned(), false)),
        count => parts.push((format!("{count} header lines"), false)),
    }
    parts
}

/// The key that sends mails: Enter begins a line in them.
pub fn send_key(state: &State) -> String {
    let keys = state
        .settings
        .keymap
        .keys(Command::Send, state.settings.ascii);
    let enter = crate::app::Key::plain(crate::app::Code::Enter).label(state.settings.ascii);
    keys.into_iter()
        .rfind(|it| *it != enter)
        .unwrap_or_default()
}
