//! Looks for an act of which nobody knows whether it arrived. Asking never changes anything, so it may be done often;
//! sending again is for the user alone.

use jiff::Timestamp;

use super::after::Trouble;
use super::perform::Done;
use super::{Ended, Sender, Way, judge};
use crate::api::emails::ListEmails;
use crate::api::messaging::{ListChatMessages, ListChats};
use crate::api::{Error, Paging};
use crate::model::act::{Act, NewChat};
use crate::model::chat::{Chat, ChatKind};
use crate::model::email::FolderRole;
use crate::model::id::ChatId;
use crate::model::outbox::{OutboxItem, OutboxState};
use crate::store::apply;
use crate::store::progress::raise_stamp;
use crate::store::{Care, Result, outbox};

/// Pages of a conversation that are read at most; each has up to [`PAGE`] entries.
const PAGES: usize = 10;
const PAGE: u16 = 100;
/// Chats in which the first message of a new one is looked for.
const CHATS: usize = 10;

/// What was seen.
enum Seen {
    /// It is there.
    There(Done),
    /// It is not there, and doing it again would do it twice if it came late.
    NotYet,
    /// It is not there, and may be done again.
    Again,
}

impl Sender {
    pub(super) async fn look(&self, way: &Way<'_>, item: &OutboxItem) -> Result<Ended> {
        let (id, now) = (item.id, (way.now)());
        let seen = match self.find(way, item).await {
            Ok(seen) => {
                self.wake();
                seen
            }
            Err(Trouble::Store(error)) => return Err(error),
            Err(Trouble::Api(error)) => return self.not_seen(way, item, &error).await,
        };
        match seen {
            Seen::There(done) => {
                self.done(way, item, done).await?;
                Ok(Ended::Sent)
            }
            Seen::Again => {
                let due = now.checked_add(self.wait(item.tries)).unwrap_or(now);
                way.store
                    .write(Care::Kept, move |tx| {
                        outbox::requeue(tx, id, due, "It did not arrive", now)
                    })
                    .await?;
                Ok(Ended::Nothing)
            }
            Seen::NotYet => {
                // Matching happens wherever messages are written.
                if is_settled(way, item).await? {
                    return Ok(Ended::Sent);
                }
                if self.learn_time(way, item).await? {
                    // Another look, now that it is known where to look.
                    way.store
                        .write(Care::Kept, move |tx| {
                            outbox::looked(tx, id, false, now, None)
                        })
                        .await?;
                    return Ok(Ended::Nothing);
                }
                let looks = item.looks.saturating_add(1);
                let reason = (looks >= outbox::LOOKS).then(|| still_unknown(item));
                let again = now.checked_add(self.look_gap(looks)).unwrap_or(now);
                way.store
                    .write(Care::Kept, move |tx| {
                        outbox::looked(tx, id, true, again, reason.as_deref())
                    })
                    .await?;
                Ok(Ended::Nothing)
            }
        }
    }

    /// The first answer of a server may come only after an act went out to it. Tells whether something was learned.
    async fn learn_time(&self, way: &Way<'_>, item: &OutboxItem) -> Result<bool> {
        let (Some(server_now), Some(attempted)) = (way.client.server_time(), item.attempted_at)
        else {
            return Ok(false);
        };
        let ahead = server_now.duration_since((way.now)());
        let (id, at) = (item.id, attempted.checked_add(ahead).unwrap_or(attempted));
        way.store
            .write(Care::Kept, move |tx| outbox::timed(tx, id, at))
            .await
    }

    /// The look itself failed. Only where the server refuses to show it has it been looked for.
    async fn not_seen(&self, way: &Way<'_>, item: &OutboxItem, error: &Error) -> Result<Ended> {
        let (id, now) = (item.id, (way.now)());
        way.asker.heed(error, Some(item.account.as_str()));
        self.learn(error);
        let counts =
            judge::is_away(error).is_none() && !error.is_retryable() && !error.is_bad_key();
        let gap = self
            .look_gap(item.looks)
            .max(error.retry_after().unwrap_or_default());
        let again = now.checked_add(gap).unwrap_or(now);
        let last = counts && item.looks.saturating_add(1) >= outbox::LOOKS;
        let reason = last.then(|| still_unknown(item));
        way.store
            .write(Care::Kept, move |tx| {
                outbox::looked(tx, id, counts, again, reason.as_deref())
            })
            .await?;
        Ok(Ended::Nothing)
    }

