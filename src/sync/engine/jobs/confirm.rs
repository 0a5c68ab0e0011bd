//! Single things somebody heard of, or missed on a page: the API has the last word. Only its 404 takes anything away.

use super::chats::{alone, is_missing, is_single};
use crate::api::operations::{emails as mail_rows, messaging as rows};
use crate::model::id::{AccountId, ChatId, EmailId, MessageId};
use crate::store::apply::{self, Applied, Stamp};
use crate::store::progress::wanted;
use crate::sync::engine::ctx::{Ctx, Done, JobError, Result};

/// Mails whose text is fetched at one go.
const BODIES: usize = 5;
/// Of so many, those that were not asked for in vain go first.
const CANDIDATES: u32 = 100;

/// Fetches one chat; takes it away when the server does not know it.
pub async fn chat(ctx: &Ctx, account: &AccountId, chat: &ChatId) -> Result<()> {
    let stamp = ctx.stamp();
    let answer = ctx
        .ask(&rows::GET_CHAT, Some(account), || {
            ctx.client.get_chat(chat, None)
        })
        .await;
    match answer {
        Ok(chat) => {
            ctx.apply(stamp, move |tx| apply::chats(tx, &[chat], stamp))
                .await?;
            Ok(())
        }
        Err(error) => gone(ctx, error, chat.as_str(), stamp).await,
    }
}

/// Fetches one message.
pub async fn message(ctx: &Ctx, account: &AccountId, message: &MessageId) -> Result<Done> {
    let stamp = ctx.stamp();
    let answer = ctx
        .ask(&rows::GET_MESSAGE, Some(account), || {
            ctx.client.get_message(message)
        })
        .await;
    match answer {
        Ok(message) => {
            let applied = ctx
                .apply(stamp, move |tx| apply::messages(tx, &[message], stamp))
                .await?;
            let then = (!applied.unseen_chats.is_empty())
                .then(|| crate::sync::engine::schedule::Job::Missing(account.clone()));
            Ok(Done::default().then(then))
        }
        Err(error) => {
            gone(ctx, error, message.as_str(), stamp).await?;
            Ok(Done::default())
        }
    }
}

/// Fetches one mail, text and all.
pub async fn mail(ctx: &Ctx, account: &AccountId, mail: &EmailId) -> Result<Done> {
    let stamp = ctx.stamp();
    let answer = ctx
        .ask(&mail_rows::GET_EMAIL, Some(account), || {
            ctx.client.get_email(mail, Some(account), None)
        })
        .await;
    match answer {
        Ok(mail) => {
            ctx.apply(stamp, move |tx| apply::mails(tx, &[mail], stamp))
                .await?;
        }
        Err(error) => gone(ctx, error, mail.as_str(), stamp).await?,
    }
    Ok(Done::default())
}

async fn gone(ctx: &Ctx, error: JobError, uid: &str, stamp: Stamp) -> Result<()> {
    match error {
        JobError::Api(error) if is_missing(&error) => {
            let uid = uid.to_owned();
            ctx.apply(stamp, move |tx| {
                let there = apply::gone(tx, &uid, stamp)?;
                Ok(Applied {
                    changed: usize::from(there),
                    ..Applied::default()
                })
            })
            .await?;
            Ok(())
        }
        other => Err(other),
    }
}

/// Fetches the text of some mails that lack it.
pub async fn bodies(ctx: &Ctx, account: &AccountId) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let wanted = ctx
        .store
        .read(move |db| wanted::bodiless_mails(db, key, CANDIDATES))
        .await?;
    let wanted = ctx.some_of("body", wanted, BODIES);
    let mut failed = None;
    for id in &wanted {
        ctx.tried("body", id.as_str());
        match alone(ctx, Some(key), mail(ctx, account, id).await).await {
            Err(error) if is_single(&error) => failed = Some(error),
            other => drop(other?),
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    let next = wanted.first().cloned();
    Ok(match next {
        None => Done::default(),
        // What was asked for already may still be on its way to the server; there is no hurry.
        Some(id) if ctx.is_tried("body", id.as_str(), 2) => Done::again_in(ctx.settings.pace.busy),
        Some(_) => Done::more_in(ctx.settings.pace.background),
    })
}
