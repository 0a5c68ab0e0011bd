//! What the user has used last and will be offered first.

use rusqlite::{Connection, OptionalExtension as _};

use super::error::{Error, Result};
use super::tx::{Change, Tx};

/// How many reactions are remembered.
const REACTIONS: usize = 12;

/// Emoji the user has reacted with, the last one first.
pub fn reactions(db: &Connection) -> Result<Vec<String>> {
    let text: Option<String> = db
        .prepare_cached("SELECT value FROM meta WHERE key = 'reactions'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    match text {
        Some(text) => {
            serde_json::from_str(&text).map_err(|error| Error::unreadable("reactions", error))
        }
        None => Ok(Vec::new()),
    }
}

/// Remembers a reaction.
pub fn reacted(tx: &Tx<'_>, emoji: &str) -> Result<()> {
    let mut all = reactions(tx)?;
    all.retain(|it| it != emoji);
    all.insert(0, emoji.to_owned());
    all.truncate(REACTIONS);
    let text = serde_json::to_string(&all).map_err(|it| Error::unreadable("reactions", it))?;
    tx.prepare_cached(
        "INSERT INTO meta VALUES ('reactions', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
    )?
    .execute([text])?;
    tx.changed(Change::Outbox);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Care, Store};

    #[test]
    fn reactions_are_remembered_across_runs_the_last_one_first_and_each_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("profile");
        let store = Store::open(&path).unwrap();
        for emoji in ["👍", "🎉", "👍"] {
            let done = store.write_now(Care::Kept, move |tx| reacted(tx, emoji));
            done.unwrap();
        }
        drop(store);
        let store = Store::open(&path).unwrap();
        assert_eq!(store.read_now(reactions).unwrap(), ["👍", "🎉"]);
    }
}
