//! The versions of the file, one script each. A script that has been shipped is never edited: the next one follows.

use std::path::Path;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, TransactionBehavior};

use super::error::{Error, Result};
use super::search::index_text;

const SCRIPTS: &[&str] = &[
    include_str!("001.sql"),
    include_str!("002.sql"),
    include_str!("003.sql"),
];

/// Brings the file up to date, all or nothing.
pub(super) fn run(db: &mut Connection, path: &Path) -> Result<()> {
    bring_to(db, path, SCRIPTS)
}

fn bring_to(db: &mut Connection, path: &Path, scripts: &[&str]) -> Result<()> {
    let known = i64::try_from(scripts.len()).unwrap_or(i64::MAX);
    if version(db)? == known {
        return Ok(());
    }
    // Another process may have done it meanwhile, so the version is read again inside.
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&step)?;
    if found > known {
        return Err(Error::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    for_scripts(&step)?;
    for script in scripts.iter().skip(usize::try_from(found).unwrap_or(0)) {
        step.execute_batch(script)?;
    }
    step.pragma_update(None, "user_version", known)?;
    step.commit()?;
    Ok(())
}

/// What scripts call that SQL has not: `index_text`, the words of a text as the index gets them.
fn for_scripts(db: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function("index_text", 1, flags, |context| {
        let mut words = String::new();
        index_text(&context.get::<String>(0)?, &mut words);
        Ok(words)
    })?;
    Ok(())
}

fn version(db: &Connection) -> Result<i64> {
    Ok(db.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILLED_001: &str = include_str!("filled_001.sql");
    /// What somebody had stored with each version, the first one first. A new script needs what was stored before it.
    const FILLED: &[&str] = &[FILLED_001, FILLED_001, FILLED_001];

    fn file() -> Connection {
        Connection::open_in_memory().unwrap()
    }

    fn schema(db: &Connection) -> Vec<String> {
        db.prepare("SELECT ifnull(sql, '') FROM sqlite_schema ORDER BY name")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap()
    }

    #[test]
    fn a_filled_file_of_every_version_becomes_a_file_of_this_one_and_loses_nothing() {
        assert_eq!(
            FILLED.len(),
            SCRIPTS.len(),
            "each version has its filled file"
        );
        let mut fresh = file();
        run(&mut fresh, Path::new("x")).unwrap();
        for old in 0..=SCRIPTS.len() {
            let mut db = file();
            bring_to(&mut db, Path::new("x"), &SCRIPTS[..old]).unwrap();
            if let Some(filled) = old.checked_sub(1).map(|last| FILLED[last]) {
                db.execute_batch(filled).unwrap();
            }
            run(&mut db, Path::new("x")).unwrap();
            assert_eq!(schema(&db), schema(&fresh), "from version {old}");
            let broken: i64 = db
                .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
                    row.get(0)
                })
                .unwrap();
            assert_eq!(broken, 0, "from version {old}");
            if old > 0 {
                let kept: (String, String, String, bool, i64) = db
                    .query_row(
                        "SELECT (SELECT text FROM messages), (SELECT body FROM drafts), (SELECT act FROM outbox),
                                (SELECT has_marks FROM messages),
                                (SELECT rowid FROM words WHERE words MATCH 'hell* AND report AND plan AND pdf')",
                        [],
                        |row| {
                            Ok((
                                row.get(0)?,
                                row.get(1)?,
                                row.get(2)?,
                                row.get(3)?,
                                row.get(4)?,
                            ))
                        },
                    )
                    .unwrap();
                assert_eq!(
                    kept,
                    (
                        "hello".into(),
                        "{\"text\":\"draft\"}".into(),
                        "{}".into(),
                        true,
                        55_705_600_000_000
                    )
                );
            }
        }
    }

    #[test]
    fn a_file_of_a_newer_onebox_is_refused_and_left_alone() {
        let mut db = file();
        db.execute_batch("CREATE TABLE later (x); PRAGMA user_version = 99;")
            .unwrap();
        let refused = run(&mut db, Path::new("some.db")).unwrap_err();
        assert!(refused.to_string().contains("Update onebox"), "{refused}");
        assert_eq!(schema(&db).len(), 1);
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let mut db = file();
        bring_to(&mut db, Path::new("x"), &["CREATE TABLE one (x)"]).unwrap();
        let broken = [
            "CREATE TABLE one (x)",
            "CREATE TABLE two (x); INSERT INTO nothing VALUES (1)",
        ];
        assert!(bring_to(&mut db, Path::new("x"), &broken).is_err());
        assert_eq!(version(&db).unwrap(), 1);
        assert_eq!(schema(&db), ["CREATE TABLE one (x)"]);
    }
}
