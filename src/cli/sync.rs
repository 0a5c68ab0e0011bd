//! `onebox sync`: fetches what is new, once or for as long as it runs.
//!
//! With `--json` a line for each account at the end, or after every change with `--watch`:
//! `{"kind":"sync","id":ACCOUNT,"state":"done"|"working"|"failed","working":[…],"problem":TEXT|null}`.

use std::collections::BTreeSet;
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::connection::Connection;
use super::{Exit, Failure, Globals, block_on_long, output, stored, target};
use crate::config::Config;
use crate::model::inbox::StoredAccount;
use crate::runtime::signals::Signals;
use crate::store::progress::lists;
use crate::store::{Care, Store, read};
use crate::sync::engine::{Link, Settings, Status};
use crate::sync::session::Session;
use crate::sync::{Asker, Lead};

/// What to fetch.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Fetch until nothing is missing, then end (the default)
    #[arg(long, conflicts_with = "watch")]
    once: bool,
    /// Stay, and keep everything up to date
    #[arg(long)]
    watch: bool,
    /// Ask for everything once more, also for what is stored
    #[arg(long)]
    full: bool,
    /// Stop fetching an account until it is resumed
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, conflicts_with_all = ["once", "watch", "full"])]
    pause: Option<String>,
    /// Fetch an account again
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, conflicts_with_all = ["once", "watch", "full", "pause"])]
    resume: Option<String>,
    /// One JSON object per line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: Connection,
}

impl Arguments {
    /// The account to stop or to resume.
    fn switch(&self) -> Option<(&str, bool)> {
        let pause = self.pause.as_deref().map(|account| (account, true));
        pause.or(self.resume.as_deref().map(|account| (account, false)))
    }
}

/// Stops or resumes an account; an engine that is running hears of it within a minute.
fn switch(word: &str, paused: bool, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let account = target::account(&store, word)?;
    let key = account.key;
    store.write_now(Care::Cache, move |tx| lists::pause(tx, key, paused))?;
    let state = if paused {
        "is not fetched any more"
    } else {
        "is fetched again"
    };
    output::line(&output::safe(&format!("{} {state}.", label(&account))))
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    if let Some((account, paused)) = arguments.switch() {
        return switch(account, paused, globals);
    }
    let access = arguments.connection.access(&globals.profile)?;
    let config = Config::load(&globals.profile.config_file()).map_err(Failure::usage)?;
    let store = Store::open(&globals.profile.data_dir)?;
    for note in store.notes() {
        output::note(note);
    }
    let client = access.client()?;
    block_on_long(async move {
        let mut signals = Signals::listen();
        let lead = tokio::select! {
            lead = lead(&store, arguments.watch) => lead?,
            _ = signals.next() => return Ok(()),
        };
        let Some(lead) = lead else {
            output::note("Another onebox keeps this profile up to date.");
            return Ok(());
        };
        let mut settings = Settings {
            sends: !globals.readonly,
            ..Settings::of(&config)
        };
        if globals.own_server {
            settings = settings.with_own_server();
        }
        // Whatever registers a webhook changes something at the server.
        let webhooks = config
            .webhooks
            .filter(|_| arguments.watch && !globals.readonly);
        let name = globals.profile.name.clone();
        let asker = Arc::new(Asker::new(settings.rates.clone()));
        let session = Session::start(
            client,
            asker,
            store.clone(),
            settings,
            webhooks,
            &name,
            lead,
        )
        .await?;
        if arguments.full {
            session.engine.repair();
        }
        let teller = Teller {
            store,
            json: arguments.json,
        };
        let done = tokio::select! {
            done = teller.follow(&session, arguments.watch) => done,
            _ = signals.next() => Ok(()),
        };
        session.stop().await;
        done
    })
}

