//! `onebox doctor`: looks at everything that has to be right, and says what is not.
//!
//! With `--json` a line for each finding: `{"kind":"finding","id":NAME,"state":"ok"|"note"|"bad","text":TEXT}`.

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::connection::Connection;
use super::{Exit, Failure, Globals, block_on, output, reach};
use crate::config::{Config, private};
use crate::model::account::AccountStatus;
use crate::model::words::Spelled as _;
use crate::store::progress::troubles;
use crate::store::{Store, check, read};

/// What to look at.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// One JSON object per line
    #[arg(long)]
    json: bool,
    /// Forget the troubles that were counted
    #[arg(long)]
    clear: bool,
    #[command(flatten)]
    connection: Connection,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Note,
    Bad,
}

struct Finding {
    name: &'static str,
    state: State,
    text: String,
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let mut findings = Vec::new();
    let mut find = |name, state, text: String| findings.push(Finding { name, state, text });
    let file = globals.profile.config_file();
    match Config::load(&file) {
        Ok(_) => find(
            "settings",
            State::Ok,
            format!("{} is understood", file.display()),
        ),
        Err(error) => find("settings", State::Bad, error.to_string()),
    }
    let key_file = globals.profile.key_file();
    if private::others_can_read(&key_file) {
        let text = format!(
            "others can read {}: run chmod 600 on it",
            key_file.display()
        );
        find("key", State::Bad, text);
    }
    server(&arguments.connection, globals, &mut find);
    if let Err(error) = stored(globals, arguments.clear, &mut find) {
        find("store", State::Bad, error.to_string());
    }
    let bad = findings.iter().filter(|it| it.state == State::Bad).count();
    for finding in &findings {
        show(finding, arguments.json)?;
    }
    if bad > 0 {
        return Err(Failure {
            exit: Exit::Api,
            message: format!("{bad} of {} things need attention.", findings.len()),
        });
    }
    Ok(())
}

fn show(finding: &Finding, json: bool) -> Result<(), Failure> {
    let state = match finding.state {
        State::Ok => "ok",
        State::Note => "note",
        State::Bad => "bad",
    };
    if json {
        let line =
            json!({"kind": "finding", "id": finding.name, "state": state, "text": finding.text});
        return output::line(&line.to_string());
    }
    output::line(&format!(
        "{state:<5}{:<10}{}",
        finding.name,
        output::safe(&finding.text)
    ))
}

fn server(
    connection: &Connection,
    globals: &Globals,
    find: &mut impl FnMut(&'static str, State, String),
) {
    let asked = connection
        .access(&globals.profile)
        .and_then(|access| Ok((access.base.to_string(), access.client()?)));
    let (address, client) = match asked {
        Ok(it) => it,
        Err(failure) => return find("server", State::Bad, failure.message),
    };
    match block_on(async { reach::accounts(&client).await }) {
        Ok(accounts) => {
            find(
                "server",
                State::Ok,
                format!("{address} answers, and knows {} accounts", accounts.len()),
            );
            for account in accounts {
                let state = match account.status() {
                    AccountStatus::Ok => State::Ok,
                    AccountStatus::Connecting => State::Note,
                    _ => State::Bad,
                };
                let text = format!(
                    "{} {} is {}",
                    account.provider.label(),
                    account.name,
                    account.status().to_word()
                );
                find("account", state, text);
            }
        }
        Err(failure) => find("server", State::Bad, failure.message),
    }
}

fn stored(
    globals: &Globals,
    clear: bool,
    find: &mut impl FnMut(&'static str, State, String),
) -> crate::store::Result<()> {
    let dir = &globals.profile.data_dir;
    if !Store::is_there(dir) {
        find(
            "store",
            State::Note,
            "nothing is stored yet: run `onebox sync`".to_owned(),
        );
        return Ok(());
    }
    let store = Store::open(dir)?;
    for note in store.notes() {
        find("store", State::Note, note.clone());
    }
    match store.read_now(check::integrity)? {
        problems if problems.is_empty() => {
            let (conversations, entries) = store.read_now(read::accounts::totals)?;
            let text = format!(
                "{} is sound: {conversations} conversations, {entries} messages and mails",
                dir.display()
            );
            find("store", State::Ok, text);
        }
        problems => find("store", State::Bad, problems.join("; ")),
    }
    if clear {
        store.write_now(crate::store::Care::Cache, troubles::clear)?;
    }
    let accounts = store.read_now(read::accounts::all)?;
    for account in accounts.iter().filter(|it| it.paused) {
        find(
            "paused",
            State::Note,
            format!(
                "{} {} is not fetched",
                account.provider.label(),
                account.name
            ),
        );
    }
    for trouble in store.read_now(troubles::all)? {
        let of = accounts.iter().find(|it| Some(it.key) == trouble.account);
        let of = of.map_or(String::new(), |it| {
            format!(" at {} {}", it.provider.label(), it.name)
        });
        let ago = Timestamp::now().duration_since(trouble.last_at).as_secs() / 60;
        let text = format!(
            "{}{of}: {} times, last {ago} minutes ago: {}",
            trouble.kind, trouble.count, trouble.detail
        );
        find("trouble", State::Note, text);
    }
    Ok(())
}
