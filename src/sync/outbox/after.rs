//! Writes down what worked, and fetches what came of it, so that the reader sees it at once.

use super::perform::Done;
use super::{Sender, Way};
use crate::api::emails::ListEmails;
use crate::api::messaging::ListChatMessages;
use crate::api::{Error, Paging};
use crate::model::act::Act;
use crate::model::email::FolderRole;
use crate::model::id::{ChatId, MessageId};
use crate::model::outbox::OutboxItem;
use crate::store::apply;
use crate::store::progress::raise_stamp;
use crate::store::{Care, Result, outbox};

/// So many entries are fetched to find a new one among them.
const FEW: u16 = 10;

impl Sender {
    pub(super) async fn done(&self, way: &Way<'_>, item: &OutboxItem, done: Done) -> Result<()> {
        // Answers that were asked for before this moment may not know of it.
        let (id, now, stamp) = (item.id, (way.now)(), (way.stamp)());
        let Done { success, gone } = done;
        let result = success.result.clone();
        let conversation = success.conversation.clone();
        way.store
            .write(Care::Kept, move |tx| {
                raise_stamp(tx, stamp)?;
                outbox::succeed(tx, id, &success, stamp, now)?;
                if let Some(uid) = gone {
                    apply::gone(tx, &uid, stamp)?;
                }
                Ok(())
            })
            .await?;
        // It is sent whatever comes of looking at it; the next sync brings it otherwise.
        if let Err(error) = self.fetch(way, item, result, conversation).await {
            tracing::debug!(act = id.0, %error, "what was sent could not be fetched yet");
        }
        Ok(())
    }

    async fn fetch(
        &self,
        way: &Way<'_>,
        item: &OutboxItem,
        result: Option<String>,
        conversation: Option<String>,
    ) -> std::result::Result<(), Trouble> {
        match &item.act {
            Act::SendMessage(_) | Act::ForwardMessage { .. } | Act::StartChat(_) => {
                let chat = conversation.or_else(|| item.conversation.clone());
                match (result, chat) {
                    (Some(message), _) => fetch_message(way, item, &message.into()).await,
                    (None, Some(chat)) => fetch_newest(way, item, &chat.into()).await,
                    (None, None) => Ok(()),
                }
            }
            Act::SendEmail(mail) => {
                way.asker.limiter().admit(Some(item.account.as_str())).await;
                let stamp = (way.stamp)();
                let params = ListEmails {
                    role: Some(FolderRole::Sent),
                    paging: few(),
                    ..ListEmails::default()
                };
                let page = way.client.list_emails(&mail.account, &params).await?;
                way.store
                    .write(Care::Cache, move |tx| {
                        raise_stamp(tx, stamp)?;
                        apply::mails(tx, &page.items, stamp)
                    })
                    .await?;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn few() -> Paging {
    Paging {
        cursor: None,
        limit: Some(FEW),
    }
}

/// Why something could not be fetched; only the log hears of it.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error(transparent)]
    Api(#[from] Error),
    #[error(transparent)]
    Store(#[from] crate::store::Error),
}

async fn fetch_message(
    way: &Way<'_>,
    item: &OutboxItem,
    id: &MessageId,
) -> std::result::Result<(), Trouble> {
    way.asker.limiter().admit(Some(item.account.as_str())).await;
    let stamp = (way.stamp)();
    let message = way.client.get_message(id).await?;
    let unseen = way
        .store
        .write(Care::Cache, move |tx| {
            raise_stamp(tx, stamp)?;
            apply::messages(tx, &[message], stamp)
        })
        .await?
        .unseen_chats;
    for chat in unseen {
        fetch_chat(way, item, &chat).await?;
    }
    Ok(())
}

async fn fetch_newest(
    way: &Way<'_>,
    item: &OutboxItem,
    chat: &ChatId,
) -> std::result::Result<(), Trouble> {
    way.asker.limiter().admit(Some(item.account.as_str())).await;
    let stamp = (way.stamp)();
    let params = ListChatMessages {
        paging: few(),
        ..ListChatMessages::default()
    };
    let page = way.client.list_chat_messages(chat, &params).await?;
    let unseen = way
        .store
        .write(Care::Cache, move |tx| {
            raise_stamp(tx, stamp)?;
            apply::messages(tx, &page.items, stamp)
        })
        .await?
        .unseen_chats;
    for chat in unseen {
        fetch_chat(way, item, &chat).await?;
    }
    Ok(())
}

async fn fetch_chat(
    way: &Way<'_>,
    item: &OutboxItem,
    id: &ChatId,
) -> std::result::Result<(), Trouble> {
    way.asker.limiter().admit(Some(item.account.as_str())).await;
    let stamp = (way.stamp)();
    let chat = way.client.get_chat(id, Some(&item.account)).await?;
    way.store
        .write(Care::Cache, move |tx| {
            raise_stamp(tx, stamp)?;
            apply::chats(tx, &[chat], stamp)
        })
        .await?;
    Ok(())
}
