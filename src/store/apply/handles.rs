//! People, and their handles on each network. Two handles with the same mail address, phone number or public name on
//! one network are one person.

use rusqlite::OptionalExtension as _;

use super::index;
use super::{Applied, Stamp, UNSEEN, rows};
use crate::model::account::Provider;
use crate::model::email::Contact;
use crate::model::inbox::{AccountKey, HandleKey, PersonKey};
use crate::model::person::{Attendee, Specifics};
use crate::model::words::Spelled as _;
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

/// Writes a page of people.
pub fn attendees(tx: &Tx<'_>, page: &[Attendee], stamp: Stamp) -> Result<Applied> {
    let mut applied = Applied::default();
    for attendee in page {
        let account = rows::account(tx, attendee.account_id.as_str())?;
        attendee_row(tx, account, attendee, stamp, &mut applied)?;
    }
    Ok(applied)
}

/// Writes one person, and gives back the handle.
pub(super) fn attendee_row(
    tx: &Tx<'_>,
    account: AccountKey,
    attendee: &Attendee,
    stamp: Stamp,
    applied: &mut Applied,
) -> Result<HandleKey> {
    let handle = mention(tx, account, attendee.provider_id.as_str())?;
    let headline = match &attendee.specifics {
        Some(Specifics::Linkedin(person)) => person
            .headline
            .clone()
            .or_else(|| person.occupation.clone()),
        _ => None,
    };
    // The stamp of somebody who was only named in mails is a time, and no number of a request.
    let (old_name, old_stamp): (String, i64) = tx
        .prepare_cached("SELECT name, iif(uid IS NULL, -1, stamp) FROM handles WHERE id = ?1")?
        .query_row([handle.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if old_stamp > stamp.0 {
        return Ok(handle);
    }
    let changed = tx
        .prepare_cached(
            "UPDATE handles SET uid = ?2, name = ?3, is_self = max(is_self, ?4), public_id = ?5, profile_url = ?6,
                    picture_url = ?7, headline = ?8
             WHERE id = ?1 AND (uid, name, is_self, public_id, profile_url, picture_url, headline)
                   IS NOT (?2, ?3, max(is_self, ?4), ?5, ?6, ?7, ?8)",
        )?
        .execute((
            handle.0,
            attendee.id.as_str(),
            &attendee.name,
            attendee.is_self,
            &attendee.public_identifier,
            &attendee.profile_url,
            &attendee.picture_url,
            headline,
        ))?;
    tx.prepare_cached("UPDATE handles SET stamp = ?2 WHERE id = ?1")?
        .execute((handle.0, stamp.0))?;
    if changed > 0 || old_stamp < 0 {
        person(tx, account, handle)?;
        if old_name != attendee.name {
            rename(tx, handle)?;
        }
        tx.changed(Change::People);
    }
    if old_stamp < 0 {
        applied.new += 1;
    } else {
        applied.changed += changed;
    }
    Ok(handle)
}

/// The handle of somebody who was mentioned; a placeholder when nothing more is known.
pub(super) fn mention(tx: &Tx<'_>, account: AccountKey, provider_id: &str) -> Result<HandleKey> {
    let found = tx
        .prepare_cached("SELECT id FROM handles WHERE account = ?1 AND provider_id = ?2")?
        .query_row((account.0, provider_id), |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(HandleKey(id));
    }
    let key = match provider_id.split_once('@') {
        Some(_) => person_key(&Provider::Imap, provider_id, None),
        None => None,
    };
    let person = person_row(
        tx,
        &key.unwrap_or_else(|| format!("{}/{provider_id}", account.0)),
        "",
    )?;
    tx.prepare_cached(
        "INSERT INTO handles (account, provider_id, person, name, stamp) VALUES (?1, ?2, ?3, '', ?4)",
    )?
    .execute((account.0, provider_id, person.0, UNSEEN.0))?;
    Ok(HandleKey(tx.last_insert_rowid()))
}

/// Somebody named in a mail: the latest name they gave themselves stays.
pub(super) fn correspondent(
    tx: &Tx<'_>,
    account: AccountKey,
    address: &str,
    name: Option<&str>,
    at: i64,
) -> Result<HandleKey> {
    let address = address.to_lowercase();
    let handle = mention(tx, account, &address)?;
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok(handle);
    };
    // The stamp of a correspondent is the time of the mail that named them.
    let changed = tx
        .prepare_cached(
            "UPDATE handles SET name = ?2, stamp = ?3
             WHERE id = ?1 AND uid IS NULL AND (stamp < ?3 OR (stamp = ?3 AND name < ?2)) AND name IS NOT ?2",
        )?
        .execute((handle.0, name, at.max(0)))?;
    if changed > 0 {
        rename(tx, handle)?;
        tx.changed(Change::People);
    } else {
        tx.prepare_cached("UPDATE handles SET stamp = ?2 WHERE id = ?1 AND uid IS NULL AND stamp < ?2 AND name IS ?3")?
            .execute((handle.0, at.max(0), name))?;
    }
    Ok(handle)
}

/// Writes a page of an address book. What somebody calls themselves in a mail stays.
pub fn contacts(tx: &Tx<'_>, account: AccountKey, page: &[Contact]) -> Result<Applied> {
    let mut applied = Applied::default();
    for contact in page {
        let name = contact_name(contact);
        for point in &contact.emails {
            let address = point.value.trim();
            if address.contains('@') {
                // As long ago as can be: every mail knows better.
                correspondent(tx, account, address, name.as_deref(), 0)?;
                applied.new += 1;
            }
        }
    }
    Ok(applied)
}

/// What an address book calls somebody.
fn contact_name(contact: &Contact) -> Option<String> {
    let parts = [&contact.given_name, &contact.middle_name, &contact.surname];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    let others = [&contact.nickname, &contact.company_name];
    let other = || {
        others
            .into_iter()
            .flatten()
            .find(|it| !it.trim().is_empty())
    };
    if parts.is_empty() {
        other().cloned()
    } else {
        Some(parts.join(" "))
    }
}

/// What makes a handle the same person as another one; `None` when nothing does.
fn person_key(provider: &Provider, provider_id: &str, public_id: Option<&str>) -> Option<String> {
    match provider {
        Provider::Whatsapp | Provider::Mobile => {
            let number: String = provider_id
                .split('@')
                .next()
                .unwrap_or_default()
                .chars()
                .filter(char::is_ascii_digit)
                .collect();
            (number.len() >= 6).then(|| format!("phone:{number}"))
        }
        Provider::Imap
        | Provider::Google
        | Provider::Outlook
        | Provider::Icloud
        | Provider::Exchange => match provider_id.rsplit_once('@') {
            Some((_, "s.whatsapp.net" | "g.us" | "lid")) => {
                person_key(&Provider::Whatsapp, provider_id, None)
            }
            Some(_) => Some(format!("mail:{}", provider_id.to_lowercase())),
            None => None,
        },
        other => public_id
            .filter(|id| !id.is_empty())
            .map(|id| format!("{}:{}", other.to_word(), id.to_lowercase())),
    }
}

/// Moves a handle to the person its key names.
fn person(tx: &Tx<'_>, account: AccountKey, handle: HandleKey) -> Result<()> {
    let (provider, provider_id, public_id, name, old): (
        String,
        String,
        Option<String>,
        String,
        i64,
    ) = tx
        .prepare_cached(
            "SELECT a.provider, h.provider_id, h.public_id, h.name, h.person
             FROM handles h JOIN accounts a ON a.id = h.account WHERE h.id = ?1",
        )?
        .query_row([handle.0], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })?;
    let provider = Provider::from_word(&provider);
    let mail = provider_id
        .contains('@')
        .then(|| person_key(&Provider::Imap, &provider_id, None));
    let key = mail
        .flatten()
        .or_else(|| person_key(&provider, &provider_id, public_id.as_deref()))
        .unwrap_or_else(|| format!("{}/{provider_id}", account.0));
    let new = person_row(tx, &key, &name)?;
    if new.0 != old {
        tx.execute(
            "UPDATE handles SET person = ?2 WHERE id = ?1",
            (handle.0, new.0),
        )?;
        forget_if_unused(tx, PersonKey(old))?;
        name_person(tx, new)?;
    }
    Ok(())
}

