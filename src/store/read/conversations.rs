//! Lists of conversations, and single ones.

use rusqlite::{Connection, OptionalExtension as _, Row, ToSql};

use super::{count, time};
use crate::model::account::Provider;
use crate::model::chat::ChatKind;
use crate::model::inbox::{
    AccountKey, Conversation, ConversationKey, Edge, EntryKey, HandleKey, PictureOwner, View,
};
use crate::model::words::Spelled as _;
use crate::store::error::Result;

/// What every query of conversations reads.
const COLUMNS: &str = "c.id, c.account, c.uid, c.is_mail, c.kind, a.provider, c.title, c.subject, c.snippet,
    (SELECT name FROM handles WHERE id = c.snippet_by), c.last_message, c.last_own, c.sort, c.unread, c.archived,
    c.pinned, c.muted_until, c.starred, c.has_draft, c.needs_reply, c.has_files, c.read_only,
    (SELECT id FROM handles WHERE account = c.account AND provider_id = c.other)";

/// A window of a list: pinned ones first, then the latest.
pub fn window(
    db: &Connection,
    view: View,
    account: Option<AccountKey>,
    edge: Edge,
    limit: u32,
) -> Result<Vec<Conversation>> {
    let query = window_query(view, account.is_some(), edge);
    let place = edge.place();
    let (pinned, at, key) = place.map_or((false, 0, 0), |it| (it.pinned, it.at, it.key.0));
    let mut rows = select(
        db,
        &query,
        &[&pinned, &at, &key, &limit, &account.map(|it| it.0)],
    )?;
    if edge.is_backward() {
        rows.reverse();
    }
    Ok(rows)
}

fn condition(view: View) -> &'static str {
    match view {
        View::Inbox => "c.archived = 0",
        View::Unread => "c.archived = 0 AND c.unread > 0",
        View::NeedsReply => "c.archived = 0 AND c.needs_reply = 1",
        View::Starred => "c.archived IN (0, 1) AND c.starred = 1",
        View::Drafts => "c.archived IN (0, 1, 2) AND c.has_draft = 1",
        View::Archived => "c.archived = 1",
    }
}

fn window_query(view: View, of_account: bool, edge: Edge) -> String {
    let condition = condition(view);
    let mine = if of_account {
        "c.account = ?5 AND"
    } else {
        "?5 IS NULL AND"
    };
    let from = match edge {
        Edge::Top | Edge::Bottom => "AND ?1 + ?2 + ?3 = 0",
        Edge::After(_) => "AND (c.pinned, c.sort, c.id) < (?1, ?2, ?3)",
        Edge::From(_) => "AND (c.pinned, c.sort, c.id) <= (?1, ?2, ?3)",
        Edge::Before(_) => "AND (c.pinned, c.sort, c.id) > (?1, ?2, ?3)",
    };
    let order = if edge.is_backward() { "ASC" } else { "DESC" };
    format!(
        "SELECT {COLUMNS} FROM conversations c JOIN accounts a ON a.id = c.account
         WHERE {mine} {condition} AND c.gone = 0 AND a.gone = 0 {from}
         ORDER BY c.pinned {order}, c.sort {order}, c.id {order} LIMIT ?4"
    )
}

/// How many conversations a view has.
pub fn count_of(db: &Connection, view: View, account: Option<AccountKey>) -> Result<u64> {
    let found = db
        .prepare_cached(&count_query(view, account.is_some()))?
        .query_row([account.map(|it| it.0)], |row| row.get(0))?;
    Ok(count(found))
}

/// Counts along the index alone; what belongs to accounts that are gone is little, and taken off again.
fn count_query(view: View, of_account: bool) -> String {
    let condition = condition(view);
    if of_account {
        // What is unread or starred has an index of its own, and is less than what an account has.
        let mine = match view {
            View::Inbox | View::Archived => "c.account",
            View::Unread | View::NeedsReply | View::Starred | View::Drafts => "+c.account",
        };
        return format!(
            "SELECT count(*) FROM conversations c WHERE {mine} = ?1 AND {condition} AND c.gone = 0
             AND EXISTS (SELECT 1 FROM accounts WHERE id = ?1 AND gone = 0)"
        );
    }
    format!(
        "SELECT (SELECT count(*) FROM conversations c WHERE ?1 IS NULL AND {condition} AND c.gone = 0)
              - (SELECT count(*) FROM accounts a CROSS JOIN conversations c ON c.account = a.id
                 WHERE a.gone = 1 AND {condition} AND c.gone = 0)"
    )
}

