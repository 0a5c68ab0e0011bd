//! Reads profiles. The server tags each with its network; one of an unknown network is kept as it came.

use jiff::Timestamp;

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::words;
use crate::model::id::Identifier;
use crate::model::profile::{
    Birthday, Certification, ContactInfo, Education, GmailOwner, ImapOwner, InstagramKind,
    InstagramOwner, InstagramProfile, InvitationDirection, InvitationStatus, Language,
    LinkedinFlags, LinkedinOwner, LinkedinProfile, Locale, MailAlias, MailLogin, OutlookOwner,
    OwnProfile, PendingInvitation, Profile, Seat, SeatTrouble, Skill, Social, TelegramPresence,
    TelegramProfile, TelegramRestriction, TwitterProfile, Volunteering, WhatsappOwner,
    WhatsappProfile, Work,
};

words! {
    InstagramKind { "BUSINESS" => Business, "CREATOR" => Creator, "PERSONAL" => Personal }
    InvitationDirection { "SENT" => Sent, "RECEIVED" => Received }
    InvitationStatus { "PENDING" => Pending, "IGNORED" => Ignored, "WITHDRAWN" => Withdrawn }
    SeatTrouble { "MULTIPLE_SESSIONS" => MultipleSessions, "DISCONNECTED" => Disconnected }
}

impl Decode for Profile {
    const NAME: &'static str = "Profile";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let provider = f.text_or_empty("provider");
        Ok(match provider.as_str() {
            "LINKEDIN" => Self::Linkedin(Decode::decode(f).map(Box::new)?),
            "WHATSAPP" => Self::Whatsapp(WhatsappProfile {
                id: f.need("id")?.into(),
                raw: f.raw(),
            }),
            "INSTAGRAM" => Self::Instagram(Box::new(instagram(f))),
            "TELEGRAM" => Self::Telegram(Decode::decode(f).map(Box::new)?),
            "TWITTER" => Self::Twitter(Decode::decode(f).map(Box::new)?),
            _ => Self::Other {
                provider,
                raw: f.raw(),
            },
        })
    }
}

impl Decode for OwnProfile {
    const NAME: &'static str = "OwnProfile";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let provider = f.text_or_empty("provider");
        Ok(match provider.as_str() {
            "LINKEDIN" => Self::Linkedin(Decode::decode(f).map(Box::new)?),
            "WHATSAPP" => Self::Whatsapp(WhatsappOwner {
                id: f.id("id"),
                raw: f.raw(),
            }),
            "INSTAGRAM" => Self::Instagram(InstagramOwner {
                id: f.id("provider_id"),
                username: f.id("public_identifier"),
                raw: f.raw(),
            }),
            "TELEGRAM" => Self::Telegram(Decode::decode(f).map(Box::new)?),
            "TWITTER" => Self::Twitter(Decode::decode(f).map(Box::new)?),
            "GMAIL" => Self::Gmail(GmailOwner {
                email: f.text_or_empty("email"),
                messages: f.count("messages_total"),
                threads: f.count("threads_total"),
                aliases: f.list("aliases"),
            }),
            "OUTLOOK" => Self::Outlook(Decode::decode(f)?),
            "IMAP" => {
                let servers = f.inside("connection_params");
                Self::Imap(ImapOwner {
                    imap: servers.and_then(|servers| servers.one("imap")),
                    smtp: servers.and_then(|servers| servers.one("smtp")),
                })
            }
            _ => Self::Other {
                provider,
                raw: f.raw(),
            },
        })
    }
}

impl Decode for LinkedinProfile {
    const NAME: &'static str = "LinkedinProfile";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("provider_id")?.into(),
            public_id: f.id("public_identifier"),
            profile_url: f.text("public_profile_url"),
            first_name: f.text("first_name"),
            last_name: f.text("last_name"),
            pronoun: f.text("pronoun"),
            headline: f.text("headline"),
            summary: f.text("summary"),
            location: f.text("location"),
            locale: f.inside("primary_locale").map(|locale| Locale {
                country: locale.text("country"),
                language: locale.text("language"),
            }),
            flags: linkedin_flags(f),
            can_receive_inmail: f.flag("can_send_inmail"),
            distance: f.word("network_distance"),
            invitation: f.inside("invitation").map(|invitation| PendingInvitation {
                direction: invitation.word("type"),
                status: invitation.word("status"),
            }),
            websites: f.texts("websites"),
            hashtags: f.texts("hashtags"),
            followers: f.count("follower_count"),
            connections: f.count("connections_count"),
            shared_connections: f.count("shared_connections_count"),
            picture_url: f.text("profile_picture_url"),
            large_picture_url: f.text("profile_picture_url_large"),
            background_url: f.text("background_picture_url"),
            contact: f.one("contact_info"),
            birthday: f.inside("birthdate").and_then(|date| {
                Some(Birthday {
                    month: date.whole("month")?,
                    day: date.whole("day")?,
                })
            }),
            work: f.list("work_experience"),
            volunteering: f.list("volunteering_experience"),
            education: f.list("education"),
            skills: f.list("skills"),
            languages: f.list("languages"),
            certifications: f.list("certifications"),
            held_back: f.texts("throttled_sections"),
        })
    }
}

