//! Fetches files of mails from the server.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::api::{Client, operations};
use crate::cli::connection::Connection;
use crate::cli::{Failure, Globals, crew, output};
use crate::model::attachment::size;
use crate::model::id::{AccountId, EmailId};
use crate::model::inbox::{Entry, StoredAttachment};
use crate::runtime::files;
use crate::store::{Store, read};
use crate::sync::{Asker, Patience};

/// How often it is said how far a file is.
const TELLS: Duration = Duration::from_millis(200);

/// The way to the bytes.
#[derive(Debug)]
pub(in crate::cli) struct Fetcher {
    client: Client,
    asker: Asker,
    runtime: tokio::runtime::Runtime,
}

impl Fetcher {
    pub(in crate::cli) fn new(connection: &Connection, globals: &Globals) -> Result<Self, Failure> {
        Ok(Self {
            client: connection.access(&globals.profile)?.client()?,
            asker: Asker::default(),
            runtime: crew()?,
        })
    }

    /// The bytes of the files of a mail, in their order. A file that the server does not give is told and left out; a
    /// server that is not there is a failure.
    pub(in crate::cli) fn all(
        &self,
        store: &Store,
        it: &Entry,
    ) -> Result<Vec<Option<Vec<u8>>>, Failure> {
        let (account, mail) = origin(store, it)?;
        self.runtime.block_on(async {
            let mut found = Vec::new();
            for file in &it.attachments {
                let call = || {
                    self.client
                        .get_email_attachment_bytes(&mail, &file.id, Some(&account))
                };
                let operation = &operations::emails::GET_EMAIL_ATTACHMENT;
                let patience = Patience::default();
                let asked = self
                    .asker
                    .ask(operation, Some(account.as_str()), &patience, call);
                found.push(match asked.await {
                    Ok((bytes, _)) => Some(bytes),
                    Err(error) if error.status().is_some() && !error.is_bad_key() => {
                        output::note(&format!("{}: {error}", name(file)));
                        None
                    }
                    Err(error) => return Err(error.into()),
                });
            }
            Ok(found)
        })
    }

    /// Saves a file under a safe name that nothing in the folder has yet.
    pub(in crate::cli) fn save(
        &self,
        store: &Store,
        it: &Entry,
        file: &StoredAttachment,
        folder: &Path,
    ) -> Result<PathBuf, Failure> {
        let (account, mail) = origin(store, it)?;
        let place = part(folder)?;
        let path = place.path().join("part");
        let fetched = self.runtime.block_on(async {
            let call = || {
                self.client.get_email_attachment(
                    &mail,
                    &file.id,
                    Some(&account),
                    &path,
                    progress(name(file)),
                )
            };
            let operation = &operations::emails::GET_EMAIL_ATTACHMENT;
            let patience = Patience::default();
            let asked = self
                .asker
                .ask(operation, Some(account.as_str()), &patience, call);
            asked.await
        });
        quiet();
        let mime = file.mime.clone().or(fetched?.mime);
        let safe = files::safe(file.name.as_deref().unwrap_or_default(), mime.as_deref());
        settle(&path, folder, &safe)
    }
}

/// A place beside the files to come, so that each gets its name in one step.
pub(in crate::cli) fn part(folder: &Path) -> Result<tempfile::TempDir, Failure> {
    let made = tempfile::Builder::new()
        .prefix(".onebox-")
        .tempdir_in(folder);
    made.map_err(|error| unwritable(folder, &error))
}

/// Gives a finished file its name; nothing is overwritten.
pub(in crate::cli) fn settle(part: &Path, folder: &Path, name: &str) -> Result<PathBuf, Failure> {
    files::settle(part, folder, name).map_err(|error| unwritable(folder, &error))
}

/// Makes a folder, unless it is there.
pub(in crate::cli) fn make(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))
}

fn unwritable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!(
        "Nothing can be written to {}: {error}.",
        folder.display()
    ))
}

fn origin(store: &Store, it: &Entry) -> Result<(AccountId, EmailId), Failure> {
    let found = store.read_now(|db| read::entries::origin(db, it.key))?;
    let origin = found.ok_or_else(|| Failure::usage("Its account is not linked any more."))?;
    Ok((origin.account, origin.uid.into()))
}

/// What a file is called in words.
pub(in crate::cli) fn name(file: &StoredAttachment) -> String {
    let name = file.name.as_deref().unwrap_or_default();
    output::safe(if name.is_empty() { "a file" } else { name })
}

/// Says on one line of a terminal how far a file is.
fn progress(name: String) -> impl FnMut(u64, Option<u64>) + Send {
    let mut last = Instant::now();
    move |bytes, of| {
        if !output::is_told() || last.elapsed() < TELLS {
            return;
        }
        last = Instant::now();
        let far = match of.filter(|it| *it > 0) {
            Some(of) => format!("{} %", bytes.min(of) * 100 / of),
            None => size(bytes),
        };
        output::ask(&format!("\r\x1b[K{name} {far}"));
    }
}

/// Takes the line away again.
fn quiet() {
    if output::is_told() {
        output::ask("\r\x1b[K");
        // Whatever comes next is on a line of its own either way.
        let _ = std::io::stderr().flush();
    }
}
