//! What the user did goes out.

use std::time::Duration;

use jiff::Timestamp;

use crate::store::outbox::files;
use crate::store::{self, Care, Store};
use crate::sync::engine::ctx::{Ctx, Done, JobError, Result};
use crate::sync::outbox::Way;

/// Who waits for everything to be done waits for what is due so soon, such as a message that can still be taken back.
const SOON: Duration = Duration::from_secs(60);

/// Sends all that is due, and comes again when the next is.
pub async fn sending(ctx: &Ctx) -> Result<Done> {
    if !ctx.settings.sends {
        return Ok(Done::default());
    }
    let way = Way {
        store: &ctx.store,
        client: &ctx.client,
        asker: &ctx.asker,
        stamp: &|| ctx.stamp(),
        now: &Timestamp::now,
    };
    let pass = ctx.sender.pass(&way).await.map_err(JobError::Store)?;
    if pass.sent > 0 {
        sweep(&ctx.store).await.map_err(JobError::Store)?;
    }
    let Some(due) = pass.next_due else {
        return Ok(Done::default());
    };
    let wait = due.duration_since(Timestamp::now());
    let wait = Duration::try_from(wait).unwrap_or_default();
    Ok(if wait <= SOON && pass.unreachable.is_none() {
        Done::more_in(wait)
    } else {
        Done::again_in(wait)
    })
}

/// Lets go of the copies of files that have been sent.
pub async fn sweep(store: &Store) -> store::Result<()> {
    let profile = store.dir().to_owned();
    let work = move |tx: &store::Tx<'_>| files::sweep(tx, &profile);
    let swept = store.write(Care::Cache, work).await?;
    if swept > 0 {
        tracing::debug!(swept, "copies of files that nothing needs were deleted");
    }
    Ok(())
}