fn linkedin_flags(f: &Fields<'_>) -> LinkedinFlags {
    LinkedinFlags {
        is_open_profile: f.is("is_open_profile"),
        is_premium: f.is("is_premium"),
        is_influencer: f.is("is_influencer"),
        is_creator: f.is("is_creator"),
        is_hiring: f.is("is_hiring"),
        is_open_to_work: f.is("is_open_to_work"),
        is_saved_lead: f.is("is_saved_lead"),
        is_crm_imported: f.is("is_crm_imported"),
        is_relation: f.is("is_relationship"),
        is_oneself: f.is("is_self"),
    }
}

impl Decode for ContactInfo {
    const NAME: &'static str = "ContactInfo";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        // The server writes "adresses"; the right spelling is read too, should it be mended one day.
        let mut addresses = f.texts("adresses");
        addresses.extend(f.texts("addresses"));
        Ok(Self {
            emails: f.texts("emails"),
            phones: f.texts("phones"),
            addresses,
            socials: f.list("socials"),
        })
    }
}

impl Decode for Social {
    const NAME: &'static str = "Social";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            network: f.text_or_empty("type"),
            name: f.text_or_empty("name"),
        })
    }
}

impl Decode for Work {
    const NAME: &'static str = "Work";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            position: f.text("position"),
            company: f.text("company"),
            company_id: f.id("company_id"),
            location: f.text("location"),
            description: f.text("description"),
            is_current: f.flag("current"),
            status: f.text("status"),
            skills: f.texts("skills"),
            start: f.text("start"),
            end: f.text("end"),
        })
    }
}

impl Decode for Volunteering {
    const NAME: &'static str = "Volunteering";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            company: f.text("company"),
            role: f.text("role"),
            cause: f.text("cause"),
            description: f.text("description"),
            start: f.text("start"),
            end: f.text("end"),
        })
    }
}

impl Decode for Education {
    const NAME: &'static str = "Education";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            school: f.text("school"),
            degree: f.text("degree"),
            field: f.text("field_of_study"),
            start: f.text("start"),
            end: f.text("end"),
        })
    }
}

impl Decode for Skill {
    const NAME: &'static str = "Skill";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: f.text_or_empty("name"),
            endorsements: f.count("endorsement_count"),
            endorsement_id: f.whole("endorsement_id"),
        })
    }
}

impl Decode for Language {
    const NAME: &'static str = "Language";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: f.text_or_empty("name"),
            proficiency: f.text("proficiency"),
        })
    }
}

impl Decode for Certification {
    const NAME: &'static str = "Certification";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: f.text_or_empty("name"),
            organization: f.text("organization"),
            url: f.text("url"),
        })
    }
}

impl Decode for LinkedinOwner {
    const NAME: &'static str = "LinkedinOwner";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("provider_id")?.into(),
            entity_urn: f.text("entity_urn"),
            object_urn: f.text("object_urn"),
            first_name: f.text_or_empty("first_name"),
            last_name: f.text_or_empty("last_name"),
            public_id: f.id("public_identifier"),
            profile_url: f.text("public_profile_url"),
            picture_url: f.text("profile_picture_url"),
            headline: f.text("headline"),
            occupation: f.text("occupation"),
            location: f.text("location"),
            email: f.text("email"),
            is_premium: f.is("premium"),
            is_open_profile: f.is("open_profile"),
            recruiter: seat(f, "recruiter"),
            sales_navigator: seat(f, "sales_navigator"),
            organizations: f.json_texts("organizations"),
        })
    }
}

/// Reads a subscription: an object when usable, an error object when broken, null when there is none.
fn seat(f: &Fields<'_>, name: &str) -> Seat {
    let Some(seat) = f.inside(name) else {
        return Seat::NotSubscribed;
    };
    match seat.word("error") {
        Some(trouble) => Seat::Broken(trouble),
        None => Seat::Usable {
            seat: seat.token("owner_seat_id"),
            contract: seat.token("contract_id"),
        },
    }
}

