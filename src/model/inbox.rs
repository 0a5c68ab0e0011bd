//! The inbox as it is stored and shown: accounts, conversations and what was said in them, over all networks.
//!
//! A chat and a thread of mails are one kind of thing here, a conversation; a message and a mail are one, an entry.

use jiff::Timestamp;

use super::account::{AccountStatus, Provider};
use super::chat::ChatKind;
use super::email::{Address, Extent, FolderRole};
use super::id::{AccountId, AttachmentId, AttendeeId, MessageId, ProviderId};
use super::message::MessageEvent;
use super::outbox::DraftKey;

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);
    )*};
}

keys! {
    /// Names an account on this machine.
    AccountKey,
    /// Names a conversation on this machine.
    ConversationKey,
    /// Names a person on this machine, over all networks.
    PersonKey,
    /// Names a person as one account knows them.
    HandleKey,
    /// Names a message or a mail on this machine; in order of time.
    EntryKey,
    /// Names a folder of a mailbox on this machine.
    FolderKey,
}

/// Whose picture is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureOwner {
    Handle(HandleKey),
    Conversation(ConversationKey),
}

/// Names a file of an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttachmentKey {
    pub entry: EntryKey,
    pub attachment: AttachmentId,
}

/// How many keys fit into one millisecond.
const PER_MILLISECOND: i64 = 1 << 15;

impl EntryKey {
    /// The first key of a moment.
    pub fn first_at(at: Timestamp) -> Self {
        Self(at.as_millisecond().saturating_mul(PER_MILLISECOND))
    }

    /// A key of that moment; which one of the many, the tie-break decides.
    pub fn at(at: Timestamp, tie: u16) -> Self {
        Self(
            Self::first_at(at)
                .0
                .saturating_add(i64::from(tie) % PER_MILLISECOND),
        )
    }

    /// The moment the entry was written, as the server tells it.
    pub fn time(self) -> Timestamp {
        let at = Timestamp::from_millisecond(self.0.div_euclid(PER_MILLISECOND));
        at.unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// One linked account, as far as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAccount {
    pub key: AccountKey,
    pub id: AccountId,
    pub provider: Provider,
    /// Label chosen by the server.
    pub name: String,
    /// Own mail address, phone number or user name.
    pub identity: Option<String>,
    /// The owner's own id at the network.
    pub own_id: Option<ProviderId>,
    pub status: AccountStatus,
    /// Since when, by this machine's clock.
    pub status_since: Timestamp,
    pub has_chats: bool,
    pub has_mail: bool,
    /// Whether the user has stopped its fetching.
    pub paused: bool,
    /// When news were last fetched.
    pub synced_at: Option<Timestamp>,
    /// Unread conversations in the inbox.
    pub unread: u64,
}

/// A chat or a thread of mails, as one row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    pub key: ConversationKey,
    pub account: AccountKey,
    /// The server's id of the chat or the thread.
    pub uid: String,
    pub is_mail: bool,
    pub kind: ChatKind,
    pub provider: Provider,
    /// A group's name or the people in it.
    pub title: String,
    /// Whose picture stands for it, if one may be known.
    pub picture: Option<PictureOwner>,
    pub subject: Option<String>,
    /// Start of the last entry, on one line.
    pub snippet: String,
    /// Who wrote that; absent when it was the owner.
    pub snippet_by: Option<String>,
    pub last_entry: Option<EntryKey>,
    /// Whether the owner had the last word.
    pub last_own: bool,
    /// When something last happened; absent when nothing is known.
    pub last_at: Option<Timestamp>,
    pub unread: u64,
    pub archived: bool,
    pub pinned: bool,
    pub muted: bool,
    pub starred: bool,
    pub has_draft: bool,
    pub needs_reply: bool,
    pub has_files: bool,
    pub writable: bool,
}

impl ConversationKey {
    /// A draft that belongs to no conversation stands in the list like one, under a key that no conversation has.
    pub fn of_draft(draft: DraftKey) -> Self {
        Self(-draft.0)
    }

    /// The draft that stands under it.
    pub fn draft(self) -> Option<DraftKey> {
        (self.0 < 0).then_some(DraftKey(-self.0))
    }
}

impl Conversation {
    /// What it is called; as long as that is not known, whoever wrote last.
    pub fn name(&self) -> &str {
        let by = self.snippet_by.as_deref().filter(|_| !self.last_own);
        let mut all = [Some(self.title.as_str()), by].into_iter().flatten();
        all.find(|it| !it.trim().is_empty()).unwrap_or("…")
    }

    /// Where it stands in the list.
    pub fn place(&self) -> Place {
        Place {
            pinned: self.pinned,
            at: self.last_at.map_or(0, Timestamp::as_millisecond),
            key: self.key,
        }
    }
}

/// A place in a list of conversations; the next window starts behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub pinned: bool,
    pub at: i64,
    pub key: ConversationKey,
}

