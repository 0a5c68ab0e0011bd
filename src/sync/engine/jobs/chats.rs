//! Chats: the list of them, single ones, who is in them, and the messages of one.

use std::time::Duration;

use super::confirm;
use super::page;
use crate::api::messaging::{ListChatMessages, ListChats};
use crate::api::operations::messaging as rows;
use crate::api::{Error, Paging};
use crate::model::id::{AccountId, ChatId};
use crate::model::inbox::AccountKey;
use crate::store::apply;
use crate::store::progress::ranges::{self, Range, START};
use crate::store::progress::{lists, wanted};
use crate::store::{Care, read};
use crate::sync::engine::ctx::{Ctx, Done, JobError, Result, scope};
use crate::sync::engine::schedule::{Job, Kind};
use crate::sync::engine::walk::Turn;

const PAGE: u16 = 100;
/// Messages of one chat that are fetched at once.
const CHAT_PAGE: u16 = 50;
/// Things that are looked after at one go.
const HANDFUL: usize = 4;
/// Of so many, those that were not asked for in vain go first.
const CANDIDATES: u32 = 100;

/// Fetches a page of the list of chats: of a walk through all of it, or its top when the last walk was not long ago.
pub async fn list(ctx: &Ctx, job: &Job, account: &AccountId) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let (mut walk, begins) = ctx.walk(job);
    let walked = ctx
        .store
        .read(move |db| lists::get(db, key, "chats"))
        .await?;
    let top_only = begins && is_recent(walked.done_at, ctx.settings.pace.whole);
    let stamp = ctx.stamp();
    let params = ListChats {
        account_ids: vec![account.clone()],
        paging: Paging {
            cursor: walk.cursor.clone(),
            limit: Some(PAGE),
        },
        ..ListChats::default()
    };
    let answer = ctx
        .ask(&rows::LIST_CHATS, Some(account), || {
            ctx.client.list_chats(&params)
        })
        .await;
    let page = match answer {
        Ok(page) => page,
        Err(error) => {
            if !begins {
                ctx.keep_walk(job, walk, &error);
            }
            return Err(error);
        }
    };
    ctx.flaws(Some(key), &page).await?;
    let items = page.items.len();
    let whole = page.flaws.is_empty();
    let turn = walk.turn(
        page.items.iter().map(|it| it.id.as_str()),
        page.cursor.clone(),
        whole,
    );
    ctx.apply(stamp, move |tx| {
        if !top_only {
            lists::turned(tx, key, "chats", begins, items)?;
        }
        apply::chats(tx, &page.items, stamp)
    })
    .await?;
    let mut done = Done::again_in(ctx.settings.pace.chats).then([Job::Missing(account.clone())]);
    let (began, saw_all) = (walk.began, walk.whole && turn == Turn::End);
    match turn {
        Turn::More if !top_only => {
            ctx.walks().insert(job.clone(), walk);
            done.again = Some(ctx.settings.pace.background);
            done.more = true;
        }
        Turn::Stuck => {
            ctx.trouble(Some(key), "endless list", "The list of chats does not end.")
                .await?;
        }
        _ => {}
    }
    if saw_all {
        vanished(ctx, account, key, began).await?;
    }
    if turn == Turn::End || (turn == Turn::Stuck && !top_only) {
        ctx.store
            .write(Care::Cache, move |tx| lists::done(tx, key, "chats", now()))
            .await?;
    }
    Ok(done)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

pub(super) fn is_recent(done_at: Option<i64>, pace: Duration) -> bool {
    done_at.is_some_and(|at| u128::from(now().abs_diff(at)) < pace.as_millis())
}

/// Looks into every chat that a whole walk did not see again.
async fn vanished(
    ctx: &Ctx,
    account: &AccountId,
    key: AccountKey,
    began: apply::Stamp,
) -> Result<()> {
    let suspects = ctx
        .store
        .read(move |db| wanted::unseen_since(db, key, began))
        .await?;
    for chat in suspects {
        alone(ctx, Some(key), confirm::chat(ctx, account, &chat).await).await?;
    }
    Ok(())
}

