//! The flow of messages and mails of an account: what is new, what is old, what has changed.
//!
//! What has been fetched without a hole is kept as stretches of the server's time. News extend the latest stretch or
//! begin another one; history closes the gaps between them from the top down. So it makes no difference when and where
//! a fetch was broken off, and no clock of this machine takes part.

use std::time::Duration;

use super::chats::alone;
use super::confirm;
use super::page::{self, Wish};
use crate::config::History;
use crate::model::id::AccountId;
use crate::model::inbox::AccountKey;
use crate::store::Care;
use crate::store::progress::ranges::{self, Range, START};
use crate::store::progress::{lists, wanted};
use crate::sync::engine::ctx::{Ctx, Done, Result, scope};
use crate::sync::engine::schedule::{Job, Kind};
use crate::sync::engine::walk::{Turn, Walk};

/// How far news reach back over what is known: servers may list a message minutes after its time.
const OVERLAP: i64 = 10 * 60 * 1000;
/// The server's clock is taken for wrong when something is said to come from so far ahead of the rest.
const DAY: i64 = 24 * 3600 * 1000;
const PAGE: u16 = 100;
const MAIL_PAGE: u16 = 50;
const OLD_PAGE: u16 = 250;
/// Entries that are looked into one by one, after a look at the newest page and in each step of a repair.
const FEW: u32 = 40;
const MANY: u32 = 50;
/// Steps of this kind at the end of a repair.
const MOST_LOOKS: u32 = 200;
/// Most pages of one moment.
const TIES: u32 = 50;

/// Fetches what is newer than the newest.
pub async fn news(ctx: &Ctx, account: &AccountId, kind: Kind) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let name = scope(key, kind);
    let top = {
        let name = name.clone();
        ctx.store.read(move |db| ranges::latest(db, &name)).await?
    };
    let first = top.is_none();
    let after = top.map(|top| top.hi.saturating_sub(OVERLAP));
    let wish = Wish {
        after,
        limit: if kind == Kind::Mails && !first {
            MAIL_PAGE
        } else {
            PAGE
        },
        heads: kind == Kind::Mails && first,
        ..Wish::default()
    };
    let page = page::fetch(ctx, account, key, kind, &wish).await?;
    let reached = page.cursor.is_none();
    if let Some((lo, hi)) = page.span {
        // Of heads nothing counts as fetched: history begins with the newest of them.
        let hi = if wish.heads { hi.saturating_add(1) } else { hi };
        let lo = match (reached, after) {
            // Only heads came: history brings the same mails whole, fifty at a time.
            _ if wish.heads => hi,
            (true, None) => START,
            (true, Some(after)) => after,
            // The oldest moment of the page may go on on the next one.
            (false, _) => lo.saturating_add(1),
        };
        note_range(ctx, &name, Range { lo, hi }).await?;
    }
    note_news(ctx, key).await?;
    let mut then = Vec::new();
    if next_gap(ctx, key, kind).await?.is_some() {
        then.push(Job::History(account.clone(), kind));
    }
    if kind == Kind::Chats && (!page.unseen_chats.is_empty() || page.new > 0) {
        then.push(Job::Chats(account.clone()));
        then.push(Job::Missing(account.clone()));
    }
    let by_history = wish.heads && ctx.settings.history != History::None;
    if kind == Kind::Mails && !by_history && (page.new > 0 || lacks_bodies(ctx, key).await?) {
        then.push(Job::Bodies(account.clone()));
    }
    if page.drafts {
        then.push(Job::Drafts(account.clone()));
    }
    let newest = page.span.map(|(_, hi)| hi).or(top.map(|it| it.hi));
    Ok(Done::again_in(next_look(ctx, newest)).then(then))
}

/// Whether there are mails without text that it makes sense to ask for.
async fn lacks_bodies(ctx: &Ctx, key: AccountKey) -> Result<bool> {
    let wanted = ctx
        .store
        .read(move |db| wanted::bodiless_mails(db, key, 1))
        .await?;
    Ok(!ctx.some_of("body", wanted, 1).is_empty())
}

