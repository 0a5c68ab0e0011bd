//! Messages, mails and what hangs on them.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Ids, time};
use crate::model::email::{Address, Extent};
use crate::model::inbox::{
    AccountKey, Conversation, Entry, MailHead, MailSource, Quote, StoredAttachment, StoredReaction,
};
use crate::model::message::MessageEvent;
use crate::model::words::Spelled as _;

/// In which conversation an entry stands.
#[derive(Debug, Clone)]
pub struct Detail<'a> {
    pub chat_id: &'a str,
    pub account: AccountKey,
    /// What of a mail was looked up besides.
    pub source: Option<&'a MailSource>,
}

impl<'a> Detail<'a> {
    pub(in crate::cli) fn of(chat: &'a Conversation) -> Self {
        Self {
            chat_id: &chat.uid,
            account: chat.account,
            source: None,
        }
    }
}

/// A message or a mail.
pub(in crate::cli) fn entry(it: &Entry, detail: &Detail<'_>, ids: &Ids) -> Value {
    let mut record = json!({
        "kind": if it.mail.is_some() { "email" } else { "message" },
        "id": it.uid.as_str(),
        "chat_id": detail.chat_id,
        "account_id": ids.of(detail.account),
        "time": it.key.time().to_string(),
        "sender": it.sender_name,
        "sender_id": it.sender_id.as_ref().map(AsRef::as_ref),
        "own": it.own,
        "subject": it.subject,
        "text": it.text,
        "starred": it.starred,
        "attachments": it.attachments.iter().map(attachment).collect::<Vec<_>>(),
    });
    if let Value::Object(fields) = &mut record {
        match &it.mail {
            Some(head) => mail(fields, it, head, detail.source),
            None => message(fields, it),
        }
    }
    record
}

fn put<const N: usize>(fields: &mut Map<String, Value>, more: [(&str, Value); N]) {
    fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
}

fn message(fields: &mut Map<String, Value>, it: &Entry) {
    let readers = it.readers.iter();
    let readers: Vec<Value> = readers
        .map(|(name, at)| json!({"name": name, "at": time(*at)}))
        .collect();
    put(
        fields,
        [
            ("event", it.event.as_ref().map(event).into()),
            ("quote", it.quote.as_ref().map_or(Value::Null, quote)),
            ("reactions", it.reactions.iter().map(reaction).collect()),
            ("read_by", readers.into()),
            ("delivered", it.delivered.into()),
            ("seen", it.seen.into()),
            ("edited", it.edited.into()),
            ("deleted", it.deleted.into()),
            ("forwarded", it.forwarded.into()),
            ("hidden", it.hidden.into()),
        ],
    );
}

fn mail(fields: &mut Map<String, Value>, it: &Entry, head: &MailHead, source: Option<&MailSource>) {
    let headers = source.map(|it| {
        let pair = |(name, value): &(String, String)| json!({"name": name, "value": value});
        it.headers.iter().map(pair).collect::<Vec<_>>()
    });
    put(
        fields,
        [
            ("from", head.from.as_ref().map_or(Value::Null, address)),
            ("to", head.to.iter().map(address).collect()),
            ("cc", head.cc.iter().map(address).collect()),
            ("bcc", head.bcc.iter().map(address).collect()),
            ("reply_to", head.reply_to.iter().map(address).collect()),
            ("unread", it.unread.into()),
            ("role", head.role.to_word().into()),
            ("folders", head.folders.clone().into()),
            ("message_id", head.message_id.clone().into()),
            ("has_body", (head.extent == Extent::Full).into()),
            ("html", source.and_then(|it| it.html.clone()).into()),
            (
                "in_reply_to",
                source.and_then(|it| it.in_reply_to.clone()).into(),
            ),
            ("headers", headers.into()),
        ],
    );
}

fn address(it: &Address) -> Value {
    json!({"name": it.name, "address": it.address})
}

fn quote(it: &Quote) -> Value {
    json!({"id": it.uid.as_ref().map(AsRef::as_ref), "by": it.by, "text": it.text})
}

fn reaction(it: &StoredReaction) -> Value {
    json!({"value": it.value, "by": it.by, "own": it.own})
}

/// A file or a card; inside of what it hangs on.
fn attachment(it: &StoredAttachment) -> Value {
    json!({
        "kind": "attachment",
        "id": it.id.as_str(),
        "type": it.kind,
        "name": it.name,
        "mime": it.mime,
        "size": it.size,
        "width": it.width,
        "height": it.height,
        "duration": it.duration,
        "variant": it.variant,
        "unavailable": it.unavailable,
        "cid": it.cid,
    })
}

/// A file of a mail that was saved.
pub(in crate::cli) fn saved(it: &Entry, file: &StoredAttachment, path: &Path) -> Value {
    let size = std::fs::metadata(path).ok().map(|it| it.len());
    json!({
        "kind": "saved",
        "id": file.id.as_str(),
        "email_id": it.uid.as_str(),
        "path": path.display().to_string(),
        "name": file.name,
        "mime": file.mime,
        "size": size,
    })
}

/// What a line of the system tells, as a word.
fn event(event: &MessageEvent) -> &str {
    match event {
        MessageEvent::Unknown => "unknown",
        MessageEvent::Reaction => "reaction",
        MessageEvent::ReactionToOwner => "reaction_to_owner",
        MessageEvent::GroupCreated => "group_created",
        MessageEvent::TitleChanged => "title_changed",
        MessageEvent::ParticipantAdded => "participant_added",
        MessageEvent::ParticipantRemoved => "participant_removed",
        MessageEvent::ParticipantLeft => "participant_left",
        MessageEvent::MissedVoiceCall => "missed_voice_call",
        MessageEvent::MissedOtherCall => "missed_other_call",
        MessageEvent::Other(word) => word,
    }
}
