//! The address book of a mailbox: whom mails are written to, with their names.

use super::chats::is_recent;
use crate::api::Paging;
use crate::api::operations::emails as rows;
use crate::model::id::AccountId;
use crate::store::apply;
use crate::store::progress::lists;
use crate::sync::engine::ctx::{Ctx, Done, JobError, Result};
use crate::sync::engine::schedule::Job;
use crate::sync::engine::walk::Turn;

const PAGE: u16 = 250;
const LIST: &str = "address book";

/// Fetches a page of it.
pub async fn book(ctx: &Ctx, job: &Job, account: &AccountId) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let (mut walk, begins) = ctx.walk(job);
    let walked = ctx.store.read(move |db| lists::get(db, key, LIST)).await?;
    if begins && is_recent(walked.done_at, ctx.settings.pace.book) {
        return Ok(Done::again_in(ctx.settings.pace.book));
    }
    let stamp = ctx.stamp();
    let paging = Paging {
        cursor: walk.cursor.clone(),
        limit: Some(PAGE),
    };
    let answer = ctx
        .ask(&rows::LIST_EMAIL_CONTACTS, Some(account), || {
            ctx.client.list_email_contacts(account, &paging)
        })
        .await;
    let page = match answer {
        Ok(page) => page,
        // A provider without an address book is nothing to tell of.
        Err(JobError::Api(error)) if matches!(error.status(), Some(404 | 501)) => {
            return Ok(Done::again_in(ctx.settings.pace.book));
        }
        Err(error) => {
            ctx.keep_walk(job, walk, &error);
            return Err(error);
        }
    };
    ctx.flaws(Some(key), &page).await?;
    let turn = walk.turn(
        page.items.iter().map(|it| it.id.as_str()),
        page.cursor.clone(),
        page.flaws.is_empty(),
    );
    ctx.apply(stamp, move |tx| {
        lists::turned(tx, key, LIST, begins, page.items.len())?;
        if turn != Turn::More {
            lists::done(tx, key, LIST, jiff::Timestamp::now().as_millisecond())?;
        }
        apply::contacts(tx, key, &page.items)
    })
    .await?;
    if turn == Turn::Stuck {
        ctx.trouble(Some(key), "endless list", "The address book does not end.")
            .await?;
    }
    Ok(if turn == Turn::More {
        ctx.walks().insert(job.clone(), walk);
        Done::more_in(ctx.settings.pace.background)
    } else {
        Done::again_in(ctx.settings.pace.book)
    })
}
