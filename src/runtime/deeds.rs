//! Carries out what the user does: in the store at once, at the server behind it.

#[cfg(test)]
mod tests;
mod writing;

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use crate::app::Msg;
use crate::app::effect::{Deed, Done, Ticket};
use crate::model::act::Act;
use crate::model::inbox::ConversationKey;
use crate::model::outbox::DraftKey;
use crate::store::outbox::{self, Undone, When, acts};
use crate::store::{Care, Result, Store, Tx};

/// What every deed needs to know.
#[derive(Debug)]
pub struct Deeds {
    pub store: Store,
    /// How long a message can be taken back.
    pub undo: Duration,
    /// Drafts of what is being written.
    drafts: HashMap<Ticket, DraftKey>,
}

pub use writing::attach;

type Work = fn(&rusqlite::Connection, ConversationKey, bool) -> Result<Vec<Act>>;

impl Deeds {
    pub fn new(store: Store, undo: Duration) -> Self {
        Self {
            store,
            undo,
            drafts: HashMap::new(),
        }
    }

    /// Does one after the other, as they were asked for, until nobody can ask any more.
    pub async fn work(mut self, mut asked: UnboundedReceiver<Deed>, told: UnboundedSender<Msg>) {
        while let Some(deed) = asked.recv().await {
            if let Some(done) = self.perform(deed).await {
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

    async fn attempt(&mut self, deed: Deed) -> Result<Option<Done>> {
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
                    Undone::Done { label, drafts } => match drafts.first() {
                        Some(draft) => Done::GivenBack(*draft, label),
                        None => Done::Said(format!("Taken back: {label}.")),
                    },
                    Undone::TooLate { label } => {
                        Done::Failed(format!("Too late: {label} has gone out."))
                    }
                }))
            }
            Deed::SaveDraft(ticket, key, body) => {
                Ok(Some(self.save_draft(ticket, key, body).await))
            }
            Deed::DropDraft(ticket, key) => {
                self.drop_draft(ticket, key).await?;
                Ok(None)
            }
            Deed::Send(ticket, key, body, at) => Ok(Some(self.send(ticket, key, body, at).await)),
            Deed::Cancel(id) => self.give_up(id, false).await.map(Some),
            Deed::Rewrite(id) => self.give_up(id, true).await.map(Some),
            Deed::Retry(id) => {
                self.retry(id).await?;
                Ok(None)
            }
            Deed::Attach(ticket, paths, pasted) => Ok(Some(attach(ticket, paths, pasted).await)),
            Deed::React(entry, emoji) => {
                let make = move |_: &_, account, chat, message| {
                    Ok(Act::React {
                        account,
                        chat,
                        message,
                        emoji,
                    })
                };
                self.with_message(entry, "Reacted", make).await.map(Some)
            }
            Deed::Edit(entry, text) => {
                let make = move |_: &_, account, chat, message| {
                    Ok(Act::EditMessage {
                        account,
                        chat,
                        message,
                        text,
                    })
                };
                self.with_message(entry, "Changed", make).await.map(Some)
            }
            Deed::Forward(entry, to) => {
                let make = move |db: &_, account, _, message| {
                    let (_, to) = writing::place(db, to)?;
                    Ok(Act::ForwardMessage {
                        account,
                        message,
                        to,
                    })
                };
                self.with_message(entry, "Forwarded", make).await.map(Some)
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
