//! Says in words what an act is.

use super::optimism;
use crate::model::act::{Act, ChatMark};
use crate::store::error::Result;
use crate::store::tx::Tx;

/// What an act does, in a word or two, such as `Archive`.
pub fn describe(act: &Act) -> &'static str {
    match act {
        Act::SendMessage(_) => "Send message",
        Act::StartChat(_) => "Start chat",
        Act::SendEmail(_) => "Send mail",
        Act::React { .. } => "React",
        Act::EditMessage { .. } => "Edit message",
        Act::ForwardMessage { .. } => "Forward message",
        Act::DeleteMessage { .. } => "Delete message",
        Act::MarkChat { mark, on, .. } => match (mark, on) {
            (ChatMark::Read, true) => "Mark as read",
            (ChatMark::Read, false) => "Mark as unread",
            (ChatMark::Archived, true) => "Archive",
            (ChatMark::Archived, false) => "Move to the inbox",
            (ChatMark::Pinned, true) => "Pin",
            (ChatMark::Pinned, false) => "Unpin",
            (ChatMark::Muted, true) => "Mute",
            (ChatMark::Muted, false) => "Unmute",
        },
        Act::DeleteChat { .. } => "Delete chat",
        Act::ReadMail { read: true, .. } => "Mark as read",
        Act::ReadMail { read: false, .. } => "Mark as unread",
        Act::MoveMail { role, .. } => match role.as_str() {
            "archive" | "all" => "Archive",
            "trash" => "Move to the trash",
            "spam" => "Mark as spam",
            "inbox" => "Move to the inbox",
            _ => "Move mail",
        },
        Act::DeleteMail { .. } => "Delete mail",
        Act::Star { on: true, .. } => "Star",
        Act::Star { on: false, .. } => "Remove star",
    }
}

/// What an act was to do with something of that name, such as `mute Choir`; for `Could not …`.
pub fn aim(act: &Act, name: &str) -> String {
    let name = if name.is_empty() {
        "this conversation"
    } else {
        name
    };
    let (before, after) = match act {
        Act::SendMessage(_) => ("send your message to", ""),
        Act::StartChat(_) => ("start the conversation with", ""),
        Act::SendEmail(_) => ("send your mail to", ""),
        Act::React { .. } => ("react in", ""),
        Act::EditMessage { .. } => ("change your message in", ""),
        Act::ForwardMessage { .. } => ("pass the message on to", ""),
        Act::DeleteMessage { .. } => ("delete your message in", ""),
        Act::MarkChat { mark, on, .. } => match (mark, on) {
            (ChatMark::Read, true) => ("mark", " as read"),
            (ChatMark::Read, false) => ("mark", " as unread"),
            (ChatMark::Archived, true) => ("archive", ""),
            (ChatMark::Archived, false) => ("move", " to the inbox"),
            (ChatMark::Pinned, true) => ("pin", ""),
            (ChatMark::Pinned, false) => ("unpin", ""),
            (ChatMark::Muted, true) => ("mute", ""),
            (ChatMark::Muted, false) => ("unmute", ""),
        },
        Act::ReadMail { read: true, .. } => ("mark", " as read"),
        Act::ReadMail { read: false, .. } => ("mark", " as unread"),
        Act::MoveMail { role, .. } => match role.as_str() {
            "archive" | "all" => ("archive", ""),
            "trash" => ("move", " to the trash"),
            "spam" => ("mark", " as spam"),
            "inbox" => ("move", " to the inbox"),
            _ => ("move", ""),
        },
        Act::DeleteChat { .. } | Act::DeleteMail { .. } => ("delete", ""),
        Act::Star { on: true, .. } => ("star", ""),
        Act::Star { on: false, .. } => ("take the star off", ""),
    };
    format!("{before} {name}{after}")
}

/// What was done in one stroke, such as `Archive: Choir` or `Archive: Choir and 3 more`.
pub(super) fn label(tx: &Tx<'_>, acts: &[Act]) -> Result<String> {
    let Some(first) = acts.first() else {
        return Ok(String::new());
    };
    let mut conversations = std::collections::BTreeSet::new();
    for act in acts {
        conversations.extend(optimism::conversation(tx, act)?);
    }
    let title = match optimism::conversation(tx, first)? {
        Some(key) => tx.query_row(
            "SELECT title FROM conversations WHERE id = ?1",
            [key.0],
            |row| row.get(0),
        )?,
        None => recipients(first),
    };
    let what = describe(first);
    let more = conversations.len().saturating_sub(1);
    Ok(match (title.is_empty(), more) {
        (true, _) => what.to_owned(),
        (false, 0) => format!("{what}: {title}"),
        (false, more) => format!("{what}: {title} and {more} more"),
    })
}

fn recipients(act: &Act) -> String {
    match act {
        Act::SendEmail(mail) => {
            let all = mail.to.iter().chain(&mail.cc).chain(&mail.bcc);
            let names = all.map(|it| it.name.as_deref().unwrap_or(&it.address));
            names.take(3).collect::<Vec<_>>().join(", ")
        }
        Act::StartChat(chat) => chat.title.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_done_is_said_as_people_say_it() {
        let mark = |mark, on| Act::MarkChat {
            account: "a".into(),
            chat: "c".into(),
            mark,
            on,
        };
        assert_eq!(aim(&mark(ChatMark::Muted, true), "Choir"), "mute Choir");
        assert_eq!(
            aim(&mark(ChatMark::Read, false), ""),
            "mark this conversation as unread"
        );
    }
}
