//! Mails that come in while the world lives.

use serde_json::json;

use super::hook;
use crate::demo::areas::words::moment;
use crate::demo::ids::Kind;
use crate::demo::rng::{Rng, hash, mix};
use crate::demo::seed::{address, by_address, folder_name, html_of};
use crate::demo::world::World;
use crate::demo::world::mail::{Address, Mail};

/// For so long the server says that it still fetches parts of a mail that just came in.
const FETCHING: i64 = 1_500;

/// A mail comes in.
pub(in crate::demo) fn receive(world: &mut World, place: usize, mut mail: Mail) {
    mail.at = world.tick();
    mail.complete_at = mail.at + FETCHING;
    mail.read_at = None;
    let Some(mailbox) = world.mailboxes.get_mut(place) else {
        return;
    };
    if mail.folders.is_empty() {
        mail.folders = vec![folder_name(mailbox, "inbox")];
    }
    mailbox.mails.push(mail);
    let n = mailbox.mails.len() - 1;
    hook(world, "mail_received", place, n);
}

/// Some mail comes in, made from the parts.
pub(in crate::demo) fn receive_any(world: &mut World, place: usize, dice: &mut Rng) {
    let Some(part) = dice.pick(&world.phrases.mail) else {
        return;
    };
    let Some(from) = part
        .from
        .as_deref()
        .map(address)
        .or_else(|| writer(world, dice))
    else {
        return;
    };
    let Some(me) = owner(world, place) else {
        return;
    };
    let body = world.phrases.fill(&part.body, "Ada", dice);
    let number = mix(world.seed, u64::try_from(world.last).unwrap_or_default());
    let mail = Mail {
        thread: format!("live-{number:016x}"),
        message_id: message_id(number, &from),
        subject: Some(world.phrases.fill(&part.subject, "Ada", dice)),
        from,
        to: vec![me],
        html: html_of(&body),
        plain: body,
        ..Mail::default()
    };
    receive(world, place, mail);
}

/// The owner begins an answer on the phone, and does not finish it.
pub(in crate::demo) fn begun_elsewhere(world: &mut World, place: usize, dice: &mut Rng) {
    let answers: Vec<_> = world
        .phrases
        .mail
        .iter()
        .filter_map(|part| Some((part.subject.as_str(), part.reply.as_deref()?)))
        .collect();
    let Some((subject, words)) = dice.pick(&answers).copied() else {
        return;
    };
    let (Some(me), Some(to)) = (owner(world, place), writer(world, dice)) else {
        return;
    };
    let first = to.name.split_whitespace().next().unwrap_or_default();
    let whole = world.phrases.fill(words, first, dice);
    let half = whole.chars().count() / 2;
    let begun: String = whole.chars().take(half).collect();
    let subject = format!("Re: {}", world.phrases.fill(subject, first, dice));
    let at = world.tick();
    let number = mix(world.seed ^ 0xd4af, u64::try_from(at).unwrap_or_default());
    let Some(mailbox) = world.mailboxes.get_mut(place) else {
        return;
    };
    let draft = Mail {
        at,
        read_at: Some(at),
        thread: format!("begun-{number:016x}"),
        message_id: message_id(number, &me),
        folders: vec![folder_name(mailbox, "drafts")],
        subject: Some(subject),
        from: me,
        to: vec![to],
        html: html_of(&begun),
        plain: begun,
        draft_id: Some(format!("r-{number:016x}")),
        ..Mail::default()
    };
    mailbox.mails.push(draft);
}

/// The first reader of a mail of the owner answers it.
pub(in crate::demo) fn answered(world: &mut World, place: usize, n: usize, dice: &mut Rng) {
    let Some(mail) = world
        .mailboxes
        .get(place)
        .and_then(|mailbox| mailbox.mails.get(n))
        .filter(|mail| !mail.gone)
        .cloned()
    else {
        return;
    };
    let Some(me) = owner(world, place) else {
        return;
    };
    let Some(from) = mail
        .to
        .first()
        .filter(|one| one.address != me.address)
        .cloned()
    else {
        return;
    };
    let lang = by_address(world, &from.address).and_then(|person| person.languages.first());
    let lang = lang
        .and_then(|name| {
            crate::demo::seed::LANGUAGES
                .iter()
                .find(|(known, _)| known == name)
        })
        .map_or("en", |(_, code)| code);
    let words = world.phrases.ack(lang, dice);
    let subject = mail.subject.clone().unwrap_or_default();
    let subject = if subject.to_lowercase().starts_with("re:") {
        subject
    } else {
        format!("Re: {subject}")
    };
    let first = from.name.split_whitespace().next().unwrap_or_default();
    let quote: Vec<String> = mail.plain.lines().map(|line| format!("> {line}")).collect();
    let quote = quote.join("\n");
    let body = format!(
        "{words}\n\n{first}\n\nOn {}, Ada Martin wrote:\n{quote}",
        moment(mail.at).get(..10).unwrap_or_default()
    );
    let number = mix(hash(&mail.message_id), 2);
    let answer = Mail {
        thread: mail.thread.clone(),
        message_id: message_id(number, &from),
        in_reply_to: Some(mail.message_id.clone()),
        subject: Some(subject),
        from,
        to: vec![me],
        html: html_of(&body),
        plain: body,
        ..Mail::default()
    };
    receive(world, place, answer);
}

/// The reader of a tracked mail opens it.
pub(in crate::demo) fn opened(world: &mut World, place: usize, n: usize) {
    let Some(mailbox) = world.mailboxes.get(place) else {
        return;
    };
    let Some(mail) = mailbox.mails.get(n) else {
        return;
    };
    let account = mailbox.account;
    let number = u32::try_from(n).unwrap_or(u32::MAX);
    let payload = json!({
        "event": "mail_opened",
        "event_id": world.ids().make(Kind::Other, account, number),
        "tracking_id": mail.tracking_id.as_deref().unwrap_or_default(),
        "type": "mail_opened",
        "date": moment(world.now),
        "email_id": world.ids().make(Kind::Email, account, number),
        "account_id": world.account_id(account),
        "ip": "198.51.100.7",
        "user_agent": "Mozilla/5.0 (a mail program)",
        "label": null,
        "custom_domain": null,
    });
    world.emit("email_tracking", "mail_opened", account, payload);
}

fn owner(world: &World, place: usize) -> Option<Address> {
    let mailbox = world.mailboxes.get(place)?;
    let account = world.accounts.get(mailbox.account as usize)?;
    Some(Address {
        name: "Ada Martin".to_owned(),
        address: account.login.clone(),
    })
}

fn writer(world: &World, dice: &mut Rng) -> Option<Address> {
    let people: Vec<_> = world
        .people
        .iter()
        .skip(1)
        .filter(|person| person.email.is_some())
        .collect();
    let person = dice.pick(&people)?;
    Some(Address {
        name: person.name.clone(),
        address: person.email.clone()?,
    })
}

fn message_id(number: u64, from: &Address) -> String {
    format!(
        "<{number:016x}@{}>",
        from.address.split('@').nth(1).unwrap_or("mail.example")
    )
}