/// Takes the lead; who watches waits for it.
async fn lead(store: &Store, wait: bool) -> Result<Option<Lead>, Failure> {
    let mut told = false;
    loop {
        let taken = Lead::take(store.dir()).map_err(|error| Failure {
            exit: Exit::Api,
            message: format!("The lock of the profile cannot be used: {error}."),
        })?;
        if taken.is_some() || !wait {
            return Ok(taken);
        }
        if !told {
            output::note(
                "Another onebox keeps this profile up to date; this one takes over when it ends.",
            );
            told = true;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

/// Says how it goes.
struct Teller {
    store: Store,
    json: bool,
}

impl Teller {
    async fn follow(&self, session: &Session, watch: bool) -> Result<(), Failure> {
        let mut status = session.engine.status();
        let mut told = BTreeSet::new();
        loop {
            let now = status.borrow_and_update().clone();
            if let Some(failure) = hopeless(&now, watch) {
                return Err(failure);
            }
            if now.settled && !watch {
                return self.summary(&now).await;
            }
            for line in self.news(&now).await? {
                if told.insert(line.clone()) {
                    self.tell(&line)?;
                }
            }
            if status.changed().await.is_err() {
                return Ok(());
            }
        }
    }

    fn tell(&self, line: &str) -> Result<(), Failure> {
        if self.json {
            return output::line(line);
        }
        output::note(line);
        Ok(())
    }

    /// What is worth a line: a server that is away or back, a problem, an account that is complete.
    async fn news(&self, status: &Status) -> Result<Vec<String>, Failure> {
        let accounts = self.store.read(read::accounts::all).await?;
        if self.json {
            return Ok(accounts
                .iter()
                .map(|it| record(it, status).to_string())
                .collect());
        }
        let mut lines = Vec::new();
        if let Link::Offline { reason, .. } = &status.link {
            lines.push(format!("Offline: {reason}"));
        }
        lines.extend(status.hook_problem.clone());
        for account in &accounts {
            if let Some(problem) = status.problems.get(&account.id) {
                lines.push(format!("{}: {problem}", label(account)));
            } else if !status.working.contains_key(&account.id) {
                lines.push(format!("{}: up to date", label(account)));
            }
        }
        Ok(lines)
    }

    async fn summary(&self, status: &Status) -> Result<(), Failure> {
        let (accounts, conversations, entries) = self
            .store
            .read(|db| {
                let accounts = read::accounts::all(db)?;
                let (conversations, entries) = read::accounts::totals(db)?;
                Ok((accounts, conversations, entries))
            })
            .await?;
        if self.json {
            for account in &accounts {
                output::line(&record(account, status).to_string())?;
            }
            return Ok(());
        }
        for account in &accounts {
            if let Some(problem) = status.problems.get(&account.id) {
                output::note(&format!("{}: {problem}", label(account)));
            }
        }
        output::line(&format!(
            "{} accounts, {conversations} conversations, {entries} messages and mails are here.",
            accounts.len()
        ))
    }
}

fn label(account: &StoredAccount) -> String {
    format!("{} {}", account.provider.label(), account.name)
}

fn record(account: &StoredAccount, status: &Status) -> serde_json::Value {
    let working = status.working.get(&account.id);
    let problem = status.problems.get(&account.id);
    let state = match (working, problem) {
        (_, Some(_)) => "failed",
        (Some(_), None) => "working",
        (None, None) => "done",
    };
    json!({"kind": "sync", "id": account.id.as_str(), "state": state, "working": working, "problem": problem})
}

/// What makes going on pointless.
fn hopeless(status: &Status, watch: bool) -> Option<Failure> {
    let failure = |exit, message: &str| {
        Some(Failure {
            exit,
            message: output::safe(message),
        })
    };
    match &status.link {
        Link::Refused { reason } => failure(Exit::Auth, reason),
        Link::Offline { reason, .. } if !watch && status.link.is_hopeless() => {
            failure(Exit::Network, reason)
        }
        _ => match &status.stuck {
            Some(problem) if !watch => failure(Exit::Api, problem),
            _ => None,
        },
    }
}
