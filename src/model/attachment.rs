//! What hangs on messages and posts: pictures, films, sounds, files and cards.

use jiff::Timestamp;

use super::id::AttachmentId;

/// A file or a card that hangs on a message or a post.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub kind: AttachmentKind,
    /// In bytes.
    pub file_size: Option<u64>,
    /// Whether it cannot be fetched any more.
    pub unavailable: bool,
    pub mime: Option<String>,
    /// Often internal to the server: fetch the attachment by its id instead.
    pub url: Option<String>,
    pub url_expires_at: Option<Timestamp>,
}

/// A number of bytes, as people say it.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// What an attachment is.
#[derive(Debug, Clone, PartialEq)]
pub enum AttachmentKind {
    Image {
        size: Option<PixelSize>,
        sticker: bool,
    },
    Video {
        size: Option<PixelSize>,
        gif: bool,
    },
    Audio {
        /// In seconds, presumably.
        duration: Option<f64>,
        voice_note: bool,
    },
    File {
        name: String,
    },
    LinkedinPost,
    VideoMeeting {
        starts_at: Option<Timestamp>,
        expires_at: Option<Timestamp>,
        time_range: Option<f64>,
    },
    /// A kind this version does not know, as JSON text.
    Other {
        kind: String,
        raw: String,
    },
}

/// Width and height of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelSize {
    pub width: u64,
    pub height: u64,
}
