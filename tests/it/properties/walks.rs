//! Walks over all pages while things happen: everything that was there when the walk began is seen exactly once.

use std::collections::BTreeSet;

use onebox::api::emails::{ListEmails, NewEmail};
use onebox::api::messaging::{ListChatMessages, ListChats, ListMessages, SendMessage};
use onebox::api::{Client, Page, Paging, Result};
use onebox::model::account::Provider;
use onebox::model::chat::{Chat, ChatKind};
use onebox::model::email::Address;
use onebox::model::id::{AccountId, ChatId};
use proptest::prelude::*;
use proptest::sample::Index;
use tokio::runtime::Runtime;

use super::hold;
use crate::support::{KEY, Stage, client};

/// What disturbs a walk: how long each page is, and whether and where something new comes in before it.
type Steps = Vec<(u16, Option<Index>)>;

fn steps() -> impl Strategy<Value = Steps> {
    prop::collection::vec((1..60_u16, prop::option::of(any::<Index>())), 1..12)
}

/// The ids of all items, page by page; the steps are repeated until the list ends.
async fn walk<T>(
    steps: &Steps,
    id: impl Fn(&T) -> String,
    list: impl AsyncFn(Paging) -> Result<Page<T>>,
    disturb: impl AsyncFn(&Index),
) -> Vec<String> {
    let (mut ids, mut cursor) = (Vec::new(), None);
    for (limit, index) in steps.iter().cycle() {
        if let Some(index) = index {
            disturb(index).await;
        }
        let paging = Paging {
            cursor: cursor.take(),
            limit: Some(*limit),
        };
        let page = list(paging).await.unwrap();
        assert!(page.items.len() <= usize::from(*limit) && page.flaws.is_empty());
        ids.extend(page.items.iter().map(&id));
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    ids
}

/// Walks once in peace and once disturbed, and compares.
fn sees_each_once<T>(
    id: impl Fn(&T) -> String,
    list: &impl AsyncFn(&Client, Paging) -> Result<Page<T>>,
    disturb: &impl AsyncFn(&Client, &Index),
) {
    let runtime = Runtime::new().unwrap();
    let stage = runtime.block_on(Stage::open());
    let client = client(stage.demo.url(), KEY);
    let list = async |paging| list(&client, paging).await;
    hold(6, &steps(), |steps| {
        let peace = vec![(250, None)];
        let (before, seen) = runtime.block_on(async {
            let before = walk(&peace, &id, list, async |_| ()).await;
            let seen = walk(&steps, &id, list, async |at| disturb(&client, at).await).await;
            (before, seen)
        });
        let unique: BTreeSet<&String> = seen.iter().collect();
        prop_assert_eq!(unique.len(), seen.len(), "something was seen twice");
        let missed = before.iter().find(|id| !unique.contains(id));
        prop_assert_eq!(missed, None, "something was not seen");
        Ok(())
    });
}

async fn chats(client: &Client, provider: Provider) -> Vec<Chat> {
    let params = ListChats {
        provider: Some(provider),
        ..ListChats::default()
    };
    let chats = client.list_chats(&params).await.unwrap().items;
    let writable = |chat: &Chat| chat.is_writable() && chat.kind != ChatKind::Channel;
    chats.into_iter().filter(writable).collect()
}

/// Says something in any chat of a network.
async fn say(client: &Client, provider: Provider, index: &Index) {
    let chats = chats(client, provider).await;
    say_in(client, &index.get(&chats).id).await;
}

async fn say_in(client: &Client, chat: &ChatId) {
    let message = SendMessage {
        text: Some("By the way".into()),
        ..SendMessage::default()
    };
    client.send_message(chat, &message).await.unwrap();
}

#[test]
fn a_walk_over_messages_sees_each_once() {
    sees_each_once(
        |message: &onebox::model::message::Message| message.id.to_string(),
        &async |client: &Client, paging| {
            let chat = chats(client, Provider::Telegram).await.remove(0);
            let params = ListMessages {
                account_id: Some(chat.account_id),
                paging,
                ..ListMessages::default()
            };
            client.list_messages(&params).await
        },
        &async |client: &Client, index: &Index| say(client, Provider::Telegram, index).await,
    );
}

#[test]
fn a_walk_over_chats_sees_each_once() {
    sees_each_once(
        |chat: &Chat| chat.id.to_string(),
        &async |client: &Client, paging| {
            let params = ListChats {
                paging,
                ..ListChats::default()
            };
            client.list_chats(&params).await
        },
        &async |client: &Client, index: &Index| say(client, Provider::Whatsapp, index).await,
    );
}

/// The liveliest chat of Slack, by its id at the start.
async fn busy(client: &Client) -> ChatId {
    let mut chats = chats(client, Provider::Slack).await;
    chats.sort_by(|a, b| a.id.cmp(&b.id));
    chats.remove(0).id
}

#[test]
fn a_walk_over_one_chat_sees_each_message_once() {
    sees_each_once(
        |message: &onebox::model::message::Message| message.id.to_string(),
        &async |client: &Client, paging| {
            let params = ListChatMessages {
                paging,
                ..ListChatMessages::default()
            };
            client
                .list_chat_messages(&busy(client).await, &params)
                .await
        },
        &async |client: &Client, _: &Index| say_in(client, &busy(client).await).await,
    );
}

/// The account of the mailbox over IMAP.
async fn mailbox(client: &Client) -> AccountId {
    let accounts = client.list_accounts(&Paging::default()).await.unwrap();
    let imap = accounts
        .items
        .into_iter()
        .find(|one| one.provider == Provider::Imap);
    imap.unwrap().id
}

#[test]
fn a_walk_over_mails_sees_each_once() {
    sees_each_once(
        |mail: &onebox::model::email::Email| mail.id.to_string(),
        &async |client: &Client, paging| {
            let params = ListEmails {
                meta_only: Some(true),
                paging,
                ..ListEmails::default()
            };
            client.list_emails(&mailbox(client).await, &params).await
        },
        &async |client: &Client, _: &Index| {
            let to = vec![Address::new("friend@lunch.example")];
            let mail = NewEmail::new(mailbox(client).await, to, "<p>By the way</p>");
            client.send_email(&mail.into()).await.unwrap();
        },
    );
}
