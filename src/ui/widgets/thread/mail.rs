//! Mails as cards: who wrote to whom and when, then the text; older ones folded to a line.

use super::block::{Block, Face, Mark, Role};
use super::look::{Look, Place};
use super::message::{lead, person, words};
use super::parts;
use crate::app::thread::Fold;
use crate::model::email::{Address, Extent, FolderRole};
use crate::model::inbox::{Entry, MailHead};
use crate::ui::{text, when};

/// Recipients take no more lines than this.
const LINES: usize = 2;

/// The lines of a mail.
pub fn block(entry: &Entry, mail: &MailHead, place: &Place, look: &Look<'_>) -> Block {
    let mut block = Block::new(look.width);
    lead(&mut block, place, look);
    if place.fold == Fold::Line {
        folded(&mut block, entry, mail, place, look);
    } else {
        card(&mut block, entry, mail, place, look);
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

fn called(address: &Address) -> &str {
    let name = address.name.as_deref().map(str::trim);
    name.filter(|it| !it.is_empty()).unwrap_or(&address.address)
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

fn card(block: &mut Block, entry: &Entry, mail: &MailHead, place: &Place, look: &Look<'_>) {
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
    if let Some(from) = mail.from.as_ref().filter(|it| it.address != name) {
        let address = format!("<{}>", from.address);
        // An address is told whole or not at all.
        if after + 1 + text::width(&address) <= room {
            after = block.put(after + 1, room, &address, Role::Faint, None);
        }
    }
    block.put_right(after + 1, end, &time, Role::Faint);
    block.lead = block.lines.len();
    recipients(block, mail, look, (x, end));
    if let Some(subject) = other_subject(entry, look) {
        block.line().put(x, end, subject, Role::Strong, None);
    }
    block.line();
    body(block, entry, mail, place.fold, look);
    if !entry.attachments.is_empty() {
        block.line();
    }
    parts::attachments(block, x, end, entry, look);
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

fn body(block: &mut Block, entry: &Entry, mail: &MailHead, fold: Fold, look: &Look<'_>) {
    let columns = (look.column(), look.end());
    let (x, end) = columns;
    if !entry.text.trim().is_empty() {
        words(block, entry, fold, look, columns);
        return;
    }
    let words = match mail.extent {
        Extent::Full => "a mail without words",
        _ if look.online => "its text is being fetched…",
        _ => "its text is not here yet",
    };
    block.line().put(x, end, words, Role::Told, None);
}

fn recipients(block: &mut Block, mail: &MailHead, look: &Look<'_>, (x, end): (u16, u16)) {
    let folder = folder(mail);
    for (label, list) in [("To ", &mail.to), ("Cc ", &mail.cc), ("Bcc", &mail.bcc)] {
        if list.is_empty() {
            continue;
        }
        let names: Vec<&str> = list.iter().take(40).map(called).collect();
        let mut names = names.join(", ");
        if list.len() > 40 {
            names.push_str(" and others");
        }
        let first = block.lines.len();
        let from = x + 4;
        let mut lines = text::wrap(&names, end.saturating_sub(from), LINES + 1);
        if lines.len() > LINES {
            lines.truncate(LINES);
            if let Some(last) = lines.last_mut() {
                last.end = names.len();
            }
        }
        for line in lines {
            block.line();
            if block.lines.len() == first + 1 {
                block.put(x, end, label, Role::Faint, None);
            }
            let names = names.get(line).unwrap_or_default();
            block.put(from, end, names, Role::Muted, None);
        }
    }
    let folder = folder.filter(|_| look.width > 20);
    let Some(folder) = folder else { return };
    // Beside the last line of names, or on one of its own.
    let start = end.saturating_sub(text::width(&folder));
    match block.lines.len().checked_sub(1) {
        Some(last) if last >= block.lead && block.end_of(last) + 2 <= start => {
            block.add_to(last, start, &folder, Role::Faint);
        }
        _ => {
            block.line().put(x, end, &folder, Role::Faint, None);
        }
    }
}

/// Where it lies, in words.
fn folder(mail: &MailHead) -> Option<String> {
    let word = match mail.role {
        FolderRole::Inbox => "Inbox",
        FolderRole::Sent => "Sent",
        FolderRole::Archive => "Archive",
        FolderRole::Drafts => "Drafts",
        FolderRole::Trash => "Trash",
        FolderRole::Spam => "Spam",
        _ => {
            let name = mail.folders.first()?;
            return Some(text::cut(name, 24).into_owned());
        }
    };
    Some(word.to_owned())
}