/// One conversation.
pub fn get(db: &Connection, key: ConversationKey) -> Result<Option<Conversation>> {
    let query = format!(
        "SELECT {COLUMNS} FROM conversations c JOIN accounts a ON a.id = c.account WHERE c.id = ?1"
    );
    Ok(select(db, &query, &[&key.0])?.pop())
}

/// The conversations with an id of the server; one, but for two accounts in the same chat.
pub fn with_uid(db: &Connection, uid: &str) -> Result<Vec<Conversation>> {
    let query = format!(
        "SELECT {COLUMNS} FROM conversations c JOIN accounts a ON a.id = c.account WHERE c.uid = ?1 AND c.gone = 0 AND a.gone = 0"
    );
    select(db, &query, &[&uid])
}

/// The conversations a person takes part in, the latest first.
pub fn with_person(
    db: &Connection,
    person: crate::model::inbox::PersonKey,
    limit: u32,
) -> Result<Vec<Conversation>> {
    let query = format!(
        "SELECT {COLUMNS} FROM conversations c JOIN accounts a ON a.id = c.account
         WHERE c.gone = 0 AND a.gone = 0 AND c.id IN (
            SELECT m.conversation FROM members m JOIN handles h ON h.id = m.handle WHERE h.person = ?1
            UNION SELECT c2.id FROM handles h JOIN conversations c2 ON c2.account = h.account AND c2.other = h.provider_id
            WHERE h.person = ?1)
         ORDER BY c.sort DESC, c.id DESC LIMIT ?2"
    );
    select(db, &query, &[&person.0, &limit])
}

/// All conversations, a window at a time in no order that means anything; for exports.
pub fn all_after(db: &Connection, place: ConversationKey, limit: u32) -> Result<Vec<Conversation>> {
    let query = format!(
        "SELECT {COLUMNS} FROM conversations c JOIN accounts a ON a.id = c.account
         WHERE c.id > ?1 AND c.gone = 0 ORDER BY c.id LIMIT ?2"
    );
    select(db, &query, &[&place.0, &limit])
}

/// What a conversation is called, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    pub key: ConversationKey,
    pub account: AccountKey,
    pub title: String,
    pub subject: Option<String>,
}

/// What all conversations are called, a window at a time.
pub fn titles_after(db: &Connection, place: ConversationKey, limit: u32) -> Result<Vec<Title>> {
    Ok(db
        .prepare_cached(
            "SELECT id, account, title, subject FROM conversations WHERE id > ?1 AND gone = 0 ORDER BY id LIMIT ?2",
        )?
        .query_map((place.0, limit), title)?
        .collect::<rusqlite::Result<_>>()?)
}

/// What the latest conversations that are not archived are called.
pub fn latest_titles(db: &Connection, limit: u32) -> Result<Vec<Title>> {
    Ok(db
        .prepare_cached(LATEST_TITLES)?
        .query_map([limit], title)?
        .collect::<rusqlite::Result<_>>()?)
}

const LATEST_TITLES: &str = "SELECT id, account, title, subject FROM conversations c
     WHERE archived = 0 AND gone = 0 ORDER BY pinned DESC, sort DESC, id DESC LIMIT ?1";

/// The latest conversation with a person.
pub fn latest_of(db: &Connection, person: crate::model::inbox::PersonKey) -> Result<Option<Title>> {
    Ok(db
        .prepare_cached(
            "SELECT id, account, title, subject FROM conversations
             WHERE gone = 0 AND id IN (
                SELECT m.conversation FROM handles h JOIN members m ON m.handle = h.id WHERE h.person = ?1
                UNION ALL SELECT c.id FROM handles h
                JOIN conversations c ON c.account = h.account AND c.other = h.provider_id WHERE h.person = ?1)
             ORDER BY sort DESC, id DESC LIMIT 1",
        )?
        .query_row([person.0], title)
        .optional()?)
}

