//! The calls about the people of chats.

use jiff::Timestamp;

use super::joined;
use crate::api::client::Client;
use crate::api::error::Result;
use crate::api::operation::Operation;
use crate::api::operations::messaging as rows;
use crate::api::page::{Page, Paging};
use crate::api::request::Request;
use crate::model::chat::Chat;
use crate::model::id::{AccountId, AttendeeId, ChatId};
use crate::model::message::Message;
use crate::model::person::Attendee;

/// Which people to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListAttendees {
    pub account_id: Option<AccountId>,
    pub paging: Paging,
}

/// Which chats or messages with one person to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListAttendeeItems {
    /// All accounts when empty.
    pub account_ids: Vec<AccountId>,
    pub before: Option<Timestamp>,
    pub after: Option<Timestamp>,
    pub paging: Paging,
}

/// Whose picture to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureOf<'a> {
    Person(&'a AttendeeId),
    Group(&'a ChatId),
}

impl Client {
    /// Lists all people known from chats.
    pub async fn list_attendees(&self, params: &ListAttendees) -> Result<Page<Attendee>> {
        let request = Request::to(&rows::LIST_ATTENDEES)
            .query("account_id", params.account_id.as_ref())
            .page(&params.paging);
        self.page(&request).await
    }

    /// Reads one person. The account helps when the id is the network's own.
    pub async fn get_attendee(
        &self,
        id: &AttendeeId,
        account: Option<&AccountId>,
    ) -> Result<Attendee> {
        let request = Request::to(&rows::GET_ATTENDEE)
            .path("id", id)
            .query("account_id", account);
        self.one(&request).await
    }

    /// Fetches the picture of a person or of a group, with its media type.
    pub async fn get_attendee_picture_bytes(
        &self,
        of: PictureOf<'_>,
    ) -> Result<(Vec<u8>, Option<String>)> {
        let id = match of {
            PictureOf::Person(id) => id.as_str(),
            PictureOf::Group(id) => id.as_str(),
        };
        self.bytes(&Request::to(&rows::GET_ATTENDEE_PICTURE).path("id", id))
            .await
    }

    /// Lists the one-to-one chats with a person, who may be named by the network's own id too.
    pub async fn list_attendee_chats(
        &self,
        person: &AttendeeId,
        params: &ListAttendeeItems,
    ) -> Result<Page<Chat>> {
        self.page(&items(&rows::LIST_ATTENDEE_CHATS, person, params))
            .await
    }

    /// Lists the messages that involve a person, who may be named by the network's own id too.
    pub async fn list_attendee_messages(
        &self,
        person: &AttendeeId,
        params: &ListAttendeeItems,
    ) -> Result<Page<Message>> {
        self.page(&items(&rows::LIST_ATTENDEE_MESSAGES, person, params))
            .await
    }
}

fn items(
    operation: &'static Operation,
    person: &AttendeeId,
    params: &ListAttendeeItems,
) -> Request {
    Request::to(operation)
        .path("attendee_id", person)
        .query("account_id", joined(&params.account_ids))
        .query("before", params.before)
        .query("after", params.after)
        .page(&params.paging)
}