    async fn find(&self, way: &Way<'_>, item: &OutboxItem) -> std::result::Result<Seen, Trouble> {
        way.asker.limiter().admit(Some(item.account.as_str())).await;
        match &item.act {
            Act::SendMessage(it) => in_chat(way, item, &it.chat).await,
            Act::ForwardMessage { to, .. } => in_chat(way, item, to).await,
            Act::StartChat(it) => in_chats(way, item, it).await,
            Act::SendEmail(_) => in_mails(way, item).await,
            Act::React { message, emoji, .. } => {
                let found = way.client.get_message(message).await?;
                let mut own = found.reactions.iter().filter(|it| it.is_sender);
                Ok(if own.any(|it| it.value == *emoji) {
                    Seen::There(Done::default())
                } else {
                    Seen::NotYet
                })
            }
            Act::DeleteMessage { message, .. } => {
                let found = way.client.get_message(message).await;
                Ok(match unless_gone(found)? {
                    Some(message) if !message.deleted => Seen::Again,
                    _ => Seen::There(Done::default()),
                })
            }
            Act::DeleteChat { chat, .. } => {
                let found = way.client.get_chat(chat, Some(&item.account)).await;
                Ok(match unless_gone(found)? {
                    Some(_) => Seen::Again,
                    None => gone(chat.as_str()),
                })
            }
            Act::DeleteMail { mail, for_good, .. } => {
                let found = way.client.get_email(mail, Some(&item.account), None).await;
                Ok(match unless_gone(found)? {
                    None => gone(mail.as_str()),
                    Some(mail) if mail.role == FolderRole::Trash && !for_good => {
                        Seen::There(Done::default())
                    }
                    Some(_) => Seen::Again,
                })
            }
            Act::EditMessage { .. }
            | Act::MarkChat { .. }
            | Act::ReadMail { .. }
            | Act::MoveMail { .. }
            | Act::Star { .. } => Ok(Seen::Again),
        }
    }
}

fn still_unknown(item: &OutboxItem) -> String {
    let why = item.error.as_deref().unwrap_or("No answer came");
    format!(
        "It may have arrived, but was not found there. Look for yourself, then send it again or take it back. \
         What happened: {why}"
    )
}

fn gone(uid: &str) -> Seen {
    Seen::There(Done {
        gone: Some(uid.to_owned()),
        ..Done::default()
    })
}

