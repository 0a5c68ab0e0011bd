//! What a screen reads.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use onebox::model::inbox::{ConversationKey, Edge, EntryKey, View};
use onebox::store::Store;
use onebox::store::read::{conversations, entries};
use onebox::store::search::{Order, Query, find};
use rusqlite::Connection;

use crate::build::open_floor;
use crate::median;
use crate::world::World;

/// One thing that is measured, of the store and of its floor.
pub struct Measure {
    pub name: &'static str,
    pub ours: fn(&Path, World) -> Duration,
    pub floor: fn(&Path, World) -> Duration,
}

macro_rules! search {
    ($name:literal, $query:literal, $floor:literal) => {
        Measure {
            name: $name,
            ours: |root, _| searched(root, $query, Order::Newest),
            floor: |root, _| floor_search(root, $floor),
        }
    };
}

pub const MEASURES: &[Measure] = &[
    Measure {
        name: "open, first 60 conversations",
        ours: open,
        floor: floor_open,
    },
    Measure {
        name: "next 60 conversations",
        ours: list,
        floor: floor_list,
    },
    Measure {
        name: "last 100 messages",
        ours: |root, world| page(root, world, false),
        floor: |root, world| floor_page(root, world, false),
    },
    Measure {
        name: "100 messages deep in history",
        ours: |root, world| page(root, world, true),
        floor: |root, world| floor_page(root, world, true),
    },
    search!("newest 50: rare word", "zyzzyva", "zyzzyva"),
    search!("newest 50: common word", "\"the\"", "the"),
    search!("newest 50: prefix of 2", "pr", "pr*"),
    search!("newest 50: prefix of 3", "pro", "pro*"),
    search!("newest 50: prefix of 4", "proj", "proj*"),
    search!("newest 50: prefix of 5", "proje", "proje*"),
    search!("newest 50: prefix of many words", "prog", "prog*"),
    search!("newest 50: whole word", "project", "project*"),
    search!(
        "newest 50: two words",
        "project invoice",
        "project* AND invoice*"
    ),
    search!("newest 50: phrase", "\"see you\"", "\"see you\""),
    search!("newest 50: word + from:", "the from:\"Ada Dercon\"", "the"),
    search!("newest 50: word + in:", "the in:team", "the"),
    search!("newest 50: rare word + in:", "zyzzyva in:team", "zyzzyva"),
    search!("newest 50: has:file", "has:file", "the"),
    search!("newest 50: word + has:file", "project has:file", "the"),
    Measure {
        name: "best 50: common word",
        ours: |root, _| searched(root, "\"the\"", Order::Best),
        floor: |root, _| floor_ranked(root, "the"),
    },
    Measure {
        name: "best 50: prefix of 3",
        ours: |root, _| searched(root, "pro", Order::Best),
        floor: |root, _| floor_ranked(root, "pro*"),
    },
];

fn store(root: &Path) -> Store {
    Store::open(&root.join("store")).unwrap()
}

fn first_window(db: &Connection) -> onebox::store::Result<Vec<onebox::model::inbox::Conversation>> {
    conversations::window(db, View::Inbox, None, Edge::Top, 60)
}

fn open(root: &Path, _: World) -> Duration {
    // Closing writes to the disk and is no part of it, so what was opened stays open.
    let mut opened = Vec::new();
    median(|_| {
        let store = store(root);
        assert_eq!(black_box(store.read_now(first_window).unwrap()).len(), 60);
        opened.push(store);
    })
}

const FLOOR_LIST: &str =
    "SELECT id, uid, title, snippet, sort FROM conversations WHERE (sort, id) < (?1, ?2)
    ORDER BY sort DESC, id DESC LIMIT 60";

fn floor_rows(db: &Connection, sort: i64) {
    let mut query = db.prepare_cached(FLOOR_LIST).unwrap();
    let rows = query.query_map((sort, 0), |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, String>(3)?,
        ))
    });
    black_box(rows.unwrap().map(Result::unwrap).collect::<Vec<_>>());
}

fn floor_open(root: &Path, _: World) -> Duration {
    let mut opened = Vec::new();
    median(|_| {
        let db = open_floor(root);
        floor_rows(&db, i64::MAX);
        opened.push(db);
    })
}

