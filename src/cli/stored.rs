//! Opens what is stored, for the commands that read it.

use super::{Failure, Globals, connection, output};
use crate::config::Config;
use crate::store::{Store, read};

/// Opens the store; one in which nothing is yet is a failure that says what to do.
pub(super) fn open(globals: &Globals) -> Result<Store, Failure> {
    let dir = &globals.profile.data_dir;
    // Who only looks leaves nothing behind.
    if !Store::is_there(dir) {
        return Err(nothing(globals));
    }
    let store = Store::open(dir)?;
    for note in store.notes() {
        output::note(note);
    }
    if store.read_now(read::accounts::ids)?.is_empty() {
        return Err(nothing(globals));
    }
    Ok(store)
}

fn nothing(globals: &Globals) -> Failure {
    let config = Config::load(&globals.profile.config_file());
    let named = std::env::var_os("ONEBOX_URL").is_some_and(|url| !url.is_empty());
    match config {
        Err(error) => Failure::usage(error),
        Ok(config) if config.server.url.is_none() && !named => {
            connection::unconfigured(&globals.profile)
        }
        Ok(_) => Failure::usage(
            "Nothing has been fetched yet. `onebox sync --once` fetches what your server has,\n\
             `onebox sync --watch` goes on fetching.",
        ),
    }
}
