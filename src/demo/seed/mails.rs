//! Reads the hand-written mails.

use jiff::Timestamp;

use super::BadText;
use super::when::{days_ago, length};
use crate::demo::assets::MAILS;
use crate::demo::media;
use crate::demo::rng::{hash, mix};
use crate::demo::world::World;
use crate::demo::world::account::Network;
use crate::demo::world::mail::{Address, Folder, Mail, MailFile, Mailbox};
use crate::demo::world::person::Person;

type Problem = String;

/// Makes the mailboxes and puts every written mail into them.
pub(super) fn load(world: &mut World) -> Result<(), BadText> {
    world.mailboxes = (0_u32..)
        .zip(&world.accounts)
        .filter(|(_, account)| account.network.is_mail())
        .map(|(at, account)| Mailbox {
            account: at,
            folders: folders(account.network),
            ..Mailbox::default()
        })
        .collect();
    for (file, text) in MAILS {
        let file = format!("mails/{file}");
        for thread in text
            .split("\n=== ")
            .map(|thread| thread.trim_start_matches("=== "))
        {
            let slug = thread.lines().next().unwrap_or_default().trim().to_owned();
            if !slug.is_empty() && !slug.starts_with('#') {
                read_thread(world, &slug, thread)
                    .map_err(|problem| BadText::new(&file, &slug, problem))?;
            }
        }
    }
    Ok(())
}

/// The folders that a provider starts with: name, role, and its own id.
pub(in crate::demo) fn folders(network: Network) -> Vec<Folder> {
    let rows: &[(&str, &str, &str)] = match network {
        Network::Google => &[
            ("INBOX", "inbox", "INBOX"),
            ("SENT", "sent", "SENT"),
            ("ARCHIVE", "archive", "ARCHIVE"),
            ("DRAFT", "drafts", "DRAFT"),
            ("TRASH", "trash", "TRASH"),
            ("SPAM", "spam", "SPAM"),
            ("STARRED", "starred", "STARRED"),
            ("IMPORTANT", "important", "IMPORTANT"),
            ("ALL_MAIL", "all", "ALL_MAIL"),
        ],
        Network::Outlook => &[
            ("Inbox", "inbox", "AAMkAGInbox="),
            ("Sent Items", "sent", "AAMkAGSent="),
            ("Archive", "archive", "AAMkAGArchive="),
            ("Drafts", "drafts", "AAMkAGDrafts="),
            ("Deleted Items", "trash", "AAMkAGTrash="),
            ("Junk Email", "spam", "AAMkAGJunk="),
        ],
        _ => &[
            ("INBOX", "inbox", "INBOX"),
            ("INBOX/Sent", "sent", "INBOX.Sent"),
            ("INBOX/Archive", "archive", "INBOX.Archive"),
            ("INBOX/Drafts", "drafts", "INBOX.Drafts"),
            ("INBOX/Trash", "trash", "INBOX.Trash"),
            ("INBOX/Junk", "spam", "INBOX.Junk"),
        ],
    };
    rows.iter()
        .map(|(name, role, id)| Folder {
            name: (*name).to_owned(),
            role: (*role).to_owned(),
            provider_id: (*id).to_owned(),
        })
        .collect()
}

/// The name of a folder that was given by role or by name; a label that is new is made.
pub(in crate::demo) fn folder_name(mailbox: &mut Mailbox, word: &str) -> String {
    let known = mailbox
        .folders
        .iter()
        .find(|folder| folder.role == word || folder.name.eq_ignore_ascii_case(word));
    if let Some(folder) = known {
        return folder.name.clone();
    }
    let id = format!("Label_{}", hash(word) % 1_000_000);
    mailbox.folders.push(Folder {
        name: word.to_owned(),
        role: "unknown".to_owned(),
        provider_id: id,
    });
    word.to_owned()
}