/// Busy accounts are asked often, quiet ones rarely.
fn next_look(ctx: &Ctx, newest: Option<i64>) -> Duration {
    let now = jiff::Timestamp::now().as_millisecond();
    // A clock that is off by days makes an account look quiet or busy, no worse.
    let since = newest.map_or(DAY, |at| now.abs_diff(at).try_into().unwrap_or(DAY));
    ctx.settings
        .pace
        .news(Duration::from_millis(u64::try_from(since).unwrap_or(0)))
}

/// Fetches a page of the topmost gap.
pub async fn history(ctx: &Ctx, account: &AccountId, kind: Kind) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let Some(gap) = next_gap(ctx, key, kind).await? else {
        return Ok(Done::default());
    };
    let wish = gap_of(kind, gap);
    close(ctx, account, key, kind, &scope(key, kind), gap, wish).await?;
    Ok(Done::more_in(ctx.settings.pace.background))
}

/// The topmost stretch that has not been fetched, as far back as is wanted.
async fn next_gap(ctx: &Ctx, key: AccountKey, kind: Kind) -> Result<Option<Range>> {
    let name = scope(key, kind);
    let horizon = ctx.settings.history;
    Ok(ctx
        .store
        .read(move |db| {
            let Some(top) = ranges::latest(db, &name)? else {
                return Ok(None);
            };
            let lo = match horizon {
                History::All => START,
                History::Days(days) => top.hi.saturating_sub(i64::from(days).saturating_mul(DAY)),
                // Only gaps between what is here.
                History::None => ranges::all(db, &name)?.last().map_or(top.lo, |it| it.lo),
            };
            let gaps = ranges::gaps(db, &[&name], Range { lo, hi: top.hi })?;
            Ok(gaps.into_iter().next())
        })
        .await?)
}

/// Fetches the top of a gap in a folder.
pub async fn close_folder(
    ctx: &Ctx,
    account: &AccountId,
    key: AccountKey,
    name: &str,
    gap: Range,
    folder: &str,
) -> Result<()> {
    let wish = Wish {
        folder: Some(folder.to_owned()),
        ..gap_of(Kind::Mails, gap)
    };
    close(ctx, account, key, Kind::Mails, name, gap, wish).await
}

/// What is asked for to close a gap.
fn gap_of(kind: Kind, gap: Range) -> Wish {
    Wish {
        before: Some(gap.hi.saturating_add(1)),
        after: (gap.lo != START).then(|| gap.lo.saturating_sub(1)),
        limit: if kind == Kind::Mails {
            MAIL_PAGE
        } else {
            OLD_PAGE
        },
        ..Wish::default()
    }
}

/// Fetches the top of a gap, and notes how much smaller it is.
async fn close(
    ctx: &Ctx,
    account: &AccountId,
    key: AccountKey,
    kind: Kind,
    name: &str,
    gap: Range,
    mut wish: Wish,
) -> Result<()> {
    let mut walk = Walk::new(ctx.stamp());
    loop {
        let page = page::fetch(ctx, account, key, kind, &wish).await?;
        let turn = walk.turn(
            page.ids.iter().map(String::as_str),
            page.cursor.clone(),
            page.whole,
        );
        let lo = match (turn, page.span) {
            (Turn::End, _) => Some(gap.lo),
            (Turn::More, Some((lo, _))) if lo < gap.hi => Some(lo.saturating_add(1)),
            // All of one moment: only the cursor gets past it.
            (Turn::More, _) if walk.pages < TIES => None,
            (Turn::More | Turn::Stuck, _) => {
                ctx.trouble(
                    Some(key),
                    "endless list",
                    "A list of old entries does not go on.",
                )
                .await?;
                Some(gap.lo)
            }
        };
        if let Some(lo) = lo {
            note_range(ctx, name, Range { lo, hi: gap.hi }).await?;
            return Ok(());
        }
        wish.cursor = walk.cursor.clone();
    }
}