/// Whether a failure is about the one thing that was asked for: others may still be had.
pub(super) fn is_single(error: &JobError) -> bool {
    match error {
        JobError::Api(error) => {
            !matches!(error, Error::Network { .. })
                && !error.is_bad_key()
                && error.status() != Some(429)
        }
        JobError::Store(_) => false,
    }
}

/// What cannot be had for good is counted, and costs itself only.
pub(super) async fn alone<T>(
    ctx: &Ctx,
    key: Option<AccountKey>,
    outcome: Result<T>,
) -> Result<Option<T>> {
    match outcome {
        Ok(it) => Ok(Some(it)),
        Err(JobError::Api(error)) if !error.is_retryable() && !error.is_bad_key() => {
            ctx.trouble(key, "refused request", &error.to_string())
                .await?;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Looks after a handful of what is known to be missing.
pub async fn missing(ctx: &Ctx, account: &AccountId) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let (unseen, stale, memberless) = ctx
        .store
        .read(move |db| {
            Ok((
                wanted::unseen_chats(db, key, CANDIDATES)?,
                wanted::stale_chats(db, key, CANDIDATES)?,
                wanted::memberless_chats(db, key, CANDIDATES)?,
            ))
        })
        .await?;
    let wanted = [("chat", unseen), ("page", stale), ("members", memberless)];
    let (mut count, mut failed) = (0, None);
    for (what, chats) in wanted {
        for chat in ctx.some_of(what, chats, HANDFUL) {
            count += 1;
            ctx.tried(what, chat.as_str());
            let outcome = match what {
                "chat" => confirm::chat(ctx, account, &chat).await,
                "page" => chat_page(ctx, account, key, &chat, None).await.map(drop),
                _ => members(ctx, account, &chat).await,
            };
            match alone(ctx, Some(key), outcome).await {
                Err(error) if is_single(&error) => failed = Some(error),
                other => drop(other?),
            }
        }
    }
    match failed {
        Some(error) => Err(error),
        None if count > 0 => Ok(Done::more_in(ctx.settings.pace.background)),
        None => Ok(Done::again_in(ctx.settings.pace.chats)),
    }
}

/// Fetches the newest page of a chat, and the chat itself: somebody looks at it.
pub async fn newest(ctx: &Ctx, account: &AccountId, chat: &ChatId) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    confirm::chat(ctx, account, chat).await?;
    let page = chat_page(ctx, account, key, chat, None).await?;
    if let Some(page) = page {
        let (stretch, stamp) = (page.stretch(), page.stamp);
        let uid = chat.clone();
        let suspects = ctx
            .store
            .read(move |db| wanted::unseen_in_chat(db, key, &uid, stretch, stamp))
            .await?;
        for message in suspects {
            alone(
                ctx,
                Some(key),
                confirm::message(ctx, account, &message).await,
            )
            .await?;
        }
    }
    Ok(Done::again_in(ctx.settings.pace.focus))
}

/// Fetches the page above what is known without a hole: somebody scrolls up.
pub async fn older(ctx: &Ctx, account: &AccountId, chat: &ChatId) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let uid = chat.clone();
    let gap = ctx
        .store
        .read(move |db| {
            let names = [ranges::of_chat(uid.as_str()), scope(key, Kind::Chats)];
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            let newest = names
                .iter()
                .map(|name| ranges::latest(db, name))
                .collect::<crate::store::Result<Vec<_>>>()?;
            let Some(hi) = newest.into_iter().flatten().map(|it| it.hi).max() else {
                return Ok(None);
            };
            Ok(ranges::gaps(db, &names, Range { lo: START, hi })?
                .into_iter()
                .next())
        })
        .await?;
    if let Some(gap) = gap {
        chat_page(ctx, account, key, chat, Some(gap)).await?;
    }
    Ok(Done::default())
}

