//! Looks whether the stored data is sound.

use rusqlite::Connection;

use super::error::Result;

/// What is wrong with the file; nothing when it is sound.
pub fn integrity(db: &Connection) -> Result<Vec<String>> {
    let mut problems: Vec<String> = db
        .prepare("PRAGMA quick_check(10)")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    problems.retain(|it| it != "ok");
    let broken: i64 = db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
        row.get(0)
    })?;
    if broken > 0 {
        problems.push(format!("{broken} rows name others that are not there"));
    }
    Ok(problems)
}
