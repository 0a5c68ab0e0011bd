//! Mails as an mbox file, which every mail program reads.
//!
//! Text is base64 or quoted-printable where it has to be, so the file is plain ASCII and no line of a mail can be taken
//! for the beginning of another one. The files that hang on a mail are named; their bytes are at the server.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::cells::one_line;
use super::super::form::WINDOW;
use super::super::span::Walk;
use super::super::{Failure, output, words};
use super::{Scope, each_chat};
use crate::model::email::{Address, Extent};
use crate::model::inbox::{Entry, EntryKey, MailHead, MailSource};
use crate::store::{Store, read};

pub(super) fn write(store: &Store, scope: &Scope) -> Result<(), Failure> {
    if let Scope::Chat(chat) = scope
        && !chat.is_mail
    {
        return Err(Failure::usage(
            "mbox holds mails, and this conversation is a chat. Use --format md or jsonl.",
        ));
    }
    if matches!(scope, Scope::Everything) {
        let mut place = EntryKey(i64::MIN);
        loop {
            let window = store.read_now(|db| read::mails::from(db, place, WINDOW))?;
            let Some(last) = window.last() else {
                return Ok(());
            };
            place = EntryKey(last.key.0.saturating_add(1));
            window.iter().try_for_each(|it| print(store, it))?;
        }
    }
    each_chat(store, scope, |chat| {
        let mut walk = Walk::all(chat.key);
        loop {
            let window = if chat.is_mail {
                walk.step(store)?
            } else {
                Vec::new()
            };
            if window.is_empty() {
                return Ok(());
            }
            window.iter().try_for_each(|it| print(store, it))?;
        }
    })
}

fn print(store: &Store, it: &Entry) -> Result<(), Failure> {
    let Some(head) = &it.mail else { return Ok(()) };
    let source = store.read_now(|db| read::entries::source(db, it.key))?;
    output::raw(mail(it, head, &source).as_bytes())
}

/// One mail, with the line that begins it and the empty line after it.
fn mail(it: &Entry, head: &MailHead, source: &MailSource) -> String {
    let at = it.key.time().to_zoned(jiff::tz::TimeZone::UTC);
    let sender: String = head
        .from
        .iter()
        .flat_map(|it| it.address.chars())
        .filter(char::is_ascii_graphic)
        .collect();
    let sender = if sender.is_empty() {
        "MAILER-DAEMON".to_owned()
    } else {
        sender
    };
    let mut out = format!("From {sender} {}\n", at.strftime("%a %b %e %H:%M:%S %Y"));
    if let Some(from) = &head.from {
        addresses(&mut out, "From", std::slice::from_ref(from));
    }
    addresses(&mut out, "To", &head.to);
    addresses(&mut out, "Cc", &head.cc);
    addresses(&mut out, "Bcc", &head.bcc);
    addresses(&mut out, "Reply-To", &head.reply_to);
    header(
        &mut out,
        "Date",
        &at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string(),
    );
    header(
        &mut out,
        "Subject",
        it.subject.as_deref().unwrap_or_default(),
    );
    header(
        &mut out,
        "Message-ID",
        head.message_id.as_deref().unwrap_or_default(),
    );
    header(
        &mut out,
        "In-Reply-To",
        source.in_reply_to.as_deref().unwrap_or_default(),
    );
    header(&mut out, "Status", if it.unread { "O" } else { "RO" });
    header(&mut out, "X-Status", if it.starred { "F" } else { "" });
    header(&mut out, "X-Unipile-Id", it.uid.as_str());
    header(&mut out, "X-Folders", &head.folders.join(", "));
    for file in &it.attachments {
        header(&mut out, "X-Attachment", &words::attachment(file));
    }
    if head.extent != Extent::Full {
        header(&mut out, "X-Body", "not fetched");
    }
    for (name, value) in &source.headers {
        if is_free(name) {
            header(&mut out, name, value);
        }
    }
    body(&mut out, it.uid.as_str(), &it.text, source.html.as_deref());
    out.push('\n');
    out
}

