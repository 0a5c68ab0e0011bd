//! Finds people, conversations and accounts by what they are called.

use std::collections::HashSet;

use rusqlite::{Connection, ToSql};

use super::excerpt::Excerpt;
use super::highlight::{highlights, hits};
use super::query::{Query, Term};
use super::words::words;
use crate::model::inbox::{AccountKey, ConversationKey, PersonKey};
use crate::store::error::Result;

/// Names that are looked at for one answer.
const MOST_NAMES: u32 = 2_000;
/// Digits that may be a phone number.
const FEWEST_DIGITS: usize = 4;

/// Whose names have all words of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The latest first.
    pub conversations: Vec<NamedConversation>,
    pub people: Vec<NamedPerson>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedConversation {
    pub key: ConversationKey,
    pub uid: String,
    pub account: AccountKey,
    pub is_mail: bool,
    pub title: Excerpt,
    pub subject: Option<Excerpt>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPerson {
    pub key: PersonKey,
    pub name: Excerpt,
}

/// The conversations and the people whose names have all words of a query; its filters make no difference.
pub fn find_names(db: &Connection, query: &Query, limit: u32) -> Result<Names> {
    let Some(wanted) = query.to_fts() else {
        return Ok(Names::default());
    };
    let conversations = db
        .prepare_cached(
            "SELECT c.id, c.uid, c.account, c.is_mail, c.title, c.subject
             FROM (SELECT rowid FROM names WHERE names MATCH ?1 LIMIT ?2) n
             JOIN conversations c ON c.id = n.rowid / 2
             WHERE n.rowid % 2 = 1 AND c.gone = 0 ORDER BY c.sort DESC, c.id DESC LIMIT ?3",
        )?
        .query_map((&wanted, MOST_NAMES, limit), |row| {
            Ok(NamedConversation {
                key: ConversationKey(row.get(0)?),
                uid: row.get(1)?,
                account: AccountKey(row.get(2)?),
                is_mail: row.get(3)?,
                title: marked(row.get(4)?, query),
                subject: row
                    .get::<_, Option<String>>(5)?
                    .map(|text| marked(text, query)),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let people = db
        .prepare_cached(
            "SELECT p.id, p.name FROM (SELECT rowid FROM names WHERE names MATCH ?1 LIMIT ?2) n
             JOIN people p ON p.id = n.rowid / 2
             WHERE n.rowid % 2 = 0 ORDER BY p.name, p.id LIMIT ?3",
        )?
        .query_map((&wanted, MOST_NAMES, limit), |row| {
            Ok(NamedPerson {
                key: PersonKey(row.get(0)?),
                name: marked(row.get(1)?, query),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Names {
        conversations,
        people,
    })
}

/// A short text as it is, with its hits.
pub(super) fn marked(text: String, query: &Query) -> Excerpt {
    let ranges = highlights(&text, query);
    Excerpt { text, ranges }
}

/// The value of a filter, as words that have to stand next to each other in a name; the last one may go on.
pub(super) fn term(value: &str) -> Term {
    let words: Vec<String> = words(value).map(|word| word.folded.into_owned()).collect();
    let prefix = words
        .last()
        .is_some_and(|last| last.chars().nth(1).is_some());
    Term {
        words,
        prefix,
        excluded: false,
    }
}

/// Whether a name has the words of a filter.
pub(super) fn is_called(name: &str, term: &Term) -> bool {
    let query = Query {
        terms: vec![term.clone()],
        ..Query::default()
    };
    hits(name, &query).next().is_some()
}

/// The handles of the people a filter names: by name, or by a part of an address or a number.
pub(super) fn handles(db: &Connection, value: &str) -> Result<HashSet<i64>> {
    let mut found = ids(
        db,
        "SELECT h.id FROM names JOIN handles h ON h.person = names.rowid / 2
         WHERE names MATCH ?1 AND names.rowid % 2 = 0",
        &[&term(value).to_fts()],
    )?;
    if let Some(part) = part_of_address(value) {
        found.extend(ids(
            db,
            "SELECT id FROM handles WHERE instr(provider_id, ?1) > 0",
            &[&part],
        )?);
    }
    Ok(found)
}

/// What a filter has to say about addresses and phone numbers; most names say nothing.
fn part_of_address(value: &str) -> Option<String> {
    let value = value.to_lowercase();
    if value.contains(char::is_whitespace) {
        let digits: String = value
            .chars()
            .filter(|c| !matches!(c, ' ' | '+' | '-' | '(' | ')' | '.'))
            .collect();
        return is_number(&digits).then_some(digits);
    }
    let digits = value.trim_start_matches('+').replace('-', "");
    if is_number(&digits) {
        return Some(digits);
    }
    value.contains(['@', '.']).then_some(value)
}

fn is_number(digits: &str) -> bool {
    digits.len() >= FEWEST_DIGITS && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The conversations a filter names, by title or subject.
pub(super) fn conversations(db: &Connection, value: &str) -> Result<HashSet<i64>> {
    ids(
        db,
        "SELECT rowid / 2 FROM names WHERE names MATCH ?1 AND rowid % 2 = 1",
        &[&term(value).to_fts()],
    )
}

/// The folders a filter names: with their accounts, as mails name them.
pub(super) fn folders(db: &Connection, value: &str) -> Result<HashSet<(i64, String)>> {
    let term = term(value);
    let word = role(value).map_or_else(|| value.to_lowercase(), str::to_owned);
    let mut folders = db.prepare_cached(
        "SELECT account, uid, name, role, provider_id FROM folders WHERE gone = 0",
    )?;
    let mut rows = folders.query([])?;
    let mut found = HashSet::new();
    while let Some(row) = rows.next()? {
        let (account, name): (i64, String) = (row.get(0)?, row.get(2)?);
        if is_called(&name, &term) || row.get::<_, String>(3)? == word {
            found.insert((account, row.get(1)?));
            found.insert((account, row.get(4)?));
            found.insert((account, format!("={name}")));
        }
    }
    Ok(found)
}

/// What the folder is for that a filter names, in the words of all providers.
pub(super) fn role(value: &str) -> Option<&'static str> {
    Some(match value.to_lowercase().as_str() {
        "inbox" => "inbox",
        "sent" => "sent",
        "archive" => "archive",
        "draft" | "drafts" => "drafts",
        "trash" | "bin" | "deleted" => "trash",
        "spam" | "junk" => "spam",
        _ => return None,
    })
}

/// The accounts a filter names: by network, label or the owner's address there.
pub(super) fn accounts(db: &Connection, value: &str) -> Result<HashSet<i64>> {
    let term = term(value);
    let mut accounts =
        db.prepare_cached("SELECT id, provider, name, ifnull(identity, '') FROM accounts")?;
    let mut rows = accounts.query([])?;
    let mut found = HashSet::new();
    while let Some(row) = rows.next()? {
        for column in 1..=3 {
            if is_called(&row.get::<_, String>(column)?, &term) {
                found.insert(row.get(0)?);
            }
        }
    }
    Ok(found)
}

/// The conversations that people take part in.
pub(super) fn shared_with(db: &Connection, handles: &HashSet<i64>) -> Result<HashSet<i64>> {
    let mut found = HashSet::new();
    for handle in handles {
        found.extend(ids(
            db,
            "SELECT conversation FROM members WHERE handle = ?1
             UNION ALL SELECT c.id FROM handles h JOIN conversations c ON c.account = h.account AND c.other = h.provider_id
             WHERE h.id = ?1",
            &[handle],
        )?);
    }
    Ok(found)
}

/// The addresses of people, as mails write them.
pub(super) fn addresses(db: &Connection, handles: &HashSet<i64>) -> Result<HashSet<String>> {
    let mut found = HashSet::new();
    let mut address = db.prepare_cached("SELECT provider_id FROM handles WHERE id = ?1")?;
    for handle in handles {
        found.insert(address.query_row([handle], |row| row.get(0))?);
    }
    Ok(found)
}

pub(super) fn ids(db: &Connection, query: &str, values: &[&dyn ToSql]) -> Result<HashSet<i64>> {
    Ok(db
        .prepare_cached(query)?
        .query_map(values, |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}
