//! Drafts of mails, here and at the provider: stored there when nobody has touched them for some seconds, taken away
//! when they end, picked up when somebody wrote or changed them elsewhere.
//!
//! One pass, in this order: what is listed there is compared with what is known; what ended there ends here; what is new
//! or changed there is picked up; what nobody needs there goes; then what has changed here is stored. So nothing is
//! replaced before it is known that nobody has changed it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::chats::{alone, is_missing, is_single};
use super::confirm;
use crate::api::emails::ListEmails;
use crate::api::operations::emails as rows;
use crate::api::{Cursor, Paging};
use crate::model::act::{FileRef, LARGEST_FILE};
use crate::model::email::{Email, EmailAttachment, EmailRemoval, Extent, FolderRole, Header};
use crate::model::id::{AccountId, EmailId};
use crate::model::outbox::Draft;
use crate::store::apply::Stamp;
use crate::store::outbox::copies::{self, CopyKey, HEADER, Leaving, Stranger};
use crate::store::outbox::files;
use crate::store::progress::raise_stamp;
use crate::store::{Care, apply};
use crate::sync::engine::ctx::{Ctx, Done, JobError, Result};
use crate::sync::engine::schedule::Job;
use crate::sync::outbox::letter;

const PAGE: u16 = 50;
/// Older drafts than those on so many pages stay mails.
const PAGES: usize = 5;
/// A copy that was stored just now is listed soon.
const SOON: Duration = Duration::from_secs(2);

/// Looks without a request whether there is anything to tell the provider, and when there will be.
pub async fn mirror(ctx: &Ctx, account: &AccountId) -> Result<Done> {
    if !ctx.settings.mirrors() {
        return Ok(Done::default());
    }
    let (quiet, id) = (untouched_since(ctx.settings.pace.drafts), account.clone());
    let (wanted, touched) = ctx
        .store
        .read(move |db| {
            let (_, touched) = copies::due(db, &id, quiet)?;
            Ok((copies::is_wanted(db, &id, quiet)?, touched))
        })
        .await?;
    let done = wait_for(ctx, touched);
    Ok(if wanted {
        done.then([Job::Drafts(account.clone())])
    } else {
        done
    })
}

/// Until the last one that was touched has been left alone long enough.
fn wait_for(ctx: &Ctx, touched: Option<Timestamp>) -> Done {
    let Some(touched) = touched else {
        return Done::default();
    };
    let since = Timestamp::now().duration_since(touched);
    let since = Duration::try_from(since).unwrap_or_default();
    Done::again_in(ctx.settings.pace.drafts.saturating_sub(since))
}

fn untouched_since(quiet: Duration) -> Timestamp {
    let now = Timestamp::now();
    let quiet = SignedDuration::try_from(quiet).unwrap_or_default();
    now.checked_sub(quiet).unwrap_or(now)
}

/// One pass over the drafts of an account.
pub async fn drafts(ctx: &Ctx, account: &AccountId) -> Result<Done> {
    if !ctx.settings.mirrors() {
        return Ok(Done::default());
    }
    let stored = pass(ctx, account, ctx.settings.pace.drafts).await?;
    let next = if stored > 0 {
        SOON.min(ctx.settings.pace.drafts)
    } else {
        ctx.settings.pace.folders
    };
    Ok(Done::again_in(next))
}

/// The program is about to end: what has changed is stored, however lately it was touched.
pub async fn at_end(ctx: &Ctx, account: &AccountId) -> Result<()> {
    let (now, id) = (Timestamp::now(), account.clone());
    let any = ctx.store.read(move |db| copies::due(db, &id, now)).await?;
    if ctx.settings.mirrors() && !any.0.is_empty() {
        pass(ctx, account, Duration::ZERO).await?;
    }
    Ok(())
}

