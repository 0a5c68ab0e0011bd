//! Finds the rows that answers speak of, and makes placeholders for those nobody has fetched.

use std::collections::{BTreeSet, HashMap};

use rusqlite::OptionalExtension as _;

use super::index::Words;
use super::{Stamp, UNSEEN};
use crate::model::inbox::{AccountKey, ConversationKey, EntryKey, HandleKey};
use crate::store::error::Result;
use crate::store::tx::{Change, Tx};

/// What one page speaks of; every row is looked up once.
pub(super) struct Rows<'a> {
    pub(super) tx: &'a Tx<'a>,
    pub(super) stamp: Stamp,
    accounts: HashMap<String, AccountKey>,
    conversations: HashMap<(AccountKey, String), (ConversationKey, Option<EntryKey>)>,
    handles: HashMap<(AccountKey, String), HandleKey>,
    /// Conversations whose row has to be worked out anew.
    pub(super) touched: BTreeSet<ConversationKey>,
    /// Conversations that got older entries, which their row does not tell of.
    pub(super) filled: BTreeSet<ConversationKey>,
    /// What the index of words is to be told.
    pub(super) words: Words,
    has_tombstones: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(tx: &'a Tx<'a>, stamp: Stamp) -> Result<Self> {
        let has_tombstones =
            tx.query_row("SELECT EXISTS (SELECT 1 FROM tombstones)", [], |row| {
                row.get(0)
            })?;
        Ok(Self {
            tx,
            stamp,
            accounts: HashMap::new(),
            conversations: HashMap::new(),
            handles: HashMap::new(),
            touched: BTreeSet::new(),
            filled: BTreeSet::new(),
            words: Words::default(),
            has_tombstones,
        })
    }

    pub(super) fn account(&mut self, uid: &str) -> Result<AccountKey> {
        if let Some(key) = self.accounts.get(uid) {
            return Ok(*key);
        }
        let key = account(self.tx, uid)?;
        self.accounts.insert(uid.to_owned(), key);
        Ok(key)
    }

    /// The conversation of a chat, and the last entry that its row knows of.
    pub(super) fn chat(
        &mut self,
        account: AccountKey,
        uid: &str,
    ) -> Result<(ConversationKey, Option<EntryKey>)> {
        if let Some(known) = self.conversations.get(&(account, uid.to_owned())) {
            return Ok(*known);
        }
        let found = chat(self.tx, account, uid)?;
        self.conversations.insert((account, uid.to_owned()), found);
        Ok(found)
    }

    /// Somebody as an account knows them.
    pub(super) fn handle(&mut self, account: AccountKey, provider_id: &str) -> Result<HandleKey> {
        if let Some(key) = self.handles.get(&(account, provider_id.to_owned())) {
            return Ok(*key);
        }
        let key = super::handles::mention(self.tx, account, provider_id)?;
        self.handles.insert((account, provider_id.to_owned()), key);
        Ok(key)
    }

    /// Whether the server was found to have it no more after this answer was asked for. A newer answer brings it back.
    pub(super) fn is_gone(&self, uid: &str) -> Result<bool> {
        if !self.has_tombstones {
            return Ok(false);
        }
        let at: Option<i64> = self
            .tx
            .prepare_cached("SELECT stamp FROM tombstones WHERE uid = ?1")?
            .query_row([uid], |row| row.get(0))
            .optional()?;
        Ok(at.is_some_and(|at| at >= self.stamp.0))
    }

    /// An entry that was stored goes into a conversation: the one it leaves is worked out anew, too.
    pub(super) fn leaves(&mut self, entry: EntryKey, into: ConversationKey) -> Result<()> {
        let old = self
            .tx
            .prepare_cached("SELECT conversation FROM messages WHERE id = ?1")?
            .query_row([entry.0], |row| row.get(0).map(ConversationKey))
            .optional()?;
        self.touched.extend(old.filter(|old| *old != into));
        Ok(())
    }

    /// Writes the words, and works out the rows of all conversations that were touched.
    pub(super) fn finish(self) -> Result<()> {
        self.words.write(self.tx)?;
        for key in self.filled {
            self.tx.changed(Change::Conversation(key));
        }
        for key in self.touched {
            super::refresh(self.tx, key)?;
        }
        Ok(())
    }
}

/// Whether no newer answer of a kind has been written; notes this one.
pub(super) fn is_newest(tx: &Tx<'_>, what: &str, stamp: Stamp) -> Result<bool> {
    let noted = tx
        .prepare_cached(
            "INSERT INTO meta VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = ?2 WHERE CAST(value AS INTEGER) <= CAST(?2 AS INTEGER)",
        )?
        .execute((what, stamp.0.to_string()))?;
    Ok(noted > 0)
}

/// The newest answer of a kind that was noted.
pub(super) fn newest(tx: &Tx<'_>, what: &str) -> Result<Stamp> {
    let value: Option<i64> = tx
        .prepare_cached("SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?1")?
        .query_row([what], |row| row.get(0))
        .optional()?;
    Ok(value.map_or(UNSEEN, Stamp))
}

pub(super) fn account(tx: &Tx<'_>, uid: &str) -> Result<AccountKey> {
    let found = tx
        .prepare_cached("SELECT id FROM accounts WHERE uid = ?1")?
        .query_row([uid], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(AccountKey(id));
    }
    tx.prepare_cached(
        "INSERT INTO accounts (uid, provider, name, status, status_since, has_chats, has_mail, stamp)
         VALUES (?1, '', '', 'CONNECTING', 0, 0, 0, ?2)",
    )?
    .execute((uid, UNSEEN.0))?;
    Ok(AccountKey(tx.last_insert_rowid()))
}

fn chat(
    tx: &Tx<'_>,
    account: AccountKey,
    uid: &str,
) -> Result<(ConversationKey, Option<EntryKey>)> {
    let found = tx
        .prepare_cached(
            "SELECT id, last_message FROM conversations WHERE uid = ?1 AND account = ?2",
        )?
        .query_row((uid, account.0), |row| {
            let last: Option<i64> = row.get(1)?;
            Ok((ConversationKey(row.get(0)?), last.map(EntryKey)))
        })
        .optional()?;
    if let Some(found) = found {
        return Ok(found);
    }
    tx.prepare_cached(
        "INSERT INTO conversations (account, uid, is_mail, kind, stamp) VALUES (?1, ?2, 0, '', ?3)",
    )?
    .execute((account.0, uid, UNSEEN.0))?;
    Ok((ConversationKey(tx.last_insert_rowid()), None))
}
