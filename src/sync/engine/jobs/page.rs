//! A page of messages or mails, treated alike.

use jiff::Timestamp;

use crate::api::emails::ListEmails;
use crate::api::messaging::ListMessages;
use crate::api::operations::{emails as mail_rows, messaging as rows};
use crate::api::{Cursor, Flaw, Paging};
use crate::model::email::{Email, FolderRole};
use crate::model::id::{AccountId, ChatId};
use crate::model::inbox::AccountKey;
use crate::model::message::Message;
use crate::store::apply::{self, Applied, Stamp};
use crate::store::{self, Tx};
use crate::sync::engine::ctx::{Ctx, JobError, Result};
use crate::sync::engine::schedule::Kind;

/// Which part of the flow to ask for.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub cursor: Option<Cursor>,
    /// In milliseconds, ends not included.
    pub before: Option<i64>,
    pub after: Option<i64>,
    pub limit: u16,
    /// Mails: heads only.
    pub heads: bool,
    /// Mails: of this folder only, by its id at the network.
    pub folder: Option<String>,
}

/// A page that has been written.
#[derive(Debug)]
pub struct Written {
    pub ids: Vec<String>,
    /// Times of its oldest and its newest item.
    pub span: Option<(i64, i64)>,
    pub cursor: Option<Cursor>,
    pub whole: bool,
    pub new: usize,
    pub stamp: Stamp,
    pub unseen_chats: Vec<ChatId>,
    /// Whether it may have brought a draft of a mail that was not here.
    pub drafts: bool,
}

impl Written {
    /// The stretch of time of which this page, the newest one, holds everything. Nothing is newer; and where the page is
    /// the last one too, nothing is older.
    pub fn stretch(&self) -> (i64, i64) {
        let lo = match (&self.cursor, self.span) {
            // The oldest moment of the page may go on on the next one.
            (Some(_), Some((lo, _))) => lo.saturating_add(1),
            (Some(_), None) => LATEST,
            (None, _) => EARLIEST,
        };
        (lo, LATEST)
    }
}

/// The ends of time, as far as keys of entries reach.
pub const EARLIEST: i64 = i64::MIN / (1 << 16);
pub const LATEST: i64 = i64::MAX / (1 << 16);

/// Asks for a page and writes it. Where so many are too much, fewer are asked for, and of a huge mail the head only: it
/// does not hide the others.
pub async fn fetch(
    ctx: &Ctx,
    account: &AccountId,
    key: AccountKey,
    kind: Kind,
    wish: &Wish,
) -> Result<Written> {
    let mut wish = wish.clone();
    loop {
        let outcome = fetch_as_wished(ctx, account, key, kind, &wish).await;
        match outcome {
            Err(JobError::Api(error)) if error.is_too_large() && wish.limit > 1 => {
                wish.limit = (wish.limit / 7).max(1);
            }
            Err(JobError::Api(error))
                if error.is_too_large() && kind == Kind::Mails && !wish.heads =>
            {
                wish.heads = true;
            }
            outcome => return outcome,
        }
    }
}

async fn fetch_as_wished(
    ctx: &Ctx,
    account: &AccountId,
    key: AccountKey,
    kind: Kind,
    wish: &Wish,
) -> Result<Written> {
    let stamp = ctx.stamp();
    let paging = Paging {
        cursor: wish.cursor.clone(),
        limit: Some(wish.limit),
    };
    // A cursor holds the filters of the first request.
    let filters = wish.cursor.is_none();
    let time = |at: Option<i64>| {
        at.filter(|_| filters)
            .and_then(|at| Timestamp::from_millisecond(at).ok())
    };
    match kind {
        Kind::Chats => {
            let params = ListMessages {
                account_id: Some(account.clone()),
                before: time(wish.before),
                after: time(wish.after),
                paging,
                ..ListMessages::default()
            };
            let page = ctx
                .ask(&rows::LIST_MESSAGES, Some(account), || {
                    ctx.client.list_messages(&params)
                })
                .await?;
            write_messages(ctx, key, page.items, page.cursor, &page.flaws, stamp).await
        }
        Kind::Mails => {
            let params = ListEmails {
                folder: wish.folder.clone().filter(|_| filters),
                before: time(wish.before),
                after: time(wish.after),
                meta_only: wish.heads.then_some(true),
                paging,
                ..ListEmails::default()
            };
            let page = ctx
                .ask(&mail_rows::LIST_EMAILS, Some(account), || {
                    ctx.client.list_emails(account, &params)
                })
                .await?;
            write_mails(ctx, key, page.items, page.cursor, &page.flaws, stamp).await
        }
    }
}

/// Writes messages that an answer brought.
pub async fn write_messages(
    ctx: &Ctx,
    key: AccountKey,
    items: Vec<Message>,
    cursor: Option<Cursor>,
    flaws: &[Flaw],
    stamp: Stamp,
) -> Result<Written> {
    let mut written = written(ctx, key, cursor, flaws, stamp).await?;
    written.ids = items.iter().map(|it| it.id.to_string()).collect();
    written.span = span(items.iter().map(|it| it.timestamp));
    put(ctx, written, move |tx| apply::messages(tx, &items, stamp)).await
}

async fn write_mails(
    ctx: &Ctx,
    key: AccountKey,
    items: Vec<Email>,
    cursor: Option<Cursor>,
    flaws: &[Flaw],
    stamp: Stamp,
) -> Result<Written> {
    let mut written = written(ctx, key, cursor, flaws, stamp).await?;
    written.ids = items.iter().map(|it| it.id.to_string()).collect();
    written.span = span(items.iter().map(|it| it.date));
    written.drafts = items.iter().any(|it| it.role == FolderRole::Drafts);
    put(ctx, written, move |tx| apply::mails(tx, &items, stamp)).await
}

/// A page of which nothing is written yet.
async fn written(
    ctx: &Ctx,
    key: AccountKey,
    cursor: Option<Cursor>,
    flaws: &[Flaw],
    stamp: Stamp,
) -> Result<Written> {
    Ok(Written {
        ids: Vec::new(),
        span: None,
        cursor,
        whole: note(ctx, key, flaws).await?,
        new: 0,
        stamp,
        unseen_chats: Vec::new(),
        drafts: false,
    })
}

async fn put(
    ctx: &Ctx,
    mut written: Written,
    work: impl FnOnce(&Tx<'_>) -> store::Result<Applied> + Send + 'static,
) -> Result<Written> {
    if !written.ids.is_empty() {
        let applied = ctx.apply(written.stamp, work).await?;
        written.new = applied.new;
        written.unseen_chats = applied.unseen_chats;
        // Heads differ from whole mails, so a change says nothing here.
        written.drafts &= applied.new > 0;
    }
    Ok(written)
}

/// Counts what could not be read; tells whether there was nothing of the kind.
async fn note(ctx: &Ctx, key: AccountKey, flaws: &[Flaw]) -> Result<bool> {
    for flaw in flaws.iter().take(20) {
        ctx.trouble(Some(key), "unreadable item", &flaw.to_string())
            .await?;
    }
    Ok(flaws.is_empty())
}

fn span(times: impl Iterator<Item = Timestamp>) -> Option<(i64, i64)> {
    times
        .map(Timestamp::as_millisecond)
        .fold(None, |span, at| match span {
            None => Some((at, at)),
            Some((lo, hi)) => Some((at.min(lo), at.max(hi))),
        })
}
