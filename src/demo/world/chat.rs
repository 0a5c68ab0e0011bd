//! Conversations of the demo world and what is said in them.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

/// A conversation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Chat {
    /// Name used in the texts of the world; empty for generated ones.
    pub(in crate::demo) key: String,
    pub(in crate::demo) account: u32,
    pub(in crate::demo) provider_id: String,
    pub(in crate::demo) shape: Shape,
    pub(in crate::demo) name: Option<String>,
    /// People besides the owner.
    pub(in crate::demo) members: Vec<u32>,
    /// People who wrote here and are no longer members.
    pub(in crate::demo) left: Vec<u32>,
    pub(in crate::demo) unread: u32,
    pub(in crate::demo) archived: bool,
    pub(in crate::demo) pinned: bool,
    pub(in crate::demo) muted: Muted,
    pub(in crate::demo) read_only: u8,
    pub(in crate::demo) disabled: Vec<String>,
    pub(in crate::demo) subject: Option<String>,
    pub(in crate::demo) content_type: Option<String>,
    pub(in crate::demo) organization: bool,
    pub(in crate::demo) label: Option<String>,
    pub(in crate::demo) gone: bool,
    /// Language that generated talk here is in; empty where all is written by hand.
    pub(in crate::demo) lang: String,
    /// Moment of every message, oldest first. Those without an entry in `stored` are made up on demand.
    pub(in crate::demo) times: Vec<i64>,
    pub(in crate::demo) stored: BTreeMap<u32, Message>,
    /// What is still to be said while the world lives: who and what.
    pub(in crate::demo) later: VecDeque<(u32, Message)>,
    pub(in crate::demo) sync_until: Option<i64>,
}

/// Kind of a conversation, numbered as on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) enum Shape {
    #[default]
    Single = 0,
    Group = 1,
    Channel = 2,
}

/// Whether a conversation makes noise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) enum Muted {
    #[default]
    No,
    ForEver,
    Until(i64),
}

/// One message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::demo) struct Message {
    /// Who wrote it; the owner is person 0.
    pub(in crate::demo) from: u32,
    pub(in crate::demo) at: i64,
    pub(in crate::demo) text: Option<String>,
    pub(in crate::demo) subject: Option<String>,
    pub(in crate::demo) attachments: Vec<Attachment>,
    pub(in crate::demo) reactions: Vec<(u32, String)>,
    /// Place of the quoted message in the same chat.
    pub(in crate::demo) quote: Option<u32>,
    /// Place of the message that this is a threaded reply to.
    pub(in crate::demo) parent: Option<u32>,
    pub(in crate::demo) seen: bool,
    pub(in crate::demo) delivered: bool,
    pub(in crate::demo) edited: bool,
    pub(in crate::demo) deleted: bool,
    pub(in crate::demo) hidden: bool,
    pub(in crate::demo) silent: bool,
    pub(in crate::demo) forwarded: bool,
    pub(in crate::demo) event: Option<u8>,
}

impl Message {
    /// Something said by somebody at some time.
    pub(in crate::demo) fn said(from: u32, at: i64, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            from,
            at,
            text: Some(text).filter(|text| !text.is_empty()),
            ..Self::default()
        }
    }
}

/// A file or a shared thing on a message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::demo) struct Attachment {
    pub(in crate::demo) kind: AttachmentKind,
    /// Name of the file, or the title of what is shared.
    pub(in crate::demo) name: String,
    pub(in crate::demo) seconds: Option<u32>,
    pub(in crate::demo) unavailable: bool,
    /// Bytes that somebody sent; those of the world itself are drawn on demand.
    #[serde(with = "bytes_text")]
    pub(in crate::demo) bytes: Option<Vec<u8>>,
    pub(in crate::demo) mime: Option<String>,
}

/// What an attachment is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) enum AttachmentKind {
    Image,
    Sticker,
    Gif,
    Video,
    Voice,
    Audio,
    #[default]
    File,
    Post,
    Meeting,
    /// A kind that no documentation names.
    Odd(String),
}

/// Bytes as base64 text in the saved world.
pub(super) mod bytes_text {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD as STANDARD;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[allow(clippy::ref_option, reason = "serde's `with` gives the signature")]
    pub(in crate::demo::world) fn serialize<S: Serializer>(
        bytes: &Option<Vec<u8>>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        bytes
            .as_ref()
            .map(|bytes| STANDARD.encode(bytes))
            .serialize(out)
    }

    pub(in crate::demo::world) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Vec<u8>>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        Ok(text.and_then(|text| STANDARD.decode(text).ok()))
    }
}
