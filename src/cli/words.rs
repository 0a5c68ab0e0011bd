//! Messages, mails and files in the words of a list.

use std::fmt::Write as _;

pub(super) use crate::model::attachment::size;
use crate::model::inbox::{Entry, StoredAttachment};
use crate::model::message::MessageEvent;

/// Who wrote it.
pub(super) fn sender(it: &Entry) -> &str {
    if it.own {
        return "You";
    }
    let from = it.mail.as_ref().and_then(|head| head.from.as_ref());
    it.sender_name
        .as_deref()
        .or_else(|| from.map(|it| it.name.as_deref().unwrap_or(&it.address)))
        .filter(|name| !name.is_empty())
        .unwrap_or("Somebody")
}

/// What it says, with its subject and its files.
pub(super) fn summary(it: &Entry) -> String {
    if it.deleted {
        return "(deleted)".to_owned();
    }
    let mut parts = Vec::new();
    parts.extend(it.subject.as_deref().filter(|text| !text.is_empty()));
    let said = said(it);
    if !said.is_empty() {
        parts.push(&said);
    }
    let mut text = parts.join(" — ");
    for file in &it.attachments {
        if !text.is_empty() {
            text.push(' ');
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "[{}]", attachment(file));
    }
    text
}

/// The words of a message, or what happened where it is a line of the system.
pub(super) fn said(it: &Entry) -> String {
    match &it.event {
        Some(event) if it.text.is_empty() => happened(event).to_owned(),
        _ => it.text.clone(),
    }
}

fn happened(event: &MessageEvent) -> &str {
    match event {
        MessageEvent::Reaction | MessageEvent::ReactionToOwner => "reacted",
        MessageEvent::GroupCreated => "created the group",
        MessageEvent::TitleChanged => "changed the name of the group",
        MessageEvent::ParticipantAdded => "added somebody",
        MessageEvent::ParticipantRemoved => "removed somebody",
        MessageEvent::ParticipantLeft => "left",
        MessageEvent::MissedVoiceCall | MessageEvent::MissedOtherCall => "missed call",
        MessageEvent::Unknown | MessageEvent::Other(_) => "something happened here",
    }
}

/// What became of it: edited, seen and the like.
pub(super) fn marks(it: &Entry) -> Vec<&'static str> {
    let mut marks = Vec::new();
    if it.unread {
        marks.push("● unread");
    }
    if it.starred {
        marks.push("★");
    }
    if it.edited && !it.deleted {
        marks.push("edited");
    }
    if it.forwarded {
        marks.push("forwarded");
    }
    if it.own && it.mail.is_none() && it.event.is_none() {
        match (it.seen, it.delivered) {
            (Some(true), _) => marks.push("✓✓ seen"),
            (_, Some(true)) => marks.push("✓ delivered"),
            _ => {}
        }
    }
    marks
}

/// A file or a card: its name or what it is, and its size.
pub(super) fn attachment(it: &StoredAttachment) -> String {
    let kind = match (it.kind.as_str(), it.variant) {
        ("img", false) => "photo",
        ("img", true) => "sticker",
        ("video", false) => "video",
        ("video", true) => "GIF",
        ("audio", true) => "voice message",
        ("audio", false) => "audio",
        ("linkedin_post", _) => "shared post",
        ("video_meeting", _) => "video meeting",
        _ => "file",
    };
    let mut text = match it.name.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => name.to_owned(),
        None => kind.to_owned(),
    };
    let mut facts = Vec::new();
    facts.extend(it.duration.map(length));
    facts.extend(it.size.map(size));
    if it.unavailable {
        facts.push("not there any more".to_owned());
    }
    if !facts.is_empty() {
        let _ = write!(text, ", {}", facts.join(", "));
    }
    text
}

fn length(seconds: f64) -> String {
    // What is longer than a day or shorter than nothing was not measured.
    let seconds = seconds.clamp(0.0, 86_400.0).round();
    let minutes = (seconds / 60.0).floor();
    format!("{minutes}:{:02}", seconds - minutes * 60.0)
}