/// Fetches the newest page again, and looks into what should be on it and is not.
pub async fn recent(ctx: &Ctx, account: &AccountId, kind: Kind) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let wish = Wish {
        limit: PAGE,
        heads: kind == Kind::Mails,
        ..Wish::default()
    };
    let page = page::fetch(ctx, account, key, kind, &wish).await?;
    missing_between(ctx, account, key, kind, page.stretch(), page.stamp, FEW).await?;
    note_news(ctx, key).await?;
    let then = page.drafts.then(|| Job::Drafts(account.clone()));
    Ok(Done::again_in(ctx.settings.pace.recent).then(then))
}

/// Looks into stored entries of a stretch that a whole answer did not hold. Tells whether that was all of them.
async fn missing_between(
    ctx: &Ctx,
    account: &AccountId,
    key: AccountKey,
    kind: Kind,
    span: (i64, i64),
    stamp: crate::store::apply::Stamp,
    most: u32,
) -> Result<bool> {
    let suspects = ctx
        .store
        .read(move |db| wanted::unseen_between(db, key, kind == Kind::Mails, span, stamp, most))
        .await?;
    let all = suspects.len() < usize::try_from(most).unwrap_or(usize::MAX);
    for suspect in suspects {
        let outcome = match kind {
            Kind::Chats => confirm::message(ctx, account, &suspect).await,
            Kind::Mails => confirm::mail(ctx, account, &suspect.as_str().into()).await,
        };
        alone(ctx, Some(key), outcome).await?;
    }
    Ok(all)
}

/// Fetches everything once more, a page at a time; what was not seen again at the end is looked into.
pub async fn repair(ctx: &Ctx, job: &Job, account: &AccountId, kind: Kind) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let (mut walk, _) = ctx.walk(job);
    match repair_step(ctx, account, key, kind, &mut walk).await {
        Ok(true) => Ok(Done::default()),
        Ok(false) => {
            ctx.walks().insert(job.clone(), walk);
            Ok(Done::more_in(ctx.settings.pace.background))
        }
        Err(error) => {
            ctx.keep_walk(job, walk, &error);
            Err(error)
        }
    }
}

/// A page of a repair, or some of what it did not see again. Tells whether that was the end.
async fn repair_step(
    ctx: &Ctx,
    account: &AccountId,
    key: AccountKey,
    kind: Kind,
    walk: &mut Walk,
) -> Result<bool> {
    if walk.ended {
        let all = (page::EARLIEST, page::LATEST);
        walk.pages = walk.pages.saturating_add(1);
        // What cannot be read stays a suspect; a bound keeps it from being one for ever.
        let bound = walk.pages > MOST_LOOKS;
        return Ok(missing_between(ctx, account, key, kind, all, walk.began, MANY).await? || bound);
    }
    let wish = Wish {
        cursor: walk.cursor.clone(),
        limit: if kind == Kind::Mails {
            MAIL_PAGE
        } else {
            OLD_PAGE
        },
        ..Wish::default()
    };
    let page = page::fetch(ctx, account, key, kind, &wish).await?;
    let turn = walk.turn(page.ids.iter().map(String::as_str), page.cursor, page.whole);
    match turn {
        Turn::More => Ok(false),
        Turn::Stuck => {
            ctx.trouble(Some(key), "endless list", "A list does not end.")
                .await?;
            Ok(true)
        }
        Turn::End => {
            walk.ended = true;
            walk.pages = 0;
            if let Some((_, hi)) = page.span {
                note_range(ctx, &scope(key, kind), Range { lo: START, hi }).await?;
            }
            Ok(false)
        }
    }
}

async fn note_range(ctx: &Ctx, name: &str, range: Range) -> Result<()> {
    let name = name.to_owned();
    Ok(ctx
        .store
        .write(Care::Cache, move |tx| ranges::add(tx, &name, range))
        .await?)
}

async fn note_news(ctx: &Ctx, key: AccountKey) -> Result<()> {
    Ok(ctx
        .store
        .write(Care::Cache, move |tx| {
            lists::synced(tx, key, jiff::Timestamp::now().as_millisecond())
        })
        .await?)
}
