//! Reads profiles. The server tags each with its network; one of an unknown network is kept as it came. LinkedIn's, by
//! far the largest, are in `linkedin`.

use jiff::Timestamp;

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::words;
use crate::model::id::Identifier;
use crate::model::profile::{
    GmailOwner, ImapOwner, InstagramKind, InstagramOwner, InstagramProfile, MailAlias, MailLogin,
    OutlookOwner, OwnProfile, Profile, TelegramPresence, TelegramProfile, TelegramRestriction,
    TwitterProfile, WhatsappOwner, WhatsappProfile,
};

words! {
    InstagramKind { "BUSINESS" => Business, "CREATOR" => Creator, "PERSONAL" => Personal }
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
