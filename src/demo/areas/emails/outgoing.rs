//! Sending mails and keeping drafts.

use serde_json::{Value, json};

use super::{find, hook, mailbox_of};
use crate::demo::ask::Ask;
use crate::demo::live;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::mix;
use crate::demo::seed::folder_name;
use crate::demo::world::World;
use crate::demo::world::mail::{Address, Mail, MailFile};

/// Headers that may be set besides those that begin with `X-`.
const ALLOWED: &[&str] = &[
    "list-unsubscribe",
    "list-unsubscribe-post",
    "in-reply-to",
    "references",
    "reply-to",
    "importance",
];
const DAY: i64 = 86_400_000;

pub(in crate::demo) fn send(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let place = mailbox_of(world, &ask.need_text("account_id")?)?;
    let key = ask.headers.get("idempotency-key").cloned();
    let print = fingerprint(ask);
    if let Some(known) = key.as_ref().and_then(|key| known(world, key)) {
        let (seen, answer) = known;
        return if seen == print {
            Ok(Reply::created(answer))
        } else {
            Err(
                Problem::new(409, "resource_already_used", "Resource already used")
                    .because("This key was used for another mail."),
            )
        };
    }
    let draft = draft(world, place, ask)?;
    let mut mail = compose(world, place, ask)?;
    if mail
        .to
        .iter()
        .chain(&mail.cc)
        .chain(&mail.bcc)
        .next()
        .is_none()
    {
        return Err(Problem::missing("to"));
    }
    if mail.to.iter().any(|one| one.address.starts_with("nobody@")) {
        return Err(Problem::refused("recipient_rejected", "Recipient rejected"));
    }
    mail.at = world.tick();
    mail.read_at = Some(mail.at);
    mail.from_here = true;
    let number = mix(world.seed, u64::try_from(mail.at).unwrap_or_default());
    mail.tracking_id = Some(format!("{number:016x}"));
    let tracked = ask
        .json_text("tracking_options")?
        .is_some_and(|options| options.get("opens") == Some(&json!(true)));
    let Some(mailbox) = world.mailboxes.get_mut(place) else {
        return Err(Problem::not_found("account"));
    };
    mail.folders = vec![folder_name(mailbox, "sent")];
    let answer = json!({"object": "EmailSent", "tracking_id": mail.tracking_id, "provider_id": super::wire::provider_id(&mail)});
    if let Some(held) = draft.and_then(|at| mailbox.mails.get_mut(at)) {
        held.gone = true;
    }
    mailbox.mails.push(mail);
    let n = mailbox.mails.len() - 1;
    if let Some(key) = key {
        world
            .idempotency
            .push((world.now + DAY, key, print, answer.clone()));
    }
    live::after_mail(world, place, n, tracked);
    hook(world, "mail_sent", place, n);
    Ok(Reply::created(answer))
}

/// What was answered when this key was used before, within a day.
fn known(world: &mut World, key: &str) -> Option<(u64, Value)> {
    let now = world.now;
    world.idempotency.retain(|(until, ..)| *until > now);
    let found = world
        .idempotency
        .iter()
        .find(|(_, known, ..)| known == key)?;
    Some((found.2, found.3.clone()))
}

/// A number that tells one request from another.
fn fingerprint(ask: &Ask) -> u64 {
    use crate::demo::ask::Given;
    use crate::demo::rng::hash;
    match &ask.body {
        Given::Form(parts) => parts.iter().fold(0, |sum, part| {
            let bytes = part
                .bytes
                .iter()
                .fold(0_u64, |sum, byte| mix(sum, u64::from(*byte)));
            mix(mix(sum, hash(&part.name)), bytes)
        }),
        Given::Json(fields) => hash(&Value::Object(fields.clone()).to_string()),
        Given::Nothing => 0,
    }
}

pub(in crate::demo) fn create_draft(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let place = mailbox_of(world, &ask.need_text("account_id")?)?;
    let mut mail = compose(world, place, ask)?;
    mail.at = world.tick();
    mail.read_at = Some(mail.at);
    let id = format!(
        "r-{:016x}",
        mix(
            world.seed ^ 0xd4af,
            u64::try_from(mail.at).unwrap_or_default()
        )
    );
    mail.draft_id = Some(id.clone());
    let Some(mailbox) = world.mailboxes.get_mut(place) else {
        return Err(Problem::not_found("account"));
    };
    mail.folders = vec![folder_name(mailbox, "drafts")];
    mailbox.mails.push(mail);
    Ok(Reply::ok(json!({"object": "DraftCreated", "draft_id": id})))
}

/// The place of the stored draft that a mail is sent from.
fn draft(world: &World, place: usize, ask: &Ask) -> Result<Option<usize>, Problem> {
    let Some(id) = ask.text("draft_id")? else {
        return Ok(None);
    };
    let Some(mailbox) = world.mailboxes.get(place) else {
        return Err(Problem::not_found("draft"));
    };
    let lies_there = |mail: &Mail| {
        let mut roles = mail
            .folders
            .iter()
            .map(|name| super::wire::role(mailbox, name));
        roles.any(|role| role == "drafts")
    };
    // One that was thrown away is none any more.
    let found = mailbox.mails.iter().position(|mail| {
        mail.draft_id.as_deref() == Some(id.as_str()) && !mail.gone && lies_there(mail)
    });
    found.map(Some).ok_or_else(|| Problem::not_found("draft"))
}

