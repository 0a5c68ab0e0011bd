//! Builds what is measured, once: the store through its own door, and beside it the least a file of SQLite needs for
//! the same. Both stay under `target/` for the next run.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use onebox::store::apply::{self, Stamp};
use onebox::store::search::index_text;
use onebox::store::{Care, Store};
use rusqlite::Connection;

use crate::world::{PAGE, World};

/// Rises when what is built changes.
const EDITION: u32 = 6;

/// Where the files of a world lie; made if they are not there yet.
pub fn built(world: World) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "bench-store-{EDITION}-{}-{}",
        world.chats, world.messages
    ));
    if !root.join("done").exists() {
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        store(world, &root);
        floor(world, &root);
        fs::write(root.join("done"), "").unwrap();
    }
    root
}

fn store(world: World, root: &Path) {
    let store = Store::open(&root.join("store")).unwrap();
    let chats: Vec<_> = world.chats().collect();
    let people: Vec<_> = world.people().collect();
    for (chats, people) in chats.chunks(PAGE).zip(people.chunks(PAGE)) {
        let (chats, people) = (chats.to_vec(), people.to_vec());
        let write = move |tx: &onebox::store::Tx<'_>| {
            apply::chats(tx, &chats, Stamp(1))?;
            apply::attendees(tx, &people, Stamp(1))
        };
        store.write_now(Care::Cache, write).unwrap();
    }
    let mut spent = Duration::ZERO;
    for nth in 0..world.pages() {
        let page = world.page(nth);
        let begun = Instant::now();
        apply_page(&store, page);
        spent += begun.elapsed();
        if nth % 400 == 399 {
            let rate = (400 * PAGE) as f64 / spent.as_secs_f64();
            eprintln!(
                "building the store: {} messages, {rate:.0}/s",
                (nth + 1) * PAGE
            );
            spent = Duration::ZERO;
        }
    }
}

/// Writes a page as the engine does.
pub fn apply_page(store: &Store, page: Vec<onebox::model::message::Message>) {
    let write = move |tx: &onebox::store::Tx<'_>| apply::messages(tx, &page, Stamp(2));
    store.write_now(Care::Cache, write).unwrap();
}

const FLOOR: &str = "
    CREATE TABLE conversations (id INTEGER PRIMARY KEY, uid TEXT, title TEXT, snippet TEXT, sort INTEGER);
    CREATE INDEX by_sort ON conversations (sort, id);
    CREATE TABLE messages (id INTEGER PRIMARY KEY, uid TEXT UNIQUE, conversation INTEGER, sender TEXT, text TEXT);
    CREATE INDEX by_conversation ON messages (conversation, id);
    CREATE VIRTUAL TABLE words USING fts5
        (text, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3');";

/// The floor as it is opened by every measure.
pub fn open_floor(root: &Path) -> Connection {
    let db = Connection::open(root.join("floor.db")).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;",
    )
    .unwrap();
    db
}

fn floor(world: World, root: &Path) {
    let mut db = open_floor(root);
    db.execute_batch(FLOOR).unwrap();
    let step = db.transaction().unwrap();
    for (nth, chat) in world.chats().enumerate() {
        let name = crate::world::name(nth);
        step.prepare_cached("INSERT INTO conversations VALUES (?1, ?2, ?3, '', 0)")
            .unwrap()
            .execute((nth as i64, chat.id.as_str(), name))
            .unwrap();
    }
    step.commit().unwrap();
    for nth in 0..world.pages() {
        insert_page(&mut db, &world.page(nth), nth * PAGE);
    }
    db.execute_batch(
        "UPDATE conversations SET (sort, snippet) = (SELECT id, text FROM messages
           WHERE conversation = conversations.id ORDER BY id DESC LIMIT 1)",
    )
    .unwrap();
}

/// The least that keeps a page of messages: rows in order of time, and their words.
pub fn insert_page(db: &mut Connection, page: &[onebox::model::message::Message], from: usize) {
    let step = db.transaction().unwrap();
    let mut words = String::new();
    for (nth, message) in page.iter().enumerate().rev() {
        let id = (message.timestamp.as_millisecond() << 15) + ((from + nth) % 32_768) as i64;
        let chat: i64 = message.chat_id.as_str()[4..].parse().unwrap();
        let text = message.text.as_deref().unwrap();
        step.prepare_cached("INSERT INTO messages VALUES (?1, ?2, ?3, ?4, ?5)")
            .unwrap()
            .execute((
                id,
                message.id.as_str(),
                chat,
                message.sender_id.as_ref().map(AsRef::as_ref),
                text,
            ))
            .unwrap();
        words.clear();
        index_text(text, &mut words);
        step.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")
            .unwrap()
            .execute((id, &words))
            .unwrap();
    }
    step.commit().unwrap();
}
