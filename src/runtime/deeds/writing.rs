//! Deeds of the composer: drafts, what is sent, what is done with single messages.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use super::Deeds;
use crate::app::effect::{Deed, Done, Ticket};
use crate::model::act::{Act, FileRef, MailBody, NewChat, NewMail, NewMessage};
use crate::model::id::{AccountId, ChatId, MessageId};
use crate::model::inbox::{ConversationKey, EntryKey};
use crate::model::outbox::{DraftBody, DraftKey, MailFormat, OutboxId};
use crate::store::outbox::{self, When, drafts, files};
use crate::store::read::{accounts, conversations, entries};
use crate::store::{Care, Error, Result, Tx, recent};

const UNPLACED: &str = "It is not known any more where this belongs.";

impl Deeds {
    /// Deeds of the composer.
    pub(super) async fn written(&mut self, deed: Deed) -> Result<Option<Done>> {
        match deed {
            Deed::SaveDraft(ticket, key, body) => {
                Ok(Some(self.save_draft(ticket, key, *body).await))
            }
            Deed::DropDraft(ticket, key) => {
                self.drop_draft(ticket, key).await?;
                Ok(None)
            }
            Deed::Send(ticket, key, body, at) => Ok(Some(self.send(ticket, key, *body, at).await)),
            Deed::Cancel(id) => self.give_up(id, false).await.map(Some),
            Deed::Rewrite(id) => self.give_up(id, true).await.map(Some),
            Deed::Retry(id) => {
                self.retry(id).await?;
                Ok(None)
            }
            Deed::Attach(ticket, paths, pasted) => Ok(Some(attach(ticket, paths, pasted).await)),
            Deed::React(entry, emoji) => {
                let make = move |tx: &Tx<'_>, account, chat, message| {
                    recent::reacted(tx, &emoji)?;
                    Ok(Act::React {
                        account,
                        chat,
                        message,
                        emoji,
                    })
                };
                self.with_message(entry, "Reacted", make).await.map(Some)
            }
            Deed::Edit(ticket, key, entry, text) => {
                self.change(ticket, key, entry, text).await.map(Some)
            }
            Deed::Forward(entry, to) => {
                let make = move |db: &Tx<'_>, account, _, message| {
                    let (_, to) = place(db, to)?;
                    Ok(Act::ForwardMessage {
                        account,
                        message,
                        to,
                    })
                };
                self.with_message(entry, "Forwarded", make).await.map(Some)
            }
            // All others are done before it is asked here.
            _ => Ok(None),
        }
    }

    /// The draft that something written is by now.
    fn draft(&self, ticket: Ticket, key: Option<DraftKey>) -> Option<DraftKey> {
        key.or_else(|| self.drafts.get(&ticket).copied())
    }

    async fn save_draft(&mut self, ticket: Ticket, key: Option<DraftKey>, body: DraftBody) -> Done {
        let known = self.draft(ticket, key);
        let kept = body.clone();
        let saved = self
            .store
            .write(Care::Kept, move |tx| {
                drafts::save(tx, known, &kept, Timestamp::now())
            })
            .await;
        match saved {
            Ok(key) => {
                self.drafts.insert(ticket, key);
                Done::DraftSaved(ticket, key, Box::new(body))
            }
            Err(error) => Done::DraftUnsaved(ticket, error.to_string()),
        }
    }

    async fn drop_draft(&mut self, ticket: Ticket, key: Option<DraftKey>) -> Result<()> {
        let known = self.draft(ticket, key);
        self.drafts.remove(&ticket);
        let Some(known) = known else { return Ok(()) };
        self.store
            .write(Care::Kept, move |tx| drafts::delete(tx, known))
            .await
    }

    /// Hands words over to the outbox. What cannot be handed over is a draft, whatever it was before.
    async fn send(
        &mut self,
        ticket: Ticket,
        key: Option<DraftKey>,
        body: DraftBody,
        at: Option<Timestamp>,
    ) -> Done {
        let known = self.draft(ticket, key);
        let when = at.map_or(When::After(self.undo), When::At);
        let why = match self.hand_over(known, &body, when).await {
            Ok(id) => {
                self.drafts.remove(&ticket);
                return Done::Sent(ticket, id, at);
            }
            Err(why) => why,
        };
        match self.save_draft(ticket, key, body).await {
            Done::DraftUnsaved(_, also) => Done::Unsent(ticket, format!("{why} {also}")),
            _ => Done::Unsent(ticket, why),
        }
    }

    /// Changes a message that was sent; the draft of that ends in the same step.
    async fn change(
        &mut self,
        ticket: Ticket,
        key: Option<DraftKey>,
        entry: EntryKey,
        text: String,
    ) -> Result<Done> {
        let draft = self.draft(ticket, key);
        let changed = self
            .store
            .write(Care::Kept, move |tx| {
                let (account, chat, message) = message(tx, entry)?;
                let act = Act::EditMessage {
                    account,
                    chat,
                    message,
                    text,
                };
                outbox::submit(tx, vec![act], Timestamp::now(), When::Now)?;
                draft.map_or(Ok(()), |draft| drafts::delete(tx, draft))
            })
            .await;
        changed?;
        self.drafts.remove(&ticket);
        Ok(Done::Undoable("Changed".to_owned()))
    }

    async fn hand_over(
        &self,
        draft: Option<DraftKey>,
        body: &DraftBody,
        when: When,
    ) -> std::result::Result<OutboxId, String> {
        let mut body = body.clone();
        let profile = self.store.dir().to_owned();
        let files = std::mem::take(&mut body.attachments);
        let kept = tokio::task::spawn_blocking(move || {
            let all = files.into_iter().map(|file| keep(&profile, file));
            all.collect::<std::result::Result<Vec<_>, _>>()
        });
        body.attachments = match kept.await {
            Ok(kept) => kept.map_err(|error| error.to_string())?,
            Err(error) => return Err(error.to_string()),
        };
        let act = act(body).ok_or(UNPLACED)?;
        let submitted = self.store.write(Care::Kept, move |tx| {
            let now = Timestamp::now();
            match draft {
                Some(draft) => outbox::submit_draft(tx, draft, vec![act], now, when),
                None => outbox::submit(tx, vec![act], now, when),
            }
        });
        match submitted.await {
            Ok(ids) => ids.first().copied().ok_or_else(|| UNPLACED.to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Gives up something that was not sent; its words become a draft if they are wanted.
    async fn give_up(&self, id: OutboxId, rewrite: bool) -> Result<Done> {
        self.store
            .write(Care::Kept, move |tx| {
                let now = Timestamp::now();
                let act = outbox::cancel(tx, id, now)?;
                let label = outbox::describe(&act);
                if rewrite && let Some(draft) = drafts::give_back(tx, &act, now)? {
                    return Ok(Done::GivenBack(draft, label.to_owned()));
                }
                Ok(Done::Said(format!("Given up: {label}.")))
            })
            .await
    }

    async fn retry(&self, id: OutboxId) -> Result<()> {
        self.store
            .write(Care::Kept, move |tx| {
                outbox::retry(tx, id, Timestamp::now())
            })
            .await
    }

    /// Does something with a message: the act is made of its account, its chat and itself.
    async fn with_message(
        &self,
        entry: EntryKey,
        said: &'static str,
        make: impl FnOnce(&Tx<'_>, AccountId, ChatId, MessageId) -> Result<Act> + Send + 'static,
    ) -> Result<Done> {
        self.store
            .write(Care::Kept, move |tx| {
                let (account, chat, message) = message(tx, entry)?;
                let act = make(tx, account, chat, message)?;
                outbox::submit(tx, vec![act], Timestamp::now(), When::Now)?;
                Ok(Done::Undoable(said.to_owned()))
            })
            .await
    }
}

/// A message with its account and its chat, as the server names them.
fn message(db: &Connection, key: EntryKey) -> Result<(AccountId, ChatId, MessageId)> {
    let missing = || Error::Missing { what: "message" };
    let entry = entries::get(db, key)?.ok_or_else(missing)?;
    let (account, chat) = place(db, entry.conversation)?;
    Ok((account, chat, entry.uid))
}

/// The account and the chat of a conversation, as the server names them.
fn place(db: &Connection, key: ConversationKey) -> Result<(AccountId, ChatId)> {
    let missing = || Error::Missing {
        what: "conversation",
    };
    let conversation = conversations::get(db, key)?.ok_or_else(missing)?;
    let ids = accounts::ids(db)?;
    let account = ids.get(&conversation.account).cloned();
    Ok((account.ok_or_else(missing)?, conversation.uid.into()))
}

/// A file as it was chosen, in the profile, where nobody changes it before it has gone out.
fn keep(profile: &Path, file: FileRef) -> std::result::Result<FileRef, files::FileTrouble> {
    files::check(&file)?;
    if file.path.starts_with(profile) {
        return Ok(file);
    }
    let kept = files::keep(profile, &file.path)?;
    Ok(FileRef {
        path: kept.path,
        ..file
    })
}

fn act(body: DraftBody) -> Option<Act> {
    let account = body.account?;
    if let Some(mail) = body.mail {
        return Some(Act::SendEmail(NewMail {
            account,
            thread: body.conversation,
            from: mail.from,
            to: body.to,
            cc: body.cc,
            bcc: body.bcc,
            subject: body.subject,
            body: match mail.format {
                MailFormat::Plain => MailBody::Plain(body.text),
                MailFormat::Markdown => MailBody::Markdown(body.text),
                MailFormat::Html => MailBody::Html(body.text),
            },
            reply_to: mail.answers,
            forwards: mail.forwards,
            attachments: body.attachments,
            draft: None,
            headers: mail.headers,
            tracking: mail.tracking,
            key: String::new(),
        }));
    }
    if let Some(uid) = body.conversation {
        return Some(Act::SendMessage(NewMessage {
            quote: body.quote,
            attachments: body.attachments,
            ..NewMessage::text(account, uid.into(), body.text)
        }));
    }
    Some(Act::StartChat(NewChat {
        account,
        attendees: body.attendees,
        title: body.title.filter(|it| !it.trim().is_empty()),
        text: body.text,
        subject: Some(body.subject).filter(|it| !it.trim().is_empty()),
        inmail: body.inmail,
        product: None,
        attachments: body.attachments,
        voice: None,
    }))
}

/// Looks at files that shall be attached.
pub async fn attach(ticket: Ticket, paths: Vec<String>, pasted: Option<String>) -> Done {
    let looked = tokio::task::spawn_blocking(move || {
        let home = std::env::home_dir();
        let all: Vec<_> = paths
            .iter()
            .map(|path| crate::app::compose::paths::expanded(path, home.as_deref()))
            .collect();
        match pasted {
            Some(text) if !all.iter().all(|path| path.is_file()) => Done::Pasted(ticket, text),
            _ => {
                let (mut found, mut trouble) = (Vec::new(), None);
                for path in all {
                    match files::refer(&path) {
                        Ok(file) => found.push(file),
                        Err(error) => trouble = Some(error.to_string()),
                    }
                }
                Done::Attached(ticket, found, trouble)
            }
        }
    });
    match looked.await {
        Ok(done) => done,
        Err(error) => Done::Attached(ticket, Vec::new(), Some(error.to_string())),
    }
}
