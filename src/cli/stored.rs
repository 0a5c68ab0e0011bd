//! Opens what is stored, for the commands that read it.

use std::path::PathBuf;

use super::{Exit, Failure, output};
use crate::store::{Store, read};

/// Where the data of the profile lies.
fn data_dir() -> Option<PathBuf> {
    let folder = match std::env::var_os("ONEBOX_DATA").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => directories::ProjectDirs::from("", "", "onebox")?
            .data_dir()
            .to_owned(),
    };
    Some(folder.join("profiles").join("default"))
}

/// Opens the store; one in which nothing is yet is a failure that says what to do.
pub(super) fn open() -> Result<Store, Failure> {
    let dir = data_dir().filter(|dir| dir.join("onebox.db").exists());
    let store = Store::open(&dir.ok_or_else(nothing)?)?;
    for note in store.notes() {
        output::error(&output::safe(note));
    }
    if store.read_now(read::accounts::ids)?.is_empty() {
        return Err(nothing());
    }
    Ok(store)
}

fn nothing() -> Failure {
    Failure {
        exit: Exit::Usage,
        message: "Nothing is stored here yet. `onebox login` sets up your server, `onebox sync` fetches from it.\n\
                  To look around first, `onebox demo` brings up a server full of invented people."
            .to_owned(),
    }
}

impl From<crate::store::Error> for Failure {
    fn from(error: crate::store::Error) -> Self {
        Self {
            exit: Exit::Api,
            message: output::safe(&error.to_string()),
        }
    }
}
