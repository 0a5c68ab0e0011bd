//! Which folder is meant by a word.

use crate::cli::{Failure, output};
use crate::model::inbox::{AccountKey, StoredFolder};
use crate::model::words::Spelled as _;
use crate::store::{Result as Stored, Store, read};

/// The folders with this name, id or role, of one account or of all.
pub(super) fn named(
    store: &Store,
    account: Option<AccountKey>,
    word: &str,
) -> Stored<Vec<StoredFolder>> {
    let lower = word.to_lowercase();
    let mut found = Vec::new();
    for it in store.read_now(read::accounts::all)? {
        if account.is_none_or(|key| key == it.key) {
            let folders = store.read_now(|db| read::accounts::folders(db, it.key))?;
            found.extend(folders.into_iter().filter(|folder| {
                folder.uid == word
                    || folder.name.to_lowercase() == lower
                    || folder.role.to_word() == lower.as_str()
            }));
        }
    }
    Ok(found)
}

/// The one folder of an account that a word means: by its id or name, or else by what it is for.
pub(super) fn one(store: &Store, account: AccountKey, word: &str) -> Result<StoredFolder, Failure> {
    let mut found = named(store, Some(account), word)?;
    let lower = word.to_lowercase();
    found.sort_by_key(|it| it.uid != word && it.name.to_lowercase() != lower);
    if let Some(folder) = found.into_iter().next() {
        return Ok(folder);
    }
    let all = store.read_now(|db| read::accounts::folders(db, account))?;
    let names: Vec<String> = all.iter().map(|it| output::safe(&it.name)).collect();
    let hint = if names.is_empty() {
        "Its folders have not been fetched yet: `onebox sync` does.".to_owned()
    } else {
        format!("There are {}.", names.join(", "))
    };
    Err(Failure::usage(format!(
        "No folder of this mailbox is called `{}`, and none is for that. {hint}",
        output::safe(word)
    )))
}
