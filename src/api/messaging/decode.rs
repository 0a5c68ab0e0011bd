//! How chats, messages, attachments and attendees are written on the wire.

use std::collections::BTreeMap;

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::{sendable, words};
use crate::model::chat::{
    Chat, ChatContent, ChatFeature, ChatFolder, ChatKind, Muted, StartedChat,
};
use crate::model::id::ProviderId;
use crate::model::message::{
    AttendeeKind, Message, MessageEvent, MessageKind, QuotedMessage, Reaction, ReplyTo, Seen,
};
use crate::model::person::{Attendee, LinkedinPerson, Specifics};
use crate::model::text::clean;

sendable! { ChatKind MessageEvent }

words! {
    ChatFeature { "reactions" => Reactions, "reply" => Reply }
    ChatContent {
        "inmail" => Inmail, "sponsored" => Sponsored, "linkedin_offer" => LinkedinOffer, "invitation" => Invitation,
    }
    ChatFolder {
        "INBOX" => Inbox, "INBOX_LINKEDIN_CLASSIC" => LinkedinClassic, "INBOX_LINKEDIN_RECRUITER" => LinkedinRecruiter,
        "INBOX_LINKEDIN_SALES_NAVIGATOR" => LinkedinSalesNavigator,
        "INBOX_LINKEDIN_ORGANIZATION" => LinkedinOrganization,
    }
    MessageKind { "MESSAGE" => Message }
    AttendeeKind { "MEMBER" => Member, "ORGANIZATION" => Organization, "OTHER" => Neither }
}

impl Decode for Chat {
    const NAME: &'static str = "Chat";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            account_id: f.need("account_id")?.into(),
            provider: f.word("account_type"),
            provider_id: f.token("provider_id"),
            attendee_provider_id: f.id("attendee_provider_id"),
            name: f.text("name"),
            kind: f.word("type").unwrap_or(ChatKind::Other(String::new())),
            last_activity: f.time("timestamp"),
            unread_count: f.count("unread_count").unwrap_or(0),
            archived: f.is("archived"),
            pinned: f.flag("pinned"),
            muted: muted(f),
            read_only: f.whole("read_only").unwrap_or(0),
            disabled_features: f.words("disabledFeatures"),
            subject: f.text("subject"),
            organization_id: f.token("organization_id"),
            mailbox_id: f.token("mailbox_id"),
            content: f.word("content_type"),
            folders: f.words("folder"),
            last_message: f.one("lastMessage").map(Box::new),
        })
    }
}

fn muted(f: &Fields<'_>) -> Muted {
    let Some(word) = f.text("muted_until").filter(|word| !word.is_empty()) else {
        return Muted::No;
    };
    if f.whole("muted_until").is_some_and(|number| number < 0) {
        return Muted::ForEver;
    }
    f.time("muted_until")
        .map_or(Muted::Other(word), Muted::Until)
}

impl Decode for StartedChat {
    const NAME: &'static str = "ChatStarted";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            chat_id: f.id("chat_id"),
            message_id: f.id("message_id"),
        })
    }
}

impl Decode for Message {
    const NAME: &'static str = "Message";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            account_id: f.need("account_id")?.into(),
            chat_id: f.need("chat_id")?.into(),
            chat_provider_id: f.token("chat_provider_id"),
            provider_id: f.token("provider_id"),
            message_id: f.id("message_id"),
            sender_id: f.id("sender_id"),
            sender_attendee_id: f.id("sender_attendee_id"),
            text: f.text("text"),
            subject: f.text("subject"),
            timestamp: f.need_time("timestamp")?,
            is_sender: f.is("is_sender"),
            attachments: f.list("attachments"),
            reactions: f.list("reactions"),
            quoted: f.one("quoted").map(Box::new),
            reply_to: f.one("reply_to"),
            seen: f.flag("seen"),
            seen_by: seen_by(f),
            delivered: f.flag("delivered"),
            hidden: f.is("hidden"),
            deleted: f.is("deleted"),
            edited: f.is("edited"),
            event: event(f),
            behavior: f.whole("behavior"),
            replies: f.count("replies"),
            reply_by: f.tokens("reply_by"),
            parent: f.id("parent"),
            is_forwarded: f.flag("is_forwarded"),
            mentions: f.json_text("mentions"),
            kind: f.word("message_type"),
            attendee_kind: f.word("attendee_type"),
            attendee_distance: f.whole("attendee_distance"),
            sender_urn: f.token("sender_urn"),
        })
    }
}

fn seen_by(f: &Fields<'_>) -> BTreeMap<ProviderId, Seen> {
    let Some(people) = f.inside("seen_by") else {
        return BTreeMap::new();
    };
    people
        .names()
        .map(|person| (person.into(), seen(&people, person)))
        .collect()
}

fn seen(people: &Fields<'_>, person: &str) -> Seen {
    match people.flag(person) {
        Some(true) => Seen::Yes,
        Some(false) => Seen::No,
        None => people
            .time(person)
            .map_or_else(|| Seen::Other(people.text_or_empty(person)), Seen::At),
    }
}

/// Only a message marked as an event is one, whatever type it has beside.
fn event(f: &Fields<'_>) -> Option<MessageEvent> {
    f.is("is_event")
        .then(|| f.word("event_type").unwrap_or(MessageEvent::Unknown))
}

impl Decode for Reaction {
    const NAME: &'static str = "MessageReaction";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            value: clean(&f.need("value")?),
            sender_id: f.id("sender_id"),
            is_sender: f.is("is_sender"),
        })
    }
}

impl Decode for QuotedMessage {
    const NAME: &'static str = "QuotedMessage";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            provider_id: f.token("provider_id"),
            sender_id: f.id("sender_id"),
            text: f.text("text"),
            attachments: f.list("attachments"),
        })
    }
}

impl Decode for ReplyTo {
    const NAME: &'static str = "ReplyTo";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.id("id"),
            provider_id: f.token("provider_id"),
            timestamp: f.time("timestamp"),
            sender_attendee_id: f.id("sender_attendee_id"),
            sender_id: f.id("sender_id"),
            text: f.text("text"),
        })
    }
}

impl Decode for Attendee {
    const NAME: &'static str = "ChatAttendee";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            account_id: f.need("account_id")?.into(),
            provider_id: f.need("provider_id")?.into(),
            name: f.text_or_empty("name"),
            is_self: f.is("is_self"),
            hidden: f.is("hidden"),
            picture_url: f.text("picture_url"),
            profile_url: f.text("profile_url"),
            public_identifier: f.token("public_identifier"),
            specifics: f.one("specifics"),
        })
    }
}

impl Decode for Specifics {
    const NAME: &'static str = "ChatAttendeeSpecifics";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let is_linkedin = match f.token("provider").as_deref() {
            Some(provider) => provider == "LINKEDIN",
            None => f.has("member_urn"),
        };
        if !is_linkedin {
            return Ok(Self::Other { raw: f.raw() });
        }
        Ok(Self::Linkedin(Box::new(LinkedinPerson {
            member_urn: f.token("member_urn"),
            occupation: f.text("occupation"),
            distance: f.word("network_distance"),
            pending_invitation: f.flag("pending_invitation"),
            location: f.text("location"),
            headline: f.text("headline"),
            contact: f.one("contact_info"),
        })))
    }
}
