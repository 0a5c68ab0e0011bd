//! What a search has found.

use serde_json::{Value, json};

use super::{Ids, handle_id};
use crate::model::inbox::StoredPerson;
use crate::store::search::{Excerpt, Hit, NamedConversation};

/// A message or a mail.
pub(in crate::cli) fn hit(it: &Hit, chat: Option<&str>, ids: &Ids) -> Value {
    json!({
        "kind": "hit",
        "id": it.uid.as_str(),
        "type": if it.is_mail { "email" } else { "message" },
        "chat_id": chat,
        "account_id": ids.of(it.account),
        "time": it.key.time().to_string(),
        "title": it.title,
        "title_ranges": [],
        "sender": it.sender_name,
        "own": it.own,
        "subject": text(it.subject.as_ref()),
        "subject_ranges": ranges(it.subject.as_ref()),
        "text": it.text.text,
        "text_ranges": ranges(Some(&it.text)),
        "file": text(it.file.as_ref()),
        "file_ranges": ranges(it.file.as_ref()),
    })
}

/// A conversation, by its name.
pub(in crate::cli) fn hit_of_chat(it: &NamedConversation, ids: &Ids) -> Value {
    json!({
        "kind": "hit",
        "id": it.uid,
        "type": "chat",
        "chat_id": it.uid,
        "account_id": ids.of(it.account),
        "time": null,
        "title": it.title.text,
        "title_ranges": ranges(Some(&it.title)),
        "sender": null,
        "own": false,
        "subject": text(it.subject.as_ref()),
        "subject_ranges": ranges(it.subject.as_ref()),
        "text": null,
        "text_ranges": [],
        "file": null,
        "file_ranges": [],
    })
}

/// A person, by the name.
pub(in crate::cli) fn hit_of_person(it: &StoredPerson, name: &Excerpt) -> Value {
    let handle = it.handles.first();
    json!({
        "kind": "hit",
        "id": handle.map(handle_id),
        "type": "person",
        "chat_id": null,
        "account_id": null,
        "time": null,
        "title": name.text,
        "title_ranges": ranges(Some(name)),
        "sender": null,
        "own": handle.is_some_and(|it| it.is_self),
        "subject": null,
        "subject_ranges": [],
        "text": null,
        "text_ranges": [],
        "file": null,
        "file_ranges": [],
    })
}

fn text(excerpt: Option<&Excerpt>) -> Option<&str> {
    excerpt.map(|it| it.text.as_str())
}

/// Where the hits are, counted in code points, ends not included.
fn ranges(excerpt: Option<&Excerpt>) -> Vec<[usize; 2]> {
    let Some(it) = excerpt else { return Vec::new() };
    let place = |byte: usize| it.text.get(..byte).map_or(0, |text| text.chars().count());
    let ranges = it.ranges.iter();
    ranges
        .map(|range| [place(range.start), place(range.end)])
        .collect()
}
