//! Mails as cards: who wrote to whom and when, then the text; older ones folded to a line.

use super::block::{Block, Face, Mark, Role};
use super::head::{self, called};
use super::look::{Held, Look, Place};
use super::message::{MOST, lead, person, words};
use super::{aside, invite, letter, parts};
use crate::app::thread::{Fold, brief, stands_in};
use crate::model::inbox::{Entry, MailHead, StoredAttachment};
use crate::ui::widgets::avatar;
use crate::ui::{text, when};

/// The lines of a mail.
pub fn block(
    entry: &Entry,
    mail: &MailHead,
    held: &Held<'_>,
    place: &Place,
    look: &Look<'_>,
) -> Block {
    let mut block = Block::new(look.width);
    lead(&mut block, place, look);
    if place.fold == Fold::Line {
        folded(&mut block, entry, mail, place, look);
    } else {
        card(&mut block, entry, mail, held, place, look);
    }
    block
}

fn name(entry: &Entry, mail: &MailHead) -> String {
    if entry.own {
        return "You".to_owned();
    }
    let from = mail.from.as_ref().map(called);
    let name = entry.sender_name.as_deref().or(from);
    name.unwrap_or("Somebody").to_owned()
}

/// When it was written; the day unless it was today.
fn stamp(entry: &Entry, look: &Look<'_>) -> String {
    let at = entry.key.time();
    let star = if entry.starred { "★ " } else { "" };
    let clock = look.clock(at);
    if when::day(at, look.settings) == look.today {
        return format!("{star}{clock}");
    }
    format!("{star}{} {clock}", when::short(at, look.now, look.settings))
}

fn folded(block: &mut Block, entry: &Entry, mail: &MailHead, place: &Place, look: &Look<'_>) {
    if block.lines.is_empty() && !place.first && !place.below_line {
        block.line();
    }
    (block.begins, block.lead) = (block.lines.len(), block.lines.len());
    let fold = Some(Mark::Fold);
    let end = look.end();
    let time = when::short(entry.key.time(), look.now, look.settings);
    let room = end.saturating_sub(text::width(&time) + 2);
    let x = block.line().put(1, room, "▸", Role::Muted, fold);
    let person = if entry.own {
        None
    } else {
        person(entry.sender, true)
    };
    let name = name(entry, mail);
    let half = (x + 2 + look.width / 3).min(room);
    let role = if entry.own {
        Role::Muted
    } else {
        Role::Name(person)
    };
    let x = block.put(x + 1, half, &name, role, fold);
    let start = entry
        .text
        .get(..entry.text.len().min(400))
        .unwrap_or(&entry.text);
    let start: Vec<&str> = start.split_whitespace().take(40).collect();
    let x = block.put(x + 2, room, &start.join(" "), Role::Muted, fold);
    block.put_right(x + 1, end, &time, Role::Faint);
}

fn card(
    block: &mut Block,
    entry: &Entry,
    mail: &MailHead,
    held: &Held<'_>,
    place: &Place,
    look: &Look<'_>,
) {
    let (x, end) = (look.column(), look.end());
    if block.lines.is_empty() && !place.first {
        block.line();
        block.rule("", Role::Rule);
    }
    block.begins = block.lines.len();
    let name = name(entry, mail);
    let person = person(entry.sender, true);
    if look.has_faces() {
        let name = name.clone();
        block.face = Some((block.lines.len(), Face::of(entry, name, person)));
    }
    let time = stamp(entry, look);
    let room = end.saturating_sub(text::width(&time) + 2).max(x + 8);
    let fold = Some(Mark::Fold);
    let mut after = block.line().put(x, room, &name, Role::Name(person), fold);
    if let Some(from) = mail
        .from
        .as_ref()
        .filter(|it| it.address != name && !held.addresses)
    {
        let address = format!("<{}>", from.address);
        // An address is told whole or not at all.
        if after + 1 + text::width(&address) <= room {
            after = block.put(after + 1, room, &address, Role::Faint, None);
        }
    }
    block.put_right(after + 1, end, &time, Role::Faint);
    block.lead = block.lines.len();
    head::write(block, entry, mail, held.addresses, look, (x, end));
    if let Some(subject) = other_subject(entry, look) {
        block.line().put(x, end, subject, Role::Strong, None);
    }
    // The picture is as high as the head; below it, words have all the room.
    let least = block.begins + usize::from(avatar::HEIGHT);
    while look.has_faces() && block.lines.len() < least {
        block.line();
    }
    let x = 1;
    block.line();
    if let Some(it) = held.aside {
        aside::write(block, entry, it, look, (x, end));
        return;
    }
    for it in look.invites.of(entry) {
        invite::write(block, entry, it, look, (x, end));
    }
    body(block, entry, mail, held, place.fold, look);
    let apart = |it: &&StoredAttachment| {
        held.letter
            .is_none_or(|letter| !stands_in(letter, it.cid.as_deref()))
    };
    let files: Vec<_> = entry.attachments.iter().filter(apart).collect();
    if !files.is_empty() {
        block.line();
    }
    parts::attachments(block, (x, end), entry, look, |it| apart(&it));
}

/// The subject, where it is not that of the conversation.
fn other_subject<'e>(entry: &'e Entry, look: &Look<'_>) -> Option<&'e str> {
    let subject = entry
        .subject
        .as_deref()
        .filter(|it| !it.trim().is_empty())?;
    let known = look.subject.unwrap_or_default();
    (bare(subject) != bare(known)).then_some(subject)
}

/// A subject without the words that mail programs put before it.
fn bare(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((word, behind)) = rest.split_once(':') {
        let known = ["re", "aw", "fw", "fwd", "tr", "wg", "rif", "sv"];
        if !known.iter().any(|it| it.eq_ignore_ascii_case(word.trim())) {
            break;
        }
        rest = behind.trim();
    }
    rest
}

fn body(
    block: &mut Block,
    entry: &Entry,
    mail: &MailHead,
    held: &Held<'_>,
    fold: Fold,
    look: &Look<'_>,
) {
    let (x, end) = (1, look.end());
    let room = end.saturating_sub(x);
    match held.letter {
        Some(letter) if !letter.parts.is_empty() => {
            let stretches = match fold {
                Fold::Full => brief::whole(letter),
                _ => brief::brief(letter),
            };
            letter::write(block, entry, letter, &stretches, look, (x, end));
        }
        _ if !entry.text.trim().is_empty() => words(block, entry, fold, look, (x, end)),
        _ if mail.body.is_some() && mail.is_complete != Some(false) => {
            let words = "a mail without words";
            block.line().put(x, end, words, Role::Told, None);
        }
        _ => {
            let words = if look.online {
                "its text is being fetched…"
            } else {
                "its text is not here yet; it is fetched when the network is back"
            };
            block.wrapped(x, room, words, &[], Role::Told, MOST);
            return;
        }
    }
    if mail.is_complete == Some(false) {
        let words = "the server does not have all of this mail yet";
        block.line();
        block.wrapped(x, room, words, &[], Role::Told, 4);
    }
}