/// Where a window of a list lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The first rows.
    Top,
    /// The last rows.
    Bottom,
    /// The rows behind a place.
    After(Place),
    /// The rows before a place.
    Before(Place),
    /// The rows from a place on, that one included.
    From(Place),
}

impl Edge {
    /// The rows behind a place, or the first ones.
    pub fn after(place: Option<Place>) -> Self {
        place.map_or(Self::Top, Self::After)
    }

    /// The place it is told by.
    pub fn place(self) -> Option<Place> {
        match self {
            Self::Top | Self::Bottom => None,
            Self::After(place) | Self::Before(place) | Self::From(place) => Some(place),
        }
    }

    /// Whether it is walked from the end of the list to its beginning.
    pub fn is_backward(self) -> bool {
        matches!(self, Self::Bottom | Self::Before(_))
    }
}

/// Which conversations to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// All that is not archived.
    #[default]
    Inbox,
    Unread,
    /// The last word is theirs and not answered.
    NeedsReply,
    Starred,
    Drafts,
    Archived,
}

/// One message or one mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: EntryKey,
    /// The server's id.
    pub uid: MessageId,
    pub conversation: ConversationKey,
    pub sender: Option<HandleKey>,
    /// Who wrote it, as far as known.
    pub sender_name: Option<String>,
    pub sender_id: Option<ProviderId>,
    pub own: bool,
    pub unread: bool,
    pub starred: bool,
    /// Whether to keep it out of the thread.
    pub hidden: bool,
    pub deleted: bool,
    pub edited: bool,
    pub forwarded: bool,
    pub delivered: Option<bool>,
    pub seen: Option<bool>,
    pub event: Option<MessageEvent>,
    pub subject: Option<String>,
    pub text: String,
    pub quote: Option<Quote>,
    pub attachments: Vec<StoredAttachment>,
    pub reactions: Vec<StoredReaction>,
    /// Who has read it, and when as far as known.
    pub readers: Vec<(String, Option<Timestamp>)>,
    pub mail: Option<Box<MailHead>>,
}

/// The entry that another one answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub uid: Option<MessageId>,
    pub by: Option<String>,
    pub text: String,
}

/// What only a mail has.
#[derive(Debug, Clone, PartialEq)]
pub struct MailHead {
    pub message_id: Option<String>,
    pub provider_id: Option<String>,
    pub role: FolderRole,
    pub folders: Vec<String>,
    pub from: Option<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    pub reply_to: Vec<Address>,
    /// How much of it is here.
    pub extent: Extent,
    pub is_complete: Option<bool>,
    /// Number of the answer that brought its text; absent while there is none.
    pub body: Option<i64>,
    pub has_html: bool,
}

/// What of a mail only exports and close looks need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailSource {
    pub html: Option<String>,
    /// `Message-ID` of the mail it answers.
    pub in_reply_to: Option<String>,
    /// Names and values, as far as they were fetched.
    pub headers: Vec<(String, String)>,
}

/// A file or a card of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAttachment {
    pub id: AttachmentId,
    /// Such as `img`, `video`, `audio`, `file`, `linkedin_post`, `video_meeting`.
    pub kind: String,
    pub name: Option<String>,
    pub mime: Option<String>,
    /// In bytes.
    pub size: Option<u64>,
    pub width: Option<u64>,
    pub height: Option<u64>,
    /// In seconds.
    pub duration: Option<f64>,
    /// A sticker, a moving picture or a voice note, after its kind.
    pub variant: bool,
    pub unavailable: bool,
    /// Name by which the body of a mail shows it.
    pub cid: Option<String>,
}

impl StoredAttachment {
    /// Whether it is a picture that can be drawn.
    pub fn is_picture(&self) -> bool {
        match self.mime.as_deref() {
            Some("image/png" | "image/jpeg" | "image/jpg" | "image/gif" | "image/webp") => true,
            Some(mime) if mime.starts_with("image/") => false,
            _ => self.kind == "img",
        }
    }
}

/// A reaction to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReaction {
    pub value: String,
    pub by: Option<String>,
    pub own: bool,
}

/// A person over all networks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPerson {
    pub key: PersonKey,
    pub name: String,
    pub handles: Vec<Handle>,
}

/// A person as one account knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handle {
    pub key: HandleKey,
    pub account: AccountKey,
    /// The server's id; absent for those who are only known from mails.
    pub uid: Option<AttendeeId>,
    /// Whom to name when starting a chat; the address of a mail.
    pub provider_id: ProviderId,
    pub name: String,
    pub public_id: Option<String>,
    pub headline: Option<String>,
    pub is_self: bool,
}

/// A folder or label of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFolder {
    pub key: FolderKey,
    pub account: AccountKey,
    pub uid: String,
    pub name: String,
    pub role: FolderRole,
    pub provider_id: String,
    /// How many mails of it are stored unread.
    pub unread: u64,
}
