//! Another look at a mail: its plain text, its source, its headers, as they are.

use super::block::{Block, Piece, Role};
use super::body;
use super::look::Look;
use super::message::MOST;
use crate::app::Command;
use crate::app::thread::{Aside, Mode, Told};
use crate::model::inbox::Entry;
use crate::ui::text;

/// No more bytes of a source are shown.
const LARGEST: usize = 1 << 20;

/// Writes it, with a line above that says what it is.
pub fn write(
    block: &mut Block,
    entry: &Entry,
    aside: &Aside,
    look: &Look<'_>,
    (x, end): (u16, u16),
) {
    let title = format!("── {} ", aside.title());
    let after = block.line().put(x, end, &title, Role::Focus, None);
    let key = look.key(Command::View);
    let next = match aside.mode {
        Mode::Plain => "source",
        Mode::Source => "headers",
        Mode::Headers => "back",
    };
    let hint = text::width(&key) + 2 + text::width(next);
    let dashes = end.saturating_sub(after + hint + 1);
    let after = block.put(after, end, &"─".repeat(dashes.into()), Role::Rule, None);
    let after = block.put(after + 1, end, &key, Role::Focus, None);
    block.put(after + 1, end, next, Role::Faint, None);
    block.line();
    match aside.mode {
        Mode::Plain => raw(block, &entry.text, look, (x, end)),
        Mode::Source => match &aside.source {
            Told::Here(source) => {
                let source = source.html.as_deref().unwrap_or(&entry.text);
                raw(block, source, look, (x, end));
            }
            Told::Asked(_) => said(block, "…", (x, end)),
            Told::Failed(why) => said(block, why, (x, end)),
        },
        Mode::Headers => headers(block, aside, look, (x, end)),
    }
}

fn said(block: &mut Block, words: &str, (x, end): (u16, u16)) {
    block.wrapped(x, end.saturating_sub(x), words, &[], Role::Told, 6);
}

fn raw(block: &mut Block, words: &str, look: &Look<'_>, (x, end): (u16, u16)) {
    if words.trim().is_empty() {
        said(block, "there is none", (x, end));
        return;
    }
    let last = (0..=words.len().min(LARGEST))
        .rev()
        .find(|at| words.is_char_boundary(*at));
    let shown = words.get(..last.unwrap_or(0)).unwrap_or_default();
    let shown = shown.replace('\t', "    ");
    let hits = body::hits(&shown, look.found);
    let pieces = body::layered(Vec::new(), &hits);
    let room = end.saturating_sub(x);
    let all = block.wrapped(x, room, shown.trim_end(), &pieces, Role::Text, MOST);
    if !all || last.is_some_and(|it| it < words.len()) {
        said(block, "┆ and more, too much to show", (x, end));
    }
}

fn headers(block: &mut Block, aside: &Aside, look: &Look<'_>, (x, end): (u16, u16)) {
    let all = match (&aside.source, &aside.headers) {
        (Told::Here(it), _) if !it.headers.is_empty() => &it.headers,
        (_, Some(Told::Here(it))) => it.as_ref(),
        (Told::Failed(why), _) | (_, Some(Told::Failed(why))) => {
            said(block, why, (x, end));
            return;
        }
        _ => {
            let words = if look.online {
                "they are being fetched…"
            } else {
                "they are not here; they are fetched when the network is back"
            };
            said(block, words, (x, end));
            return;
        }
    };
    if all.is_empty() {
        said(block, "the server tells none", (x, end));
    }
    for (name, value) in all {
        let words = format!(
            "{name}: {}",
            value.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        let name = Piece {
            at: 0..name.len() + 1,
            role: Role::Name(None),
            mark: None,
        };
        block.wrapped(x, end.saturating_sub(x), &words, &[name], Role::Text, 400);
    }
}