fn unless_gone<T>(found: std::result::Result<T, Error>) -> std::result::Result<Option<T>, Error> {
    match found {
        Ok(thing) => Ok(Some(thing)),
        Err(error) if matches!(error.status(), Some(404 | 410)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads what was written in a chat around the attempt. Whatever is found is stored, which settles the act.
async fn in_chat(
    way: &Way<'_>,
    item: &OutboxItem,
    chat: &ChatId,
) -> std::result::Result<Seen, Trouble> {
    let (after, before) = window(way, item).await?;
    let mut cursor = None;
    for page in 0..PAGES {
        if page > 0 {
            way.asker.limiter().admit(Some(item.account.as_str())).await;
        }
        let params = ListChatMessages {
            after: after.filter(|_| cursor.is_none()),
            before: before.filter(|_| cursor.is_none()),
            paging: Paging {
                cursor: cursor.take(),
                limit: Some(PAGE),
            },
            ..ListChatMessages::default()
        };
        let stamp = (way.stamp)();
        let page = way.client.list_chat_messages(chat, &params).await?;
        let is_last = page.items.is_empty();
        cursor = page.cursor;
        let (act, chat) = (item.clone(), chat.clone());
        way.store
            .write(Care::Kept, move |tx| {
                raise_stamp(tx, stamp)?;
                let items = page.items;
                apply::messages(tx, &items, stamp)?;
                // A chat that was just started is not named by its act yet.
                if act.conversation.is_none() {
                    for message in items.iter().rev() {
                        if outbox::is_it(tx, &act, message)? {
                            outbox::claim(tx, act.id, message.id.as_str(), chat.as_str())?;
                            break;
                        }
                    }
                }
                Ok(())
            })
            .await?;
        if is_last || cursor.is_none() || is_settled(way, item).await? {
            break;
        }
    }
    Ok(Seen::NotYet)
}

/// Whether what was stored meanwhile has settled an act.
async fn is_settled(way: &Way<'_>, item: &OutboxItem) -> Result<bool> {
    let id = item.id;
    let found = way.store.read(move |db| outbox::get(db, id)).await?;
    Ok(found.is_none_or(|it| it.state == OutboxState::Sent))
}

async fn window(
    way: &Way<'_>,
    item: &OutboxItem,
) -> Result<(Option<Timestamp>, Option<Timestamp>)> {
    let item = item.clone();
    let found = way.store.read(move |db| outbox::window(db, &item)).await?;
    Ok(found.unzip())
}

/// Looks through the latest chats with these people.
async fn in_chats(
    way: &Way<'_>,
    item: &OutboxItem,
    it: &NewChat,
) -> std::result::Result<Seen, Trouble> {
    let params = ListChats {
        account_ids: vec![it.account.clone()],
        paging: Paging {
            cursor: None,
            limit: Some(PAGE),
        },
        ..ListChats::default()
    };
    let stamp = (way.stamp)();
    let page = way.client.list_chats(&params).await?;
    let (after, _) = window(way, item).await?;
    let recent = |chat: &Chat| chat.last_activity >= after;
    let mut found: Vec<Chat> = page
        .items
        .into_iter()
        .filter(|chat| recent(chat) && may_be(chat, it))
        .collect();
    found.truncate(CHATS);
    for chat in found {
        if it.attendees.len() > 1 && !has_all(way, item, &chat.id, it).await? {
            continue;
        }
        let id = chat.id.clone();
        way.store
            .write(Care::Cache, move |tx| {
                raise_stamp(tx, stamp)?;
                apply::chats(tx, &[chat], stamp)
            })
            .await?;
        way.asker.limiter().admit(Some(item.account.as_str())).await;
        in_chat(way, item, &id).await?;
        if is_settled(way, item).await? {
            break;
        }
    }
    Ok(Seen::NotYet)
}

/// Whether a chat may be the one that was started.
fn may_be(chat: &Chat, it: &NewChat) -> bool {
    match it.attendees.as_slice() {
        [one] => {
            chat.kind == ChatKind::OneToOne
                && chat
                    .attendee_provider_id
                    .as_ref()
                    .is_none_or(|id| id == one)
        }
        _ => chat.kind != ChatKind::OneToOne,
    }
}

async fn has_all(
    way: &Way<'_>,
    item: &OutboxItem,
    chat: &ChatId,
    it: &NewChat,
) -> std::result::Result<bool, Trouble> {
    way.asker.limiter().admit(Some(item.account.as_str())).await;
    let page = way
        .client
        .list_chat_attendees(chat, &Paging::default())
        .await?;
    Ok(it
        .attendees
        .iter()
        .all(|wanted| page.items.iter().any(|found| found.provider_id == *wanted)))
}

async fn in_mails(way: &Way<'_>, item: &OutboxItem) -> std::result::Result<Seen, Trouble> {
    let (after, before) = window(way, item).await?;
    let params = ListEmails {
        after,
        before,
        paging: Paging {
            cursor: None,
            limit: Some(PAGE),
        },
        ..ListEmails::default()
    };
    let stamp = (way.stamp)();
    let page = way.client.list_emails(&item.account, &params).await?;
    way.store
        .write(Care::Kept, move |tx| {
            raise_stamp(tx, stamp)?;
            apply::mails(tx, &page.items, stamp)
        })
        .await?;
    Ok(Seen::NotYet)
}