fn list(root: &Path, _: World) -> Duration {
    let store = store(root);
    let mut after = None;
    median(|_| {
        let next =
            |db: &Connection| conversations::window(db, View::Inbox, None, Edge::after(after), 60);
        let window = store.read_now(next).unwrap();
        after = window.last().map(onebox::model::inbox::Conversation::place);
        if window.len() < 60 {
            after = None;
        }
        black_box(window);
    })
}

fn floor_list(root: &Path, _: World) -> Duration {
    let db = open_floor(root);
    let top: i64 = db
        .query_row("SELECT max(sort) FROM conversations", [], |row| row.get(0))
        .unwrap();
    median(|nth| floor_rows(&db, top - ((nth as i64) << 38)))
}

/// One of the conversations with more than enough messages.
fn busy(world: World, nth: usize) -> i64 {
    (nth * 7 % (world.chats / 20)) as i64 + 1
}

fn page(root: &Path, world: World, deep: bool) -> Duration {
    let store = store(root);
    let middle = store.read_now(|db| Ok(EntryKey(middle(db)))).unwrap();
    median(|nth| {
        let key = ConversationKey(busy(world, nth));
        let window = store.read_now(|db| entries::before(db, key, deep.then_some(middle), 100));
        black_box(window.unwrap());
    })
}

/// A place in the midst of everything.
fn middle(db: &Connection) -> i64 {
    let end = |end: &str| -> i64 {
        let query = format!("SELECT {end}(id) FROM messages");
        db.query_row(&query, [], |row| row.get(0)).unwrap()
    };
    i64::midpoint(end("min"), end("max"))
}

fn floor_page(root: &Path, world: World, deep: bool) -> Duration {
    let db = open_floor(root);
    let place = if deep { middle(&db) } else { i64::MAX };
    median(|nth| {
        let mut query = db
            .prepare_cached(
                "SELECT id, uid, sender, text FROM messages WHERE conversation = ?1 AND id < ?2 ORDER BY id DESC LIMIT 100",
            )
            .unwrap();
        let rows = query.query_map((busy(world, nth) - 1, place), |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
            ))
        });
        black_box(rows.unwrap().map(Result::unwrap).collect::<Vec<_>>());
    })
}

fn query(text: &str) -> Query {
    Query::parse(text, &"2026-11-21T12:00[UTC]".parse().unwrap())
}

fn searched(root: &Path, text: &str, order: Order) -> Duration {
    let store = store(root);
    let query = query(text);
    median(|_| {
        let hits = store.read_now(|db| find(db, &query, order, None, 50));
        black_box(hits.unwrap());
    })
}

fn floor_search(root: &Path, terms: &str) -> Duration {
    let db = open_floor(root);
    median(|_| {
        let mut query = db
            .prepare_cached(
                "SELECT m.id, m.uid, m.text FROM words JOIN messages m ON m.id = words.rowid
                 WHERE words MATCH ?1 ORDER BY words.rowid DESC LIMIT 50",
            )
            .unwrap();
        let rows = query.query_map([terms], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
            ))
        });
        black_box(rows.unwrap().map(Result::unwrap).collect::<Vec<_>>());
    })
}

/// Ranks everything once, as FTS5 does it by itself; too slow for more.
fn floor_ranked(root: &Path, terms: &str) -> Duration {
    let db = open_floor(root);
    let begun = std::time::Instant::now();
    let mut query = db
        .prepare("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rank LIMIT 50")
        .unwrap();
    let rows = query.query_map([terms], |row| row.get::<_, i64>(0));
    black_box(rows.unwrap().map(Result::unwrap).collect::<Vec<_>>());
    begun.elapsed()
}

/// Does every read many times and says what the process needed.
pub fn memory(root: &Path) {
    let store = store(root);
    let searches = [
        "zyzzyva",
        "the",
        "pr",
        "pro",
        "proje",
        "\"see you\"",
        "the in:team",
        "has:file",
    ];
    for nth in 0..200_i64 {
        store.read_now(first_window).unwrap();
        store
            .read_now(|db| entries::before(db, ConversationKey(nth + 1), None, 100))
            .unwrap();
        let query = query(searches[nth as usize % searches.len()]);
        for order in [Order::Newest, Order::Best] {
            store
                .read_now(|db| find(db, &query, order, None, 50))
                .unwrap();
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = |name| {
        status
            .lines()
            .find(|line: &&str| line.starts_with(name))
            .unwrap_or_default()
    };
    println!("{}; {}", line("VmRSS"), line("VmHWM"));
}
