//! The conversations of a folder: those with a mail in it, by the latest of these mails.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _};

use super::{conversations, time};
use crate::model::inbox::{AccountKey, Conversation, ConversationKey, Edge, EntryKey};
use crate::store::error::Result;

/// Rows that are walked at once; more than a page, since some may have been shown.
const BATCH: u32 = 200;

/// A window of the conversations of a folder, which is told by its uid. Each has the time of its latest mail in it, and
/// none is pinned: folders are in order of time alone.
pub fn window(
    db: &Connection,
    account: AccountKey,
    folder: &str,
    edge: Edge,
    limit: u32,
) -> Result<Vec<Conversation>> {
    let limit = limit as usize;
    let mut places: BTreeMap<(i64, ConversationKey), EntryKey> = BTreeMap::new();
    for name in names(db, account, folder)? {
        for (entry, key) in walk(db, account, &name, edge, limit)? {
            places.insert((entry.time().as_millisecond(), key), entry);
        }
    }
    let mut wanted: Vec<_> = places.into_keys().collect();
    // One that is named in two ways stands where its latest mail is.
    let mut latest: BTreeMap<ConversationKey, i64> = BTreeMap::new();
    for (at, key) in &wanted {
        latest.insert(*key, *at);
    }
    wanted.retain(|(at, key)| latest.get(key) == Some(at));
    if edge.is_backward() {
        wanted.truncate(limit);
    }
    wanted.reverse();
    wanted.truncate(limit);
    let mut rows = Vec::with_capacity(wanted.len());
    for (at, key) in wanted {
        rows.extend(conversations::get(db, key)?.map(|it| Conversation {
            last_at: Some(time(at)),
            pinned: false,
            ..it
        }));
    }
    Ok(rows)
}

/// What the server wants in order to list the mails of a folder only; absent for one nobody knows.
pub fn provider_id(db: &Connection, account: AccountKey, folder: &str) -> Result<Option<String>> {
    Ok(db
        .prepare_cached(
            "SELECT provider_id FROM folders WHERE account = ?1 AND uid = ?2 AND gone = 0",
        )?
        .query_row((account.0, folder), |row| row.get(0))
        .optional()?)
}

