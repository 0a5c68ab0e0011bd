//! `onebox` alone: the inbox on the screen.

use std::io::IsTerminal as _;

use super::connection::{self, Connection};
use super::{Exit, Failure, Globals, block_on, output};
use crate::api::Client;
use crate::config::Config;
use crate::runtime::{self, Left, Program};
use crate::store::Store;
use crate::sync::engine::Settings;

/// Opens the inbox of the profile.
pub(super) fn run(connection: &Connection, globals: &Globals) -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(connection::unscreened());
    }
    let access = connection.access(&globals.profile)?;
    let client = access.client()?;
    block_on(screen(client, globals.clone()))
}

/// Shows the screen over a server.
pub(super) async fn screen(client: Client, globals: Globals) -> Result<(), Failure> {
    let config = Config::load(&globals.profile.config_file()).map_err(Failure::usage)?;
    let store = Store::open(&globals.profile.data_dir)?;
    let log = output::log_to_file(&globals.profile.data_dir).map_err(|error| Failure {
        exit: Exit::Usage,
        message: format!("The log cannot be written: {error}."),
    })?;
    let program = Program {
        engine: Settings {
            sends: !globals.readonly,
            ..Settings::of(&config)
        },
        profile: globals.profile,
        config,
        store,
        client: Some(client),
        readonly: globals.readonly,
        flags: globals.screen,
        log: log.clone(),
    };
    let left = runtime::run(program).await.map_err(|error| Failure {
        exit: match &error {
            runtime::Error::Settings(_) => Exit::Usage,
            _ => Exit::Api,
        },
        message: error.to_string(),
    })?;
    if left == Left::Stopped {
        output::note(&format!(
            "onebox was asked to stop, and did. Nothing is lost; the log is {}.",
            log.display()
        ));
    }
    Ok(())
}
