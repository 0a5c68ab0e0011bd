//! What is shown of an entry that was found.

use rusqlite::{Connection, OptionalExtension as _};

use super::excerpt::{Excerpt, excerpt};
use super::matcher::Fields;
use super::named::marked;
use super::query::Query;
use crate::model::id::MessageId;
use crate::model::inbox::{AccountKey, ConversationKey, EntryKey};
use crate::store::error::Result;

/// Characters of a text that are shown.
const EXCERPT: usize = 160;

/// An entry that was found, as one row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its time, too.
    pub key: EntryKey,
    /// The server's id.
    pub uid: MessageId,
    pub account: AccountKey,
    pub conversation: ConversationKey,
    /// What the conversation is called.
    pub title: String,
    pub sender_name: Option<String>,
    pub own: bool,
    pub is_mail: bool,
    pub subject: Option<Excerpt>,
    /// One line of the text, around the first word that was found.
    pub text: Excerpt,
    /// Name of the first file that has a word of the query.
    pub file: Option<Excerpt>,
}

/// Reads a hit for the screen; nothing if it is no more.
pub(super) fn hit(db: &Connection, query: &Query, key: EntryKey) -> Result<Option<Hit>> {
    let found = db
        .prepare_cached(
            "SELECT m.uid, c.account, m.conversation, c.title, iif(h.name = '', NULL, h.name), m.own, m.is_mail,
                    m.subject, m.text, m.has_files
             FROM messages m JOIN conversations c ON c.id = m.conversation LEFT JOIN handles h ON h.id = m.sender
             WHERE m.id = ?1",
        )?
        .query_row([key.0], |row| {
            let has_files: bool = row.get(9)?;
            let hit = Hit {
                key,
                uid: row.get::<_, String>(0)?.into(),
                account: AccountKey(row.get(1)?),
                conversation: ConversationKey(row.get(2)?),
                title: row.get(3)?,
                sender_name: row.get(4)?,
                own: row.get(5)?,
                is_mail: row.get(6)?,
                subject: row
                    .get::<_, Option<String>>(7)?
                    .map(|text| marked(text, query)),
                text: excerpt(row.get_ref(8)?.as_str()?, query, EXCERPT),
                file: None,
            };
            Ok((hit, has_files))
        })
        .optional()?;
    let Some((mut hit, has_files)) = found else {
        return Ok(None);
    };
    if !has_files {
        return Ok(Some(hit));
    }
    let names = file_names(db, key)?;
    let mut names = names.into_iter().map(|name| marked(name, query));
    hit.file = names.find(|name| !name.ranges.is_empty());
    Ok(Some(hit))
}

/// What an entry is found by, as it is stored.
pub(super) fn fields(db: &Connection, key: EntryKey) -> Result<Fields> {
    let found: Option<(String, String, bool)> = db
        .prepare_cached("SELECT text, ifnull(subject, ''), has_files FROM messages WHERE id = ?1")?
        .query_row([key.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (text, subject, has_files) = found.unwrap_or_default();
    let names = if has_files {
        file_names(db, key)?
    } else {
        Vec::new()
    };
    Ok(Fields {
        text,
        subject,
        files: names.join(" "),
    })
}

fn file_names(db: &Connection, key: EntryKey) -> Result<Vec<String>> {
    Ok(db
        .prepare_cached(
            "SELECT name FROM attachments WHERE message = ?1 AND name IS NOT NULL ORDER BY position",
        )?
        .query_map([key.0], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}
