//! Makes up the mails that nobody wrote by hand.

use super::mails::{address, domain, folder_name, html_of, sort};
use crate::demo::phrases::MailPart;
use crate::demo::rng::{Rng, hash, mix};
use crate::demo::world::World;
use crate::demo::world::mail::{Address, Mail, MailFile, Mailbox};
use crate::demo::world::person::Person;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Adds mails to the boxes until there are so many.
pub(super) fn mails(world: &mut World, mails: usize) {
    let have: usize = world
        .mailboxes
        .iter()
        .map(|mailbox| mailbox.mails.len())
        .sum();
    let mut rng = Rng::new(mix(world.seed, 0x3a11));
    let mut made = 0;
    let missing = mails.saturating_sub(have);
    let mut mailboxes = std::mem::take(&mut world.mailboxes);
    while made < missing && !mailboxes.is_empty() && !world.phrases.mail.is_empty() {
        let at = if rng.chance(62) {
            0
        } else {
            usize::try_from(rng.below(mailboxes.len() as u64)).unwrap_or(0)
        };
        let Some(mailbox) = mailboxes.get_mut(at) else {
            break;
        };
        made += thread(world, mailbox, made, &mut rng);
    }
    for mailbox in &mut mailboxes {
        sort(mailbox);
    }
    world.mailboxes = mailboxes;
}

/// Adds one generated thread to a box and says how many mails it has.
fn thread(world: &World, mailbox: &mut Mailbox, made: usize, rng: &mut Rng) -> usize {
    let login = world
        .accounts
        .get(mailbox.account as usize)
        .map(|account| account.login.clone());
    let (Some(part), Some(login)) = (rng.pick(&world.phrases.mail), login) else {
        return 1;
    };
    let me = Address {
        name: "Ada Martin".to_owned(),
        address: login,
    };
    let Some(from) = part
        .from
        .as_deref()
        .map(address)
        .or_else(|| writer(world, rng))
    else {
        return 1;
    };
    let key = format!("g{made}-{}", mailbox.account);
    let mut mail = received(world, part, &key, from, &me, rng);
    let age = world.began - mail.at;
    let answered = age > 6 * HOUR && rng.chance(60);
    let answer = part
        .reply
        .as_ref()
        .filter(|_| answered)
        .map(|reply| answer(world, reply, &mail, me, rng));
    mail.folders = mail
        .folders
        .iter()
        .map(|name| folder_name(mailbox, name))
        .collect();
    mailbox.mails.push(mail);
    let count = 1 + usize::from(answer.is_some());
    if let Some(mut answer) = answer {
        answer.folders = vec![folder_name(mailbox, "sent")];
        mailbox.mails.push(answer);
    }
    count
}

fn writer(world: &World, rng: &mut Rng) -> Option<Address> {
    let people: Vec<&Person> = world
        .people
        .iter()
        .skip(1)
        .filter(|person| person.email.is_some())
        .collect();
    let person = rng.pick(&people)?;
    Some(Address {
        name: person.name.clone(),
        address: person.email.clone()?,
    })
}

fn received(
    world: &World,
    part: &MailPart,
    key: &str,
    from: Address,
    me: &Address,
    rng: &mut Rng,
) -> Mail {
    let first = from
        .name
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned();
    let age = rng.span(0, 120) * DAY + rng.span(HOUR, DAY);
    let subject = world.phrases.fill(&part.subject, &first, rng);
    let body = world.phrases.fill(&part.body, "Ada", rng);
    let number = mix(world.seed, hash(key));
    let mut mail = Mail {
        at: world.began - age,
        thread: key.to_owned(),
        folders: vec![folder_of(part, rng)],
        message_id: format!("<{number:016x}@mail.{}>", domain(&from)),
        to: vec![me.clone()],
        from,
        subject: Some(subject),
        html: html_of(&body),
        plain: body,
        ..Mail::default()
    };
    mail.read_at = (age > 3 * DAY || rng.chance(55)).then_some(mail.at + 40 * MINUTE);
    if part.kind == "invoice" || rng.chance(8) {
        mail.attachments.push(MailFile {
            name: format!("{}.pdf", part.kind),
            ..MailFile::default()
        });
    }
    mail
}

fn answer(world: &World, reply: &str, mail: &Mail, me: Address, rng: &mut Rng) -> Mail {
    let first = mail.from.name.split_whitespace().next().unwrap_or_default();
    let body = world.phrases.fill(reply, first, rng);
    Mail {
        at: mail.at + rng.span(20 * MINUTE, 5 * HOUR),
        thread: mail.thread.clone(),
        read_at: Some(mail.at),
        message_id: format!("<{:016x}@{}>", mix(hash(&mail.message_id), 2), domain(&me)),
        from: me,
        to: vec![mail.from.clone()],
        subject: mail
            .subject
            .as_ref()
            .map(|subject| format!("Re: {subject}")),
        html: html_of(&body),
        plain: body,
        in_reply_to: Some(mail.message_id.clone()),
        ..Mail::default()
    }
}

fn folder_of(part: &MailPart, rng: &mut Rng) -> String {
    match part.kind.as_str() {
        "invoice" | "shipping" if rng.chance(50) => "Receipts".to_owned(),
        "alert" if rng.chance(50) => "Alerts".to_owned(),
        "travel" if rng.chance(60) => "Travel".to_owned(),
        "newsletter" if rng.chance(30) => "archive".to_owned(),
        _ if rng.chance(20) => "archive".to_owned(),
        _ => "inbox".to_owned(),
    }
}
