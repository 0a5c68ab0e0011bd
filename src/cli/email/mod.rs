//! `onebox email`: everything about mails.

mod attachments;
mod export;
pub(super) mod fetch;
pub(super) mod list;
mod moving;
mod place;
mod send;
mod show;

pub(super) use fetch::Fetcher;

use clap::Subcommand;

use super::{Failure, Globals, output};
use crate::model::inbox::Entry;
use crate::store::{Store, read};

/// What to do with mails.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List mails
    List(list::Arguments),
    /// Show a mail: its text, HTML, headers or source
    Show(show::Arguments),
    /// Send a mail
    Send(Box<send::Arguments>),
    /// Save the files of a mail
    SaveAttachments(Box<attachments::Arguments>),
    /// Write a mail as an .eml file
    Export(Box<export::Arguments>),
    /// Move mails to a folder or label
    Move(Box<moving::To>),
    /// Move mails to the archive
    Archive(Box<moving::Mails>),
    /// Move mails to the trash, or delete what lies there
    Trash(Box<moving::Trash>),
    /// Move mails to the spam
    Spam(Box<moving::Mails>),
    /// Mark mails as read
    Read(Box<moving::Mails>),
    /// Mark mails as unread
    Unread(Box<moving::Mails>),
}

pub(super) fn run(command: &Command, globals: &Globals) -> Result<(), Failure> {
    match command {
        Command::List(it) => list::run(it, globals),
        Command::Show(it) => show::run(it, globals),
        Command::Send(it) => send::run(it, globals),
        Command::SaveAttachments(it) => attachments::run(it, globals),
        Command::Export(it) => export::run(it, globals),
        Command::Move(it) => moving::to(it, globals),
        Command::Archive(it) => moving::archive(it, globals),
        Command::Trash(it) => moving::trash(it, globals),
        Command::Spam(it) => moving::spam(it, globals),
        Command::Read(it) => moving::read(it, true, globals),
        Command::Unread(it) => moving::read(it, false, globals),
    }
}

/// The mail with an id.
fn mail(store: &Store, id: &str) -> Result<Entry, Failure> {
    let found = store.read_now(|db| read::entries::with_uid(db, id))?;
    found.filter(|it| it.mail.is_some()).ok_or_else(|| {
        Failure::usage(format!(
            "`{}` is the id of no mail. `onebox email list --ids` shows them.",
            output::safe(id)
        ))
    })
}