/// How mails name a folder: by its uid, its id at the network, or `=` and its name.
fn names(db: &Connection, account: AccountKey, folder: &str) -> Result<Vec<String>> {
    let other: Option<(String, String)> = db
        .prepare_cached("SELECT provider_id, name FROM folders WHERE account = ?1 AND uid = ?2")?
        .query_row((account.0, folder), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let mut names = vec![folder.to_owned()];
    if let Some((provider_id, name)) = other {
        names.extend([provider_id, format!("={name}")]);
    }
    names.dedup();
    Ok(names)
}

/// Walks along the mails of a folder and keeps the latest of each conversation, as many as asked for.
fn walk(
    db: &Connection,
    account: AccountKey,
    name: &str,
    edge: Edge,
    limit: usize,
) -> Result<Vec<(EntryKey, ConversationKey)>> {
    let place = edge.place().map(|it| (it.at, it.key));
    let fits = |at: i64, key: ConversationKey| match (edge, place) {
        (Edge::After(_), Some(place)) => (at, key) < place,
        (Edge::From(_), Some(place)) => (at, key) <= place,
        (Edge::Before(_), Some(place)) => (at, key) > place,
        _ => true,
    };
    let at = place.map(|(at, _)| time(at));
    let mut from = match (at, edge.is_backward()) {
        // Whatever is of the same moment is sorted out by its conversation.
        (Some(at), false) => EntryKey::at(at, u16::MAX).0.saturating_add(1 << 15),
        (Some(at), true) => EntryKey::first_at(at).0.saturating_sub(1),
        (None, false) => i64::MAX,
        (None, true) => i64::MIN,
    };
    let mut query = db.prepare_cached(&query(edge.is_backward()))?;
    let mut found = Vec::new();
    loop {
        let rows = query.query_map((account.0, name, from, BATCH), |row| {
            Ok((EntryKey(row.get(0)?), ConversationKey(row.get(1)?)))
        })?;
        let rows: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
        let whole = rows.len() < BATCH as usize;
        for (entry, key) in rows {
            from = entry.0;
            let at = entry.time();
            // All of one moment belong together: their order is that of their conversations.
            let last = found.last().map(|(last, _): &(EntryKey, _)| last.time());
            if found.len() >= limit && last != Some(at) {
                return Ok(found);
            }
            if fits(at.as_millisecond(), key) {
                found.push((entry, key));
            }
        }
        if whole {
            return Ok(found);
        }
    }
}

fn query(backward: bool) -> String {
    let (side, order) = if backward {
        (">", "ASC")
    } else {
        ("<", "DESC")
    };
    format!(
        "SELECT f.message, m.conversation FROM mail_folders f
         CROSS JOIN messages m ON m.id = f.message CROSS JOIN conversations c ON c.id = m.conversation
         WHERE f.account = ?1 AND f.folder = ?2 AND f.message {side} ?3 AND c.gone = 0
           AND NOT EXISTS (
             SELECT 1 FROM messages later CROSS JOIN mail_folders there
             WHERE later.conversation = m.conversation AND later.id > m.id
               AND there.account = ?1 AND there.folder = ?2 AND there.message = later.id)
         ORDER BY f.message {order} LIMIT ?4"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Care, Store};

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        (dir, store)
    }

    #[test]
    fn a_folder_is_a_walk_along_its_mails_however_many_conversations_there_are() {
        let (_dir, store) = store();
        for backward in [false, true] {
            let explain = move |tx: &crate::store::Tx<'_>| {
                let text = format!("EXPLAIN QUERY PLAN {}", query(backward));
                let mut plan = tx.prepare(&text)?;
                let steps = plan.query_map([0; 4].map(|_| None::<i64>), |row| row.get(3))?;
                Ok(steps.collect::<rusqlite::Result<Vec<String>>>()?.join("; "))
            };
            let plan = store.write_now(Care::Cache, explain).unwrap();
            assert!(
                !plan.contains("SCAN") && !plan.contains("TEMP B-TREE"),
                "{plan}"
            );
            assert!(
                plan.contains("SEARCH f USING PRIMARY KEY (account=? AND folder=? AND message"),
                "{plan}"
            );
        }
    }

    #[test]
    fn a_folder_shows_each_conversation_once_where_its_latest_mail_is_and_in_windows() {
        let (_dir, store) = store();
        let make = |tx: &crate::store::Tx<'_>| {
            tx.execute_batch(
                "INSERT INTO accounts (id, uid, provider, name, status, status_since, has_chats, has_mail, stamp)
                 VALUES (1, 'a', 'GOOGLE', 'Ada', 'OK', 0, 0, 1, 0);
                 INSERT INTO folders (account, uid, name, role, provider_id, stamp)
                 VALUES (1, 'u', 'Work', 'unknown', 'p', 0);",
            )?;
            for number in 1..=300_i64 {
                tx.execute(
                    "INSERT INTO conversations (id, account, uid, is_mail, kind, title, sort, stamp)
                     VALUES (?1, 1, 'c' || ?1, 1, 'one_to_one', 't' || ?1, ?1, 0)",
                    [number],
                )?;
                // Two mails each, and three conversations in every moment.
                for (nth, at) in [number / 3, 1_000 + number / 3].into_iter().enumerate() {
                    let id = at * (1 << 15) + number;
                    tx.execute(
                        "INSERT INTO messages (id, uid, conversation, is_mail, stamp) VALUES (?1, 'm' || ?1, ?2, 1, 0)",
                        [id, number],
                    )?;
                    let names = ["u", "p", "=Work"];
                    let name = names[usize::try_from(number).unwrap() % 3];
                    let there = if nth == 1 && number % 50 == 0 {
                        "other"
                    } else {
                        name
                    };
                    tx.execute("INSERT INTO mail_folders VALUES (1, ?1, ?2)", (there, id))?;
                }
            }
            Ok(())
        };
        store.write_now(Care::Cache, make).unwrap();
        let read = |edge: Edge, limit: u32| {
            let rows = store.read_now(|db| window(db, AccountKey(1), "u", edge, limit));
            rows.unwrap()
        };
        let all = read(Edge::Top, 1_000);
        assert_eq!(all.len(), 300);
        assert!(all.is_sorted_by_key(|it| std::cmp::Reverse((it.last_at, it.key))));
        let mut walked = read(Edge::Top, 37);
        while let Some(last) = walked.last() {
            let next = read(Edge::After(last.place()), 37);
            if next.is_empty() {
                break;
            }
            walked.extend(next);
        }
        assert_eq!(walked, all);
        assert_eq!(read(Edge::Before(all[100].place()), 20), all[80..100]);
        assert_eq!(read(Edge::From(all[100].place()), 20), all[100..120]);
        assert_eq!(read(Edge::Bottom, 20), all[280..]);
    }
}
