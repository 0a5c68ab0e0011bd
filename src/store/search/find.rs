//! Finds entries. The index of words is walked from the newest row back and every row is held against the filters; where
//! filters leave few entries and the words are common, those entries are walked and read instead. Each call looks at a
//! bounded number of entries and says where to go on, so that no query keeps anybody waiting.

use rusqlite::Connection;

use super::hit::{Hit, fields, hit};
use super::matcher::Matcher;
use super::query::Query;
use super::sieve::{Few, Sieve};
use super::spelled;
use crate::model::inbox::{ConversationKey, EntryKey};
use crate::store::error::Result;

/// How much one call does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Entries of the index that are looked at.
    pub(super) examined: usize,
    /// Entries that are ranked together.
    pub(super) ranked: usize,
    /// Entries whose keys are fetched at once.
    pub(super) batch: usize,
    /// Entries by which it is judged whether what filters leave is walked instead of the index.
    pub(super) sample: usize,
}

const USUAL: Bounds = Bounds {
    examined: 1_800,
    ranked: 500,
    batch: 250,
    sample: 128,
};
/// Entries of one conversation that are read at most.
const WITHIN: usize = 20_000;
/// As many entries of the index as that does one count whose text has to be read.
const READING: usize = 6;

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    #[default]
    Newest,
    /// What fits best among the newest few hundred, then among the next ones, and so on.
    Best,
}

/// A place among the hits; the next window starts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Only what is older comes.
    pub before: EntryKey,
    /// How many of the best that are older were shown.
    pub shown: usize,
}

/// A window of hits. There may be fewer than asked for, or none, and still more to come.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hits {
    pub hits: Vec<Hit>,
    /// Where to go on; absent where everything was looked at.
    pub more: Option<Place>,
}

/// Finds the entries that fit a query; nothing for a query that asks for nothing.
pub fn find(
    db: &Connection,
    query: &Query,
    order: Order,
    after: Option<Place>,
    limit: usize,
) -> Result<Hits> {
    find_within(db, query, order, after, limit, USUAL)
}

/// Finds the entries of one conversation that fit a query, the newest first.
pub fn find_in(
    db: &Connection,
    query: &Query,
    conversation: ConversationKey,
    limit: usize,
) -> Result<Vec<EntryKey>> {
    if query.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let sieve = Sieve::new(db, query)?;
    let mut walk = Walk {
        db,
        query,
        matcher: Matcher::new(query),
        before: sieve.until,
        sieve,
        work: WITHIN * READING,
        bounds: USUAL,
        found: Vec::new(),
        wanted: limit,
    };
    walk.read(Some(&Few::Conversations(vec![conversation.0])))?;
    Ok(walk.found)
}

pub(super) fn find_within(
    db: &Connection,
    query: &Query,
    order: Order,
    after: Option<Place>,
    limit: usize,
    bounds: Bounds,
) -> Result<Hits> {
    if query.is_empty() || limit == 0 {
        return Ok(Hits::default());
    }
    let start = after.unwrap_or(Place {
        before: EntryKey(i64::MAX),
        shown: 0,
    });
    let sieve = Sieve::new(db, query)?;
    let mut walk = Walk {
        db,
        query,
        matcher: Matcher::new(query),
        before: start.before.0.min(sieve.until),
        sieve,
        work: bounds.examined,
        bounds,
        found: Vec::new(),
        wanted: match order {
            Order::Newest => limit,
            Order::Best => bounds.ranked,
        },
    };
    let end = walk.run()?.map(|before| Place { before, shown: 0 });
    let (keys, more) = match order {
        Order::Newest => (walk.found, end),
        Order::Best => {
            let ranked = best(db, &walk.matcher, walk.found)?;
            let shown = start.shown.saturating_add(limit);
            let more = if shown < ranked.len() {
                Some(Place { shown, ..start })
            } else {
                end
            };
            let window = ranked.into_iter().skip(start.shown).take(limit);
            (window.collect(), more)
        }
    };
    let mut hits = Vec::with_capacity(keys.len());
    for key in keys {
        hits.extend(hit(db, query, key)?);
    }
    Ok(Hits { hits, more })
}

/// The best first, the newer first among equals.
fn best(db: &Connection, matcher: &Matcher<'_>, found: Vec<EntryKey>) -> Result<Vec<EntryKey>> {
    let mut weighed = Vec::with_capacity(found.len());
    for key in found {
        weighed.push((matcher.weight(&fields(db, key)?), key));
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    Ok(weighed.into_iter().map(|(_, key)| key).collect())
}

/// One walk back in time.
struct Walk<'a> {
    db: &'a Connection,
    query: &'a Query,
    sieve: Sieve<'a>,
    matcher: Matcher<'a>,
    bounds: Bounds,
    before: i64,
    /// How many entries may still be looked at.
    work: usize,
    found: Vec<EntryKey>,
    wanted: usize,
}