/// Whether a header of the original is not written anyway, and has a name that headers may have.
fn is_free(name: &str) -> bool {
    const TAKEN: [&str; 12] = [
        "from",
        "to",
        "cc",
        "bcc",
        "reply-to",
        "date",
        "subject",
        "message-id",
        "in-reply-to",
        "status",
        "x-status",
        "mime-version",
    ];
    let lower = name.to_ascii_lowercase();
    !lower.is_empty()
        && lower
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && !lower.starts_with("content-")
        && !lower.starts_with("x-unipile-id")
        && !TAKEN.contains(&lower.as_str())
}

/// Longest line of a header, where it can be.
const LINE: usize = 76;
/// So many bytes of text in one encoded word; it may have 75 characters in all.
const WORD: usize = 42;

/// Writes a header; an empty one is left out. Line breaks in a value can not make another header of it.
fn header(out: &mut String, name: &str, value: &str) {
    let value = one_line(&output::safe(value));
    if !value.is_empty() {
        let parts = if is_plain(&value) {
            value.split(' ').map(str::to_owned).collect()
        } else {
            encoded(&value)
        };
        folded(out, name, &parts);
    }
}

fn addresses(out: &mut String, name: &str, list: &[Address]) {
    let mut parts = Vec::new();
    for (number, it) in list.iter().enumerate() {
        let address: String = output::safe(&it.address)
            .chars()
            .filter(|c| !c.is_whitespace() && !"<>,;".contains(*c))
            .collect();
        let called = one_line(&output::safe(it.name.as_deref().unwrap_or_default()));
        if called.is_empty() {
            parts.push(address);
        } else if is_plain(&called) {
            let quoted = called.replace('\\', "\\\\").replace('"', "\\\"");
            parts.push(format!("\"{quoted}\" <{address}>"));
        } else {
            parts.extend(encoded(&called));
            parts.push(format!("<{address}>"));
        }
        if number + 1 < list.len()
            && let Some(last) = parts.last_mut()
        {
            last.push(',');
        }
    }
    if !parts.is_empty() {
        folded(out, name, &parts);
    }
}

/// Writes parts with spaces between them, in lines that are not too long.
fn folded(out: &mut String, name: &str, parts: &[String]) {
    let _ = write!(out, "{name}:");
    let mut used = name.len() + 1;
    for (number, part) in parts.iter().enumerate() {
        if number > 0 && used + 1 + part.len() > LINE {
            out.push('\n');
            used = 0;
        }
        out.push(' ');
        out.push_str(part);
        used += 1 + part.len();
    }
    out.push('\n');
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~')) && !text.contains("=?")
}

/// Text as encoded words, cut between characters.
fn encoded(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut piece = String::new();
    let word = |piece: &str| format!("=?UTF-8?B?{}?=", STANDARD.encode(piece));
    for c in text.chars() {
        if piece.len() + c.len_utf8() > WORD {
            words.push(word(&piece));
            piece.clear();
        }
        piece.push(c);
    }
    words.push(word(&piece));
    words
}

/// Writes text, and the HTML beside it where there is one.
fn body(out: &mut String, uid: &str, text: &str, html: Option<&str>) {
    out.push_str("MIME-Version: 1.0\n");
    let Some(html) = html else {
        return part(out, "text/plain", text);
    };
    // Encoded text holds no `=_`, so no line of it is the boundary.
    let plain: String = uid
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect();
    let boundary = format!("=_{plain}");
    let _ = write!(
        out,
        "Content-Type: multipart/alternative; boundary=\"{boundary}\"\n\n"
    );
    for (kind, text) in [("text/plain", text), ("text/html", html)] {
        let _ = writeln!(out, "--{boundary}");
        part(out, kind, text);
    }
    let _ = writeln!(out, "--{boundary}--");
}

fn part(out: &mut String, kind: &str, text: &str) {
    let foreign = text.bytes().filter(|b| !b.is_ascii()).count();
    let _ = writeln!(out, "Content-Type: {kind}; charset=utf-8");
    if foreign * 4 > text.len() {
        out.push_str("Content-Transfer-Encoding: base64\n\n");
        let coded = STANDARD.encode(text);
        for line in coded.as_bytes().chunks(LINE) {
            out.push_str(std::str::from_utf8(line).unwrap_or_default());
            out.push('\n');
        }
    } else {
        out.push_str("Content-Transfer-Encoding: quoted-printable\n\n");
        for line in text.split('\n') {
            quoted_printable(out, line);
        }
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
