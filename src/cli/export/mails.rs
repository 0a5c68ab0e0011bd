//! Mails as an mbox file or as files of their own, which every mail program reads.
//!
//! The bytes of the files that hang on a mail are at the server; where they are not fetched, they are named.

use std::path::{Path, PathBuf};

use super::{Scope, each_chat};
use crate::cli::email::Fetcher;
use crate::cli::email::fetch::{part, settle};
use crate::cli::form::WINDOW;
use crate::cli::span::Walk;
use crate::cli::{Failure, output};
use crate::mail::eml::{self, Whole};
use crate::model::inbox::{Entry, EntryKey};
use crate::runtime::files;
use crate::store::{Store, read};

/// Writes all mails of the scope to standard output, as one mbox file.
pub(super) fn mbox(store: &Store, scope: &Scope, fetcher: Option<&Fetcher>) -> Result<(), Failure> {
    each(store, scope, |it| {
        let text = whole(store, it, fetcher, eml::mbox)?;
        output::raw(text.as_bytes())
    })
}

/// Writes all mails of the scope into a folder, a file each.
pub(super) fn folder(
    store: &Store,
    scope: &Scope,
    fetcher: Option<&Fetcher>,
    folder: &Path,
) -> Result<(), Failure> {
    let mut count = 0_u64;
    each(store, scope, |it| {
        count += 1;
        save(store, it, fetcher, folder).map(drop)
    })?;
    output::note(&match count {
        1 => format!("1 mail is in {}.", folder.display()),
        count => format!("{count} mails are in {}.", folder.display()),
    });
    Ok(())
}

/// A mail as a file of its own.
pub(in crate::cli) fn eml(
    store: &Store,
    it: &Entry,
    fetcher: Option<&Fetcher>,
) -> Result<String, Failure> {
    whole(store, it, fetcher, eml::eml)
}

/// Writes a mail into a folder, under a name that says when it came and what it is about.
pub(in crate::cli) fn save(
    store: &Store,
    it: &Entry,
    fetcher: Option<&Fetcher>,
    folder: &Path,
) -> Result<PathBuf, Failure> {
    let text = eml(store, it, fetcher)?;
    let place = part(folder)?;
    let path = place.path().join("part");
    std::fs::write(&path, text).map_err(|error| {
        Failure::usage(format!(
            "Nothing can be written to {}: {error}.",
            folder.display()
        ))
    })?;
    let at = it.key.time().to_zoned(jiff::tz::TimeZone::UTC);
    let about = it.subject.as_deref().unwrap_or_default();
    // A slash in it would part folders.
    let about = about.replace(['/', '\\'], "_");
    let about: String = about.chars().take(70).collect();
    let name = format!("{} {}", at.strftime("%Y-%m-%d"), about.trim());
    let name = files::safe(&format!("{}.eml", name.trim()), None);
    settle(&path, folder, &name)
}

fn whole(
    store: &Store,
    it: &Entry,
    fetcher: Option<&Fetcher>,
    write: fn(&Whole<'_>) -> String,
) -> Result<String, Failure> {
    let Some(head) = &it.mail else {
        return Ok(String::new());
    };
    let source = store.read_now(|db| read::entries::source(db, it.key))?;
    let files = match fetcher {
        Some(fetcher) if !it.attachments.is_empty() => fetcher.all(store, it)?,
        _ => Vec::new(),
    };
    Ok(write(&Whole {
        entry: it,
        head,
        source: &source,
        files: &files,
    }))
}

/// Does something with every mail of the scope.
fn each(
    store: &Store,
    scope: &Scope,
    mut work: impl FnMut(&Entry) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if let Scope::Chat(chat) = scope
        && !chat.is_mail
    {
        return Err(Failure::usage(
            "These are files of mails, and this conversation is a chat. Use --format md or jsonl.",
        ));
    }
    if matches!(scope, Scope::Everything) {
        let mut place = EntryKey(i64::MIN);
        loop {
            let window = store.read_now(|db| read::mails::from(db, place, WINDOW))?;
            let Some(last) = window.last() else {
                return Ok(());
            };
            place = EntryKey(last.key.0.saturating_add(1));
            window.iter().try_for_each(&mut work)?;
        }
    }
    each_chat(store, scope, |chat| {
        let mut walk = Walk::all(chat.key);
        loop {
            let window = if chat.is_mail {
                walk.step(store)?
            } else {
                Vec::new()
            };
            if window.is_empty() {
                return Ok(());
            }
            window.iter().try_for_each(&mut work)?;
        }
    })
}
