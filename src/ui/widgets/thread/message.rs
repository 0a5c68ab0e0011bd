//! Messages of chats as lines: those of others beside their picture, the owner's as a block at the right, what nobody
//! said in the middle.

use super::block::{Block, Face, Role};
use super::look::{Look, Place};
use super::{body, parts};
use crate::app::Command;
use crate::app::thread::{Fold, Hidden};
use crate::model::inbox::{Entry, HandleKey};
use crate::model::message::MessageEvent;
use crate::ui::{text, when};

/// No message takes more lines than this, however much of it is unfolded.
pub const MOST: usize = 120_000;

/// The lines of a message.
pub fn block(entry: &Entry, place: &Place, look: &Look<'_>) -> Block {
    let mut block = Block::new(look.width);
    lead(&mut block, place, look);
    if entry.event.is_some() {
        if !place.first && !place.below_line && block.lines.is_empty() {
            block.line();
        }
        (block.begins, block.lead) = (block.lines.len(), block.lines.len());
        told(&mut block, entry, look);
    } else if entry.own {
        if !place.first && block.lines.is_empty() {
            block.line();
        }
        (block.begins, block.lead) = (block.lines.len(), block.lines.len());
        own(&mut block, entry, place, look);
    } else {
        other(&mut block, entry, place, look);
    }
    block
}

/// What stands between two entries: the day, what is missing, where the unread ones begin.
pub fn lead(block: &mut Block, place: &Place, look: &Look<'_>) {
    let new = place.new.filter(|_| !place.first);
    let stands = place.day.is_some() || place.gap || new.is_some();
    if !stands {
        return;
    }
    if !place.first {
        block.line();
    }
    if place.gap {
        let words = if look.online {
            "older messages are being fetched…"
        } else {
            "some messages are not here yet"
        };
        block.line().put_middle(words, Role::Faint);
        block.line();
    }
    if let Some(day) = place.day {
        let words = when::heading(day, look.now, look.settings);
        block.rule(&words, Role::Faint);
        block.line();
    }
    if let Some(new) = new {
        block.rule(&format!("{new} new"), Role::Focus);
        block.line();
    }
}

/// Which colour stands for somebody where several write.
pub fn person(sender: Option<HandleKey>, group: bool) -> Option<u8> {
    let key = sender.filter(|_| group)?;
    u8::try_from(key.0.rem_euclid(251)).ok()
}

fn other(block: &mut Block, entry: &Entry, place: &Place, look: &Look<'_>) {
    let (x, end) = (look.column(), look.end());
    if place.runs {
        (block.begins, block.lead) = (block.lines.len(), block.lines.len());
    } else {
        if !place.first && block.lines.is_empty() {
            block.line();
        }
        block.begins = block.lines.len();
        let name = entry.sender_name.as_deref().unwrap_or("Somebody");
        let person = person(entry.sender, look.group);
        if look.has_faces() {
            let name = name.to_owned();
            block.face = Some((block.lines.len(), Face::of(entry, name, person)));
        }
        let time = stamp(entry, look);
        let room = end.saturating_sub(text::width(&time) + 2).max(x + 8);
        let after = block.line().put(x, room, name, Role::Name(person), None);
        block.put_right(after + 1, end, &time, Role::Faint);
        block.lead = block.lines.len();
    }
    let first = block.lines.len();
    content(block, entry, place, look, (x, end));
    if place.runs && place.clock {
        let time = stamp(entry, look);
        let start = end.saturating_sub(text::width(&time));
        if block.end_of(first) + 2 <= start {
            block.add_to(first, start, &time, Role::Faint);
        }
    }
}

/// When it was said, and what happened to it since.
fn stamp(entry: &Entry, look: &Look<'_>) -> String {
    let mut words = String::new();
    if entry.starred {
        words.push_str("★ ");
    }
    if entry.edited && !entry.deleted {
        words.push_str("edited ");
    }
    words + &look.clock(entry.key.time())
}

fn own(block: &mut Block, entry: &Entry, place: &Place, look: &Look<'_>) {
    let first = block.lines.len();
    let end = look.end();
    // Far enough from the left that nobody takes it for the other's.
    let room = (end.saturating_sub(1) / 5 * 4).max(end.saturating_sub(12).min(24));
    content(block, entry, place, look, (1, room.saturating_sub(1)));
    let mut wide = (first..block.lines.len())
        .map(|line| block.end_of(line))
        .max()
        .unwrap_or(1);
    let time = stamp(entry, look);
    let seen = entry.seen == Some(true);
    let sign = match (seen, entry.delivered) {
        (true, _) | (_, Some(true)) => "✓✓",
        _ => "✓",
    };
    // The last one says in words how far it has come; the others by their sign.
    let (time, status) = if place.last_own {
        (time, Some(format!("{sign} {}", status(entry, look))))
    } else {
        (format!("{time} {sign}"), None)
    };
    let faint = if seen { Role::Muted } else { Role::Faint };
    let told = if seen { Role::Focus } else { Role::Muted };
    let last = block.lines.len().saturating_sub(1);
    let beside = |block: &Block, line| block.end_of(line) + 2 + text::width(&time);
    let line = [first, last]
        .into_iter()
        .find(|line| beside(block, *line) < room);
    if let Some(line) = line {
        wide = wide.max(beside(block, line));
        let x = wide.saturating_sub(text::width(&time));
        block.add_to(line, x, &time, faint);
    }
    let below = match (line, status) {
        (Some(_), status) => status,
        (None, Some(status)) => Some(format!("{time} {status}")),
        (None, None) => Some(time),
    };
    if let Some(words) = below {
        let x = block.line().put(1, room, &words, told, None);
        wide = wide.max(x);
    }
    block.own(first, wide + 1, end);
}

