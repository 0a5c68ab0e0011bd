//! What is stored, as JSON for programs: one object on a line, each with its `kind` and the server's own `id`.
//! docs/shell.md describes every field.
//!
//! All commands build their lines here, so a message looks the same wherever it is printed. Fields are never left out:
//! what is not known is null.

mod entries;
mod hits;

pub(super) use entries::{Detail, entry, saved};
pub(super) use hits::{hit, hit_of_chat, hit_of_person};

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Failure, output};
use crate::model::act::Correspondent;
use crate::model::chat::ChatKind;
use crate::model::id::AccountId;
use crate::model::inbox::{
    AccountKey, Conversation, Handle, StoredAccount, StoredFolder, StoredPerson,
};
use crate::model::outbox::{Draft, DraftBody, OutboxItem};
use crate::model::words::Spelled as _;
use crate::store::{Result, Store, read};

/// The server's ids of accounts.
#[derive(Debug)]
pub(super) struct Ids(HashMap<AccountKey, AccountId>);

impl Ids {
    pub(super) fn load(store: &Store) -> Result<Self> {
        Ok(Self(store.read_now(read::accounts::ids)?))
    }

    fn of(&self, key: AccountKey) -> Option<&str> {
        self.0.get(&key).map(AccountId::as_str)
    }
}

/// Prints a record.
pub(super) fn print(record: &Value) -> std::result::Result<(), Failure> {
    output::line(&output::escaped(&record.to_string()))
}

fn time(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| at.to_string().into())
}

pub(super) fn account(it: &StoredAccount) -> Value {
    json!({
        "kind": "account",
        "id": it.id.as_str(),
        "provider": it.provider.to_word(),
        "name": it.name,
        "identity": it.identity,
        "own_id": it.own_id.as_ref().map(AsRef::as_ref),
        "status": it.status.to_word(),
        "status_since": it.status_since.to_string(),
        "has_chats": it.has_chats,
        "has_mail": it.has_mail,
        "paused": it.paused,
        "synced_at": time(it.synced_at),
        "unread": it.unread,
    })
}

pub(super) fn folder(it: &StoredFolder, ids: &Ids) -> Value {
    json!({
        "kind": "folder",
        "id": it.uid,
        "account_id": ids.of(it.account),
        "name": it.name,
        "role": it.role.to_word(),
        "provider_id": it.provider_id,
        "unread": it.unread,
    })
}

/// A chat or a thread; with the people in it where that was looked up.
pub(super) fn chat(it: &Conversation, ids: &Ids, members: Option<&[Handle]>) -> Value {
    let kind = match &it.kind {
        _ if it.is_mail => "thread",
        ChatKind::OneToOne => "one_to_one",
        ChatKind::Group => "group",
        ChatKind::Channel => "channel",
        ChatKind::Other(_) => "other",
    };
    json!({
        "kind": "chat",
        "id": it.uid,
        "account_id": ids.of(it.account),
        "provider": it.provider.to_word(),
        "type": kind,
        "name": it.title,
        "subject": it.subject,
        "last_at": time(it.last_at),
        "last_text": it.snippet,
        "last_by": it.snippet_by.as_deref().filter(|name| !name.is_empty()),
        "last_own": it.last_own,
        "unread": it.unread,
        "archived": it.archived,
        "pinned": it.pinned,
        "muted": it.muted,
        "starred": it.starred,
        "needs_reply": it.needs_reply,
        "has_draft": it.has_draft,
        "has_files": it.has_files,
        "writable": it.writable,
        "members": members.map(|list| list.iter().map(|it| handle(it, ids)).collect::<Vec<_>>()),
    })
}

/// A person over all networks has no id of the server: the first handle lends its own.
pub(super) fn person(it: &StoredPerson, ids: &Ids) -> Value {
    let id = it.handles.first().map(handle_id);
    let handles: Vec<Value> = it.handles.iter().map(|it| handle(it, ids)).collect();
    json!({
        "kind": "person",
        "id": id.unwrap_or_default(),
        "name": it.name,
        "handles": handles,
    })
}

fn handle(it: &Handle, ids: &Ids) -> Value {
    json!({
        "id": handle_id(it),
        "account_id": ids.of(it.account),
        "provider_id": it.provider_id.as_str(),
        "name": it.name,
        "public_id": it.public_id,
        "headline": it.headline,
        "is_self": it.is_self,
    })
}

/// The server's id, or the network's own where the server has none: the address of a correspondent.
pub(super) fn handle_id(it: &Handle) -> &str {
    it.uid
        .as_ref()
        .map_or(it.provider_id.as_str(), |uid| uid.as_str())
}

/// An act in the outbox has no id at the server; it has a number here, and names what came of it.
pub(super) fn outbox(it: &OutboxItem) -> Value {
    let body = DraftBody::of(&it.act);
    json!({
        "kind": "outbox",
        "id": it.id.0.to_string(),
        "account_id": it.account.as_str(),
        "chat_id": it.conversation,
        "act": crate::store::outbox::describe(&it.act),
        "state": it.state.as_str(),
        "text": body.map(|it| it.text),
        "due_at": it.due_at.to_string(),
        "created_at": it.created_at.to_string(),
        "updated_at": it.updated_at.to_string(),
        "attempted_at": time(it.attempted_at),
        "tries": it.tries,
        "error": it.error,
        "result_id": it.result,
    })
}

/// A draft has no id at the server; it has a number here.
pub(super) fn draft(it: &Draft) -> Value {
    let body = &it.body;
    let files = body.attachments.iter();
    let files: Vec<Value> = files
        .map(|file| json!({"name": file.name, "mime": file.mime, "size": file.size, "path": file.path.to_string_lossy()}))
        .collect();
    let people = |list: &[Correspondent]| -> Vec<Value> {
        let one = |it: &Correspondent| json!({"name": it.name, "address": it.address});
        list.iter().map(one).collect()
    };
    let mail = body.mail.as_deref();
    let answered = mail.and_then(|it| it.answers.as_ref().map(AsRef::as_ref));
    json!({
        "kind": "draft",
        "id": it.key.0.to_string(),
        "chat_id": body.conversation,
        "account_id": body.account.as_ref().map(AsRef::as_ref),
        "subject": body.subject,
        "text": body.text,
        "to": people(&body.to),
        "cc": people(&body.cc),
        "bcc": people(&body.bcc),
        "attendees": body.attendees.iter().map(AsRef::as_ref).collect::<Vec<&str>>(),
        "quote_id": body.quote.as_ref().map(AsRef::as_ref).or(answered),
        "files": files,
        "created_at": it.created_at.to_string(),
        "updated_at": it.updated_at.to_string(),
    })
}
