//! `onebox outbox`: what is not sent yet, and what the user wants done with it.

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::connection::Connection;
use super::send::{self, wait};
use super::table::{Column, Table};
use super::when::When;
use super::{Failure, Globals, block_on, output, records, stored};
use crate::model::outbox::{DraftBody, OutboxId, OutboxItem};
use crate::store::outbox::{self, drafts};
use crate::store::{Care, Store};

/// Lists what is in the outbox.
#[derive(Debug, Args)]
#[command(after_help = "With --json, each line is an outbox record: docs/shell.md describes it.")]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// What has been sent or taken back, too
    #[arg(long)]
    all: bool,
    /// How many at most; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
    /// One JSON object per line
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Send it again, or now; only you can decide that for what may have arrived
    Retry {
        id: i64,
        #[command(flatten)]
        connection: Connection,
    },
    /// Take it back; its words become a draft
    Cancel { id: i64 },
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    match &arguments.action {
        None => list(&store, arguments),
        Some(Action::Retry { id, connection }) => {
            globals.may("Sending a message")?;
            let client = connection.access(&globals.profile)?.client()?;
            let id = existing(&store, *id)?.id;
            store.write_now(Care::Kept, move |tx| {
                outbox::retry(tx, id, Timestamp::now())
            })?;
            let outcome = block_on(wait::settle(&store, client, id))?;
            send::tell(&outcome.item, arguments.json)?;
            send::verdict(&outcome)
        }
        Some(Action::Cancel { id }) => {
            globals.may("Taking a message back")?;
            let id = existing(&store, *id)?.id;
            let draft = store.write_now(Care::Kept, move |tx| {
                let now = Timestamp::now();
                let act = outbox::cancel(tx, id, now)?;
                drafts::give_back(tx, &act, now)
            })?;
            let item = existing(&store, id.0)?;
            send::tell(&item, arguments.json)?;
            if draft.is_some() && !arguments.json {
                output::note("Its words are a draft now.");
            }
            Ok(())
        }
    }
}

fn existing(store: &Store, id: i64) -> Result<OutboxItem, Failure> {
    let item = store.read_now(|db| outbox::get(db, OutboxId(id)))?;
    item.ok_or_else(|| {
        Failure::usage(format!(
            "There is nothing with the number {id} in the outbox. `onebox outbox` lists what is."
        ))
    })
}

fn list(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let limit = if arguments.limit == 0 {
        u32::MAX
    } else {
        arguments.limit
    };
    let items = if arguments.all {
        store.read_now(|db| outbox::all(db, limit))?
    } else {
        let mut items = store.read_now(outbox::pending)?;
        items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        items
    };
    if arguments.json {
        return items
            .iter()
            .try_for_each(|item| records::print(&records::outbox(item)));
    }
    if items.is_empty() {
        return output::line("Everything is sent.");
    }
    let clock = When::here();
    let rows: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            let words = DraftBody::of(&item.act)
                .map(|it| it.text)
                .unwrap_or_default();
            let about = match &item.error {
                Some(error) if words.is_empty() => error.clone(),
                Some(error) => format!("{words} ({error})"),
                None => words,
            };
            vec![
                item.id.0.to_string(),
                item.state.as_str().to_owned(),
                clock.short(item.due_at),
                outbox::describe(&item.act).to_owned(),
                about,
            ]
        })
        .collect();
    let columns = vec![
        Column::whole("ID", 0),
        Column::whole("STATE", 0),
        Column::whole("WHEN", 2),
        Column::whole("WHAT", 1),
        Column::text("ABOUT", 0, 10),
    ];
    Table::new(columns).print(&rows)
}
