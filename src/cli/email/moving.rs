//! `onebox email move`, `archive`, `trash`, `spam`, `read` and `unread`: single mails, or whole threads by their ids.

use clap::Args;
use jiff::Timestamp;

use super::place;
use crate::cli::connection::Connection;
use crate::cli::send::{tell, verdict, wait};
use crate::cli::{Failure, Globals, block_on, output, stored};
use crate::model::act::Act;
use crate::model::inbox::{AccountKey, ConversationKey};
use crate::model::outbox::OutboxId;
use crate::store::outbox::moves::{self, Goal};
use crate::store::outbox::{self, When, acts};
use crate::store::{Care, Store, read};

/// Which mails, and how to wait for the server.
#[derive(Debug, Args)]
#[command(
    after_help = "ID is that of a mail, or of a thread for all of it but what you sent. Gmail always moves whole \
    threads. An id that begins with a dash stands behind `--`. With --json each line is an outbox record; docs/shell.md describes it."
)]
pub(in crate::cli) struct Mails {
    /// Ids of mails or threads
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Do not wait for the server: what syncs this profile tells it
    #[arg(long)]
    no_wait: bool,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: Connection,
}

/// Moves mails to a folder.
#[derive(Debug, Args)]
pub(in crate::cli) struct To {
    /// Name, id or role of the folder (inbox, archive, spam, trash, …)
    #[arg(long = "to", value_name = "FOLDER", allow_hyphen_values = true)]
    folder: String,
    #[command(flatten)]
    mails: Mails,
}

/// Moves mails to the trash.
#[derive(Debug, Args)]
pub(in crate::cli) struct Trash {
    /// Delete those that lie there already; nothing brings them back
    #[arg(long)]
    for_good: bool,
    #[command(flatten)]
    mails: Mails,
}

/// A mail or a thread.
enum Named {
    Mail(String),
    Thread(ConversationKey),
}

pub(super) fn to(arguments: &To, globals: &Globals) -> Result<(), Failure> {
    work(&arguments.mails, globals, |store, it, account| {
        let folder = place::one(store, account, &arguments.folder)?;
        moved(store, it, Goal::Folder(folder.key))
    })
}

pub(super) fn archive(mails: &Mails, globals: &Globals) -> Result<(), Failure> {
    work(mails, globals, |store, it, _| {
        moved(store, it, Goal::Archive)
    })
}

pub(super) fn spam(mails: &Mails, globals: &Globals) -> Result<(), Failure> {
    work(mails, globals, |store, it, _| moved(store, it, Goal::Spam))
}

pub(super) fn trash(arguments: &Trash, globals: &Globals) -> Result<(), Failure> {
    work(&arguments.mails, globals, |store, it, _| {
        let found = store.read_now(|db| match it {
            Named::Mail(id) => moves::delete_one(db, id),
            Named::Thread(key) => moves::delete(db, *key, None),
        })?;
        let gone = |act: &Act| matches!(act, Act::DeleteMail { for_good: true, .. });
        if !arguments.for_good && found.iter().any(gone) {
            return Err(Failure::usage(
                "It lies in the trash already. --for-good deletes it, and nothing brings it back.",
            ));
        }
        Ok(found)
    })
}

pub(super) fn read(mails: &Mails, read: bool, globals: &Globals) -> Result<(), Failure> {
    work(mails, globals, |store, it, _| {
        Ok(store.read_now(|db| match it {
            Named::Mail(id) => acts::read_one(db, id, read),
            Named::Thread(key) => acts::read(db, *key, read),
        })?)
    })
}

fn moved(store: &Store, it: &Named, goal: Goal) -> Result<Vec<Act>, Failure> {
    Ok(store.read_now(|db| match it {
        Named::Mail(id) => moves::one(db, id, goal),
        Named::Thread(key) => moves::to(db, *key, None, goal),
    })?)
}

/// Makes the acts for all that is named, hands them over in one step and waits for each.
fn work(
    mails: &Mails,
    globals: &Globals,
    make: impl Fn(&Store, &Named, AccountKey) -> Result<Vec<Act>, Failure>,
) -> Result<(), Failure> {
    globals.may("Changing mails")?;
    let store = stored::open(globals)?;
    let mut acts = Vec::new();
    for id in &mails.ids {
        let (named, account) = find(&store, id)?;
        acts.extend(make(&store, &named, account)?);
    }
    if acts.is_empty() {
        output::note("Nothing had to be changed: it is so already.");
        return Ok(());
    }
    // Who cannot reach any server hears so before anything is kept for it.
    let client = if mails.no_wait {
        None
    } else {
        Some(mails.connection.access(&globals.profile)?.client()?)
    };
    let ids = store.write_now(Care::Kept, move |tx| {
        outbox::submit(tx, acts, Timestamp::now(), When::Now)
    })?;
    let Some(client) = client else {
        return ids
            .into_iter()
            .try_for_each(|id| queued(&store, id, mails.json));
    };
    block_on(async {
        let mut failed = None;
        for id in ids {
            let outcome = wait::settle(&store, client.clone(), id).await?;
            let end = verdict(&outcome);
            if mails.json || end.is_err() {
                tell(&outcome.item, mails.json)?;
            }
            failed = end.err().or(failed);
        }
        failed.map_or(Ok(()), Err)
    })
}

fn queued(store: &Store, id: OutboxId, json: bool) -> Result<(), Failure> {
    match store.read_now(|db| outbox::get(db, id))? {
        Some(item) => tell(&item, json),
        None => Ok(()),
    }
}

fn find(store: &Store, id: &str) -> Result<(Named, AccountKey), Failure> {
    let mail = store.read_now(|db| read::entries::with_uid(db, id))?;
    if let Some(mail) = mail.filter(|it| it.mail.is_some()) {
        let chat = store.read_now(|db| read::conversations::get(db, mail.conversation))?;
        if let Some(chat) = chat {
            return Ok((Named::Mail(id.to_owned()), chat.account));
        }
    }
    let chats = store.read_now(|db| read::conversations::with_uid(db, id))?;
    let thread = chats.into_iter().find(|it| it.is_mail).ok_or_else(|| {
        Failure::usage(format!(
            "`{}` is the id of no mail and of no thread of mails. `onebox email list --ids` shows them.",
            output::safe(id)
        ))
    })?;
    Ok((Named::Thread(thread.key), thread.account))
}
