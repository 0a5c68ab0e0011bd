//! Messages as sentences, for those who hear the screen: "Anna, 14:02: See you there; seen". What matters comes first,
//! and nothing stands beside it.

use super::block::{Block, Role};
use super::look::{Look, Place};
use super::message::{happened, lead, status};
use super::parts;
use crate::app::Command;
use crate::app::thread::{Fold, Hidden};
use crate::model::inbox::{Entry, MailHead};
use crate::ui::when;

/// No sentence takes more lines than this.
const LINES: usize = 2_000;

/// The lines of a message or a mail.
pub fn block(entry: &Entry, place: &Place, look: &Look<'_>) -> Block {
    let mut block = Block::new(look.width);
    lead(&mut block, place, look);
    (block.begins, block.lead) = (block.lines.len(), block.lines.len());
    let role = if entry.unread {
        Role::Strong
    } else {
        Role::Text
    };
    say(&mut block, &sentence(entry, place, look), role, look);
    block
}

/// Writes a sentence over as many lines as it takes.
pub fn say(block: &mut Block, words: &str, role: Role, look: &Look<'_>) {
    let room = look.width.saturating_sub(2);
    if !block.wrapped(1, room, words, &[], role, LINES) {
        let more = "and more, too much to show";
        block.line().put(1, look.end(), more, Role::Muted, None);
    }
}

fn sentence(entry: &Entry, place: &Place, look: &Look<'_>) -> String {
    let time = look.clock(entry.key.time());
    if entry.event.is_some() {
        return format!("{}, {time}", happened(entry));
    }
    let who = match entry.sender_name.as_deref() {
        _ if entry.own => "You",
        Some(name) => name,
        None => "Somebody",
    };
    let mut begins = vec![who.to_owned()];
    if let Some(mail) = &entry.mail {
        let day = when::short(entry.key.time(), look.now, look.settings);
        begins.extend((day != time).then_some(day));
        begins.push(time);
        begins.extend(to(mail));
    } else {
        begins.push(time);
    }
    let mut facts = vec![format!(
        "{}: {}",
        begins.join(", "),
        said(entry, place, look)
    )];
    facts.extend(beside(entry));
    if place.last_own && entry.mail.is_none() {
        facts.push(status(entry, look));
    }
    facts.join("; ")
}

fn to(mail: &MailHead) -> Option<String> {
    let names = mail
        .to
        .iter()
        .map(|it| it.name.as_deref().unwrap_or(&it.address));
    let names: Vec<&str> = names.collect();
    (!names.is_empty()).then(|| format!("to {}", names.join(", ")))
}

/// The words, as much of them as is unfolded.
fn said(entry: &Entry, place: &Place, look: &Look<'_>) -> String {
    if entry.deleted {
        return "message deleted".to_owned();
    }
    let subject = entry.subject.as_deref().map(str::trim).unwrap_or_default();
    let hidden = match place.fold {
        Fold::Full => Hidden::Nothing,
        _ => Hidden::of(entry),
    };
    let key = look.key(Command::Open);
    let text = if place.fold == Fold::Line {
        format!("folded, {key} unfolds")
    } else {
        let shown = entry.text.get(hidden.shown(entry.text.len()));
        let mut parts = vec![shown.unwrap_or_default().trim().to_owned()];
        match hidden {
            Hidden::Nothing => {}
            Hidden::Quoted { lines, .. } => {
                parts.push(format!("{lines} quoted lines, {key} unfolds"));
            }
            Hidden::Long { lines, .. } => {
                parts.push(format!("{lines} more lines, {key} shows all"));
            }
        }
        parts.join("; ")
    };
    match (subject.is_empty(), text.is_empty()) {
        (false, false) => format!("{subject}. {text}"),
        (false, true) => subject.to_owned(),
        (true, false) => text,
        (true, true) if entry.attachments.is_empty() => "a message without words".to_owned(),
        (true, true) => "no words".to_owned(),
    }
}

/// What a message has beside its words.
fn beside(entry: &Entry) -> Vec<String> {
    if entry.deleted {
        return Vec::new();
    }
    let mut facts = Vec::new();
    if let Some(quote) = &entry.quote {
        let by = quote.by.as_deref().unwrap_or("somebody");
        let words = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
        facts.push(format!("answers {by}: {words}"));
    }
    for (holds, word) in [
        (entry.forwarded, "forwarded"),
        (entry.edited, "edited"),
        (entry.starred, "starred"),
    ] {
        facts.extend(holds.then(|| word.to_owned()));
    }
    for file in &entry.attachments {
        let it = parts::describe(file);
        let parts = [it.name.as_str(), it.facts.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        facts.push(format!("with {}", parts.join(", ")));
    }
    for it in &entry.reactions {
        let by = if it.own { "your " } else { "" };
        facts.push(format!("{by}{}", it.value));
    }
    facts
}
