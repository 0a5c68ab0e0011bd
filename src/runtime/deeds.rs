//! Carries out what the user does: in the store at once, at the server behind it.

use std::time::Duration;

use jiff::Timestamp;

use crate::app::effect::{Deed, Done};
use crate::model::act::Act;
use crate::model::inbox::ConversationKey;
use crate::store::outbox::{self, Undone, When, acts};
use crate::store::{Care, Result, Store, Tx};

/// What every deed needs to know.
#[derive(Debug, Clone)]
pub struct Deeds {
    pub store: Store,
    /// How long a message can be taken back.
    pub undo: Duration,
}

type Work = fn(&rusqlite::Connection, ConversationKey, bool) -> Result<Vec<Act>>;

impl Deeds {
    /// Does it. Gives what is worth telling.
    pub async fn perform(&self, deed: Deed) -> Option<Done> {
        match self.attempt(deed).await {
            Ok(done) => done,
            Err(error) => Some(Done::Failed(error.to_string())),
        }
    }

    async fn attempt(&self, deed: Deed) -> Result<Option<Done>> {
        match deed {
            Deed::Read(keys, read) => {
                self.quietly(keys, move |tx, key| acts::read(tx, key, read))
                    .await?;
                Ok(None)
            }
            Deed::Archive(keys, on) => {
                let word = if on { "archived" } else { "back in the inbox" };
                self.each(keys, on, acts::archive, word).await
            }
            Deed::Pin(keys, on) => {
                let word = if on { "pinned" } else { "unpinned" };
                self.each(keys, on, acts::pin, word).await
            }
            Deed::Mute(keys, on) => {
                let word = if on { "muted" } else { "heard again" };
                self.each(keys, on, acts::mute, word).await
            }
            Deed::Undo => {
                let undone = self
                    .store
                    .write(Care::Kept, |tx| outbox::undo(tx, Timestamp::now()))
                    .await?;
                Ok(Some(match undone {
                    Undone::Nothing => Done::Said("There is nothing to take back.".to_owned()),
                    Undone::Done { label, .. } => Done::Said(format!("Taken back: {label}.")),
                    Undone::TooLate { label } => {
                        Done::Failed(format!("Too late: {label} has gone out."))
                    }
                }))
            }
            _ => Ok(None),
        }
    }

    async fn quietly(
        &self,
        keys: Vec<ConversationKey>,
        work: impl Fn(&Tx<'_>, ConversationKey) -> Result<Vec<Act>> + Send + 'static,
    ) -> Result<()> {
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

    /// Does the same to several conversations, as one act for undo.
    async fn each(
        &self,
        keys: Vec<ConversationKey>,
        on: bool,
        work: Work,
        word: &str,
    ) -> Result<Option<Done>> {
        let count = keys.len();
        self.store
            .write(Care::Kept, move |tx| {
                let mut all = Vec::new();
                for key in keys {
                    all.extend(work(tx, key, on)?);
                }
                outbox::submit(tx, all, Timestamp::now(), When::Now)
            })
            .await?;
        let what = if count == 1 {
            String::new()
        } else {
            format!("{count} conversations ")
        };
        let said = format!("{what}{word}");
        let mut letters = said.chars();
        let first = letters.next().map(char::to_uppercase);
        Ok(Some(Done::Undoable(
            first.into_iter().flatten().chain(letters).collect(),
        )))
    }
}
