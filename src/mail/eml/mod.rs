//! Mails as files that every mail program reads (RFC 5322, MIME).
//!
//! All of it is plain ASCII in short lines. Text is base64 or quoted-printable, and in the latter no line begins with
//! `From `, so no line of a mail is taken for the beginning of another one and nothing has to be quoted.

mod body;
mod header;

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use crate::model::attachment::size;
use crate::model::email::Extent;
use crate::model::inbox::{Entry, MailHead, MailSource, StoredAttachment};
use body::{Boundaries, Part};
use header::{addresses, header, ids};

/// A mail and all that belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    pub entry: &'a Entry,
    pub head: &'a MailHead,
    pub source: &'a MailSource,
    /// The bytes of its files, in their order; absent where they are not here.
    pub files: &'a [Option<Vec<u8>>],
}

/// A mail as a file of its own.
pub fn eml(mail: &Whole<'_>) -> String {
    written(mail).replace('\n', "\r\n")
}

/// A mail as a part of an mbox file, with the line that begins it and the empty line behind it.
pub fn mbox(mail: &Whole<'_>) -> String {
    let at = mail.entry.key.time().to_zoned(TimeZone::UTC);
    let from = mail.head.from.iter().flat_map(|it| it.address.chars());
    let sender: String = from.filter(char::is_ascii_graphic).collect();
    let sender = if sender.is_empty() {
        "MAILER-DAEMON"
    } else {
        &sender
    };
    let begin = at.strftime("%a %b %e %H:%M:%S %Y");
    format!("From {sender} {begin}\n{}\n", written(mail))
}

fn written(mail: &Whole<'_>) -> String {
    let mut out = String::new();
    head(&mut out, mail);
    out.push_str("MIME-Version: 1.0\n");
    let whole = content(mail);
    whole.write(&mut out, &mut Boundaries::of(mail.entry.uid.as_str()));
    out
}

fn head(out: &mut String, mail: &Whole<'_>) {
    let Whole {
        entry,
        head,
        source,
        ..
    } = mail;
    let at = entry.key.time().to_zoned(TimeZone::UTC);
    addresses(out, "From", head.from.as_slice());
    addresses(out, "To", &head.to);
    addresses(out, "Cc", &head.cc);
    addresses(out, "Bcc", &head.bcc);
    addresses(out, "Reply-To", &head.reply_to);
    let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    header(out, "Date", &date);
    header(out, "Subject", entry.subject.as_deref().unwrap_or_default());
    ids(out, "Message-ID", head.message_id.as_deref());
    ids(out, "In-Reply-To", source.in_reply_to.as_deref());
    let references = source
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("references"))
        .map(|(_, value)| value.as_str());
    ids(
        out,
        "References",
        references.or(source.in_reply_to.as_deref()),
    );
    header(out, "Status", if entry.unread { "O" } else { "RO" });
    header(out, "X-Status", if entry.starred { "F" } else { "" });
    header(out, "X-Unipile-Id", entry.uid.as_str());
    header(out, "X-Folders", &head.folders.join(", "));
    for (at, file) in entry.attachments.iter().enumerate() {
        if bytes(mail, at).is_none() {
            header(out, "X-Attachment", &named(file));
        }
    }
    if head.extent != Extent::Full {
        header(out, "X-Body", "not fetched");
    }
    for (name, value) in &source.headers {
        if is_free(name) {
            header(out, name, value);
        }
    }
}

/// Whether a header of the original is not written anyway, and has a name that headers may have.
fn is_free(name: &str) -> bool {
    const TAKEN: [&str; 16] = [
        "from",
        "to",
        "cc",
        "bcc",
        "reply-to",
        "date",
        "subject",
        "message-id",
        "in-reply-to",
        "references",
        "status",
        "x-status",
        "x-folders",
        "x-attachment",
        "x-body",
        "mime-version",
    ];
    let lower = name.to_ascii_lowercase();
    !lower.is_empty()
        && lower.len() <= 70
        && lower
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && !lower.starts_with("content-")
        && !lower.starts_with("x-unipile-id")
        && !TAKEN.contains(&lower.as_str())
}

/// A file that is not in it, in words.
fn named(file: &StoredAttachment) -> String {
    let mut words = file.name.clone().unwrap_or_default();
    if words.is_empty() {
        words.clone_from(&file.kind);
    }
    if let Some(bytes) = file.size {
        // Writing to a String cannot fail.
        let _ = write!(words, " ({})", size(bytes));
    }
    words
}

fn bytes<'a>(mail: &Whole<'a>, at: usize) -> Option<&'a [u8]> {
    mail.files.get(at)?.as_deref()
}

/// The text, the HTML with its pictures, and the files, as parts in parts.
fn content<'a>(mail: &Whole<'a>) -> Part<'a> {
    let (mut inline, mut files) = (Vec::new(), Vec::new());
    let html = mail.source.html.as_deref();
    for (at, file) in mail.entry.attachments.iter().enumerate() {
        let Some(bytes) = bytes(mail, at) else {
            continue;
        };
        let part = Part::File { file, bytes };
        if html.is_some() && file.cid.is_some() {
            inline.push(part);
        } else {
            files.push(part);
        }
    }
    let text = Part::Text("text/plain", &mail.entry.text);
    let said = match html {
        None => text,
        Some(html) => {
            let mut shown = Part::Text("text/html", html);
            if !inline.is_empty() {
                inline.insert(0, shown);
                shown = Part::Many("related", inline);
            }
            Part::Many("alternative", vec![text, shown])
        }
    };
    if files.is_empty() {
        return said;
    }
    files.insert(0, said);
    Part::Many("mixed", files)
}

#[cfg(test)]
mod tests;
