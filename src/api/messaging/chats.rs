//! The calls about chats.

use jiff::Timestamp;

use super::joined;
use crate::api::client::Client;
use crate::api::error::Result;
use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::operations::messaging as rows;
use crate::api::page::{Page, Paging};
use crate::api::request::{Json, Request, Upload};
use crate::model::account::{LinkedinProduct, Provider, SyncStatus};
use crate::model::chat::{Chat, StartedChat};
use crate::model::id::{AccountId, ApplicantId, ChatId, InvitationId, ProjectId, ProviderId};
use crate::model::person::Attendee;

/// Which chats to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListChats {
    /// Only unread chats, or only read ones.
    pub unread: Option<bool>,
    pub provider: Option<Provider>,
    /// All accounts when empty.
    pub account_ids: Vec<AccountId>,
    pub before: Option<Timestamp>,
    pub after: Option<Timestamp>,
    pub paging: Paging,
}

/// A chat to start, with its first message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartChat {
    pub account_id: AccountId,
    /// Two or more make a group.
    pub attendees: Vec<ProviderId>,
    pub text: Option<String>,
    /// Subject of an InMail.
    pub subject: Option<String>,
    pub group_name: Option<String>,
    pub attachments: Vec<Upload>,
    pub voice_message: Option<Upload>,
    pub video_message: Option<Upload>,
    pub linkedin: LinkedinChat,
}

impl StartChat {
    /// A chat with these people in which nothing is said yet.
    pub fn new(account_id: AccountId, attendees: Vec<ProviderId>) -> Self {
        Self {
            account_id,
            attendees,
            text: None,
            subject: None,
            group_name: None,
            attachments: Vec::new(),
            voice_message: None,
            video_message: None,
            linkedin: LinkedinChat::default(),
        }
    }
}

/// What only LinkedIn wants to know about a new chat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkedinChat {
    pub product: Option<LinkedinProduct>,
    /// Whether to send an InMail.
    pub inmail: Option<bool>,
    /// Recruiter.
    pub signature: Option<String>,
    /// Recruiter.
    pub hiring_project_id: Option<ProjectId>,
    /// Recruiter: reach the person by mail instead.
    pub email_address: Option<String>,
    /// Required when writing to a company page.
    pub topic: Option<String>,
    /// Who applied for a job.
    pub applicant_id: Option<ApplicantId>,
    /// The received invitation that this answers.
    pub invitation_id: Option<InvitationId>,
}

/// A change to a chat. Networks differ in which ones they allow.
#[derive(Debug, Clone)]
pub enum ChatChange {
    Read(bool),
    Muted(bool),
    Archived(bool),
    Pinned(bool),
    AddParticipant(ProviderId),
    RemoveParticipant(ProviderId),
    Label(String),
    /// Changes nothing, asks for the link that invites others.
    InviteLink,
    Other {
        action: String,
        value: Json,
    },
}

impl Client {
    /// Lists the chats of one, several or all accounts. The order is not promised.
    pub async fn list_chats(&self, params: &ListChats) -> Result<Page<Chat>> {
        self.page(&list(params)).await
    }

    /// Starts a chat with its first message; an existing one-to-one chat is used again.
    pub async fn start_chat(&self, params: &StartChat) -> Result<StartedChat> {
        self.one(&start(params)).await
    }

    /// Reads one chat with its last message. The account is needed when the id is the network's own.
    pub async fn get_chat(&self, id: &ChatId, account: Option<&AccountId>) -> Result<Chat> {
        let request = Request::to(&rows::GET_CHAT)
            .path("chat_id", id)
            .query("account_id", account);
        self.one(&request).await
    }

    /// Changes a chat: its read state, its place, its members. Gives the invite link, where that was the wish.
    pub async fn patch_chat(&self, id: &ChatId, change: &ChatChange) -> Result<Option<String>> {
        let Patched(link) = self.one(&patch(id, change)).await?;
        Ok(link)
    }

    /// Deletes a chat.
    pub async fn delete_chat(&self, id: &ChatId) -> Result<()> {
        self.done(&Request::to(&rows::DELETE_CHAT).path("chat_id", id))
            .await
    }

    /// Lists the people of a chat.
    pub async fn list_chat_attendees(
        &self,
        id: &ChatId,
        paging: &Paging,
    ) -> Result<Page<Attendee>> {
        let request = Request::to(&rows::LIST_CHAT_ATTENDEES)
            .path("chat_id", id)
            .page(paging);
        self.page(&request).await
    }

    /// Starts fetching the whole history of a chat, or tells how far that is.
    pub async fn sync_chat_history(&self, id: &ChatId) -> Result<SyncStatus> {
        self.one(&Request::to(&rows::SYNC_CHAT_HISTORY).path("chat_id", id))
            .await
    }
}

pub(super) fn list(params: &ListChats) -> Request {
    Request::to(&rows::LIST_CHATS)
        .query("unread", params.unread)
        .query("account_type", params.provider.as_ref())
        .query("account_id", joined(&params.account_ids))
        .query("before", params.before)
        .query("after", params.after)
        .page(&params.paging)
}

pub(super) fn start(params: &StartChat) -> Request {
    let linkedin = &params.linkedin;
    let mut request = Request::to(&rows::START_CHAT).field("account_id", &params.account_id);
    for attendee in &params.attendees {
        request = request.field("attendees_ids", attendee);
    }
    request
        .field("text", params.text.as_ref())
        // The sources disagree which of the two names a group, so both do.
        .field(
            "subject",
            params.subject.as_ref().or(params.group_name.as_ref()),
        )
        .field("title", params.group_name.as_ref())
        .files("attachments", params.attachments.iter().cloned())
        .file("voice_message", params.voice_message.clone())
        .file("video_message", params.video_message.clone())
        .field("linkedin[api]", linkedin.product.as_ref())
        .field("linkedin[inmail]", linkedin.inmail)
        .field("linkedin[signature]", linkedin.signature.as_ref())
        .field(
            "linkedin[hiring_project_id]",
            linkedin.hiring_project_id.as_ref(),
        )
        .field("linkedin[email_address]", linkedin.email_address.as_ref())
        .field("linkedin[topic]", linkedin.topic.as_ref())
        .field("linkedin[applicant_id]", linkedin.applicant_id.as_ref())
        .field("linkedin[invitation_id]", linkedin.invitation_id.as_ref())
}

pub(super) fn patch(id: &ChatId, change: &ChatChange) -> Request {
    let (action, value): (&str, Json) = match change {
        ChatChange::Read(on) => ("setReadStatus", (*on).into()),
        ChatChange::Muted(on) => ("setMuteStatus", (*on).into()),
        ChatChange::Archived(on) => ("setArchiveStatus", (*on).into()),
        ChatChange::Pinned(on) => ("setPinnedStatus", (*on).into()),
        ChatChange::AddParticipant(who) => ("addParticipant", who.as_str().into()),
        ChatChange::RemoveParticipant(who) => ("removeParticipant", who.as_str().into()),
        ChatChange::Label(label) => ("setLabel", label.as_str().into()),
        ChatChange::InviteLink => ("getInviteLink", Json::default()),
        ChatChange::Other { action, value } => (action, value.clone()),
    };
    Request::to(&rows::PATCH_CHAT)
        .path("chat_id", id)
        .json("action", action)
        .json("value", value)
}

pub(super) struct Patched(pub(super) Option<String>);

impl Decode for Patched {
    const NAME: &'static str = "ChatPatched";

    fn decode(f: &Fields<'_>) -> std::result::Result<Self, Flaw> {
        Ok(Self(f.text("invite_link")))
    }
}
