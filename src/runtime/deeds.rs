//! Carries out what the user does: in the store at once, at the server behind it.

#[cfg(test)]
mod tests;
mod writing;

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use super::triage;
use crate::app::Msg;
use crate::app::effect::{Deed, Done, Ticket, Triage};
use crate::model::act::Act;
use crate::model::inbox::ConversationKey;
use crate::model::outbox::DraftKey;
use crate::store::outbox::{self, Reach, Undone, When, acts};
use crate::store::{self, Care, Store, Tx};

/// What every deed needs to know.
#[derive(Debug)]
pub struct Deeds {
    pub store: Store,
    /// How long a message can be taken back.
    pub undo: Duration,
    /// When this run began: what was done before it is not taken back with a key.
    since: Timestamp,
    /// Drafts of what is being written.
    drafts: HashMap<Ticket, DraftKey>,
}

pub use writing::attach;

impl Deeds {
    pub fn new(store: Store, undo: Duration) -> Self {
        Self {
            store,
            undo,
            since: Timestamp::now(),
            drafts: HashMap::new(),
        }
    }

    /// Does one after the other, in the order in which the user did them, until nobody can ask any more.
    pub async fn follow(mut self, mut asked: UnboundedReceiver<Deed>, told: UnboundedSender<Msg>) {
        while let Some(deed) = asked.recv().await {
            // One that breaks must not keep those behind it from being done.
            let done = AssertUnwindSafe(self.perform(deed)).catch_unwind().await;
            let broken = || Some(Done::Failed("Something could not be done.".to_owned()));
            if let Some(done) = done.unwrap_or_else(|_| broken()) {
                // The screen may be gone; what the user did is done all the same.
                let _ = told.send(Msg::Done(done));
            }
        }
    }

    /// Does it. Gives what is worth telling.
    pub async fn perform(&mut self, deed: Deed) -> Option<Done> {
        match self.attempt(deed).await {
            Ok(done) => done,
            Err(error) => Some(Done::Failed(error.to_string())),
        }
    }

    async fn attempt(&mut self, deed: Deed) -> store::Result<Option<Done>> {
        match deed {
            Deed::Seen(keys) => {
                let done = self.quietly(keys, |tx, key| acts::read(tx, key, true));
                let done = done.await.map_err(|error| error.to_string());
                Ok(Some(Done::Seen(done)))
            }
            Deed::Triage(keys, what) => Ok(Some(Done::Triaged(self.triage(keys, what).await))),
            Deed::StarEntry(key, entry, on) => {
                self.submit(move |tx| acts::star(tx, key, Some(entry), on))
                    .await?;
                let word = if on { "Starred" } else { "Unstarred" };
                Ok(Some(Done::Undoable(format!("{word} the message"))))
            }
            Deed::DeleteMessage(key) => {
                self.submit(move |tx| triage::delete_message(tx, key))
                    .await?;
                Ok(Some(Done::Said("Deleted the message".to_owned())))
            }
            Deed::Forget(id) => {
                let work = move |tx: &Tx<'_>| outbox::cancel(tx, id, Timestamp::now()).map(drop);
                self.store.write(Care::Kept, work).await?;
                Ok(None)
            }
            Deed::Undo => {
                let reach = Reach {
                    since: self.since,
                    words: self.undo,
                };
                let undone = self
                    .store
                    .write(Care::Kept, move |tx| {
                        outbox::undo(tx, &reach, Timestamp::now())
                    })
                    .await?;
                Ok(Some(match undone {
                    Undone::Nothing => Done::Said(
                        "There is nothing to undo: it can be done for ten seconds.".to_owned(),
                    ),
                    Undone::Done {
                        label,
                        drafts,
                        conversations,
                    } => match drafts.first() {
                        Some(draft) => Done::GivenBack(*draft, label),
                        None => Done::Undone(format!("Taken back · {label}"), conversations),
                    },
                    Undone::TooLate { label } => {
                        Done::Failed(format!("Too late: {label} has gone out."))
                    }
                }))
            }
            other => self.written(other).await,
        }
    }

    async fn quietly(
        &self,
        keys: Vec<ConversationKey>,
        work: impl Fn(&Tx<'_>, ConversationKey) -> store::Result<Vec<Act>> + Send + 'static,
    ) -> store::Result<()> {
        self.store
            .write(Care::Kept, move |tx| {
                for key in keys {
                    let acts = work(tx, key)?;
                    outbox::submit_quietly(tx, acts, Timestamp::now())?;
                }
                Ok(())
            })
            .await
    }

    /// Whatever happens, there is an answer.
    async fn triage(&self, keys: Vec<ConversationKey>, what: Triage) -> Result<String, String> {
        let work = move |tx: &Tx<'_>| triage::triage(tx, &keys, what, Timestamp::now());
        match self.store.write(Care::Kept, work).await {
            Ok(done) => done,
            Err(error) => Err(error.to_string()),
        }
    }

    /// Hands over what can be taken back.
    async fn submit(
        &self,
        acts: impl FnOnce(&Tx<'_>) -> store::Result<Vec<Act>> + Send + 'static,
    ) -> store::Result<()> {
        let work = move |tx: &Tx<'_>| {
            let acts = acts(tx)?;
            outbox::submit(tx, acts, Timestamp::now(), When::Now).map(drop)
        };
        self.store.write(Care::Kept, work).await
    }
}
