//! The filters of a query, with all names looked up, and what they say about one entry.
//!
//! What is unread, in a chat: as many of the others' latest messages as the network counts. Who a message of a chat is
//! to: whoever is in the chat, if it is the owner's. `from:me` is what the owner wrote and `to:me` what others did.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use rusqlite::{CachedStatement, Connection, OptionalExtension as _, Row};
use serde_json::Value;

use super::named;
use super::query::{Has, Is, Query, Span, What};
use crate::model::inbox::EntryKey;
use crate::store::error::Result;

/// Most conversations or people whose entries are walked through side by side.
const SIDE_BY_SIDE: usize = 64;

/// Entries that a filter leaves, where an index leads to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Few {
    Conversations(Vec<i64>),
    Senders(Vec<i64>),
    /// All with files, or with links.
    Files,
    Links,
}

pub(super) struct Sieve<'d> {
    db: &'d Connection,
    tests: Vec<(Test, bool)>,
    /// The first key that may pass, and the first after it that may not.
    pub(super) since: i64,
    pub(super) until: i64,
    /// From which message on the others' words in a chat are unread.
    unread_from: RefCell<HashMap<i64, i64>>,
    facts: RefCell<CachedStatement<'d>>,
}

#[derive(Debug, Default)]
struct People {
    me: bool,
    handles: HashSet<i64>,
}

#[derive(Debug)]
enum Test {
    From(People),
    To {
        people: People,
        addresses: HashSet<String>,
        conversations: HashSet<i64>,
    },
    In {
        conversations: HashSet<i64>,
        folders: HashSet<(i64, String)>,
    },
    Account(HashSet<i64>),
    Has(Has),
    Is(Is),
    Sent(Span),
}

/// What filters ask of an entry.
struct Facts {
    id: i64,
    conversation: i64,
    sender: Option<i64>,
    own: bool,
    unread: bool,
    starred: bool,
    has_files: bool,
    has_link: bool,
    is_mail: bool,
    account: i64,
    archived: i64,
    conversation_unread: i64,
    muted: bool,
    needs_reply: bool,
}

const FACTS: &str = "SELECT m.id, m.conversation, m.sender, m.own, m.unread, m.starred, m.has_files, m.has_link, m.is_mail,
        c.account, c.archived, c.unread, c.muted_until IS NOT NULL, c.needs_reply
    FROM messages m JOIN conversations c ON c.id = m.conversation
    WHERE m.id = ?1 AND m.hidden = 0 AND m.deleted = 0 AND c.gone = 0";

impl<'d> Sieve<'d> {
    pub(super) fn new(db: &'d Connection, query: &Query) -> Result<Self> {
        let mut sieve = Self {
            db,
            tests: Vec::new(),
            since: i64::MIN,
            until: i64::MAX,
            unread_from: RefCell::default(),
            facts: RefCell::new(db.prepare_cached(FACTS)?),
        };
        for excluded in [false, true] {
            sieve.named(query, excluded)?;
        }
        for filter in &query.filters {
            match &filter.what {
                What::Sent(span) if !filter.excluded => {
                    let key = |at: jiff::Timestamp| EntryKey::first_at(at).0;
                    sieve.since = sieve.since.max(span.since.map_or(i64::MIN, key));
                    sieve.until = sieve.until.min(span.until.map_or(i64::MAX, key));
                }
                What::Sent(span) => sieve.tests.push((Test::Sent(*span), true)),
                What::Has(has) => sieve.tests.push((Test::Has(*has), filter.excluded)),
                What::Is(is) => sieve.tests.push((Test::Is(*is), filter.excluded)),
                What::From(_) | What::To(_) | What::In(_) | What::Account(_) => {}
            }
        }
        Ok(sieve)
    }

    /// Looks names up; several of a kind make one test that any of them passes.
    fn named(&mut self, query: &Query, excluded: bool) -> Result<()> {
        let db = self.db;
        let (mut from, mut to, mut places, mut accounts) = (None, None, None, None);
        for filter in query.filters.iter().filter(|it| it.excluded == excluded) {
            match &filter.what {
                What::From(value) => from.get_or_insert_with(People::default).add(db, value)?,
                What::To(value) => to.get_or_insert_with(People::default).add(db, value)?,
                What::In(value) => {
                    let (conversations, folders): &mut (HashSet<_>, HashSet<_>) =
                        places.get_or_insert_default();
                    conversations.extend(named::conversations(db, value)?);
                    folders.extend(named::folders(db, value)?);
                }
                What::Account(value) => {
                    let accounts: &mut HashSet<_> = accounts.get_or_insert_default();
                    accounts.extend(named::accounts(db, value)?);
                }
                What::Has(_) | What::Is(_) | What::Sent(_) => {}
            }
        }
        let to = match to {
            Some(people) => Some(Test::To {
                addresses: named::addresses(db, &people.handles)?,
                conversations: named::shared_with(db, &people.handles)?,
                people,
            }),
            None => None,
        };
        let tests = [
            from.map(Test::From),
            to,
            places.map(|(conversations, folders)| Test::In {
                conversations,
                folders,
            }),
            accounts.map(Test::Account),
        ];
        self.tests
            .extend(tests.into_iter().flatten().map(|test| (test, excluded)));
        Ok(())
    }