/// Tells how many drafts were stored.
async fn pass(ctx: &Ctx, account: &AccountId, quiet: Duration) -> Result<usize> {
    let _alone = ctx.mirroring.lock().await;
    let (mails, is_whole, stamp) = listed(ctx, account).await?;
    let (id, page) = (account.clone(), mails.clone());
    // As every other list has them, so that nothing seems to have changed.
    let plain: Vec<Email> = page
        .iter()
        .map(|mail| Email {
            headers: Vec::new(),
            ..mail.clone()
        })
        .collect();
    let stock = ctx
        .store
        .write(Care::Kept, move |tx| {
            raise_stamp(tx, stamp)?;
            apply::mails(tx, &plain, stamp)?;
            copies::take_stock(tx, &id, &page, is_whole, Timestamp::now())
        })
        .await?;
    for (copy, mail) in stock.missing {
        look_for(ctx, account, copy, &mail).await?;
    }
    for stranger in stock.strangers {
        let Some(mail) = mails.iter().find(|mail| mail.id == stranger.mail) else {
            continue;
        };
        // One that cannot be had stays a mail, and is no reason to leave the others alone.
        let picked = pick_up(ctx, account, stranger, mail).await;
        single(ctx, picked).await?;
    }
    for leaving in stock.leaving {
        let taken = take_away(ctx, account, &leaving).await;
        single(ctx, taken).await?;
    }
    let (since, id) = (untouched_since(quiet), account.clone());
    let (due, _) = ctx
        .store
        .read(move |db| copies::due(db, &id, since))
        .await?;
    let mut stored = 0;
    for draft in &due {
        stored += usize::from(store(ctx, account, draft).await?);
    }
    Ok(stored)
}

/// What concerns one draft is counted, and does not hold up the others.
async fn single(ctx: &Ctx, outcome: Result<()>) -> Result<()> {
    match outcome {
        Err(error) if is_single(&error) => alone(ctx, None, Err::<(), _>(error))
            .await
            .map(drop)
            .or(Ok(())),
        other => other,
    }
}

