//! `onebox` alone: the inbox on the screen.

use std::io::IsTerminal as _;

use tokio::runtime::Handle;

use super::connection::{self, Connection};
use super::{Exit, Failure, Globals, block_on, crew, login, output};
use crate::api::Client;
use crate::app::welcome::Choice;
use crate::config::Config;
use crate::mail::mailto;
use crate::runtime::look::{Look, Terminal};
use crate::runtime::{self, Left, Program};
use crate::store::Store;
use crate::sync::engine::Settings;

/// Opens the inbox of the profile.
pub(super) fn run(
    connection: &Connection,
    globals: &Globals,
    link: Option<String>,
) -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(connection::unscreened());
    }
    if !connection.is_set_up(&globals.profile)? {
        match block_on(welcome(globals))? {
            Choice::Quit => return Ok(()),
            Choice::Demo => return super::demo::look(globals),
            Choice::LoggedIn => {}
        }
    }
    let access = connection.access(&globals.profile)?;
    let client = access.client()?;
    screen(client, globals.clone(), crew()?.handle(), link)
}

/// A link for a mail as the system hands it over.
pub(super) fn link(text: &str) -> Result<String, String> {
    if mailto::read(text).is_some() {
        return Ok(text.to_owned());
    }
    Err(
        "there is no such command, and it is no mailto: link; `onebox --help` lists the commands"
            .to_owned(),
    )
}

/// Lets somebody who has set nothing up choose how to begin.
async fn welcome(globals: &Globals) -> Result<Choice, Failure> {
    let check = |address: String, key| {
        let profile = globals.profile.clone();
        async move {
            let done = login::first(&profile, &address, key).await;
            done.map_err(|failure| failure.message)
        }
    };
    let look = Look {
        dir: globals.profile.config_dir.clone(),
        flags: globals.screen,
        terminal: Terminal::here(),
        readonly: globals.readonly,
    };
    let (_, theme) = look
        .read()
        .map_err(|wrong| unshown(&runtime::Error::Settings(wrong)))?;
    runtime::welcome::run(theme, check)
        .await
        .map_err(|error| unshown(&error))
}

fn unshown(error: &runtime::Error) -> Failure {
    Failure {
        exit: match &error {
            runtime::Error::Settings(_) => Exit::Usage,
            _ => Exit::Api,
        },
        message: error.to_string(),
    }
}

/// Shows the screen over a server.
pub(super) fn screen(
    client: Client,
    globals: Globals,
    crew: &Handle,
    link: Option<String>,
) -> Result<(), Failure> {
    let mut config = Config::load(&globals.profile.config_file()).map_err(Failure::usage)?;
    let mut engine = Settings {
        sends: !globals.readonly,
        ..Settings::of(&config)
    };
    if globals.own_server {
        engine = engine.with_own_server();
        // It is on this machine, so it can tell of news by itself.
        config.webhooks.get_or_insert_default();
    }
    let store = Store::open(&globals.profile.data_dir)?;
    let log = output::log_to_file(&globals.profile.data_dir).map_err(|error| Failure {
        exit: Exit::Usage,
        message: format!("The log cannot be written: {error}."),
    })?;
    let program = Program {
        engine,
        profile: globals.profile,
        config,
        store,
        client: Some(client),
        readonly: globals.readonly,
        link,
        flags: globals.screen,
        log: log.clone(),
        crew: crew.clone(),
    };
    let left = runtime::run(program).map_err(|error| unshown(&error))?;
    if left == Left::Stopped {
        output::note(&format!(
            "onebox was asked to stop, and did. Nothing is lost; the log is {}.",
            log.display()
        ));
    }
    Ok(())
}