/// How far the owner's last message has come.
pub fn status(entry: &Entry, look: &Look<'_>) -> String {
    if entry.seen == Some(true) {
        let by: Vec<&str> = entry
            .readers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        return match by.as_slice() {
            [] => "seen".to_owned(),
            _ if !look.group => "seen".to_owned(),
            [one] => format!("seen by {one}"),
            [one, two] => format!("seen by {one} and {two}"),
            [one, rest @ ..] => format!("seen by {one} and {} others", rest.len()),
        };
    }
    match entry.delivered {
        Some(true) => "delivered".to_owned(),
        _ => "sent".to_owned(),
    }
}

/// Everything that was said, between two columns.
fn content(block: &mut Block, entry: &Entry, place: &Place, look: &Look<'_>, (x, end): (u16, u16)) {
    let first = block.lines.len();
    if entry.deleted {
        block
            .line()
            .put(x, end, "message deleted", Role::Told, None);
        return;
    }
    if let Some(quote) = &entry.quote {
        parts::quote(block, x, end, quote);
    }
    if entry.forwarded {
        block.line().put(x, end, "→ forwarded", Role::Told, None);
    }
    if let Some(subject) = entry.subject.as_deref().filter(|it| !it.trim().is_empty()) {
        block.line().put(x, end, subject, Role::Strong, None);
    }
    words(block, entry, place.fold, look, (x, end));
    parts::attachments(block, (x, end), entry, look, |_| true);
    parts::reactions(block, x, end, &entry.reactions);
    if block.lines.len() == first {
        let empty = "a message without words";
        block.line().put(x, end, empty, Role::Told, None);
    }
}

/// The words, as much of them as is unfolded.
pub fn words(block: &mut Block, entry: &Entry, fold: Fold, look: &Look<'_>, (x, end): (u16, u16)) {
    if entry.text.trim().is_empty() {
        return;
    }
    let room = end.saturating_sub(x);
    let hidden = if fold == Fold::Full {
        Hidden::Nothing
    } else {
        Hidden::of(entry)
    };
    let shown = hidden.shown(entry.text.len());
    let shown = 0..entry.text.get(shown).unwrap_or_default().trim_end().len();
    let all = body::write(block, (x, room), &entry.text, shown, look.found, MOST);
    let key = look.key(Command::Open);
    let words = match hidden {
        _ if !all => "┆ and more, too much to show".to_owned(),
        Hidden::Nothing => return,
        Hidden::Quoted { lines: 1, .. } => format!("┆ 1 quoted line, {key} unfolds"),
        Hidden::Quoted { lines, .. } => format!("┆ {lines} quoted lines, {key} unfolds"),
        Hidden::Long { from, lines: 0 | 1 } => {
            let rest = entry.text.len().saturating_sub(from);
            let rest = parts::size(u64::try_from(rest).unwrap_or(u64::MAX));
            format!("… {rest} more, {key} shows all")
        }
        Hidden::Long { lines, .. } => format!("… {lines} more lines, {key} shows all"),
    };
    let fold = Some(super::block::Mark::Fold);
    block.line().put(x, end, &words, Role::Muted, fold);
}

/// What happened, in words.
pub fn happened(entry: &Entry) -> String {
    let who = match entry.sender_name.as_deref() {
        _ if entry.own => "You",
        Some(name) => name,
        None => "Somebody",
    };
    match &entry.event {
        _ if !entry.text.trim().is_empty() => entry.text.clone(),
        Some(MessageEvent::Reaction | MessageEvent::ReactionToOwner) => format!("{who} reacted"),
        Some(MessageEvent::GroupCreated) => format!("{who} created the group"),
        Some(MessageEvent::TitleChanged) => format!("{who} renamed the group"),
        Some(MessageEvent::ParticipantAdded) => format!("{who} added somebody"),
        Some(MessageEvent::ParticipantRemoved) => format!("{who} removed somebody"),
        Some(MessageEvent::ParticipantLeft) => format!("{who} left"),
        Some(MessageEvent::MissedVoiceCall) if entry.own => "Call without an answer".to_owned(),
        Some(MessageEvent::MissedVoiceCall) => "Missed voice call".to_owned(),
        Some(MessageEvent::MissedOtherCall) => "Missed call".to_owned(),
        _ => "Something happened that onebox does not know".to_owned(),
    }
}

/// What happened, in the middle.
fn told(block: &mut Block, entry: &Entry, look: &Look<'_>) {
    let missed = matches!(
        entry.event,
        Some(MessageEvent::MissedVoiceCall | MessageEvent::MissedOtherCall)
    );
    let what = happened(entry);
    let room = look.width.saturating_sub(6);
    let mut words = format!("{what} · {}", look.clock(entry.key.time()));
    // The time stands beside the words or nowhere.
    if text::width(&words) > room {
        words = what;
    }
    let role = if missed { Role::Warn } else { Role::Told };
    for line in text::wrap(&words, room, 6) {
        block.line();
        block.put_middle(words.get(line).unwrap_or_default(), role);
    }
}
