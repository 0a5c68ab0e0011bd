//! A profile with things in it, and the program that works in it.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use futures_util::{StreamExt as _, pin_mut};
use jiff::Timestamp;
use onebox::api::emails::ListEmails;
use onebox::api::messaging::{ListAttendees, ListChats, ListMessages, read_messages};
use onebox::api::{Client, Paging, pages};
use onebox::demo::{Demo, Scale};
use onebox::model::account::{Account, AccountSource, AccountStatus, Connection, Provider};
use onebox::model::chat::{Chat, ChatKind, Muted};
use onebox::model::message::Message;
use onebox::store::apply::{self, Stamp};
use onebox::store::progress::raise_stamp;
use onebox::store::{Care, Store};
use tempfile::TempDir;

use super::{KEY, bare, client, options, out};

/// A folder with a profile in it; it goes when this goes.
#[derive(Debug)]
pub struct Profile {
    folder: TempDir,
}

impl Profile {
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A small world, fetched from an embedded server.
    pub async fn of_demo() -> Self {
        let mut options = options();
        options.scale = Scale {
            chats: 40,
            messages: 500,
            mails: 80,
            ..options.scale
        };
        let demo = Demo::start(options).await.unwrap();
        Self::on(&demo).await
    }

    /// What an embedded server has, fetched.
    pub async fn on(demo: &Demo) -> Self {
        let profile = Self::empty();
        fill(&profile.store(), &client(demo.url(), KEY)).await;
        profile
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn store(&self) -> Store {
        Store::open(&self.data().join("profiles").join("default")).unwrap()
    }

    /// The program in this profile, with a clock in UTC.
    pub fn onebox(&self, arguments: &[&str]) -> Command {
        let mut command = bare();
        command
            .env("ONEBOX_DATA", self.data())
            .env("ONEBOX_CONFIG", self.folder.path().join("config"))
            .env("TZ", "UTC")
            .args(arguments);
        command
    }

    /// What the program prints, when all goes well.
    pub fn out(&self, arguments: &[&str]) -> String {
        let output = self.onebox(arguments).output().unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            super::err(&output)
        );
        out(&output)
    }

    /// What it prints as JSON, an object a line.
    pub fn records(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        let text = self.out(arguments);
        let read =
            |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
        text.lines().map(read).collect()
    }

    /// Puts one WhatsApp account with some chats and messages into the store.
    pub fn put(&self, chats: Vec<Chat>, messages: Vec<Message>) {
        let work = move |tx: &onebox::store::Tx<'_>| {
            apply::accounts(tx, &[account()], true, Stamp(1), Timestamp::UNIX_EPOCH)?;
            apply::chats(tx, &chats, Stamp(2))?;
            raise_stamp(tx, Stamp(3))?;
            apply::messages(tx, &messages, Stamp(3))
        };
        self.store().write_now(Care::Cache, work).unwrap();
    }
}

fn account() -> Account {
    Account {
        id: "acc".into(),
        provider: Provider::Whatsapp,
        name: "+33 6".to_owned(),
        created_at: None,
        connection: Connection::Whatsapp {
            phone_number: Some("33600000001".to_owned()),
        },
        current_signature: None,
        signatures: vec![],
        groups: vec![],
        sources: vec![AccountSource {
            id: "acc_MESSAGING".to_owned(),
            status: AccountStatus::Ok,
        }],
        sync_token: None,
        last_fetched_at: None,
    }
}

/// A group with this id and name.
pub fn chat(id: &str, name: &str) -> Chat {
    Chat {
        id: id.into(),
        account_id: "acc".into(),
        provider: None,
        provider_id: None,
        attendee_provider_id: None,
        name: Some(name.to_owned()),
        kind: ChatKind::Group,
        last_activity: Some(Timestamp::from_second(1_700_000_000).unwrap()),
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

/// A message of a chat, so many seconds after its beginning.
pub fn message(id: &str, chat: &str, second: i64, text: &str) -> Message {
    let body = serde_json::json!({"items": [{
        "object": "Message", "id": id, "account_id": "acc", "chat_id": chat, "text": text, "sender_id": "p1",
        "timestamp": Timestamp::from_second(1_700_000_000 + second).unwrap().to_string(), "is_sender": 0,
    }]});
    let page = read_messages(body.to_string().as_bytes()).unwrap();
    page.items.into_iter().next().unwrap()
}

/// Fetches everything there is.
async fn fill(store: &Store, client: &Client) {
    let accounts = client.list_accounts(&paging(None)).await.unwrap().items;
    let listed = accounts.clone();
    store
        .write_now(Care::Cache, move |tx| {
            apply::accounts(tx, &listed, true, Stamp(1), Timestamp::UNIX_EPOCH)
        })
        .unwrap();
    let mut chats = Vec::new();
    let all = pages(|cursor| async move {
        client
            .list_chats(&ListChats {
                paging: paging(cursor),
                ..ListChats::default()
            })
            .await
    });
    pin_mut!(all);
    while let Some(page) = all.next().await {
        chats.extend(page.unwrap().items);
    }
    let listed = chats.clone();
    store
        .write_now(Care::Cache, move |tx| apply::chats(tx, &listed, Stamp(2)))
        .unwrap();
    people(store, client, &chats).await;
    messages(store, client).await;
    for account in &accounts {
        mails(store, client, account).await;
    }
}

fn paging(cursor: Option<onebox::api::Cursor>) -> Paging {
    Paging {
        cursor,
        limit: Some(250),
    }
}

async fn people(store: &Store, client: &Client, chats: &[Chat]) {
    let all = pages(|cursor| async move {
        client
            .list_attendees(&ListAttendees {
                paging: paging(cursor),
                ..ListAttendees::default()
            })
            .await
    });
    pin_mut!(all);
    while let Some(page) = all.next().await {
        let items = page.unwrap().items;
        store
            .write_now(Care::Cache, move |tx| {
                apply::attendees(tx, &items, Stamp(3))
            })
            .unwrap();
    }
    for chat in chats {
        let list = client
            .list_chat_attendees(&chat.id, &paging(None))
            .await
            .unwrap()
            .items;
        let (account, chat) = (chat.account_id.to_string(), chat.id.to_string());
        store
            .write_now(Care::Cache, move |tx| {
                apply::members(tx, &account, &chat, &list, Stamp(4))
            })
            .unwrap();
    }
}

async fn messages(store: &Store, client: &Client) {
    let all = pages(|cursor| async move {
        client
            .list_messages(&ListMessages {
                paging: paging(cursor),
                ..ListMessages::default()
            })
            .await
    });
    pin_mut!(all);
    while let Some(page) = all.next().await {
        let items = page.unwrap().items;
        store
            .write_now(Care::Cache, move |tx| apply::messages(tx, &items, Stamp(5)))
            .unwrap();
    }
}

async fn mails(store: &Store, client: &Client, account: &Account) {
    let Ok(folders) = client.list_folders(Some(&account.id)).await else {
        return;
    };
    let id = account.id.to_string();
    store
        .write_now(Care::Cache, move |tx| {
            apply::folders(tx, &id, &folders.items, Stamp(6))
        })
        .unwrap();
    let all = pages(|cursor| async move {
        client
            .list_emails(
                &account.id,
                &ListEmails {
                    paging: paging(cursor),
                    ..ListEmails::default()
                },
            )
            .await
    });
    pin_mut!(all);
    while let Some(Ok(page)) = all.next().await {
        store
            .write_now(Care::Cache, move |tx| {
                raise_stamp(tx, Stamp(7))?;
                apply::mails(tx, &page.items, Stamp(7))
            })
            .unwrap();
    }
}