fn read_thread(world: &mut World, slug: &str, text: &str) -> Result<(), Problem> {
    let mut parts = text.split("\n--- ");
    let head = parts.next().unwrap_or_default();
    let key = head
        .lines()
        .find_map(|line| line.strip_prefix("account:"))
        .ok_or("no header `account`")?
        .trim();
    let account = world
        .account_by_key(key)
        .ok_or_else(|| format!("no account `{key}`"))?;
    let place = world.mailbox_of(account);
    let mut mailbox = place
        .and_then(|at| world.mailboxes.get_mut(at))
        .map(std::mem::take)
        .ok_or("not a mail account")?;
    let mut previous: Option<String> = None;
    let mut result = Ok(());
    for (n, part) in (0_u64..).zip(parts) {
        result = read_mail(world, &mut mailbox, slug, n, part, &mut previous)
            .map_err(|problem| format!("mail {}: {problem}", n + 1));
        if result.is_err() {
            break;
        }
    }
    if let Some(slot) = place.and_then(|at| world.mailboxes.get_mut(at)) {
        *slot = mailbox;
    }
    result
}

fn read_mail(
    world: &World,
    mailbox: &mut Mailbox,
    slug: &str,
    n: u64,
    text: &str,
    previous: &mut Option<String>,
) -> Result<(), Problem> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let stamp = lines.next().unwrap_or_default().trim();
    let later = stamp == "later";
    let login = world
        .accounts
        .get(mailbox.account as usize)
        .map(|account| account.login.clone())
        .unwrap_or_default();
    let at = if later {
        0
    } else {
        moment(world.began, stamp)?
    };
    let mut sheet = Sheet {
        mail: Mail {
            at,
            thread: slug.to_owned(),
            ..Mail::default()
        },
        unread: later,
        ..Sheet::default()
    };
    for line in lines {
        let (name, value) = line
            .split_once(':')
            .ok_or_else(|| format!("`{line}` is no header"))?;
        sheet.header(world, &login, name.trim(), value.trim())?;
    }
    let mut mail = sheet.finish(mailbox, &login, body)?;
    let number = mix(hash(slug), n);
    mail.message_id = format!("<{number:016x}@{}>", domain(&mail.from));
    mail.in_reply_to = previous.replace(mail.message_id.clone());
    if later {
        mailbox.later.push_back(mail);
    } else {
        mailbox.mails.push(mail);
    }
    Ok(())
}

/// The part of an address after the @.
pub(super) fn domain(address: &Address) -> &str {
    address.address.split('@').nth(1).unwrap_or("mail.example")
}

/// A mail while its headers are read.
#[derive(Default)]
struct Sheet {
    mail: Mail,
    unread: bool,
    html: bool,
    folder: Option<String>,
    labels: Vec<String>,
}

impl Sheet {
    /// The mail with its body, in its folders, read or not.
    fn finish(self, mailbox: &mut Mailbox, login: &str, body: &str) -> Result<Mail, Problem> {
        let Self {
            mut mail,
            unread,
            html,
            folder,
            labels,
        } = self;
        if mail.from.address.is_empty() {
            return Err("nobody sent it".to_owned());
        }
        let usual = if mail.from.address == login {
            "sent"
        } else {
            "inbox"
        };
        let folder = folder.unwrap_or_else(|| usual.to_owned());
        let words = std::iter::once(folder).chain(labels);
        mail.folders = words.map(|word| folder_name(mailbox, &word)).collect();
        let body = body.trim_end();
        if html {
            body.clone_into(&mut mail.html);
        } else {
            mail.html = html_of(body);
            body.clone_into(&mut mail.plain);
        }
        mail.read_at = (!unread).then_some(mail.at + 300_000);
        Ok(mail)
    }

    fn header(
        &mut self,
        world: &World,
        login: &str,
        name: &str,
        value: &str,
    ) -> Result<(), Problem> {
        let mail = &mut self.mail;
        let people = || {
            value
                .split(',')
                .map(|one| someone(world, login, one.trim()))
                .collect::<Result<Vec<_>, _>>()
        };
        let names = || value.split(',').map(str::trim);
        match name {
            "from" => mail.from = someone(world, login, value)?,
            "to" => mail.to = people()?,
            "cc" => mail.cc = people()?,
            "bcc" => mail.bcc = people()?,
            "reply_to" => mail.reply_to = people()?,
            "subject" => mail.subject = Some(value.to_owned()).filter(|text| !text.is_empty()),
            "folder" => self.folder = Some(value.to_owned()),
            "unread" => self.unread = value == "yes",
            "starred" => self
                .labels
                .extend((value == "yes").then_some("STARRED".to_owned())),
            "attach" => mail
                .attachments
                .extend(names().map(|name| file(name, None))),
            "inline" => mail
                .attachments
                .extend(names().map(|name| file(name, Some(name.to_owned())))),
            "invite" => {
                let invitation = invitation(world, value, mail, login);
                mail.attachments.push(invitation);
            }
            "html" => self.html = value == "yes",
            "headers" => mail.headers.extend(
                value
                    .split(" | ")
                    .filter_map(|pair| pair.split_once(':'))
                    .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())),
            ),
            other => return Err(format!("no header `{other}`")),
        }
        Ok(())
    }
}

