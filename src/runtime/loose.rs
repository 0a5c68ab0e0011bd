//! Drafts that belong to no conversation, as rows of the list, so that they are found where all drafts are.

use rusqlite::Connection;

use crate::model::account::Provider;
use crate::model::chat::ChatKind;
use crate::model::inbox::{AccountKey, Conversation, ConversationKey, StoredAccount};
use crate::model::outbox::{Draft, DraftBody};
use crate::store::Result;
use crate::store::outbox::drafts;
use crate::store::read::accounts;

/// The rows, the latest first.
pub fn rows(db: &Connection, account: Option<AccountKey>) -> Result<Vec<Conversation>> {
    let drafts = drafts::loose(db)?;
    if drafts.is_empty() {
        return Ok(Vec::new());
    }
    let accounts = accounts::all(db)?;
    let rows = drafts.iter().filter_map(|draft| {
        let of = |it: &&StoredAccount| Some(&it.id) == draft.body.account.as_ref();
        // Whose account is gone can still be read and sent from another.
        let from = accounts.iter().find(of).or(accounts.first());
        let shown = account.is_none_or(|only| from.is_some_and(|it| it.key == only));
        shown.then(|| row(draft, from))
    });
    Ok(rows.collect())
}

/// How many there are.
pub fn count(db: &Connection, account: Option<AccountKey>) -> Result<u64> {
    Ok(u64::try_from(rows(db, account)?.len()).unwrap_or(u64::MAX))
}

fn row(draft: &Draft, from: Option<&StoredAccount>) -> Conversation {
    let body = &draft.body;
    Conversation {
        key: ConversationKey::of_draft(draft.key),
        account: from.map_or(AccountKey(0), |it| it.key),
        uid: String::new(),
        is_mail: false,
        kind: ChatKind::OneToOne,
        provider: from.map_or(Provider::Other(String::new()), |it| it.provider.clone()),
        title: title(body),
        picture: None,
        subject: None,
        snippet: body.text.split_whitespace().collect::<Vec<_>>().join(" "),
        snippet_by: None,
        last_entry: None,
        last_own: true,
        last_at: Some(draft.updated_at),
        unread: 0,
        archived: false,
        pinned: false,
        muted: false,
        starred: false,
        has_draft: true,
        needs_reply: false,
        has_files: !body.attachments.is_empty(),
        writable: true,
    }
}

/// What it is about, or whom it is for.
fn title(body: &DraftBody) -> String {
    let group = body.title.iter().map(String::as_str);
    let mails = body.to.iter().chain(&body.cc).chain(&body.bcc);
    let mails = mails.map(|it| it.name.as_deref().unwrap_or(&it.address));
    let people: Vec<&str> = body.names.iter().map(String::as_str).chain(mails).collect();
    let people = match people.join(", ") {
        names if names.is_empty() => names,
        names => format!("To {names}"),
    };
    let subject = Some(body.subject.as_str());
    let mut all = group.chain([people.as_str()]).chain(subject);
    let named = all.find(|it| !it.trim().is_empty());
    named.unwrap_or("New message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::{Answer, Read};
    use crate::app::places::Filter;
    use crate::model::inbox::{Edge, View};
    use crate::model::outbox::DraftEdit;
    use crate::runtime::reads;
    use crate::store::apply::samples::chat;
    use crate::store::apply::{self, Stamp};
    use crate::store::{Care, Store};

    fn listed(store: &Store) -> Vec<Conversation> {
        let read = Read::List {
            filter: Filter {
                view: View::Drafts,
                ..Filter::default()
            },
            edge: Edge::Top,
            limit: 9,
        };
        match reads::answer(store, &read) {
            Answer::List { rows, .. } => rows,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_draft_is_found_among_the_drafts_wherever_it_belongs() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("profile")).unwrap();
        let filled = store.write_now(Care::Kept, |tx| {
            apply::chats(tx, &[chat("chat")], Stamp(1))?;
            let now = jiff::Timestamp::now();
            let first = DraftBody {
                account: Some("acc".into()),
                text: "Hello  there".to_owned(),
                names: vec!["Grace".to_owned(), "Alan".to_owned()],
                ..DraftBody::default()
            };
            drafts::save(tx, None, &first, now)?;
            let change = DraftBody {
                account: Some("acc".into()),
                text: "better words".to_owned(),
                edits: Some(DraftEdit {
                    conversation: "chat".to_owned(),
                    message: "m1".into(),
                }),
                ..DraftBody::default()
            };
            drafts::save(tx, None, &change, now)
        });
        let change = filled.unwrap();
        let found = listed(&store);
        let said: Vec<_> = found
            .iter()
            .map(|it| (it.title.as_str(), it.snippet.as_str()))
            .collect();
        assert_eq!(said[0], ("To Grace, Alan", "Hello there"));
        assert_eq!(found[1].uid, "chat", "where a message is being changed");
        assert!(found[0].key.draft().is_some() && found.len() == 2);
        let counted = store.read_now(|db| count(db, None)).unwrap();
        assert_eq!(counted, 1);
        // What was finished is not shown any longer.
        let ended = store.write_now(Care::Kept, move |tx| drafts::delete(tx, change));
        ended.unwrap();
        assert_eq!(listed(&store).len(), 1);
    }
}
