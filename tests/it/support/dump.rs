//! All that a store holds, as lines that can be compared: by the server's ids, without row ids, stamps and bookkeeping.

use onebox::store::Store;
use onebox::store::search::index_text;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

/// What is read of each table. Handles count where something names them; accounts that are gone do not.
const TABLES: &[(&str, &str)] = &[
    (
        "account",
        "SELECT uid, provider, name, identity, own_id, status, created_at, has_chats, has_mail, signatures, position
         FROM accounts WHERE gone = 0 AND stamp >= 0",
    ),
    (
        "handle",
        "SELECT a.uid, h.provider_id, h.uid, h.name, h.is_self, h.public_id, h.profile_url, h.picture_url, h.headline,
                p.name, p.key GLOB '[0-9]*/*',
                (SELECT min(a2.uid || '/' || h2.provider_id) FROM handles h2 JOIN accounts a2 ON a2.id = h2.account
                 WHERE h2.person = h.person AND a2.gone = 0
                   AND (h2.uid IS NOT NULL OR h2.is_self OR EXISTS (SELECT 1 FROM members WHERE handle = h2.id)
                        OR EXISTS (SELECT 1 FROM messages WHERE sender = h2.id)))
         FROM handles h JOIN accounts a ON a.id = h.account JOIN people p ON p.id = h.person
         WHERE a.gone = 0 AND (h.uid IS NOT NULL OR h.is_self OR EXISTS (SELECT 1 FROM members WHERE handle = h.id)
               OR EXISTS (SELECT 1 FROM messages WHERE sender = h.id))",
    ),
    (
        "conversation",
        "SELECT a.uid, c.uid, c.is_mail, c.kind, c.provider_id, c.other, c.name, c.subject, c.content, c.server_at,
                c.read_only, c.disabled, c.archived, c.pinned, c.muted_until, c.unread, c.title, c.snippet,
                (SELECT provider_id FROM handles WHERE id = c.snippet_by),
                (SELECT uid FROM messages WHERE id = c.last_message), c.last_own, c.sort, c.has_files, c.needs_reply
         FROM conversations c JOIN accounts a ON a.id = c.account WHERE c.gone = 0 AND a.gone = 0",
    ),
    (
        "member",
        "SELECT c.uid, h.provider_id FROM members m JOIN conversations c ON c.id = m.conversation
         JOIN handles h ON h.id = m.handle JOIN accounts a ON a.id = c.account WHERE c.gone = 0 AND a.gone = 0",
    ),
    (
        "entry",
        "SELECT c.uid, m.uid, m.id >> 15, h.provider_id, m.sender_id, m.is_mail, m.own, m.unread, m.hidden, m.deleted,
                m.edited, m.forwarded, m.silent, m.delivered, m.seen, m.event, m.subject, m.text, m.quote_uid,
                m.quote_by, m.quote_text, m.has_files, m.has_link
         FROM messages m JOIN conversations c ON c.id = m.conversation JOIN accounts a ON a.id = c.account
         LEFT JOIN handles h ON h.id = m.sender WHERE a.gone = 0",
    ),
    (
        "mail",
        "SELECT m.uid, message_id, in_reply_to, thread_id, mails.provider_id, tracking_id, role, folders, read_date, mails.sender,
                recipients, html, extent, is_complete, origin, headers
         FROM mails JOIN messages m ON m.id = mails.message JOIN conversations c ON c.id = m.conversation
         JOIN accounts a ON a.id = c.account WHERE a.gone = 0",
    ),
    (
        "folder",
        "SELECT a.uid, f.uid, f.name, f.role, f.provider_id, f.mails FROM folders f JOIN accounts a ON a.id = f.account
         WHERE f.gone = 0 AND a.gone = 0",
    ),
    (
        "lies in",
        "SELECT m.uid, f.folder FROM mail_folders f JOIN messages m ON m.id = f.message
         JOIN accounts a ON a.id = f.account WHERE a.gone = 0",
    ),
    (
        "file",
        "SELECT m.uid, t.position, t.uid, t.kind, t.name, mime, size, width, height, duration, variant, unavailable, cid, t.url,
                extra
         FROM attachments t JOIN messages m ON m.id = t.message JOIN conversations c ON c.id = m.conversation
         JOIN accounts a ON a.id = c.account WHERE a.gone = 0",
    ),
    (
        "reaction",
        "SELECT m.uid, r.sender, r.value, r.own FROM reactions r JOIN messages m ON m.id = r.message
         JOIN conversations c ON c.id = m.conversation JOIN accounts a ON a.id = c.account WHERE a.gone = 0",
    ),
    (
        "read by",
        "SELECT m.uid, r.reader, r.at FROM read_marks r JOIN messages m ON m.id = r.message
         JOIN conversations c ON c.id = m.conversation JOIN accounts a ON a.id = c.account WHERE a.gone = 0",
    ),
];

