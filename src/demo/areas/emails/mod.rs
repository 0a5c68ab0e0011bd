//! Mails: lists, one of them, moving and marking, attachments, folders, the address book.

pub(in crate::demo) mod folders;
mod incoming;
mod outgoing;
mod wire;

pub(in crate::demo) use incoming::{answered, begun_elsewhere, opened, receive, receive_any};
pub(in crate::demo) use outgoing::{create_draft, send};
pub(in crate::demo) use wire::{Detail, mail as wire};

use serde_json::{Value, json};

use crate::demo::ask::Ask;
use crate::demo::ids::Kind;
use crate::demo::page::{Mark, cut};
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::seed::folder_name;
use crate::demo::world::World;
use crate::demo::world::account::Network;
use crate::demo::world::mail::{Address, Mail, Mailbox};

/// The box of an account that is a mail account.
pub(super) fn mailbox_of(world: &World, account: &str) -> Result<usize, Problem> {
    let (at, _) = world.acting_account(account)?;
    world.mailbox_of(at).ok_or_else(|| {
        Problem::new(401, "disconnected_feature", "Disconnected feature")
            .because("This account has no mails.")
    })
}

/// The mails of a box.
fn mails(world: &World, mailbox: usize) -> &[Mail] {
    let mailbox = world.mailboxes.get(mailbox);
    mailbox
        .map(|mailbox| mailbox.mails.as_slice())
        .unwrap_or_default()
}

/// Finds a mail by Unipile id, or by provider id or Message-ID where the account is known.
pub(super) fn find(
    world: &World,
    id: &str,
    account: Option<&str>,
) -> Result<(usize, usize), Problem> {
    let missing = || Problem::not_found("mail");
    let by_id = || {
        let (account, n) = world.ids().read(Kind::Email, id)?;
        Some((world.mailbox_of(account)?, n as usize))
    };
    let (mailbox, n) = match (by_id(), account) {
        (Some(found), _) => found,
        (None, Some(account)) => {
            let at = mailbox_of(world, account)?;
            let n = mails(world, at)
                .iter()
                .position(|mail| mail.message_id == id || wire::provider_id(mail) == id);
            (at, n.ok_or_else(missing)?)
        }
        (None, None) => return Err(missing()),
    };
    let held = world
        .mailboxes
        .get(mailbox)
        .and_then(|mailbox| mailbox.mails.get(n));
    let linked = world
        .mailboxes
        .get(mailbox)
        .and_then(|mailbox| world.accounts.get(mailbox.account as usize));
    let there = held.is_some_and(|mail| !mail.gone) && linked.is_some_and(|account| !account.gone);
    if there {
        Ok((mailbox, n))
    } else {
        Err(missing())
    }
}

fn at(world: &World, (mailbox, n): (usize, usize)) -> Result<(&Mailbox, &Mail), Problem> {
    let held = world
        .mailboxes
        .get(mailbox)
        .and_then(|mailbox| Some((mailbox, mailbox.mails.get(n)?)));
    held.ok_or_else(|| Problem::not_found("mail"))
}

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (first, mark) = Mark::open(ask, "emails")?;
    let limit = first.limit(250, 100)?;
    let place = mailbox_of(world, first.need_query("account_id")?)?;
    let mailbox = world
        .mailboxes
        .get(place)
        .ok_or_else(|| Problem::not_found("account"))?;
    let filter = Filter::read(world, mailbox, &first)?;
    let detail = Detail::of(&first)?;
    let mut found: Vec<((i64, u64), u32)> = (0_u32..)
        .zip(&mailbox.mails)
        .filter(|(_, mail)| filter.keeps(mailbox, mail))
        .map(|(n, mail)| ((mail.at, u64::from(n)), n))
        .filter(|(key, _)| mark.as_ref().is_none_or(|mark| *key < mark.last))
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    let more = found.len() > limit;
    found.truncate(limit);
    let cursor = found
        .last()
        .filter(|_| more)
        .map(|(key, _)| Mark::next(&first, "emails", world.now, *key, limit));
    let items: Vec<Value> = found
        .iter()
        .filter_map(|(_, n)| {
            Some(wire(
                world,
                mailbox,
                *n,
                mailbox.mails.get(*n as usize)?,
                detail,
            ))
        })
        .collect();
    Ok(Reply::ok(
        json!({"object": "EmailList", "items": items, "cursor": cursor}),
    ))
}

/// The filters of a list of mails.
struct Filter {
    folder: Option<String>,
    role: Option<String>,
    from: Option<String>,
    to: Option<String>,
    any: Vec<String>,
    thread: Option<String>,
    message: Option<String>,
    without: Vec<String>,
    before: Option<i64>,
    after: Option<i64>,
}

