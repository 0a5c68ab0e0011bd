//! Turns an act into its one request.

use std::time::Duration;

use crate::api::emails::{NewEmail, SendEmail, Tracking, UpdateEmail};
use crate::api::messaging::{ChatChange, SendMessage, StartChat};
use crate::api::{Client, Result, Source, Upload};
use crate::mail::outgoing;
use crate::model::account::LinkedinProduct;
use crate::model::act::{Act, ChatMark, Correspondent, FileRef, NewChat, NewMail, NewMessage};
use crate::model::email::{Address, EmailRemoval, Header};
use crate::model::outbox::OutboxItem;
use crate::store::outbox::Success;

/// What came of an act.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) success: Success,
    /// The server has it no more.
    pub(super) gone: Option<String>,
}

impl Done {
    fn with(result: Option<impl ToString>) -> Self {
        Self {
            success: Success {
                result: result.map(|id| id.to_string()).filter(|id| !id.is_empty()),
                conversation: None,
            },
            gone: None,
        }
    }

    fn gone(uid: &str) -> Self {
        Self {
            gone: Some(uid.to_owned()),
            ..Self::default()
        }
    }
}

/// Asks the server once.
pub(super) async fn perform(client: &Client, item: &OutboxItem) -> Result<Done> {
    match &item.act {
        Act::SendMessage(it) => {
            let sent = client.send_message(&it.chat, &message(it)).await?;
            Ok(Done::with(sent))
        }
        Act::StartChat(it) => {
            let started = client.start_chat(&chat(it)).await?;
            let mut done = Done::with(started.message_id);
            done.success.conversation = started.chat_id.map(|id| id.to_string());
            Ok(done)
        }
        Act::SendEmail(it) => send(client, it).await,
        Act::React { message, emoji, .. } => {
            client.add_message_reaction(message, emoji).await?;
            Ok(Done::default())
        }
        Act::EditMessage { message, text, .. } => {
            client.edit_message(message, text).await?;
            Ok(Done::default())
        }
        Act::ForwardMessage { message, to, .. } => {
            Ok(Done::with(client.forward_message(message, to).await?))
        }
        Act::DeleteMessage { message, .. } => {
            client.delete_message(message).await?;
            Ok(Done::default())
        }
        Act::MarkChat { chat, mark, on, .. } => {
            client.patch_chat(chat, &change(*mark, *on)).await?;
            Ok(Done::default())
        }
        Act::DeleteChat { chat, .. } => {
            client.delete_chat(chat).await?;
            Ok(Done::gone(chat.as_str()))
        }
        Act::ReadMail {
            account,
            mail,
            read,
            ..
        } => {
            let update = UpdateEmail {
                unread: Some(!read),
                ..UpdateEmail::default()
            };
            client.update_email(mail, Some(account), &update).await?;
            Ok(Done::default())
        }
        Act::MoveMail {
            account,
            mail,
            folders,
            ..
        } => {
            let update = UpdateEmail {
                folders: Some(folders.clone()),
                ..UpdateEmail::default()
            };
            client.update_email(mail, Some(account), &update).await?;
            Ok(Done::default())
        }
        Act::DeleteMail { account, mail, .. } => {
            Ok(match client.delete_email(mail, Some(account)).await? {
                EmailRemoval::Deleted => Done::gone(mail.as_str()),
                EmailRemoval::Trashed | EmailRemoval::Other(_) => Done::default(),
            })
        }
        // Never in the outbox.
        Act::Star { .. } => Ok(Done::default()),
    }
}

/// Sends a mail.
async fn send(client: &Client, it: &NewMail) -> Result<Done> {
    let sent = match client.send_email(&mail(it)).await {
        // The draft that it was has gone meanwhile; nothing was sent, so the words go out by themselves.
        Err(error) if it.draft.is_some() && error.status() == Some(404) => {
            let alone = NewMail {
                draft: None,
                key: format!("{}-alone", it.key),
                ..it.clone()
            };
            client.send_email(&mail(&alone)).await?
        }
        sent => sent?,
    };
    Ok(Done::with(Some(sent.tracking_id)))
}

fn change(mark: ChatMark, on: bool) -> ChatChange {
    match mark {
        ChatMark::Read => ChatChange::Read(on),
        ChatMark::Archived => ChatChange::Archived(on),
        ChatMark::Pinned => ChatChange::Pinned(on),
        ChatMark::Muted => ChatChange::Muted(on),
    }
}

fn upload(file: &FileRef) -> Upload {
    Upload {
        name: file.name.clone(),
        mime: file.mime.clone(),
        source: Source::Path(file.path.clone()),
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn message(it: &NewMessage) -> SendMessage {
    SendMessage {
        text: filled(&it.text),
        account_id: Some(it.account.clone()),
        quote_id: it.quote.clone(),
        thread_id: it.thread.clone(),
        attachments: it.attachments.iter().map(upload).collect(),
        voice_message: it.voice.as_ref().map(upload),
        video_message: it.video.as_ref().map(upload),
        typing_duration: it.typing_ms.map(Duration::from_millis),
    }
}

fn chat(it: &NewChat) -> StartChat {
    let mut chat = StartChat::new(it.account.clone(), it.attendees.clone());
    chat.text = filled(&it.text);
    chat.subject.clone_from(&it.subject);
    chat.group_name.clone_from(&it.title);
    chat.attachments = it.attachments.iter().map(upload).collect();
    chat.voice_message = it.voice.as_ref().map(upload);
    chat.linkedin.inmail = it.inmail.then_some(true);
    chat.linkedin.product = it.product.as_deref().map(|word| match word {
        "classic" => LinkedinProduct::Classic,
        "recruiter" => LinkedinProduct::Recruiter,
        "sales_navigator" => LinkedinProduct::SalesNavigator,
        other => LinkedinProduct::Other(other.to_owned()),
    });
    chat
}

fn mail(it: &NewMail) -> SendEmail {
    SendEmail {
        draft_id: it.draft.clone(),
        idempotency_key: filled(&it.key),
        email: letter(it),
    }
}

/// A mail as the server takes it, to be sent or stored.
pub fn letter(it: &NewMail) -> NewEmail {
    let list = |people: &[Correspondent]| people.iter().map(Address::from).collect();
    let body = outgoing::html(&it.body);
    let mut mail = NewEmail::new(it.account.clone(), list(&it.to), body);
    mail.cc = list(&it.cc);
    mail.bcc = list(&it.bcc);
    mail.from = it.from.as_ref().map(Address::from);
    mail.subject = filled(&it.subject);
    mail.reply_to.clone_from(&it.reply_to);
    mail.headers = it
        .headers
        .iter()
        .map(|(name, value)| Header {
            name: name.clone(),
            value: value.clone(),
        })
        .collect();
    mail.tracking = it.tracking.as_ref().map(|it| Tracking {
        opens: Some(it.opens),
        links: Some(it.links),
        label: it.label.clone(),
        custom_domain: None,
    });
    mail.attachments = it.attachments.iter().map(upload).collect();
    mail
}