/// Reads the form of a mail.
fn compose(world: &World, place: usize, ask: &Ask) -> Result<Mail, Problem> {
    let account = world
        .mailboxes
        .get(place)
        .map_or(0, |mailbox| mailbox.account);
    let login = world
        .accounts
        .get(account as usize)
        .map(|account| account.login.clone())
        .unwrap_or_default();
    let to = addresses(ask, "to")?;
    if ask.field("to").is_none() {
        return Err(Problem::missing("to"));
    }
    let body = ask
        .field("body")
        .and_then(|body| body.as_str().map(str::to_owned))
        .ok_or_else(|| Problem::missing("body"))?;
    let domain = login.split('@').nth(1).unwrap_or("mail.example").to_owned();
    let number = mix(
        world.seed ^ 0x3a11,
        u64::try_from(world.last + 1).unwrap_or_default(),
    );
    let from = from(ask, &login, &domain)?;
    let mut mail = Mail {
        from,
        to,
        cc: addresses(ask, "cc")?,
        bcc: addresses(ask, "bcc")?,
        subject: ask.text("subject")?,
        plain: plain_of(&body),
        html: body,
        message_id: format!("<{number:016x}@{domain}>"),
        thread: format!("sent-{number:016x}"),
        headers: custom_headers(ask)?,
        ..Mail::default()
    };
    if let Some(parent) = ask.text("reply_to")? {
        let id = world.account_id(account);
        let found = find(world, &parent, Some(&id))
            .map_err(|_| Problem::refused("parent_mail_not_found", "Parent mail not found"))?;
        let answered = world
            .mailboxes
            .get(found.0)
            .and_then(|mailbox| mailbox.mails.get(found.1));
        if let Some(answered) = answered {
            mail.in_reply_to = Some(answered.message_id.clone());
            mail.thread.clone_from(&answered.thread);
        }
    }
    mail.attachments = ask
        .files("attachments")
        .into_iter()
        .map(|part| MailFile {
            name: part.file_name.clone().unwrap_or_else(|| "file".to_owned()),
            mime: part.mime.clone(),
            bytes: Some(part.bytes.clone()),
            ..MailFile::default()
        })
        .collect();
    Ok(mail)
}

fn from(ask: &Ask, login: &str, domain: &str) -> Result<Address, Problem> {
    let Some(given) = ask.json_text("from")? else {
        return Ok(Address {
            name: "Ada Martin".to_owned(),
            address: login.to_owned(),
        });
    };
    let alias = one(&given, "from")?;
    // Addresses of the own domain count as aliases that are set up.
    if alias.address.ends_with(&format!("@{domain}")) {
        Ok(alias)
    } else {
        Err(Problem::refused("send_as_denied", "Send as denied"))
    }
}

fn addresses(ask: &Ask, name: &str) -> Result<Vec<Address>, Problem> {
    match ask.json_text(name)? {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => items.iter().map(|item| one(item, name)).collect(),
        Some(_) => Err(Problem::invalid(format!(
            "`{name}` must be an array of addresses."
        ))),
    }
}

fn one(item: &Value, name: &str) -> Result<Address, Problem> {
    let text = |key: &str| {
        item.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let address = text("identifier");
    let (user, host) = address.split_once('@').unwrap_or_default();
    if user.is_empty() || host.is_empty() || address.contains(char::is_whitespace) {
        return Err(Problem::refused("invalid_recipient", "Invalid recipient")
            .because(format!("`{name}` holds no address: `{address}`.")));
    }
    Ok(Address {
        name: text("display_name"),
        address,
    })
}

fn custom_headers(ask: &Ask) -> Result<Vec<(String, String)>, Problem> {
    let Some(Value::Array(items)) = ask.json_text("custom_headers")? else {
        return Ok(Vec::new());
    };
    items
        .iter()
        .map(|item| {
            let text = |key: &str| {
                item.get(key)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            let (name, value) = (text("name"), text("value"));
            let known = name.to_lowercase();
            if known.starts_with("x-") || ALLOWED.contains(&known.as_str()) {
                Ok((name, value))
            } else {
                Err(Problem::new(400, "invalid_headers", "Invalid headers")
                    .because(format!("`{name}` cannot be set.")))
            }
        })
        .collect()
}

/// The text of simple HTML: tags fall away, and so do line breaks that only the source has.
fn plain_of(html: &str) -> String {
    /// A line break that the reader sees.
    const BREAK: char = '\u{1}';
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for c in html
        .replace("<br>", "\u{1}")
        .replace("</p>", "\u{1}\u{1}")
        .chars()
    {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if inside => {}
            BREAK => out.push('\n'),
            '\n' | '\r' if out.ends_with(['\n', ' ']) => {}
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .trim()
        .to_owned()
}