    /// What the filters limit everything to, if an index leads there; best to a few conversations or senders.
    pub(super) fn few(&self) -> Result<Option<Few>> {
        let mut best: Option<Few> = None;
        for (test, excluded) in &self.tests {
            if *excluded {
                continue;
            }
            let found = match test {
                Test::From(people) if !people.me => sorted(&people.handles).map(Few::Senders),
                Test::To {
                    people,
                    conversations,
                    ..
                } if !people.me => sorted(conversations).map(Few::Conversations),
                Test::In {
                    conversations,
                    folders,
                } if folders.is_empty() => sorted(conversations).map(Few::Conversations),
                Test::Is(Is::Unread) => self.conversations("unread > 0")?,
                Test::Is(Is::Unanswered) => self.conversations("needs_reply = 1")?,
                Test::Is(Is::Starred) => self.conversations("starred = 1")?,
                Test::Has(Has::Link) => Some(Few::Links),
                Test::Has(_) => Some(Few::Files),
                _ => None,
            };
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| found.len() < best.len())
            {
                best = Some(found);
            }
        }
        Ok(best)
    }

    /// The conversations of which something holds, if they are few.
    fn conversations(&self, condition: &str) -> Result<Option<Few>> {
        let query = format!("SELECT id FROM conversations WHERE {condition} AND gone = 0 LIMIT ?1");
        let most = i64::try_from(SIDE_BY_SIDE + 1).unwrap_or(i64::MAX);
        let found = named::ids(self.db, &query, &[&most])?;
        Ok(sorted(&found).map(Few::Conversations))
    }

    /// Whether an entry is there for the reader and passes all filters.
    pub(super) fn passes(&self, key: EntryKey) -> Result<bool> {
        if !self.is_listed(key)? {
            return Ok(false);
        }
        let facts = self
            .facts
            .borrow_mut()
            .query_row([key.0], facts)
            .optional()?;
        let Some(facts) = facts else {
            return Ok(false);
        };
        for (test, excluded) in &self.tests {
            if self.holds(test, &facts)? == *excluded {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether an entry is in the lists of those with files or links that the query asks for. These are short, while the
    /// row of an entry lies anywhere in the file, so few rows are read in vain.
    fn is_listed(&self, key: EntryKey) -> Result<bool> {
        for (test, excluded) in &self.tests {
            let list = match test {
                Test::Has(Has::Link) if !excluded => "messages_with_links WHERE has_link = 1",
                Test::Has(_) if !excluded => "messages_with_files WHERE has_files = 1",
                _ => continue,
            };
            let query = format!("SELECT 1 FROM messages INDEXED BY {list} AND id = ?1");
            if !self.db.prepare_cached(&query)?.exists([key.0])? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn holds(&self, test: &Test, facts: &Facts) -> Result<bool> {
        Ok(match test {
            Test::From(people) => {
                people.me && facts.own
                    || facts.sender.is_some_and(|it| people.handles.contains(&it))
            }
            Test::To {
                people,
                addresses,
                conversations,
            } => {
                people.me && !facts.own
                    || conversations.contains(&facts.conversation)
                        && if facts.is_mail {
                            self.goes_to(facts.id, addresses)?
                        } else {
                            facts.own
                        }
            }
            Test::In {
                conversations,
                folders,
            } => {
                conversations.contains(&facts.conversation)
                    || facts.is_mail && !folders.is_empty() && self.lies_in(facts.id, folders)?
            }
            Test::Account(accounts) => accounts.contains(&facts.account),
            Test::Has(has) => self.has(*has, facts)?,
            Test::Is(is) => self.is(*is, facts)?,
            Test::Sent(span) => {
                let at = EntryKey(facts.id).time();
                span.since.is_none_or(|since| at >= since)
                    && span.until.is_none_or(|until| at < until)
            }
        })
    }

    fn has(&self, has: Has, facts: &Facts) -> Result<bool> {
        let (kind, mime) = match has {
            Has::Attachment => return Ok(facts.has_files),
            Has::Link => return Ok(facts.has_link),
            Has::Image => ("img", "image/"),
            Has::Video => ("video", "video/"),
            Has::Audio => ("audio", "audio/"),
            Has::File => ("file", ""),
        };
        Ok(facts.has_files
            && self
                .db
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM attachments
                                    WHERE message = ?1 AND (kind = ?2 OR kind = 'file' AND instr(mime, ?3) = 1))",
                )?
                .query_row((facts.id, kind, mime), |row| row.get(0))?)
    }

    fn is(&self, is: Is, facts: &Facts) -> Result<bool> {
        Ok(match is {
            Is::Unread => self.is_unread(facts)?,
            Is::Read => !self.is_unread(facts)?,
            Is::Starred => {
                facts.starred
                    || self
                        .db
                        .prepare_cached("SELECT starred FROM settings WHERE conversation = ?1")?
                        .query_row([facts.conversation], |row| row.get(0))
                        .optional()?
                        .unwrap_or(false)
            }
            Is::Unanswered => facts.needs_reply,
            Is::Archived => facts.archived == 1,
            Is::Muted => facts.muted,
            Is::Mine => facts.own,
        })
    }

    fn is_unread(&self, facts: &Facts) -> Result<bool> {
        if facts.is_mail || facts.own || facts.conversation_unread <= 0 {
            return Ok(facts.is_mail && facts.unread);
        }
        if let Some(from) = self.unread_from.borrow().get(&facts.conversation) {
            return Ok(facts.id >= *from);
        }
        let from: i64 = self
            .db
            .prepare_cached(
                "SELECT ifnull(min(id), 0) FROM (SELECT id FROM messages
                    WHERE conversation = ?1 AND own = 0 AND hidden = 0 ORDER BY id DESC LIMIT ?2)",
            )?
            .query_row((facts.conversation, facts.conversation_unread), |row| {
                row.get(0)
            })?;
        self.unread_from
            .borrow_mut()
            .insert(facts.conversation, from);
        Ok(facts.id >= from)
    }

    /// Whether one of the recipients of a mail has one of the addresses.
    fn goes_to(&self, id: i64, addresses: &HashSet<String>) -> Result<bool> {
        let recipients: Option<String> = self
            .db
            .prepare_cached("SELECT recipients FROM mails WHERE message = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        let recipients: Value = recipients
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let is_theirs = |pair: &Value| {
            let address = pair.get(1).and_then(Value::as_str);
            address.is_some_and(|address| addresses.contains(&address.to_lowercase()))
        };
        Ok(["to", "cc", "bcc"].iter().any(|list| {
            let list = recipients.get(list).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(is_theirs))
        }))
    }

    fn lies_in(&self, id: i64, folders: &HashSet<(i64, String)>) -> Result<bool> {
        let mut query = self
            .db
            .prepare_cached("SELECT account, folder FROM mail_folders WHERE message = ?1")?;
        let mut rows = query.query([id])?;
        while let Some(row) = rows.next()? {
            if folders.contains(&(row.get(0)?, row.get(1)?)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Few {
    /// How many lists are walked side by side; more than any other for what nobody in particular has.
    fn len(&self) -> usize {
        match self {
            Self::Conversations(list) | Self::Senders(list) => list.len(),
            Self::Files | Self::Links => SIDE_BY_SIDE + 1,
        }
    }
}

impl People {
    fn add(&mut self, db: &Connection, value: &str) -> Result<()> {
        if value.eq_ignore_ascii_case("me") {
            self.me = true;
        } else {
            self.handles.extend(named::handles(db, value)?);
        }
        Ok(())
    }
}

/// The members of a set, unless they are many.
fn sorted(set: &HashSet<i64>) -> Option<Vec<i64>> {
    (set.len() <= SIDE_BY_SIDE).then(|| {
        let mut list: Vec<_> = set.iter().copied().collect();
        list.sort_unstable();
        list
    })
}

fn facts(row: &Row<'_>) -> rusqlite::Result<Facts> {
    Ok(Facts {
        id: row.get(0)?,
        conversation: row.get(1)?,
        sender: row.get(2)?,
        own: row.get(3)?,
        unread: row.get(4)?,
        starred: row.get(5)?,
        has_files: row.get(6)?,
        has_link: row.get(7)?,
        is_mail: row.get(8)?,
        account: row.get(9)?,
        archived: row.get(10)?,
        conversation_unread: row.get(11)?,
        muted: row.get(12)?,
        needs_reply: row.get(13)?,
    })
}