/// All drafts at the provider of which the text is there, and whether these are all.
async fn listed(ctx: &Ctx, account: &AccountId) -> Result<(Vec<Email>, bool, Stamp)> {
    let stamp = ctx.stamp();
    let (mut mails, mut whole): (Vec<Email>, bool) = (Vec::new(), true);
    let mut cursor: Option<Cursor> = None;
    for _ in 0..PAGES {
        let first = cursor.is_none();
        let params = ListEmails {
            role: first.then_some(FolderRole::Drafts),
            include_headers: first.then_some(true),
            paging: Paging {
                cursor: cursor.take(),
                limit: Some(PAGE),
            },
            ..ListEmails::default()
        };
        let page = ctx
            .ask(&rows::LIST_EMAILS, Some(account), || {
                ctx.client.list_emails(account, &params)
            })
            .await?;
        whole &= page.flaws.is_empty();
        mails.extend(page.items);
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    // A server that does not know the filter lists other mails, too.
    mails.retain(|mail| mail.role == FolderRole::Drafts);
    let count = mails.len();
    mails.retain(|mail| {
        let is_full = mail.extent == Some(Extent::Full);
        mail.is_complete != Some(false)
            && (is_full || mail.body.is_some() || mail.body_plain.is_some())
    });
    let is_whole = whole && cursor.is_none() && count == mails.len();
    Ok((mails, is_whole, stamp))
}

/// A copy is not listed any more: the API says what became of it.
async fn look_for(ctx: &Ctx, account: &AccountId, copy: CopyKey, mail: &EmailId) -> Result<()> {
    let answer = ctx
        .ask(&rows::GET_EMAIL, Some(account), || {
            ctx.client.get_email(mail, Some(account), None)
        })
        .await;
    match answer {
        Ok(found) if found.role == FolderRole::Drafts => return Ok(()),
        Ok(_) => {}
        Err(JobError::Api(error)) if is_missing(&error) => {}
        Err(error) => return single(ctx, Err(error)).await,
    }
    ctx.store
        .write(Care::Kept, move |tx| copies::ended_elsewhere(tx, copy))
        .await?;
    confirm::mail(ctx, account, mail).await.map(drop)
}

/// Makes a draft of one that was written or changed elsewhere, once all its files are here.
async fn pick_up(ctx: &Ctx, account: &AccountId, stranger: Stranger, mail: &Email) -> Result<()> {
    let mut kept = Vec::new();
    for file in &mail.attachments {
        match keep(ctx, account, mail, file).await? {
            Some(file) => kept.push(file),
            None => return Ok(()),
        }
    }
    let mail = mail.clone();
    let picked = ctx
        .store
        .write(Care::Kept, move |tx| {
            copies::pick_up(tx, &stranger, &mail, kept, Timestamp::now())
        })
        .await?;
    tracing::debug!(?picked, "a draft from elsewhere");
    Ok(())
}

/// Fetches a file of a draft into the profile; absent when it is larger than what can be sent.
async fn keep(
    ctx: &Ctx,
    account: &AccountId,
    mail: &Email,
    file: &EmailAttachment,
) -> Result<Option<FileRef>> {
    if file.size.is_some_and(|size| size > LARGEST_FILE) {
        return Ok(None);
    }
    let (bytes, mime) = ctx
        .ask(&rows::GET_EMAIL_ATTACHMENT, Some(account), || {
            ctx.client
                .get_email_attachment_bytes(&mail.id, &file.id, Some(account))
        })
        .await?;
    let (profile, name) = (ctx.store.dir().to_owned(), file.name.clone());
    let mime = file.mime.clone().or(mime);
    let kept = tokio::task::spawn_blocking(move || files::keep_bytes(&profile, &bytes)).await;
    match kept {
        Ok(Ok(kept)) => Ok(Some(FileRef { name, mime, ..kept })),
        Ok(Err(error)) => {
            ctx.trouble(None, "file of a draft", &error.to_string())
                .await?;
            Ok(None)
        }
        Err(_) => Ok(None),
    }
}

/// Takes a copy away that nobody needs.
async fn take_away(ctx: &Ctx, account: &AccountId, leaving: &Leaving) -> Result<()> {
    let mail = &leaving.mail;
    let mut removed = delete(ctx, account, mail).await?;
    if removed && leaving.for_good {
        // It may lie in the trash now, where older copies of one draft would pile up.
        removed = !matches!(delete(ctx, account, mail).await, Ok(true));
    }
    tracing::debug!(removed, "a copy of a draft was taken away");
    let copy = leaving.copy;
    ctx.store
        .write(Care::Kept, move |tx| copies::gone(tx, copy))
        .await?;
    confirm::mail(ctx, account, mail).await.map(drop)
}

/// Tells whether it lies in the trash now.
async fn delete(ctx: &Ctx, account: &AccountId, mail: &EmailId) -> Result<bool> {
    let answer = ctx
        .ask(&rows::DELETE_EMAIL, Some(account), || {
            ctx.client.delete_email(mail, Some(account))
        })
        .await;
    match answer {
        Ok(EmailRemoval::Trashed) => Ok(true),
        Ok(EmailRemoval::Deleted | EmailRemoval::Other(_)) => Ok(false),
        Err(JobError::Api(error)) if is_missing(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Stores a draft at the provider. Tells whether it is there.
async fn store(ctx: &Ctx, account: &AccountId, draft: &Draft) -> Result<bool> {
    let Some(mut mail) = draft.body.mail() else {
        return Ok(false);
    };
    // What is no address yet would be refused, and the rest of the mail with it.
    for list in [&mut mail.to, &mut mail.cc, &mut mail.bcc] {
        list.retain(|it| is_address(&it.address));
    }
    let all = mail.attachments.clone();
    let check = move || all.iter().all(|file| files::check(file).is_ok());
    if !matches!(tokio::task::spawn_blocking(check).await, Ok(true)) {
        return Ok(false);
    }
    let (written, sent) = (draft.clone(), mail.clone());
    let begun = ctx
        .store
        .write(Care::Kept, move |tx| {
            copies::begin(tx, &written, &sent, Timestamp::now())
        })
        .await?;
    let Some((copy, name)) = begun else {
        return Ok(false);
    };
    let mut form = letter(&mail);
    form.headers.push(Header {
        name: HEADER.to_owned(),
        value: name,
    });
    let answer = ctx
        .ask(&rows::CREATE_DRAFT, Some(account), || {
            ctx.client.create_draft(&form)
        })
        .await;
    let error = match answer {
        Ok(id) => {
            ctx.store
                .write(Care::Kept, move |tx| copies::stored(tx, copy, Some(&id)))
                .await?;
            return Ok(true);
        }
        Err(JobError::Api(error)) => error,
        Err(error) => return Err(error),
    };
    // Where it may have arrived the list tells, and nothing is stored again before.
    if !error.may_have_happened() {
        let for_good = !error.is_retryable() && !error.is_bad_key();
        ctx.store
            .write(Care::Kept, move |tx| copies::failed(tx, copy, for_good))
            .await?;
        if for_good {
            single(ctx, Err(JobError::Api(error))).await?;
            return Ok(false);
        }
    }
    Err(JobError::Api(error))
}

/// Whether a provider may take it for an address.
fn is_address(text: &str) -> bool {
    let parts = text.trim().rsplit_once('@');
    parts.is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
    })
}
