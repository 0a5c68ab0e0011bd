//! What the server has, listed whole through the API and put into a store of its own: the engine's store has to equal it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use onebox::api::emails::ListEmails;
use onebox::api::messaging::{ListAttendees, ListChats, ListMessages};
use onebox::api::{Client, Cursor, Page, Paging, Result};
use onebox::model::chat::ChatKind;
use onebox::model::email::FolderRole;
use onebox::store::apply::{self, Stamp};
use onebox::store::{Care, Store};
use tempfile::TempDir;

use super::Desk;
use crate::support::dump::{assert_index_is_exact, difference, dump};

/// All that a server has.
pub(super) struct Truth {
    _dir: TempDir,
    pub(super) store: Store,
}

async fn all<T, F: Future<Output = Result<Page<T>>>>(list: impl Fn(Paging) -> F) -> Vec<T> {
    let mut items = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let paging = Paging {
            cursor,
            limit: Some(250),
        };
        let page = match list(paging).await {
            Ok(page) => page,
            // Of an account without a login nothing can be listed.
            Err(error) if matches!(error.status(), Some(401 | 501)) => return items,
            Err(error) => panic!("{error}"),
        };
        assert!(page.flaws.is_empty());
        items.extend(page.items);
        cursor = page.cursor;
        if cursor.is_none() {
            return items;
        }
    }
}

impl Truth {
    pub(super) async fn of(client: &Client) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let accounts = all(async |paging| client.list_accounts(&paging).await).await;
        let list = accounts.clone();
        put(&store, move |tx| {
            apply::accounts(tx, &list, true, Stamp(1), Timestamp::UNIX_EPOCH)
        });
        for account in &accounts {
            let id = &account.id;
            let name = id.to_string();
            let stored = store.read_now(onebox::store::read::accounts::all).unwrap();
            let stored = stored.into_iter().find(|it| it.id == *id).unwrap();
            if stored.has_mail {
                let folders = client.list_folders(Some(id)).await;
                let folders = folders.map(|page| page.items).unwrap_or_default();
                let mails = all(async |paging| {
                    let params = ListEmails {
                        paging,
                        ..ListEmails::default()
                    };
                    client.list_emails(id, &params).await
                })
                .await;
                let book = all(async |paging| client.list_email_contacts(id, &paging).await).await;
                put(&store, move |tx| {
                    apply::folders(tx, &name, &folders, Stamp(1))?;
                    let applied = apply::mails(tx, &mails, Stamp(1))?;
                    // A draft stands for them.
                    for mail in mails.iter().filter(|it| it.role == FolderRole::Drafts) {
                        apply::hide(tx, mail.id.as_str(), true)?;
                    }
                    apply::contacts(tx, stored.key, &book)?;
                    Ok(applied)
                });
            }
            if stored.has_chats {
                chats(client, &store, id).await;
            }
        }
        Self { _dir: dir, store }
    }
}

async fn chats(client: &Client, store: &Store, id: &onebox::model::id::AccountId) {
    let chats = all(async |paging| {
        let params = ListChats {
            account_ids: vec![id.clone()],
            paging,
            ..ListChats::default()
        };
        client.list_chats(&params).await
    })
    .await;
    for chat in chats.iter().filter(|chat| chat.kind != ChatKind::OneToOne) {
        let members = all(async |paging| client.list_chat_attendees(&chat.id, &paging).await).await;
        let (account, chat) = (id.to_string(), chat.id.to_string());
        put(store, move |tx| {
            apply::members(tx, &account, &chat, &members, Stamp(1))
        });
    }
    let people = all(async |paging| {
        let params = ListAttendees {
            account_id: Some(id.clone()),
            paging,
        };
        client.list_attendees(&params).await
    })
    .await;
    let messages = all(async |paging| {
        let params = ListMessages {
            account_id: Some(id.clone()),
            paging,
            ..ListMessages::default()
        };
        client.list_messages(&params).await
    })
    .await;
    put(store, move |tx| {
        apply::chats(tx, &chats, Stamp(1))?;
        apply::attendees(tx, &people, Stamp(1))?;
        apply::messages(tx, &messages, Stamp(1))
    });
}

fn put(
    store: &Store,
    work: impl FnOnce(&onebox::store::Tx<'_>) -> onebox::store::Result<apply::Applied> + Send + 'static,
) {
    store.write_now(Care::Cache, work).unwrap();
}

/// Checks that a store has what the server has, all of it and nothing else.
pub(super) async fn assert_equal(desk: &Desk, client: &Client) {
    let truth = Truth::of(client).await;
    let (mut ours, theirs) = (dump(&desk.store), dump(&truth.store));
    // Somebody whose last chat is gone is no longer listed, and stays known.
    let who = |line: &str| line.split(" | ").take(3).collect::<Vec<_>>().join(" ");
    let listed: BTreeSet<_> = theirs.iter().map(|line| who(line)).collect();
    ours.retain(|line| !line.starts_with("handle") || listed.contains(&who(line)));
    assert!(ours == theirs, "{}", difference(&ours, &theirs));
    assert!(ours.iter().filter(|line| line.starts_with("entry")).count() > 100);
    assert_index_is_exact(&desk.store);
}
