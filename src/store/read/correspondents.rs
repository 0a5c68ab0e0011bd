//! Whom mails come from and go to: the user's own addresses, and everybody who was written with, those first who are
//! most likely meant.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension as _};

use super::accounts;
use crate::mail::{address, answer, html};
use crate::model::account::Signature;
use crate::model::act::Correspondent;
use crate::model::correspondence::{Book, Circle, Desk, Mailbox};
use crate::model::inbox::StoredAccount;
use crate::store::error::Result;

/// So many of the last sent mails tell which addresses are used.
const SENT: u32 = 400;
/// So many of the last threads of a mailbox tell who is written with most.
const THREADS: u32 = 3000;
/// So many people of a mailbox are known at most.
const PEOPLE: u32 = 20_000;
/// So many threads offer all of their people at once.
const CIRCLES: usize = 300;
/// A thread of more people is a list.
const CROWD: usize = 30;
/// What a thread counts in which the user wrote, compared with one that was only received.
const ANSWERED: f64 = 8.0;
/// After so many threads one counts half as much.
const FADES: f64 = 150.0;
/// Addresses behind which nobody reads.
const NOBODY: &[&str] = &[
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "notification",
    "mailer-daemon",
    "bounce",
];

/// All mailboxes with the addresses they are used with.
pub fn desk(db: &Connection) -> Result<Desk> {
    let mut mailboxes = Vec::new();
    for account in accounts::all(db)?.into_iter().filter(|it| it.has_mail) {
        mailboxes.extend(mailbox(db, account)?);
    }
    Ok(Desk { mailboxes })
}

/// All addresses of the user.
pub fn own_addresses(db: &Connection) -> Result<Vec<String>> {
    Ok(desk(db)?.addresses().map(str::to_owned).collect())
}

fn mailbox(db: &Connection, account: StoredAccount) -> Result<Option<Mailbox>> {
    let valid = |it: &&String| address::flaw(it).is_none();
    let known = [account.identity.as_ref(), Some(&account.name)];
    let known = known.into_iter().flatten().find(valid).cloned();
    let mut used = senders(db, &account)?;
    let own = match known {
        Some(own) => {
            let at = used.iter().position(|it| same(&it.address, &own));
            let name = at.and_then(|at| used.remove(at).name);
            let name = name.or(own_name(db, &account)?);
            Correspondent { name, address: own }
        }
        None if used.is_empty() => return Ok(None),
        None => used.remove(0),
    };
    Ok(Some(Mailbox {
        signatures: signatures(db, &account)?,
        account: account.key,
        id: account.id,
        provider: account.provider,
        own,
        aliases: used,
    }))
}

fn same(one: &str, other: &str) -> bool {
    address::mailbox(one) == address::mailbox(other)
}

/// What the last sent mails say they are from, the latest first.
fn senders(db: &Connection, account: &StoredAccount) -> Result<Vec<Correspondent>> {
    let folders = accounts::folders(db, account.key)?;
    let sent = folders
        .iter()
        .filter(|it| it.role == crate::model::email::FolderRole::Sent);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for folder in sent {
        for name in [
            &folder.uid,
            &folder.provider_id,
            &format!("={}", folder.name),
        ] {
            let mut walk = db.prepare_cached(
                "SELECT sender FROM (SELECT message FROM mail_folders WHERE account = ?1 AND folder = ?2
                                     ORDER BY message DESC LIMIT ?3) sent
                 JOIN mails ON mails.message = sent.message WHERE sender IS NOT NULL
                 ORDER BY sent.message DESC",
            )?;
            let rows =
                walk.query_map((account.key.0, name, SENT), |row| row.get::<_, String>(0))?;
            for row in rows {
                let Some(person) = person(&row?) else {
                    continue;
                };
                if seen.insert(address::mailbox(&person.address)) {
                    found.push(person);
                }
            }
        }
    }
    Ok(found)
}

/// A stored pair of name and address.
fn person(json: &str) -> Option<Correspondent> {
    let (name, address): (Option<String>, String) = serde_json::from_str(json).ok()?;
    let name = name
        .map(|it| it.trim().to_owned())
        .filter(|it| !it.is_empty());
    address::flaw(&address)
        .is_none()
        .then_some(Correspondent { name, address })
}

fn own_name(db: &Connection, account: &StoredAccount) -> Result<Option<String>> {
    Ok(db
        .prepare_cached(
            "SELECT name FROM handles WHERE account = ?1 AND is_self = 1 AND name <> '' LIMIT 1",
        )?
        .query_row([account.key.0], |row| row.get(0))
        .optional()?)
}

fn signatures(db: &Connection, account: &StoredAccount) -> Result<Vec<Signature>> {
    let json: String = db
        .prepare_cached("SELECT signatures FROM accounts WHERE id = ?1")?
        .query_row([account.key.0], |row| row.get(0))?;
    let all: Vec<(String, String)> = serde_json::from_str(&json).unwrap_or_default();
    let plain = all.into_iter().map(|(title, content)| Signature {
        title,
        content: html::letter(&content).plain().trim().to_owned(),
    });
    Ok(plain.filter(|it| !it.content.is_empty()).collect())
}

/// What is known of somebody while the threads are walked.
#[derive(Default)]
struct Known {
    name: Option<String>,
    address: String,
    weight: f64,
}