/// Reads both generations of Instagram's fields.
fn instagram(f: &Fields<'_>) -> InstagramProfile {
    let username = f.id::<Identifier>("public_identifier");
    InstagramProfile {
        id: f.id("provider_id").or_else(|| f.id("pk")),
        messaging_id: f.id("provider_messaging_id"),
        username: username.or_else(|| f.id("username")),
        name: f.text("full_name"),
        biography: f.text("biography"),
        category: f.text("category"),
        picture_url: f
            .text("profile_picture_url")
            .or_else(|| f.text("profile_pic_url")),
        large_picture_url: f.text("profile_picture_url_large"),
        followers: f
            .count("followers_count")
            .or_else(|| f.count("follower_count")),
        mutual_followers: f.count("mutual_followers_count"),
        following: f.count("following_count"),
        posts: f.count("posts_count"),
        kind: f.word("profile_type"),
        is_verified: f.is("is_verified"),
        is_business: f.is("is_business"),
        is_private: f.is("is_private"),
    }
}

impl Decode for TelegramProfile {
    const NAME: &'static str = "TelegramProfile";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("provider_id")?.into(),
            first_name: f.text("first_name"),
            last_name: f.text("last_name"),
            username: f.id("username"),
            phone: f.text("phone"),
            picture_url: f.text("profile_picture_url"),
            language: f.text("lang_code"),
            is_oneself: f.is("self"),
            is_contact: f.is("contact"),
            is_mutual_contact: f.is("mutual_contact"),
            is_deleted: f.is("deleted"),
            is_bot: f.is("bot"),
            is_verified: f.is("verified"),
            is_restricted: f.is("restricted"),
            is_fake: f.is("fake"),
            is_premium: f.is("premium"),
            is_close_friend: f.is("close_friend"),
            presence: f.inside("status").map(|status| TelegramPresence {
                name: status.text("name"),
                expires_at: telegram_time(&status, "expires"),
                seen_at: telegram_time(&status, "was_online"),
            }),
            restrictions: f.list("restriction_reason"),
        })
    }
}

/// Reads a moment as Telegram writes it: seconds, where the rest of the API has milliseconds. Numbers too large for
/// seconds of this age are taken as milliseconds, should the server convert them one day.
fn telegram_time(f: &Fields<'_>, name: &str) -> Option<Timestamp> {
    let number = f.whole(name)?;
    if number < 100_000_000_000 {
        Timestamp::from_second(number).ok()
    } else {
        Timestamp::from_millisecond(number).ok()
    }
}

impl Decode for TelegramRestriction {
    const NAME: &'static str = "TelegramRestriction";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            platform: f.text("platform"),
            reason: f.text("reason"),
            text: f.text("text"),
        })
    }
}

impl Decode for TwitterProfile {
    const NAME: &'static str = "TwitterProfile";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            name: f.text_or_empty("name"),
            username: f.need("screen_name")?.into(),
            location: f.text("location"),
            description: f.text("description"),
            url: f.text("url"),
            is_protected: f.is("protected"),
            is_verified: f.is("verified"),
            followers: f.count("followers_count"),
            following: f.count("friends_count"),
            posts: f.count("statuses_count"),
            joined: f.text("created_at"),
            picture_url: f.text("profile_image_url_https"),
            banner_url: f.text("profile_banner_url"),
            is_followed: f.flag("following"),
            is_follower: f.flag("followed_by"),
        })
    }
}

impl Decode for OutlookOwner {
    const NAME: &'static str = "OutlookOwner";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            email: f.text("email"),
            name: f.text("display_name"),
            given_name: f.text("given_name"),
            surname: f.text("surname"),
            principal_name: f.text("user_principal_name"),
            job_title: f.text("job_title"),
            mobile_phone: f.text("mobile_phone"),
            language: f.text("preferred_language"),
        })
    }
}

impl Decode for MailAlias {
    const NAME: &'static str = "MailAlias";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            email: f.text_or_empty("email"),
            name: f.text("display_name"),
            reply_to: f.text("reply_to"),
            signature: f.text("signature"),
            is_primary: f.is("is_primary"),
            is_default: f.is("is_default"),
            verification: f.text("verification_status"),
        })
    }
}

impl Decode for MailLogin {
    const NAME: &'static str = "MailLogin";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            username: f.text("username"),
            host: f.text("host"),
            port: f.port("port"),
        })
    }
}