fn moment(began: i64, stamp: &str) -> Result<i64, Problem> {
    let at = if let Some(ago) = stamp.strip_prefix("now ") {
        length(ago.trim()).map(|ago| began - ago)
    } else {
        stamp
            .split_once(" days ago ")
            .or_else(|| stamp.split_once(" day ago "))
            .and_then(|(days, clock)| days_ago(began, days.trim().parse().ok()?, clock.trim()))
    };
    at.ok_or_else(|| format!("`{stamp}` is no time"))
}

fn someone(world: &World, login: &str, text: &str) -> Result<Address, Problem> {
    if text == "me" {
        return Ok(Address {
            name: "Ada Martin".to_owned(),
            address: login.to_owned(),
        });
    }
    if text.contains('@') {
        return Ok(address(text));
    }
    let person = world
        .person_by_key(text)
        .and_then(|at| world.person(at))
        .ok_or_else(|| format!("nobody is called `{text}`"))?;
    let address = person
        .email
        .clone()
        .ok_or_else(|| format!("`{text}` has no address"))?;
    Ok(Address {
        name: person.name.clone(),
        address,
    })
}

/// Reads `Name <address>` or a bare address.
pub(in crate::demo) fn address(text: &str) -> Address {
    match text.split_once('<') {
        Some((name, rest)) => Address {
            name: name.trim().trim_matches('"').to_owned(),
            address: rest.trim_end_matches('>').trim().to_owned(),
        },
        None => Address {
            name: String::new(),
            address: text.trim().to_owned(),
        },
    }
}

fn file(name: &str, cid: Option<String>) -> MailFile {
    MailFile {
        name: name.to_owned(),
        cid,
        ..MailFile::default()
    }
}

fn invitation(world: &World, title: &str, mail: &Mail, login: &str) -> MailFile {
    let day = 86_400_000;
    let start = (mail.at.max(world.began - day) / day + 2) * day + 9 * 3_600_000;
    let moment = |at: i64| Timestamp::from_millisecond(at).unwrap_or_default();
    let guests = [login.to_owned()];
    let text = media::ics(
        title,
        moment(start),
        moment(start + 2_700_000),
        &mail.from.address,
        &guests,
    );
    MailFile {
        name: "invite.ics".to_owned(),
        cid: None,
        mime: Some("text/calendar".to_owned()),
        text: Some(text),
        bytes: None,
    }
}

/// Plain text as the simple HTML that mail programs send.
pub(in crate::demo) fn html_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    out.push_str("<div dir=\"auto\">");
    let mut depth = 0;
    for line in text.lines() {
        let marks = line
            .chars()
            .take_while(|c| matches!(c, '>' | ' '))
            .filter(|c| *c == '>')
            .count();
        while depth < marks {
            out.push_str("<blockquote>");
            depth += 1;
        }
        while depth > marks {
            out.push_str("</blockquote>");
            depth -= 1;
        }
        let rest = if marks > 0 {
            line.trim_start_matches(['>', ' '])
        } else {
            line
        };
        out.push_str(&escape(rest));
        out.push_str("<br>\n");
    }
    out.push_str(&"</blockquote>".repeat(depth));
    out.push_str("</div>");
    out
}

/// Text as HTML.
pub(in crate::demo) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Puts the mails of a box into the order of time. Only while the world is made: afterwards numbers stay.
pub(super) fn sort(mailbox: &mut Mailbox) {
    mailbox.mails.sort_by_key(|mail| mail.at);
}

/// The person with an address, if the world knows one.
pub(in crate::demo) fn by_address<'w>(world: &'w World, address: &str) -> Option<&'w Person> {
    world
        .people
        .iter()
        .find(|person| person.email.as_deref() == Some(address))
}
