//! Mails as they go over the wire.

use serde_json::{Value, json};

use crate::demo::areas::words::moment;
use crate::demo::ask::Ask;
use crate::demo::ids::Kind;
use crate::demo::problem::Problem;
use crate::demo::rng::{hash, mix};
use crate::demo::world::World;
use crate::demo::world::mail::{Address, Mail, MailFile, Mailbox};

/// How much of a mail is asked for.
#[derive(Debug, Clone, Copy)]
pub(in crate::demo) struct Detail {
    pub(super) bodies: bool,
    pub(super) headers: bool,
}

impl Detail {
    pub(in crate::demo) fn full() -> Self {
        Self {
            bodies: true,
            headers: false,
        }
    }

    pub(super) fn of(ask: &Ask) -> Result<Self, Problem> {
        let meta = ask.flag("meta_only")?.unwrap_or(false);
        let headers = ask.flag("include_headers")?.unwrap_or(false);
        if meta && headers {
            return Err(Problem::invalid(
                "`include_headers` cannot be used together with `meta_only`.",
            ));
        }
        Ok(Self {
            bodies: !meta,
            headers,
        })
    }
}

/// A mail.
pub(in crate::demo) fn mail(
    world: &World,
    mailbox: &Mailbox,
    n: u32,
    mail: &Mail,
    detail: Detail,
) -> Value {
    let complete = world.now >= mail.complete_at;
    let bodies = detail.bodies && complete;
    let account = world.accounts.get(mailbox.account as usize);
    let role_name = mail
        .folders
        .first()
        .map_or("unknown", |name| role(mailbox, name));
    let ids: Vec<&str> = mail
        .folders
        .iter()
        .filter_map(|name| folder_id(mailbox, name))
        .collect();
    let mut out = json!({
        "object": "Email",
        "id": world.ids().make(Kind::Email, mailbox.account, n),
        "account_id": world.account_id(mailbox.account),
        "kind": if bodies { "2_full" } else { "1_meta" },
        "type": account.map_or("MAIL", |account| account.network.word()),
        "date": moment(mail.at),
        "role": role_name,
        "folders": mail.folders,
        "folderIds": ids,
        "read_date": mail.read_at.map(moment),
        "message_id": mail.message_id,
        "provider_id": provider_id(mail),
        "thread_id": thread_id(mail),
        "from_attendee": person(&mail.from),
        "to_attendees": people(&mail.to),
        "cc_attendees": people(&mail.cc),
        "bcc_attendees": people(&mail.bcc),
        "reply_to_attendees": people(&mail.reply_to),
        "subject": mail.subject.as_deref().unwrap_or_default(),
        "body": if bodies { mail.html.as_str() } else { "" },
        "body_plain": if bodies { mail.plain.as_str() } else { "" },
        "has_attachments": mail.attachments.iter().any(|file| file.cid.is_none()),
        "attachments": if bodies { attachments(world, mailbox.account, n, mail) } else { Vec::new() },
        "origin": if mail.from_here { "unipile" } else { "external" },
        "is_complete": complete,
    });
    let Some(fields) = out.as_object_mut() else {
        return out;
    };
    if detail.headers {
        fields.insert("headers".into(), headers(mail).into());
    }
    if let Some(id) = &mail.tracking_id {
        fields.insert("tracking_id".into(), id.as_str().into());
    }
    if let Some(parent) = &mail.in_reply_to {
        let known = (0_u32..)
            .zip(&mailbox.mails)
            .find(|(_, other)| other.message_id == *parent && !other.gone);
        if let Some((at, _)) = known {
            let id = world.ids().make(Kind::Email, mailbox.account, at);
            fields.insert(
                "in_reply_to".into(),
                json!({"message_id": parent, "id": id}),
            );
        }
    }
    out
}

