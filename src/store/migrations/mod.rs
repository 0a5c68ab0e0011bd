//! The versions of the file, one script each. A script that has been shipped is never edited: the next one follows.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::error::{Error, Result};

const SCRIPTS: &[&str] = &[include_str!("001.sql")];

/// Brings the file up to date, all or nothing.
pub(super) fn run(db: &mut Connection, path: &Path) -> Result<()> {
    let known = i64::try_from(SCRIPTS.len()).unwrap_or(i64::MAX);
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
    for script in SCRIPTS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        step.execute_batch(script)?;
    }
    step.pragma_update(None, "user_version", known)?;
    step.commit()?;
    Ok(())
}

fn version(db: &Connection) -> Result<i64> {
    Ok(db.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}
