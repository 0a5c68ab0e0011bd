//! The head of a mail: who wrote it to whom, when, and where it lies. Names on a line each, or all addresses.

use super::block::{Block, Mark, Role};
use super::look::Look;
use crate::model::email::{Address, FolderRole};
use crate::model::inbox::{Entry, MailHead};
use crate::ui::{text, when};

/// So many addresses of a list are shown.
const SHOWN: usize = 60;
/// So many labels stand beside the folder.
const LABELS: usize = 3;

/// What somebody is called.
pub fn called(address: &Address) -> &str {
    let name = address.name.as_deref().map(str::trim);
    name.filter(|it| !it.is_empty()).unwrap_or(&address.address)
}

/// Writes who gets it and where it lies.
pub fn write(
    block: &mut Block,
    entry: &Entry,
    mail: &MailHead,
    all: bool,
    look: &Look<'_>,
    columns: (u16, u16),
) {
    if all {
        addresses(block, entry, mail, look, columns);
    } else {
        names(block, mail, columns);
    }
    let (x, end) = columns;
    let Some(place) = place(mail).filter(|_| look.width > 20) else {
        return;
    };
    // Beside the last line of names, or on one of its own.
    let start = end.saturating_sub(text::width(&place));
    match block.lines.len().checked_sub(1) {
        Some(last) if last >= block.lead && block.end_of(last) + 2 <= start => {
            block.add_to(last, start, &place, Role::Faint);
        }
        _ => {
            block.line().put(x, end, &place, Role::Faint, None);
        }
    }
}

fn lists(mail: &MailHead) -> [(&'static str, &[Address]); 3] {
    [("To", &mail.to), ("Cc", &mail.cc), ("Bcc", &mail.bcc)]
}

fn names(block: &mut Block, mail: &MailHead, (x, end): (u16, u16)) {
    let mark = Some(Mark::Addresses);
    for (label, list) in lists(mail).into_iter().filter(|(_, it)| !it.is_empty()) {
        let from = x + 4;
        block.line().put(x, end, label, Role::Faint, mark);
        let room = end.saturating_sub(from);
        let all = joined(list.iter().take(SHOWN), room, list.len());
        block.put(from, end, &all, Role::Muted, mark);
    }
}

/// As many names as fit, and how many there are beside them.
fn joined<'a>(list: impl Iterator<Item = &'a Address>, room: u16, all: usize) -> String {
    let mut out = String::new();
    for (at, address) in list.enumerate() {
        let left = all - at;
        let more = format!(" and {left} more");
        let next = called(address);
        let wide = text::width(&out) + 2 + text::width(next);
        let tail = if left > 1 {
            text::width(" and 99 more")
        } else {
            0
        };
        if at > 0 && wide + tail > room {
            return out + &more;
        }
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(next);
    }
    out
}

fn addresses(
    block: &mut Block,
    entry: &Entry,
    mail: &MailHead,
    look: &Look<'_>,
    columns: (u16, u16),
) {
    let from: Vec<Address> = mail.from.iter().cloned().collect();
    // Where an answer goes to somebody else, that is worth knowing.
    let same = |it: &Address| {
        from.iter()
            .any(|from| from.address.eq_ignore_ascii_case(&it.address))
    };
    let elsewhere = !mail.reply_to.iter().all(same);
    let (x, end) = columns;
    let column = if elsewhere { x + 9 } else { x + 5 };
    list(block, "From", &from, (x, column, end));
    if elsewhere {
        list(block, "Reply-To", &mail.reply_to, (x, column, end));
    }
    for (label, all) in lists(mail) {
        list(block, label, all, (x, column, end));
    }
    let at = entry.key.time();
    let date = when::heading(when::day(at, look.settings), look.now, look.settings);
    block.line().put(x, end, "Date", Role::Faint, None);
    let date = format!("{date}, {}", look.clock(at));
    block.put(column, end, &date, Role::Muted, None);
}

fn list(block: &mut Block, label: &str, all: &[Address], (x, from, end): (u16, u16, u16)) {
    let mark = Some(Mark::Addresses);
    for (at, it) in all.iter().take(SHOWN).enumerate() {
        block.line();
        if at == 0 {
            block.put(x, end, label, Role::Faint, mark);
        }
        let name = called(it);
        if name == it.address {
            block.put(from, end, name, Role::Muted, mark);
            continue;
        }
        let after = block.put(from, end, name, Role::Muted, mark);
        let address = format!("<{}>", it.address);
        if after + 1 + text::width(&address) > end {
            // An address is told whole wherever it can be.
            block.line();
            block.put(from + 2, end, &address, Role::Faint, mark);
        } else {
            block.put(after + 1, end, &address, Role::Faint, mark);
        }
    }
    if let Some(more) = all.len().checked_sub(SHOWN).filter(|it| *it > 0) {
        let words = format!("and {more} more");
        block.line().put(from, end, &words, Role::Muted, mark);
    }
}

/// Whether a label only says again what is shown in another way.
fn is_mark(label: &str) -> bool {
    let marks = [
        "STARRED",
        "IMPORTANT",
        "UNREAD",
        "ALL_MAIL",
        "INBOX",
        "SENT",
    ];
    marks.contains(&label.trim()) || label.starts_with("CATEGORY_") || label.starts_with("[Gmail]")
}

/// Where it lies, and its labels.
fn place(mail: &MailHead) -> Option<String> {
    let word = match mail.role {
        FolderRole::Inbox => Some("Inbox"),
        FolderRole::Sent => Some("Sent"),
        FolderRole::Archive => Some("Archive"),
        FolderRole::Drafts => Some("Drafts"),
        FolderRole::Trash => Some("Trash"),
        FolderRole::Spam => Some("Spam"),
        _ => None,
    };
    let mut places: Vec<String> = word.into_iter().map(str::to_owned).collect();
    // The first one gives the mail its role.
    let others = mail.folders.iter().skip(usize::from(word.is_some()));
    for name in others {
        let is_known =
            is_mark(name) || places.iter().any(|it| it.eq_ignore_ascii_case(name.trim()));
        if !is_known && !name.trim().is_empty() && places.len() <= LABELS {
            places.push(text::cut(name.trim(), 20).into_owned());
        }
    }
    (!places.is_empty()).then(|| places.join(" · "))
}
