//! Waits until something in the outbox has come to an end; sends it itself when nobody else does.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

use crate::api::Client;
use crate::cli::Failure;
use crate::model::outbox::{OutboxId, OutboxItem, OutboxState};
use crate::store::apply::Stamp;
use crate::store::progress::stored_stamp;
use crate::store::{Store, outbox};
use crate::sync::outbox::{Sender, Way};
use crate::sync::{Asker, Lead};

/// How long a command waits for an answer.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often it looks for what another process did.
const LOOK: Duration = Duration::from_millis(100);

/// How it stands when waiting is over.
#[derive(Debug)]
pub(in crate::cli) struct Outcome {
    pub item: OutboxItem,
    /// Why the server was not reached, if it was not.
    pub unreachable: Option<String>,
}

/// Waits for one item.
pub(in crate::cli) async fn settle(
    store: &Store,
    client: Client,
    id: OutboxId,
) -> Result<Outcome, Failure> {
    let begin = tokio::time::Instant::now();
    let sender = Sender::default();
    let asker = Asker::default();
    let last = AtomicI64::new(store.read(stored_stamp).await?.0);
    let mut unreachable = None;
    loop {
        let item = get(store, id).await?;
        if is_final(&item) || unreachable.is_some() || begin.elapsed() > PATIENCE {
            return Ok(Outcome { item, unreachable });
        }
        // Somebody else with the lead sends; otherwise this process does.
        let lead = Lead::take(store.dir()).map_err(Failure::usage)?;
        if lead.is_none() {
            tokio::time::sleep(LOOK).await;
            continue;
        }
        let way = Way {
            store,
            client: &client,
            asker: &asker,
            stamp: &|| Stamp(last.fetch_add(1, Ordering::SeqCst).saturating_add(1)),
            now: &Timestamp::now,
        };
        let pass = sender.pass(&way).await?;
        unreachable = pass.unreachable;
        let item = get(store, id).await?;
        if !is_final(&item) && unreachable.is_none() {
            let wait = pass
                .next_due
                .map(|due| due.duration_since(Timestamp::now()));
            let wait = wait
                .and_then(|it| Duration::try_from(it).ok())
                .unwrap_or(LOOK);
            tokio::time::sleep(wait.clamp(Duration::from_millis(10), Duration::from_secs(5))).await;
        }
    }
}

async fn get(store: &Store, id: OutboxId) -> Result<OutboxItem, Failure> {
    let item = store.read(move |db| outbox::get(db, id)).await?;
    item.ok_or_else(|| {
        Failure::usage(format!(
            "There is nothing with the number {} in the outbox.",
            id.0
        ))
    })
}

fn is_final(item: &OutboxItem) -> bool {
    match item.state {
        OutboxState::Sent | OutboxState::Failed | OutboxState::Canceled => true,
        OutboxState::Unknown => item.looks >= outbox::LOOKS,
        OutboxState::Scheduled | OutboxState::Queued | OutboxState::Sending => false,
    }
}