/// Fetches a page of one chat: the newest one, or the top of a gap.
async fn chat_page(
    ctx: &Ctx,
    account: &AccountId,
    key: AccountKey,
    chat: &ChatId,
    gap: Option<Range>,
) -> Result<Option<page::Written>> {
    let time = |at: i64| jiff::Timestamp::from_millisecond(at).ok();
    let params = ListChatMessages {
        before: gap.and_then(|gap| time(gap.hi.saturating_add(1))),
        after: gap
            .filter(|gap| gap.lo != START)
            .and_then(|gap| time(gap.lo.saturating_sub(1))),
        paging: Paging {
            cursor: None,
            limit: Some(CHAT_PAGE),
        },
        ..ListChatMessages::default()
    };
    let stamp = ctx.stamp();
    let answer = ctx
        .ask(&rows::LIST_CHAT_MESSAGES, Some(account), || {
            ctx.client.list_chat_messages(chat, &params)
        })
        .await;
    let page = match answer {
        Err(JobError::Api(error)) if is_missing(&error) => {
            confirm::chat(ctx, account, chat).await?;
            return Ok(None);
        }
        other => other?,
    };
    let written =
        page::write_messages(ctx, key, page.items, page.cursor, &page.flaws, stamp).await?;
    let uid = chat.clone();
    let (span, more) = (written.span, written.cursor.is_some());
    ctx.store
        .write(Care::Cache, move |tx| {
            let told = wanted::told_activity(tx, key, &uid)?;
            let hi = match gap {
                Some(gap) => gap.hi,
                None => span.map_or(0, |(_, hi)| hi).max(told.unwrap_or(0)),
            };
            let lo = match (more, span) {
                (true, Some((lo, _))) => lo.saturating_add(1),
                (true, None) => hi,
                (false, _) => gap.map_or(START, |gap| gap.lo),
            };
            ranges::add(tx, &ranges::of_chat(uid.as_str()), Range { lo, hi })
        })
        .await?;
    Ok(Some(written))
}

pub(super) fn is_missing(error: &Error) -> bool {
    error.status() == Some(404)
}

/// Fetches who is in a chat.
async fn members(ctx: &Ctx, account: &AccountId, chat: &ChatId) -> Result<()> {
    let stamp = ctx.stamp();
    let mut walk = crate::sync::engine::walk::Walk::new(stamp);
    let mut all = Vec::new();
    loop {
        let paging = Paging {
            cursor: walk.cursor.clone(),
            limit: Some(250),
        };
        let answer = ctx
            .ask(&rows::LIST_CHAT_ATTENDEES, Some(account), || {
                ctx.client.list_chat_attendees(chat, &paging)
            })
            .await;
        let page = match answer {
            Err(JobError::Api(error)) if is_missing(&error) => {
                return confirm::chat(ctx, account, chat).await.map(drop);
            }
            other => other?,
        };
        let whole = page.flaws.is_empty();
        let turn = walk.turn(
            page.items.iter().map(|it| it.id.as_str()),
            page.cursor,
            whole,
        );
        all.extend(page.items);
        if turn != Turn::More {
            break;
        }
    }
    let (account, chat) = (account.clone(), chat.clone());
    ctx.apply(stamp, move |tx| {
        apply::members(tx, account.as_str(), chat.as_str(), &all, stamp)
    })
    .await?;
    Ok(())
}

/// The account and the id of a conversation's chat; `None` for a thread of mails.
pub async fn place(
    ctx: &Ctx,
    conversation: crate::model::inbox::ConversationKey,
) -> Result<Option<(AccountId, ChatId)>> {
    Ok(ctx
        .store
        .read(move |db| {
            let Some(it) = read::conversations::get(db, conversation)?.filter(|it| !it.is_mail)
            else {
                return Ok(None);
            };
            let accounts = read::accounts::all(db)?;
            let account = accounts
                .into_iter()
                .find(|account| account.key == it.account);
            Ok(account.map(|account| (account.id, it.uid.into())))
        })
        .await?)
}