/// Everything that is stored, in an order of its own.
pub fn dump(store: &Store) -> Vec<String> {
    store
        .read_now(|db| {
            let mut lines = Vec::new();
            for (name, query) in TABLES {
                let mut statement = db.prepare(query)?;
                let count = statement.column_count();
                let rows = statement.query_map([], |row| Ok(line(name, row, count)))?;
                lines.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
            }
            lines.sort_unstable();
            Ok(lines)
        })
        .unwrap()
}

fn line(name: &str, row: &Row<'_>, count: usize) -> String {
    let mut line = name.to_owned();
    for at in 0..count {
        line.push_str(" | ");
        match row.get_ref(at).unwrap() {
            ValueRef::Null => line.push('-'),
            ValueRef::Integer(number) => line.push_str(&number.to_string()),
            ValueRef::Real(number) => line.push_str(&number.to_string()),
            ValueRef::Text(text) => line.push_str(&String::from_utf8_lossy(text)),
            ValueRef::Blob(bytes) => line.push_str(&bytes.len().to_string()),
        }
    }
    line
}

/// The first lines that only one of two stores has; empty when they are the same.
pub fn difference(ours: &[String], theirs: &[String]) -> String {
    let only = |mark: &str, a: &[String], b: &[String]| -> Vec<String> {
        let all: std::collections::BTreeSet<_> = b.iter().collect();
        let lines = a.iter().filter(|line| !all.contains(line));
        lines.map(|line| format!("{mark} {line}")).collect()
    };
    let mut lines = only("+", ours, theirs);
    lines.truncate(12);
    let mut missing = only("-", theirs, ours);
    missing.truncate(12);
    lines.extend(missing);
    lines.join("\n")
}

/// Checks that the index of words holds exactly the words of what is stored.
pub fn assert_index_is_exact(store: &Store) {
    let (have, want) = store
        .read_now(|db| Ok((stored_index(db)?, wanted_index(db)?)))
        .unwrap();
    assert!(have == want, "{}", difference(&have, &want));
}

fn stored_index(db: &Connection) -> onebox::store::Result<Vec<String>> {
    db.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.all_words USING fts5vocab('main', 'words', 'instance');
         CREATE VIRTUAL TABLE IF NOT EXISTS temp.all_names USING fts5vocab('main', 'names', 'instance');",
    )?;
    let mut lines = instances(db, "temp.all_words")?;
    lines.extend(instances(db, "temp.all_names")?);
    Ok(lines)
}

fn instances(db: &Connection, table: &str) -> onebox::store::Result<Vec<String>> {
    let query = format!("SELECT term, doc, col, offset FROM {table} ORDER BY 2, 3, 4, 1");
    let mut statement = db.prepare(&query)?;
    let rows = statement.query_map([], |row| Ok(line(table, row, 4)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The same index, built anew from what is stored.
fn wanted_index(db: &Connection) -> onebox::store::Result<Vec<String>> {
    let fresh = Connection::open_in_memory()?;
    fresh.execute_batch(
        "CREATE VIRTUAL TABLE words USING fts5 (text, subject, files, tokenize = 'ascii');
         CREATE VIRTUAL TABLE names USING fts5 (name, tokenize = 'ascii');
         CREATE VIRTUAL TABLE temp.all_words USING fts5vocab('main', 'words', 'instance');
         CREATE VIRTUAL TABLE temp.all_names USING fts5vocab('main', 'names', 'instance');",
    )?;
    let index = |text: Option<String>| {
        let mut out = String::new();
        index_text(&text.unwrap_or_default(), &mut out);
        out
    };
    let mut statement = db.prepare(
        "SELECT id, text, subject, (SELECT group_concat(name, char(10)) FROM (
            SELECT name FROM attachments WHERE message = messages.id AND name <> '' ORDER BY position))
         FROM messages WHERE deleted = 0 AND hidden = 0",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let (text, subject) = (index(row.get(1)?), index(row.get(2)?));
        let files: Option<String> = row.get(3)?;
        let files: Vec<_> = files
            .unwrap_or_default()
            .lines()
            .map(|name| index(Some(name.to_owned())))
            .collect();
        fresh.execute(
            "INSERT INTO words (rowid, text, subject, files) VALUES (?1, ?2, ?3, ?4)",
            (id, text, subject, files.join(" ")),
        )?;
    }
    for query in [
        "SELECT 2 * id, name FROM people",
        "SELECT 2 * id + 1, title || ' ' || ifnull(subject, '') FROM conversations",
    ] {
        let mut statement = db.prepare(query)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let name = index(row.get(1)?);
            fresh.execute(
                "INSERT INTO names (rowid, name) VALUES (?1, ?2)",
                (id, name),
            )?;
        }
    }
    let mut lines = instances(&fresh, "temp.all_words")?;
    lines.extend(instances(&fresh, "temp.all_names")?);
    Ok(lines)
}
