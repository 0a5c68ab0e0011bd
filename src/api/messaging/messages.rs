//! The calls about messages.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use crate::api::client::{Client, Download, read_page};
use crate::api::error::{Error, Result};
use crate::api::fields::{Decode, Fields, Flaw, parse_json};
use crate::api::operations::messaging as rows;
use crate::api::page::{Page, Paging};
use crate::api::request::{Request, Upload};
use crate::model::id::{AccountId, AttachmentId, ChatId, MessageId, ProviderId};
use crate::model::message::Message;

/// Which messages to list, over all chats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListMessages {
    pub account_id: Option<AccountId>,
    pub sender_id: Option<ProviderId>,
    pub before: Option<Timestamp>,
    pub after: Option<Timestamp>,
    pub paging: Paging,
}

/// Which messages of one chat to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListChatMessages {
    pub sender_id: Option<ProviderId>,
    pub before: Option<Timestamp>,
    pub after: Option<Timestamp>,
    pub paging: Paging,
}

/// A message to send: text, files or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SendMessage {
    pub text: Option<String>,
    /// A guard: the server refuses when the chat is not of this account.
    pub account_id: Option<AccountId>,
    /// The message to quote.
    pub quote_id: Option<MessageId>,
    /// Slack: the thread to answer in.
    pub thread_id: Option<String>,
    pub attachments: Vec<Upload>,
    /// LinkedIn and WhatsApp.
    pub voice_message: Option<Upload>,
    /// LinkedIn.
    pub video_message: Option<Upload>,
    /// WhatsApp: how long to seem to be typing first.
    pub typing_duration: Option<Duration>,
}

/// Reads the body of an answer that lists messages: what `list_messages` does once the bytes are here.
pub fn read_messages(body: &[u8]) -> Result<Page<Message>> {
    let value = parse_json(body).map_err(|flaw| Error::answer(&rows::LIST_MESSAGES, flaw))?;
    read_page(&rows::LIST_MESSAGES, &value)
}

impl Client {
    /// Lists the messages of a chat, newest first.
    pub async fn list_chat_messages(
        &self,
        id: &ChatId,
        params: &ListChatMessages,
    ) -> Result<Page<Message>> {
        let request = Request::to(&rows::LIST_CHAT_MESSAGES)
            .path("chat_id", id)
            .query("sender_id", params.sender_id.as_ref())
            .query("before", params.before)
            .query("after", params.after)
            .page(&params.paging);
        self.page(&request).await
    }

    /// Lists the messages of all chats, newest first: what to ask for news.
    pub async fn list_messages(&self, params: &ListMessages) -> Result<Page<Message>> {
        self.page(&list(params)).await
    }

    /// Reads one message.
    pub async fn get_message(&self, id: &MessageId) -> Result<Message> {
        self.one(&Request::to(&rows::GET_MESSAGE).path("message_id", id))
            .await
    }

    /// Sends a message into a chat. The id is absent when the network gave none at once.
    pub async fn send_message(
        &self,
        chat: &ChatId,
        message: &SendMessage,
    ) -> Result<Option<MessageId>> {
        let Sent(id) = self.one(&send(chat, message)).await?;
        Ok(id)
    }

    /// Changes the text of an own message, shortly after it was sent.
    pub async fn edit_message(&self, id: &MessageId, text: &str) -> Result<()> {
        let request = Request::to(&rows::EDIT_MESSAGE)
            .path("message_id", id)
            .json("text", text);
        self.done(&request).await
    }

    /// Deletes a message.
    pub async fn delete_message(&self, id: &MessageId) -> Result<()> {
        self.done(&Request::to(&rows::DELETE_MESSAGE).path("message_id", id))
            .await
    }

    /// Forwards a message to another chat. The id is that of the new message, where known.
    pub async fn forward_message(&self, id: &MessageId, to: &ChatId) -> Result<Option<MessageId>> {
        let request = Request::to(&rows::FORWARD_MESSAGE)
            .path("message_id", id)
            .json("chat_id", to.as_str());
        let Sent(id) = self.one(&request).await?;
        Ok(id)
    }

    /// Reacts to a message with an emoji. Tells whether the network took it, where the server knows.
    pub async fn add_message_reaction(&self, id: &MessageId, emoji: &str) -> Result<Option<bool>> {
        let request = Request::to(&rows::ADD_MESSAGE_REACTION)
            .path("message_id", id)
            .json("reaction", emoji);
        let Reacted(success) = self.one(&request).await?;
        Ok(success)
    }

    /// Fetches an attachment into memory, with the media type that the server gives it.
    pub async fn get_message_attachment_bytes(
        &self,
        message: &MessageId,
        attachment: &AttachmentId,
    ) -> Result<(Vec<u8>, Option<String>)> {
        self.bytes(&attachment_of(message, attachment)).await
    }

    /// Fetches an attachment to disk; see [`Client::download`].
    pub async fn get_message_attachment(
        &self,
        message: &MessageId,
        attachment: &AttachmentId,
        to: &Path,
        progress: impl FnMut(u64, Option<u64>) + Send,
    ) -> Result<Download> {
        let request = attachment_of(message, attachment);
        self.download(&request, to, progress).await
    }
}

pub(super) fn list(params: &ListMessages) -> Request {
    Request::to(&rows::LIST_MESSAGES)
        .query("account_id", params.account_id.as_ref())
        .query("sender_id", params.sender_id.as_ref())
        .query("before", params.before)
        .query("after", params.after)
        .page(&params.paging)
}

pub(super) fn send(chat: &ChatId, message: &SendMessage) -> Request {
    let typing = message
        .typing_duration
        .map(|time| time.as_millis().to_string());
    Request::to(&rows::SEND_MESSAGE)
        .path("chat_id", chat)
        .field("text", message.text.as_ref())
        .field("account_id", message.account_id.as_ref())
        .field("quote_id", message.quote_id.as_ref())
        .field("thread_id", message.thread_id.as_ref())
        .files("attachments", message.attachments.iter().cloned())
        .file("voice_message", message.voice_message.clone())
        .file("video_message", message.video_message.clone())
        .field("typing_duration", typing)
}

fn attachment_of(message: &MessageId, attachment: &AttachmentId) -> Request {
    Request::to(&rows::GET_MESSAGE_ATTACHMENT)
        .path("message_id", message)
        .path("attachment_id", attachment)
}

pub(super) struct Sent(pub(super) Option<MessageId>);

impl Decode for Sent {
    const NAME: &'static str = "MessageSent";

    fn decode(f: &Fields<'_>) -> std::result::Result<Self, Flaw> {
        Ok(Self(f.id("message_id")))
    }
}

pub(super) struct Reacted(pub(super) Option<bool>);

impl Decode for Reacted {
    const NAME: &'static str = "MessageReactionAdded";

    fn decode(f: &Fields<'_>) -> std::result::Result<Self, Flaw> {
        Ok(Self(f.flag("success")))
    }
}
