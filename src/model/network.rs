//! Who knows whom: relations, followers, invitations, and what an account may still send to strangers.

use jiff::Timestamp;

use super::account::Provider;
use super::id::{Identifier, InvitationId, ProviderId};

/// How far away a person is on LinkedIn.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Distance {
    Oneself,
    First,
    Second,
    Third,
    OutOfNetwork,
    Other(String),
}

/// A person the account is connected with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub id: ProviderId,
    pub first_name: String,
    pub last_name: String,
    pub headline: Option<String>,
    /// The name in the address of the profile.
    pub public_id: Option<Identifier>,
    pub profile_url: Option<String>,
    pub picture_url: Option<String>,
    pub connected_at: Option<Timestamp>,
    pub member_urn: Option<String>,
    pub connection_urn: Option<String>,
}

/// Somebody who follows, or is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    pub id: ProviderId,
    pub name: String,
    /// Instagram's user name.
    pub username: Option<Identifier>,
    pub headline: Option<String>,
    pub profile_url: Option<String>,
    pub picture_url: Option<String>,
    pub large_picture_url: Option<String>,
    pub urn: Option<String>,
    /// Told by Instagram only.
    pub is_private: Option<bool>,
    /// Told by Instagram only.
    pub is_verified: Option<bool>,
}

/// A pending invitation, sent or received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub sent_at: Option<Timestamp>,
    /// When it was sent in the network's own words, such as "Sent today".
    pub sent_text: Option<String>,
    pub text: Option<String>,
    /// Who is invited: the other person when it was sent, the account's owner when it was received.
    pub invited: Party,
    /// Who invites; told of received invitations.
    pub inviter: Option<Party>,
    pub provider: Option<Provider>,
    /// Needed to accept or decline.
    pub secret: Option<InvitationSecret>,
}

/// One side of an invitation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    pub name: Option<String>,
    pub id: Option<ProviderId>,
    pub public_id: Option<Identifier>,
    pub headline: Option<String>,
    pub picture_url: Option<String>,
}

/// What LinkedIn wants to see again when an invitation is answered. Prints nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationSecret(String);

impl InvitationSecret {
    /// Keeps a secret as it came.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself, to be sent back.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for InvitationSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationSecret(..)")
    }
}

/// What to do with a received invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationAnswer {
    Accept,
    Decline,
    Other(String),
}

/// What became of an answered invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationOutcome {
    Accepted,
    Declined,
    Other(String),
}

/// An invitation that was just sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SentInvitation {
    pub id: InvitationId,
    /// Percent of the network's allowance, told only when 50, 75, 90 or 95 is passed.
    pub usage: Option<f64>,
}

/// InMail credits left per subscription; absent where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InmailBalance {
    pub premium: Option<f64>,
    pub recruiter: Option<f64>,
    pub sales_navigator: Option<f64>,
}
