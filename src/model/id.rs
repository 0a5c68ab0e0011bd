//! Names of things. Each kind has its own type, so that a chat's id can never be taken for a message's.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    AccountId, ChatId, MessageId, AttachmentId, EmailId, FolderId, DraftId, WebhookId, InvitationId, PostId, CommentId,
    /// A person as one account knows them.
    AttendeeId,
    /// The network's own name of a person, such as `33600000000@s.whatsapp.net`; each account may see another.
    ProviderId,
    /// Anything that names a person or a company to a network: a provider id, a user name, a phone number.
    Identifier,
    JobId, ApplicantId, ProjectId, CalendarId, EventId,
    /// A company or a school on LinkedIn.
    CompanyId,
    /// A value of a LinkedIn search filter: a place, a skill, an industry.
    FilterId,
}
