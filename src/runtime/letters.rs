//! What mails read like, worked out on the threads that read, so that no key waits for it.

use std::sync::Arc;

use rusqlite::Connection;

use super::panic::quietly;
use crate::app::effect::Readable;
use crate::app::thread::unfolded;
use crate::mail::letter::Letter;
use crate::mail::{html, text};
use crate::model::inbox::{Entry, EntryKey};
use crate::store::Result;
use crate::store::read::entries;

/// No more letters of a mail are looked at.
const LARGEST: u32 = 1 << 20;
/// With a conversation come the forms of so much HTML at most; the rest is asked for behind it.
const AT_ONCE: usize = 1 << 20;

/// What these mails read like, as far as their text is here.
pub fn read(db: &Connection, keys: &[EntryKey]) -> Result<Vec<Readable>> {
    let found = keys.iter().map(|key| one(db, *key));
    found.filter_map(Result::transpose).collect()
}

/// What the mails of a conversation read like that will be unfolded, the one that is gone to first.
pub fn of_page(
    db: &Connection,
    entries: &[Entry],
    newest: bool,
    at: Option<EntryKey>,
) -> Result<Vec<Readable>> {
    let mut found = Vec::new();
    let mut left = AT_ONCE;
    let is_mail = |key: &EntryKey| {
        let entry = entries.iter().find(|it| it.key == *key);
        entry.is_some_and(|it| it.mail.is_some())
    };
    let mut wanted: Vec<EntryKey> = at.into_iter().filter(is_mail).collect();
    wanted.extend(unfolded(entries, newest));
    wanted.dedup();
    for key in wanted {
        let Some(source) = entries::words(db, key, LARGEST)? else {
            continue;
        };
        let Some(rest) = left.checked_sub(size(&source)) else {
            break;
        };
        left = rest;
        found.extend(readable(key, &source));
    }
    Ok(found)
}

fn one(db: &Connection, key: EntryKey) -> Result<Option<Readable>> {
    let source = entries::words(db, key, LARGEST)?;
    Ok(source.and_then(|it| readable(key, &it)))
}

fn size(source: &entries::Words) -> usize {
    source.html.as_ref().unwrap_or(&source.text).len()
}

/// What breaks costs this mail its form, and nothing else.
fn readable(key: EntryKey, source: &entries::Words) -> Option<Readable> {
    let mut letter = quietly(|| letter(source))?;
    letter.cut |= source.cut;
    Some(Readable {
        key,
        body: source.body,
        letter: Arc::new(letter),
    })
}

fn letter(source: &entries::Words) -> Letter {
    match &source.html {
        Some(html) => html::letter(html),
        None => text::letter(&source.text),
    }
}