/// Everybody the user may write a mail to.
pub fn book(db: &Connection) -> Result<Book> {
    let mut known: HashMap<String, Known> = HashMap::new();
    let mut circles: Vec<(i64, Circle)> = Vec::new();
    for account in accounts::all(db)?.into_iter().filter(|it| it.has_mail) {
        walk(db, &account, &mut known, &mut circles)?;
        rest(db, &account, &mut known)?;
    }
    for own in own_addresses(db)? {
        known
            .entry(address::mailbox(&own))
            .or_insert_with(|| Known {
                address: own,
                ..Known::default()
            });
    }
    let mut people: Vec<Known> = known.into_values().collect();
    people.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.address.cmp(&b.address))
    });
    circles.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(Book {
        people: people.into_iter().map(Known::into).collect(),
        circles: distinct(circles.into_iter().map(|it| it.1)),
    })
}

impl From<Known> for Correspondent {
    fn from(it: Known) -> Self {
        Self {
            name: it.name,
            address: it.address,
        }
    }
}

/// Those who are in the last threads; what is in the trash or is spam says nothing.
fn walk(
    db: &Connection,
    account: &StoredAccount,
    known: &mut HashMap<String, Known>,
    circles: &mut Vec<(i64, Circle)>,
) -> Result<()> {
    type Row = (i64, i64, Option<String>, bool);
    let mut threads: Vec<Row> = Vec::new();
    for archived in [0, 1] {
        let mut of_one = db.prepare_cached(
            "SELECT c.id, c.sort, c.subject,
                    EXISTS (SELECT 1 FROM messages m WHERE m.conversation = c.id AND m.own = 1)
             FROM conversations c WHERE c.account = ?1 AND c.archived = ?2 AND c.gone = 0 AND c.is_mail = 1
             ORDER BY c.pinned DESC, c.sort DESC LIMIT ?3",
        )?;
        let rows = of_one.query_map((account.key.0, archived, THREADS), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        threads.extend(rows.collect::<rusqlite::Result<Vec<Row>>>()?);
    }
    threads.sort_by_key(|it| std::cmp::Reverse(it.1));
    let mut members = db.prepare_cached(
        "SELECT h.provider_id, h.name FROM members m JOIN handles h ON h.id = m.handle
         WHERE m.conversation = ?1 AND h.is_self = 0",
    )?;
    let mut faded = 1.0;
    for (key, at, subject, wrote) in threads {
        faded *= 0.5_f64.powf(1.0 / FADES);
        let rows = members.query_map([key], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let people: Vec<(String, String)> = rows.collect::<rusqlite::Result<_>>()?;
        let crowd = if people.len() > CROWD { 0.05 } else { 1.0 };
        let weight = faded * crowd * if wrote { ANSWERED } else { 1.0 };
        for (address, name) in &people {
            count(known, address, name, weight, wrote);
        }
        if (2..=CROWD).contains(&people.len()) {
            circles.extend(circle(subject.as_deref(), people).map(|it| (at, it)));
        }
    }
    Ok(())
}

fn count(known: &mut HashMap<String, Known>, address: &str, name: &str, weight: f64, wrote: bool) {
    if address::flaw(address).is_some() {
        return;
    }
    let nobody = !wrote && NOBODY.iter().any(|it| address.contains(it));
    let it = known.entry(address::mailbox(address)).or_default();
    it.weight += if nobody { weight / 1000.0 } else { weight };
    if it.address.is_empty() {
        address.clone_into(&mut it.address);
    }
    if it.name.is_none() && !name.trim().is_empty() && name != address {
        it.name = Some(name.trim().to_owned());
    }
}

/// Those who are only in older threads, or were written to from elsewhere.
fn rest(
    db: &Connection,
    account: &StoredAccount,
    known: &mut HashMap<String, Known>,
) -> Result<()> {
    let mut all = db.prepare_cached(
        "SELECT provider_id, name FROM handles WHERE account = ?1 AND is_self = 0 LIMIT ?2",
    )?;
    let rows = all.query_map((account.key.0, PEOPLE), |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    for row in rows {
        let (address, name) = row?;
        count(known, &address, &name, 0.0, false);
    }
    Ok(())
}

fn circle(subject: Option<&str>, people: Vec<(String, String)>) -> Option<Circle> {
    let title = answer::bare(subject?);
    let people = people.into_iter().map(|(address, name)| Correspondent {
        name: Some(name.trim().to_owned()).filter(|it| !it.is_empty() && *it != address),
        address,
    });
    let people: Vec<Correspondent> = people
        .filter(|it| address::flaw(&it.address).is_none())
        .filter(|it| !NOBODY.iter().any(|word| it.address.contains(word)))
        .collect();
    (!title.is_empty() && people.len() > 1).then_some(Circle { title, people })
}

/// The same people about the same thing are offered once.
fn distinct(circles: impl Iterator<Item = Circle>) -> Vec<Circle> {
    let mut seen: BTreeSet<(String, Vec<String>)> = BTreeSet::new();
    let mut fresh = |it: &Circle| {
        let mut people: Vec<String> = it
            .people
            .iter()
            .map(|it| it.address.to_lowercase())
            .collect();
        people.sort_unstable();
        seen.insert((it.title.to_lowercase(), people))
    };
    circles.filter(|it| fresh(it)).take(CIRCLES).collect()
}
