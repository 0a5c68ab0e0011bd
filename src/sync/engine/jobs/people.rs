//! People, and pictures of those one writes with.

use super::chats::{is_missing, is_recent, is_single};
use crate::api::Paging;
use crate::api::messaging::{ListAttendees, PictureOf};
use crate::api::operations::messaging as rows;
use crate::model::id::{AccountId, AttendeeId, ChatId};
use crate::model::inbox::PictureOwner;
use crate::store::Care;
use crate::store::apply;
use crate::store::pictures;
use crate::store::progress::lists;
use crate::store::progress::wanted::{self, Pictureless};
use crate::sync::engine::ctx::{Ctx, Done, JobError, Result};
use crate::sync::engine::schedule::Job;
use crate::sync::engine::walk::Turn;

const PAGE: u16 = 250;
/// Pictures that are fetched at one go.
const HANDFUL: usize = 4;
/// Of so many, those that were not asked for in vain go first.
const CANDIDATES: u32 = 50;
/// A picture of a face is smaller than this; what is larger is not kept.
const LARGEST: usize = 1 << 20;

/// Fetches a page of people.
pub async fn list(ctx: &Ctx, job: &Job, account: &AccountId) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let (mut walk, begins) = ctx.walk(job);
    let walked = ctx
        .store
        .read(move |db| lists::get(db, key, "people"))
        .await?;
    if begins && is_recent(walked.done_at, ctx.settings.pace.whole) {
        return Ok(Done::again_in(ctx.settings.pace.whole).then([Job::Pictures]));
    }
    let stamp = ctx.stamp();
    let params = ListAttendees {
        account_id: Some(account.clone()),
        paging: Paging {
            cursor: walk.cursor.clone(),
            limit: Some(PAGE),
        },
    };
    let answer = ctx
        .ask(&rows::LIST_ATTENDEES, Some(account), || {
            ctx.client.list_attendees(&params)
        })
        .await;
    let page = match answer {
        Ok(page) => page,
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
        lists::turned(tx, key, "people", begins, page.items.len())?;
        if turn != Turn::More {
            lists::done(tx, key, "people", jiff::Timestamp::now().as_millisecond())?;
        }
        apply::attendees(tx, &page.items, stamp)
    })
    .await?;
    let done = if turn == Turn::More {
        ctx.walks().insert(job.clone(), walk);
        Done::more_in(ctx.settings.pace.background)
    } else {
        Done::again_in(ctx.settings.pace.whole)
    };
    if turn == Turn::Stuck {
        ctx.trouble(
            Some(key),
            "endless list",
            "The list of people does not end.",
        )
        .await?;
    }
    Ok(done.then([Job::Pictures]))
}

/// Fetches some pictures nobody has asked for yet.
pub async fn pictures(ctx: &Ctx) -> Result<Done> {
    let wanted = ctx
        .store
        .read(|db| wanted::pictureless(db, CANDIDATES))
        .await?;
    let wanted = ctx.some_of("picture", wanted, HANDFUL);
    let mut failed = None;
    for it in &wanted {
        match picture(ctx, it).await {
            Err(error) if is_single(&error) => failed = Some(error),
            other => other?,
        }
    }
    match failed {
        Some(error) => Err(error),
        None if wanted.is_empty() => Ok(Done::default()),
        None => Ok(Done::more_in(ctx.settings.pace.background)),
    }
}

async fn picture(ctx: &Ctx, wanted: &Pictureless) -> Result<()> {
    ctx.tried("picture", &wanted.uid);
    let (person, group) = (AttendeeId::from(&*wanted.uid), ChatId::from(&*wanted.uid));
    let of = match wanted.owner {
        PictureOwner::Handle(_) => PictureOf::Person(&person),
        PictureOwner::Conversation(_) => PictureOf::Group(&group),
    };
    let answer = ctx
        .ask(&rows::GET_ATTENDEE_PICTURE, Some(&wanted.account), || {
            ctx.client.get_attendee_picture_bytes(of)
        })
        .await;
    let picture = match answer {
        Ok((bytes, _)) => Some(bytes).filter(|bytes| !bytes.is_empty() && bytes.len() <= LARGEST),
        // No picture, or one that cannot be had: neither is asked for again soon.
        Err(JobError::Api(error)) if is_missing(&error) || is_for_good(&error) => None,
        Err(error) => return Err(error),
    };
    let owner = wanted.owner;
    ctx.store
        .write(Care::Cache, move |tx| {
            pictures::put(
                tx,
                owner,
                picture.as_deref(),
                jiff::Timestamp::now().as_millisecond(),
            )
        })
        .await?;
    Ok(())
}

/// Whether the same question would get the same answer. A refused key says nothing about a picture.
fn is_for_good(error: &crate::api::Error) -> bool {
    !error.is_retryable() && !error.is_bad_key()
}
