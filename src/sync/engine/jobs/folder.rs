//! A folder somebody looks at while its mails are not all here: its newest are fetched before the rest of the history.

use super::flow;
use crate::model::id::{AccountId, FolderId};
use crate::model::inbox::AccountKey;
use crate::store::progress::ranges::{self, Range, START};
use crate::store::read::folders;
use crate::sync::engine::ctx::{Ctx, Done, Result, scope};
use crate::sync::engine::schedule::Kind;

/// So many pages are fetched at one wish; who scrolls down wishes again.
const PAGES: usize = 2;

/// Fetches what is next of a folder.
pub async fn folder(ctx: &Ctx, account: &AccountId, folder: &FolderId) -> Result<Done> {
    let Some(key) = ctx.account(account).await? else {
        return Ok(Done::default());
    };
    let uid = folder.as_str().to_owned();
    let filter = ctx
        .store
        .read(move |db| folders::provider_id(db, key, &uid))
        .await?;
    let Some(filter) = filter else {
        return Ok(Done::default());
    };
    let name = scope_of(key, folder);
    for _ in 0..PAGES {
        let Some(gap) = next_gap(ctx, key, &name).await? else {
            break;
        };
        flow::close_folder(ctx, account, key, &name, gap, &filter).await?;
    }
    Ok(Done::default())
}

/// Names what has been fetched of a folder.
fn scope_of(account: AccountKey, folder: &FolderId) -> String {
    format!("folder:{}:{folder}", account.0)
}

/// The topmost stretch of which neither the mails of the folder nor all mails are here.
async fn next_gap(ctx: &Ctx, key: AccountKey, name: &str) -> Result<Option<Range>> {
    let (name, all) = (name.to_owned(), scope(key, Kind::Mails));
    Ok(ctx
        .store
        .read(move |db| {
            // What is newer than the newest is for the news.
            let Some(top) = ranges::latest(db, &all)? else {
                return Ok(None);
            };
            let within = Range {
                lo: START,
                hi: top.hi,
            };
            let gaps = ranges::gaps(db, &[&name, &all], within)?;
            Ok(gaps.into_iter().next())
        })
        .await?)
}
