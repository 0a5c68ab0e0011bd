//! What the user did and the server is still to be told; drafts; undo.
//!
//! Handing over is one step: the row of the outbox, the change shown ahead of the server, what undoes it, and the end
//! of the draft. Everything here is written with [`Care::Kept`](super::Care), and before any request.
//!
//! ```text
//! scheduled ─► queued ─► sending ─► sent
//!                 ▲          ├────► failed    refused: the change is taken back, only the user tries again
//!                 └──────────┤
//!                            └────► unknown   may have arrived: looked for, never sent again by itself
//! ```
//!
//! Acts of one conversation are a lane and go out in the order in which they were due. Lanes never wait for each
//! other, but a message is forwarded only when its words are what the user made of them. A failed act holds up nothing.
//! One that waits for its next try holds up its lane, or the order would be lost. An unknown message holds up later
//! messages of its lane while it is being looked for, for [`SETTLE`] at most; other acts go past it. What is to be sent
//! later takes its place in the lane when its time has come.

pub mod acts;
pub mod copies;
pub mod drafts;
pub mod files;
mod labels;
pub mod moves;
mod optimism;
mod read;
mod sightings;
mod states;
mod submit;
#[cfg(test)]
mod tests;
mod undo;

use std::time::Duration;

use crate::model::inbox::ConversationKey;
use crate::store::error::Result;
use crate::store::tx::Tx;

pub use labels::{aim, describe};
pub use read::{all, failed, get, looks, next, next_due, of_conversation, open, pending, unsent};
pub use sightings::{claim, is_it, window};
pub(in crate::store) use sightings::{sighted, sighted_mails};
pub use states::{
    Success, begin, cancel, fail, hold, looked, recover, requeue, retry, succeed, tidy, timed,
    unknown,
};
pub use submit::{When, submit, submit_draft, submit_quietly};
pub use undo::{Reach, Undone, undo};

/// An unknown message is looked for so many times before only the user can say what became of it.
pub const LOOKS: u32 = 3;
/// Later messages wait no longer than this for an unknown one.
pub const SETTLE: Duration = Duration::from_secs(60);

/// A thread of mails is called otherwise from now on; what was written for it follows.
pub(in crate::store) fn moved(
    tx: &Tx<'_>,
    key: ConversationKey,
    old: &str,
    new: &str,
) -> Result<()> {
    if old == new {
        return Ok(());
    }
    let account: String = tx
        .prepare_cached(
            "SELECT a.uid FROM conversations c JOIN accounts a ON a.id = c.account WHERE c.id = ?1",
        )?
        .query_row([key.0], |row| row.get(0))?;
    // Of two drafts for one thread, one becomes a mail of its own rather than being lost.
    for statement in [
        "UPDATE OR IGNORE drafts SET conversation = ?3 WHERE conversation = ?2 AND account = ?1",
        "UPDATE drafts SET conversation = NULL WHERE conversation = ?2 AND account = ?1 AND ?3 <> ''",
        "UPDATE outbox SET conversation = ?3, lane = ?1 || '/' || ?3 WHERE conversation = ?2 AND account = ?1",
    ] {
        tx.prepare_cached(statement)?
            .execute((&account, old, new))?;
    }
    Ok(())
}
