//! Answers of the server as tests need them: plain ones, to be changed where it matters.

use jiff::Timestamp;

use crate::model::chat::{Chat, ChatKind, Muted};
use crate::model::message::Message;
use crate::model::person::Attendee;

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub(crate) fn chat(id: &str) -> Chat {
    Chat {
        id: id.into(),
        account_id: "acc".into(),
        provider: None,
        provider_id: None,
        attendee_provider_id: Some("p1".into()),
        name: None,
        kind: ChatKind::OneToOne,
        last_activity: Some(at(0)),
        unread_count: 1,
        archived: false,
        pinned: None,
        muted: Muted::No,
        read_only: 0,
        disabled_features: vec![],
        subject: None,
        organization_id: None,
        mailbox_id: None,
        content: None,
        folders: vec![],
        last_message: None,
    }
}

pub(crate) fn message(id: &str, second: i64, text: &str) -> Message {
    Message {
        id: id.into(),
        account_id: "acc".into(),
        chat_id: "chat".into(),
        chat_provider_id: None,
        provider_id: None,
        message_id: None,
        sender_id: Some("p1".into()),
        sender_attendee_id: None,
        text: Some(text.to_owned()),
        subject: None,
        timestamp: at(second),
        is_sender: false,
        attachments: vec![],
        reactions: vec![],
        quoted: None,
        reply_to: None,
        seen: None,
        seen_by: std::collections::BTreeMap::new(),
        delivered: None,
        hidden: false,
        deleted: false,
        edited: false,
        event: None,
        behavior: None,
        replies: None,
        reply_by: vec![],
        parent: None,
        is_forwarded: None,
        mentions: None,
        kind: None,
        attendee_kind: None,
        attendee_distance: None,
        sender_urn: None,
    }
}

pub(crate) fn attendee(name: &str) -> Attendee {
    Attendee {
        id: "att".into(),
        account_id: "acc".into(),
        provider_id: "p1".into(),
        name: name.to_owned(),
        is_self: false,
        hidden: false,
        picture_url: None,
        profile_url: None,
        public_identifier: None,
        specifics: None,
    }
}