/// Finds out anew which person each handle of an account is.
pub(super) fn regroup(tx: &Tx<'_>, account: AccountKey) -> Result<()> {
    let handles: Vec<i64> = tx
        .prepare_cached("SELECT id FROM handles WHERE account = ?1")?
        .query_map([account.0], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for handle in handles {
        person(tx, account, HandleKey(handle))?;
    }
    Ok(())
}

fn person_row(tx: &Tx<'_>, key: &str, name: &str) -> Result<PersonKey> {
    let found = tx
        .prepare_cached("SELECT id FROM people WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(PersonKey(id));
    }
    tx.prepare_cached("INSERT INTO people (key, name) VALUES (?1, ?2)")?
        .execute((key, name))?;
    let person = PersonKey(tx.last_insert_rowid());
    index::person(tx, person, name)?;
    Ok(person)
}

fn forget_if_unused(tx: &Tx<'_>, person: PersonKey) -> Result<()> {
    let gone = tx
        .prepare_cached(
            "DELETE FROM people WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM handles WHERE person = ?1)",
        )?
        .execute([person.0])?;
    if gone > 0 {
        return index::forget_person(tx, person);
    }
    name_person(tx, person)
}

/// Takes a new name of a handle to everything that shows it.
fn rename(tx: &Tx<'_>, handle: HandleKey) -> Result<()> {
    let person = tx
        .prepare_cached("SELECT person FROM handles WHERE id = ?1")?
        .query_row([handle.0], |row| row.get(0).map(PersonKey))?;
    name_person(tx, person)?;
    let mut titled = tx.prepare_cached(
        "SELECT conversation FROM members WHERE handle = ?1
         UNION SELECT id FROM conversations WHERE account = (SELECT account FROM handles WHERE id = ?1)
           AND other = (SELECT provider_id FROM handles WHERE id = ?1)",
    )?;
    let touched: Vec<i64> = titled
        .query_map([handle.0], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for conversation in touched {
        super::refresh(tx, crate::model::inbox::ConversationKey(conversation))?;
    }
    Ok(())
}

/// A person is called by the longest of their names, which tells most; the first in the alphabet among equals.
fn name_person(tx: &Tx<'_>, person: PersonKey) -> Result<()> {
    let name: Option<String> = tx
        .prepare_cached(
            "SELECT name FROM handles WHERE person = ?1 ORDER BY length(name) DESC, name LIMIT 1",
        )?
        .query_row([person.0], |row| row.get(0))
        .optional()?;
    let name = name.unwrap_or_default();
    let changed = tx
        .prepare_cached("UPDATE people SET name = ?2 WHERE id = ?1 AND name <> ?2")?
        .execute((person.0, &name))?;
    if changed > 0 {
        index::person(tx, person, &name)?;
    }
    Ok(())
}