fn title(row: &Row<'_>) -> rusqlite::Result<Title> {
    Ok(Title {
        key: ConversationKey(row.get(0)?),
        account: AccountKey(row.get(1)?),
        title: row.get(2)?,
        subject: row.get(3)?,
    })
}

fn select(db: &Connection, query: &str, values: &[&dyn ToSql]) -> Result<Vec<Conversation>> {
    Ok(db
        .prepare_cached(query)?
        .query_map(values, row)?
        .collect::<rusqlite::Result<_>>()?)
}

fn row(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    let at: i64 = row.get(12)?;
    let muted_until: Option<i64> = row.get(16)?;
    let (key, is_mail) = (ConversationKey(row.get(0)?), row.get(3)?);
    let kind = ChatKind::from_word(&row.get::<_, String>(4)?);
    let other = row.get::<_, Option<i64>>(22)?.map(HandleKey);
    let picture = match kind {
        ChatKind::OneToOne => other.map(PictureOwner::Handle),
        _ if is_mail => None,
        _ => Some(PictureOwner::Conversation(key)),
    };
    Ok(Conversation {
        key,
        account: AccountKey(row.get(1)?),
        uid: row.get(2)?,
        is_mail,
        kind,
        picture,
        provider: Provider::from_word(&row.get::<_, String>(5)?),
        title: row.get(6)?,
        subject: row.get(7)?,
        snippet: row.get(8)?,
        snippet_by: row.get(9)?,
        last_entry: row.get::<_, Option<i64>>(10)?.map(EntryKey),
        last_own: row.get(11)?,
        last_at: (at != 0).then(|| time(at)),
        unread: count(row.get(13)?),
        archived: row.get::<_, i64>(14)? != 0,
        pinned: row.get(15)?,
        muted: muted_until.is_some(),
        starred: row.get(17)?,
        has_draft: row.get(18)?,
        needs_reply: row.get(19)?,
        has_files: row.get(20)?,
        writable: row.get::<_, i64>(21)? == 0,
    })
}

/// The uid of a conversation.
pub fn uid(db: &Connection, key: ConversationKey) -> Result<Option<String>> {
    Ok(db
        .prepare_cached("SELECT uid FROM conversations WHERE id = ?1")?
        .query_row([key.0], |row| row.get(0))
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::inbox::Place;
    use crate::store::{Care, Store};

    #[test]
    fn lists_are_walks_along_an_index_however_many_conversations_there_are() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let plan = |query: String| -> String {
            let explain = move |tx: &crate::store::Tx<'_>| {
                let mut plan = tx.prepare(&format!("EXPLAIN QUERY PLAN {query}"))?;
                let steps = plan.query_map([0; 5].map(|_| None::<i64>), |row| row.get(3))?;
                Ok(steps.collect::<rusqlite::Result<Vec<String>>>()?.join("; "))
            };
            store.write_now(Care::Cache, explain).unwrap()
        };
        for view in [
            View::Inbox,
            View::Unread,
            View::NeedsReply,
            View::Starred,
            View::Drafts,
            View::Archived,
        ] {
            let place = Place {
                pinned: false,
                at: 0,
                key: ConversationKey(0),
            };
            let edges = [
                Edge::Top,
                Edge::Bottom,
                Edge::After(place),
                Edge::Before(place),
                Edge::From(place),
            ];
            for (of_account, edge) in edges
                .into_iter()
                .flat_map(|edge| [(false, edge), (true, edge)])
            {
                let plan = plan(window_query(view, of_account, edge));
                // What is starred or drafted lies in several places and is little.
                let several = matches!(view, View::Starred | View::Drafts);
                assert!(
                    plan.contains("SEARCH c USING INDEX conversations_"),
                    "{view:?}: {plan}"
                );
                assert!(several || !plan.contains("TEMP B-TREE"), "{view:?}: {plan}");
                assert!(!plan.contains("SCAN"), "{view:?}: {plan}");
            }
        }
    }
}
