//! Bodies: parts in parts, and how their bytes are written.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::header::{LINE, parameter};
use crate::model::inbox::StoredAttachment;

/// A part of a mail.
pub(super) enum Part<'a> {
    /// Text and its media type.
    Text(&'static str, &'a str),
    File {
        file: &'a StoredAttachment,
        bytes: &'a [u8],
    },
    /// Several parts, and what they are to each other.
    Many(&'static str, Vec<Part<'a>>),
}

/// Makes up the lines that stand between parts. Encoded text holds no `=_`, so no line of it is one of them.
pub(super) struct Boundaries {
    id: String,
    next: u32,
}

impl Boundaries {
    pub(super) fn of(uid: &str) -> Self {
        let plain = uid.chars().filter(char::is_ascii_alphanumeric);
        Self {
            id: plain.take(40).collect(),
            next: 0,
        }
    }

    fn make(&mut self) -> String {
        self.next += 1;
        format!("=_{}_{}", self.next, self.id)
    }
}

impl Part<'_> {
    /// Writes its headers, an empty line and what is in it.
    pub(super) fn write(&self, out: &mut String, boundaries: &mut Boundaries) {
        match self {
            Self::Text(kind, text) => write_text(out, kind, text),
            Self::File { file, bytes } => write_file(out, file, bytes),
            Self::Many(kind, parts) => {
                let boundary = boundaries.make();
                let _ = write!(
                    out,
                    "Content-Type: multipart/{kind};\n boundary=\"{boundary}\"\n\n"
                );
                for part in parts {
                    let _ = writeln!(out, "--{boundary}");
                    part.write(out, boundaries);
                }
                let _ = writeln!(out, "--{boundary}--");
            }
        }
    }
}

fn write_file(out: &mut String, file: &StoredAttachment, bytes: &[u8]) {
    let name = file.name.as_deref().filter(|name| !name.is_empty());
    let _ = write!(out, "Content-Type: {}", kind(file.mime.as_deref()));
    if let Some(name) = name {
        parameter(out, "name", name);
    }
    let place = match file.cid {
        Some(_) => "inline",
        None => "attachment",
    };
    let _ = write!(out, "\nContent-Disposition: {place}");
    if let Some(name) = name {
        parameter(out, "filename", name);
    }
    out.push('\n');
    if let Some(cid) = &file.cid {
        let cid = cid.trim_start_matches('<').trim_end_matches('>').chars();
        let cid: String = cid
            .filter(|c| c.is_ascii_graphic() && !"<>".contains(*c))
            .take(200)
            .collect();
        let _ = writeln!(out, "Content-ID: <{cid}>");
    }
    out.push_str("Content-Transfer-Encoding: base64\n\n");
    base64(out, bytes);
}

/// A media type that is nothing but one; mails in mails are left closed, since they may not be encoded.
fn kind(mime: Option<&str>) -> String {
    let plain = mime.unwrap_or_default().split(';').next();
    let plain = plain.unwrap_or_default().trim().to_ascii_lowercase();
    let is_name = |part: &str| {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"-.+_".contains(&b);
        !part.is_empty() && part.len() <= 60 && part.bytes().all(fits)
    };
    match plain.split_once('/') {
        Some(("message" | "multipart", _)) => {}
        Some((kind, more)) if is_name(kind) && is_name(more) => return plain,
        _ => {}
    }
    "application/octet-stream".to_owned()
}

fn write_text(out: &mut String, kind: &str, text: &str) {
    let foreign = text.bytes().filter(|b| !b.is_ascii()).count();
    let _ = writeln!(out, "Content-Type: {kind}; charset=utf-8");
    if foreign * 4 > text.len() {
        out.push_str("Content-Transfer-Encoding: base64\n\n");
        base64(out, text.as_bytes());
    } else {
        out.push_str("Content-Transfer-Encoding: quoted-printable\n\n");
        for line in text.split('\n') {
            quoted_printable(out, line);
        }
    }
}

fn base64(out: &mut String, bytes: &[u8]) {
    // Three bytes are four letters, so that each line can be written for itself.
    for line in bytes.chunks(LINE / 4 * 3) {
        STANDARD.encode_string(line, out);
        out.push('\n');
    }
}

/// Writes a line of text as quoted-printable.
fn quoted_printable(out: &mut String, line: &str) {
    let line = line.strip_suffix('\r').unwrap_or(line);
    let mut used = 0;
    let mut bytes = line.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let ends = bytes.peek().is_none();
        let plain =
            matches!(byte, b'!'..=b'<' | b'>'..=b'~') || matches!(byte, b' ' | b'\t') && !ends;
        // Leaves room for the longest form and the sign that the line goes on.
        if used + 3 >= LINE {
            out.push_str("=\n");
            used = 0;
        }
        // A line of only a dot and one that begins with `From ` mean something to some programs.
        if plain && !(used == 0 && matches!(byte, b'.' | b'F')) {
            out.push(char::from(byte));
            used += 1;
        } else {
            let _ = write!(out, "={byte:02X}");
            used += 3;
        }
    }
    out.push('\n');
}