const ROLES: &[&str] = &[
    "inbox",
    "sent",
    "archive",
    "drafts",
    "trash",
    "spam",
    "all",
    "important",
    "starred",
    "unknown",
];

impl Filter {
    fn read(world: &World, mailbox: &Mailbox, ask: &Ask) -> Result<Self, Problem> {
        let lower = |name: &str| ask.query(name).map(str::to_lowercase);
        let name_of = |word: &str| {
            let id = world
                .ids()
                .read(Kind::Folder, word)
                .map(|(_, n)| n as usize);
            let folder = id.and_then(|n| mailbox.folders.get(n));
            let folder = folder.or_else(|| {
                mailbox
                    .folders
                    .iter()
                    .find(|f| f.provider_id == word || f.name == word)
            });
            folder
                .map(|folder| folder.name.clone())
                .ok_or_else(|| Problem::invalid(format!("`{word}` is no folder here.")))
        };
        let without = ask.names("exclude_folders").unwrap_or_default();
        Ok(Self {
            folder: ask.query("folder").map(name_of).transpose()?,
            role: ask.one_of("role", ROLES)?.map(str::to_owned),
            from: lower("from"),
            to: lower("to"),
            any: ask
                .names("any_email")
                .unwrap_or_default()
                .into_iter()
                .map(str::to_lowercase)
                .collect(),
            thread: ask.query("thread_id").map(str::to_owned),
            message: ask.query("message_id").map(str::to_owned),
            without: without
                .into_iter()
                .filter_map(|word| name_of(word).ok())
                .collect(),
            before: ask.moment("before")?,
            after: ask.moment("after")?,
        })
    }

    fn keeps(&self, mailbox: &Mailbox, mail: &Mail) -> bool {
        let has = |people: &[Address], who: &str| {
            people.iter().any(|one| one.address.to_lowercase() == who)
        };
        let sent_to = |who: &str| has(&mail.to, who) || has(&mail.cc, who) || has(&mail.bcc, who);
        let sent_by = |who: &str| mail.from.address.to_lowercase() == who;
        let in_role = |role: &str| match role {
            "all" => !mail
                .folders
                .iter()
                .any(|name| matches!(wire::role(mailbox, name), "trash" | "spam")),
            role => mail
                .folders
                .iter()
                .any(|name| wire::role(mailbox, name) == role),
        };
        !mail.gone
            && self
                .folder
                .as_ref()
                .is_none_or(|folder| mail.folders.contains(folder))
            && self.role.as_deref().is_none_or(in_role)
            && self.from.as_deref().is_none_or(sent_by)
            && self.to.as_deref().is_none_or(sent_to)
            && (self.any.is_empty() || self.any.iter().any(|who| sent_by(who) || sent_to(who)))
            && self
                .thread
                .as_deref()
                .is_none_or(|thread| wire::thread_id(mail) == thread)
            && self
                .message
                .as_ref()
                .is_none_or(|id| mail.message_id == *id)
            && !self
                .without
                .iter()
                .any(|folder| mail.folders.contains(folder))
            && self.before.is_none_or(|before| mail.at < before)
            && self.after.is_none_or(|after| mail.at > after)
    }
}

pub(in crate::demo) fn get(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let found = find(world, ask.part("email_id"), ask.query("account_id"))?;
    let (mailbox, mail) = at(world, found)?;
    let detail = Detail {
        headers: ask.flag("include_headers")?.unwrap_or(false),
        ..Detail::full()
    };
    let n = u32::try_from(found.1).unwrap_or(u32::MAX);
    Ok(Reply::ok(wire(world, mailbox, n, mail, detail)))
}

/// Moves to the trash, or deletes for good what already lies there.
pub(in crate::demo) fn delete(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (place, n) = find(world, ask.part("email_id"), ask.query("account_id"))?;
    world.version += 1;
    let mailbox = world
        .mailboxes
        .get_mut(place)
        .ok_or_else(|| Problem::not_found("mail"))?;
    let trash = folder_name(mailbox, "trash");
    let mail = mailbox
        .mails
        .get_mut(n)
        .ok_or_else(|| Problem::not_found("mail"))?;
    let object = if mail.folders.contains(&trash) {
        mail.gone = true;
        "EmailDeleted"
    } else {
        mail.folders = vec![trash];
        "EmailTrashed"
    };
    Ok(Reply::ok(json!({"object": object})))
}