impl Walk<'_> {
    /// Collects what fits. Gives back where it stopped, if there may be more behind.
    fn run(&mut self) -> Result<Option<EntryKey>> {
        let few = self.sieve.few()?;
        match (spelled::to_fts(self.db, self.query)?, few) {
            (Some(terms), Some(few)) if self.is_shorter(&few, &terms)? => self.read(Some(&few)),
            (Some(terms), _) => self.look_up(&terms),
            (None, few) => self.read(few.as_ref()),
        }
    }

    /// Whether reading what the filters leave is less work than looking at all that has the words, judged by the
    /// stretch of time of the next entries that are left.
    fn is_shorter(&self, few: &Few, terms: &str) -> Result<bool> {
        let (left, more) = self.keys(Some(few), self.before, self.bounds.sample)?;
        let last = left.last().filter(|_| more);
        let since = last.map_or(self.sieve.since, |key| key.0);
        let most = left.len().saturating_mul(2).saturating_add(1);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let common: i64 = self
            .db
            .prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 AND rowid < ?2 AND rowid >= ?3
                                       ORDER BY rowid DESC LIMIT ?4)",
            )?
            .query_row((terms, self.before, since, most), |row| row.get(0))?;
        Ok(common >= most)
    }

    /// Walks along the index of words.
    fn look_up(&mut self, terms: &str) -> Result<Option<EntryKey>> {
        let mut index = self.db.prepare_cached(
            "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid < ?2 AND rowid >= ?3 ORDER BY rowid DESC",
        )?;
        let mut rows = index.query((terms, self.before, self.sieve.since))?;
        while let Some(row) = rows.next()? {
            let key = EntryKey(row.get(0)?);
            if self.sieve.passes(key)? {
                self.found.push(key);
            }
            self.work = self.work.saturating_sub(1);
            if self.work == 0 || self.found.len() == self.wanted {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }

    /// Walks through entries and reads their texts, if there are terms.
    fn read(&mut self, few: Option<&Few>) -> Result<Option<EntryKey>> {
        let has_terms = !self.query.terms.is_empty();
        let cost = if has_terms { READING } else { 1 };
        let mut before = self.before;
        loop {
            let (keys, more) = self.keys(few, before, self.bounds.batch)?;
            for &key in &keys {
                if self.sieve.passes(key)?
                    && (!has_terms || self.matcher.fits(&fields(self.db, key)?))
                {
                    self.found.push(key);
                }
                self.work = self.work.saturating_sub(cost);
                if self.work == 0 || self.found.len() == self.wanted {
                    return Ok(Some(key));
                }
            }
            match keys.last() {
                Some(last) if more => before = last.0,
                _ => return Ok(None),
            }
        }
    }

    /// The newest keys before a place, and whether there may be more.
    fn keys(&self, few: Option<&Few>, before: i64, limit: usize) -> Result<(Vec<EntryKey>, bool)> {
        let (which, lists): (_, &[i64]) = match few {
            None => ("?4 IS NOT NULL", &[0]),
            Some(Few::Files) => ("has_files = 1 AND ?4 IS NOT NULL", &[0]),
            Some(Few::Links) => ("has_link = 1 AND ?4 IS NOT NULL", &[0]),
            Some(Few::Conversations(list)) => ("conversation = ?4", list),
            Some(Few::Senders(list)) => ("sender = ?4", list),
        };
        let mut query = self.db.prepare_cached(&format!(
            "SELECT id FROM messages WHERE {which} AND id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3"
        ))?;
        // Of each list a share; what is older than the end of one may have others between.
        let share = limit
            .saturating_mul(2)
            .div_ceil(lists.len().max(1))
            .min(limit);
        let most = i64::try_from(share).unwrap_or(i64::MAX);
        let (mut keys, mut end) = (Vec::new(), None);
        for of in lists {
            let found = query
                .query_map((before, self.sieve.since, most, of), |row| {
                    row.get(0).map(EntryKey)
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            if found.len() == share {
                end = end.max(found.last().copied());
            }
            keys.extend(found);
        }
        keys.retain(|key| end.is_none_or(|end| *key >= end));
        keys.sort_unstable_by(|a, b| b.cmp(a));
        let more = end.is_some() || keys.len() > limit;
        keys.truncate(limit);
        Ok((keys, more))
    }
}
