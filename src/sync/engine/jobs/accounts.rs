//! The list of accounts, and the folders of mailboxes.

use jiff::Timestamp;

use crate::api::Paging;
use crate::api::operations::{accounts as rows, emails as mail_rows};
use crate::model::id::AccountId;
use crate::store::apply;
use crate::sync::engine::ctx::{Ctx, Done, Result};
use crate::sync::engine::walk::{Turn, Walk};

/// Most accounts a page holds.
const PAGE: u16 = 250;

/// Fetches all accounts. Only a whole list says who is gone.
pub async fn accounts(ctx: &Ctx) -> Result<Done> {
    let stamp = ctx.stamp();
    let mut walk = Walk::new(stamp);
    let mut all = Vec::new();
    loop {
        let paging = Paging {
            cursor: walk.cursor.clone(),
            limit: Some(PAGE),
        };
        let page = ctx
            .ask(&rows::LIST_ACCOUNTS, None, || {
                ctx.client.list_accounts(&paging)
            })
            .await?;
        ctx.flaws(None, &page).await?;
        let whole = page.flaws.is_empty();
        let turn = walk.turn(
            page.items.iter().map(|it| it.id.as_str()),
            page.cursor,
            whole,
        );
        all.extend(page.items);
        match turn {
            Turn::More => {}
            Turn::End => break,
            Turn::Stuck => {
                ctx.trouble(None, "endless list", "The list of accounts does not end.")
                    .await?;
                break;
            }
        }
    }
    let whole = walk.whole;
    ctx.apply(stamp, move |tx| {
        apply::accounts(tx, &all, whole, stamp, Timestamp::now())
    })
    .await?;
    Ok(Done::again_in(ctx.settings.pace.accounts))
}

/// Fetches the folders of a mailbox.
pub async fn folders(ctx: &Ctx, account: &AccountId) -> Result<Done> {
    let stamp = ctx.stamp();
    let page = ctx
        .ask(&mail_rows::LIST_FOLDERS, Some(account), || {
            ctx.client.list_folders(Some(account))
        })
        .await?;
    ctx.flaws(ctx.account(account).await?, &page).await?;
    if page.flaws.is_empty() {
        let account = account.clone();
        ctx.apply(stamp, move |tx| {
            apply::folders(tx, account.as_str(), &page.items, stamp)
        })
        .await?;
    }
    Ok(Done::again_in(ctx.settings.pace.folders))
}
