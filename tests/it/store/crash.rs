//! A store that is killed while it is written, and one whose file was damaged.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use onebox::store::{Care, Store, check, read};

/// Set for the process that is going to be killed: where it writes.
const WRITES_AT: &str = "ONEBOX_TEST_WRITES_AT";

/// Rows as an engine and a person would write them.
fn fill(store: &Store, from: i64, care: Care) {
    store
        .write_now(care, move |tx| {
            tx.execute_batch(
                "INSERT OR IGNORE INTO accounts (id, uid, provider, name, status, status_since, has_chats, has_mail, stamp)
                 VALUES (1, 'a', 'WHATSAPP', 'a', 'OK', 0, 1, 0, 1);
                 INSERT OR IGNORE INTO conversations (id, account, uid, is_mail, kind, stamp) VALUES (1, 1, 'c', 0, '0', 1);",
            )?;
            for n in from..from + 50 {
                let uid = format!("m{n}");
                let text = format!("words number {n} ").repeat(20);
                tx.execute(
                    "INSERT OR REPLACE INTO messages (id, uid, conversation, text, stamp) VALUES (?1, ?2, 1, ?3, 1)",
                    (n << 15, &uid, &text),
                )?;
                tx.execute("DELETE FROM words WHERE rowid = ?1", [n << 15])?;
                tx.execute("INSERT INTO words (rowid, text) VALUES (?1, ?2)", (n << 15, &text))?;
            }
            tx.execute(
                "INSERT OR REPLACE INTO drafts VALUES (?1, ?2, 'a', '{}', 0, 0)",
                (from, format!("draft {from}")),
            )?;
            Ok(())
        })
        .unwrap();
}

/// Does nothing unless another test has started it as a process of its own.
#[test]
fn writes_until_it_is_killed_when_started_for_that() {
    let Some(dir) = std::env::var_os(WRITES_AT) else {
        return;
    };
    let store = Store::open(Path::new(&dir)).unwrap();
    for step in 0.. {
        let care = if step % 5 == 0 {
            Care::Kept
        } else {
            Care::Cache
        };
        fill(&store, step * 50 % 2_000, care);
        println!("step");
    }
}

#[test]
fn a_store_that_is_killed_while_it_is_written_is_sound_and_opens_quickly() {
    let dir = tempfile::tempdir().unwrap();
    let times = if std::env::var_os("ONEBOX_LONG").is_some() {
        1_000
    } else {
        25
    };
    let name = "store::crash::writes_until_it_is_killed_when_started_for_that";
    for time in 0..times {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(WRITES_AT, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        let steps = said
            .map_while(Result::ok)
            .filter(|line| line.ends_with("step"));
        assert_eq!(steps.take(1 + time % 7).count(), 1 + time % 7);
        child.kill().unwrap();
        child.wait().unwrap();
        let begin = Instant::now();
        let store = Store::open(dir.path()).unwrap();
        assert!(store.notes().is_empty(), "{:?}", store.notes());
        assert_eq!(store.read_now(read::accounts::totals).unwrap().0, 1);
        assert!(
            begin.elapsed() < Duration::from_secs(2),
            "{:?}",
            begin.elapsed()
        );
        assert_eq!(
            store.read_now(check::integrity).unwrap(),
            Vec::<String>::new()
        );
    }
}

#[test]
fn a_damaged_file_is_set_aside_with_a_note_and_unsent_words_outlive_it() {
    type Damage = fn(&Path);
    let truncate: Damage = |file| {
        let length = file.metadata().unwrap().len();
        let file = std::fs::OpenOptions::new().write(true).open(file).unwrap();
        file.set_len(length / 3 + 777).unwrap();
    };
    let garbage: Damage = |file| {
        let mut bytes = std::fs::read(file).unwrap();
        bytes[..200].fill(b'?');
        std::fs::write(file, bytes).unwrap();
    };
    let holes: Damage = |file| {
        let mut bytes = std::fs::read(file).unwrap();
        let length = bytes.len();
        for at in (8_192..length).step_by(4_096) {
            bytes[at..at + 64].fill(0xA5);
        }
        std::fs::write(file, bytes).unwrap();
    };
    let nothing: Damage = |file| std::fs::write(file, b"").unwrap();
    for (name, damage) in [
        ("cut off", truncate),
        ("garbage", garbage),
        ("holes", holes),
        ("empty", nothing),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        fill(&store, 0, Care::Cache);
        fill(&store, 50, Care::Kept);
        drop(store);
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(dir.path().join(format!("onebox.db{end}")));
        }
        damage(&dir.path().join("onebox.db"));
        // Damage that opening does not meet is met by reading, and the next start acts on it.
        let mut notes = Vec::new();
        for _ in 0..3 {
            if let Ok(store) = Store::open(dir.path()) {
                notes.extend(store.notes().to_vec());
                let _ = store.read_now(|db| {
                    let all = "SELECT sum(length(text)) FROM messages";
                    Ok(db.query_row(all, [], |row| row.get::<_, Option<i64>>(0))?)
                });
                let _ = store.read_now(|db| {
                    Ok(db.query_row("SELECT count(*) FROM drafts", [], |row| {
                        row.get::<_, i64>(0)
                    })?)
                });
            }
        }
        let store = Store::open(dir.path()).unwrap();
        if name != "empty" {
            assert!(
                notes.iter().any(|note| note.contains("set aside")),
                "{name}: {notes:?}"
            );
        }
        assert_eq!(
            store.read_now(check::integrity).unwrap(),
            Vec::<String>::new(),
            "{name}"
        );
        let drafts = store
            .read_now(|db| {
                Ok(db.query_row("SELECT count(*) FROM drafts", [], |row| {
                    row.get::<_, i64>(0)
                })?)
            })
            .unwrap();
        assert_eq!(drafts, 2, "{name}");
    }
}
