//! How attachments are written on the wire; messages and posts share them.

use super::fields::{Decode, Fields, Flaw};
use crate::model::attachment::{Attachment, AttachmentKind, PixelSize};
use crate::model::text::clean;

impl Decode for Attachment {
    const NAME: &'static str = "Attachment";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            kind: kind(f),
            file_size: f.count("file_size"),
            unavailable: f.is("unavailable"),
            mime: f.text("mimetype"),
            url: f.text("url"),
            url_expires_at: f.time("url_expires_at"),
        })
    }
}

fn kind(f: &Fields<'_>) -> AttachmentKind {
    match f.token("type").unwrap_or_default().as_str() {
        "img" => AttachmentKind::Image {
            size: f.one("size"),
            sticker: f.is("sticker"),
        },
        "video" => AttachmentKind::Video {
            size: f.one("size"),
            gif: f.is("gif"),
        },
        "audio" => AttachmentKind::Audio {
            duration: f.number("duration"),
            voice_note: f.is("voice_note"),
        },
        "file" => AttachmentKind::File {
            name: f.text_or_empty("file_name"),
        },
        "linkedin_post" => AttachmentKind::LinkedinPost,
        "video_meeting" => AttachmentKind::VideoMeeting {
            starts_at: f.time("starts_at"),
            expires_at: f.time("expires_at"),
            time_range: f.number("time_range"),
        },
        kind => AttachmentKind::Other {
            kind: clean(kind),
            raw: f.raw(),
        },
    }
}

impl Decode for PixelSize {
    const NAME: &'static str = "PixelSize";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let side = |name| f.count(name).ok_or_else(|| f.flaw(name, "is not a length"));
        Ok(Self {
            width: side("width")?,
            height: side("height")?,
        })
    }
}
