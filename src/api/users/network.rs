//! Reads relations, followers and invitations.

use std::borrow::Cow;

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::{Spelled, words};
use crate::model::network::{
    Distance, Follower, InmailBalance, Invitation, InvitationAnswer, InvitationOutcome,
    InvitationSecret, Party, Relation, SentInvitation,
};
use crate::model::text::clean;

words! {
    InvitationAnswer { "accept" => Accept, "decline" => Decline }
    InvitationOutcome { "ACCEPTED" => Accepted, "DECLINED" => Declined }
}

impl Spelled for Distance {
    /// Profiles and comments write degrees, chats and searches distances.
    fn from_word(word: &str) -> Self {
        match word {
            "SELF" => Self::Oneself,
            "FIRST_DEGREE" | "DISTANCE_1" => Self::First,
            "SECOND_DEGREE" | "DISTANCE_2" => Self::Second,
            "THIRD_DEGREE" | "DISTANCE_3" => Self::Third,
            "OUT_OF_NETWORK" => Self::OutOfNetwork,
            other => Self::Other(clean(other)),
        }
    }

    fn to_word(&self) -> Cow<'_, str> {
        match self {
            Self::Oneself => "SELF".into(),
            Self::First => "FIRST_DEGREE".into(),
            Self::Second => "SECOND_DEGREE".into(),
            Self::Third => "THIRD_DEGREE".into(),
            Self::OutOfNetwork => "OUT_OF_NETWORK".into(),
            Self::Other(word) => word.as_str().into(),
        }
    }
}

impl Decode for Relation {
    const NAME: &'static str = "Relation";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("member_id")?.into(),
            first_name: f.text_or_empty("first_name"),
            last_name: f.text_or_empty("last_name"),
            headline: f.text("headline"),
            public_id: f.id("public_identifier"),
            profile_url: f.text("public_profile_url"),
            picture_url: f.text("profile_picture_url"),
            connected_at: f.time("created_at"),
            member_urn: f.text("member_urn"),
            connection_urn: f.text("connection_urn"),
        })
    }
}

impl Decode for Follower {
    const NAME: &'static str = "Follower";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            name: f.text_or_empty("name"),
            username: f.id("username"),
            headline: f.text("headline"),
            profile_url: f.text("profile_url"),
            picture_url: f.text("profile_picture_url"),
            large_picture_url: f.text("profile_picture_url_large"),
            urn: f.text("urn"),
            is_private: f.flag("is_private"),
            is_verified: f.flag("is_verified"),
        })
    }
}

impl Decode for Invitation {
    const NAME: &'static str = "Invitation";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let specifics = f.inside("specifics");
        Ok(Self {
            id: f.need("id")?.into(),
            sent_at: f.time("parsed_datetime"),
            sent_text: f.text("date"),
            text: f.text("invitation_text"),
            invited: Party {
                name: f.text("invited_user"),
                id: f.id("invited_user_id"),
                public_id: f.id("invited_user_public_id"),
                headline: f.text("invited_user_description"),
                picture_url: None,
            },
            inviter: f.inside("inviter").map(|inviter| Party {
                name: inviter.text("inviter_name"),
                id: inviter.id("inviter_id"),
                public_id: inviter.id("inviter_public_identifier"),
                headline: inviter.text("inviter_description"),
                picture_url: inviter.text("inviter_profile_picture_url"),
            }),
            provider: specifics.and_then(|specifics| specifics.word("provider")),
            secret: specifics
                .and_then(|specifics| specifics.token("shared_secret"))
                .map(InvitationSecret::new),
        })
    }
}

impl Decode for SentInvitation {
    const NAME: &'static str = "SentInvitation";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("invitation_id")?.into(),
            usage: f.number("usage"),
        })
    }
}

impl Decode for InvitationOutcome {
    const NAME: &'static str = "InvitationOutcome";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        f.need_word("status")
    }
}

impl Decode for InmailBalance {
    const NAME: &'static str = "InmailBalance";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            premium: f.number("premium"),
            recruiter: f.number("recruiter"),
            sales_navigator: f.number("sales_navigator"),
        })
    }
}
