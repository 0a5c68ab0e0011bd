//! `onebox accounts`: the linked accounts, as they were when last fetched.

use clap::Args;

use super::output::Paint;
use super::table::{Column, Table};
use super::when::When;
use super::{Failure, Globals, records, stored};
use crate::model::account::AccountStatus;
use crate::model::inbox::StoredAccount;
use crate::store::read;

/// Lists the linked accounts.
#[derive(Debug, Args)]
#[command(
    after_help = "With --json, each line is an account: id, provider, name, identity, own_id, status, \
    status_since, has_chats, has_mail, paused, synced_at, unread. docs/shell.md describes the fields."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    form: super::form::Form,
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let accounts = store.read_now(read::accounts::all)?;
    if arguments.form.json {
        return accounts
            .iter()
            .try_for_each(|it| records::print(&records::account(it)));
    }
    let when = When::here();
    let rows: Vec<_> = accounts
        .iter()
        .map(|it| row(it, &when, arguments.form.ids))
        .collect();
    let columns = vec![
        Column::whole("Network", 1),
        Column::text("Account", 0, 10).painted(Paint::Bold),
        Column::text("State", 2, 12),
        Column::whole("Unread", 3),
        Column::whole("Fetched", 4),
        Column::whole("Id", 0),
    ];
    Table::new(columns).print(&rows)
}

fn row(it: &StoredAccount, when: &When, ids: bool) -> Vec<String> {
    let state = match (&it.status, it.paused) {
        (_, true) => "paused here".to_owned(),
        (AccountStatus::Ok, _) => "ok".to_owned(),
        (status, _) => format!("{} since {}", words(status), when.short(it.status_since)),
    };
    vec![
        it.provider.label().to_owned(),
        it.identity.clone().unwrap_or_else(|| it.name.clone()),
        state,
        if it.unread > 0 {
            it.unread.to_string()
        } else {
            String::new()
        },
        it.synced_at.map_or_else(String::new, |at| when.short(at)),
        if ids {
            it.id.to_string()
        } else {
            String::new()
        },
    ]
}

fn words(status: &AccountStatus) -> &str {
    match status {
        AccountStatus::Ok => "ok",
        AccountStatus::Connecting => "connecting",
        AccountStatus::Stopped => "stopped",
        AccountStatus::Error => "failed",
        AccountStatus::Permissions => "lacks permissions",
        AccountStatus::Credentials => "needs a new login",
        AccountStatus::Other(word) => word,
    }
}
