//! Profiles: what a network tells about a person, and about the owner of an account. Each network tells other things.

use super::id::{CompanyId, Identifier, ProviderId};
use super::network::Distance;
use super::person::ContactInfo;

/// The profile of a person.
#[derive(Debug, Clone, PartialEq)]
pub enum Profile {
    Linkedin(Box<LinkedinProfile>),
    Whatsapp(WhatsappProfile),
    Instagram(Box<InstagramProfile>),
    Telegram(Box<TelegramProfile>),
    Twitter(Box<TwitterProfile>),
    /// A profile of a network that this version does not know, as JSON text.
    Other {
        provider: String,
        raw: String,
    },
}

/// The profile of the owner of an account.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnProfile {
    Linkedin(Box<LinkedinOwner>),
    Whatsapp(WhatsappOwner),
    Instagram(InstagramOwner),
    Telegram(Box<TelegramProfile>),
    Twitter(Box<TwitterProfile>),
    Gmail(GmailOwner),
    Outlook(OutlookOwner),
    Imap(ImapOwner),
    /// A profile of a network that this version does not know, as JSON text.
    Other {
        provider: String,
        raw: String,
    },
}

/// A person on LinkedIn.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedinProfile {
    /// The person as the asking account knows them; another account sees another id.
    pub id: ProviderId,
    pub public_id: Option<Identifier>,
    pub profile_url: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub pronoun: Option<String>,
    pub headline: Option<String>,
    pub summary: Option<String>,
    pub location: Option<String>,
    pub locale: Option<Locale>,
    pub flags: LinkedinFlags,
    pub can_receive_inmail: Option<bool>,
    pub distance: Option<Distance>,
    pub invitation: Option<PendingInvitation>,
    pub websites: Vec<String>,
    pub hashtags: Vec<String>,
    pub followers: Option<u64>,
    pub connections: Option<u64>,
    pub shared_connections: Option<u64>,
    pub picture_url: Option<String>,
    pub large_picture_url: Option<String>,
    pub background_url: Option<String>,
    pub contact: Option<ContactInfo>,
    pub birthday: Option<Birthday>,
    pub work: Vec<Work>,
    pub volunteering: Vec<Volunteering>,
    pub education: Vec<Education>,
    pub skills: Vec<Skill>,
    pub languages: Vec<Language>,
    pub certifications: Vec<Certification>,
    /// Parts of the profile that LinkedIn held back this time.
    pub held_back: Vec<String>,
}

/// What holds for a person on LinkedIn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LinkedinFlags {
    pub is_open_profile: bool,
    pub is_premium: bool,
    pub is_influencer: bool,
    pub is_creator: bool,
    pub is_hiring: bool,
    pub is_open_to_work: bool,
    pub is_saved_lead: bool,
    pub is_crm_imported: bool,
    /// Connected with the asking account.
    pub is_relation: bool,
    /// The owner of the asking account.
    pub is_oneself: bool,
}

/// A country and a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    pub country: Option<String>,
    pub language: Option<String>,
}

/// An invitation between the account and a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingInvitation {
    pub direction: Option<InvitationDirection>,
    pub status: Option<InvitationStatus>,
}

/// Who invited whom, as the account sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationDirection {
    Sent,
    Received,
    Other(String),
}

/// Where an invitation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationStatus {
    Pending,
    Ignored,
    Withdrawn,
    Other(String),
}

/// A birthday, without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Birthday {
    pub month: i64,
    pub day: i64,
}

/// A position that a person has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    pub position: Option<String>,
    pub company: Option<String>,
    pub company_id: Option<CompanyId>,
    pub location: Option<String>,
    pub description: Option<String>,
    pub is_current: Option<bool>,
    /// How the person is employed, in LinkedIn's words.
    pub status: Option<String>,
    pub skills: Vec<String>,
    /// As LinkedIn writes it, such as "1/1/2004".
    pub start: Option<String>,
    pub end: Option<String>,
}

/// Work done for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volunteering {
    pub company: Option<String>,
    pub role: Option<String>,
    pub cause: Option<String>,
    pub description: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
}

/// A school that a person went to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Education {
    pub school: Option<String>,
    pub degree: Option<String>,
    pub field: Option<String>,
    /// As LinkedIn writes it, such as "1/1/2004".
    pub start: Option<String>,
    pub end: Option<String>,
}

/// A skill that a person claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    pub name: String,
    pub endorsements: Option<u64>,
    /// What to name when endorsing it.
    pub endorsement_id: Option<i64>,
}

/// A language that a person speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    pub name: String,
    pub proficiency: Option<String>,
}

/// A certificate that a person holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certification {
    pub name: String,
    pub organization: Option<String>,
    pub url: Option<String>,
}