fn person(address: &Address) -> Value {
    let who = address.address.as_str();
    if address.name.is_empty() {
        return json!({"identifier": who, "identifier_type": "EMAIL_ADDRESS"});
    }
    json!({"display_name": address.name, "identifier": who, "identifier_type": "EMAIL_ADDRESS"})
}

fn people(addresses: &[Address]) -> Vec<Value> {
    addresses.iter().map(person).collect()
}

fn headers(mail: &Mail) -> Vec<Value> {
    let mut all = vec![("Message-ID".to_owned(), mail.message_id.clone())];
    all.extend(
        mail.in_reply_to
            .iter()
            .map(|id| ("In-Reply-To".to_owned(), id.clone())),
    );
    all.extend(
        mail.in_reply_to
            .iter()
            .map(|id| ("References".to_owned(), id.clone())),
    );
    all.extend(
        mail.subject
            .iter()
            .map(|subject| ("Subject".to_owned(), subject.clone())),
    );
    all.extend(mail.headers.iter().cloned());
    all.into_iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect()
}

/// The provider's own name of a mail: on IMAP a JSON text, elsewhere a token.
pub(super) fn provider_id(mail: &Mail) -> String {
    let number = hash(&mail.message_id);
    if mail.folders.iter().any(|name| name.starts_with("INBOX/")) {
        return json!({"message_id": mail.message_id, "uid": number % 100_000}).to_string();
    }
    format!("{number:016x}")
}

/// The id that groups a conversation.
pub(in crate::demo) fn thread_id(mail: &Mail) -> String {
    format!("{:016x}", mix(hash(&mail.thread), 0x7412))
}

/// The role of a folder.
pub(super) fn role<'m>(mailbox: &'m Mailbox, name: &str) -> &'m str {
    let folder = mailbox.folders.iter().find(|folder| folder.name == name);
    folder.map_or("unknown", |folder| folder.role.as_str())
}

fn folder_id<'m>(mailbox: &'m Mailbox, name: &str) -> Option<&'m str> {
    mailbox
        .folders
        .iter()
        .find(|folder| folder.name == name)
        .map(|folder| folder.provider_id.as_str())
}

/// The id of an attachment: not a plain one, so that clients must encode it.
pub(super) fn attachment_id(world: &World, account: u32, n: u32, at: u32) -> String {
    format!("{}:{at}=", world.ids().make(Kind::Attachment, account, n))
}

fn attachments(world: &World, account: u32, n: u32, mail: &Mail) -> Vec<Value> {
    (0_u32..)
        .zip(&mail.attachments)
        .map(|(at, file)| {
            let (size, mime) = about(world, file);
            let extension = file
                .name
                .rsplit_once('.')
                .map_or("", |(_, extension)| extension);
            let mut out = json!({
                "id": attachment_id(world, account, n, at),
                "name": file.name,
                "extension": extension,
                "size": size,
                "mime": mime,
            });
            if let (Some(cid), Some(fields)) = (&file.cid, out.as_object_mut()) {
                fields.insert("cid".into(), cid.as_str().into());
            }
            out
        })
        .collect()
}

/// The size of an attachment and its media type.
fn about(world: &World, file: &MailFile) -> (usize, String) {
    if file.bytes.is_some() || file.text.is_some() {
        let (bytes, mime) = content(world, file);
        return (bytes.len(), mime);
    }
    let about = world.gallery.about(&file.name, None);
    (about.size, about.mime.to_owned())
}

/// The bytes of an attachment and what they are.
pub(super) fn content(world: &World, file: &MailFile) -> (Vec<u8>, String) {
    if let Some(bytes) = &file.bytes {
        return (
            bytes.clone(),
            file.mime
                .clone()
                .unwrap_or_else(|| "application/octet-stream".to_owned()),
        );
    }
    if let Some(text) = &file.text {
        return (
            text.clone().into_bytes(),
            file.mime.clone().unwrap_or_else(|| "text/plain".to_owned()),
        );
    }
    let media = world.gallery.file(&file.name, None);
    (media.bytes.clone(), media.mime.to_owned())
}