pub(in crate::demo) fn update(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (place, n) = find(world, ask.part("email_id"), ask.query("account_id"))?;
    let unread = ask.yes("unread")?;
    let moved = ask.texts("folders");
    if unread.is_none() && moved.is_empty() && ask.field("categories").is_none() {
        return Err(Problem::missing("unread"));
    }
    let now = world.tick();
    let account = world
        .mailboxes
        .get(place)
        .map_or(0, |mailbox| mailbox.account);
    let network = world
        .accounts
        .get(account as usize)
        .map_or(Network::Mail, |account| account.network);
    let mailbox = world
        .mailboxes
        .get_mut(place)
        .ok_or_else(|| Problem::not_found("mail"))?;
    if let Some(unread) = unread {
        if let Some(mail) = mailbox.mails.get_mut(n) {
            mail.read_at = (!unread).then_some(mail.read_at.unwrap_or(now));
        }
        return Ok(Reply::ok(json!({"object": "EmailUpdated"})));
    }
    if moved.is_empty() {
        return Ok(Reply::ok(json!({"object": "EmailUpdated"})));
    }
    if network != Network::Google && moved.len() > 1 {
        return Err(Problem::invalid("Outlook and IMAP take one folder."));
    }
    let known = |word: &String| {
        mailbox
            .folders
            .iter()
            .any(|folder| folder.name.eq_ignore_ascii_case(word) || folder.role == *word)
    };
    if network != Network::Google && !moved.iter().all(known) {
        return Err(Problem::refused("invalid_folder", "Invalid folder"));
    }
    let names: Vec<String> = moved
        .iter()
        .map(|word| folder_name(mailbox, word))
        .collect();
    // Gmail moves the whole conversation; what was sent or is being written keeps its place.
    let thread = mailbox
        .mails
        .get(n)
        .map(|mail| mail.thread.clone())
        .unwrap_or_default();
    let kept = ["drafts", "sent"].map(|role| folder_name(mailbox, role));
    for (at, mail) in mailbox.mails.iter_mut().enumerate() {
        let whole = network == Network::Google
            && mail.thread == thread
            && !kept.iter().any(|name| mail.folders.contains(name));
        if at == n || whole {
            mail.folders.clone_from(&names);
        }
    }
    hook(world, "mail_moved", place, n);
    Ok(Reply::ok(json!({"object": "EmailUpdated"})))
}

pub(in crate::demo) fn attachment(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let found = find(world, ask.part("email_id"), ask.query("account_id"))?;
    let (mailbox, mail) = at(world, found)?;
    let missing = || Problem::not_found("attachment");
    let n = u32::try_from(found.1).unwrap_or(u32::MAX);
    let files = (0_u32..).zip(&mail.attachments);
    let (_, file) = files
        .into_iter()
        .find(|(at, _)| {
            wire::attachment_id(world, mailbox.account, n, *at) == ask.part("attachment_id")
        })
        .ok_or_else(missing)?;
    let (bytes, mime) = wire::content(world, file);
    Ok(Reply::bytes(bytes, mime))
}

/// The address book: people with an address, as Google and Outlook keep them.
pub(in crate::demo) fn contacts(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let id = ask.need_query("account_id")?;
    let network = world.acting_account(id)?.1.network;
    if !matches!(network, Network::Google | Network::Outlook) {
        return Err(Problem::not_offered(
            "Only Google and Outlook have an address book.",
        ));
    }
    let page = cut(ask, "email_contacts", 250, 100, |_| {
        let people = (1_u32..).zip(world.people.iter().skip(1));
        Ok(people
            .filter(|(_, person)| person.email.is_some())
            .map(|(at, _)| at)
            .collect::<Vec<u32>>())
    })?;
    let account = world.account(id)?.0;
    let page = page.map(|at| {
        let person = world.person(at).cloned().unwrap_or_default();
        let mut contact = json!({
            "object": "EmailContact",
            "id": world.attendee_id(account, at),
            "account_id": id,
            "source": "contacts",
            "given_name": person.first(),
            "surname": person.last(),
            "emails": [{"email": person.email, "type": "work"}],
            "phone_numbers": person.whatsapp.iter().map(|number| json!({"number": number, "type": "mobile"})).collect::<Vec<_>>(),
        });
        if let (Some(fields), false) = (contact.as_object_mut(), person.headline.is_empty()) {
            fields.insert("job_title".into(), person.headline.as_str().into());
        }
        contact
    });
    Ok(Reply::ok(page.answer("EmailContactList")))
}

/// Tells the listeners of mails what happened to one.
pub(in crate::demo) fn hook(world: &mut World, event: &'static str, place: usize, n: usize) {
    let Some(mailbox) = world.mailboxes.get(place) else {
        return;
    };
    let Some(mail) = mailbox.mails.get(n) else {
        return;
    };
    let account = mailbox.account;
    let mut payload = wire(
        world,
        mailbox,
        u32::try_from(n).unwrap_or(u32::MAX),
        mail,
        Detail::full(),
    );
    if let Some(fields) = payload.as_object_mut() {
        fields.remove("object");
        let id = fields.remove("id").unwrap_or_default();
        fields.insert("email_id".into(), id);
        fields.insert("event".into(), event.into());
    }
    world.emit("email", event, account, payload);
}