/// The owner of a LinkedIn account.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedinOwner {
    pub id: ProviderId,
    pub entity_urn: Option<String>,
    pub object_urn: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub public_id: Option<Identifier>,
    pub profile_url: Option<String>,
    pub picture_url: Option<String>,
    pub headline: Option<String>,
    pub occupation: Option<String>,
    pub location: Option<String>,
    pub email: Option<String>,
    pub is_premium: bool,
    pub is_open_profile: bool,
    pub recruiter: Seat,
    pub sales_navigator: Seat,
    /// Companies the owner may act for, each a JSON text.
    pub organizations: Vec<String>,
}

/// A subscription to one of LinkedIn's paid products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seat {
    NotSubscribed,
    Usable {
        seat: Option<String>,
        contract: Option<String>,
    },
    Broken(SeatTrouble),
}

/// Why a subscription cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeatTrouble {
    MultipleSessions,
    Disconnected,
    Other(String),
}

/// A number on WhatsApp: hardly more than the proof that it exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatsappProfile {
    pub id: ProviderId,
    /// The whole profile as JSON text.
    pub raw: String,
}

/// The owner of a WhatsApp account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatsappOwner {
    pub id: Option<ProviderId>,
    /// The whole profile as JSON text: its shape is not documented.
    pub raw: String,
}

/// A person or a business on Instagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstagramProfile {
    pub id: Option<ProviderId>,
    /// Whom to write to.
    pub messaging_id: Option<ProviderId>,
    pub username: Option<Identifier>,
    pub name: Option<String>,
    pub biography: Option<String>,
    pub category: Option<String>,
    pub picture_url: Option<String>,
    pub large_picture_url: Option<String>,
    pub followers: Option<u64>,
    pub mutual_followers: Option<u64>,
    pub following: Option<u64>,
    pub posts: Option<u64>,
    pub kind: Option<InstagramKind>,
    pub is_verified: bool,
    pub is_business: bool,
    pub is_private: bool,
}

/// What an Instagram profile is used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstagramKind {
    Business,
    Creator,
    Personal,
    Other(String),
}

/// The owner of an Instagram account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstagramOwner {
    pub id: Option<ProviderId>,
    pub username: Option<Identifier>,
    /// The whole profile as JSON text: its shape is not documented.
    pub raw: String,
}

/// A person or a bot on Telegram.
#[derive(Debug, Clone, PartialEq)]
pub struct TelegramProfile {
    pub id: ProviderId,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub username: Option<Identifier>,
    pub phone: Option<String>,
    pub picture_url: Option<String>,
    pub language: Option<String>,
    pub is_oneself: bool,
    pub is_contact: bool,
    pub is_mutual_contact: bool,
    pub is_deleted: bool,
    pub is_bot: bool,
    pub is_verified: bool,
    pub is_restricted: bool,
    pub is_fake: bool,
    pub is_premium: bool,
    pub is_close_friend: bool,
    pub presence: Option<TelegramPresence>,
    pub restrictions: Vec<TelegramRestriction>,
}

/// When a person was last seen on Telegram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TelegramPresence {
    /// Telegram's word for it.
    pub name: Option<String>,
    pub expires_at: Option<jiff::Timestamp>,
    pub seen_at: Option<jiff::Timestamp>,
}

/// Why Telegram hides a person on some platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TelegramRestriction {
    pub platform: Option<String>,
    pub reason: Option<String>,
    pub text: Option<String>,
}

/// A person on X.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwitterProfile {
    pub id: ProviderId,
    pub name: String,
    pub username: Identifier,
    pub location: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub is_protected: bool,
    pub is_verified: bool,
    pub followers: Option<u64>,
    pub following: Option<u64>,
    pub posts: Option<u64>,
    /// As X writes it.
    pub joined: Option<String>,
    pub picture_url: Option<String>,
    pub banner_url: Option<String>,
    /// Whether the account follows this person.
    pub is_followed: Option<bool>,
    /// Whether this person follows the account.
    pub is_follower: Option<bool>,
}

/// The owner of a Gmail account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GmailOwner {
    pub email: String,
    pub messages: Option<u64>,
    pub threads: Option<u64>,
    /// Addresses that mails may be sent from.
    pub aliases: Vec<MailAlias>,
}

/// An address that mails may be sent from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAlias {
    pub email: String,
    pub name: Option<String>,
    pub reply_to: Option<String>,
    pub signature: Option<String>,
    pub is_primary: bool,
    pub is_default: bool,
    pub verification: Option<String>,
}

/// The owner of an Outlook account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlookOwner {
    pub id: ProviderId,
    pub email: Option<String>,
    pub name: Option<String>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub principal_name: Option<String>,
    pub job_title: Option<String>,
    pub mobile_phone: Option<String>,
    pub language: Option<String>,
}

/// The owner of an IMAP account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImapOwner {
    pub imap: Option<MailLogin>,
    pub smtp: Option<MailLogin>,
}

/// How a mail server is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailLogin {
    pub username: Option<String>,
    pub host: Option<String>,
    pub port: Option<u16>,
}
