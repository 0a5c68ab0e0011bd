//! People as the messaging accounts know them.

use super::id::{AccountId, AttendeeId, ProviderId};
use super::network::Distance;

/// Somebody who takes part in chats, as one account knows them.
#[derive(Debug, Clone, PartialEq)]
pub struct Attendee {
    pub id: AttendeeId,
    pub account_id: AccountId,
    /// Whom to name when starting a chat.
    pub provider_id: ProviderId,
    /// May be a phone number or empty.
    pub name: String,
    /// Whether this is the owner of the account.
    pub is_self: bool,
    pub hidden: bool,
    /// Lives shortly; the picture can be fetched by the id instead.
    pub picture_url: Option<String>,
    pub profile_url: Option<String>,
    pub public_identifier: Option<String>,
    pub specifics: Option<Specifics>,
}

/// What only one network tells about a person.
#[derive(Debug, Clone, PartialEq)]
pub enum Specifics {
    Linkedin(Box<LinkedinPerson>),
    /// Details of a network whose shape is not documented, as JSON text.
    Other {
        raw: String,
    },
}

/// What LinkedIn tells about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedinPerson {
    pub member_urn: Option<String>,
    pub occupation: Option<String>,
    pub distance: Option<Distance>,
    pub pending_invitation: Option<bool>,
    pub location: Option<String>,
    pub headline: Option<String>,
    pub contact: Option<ContactInfo>,
}

/// How a person can be reached elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactInfo {
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub addresses: Vec<String>,
    pub websites: Vec<String>,
    pub socials: Vec<Social>,
}

/// A name on another network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Social {
    pub network: Option<String>,
    pub name: String,
}
