//! `onebox export`: what is stored, in a form other programs read. A window at a time, so that a million messages need
//! no memory.

mod jsonl;
pub(super) mod mails;
mod markdown;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::connection::Connection;
use super::email::{Fetcher, fetch};
use super::form::WINDOW;
use super::target::{self, Whom};
use super::{Failure, Globals, output, stored};
use crate::model::inbox::{Conversation, ConversationKey, StoredPerson};
use crate::store::{Result as Stored, Store, read};

/// Writes what is stored to standard output.
#[derive(Debug, Args)]
#[command(
    after_help = "jsonl is one JSON object a line: account, folder, person, chat, message, email, draft; \
    docs/shell.md describes the fields. mbox is the mails alone, for any mail program; eml is the same as a file each. \
    md is text for reading.\n\n\
    Examples:\n  onebox export > everything.jsonl\n  onebox export --format mbox --attachments > mails.mbox\n  \
    onebox export --format eml --to mails 'Léa Martin'\n  \
    onebox export --format md 'Léa Martin' > lea.md"
)]
pub(super) struct Arguments {
    /// Only a conversation, or all conversations with a person; everything by default
    #[arg(value_name = "CHAT|PERSON", allow_hyphen_values = true)]
    what: Option<String>,
    /// In which form
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// The folder for the files of --format eml; made where it is missing, and nothing in it is overwritten
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Mails with the bytes of their attachments, which are fetched from the server; they are only named otherwise
    #[arg(long)]
    attachments: bool,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// JSON, an object a line
    Jsonl,
    /// Mails, as mail programs keep them
    Mbox,
    /// Mails, a file each
    Eml,
    /// Markdown
    Md,
}

/// What is exported.
enum Scope {
    Everything,
    Chat(Box<Conversation>),
    Person(StoredPerson),
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let of_mails = matches!(arguments.format, Format::Mbox | Format::Eml);
    if arguments.attachments && !of_mails {
        return Err(Failure::usage(
            "Attachments are written into mails alone: --attachments needs --format mbox or eml.",
        ));
    }
    if arguments.to.is_some() != (arguments.format == Format::Eml) {
        return Err(Failure::usage(
            "--format eml writes a file for each mail and needs --to FOLDER; the other formats go to standard output.",
        ));
    }
    let store = stored::open(globals)?;
    let fetcher = if arguments.attachments {
        Some(Fetcher::new(&arguments.connection, globals)?)
    } else {
        None
    };
    let scope = match &arguments.what {
        None => Scope::Everything,
        Some(word) => match target::whom(&store, word)? {
            Whom::Chat(chat) => Scope::Chat(chat),
            Whom::Person(person) => Scope::Person(person),
        },
    };
    match arguments.format {
        Format::Jsonl => jsonl::write(&store, &scope),
        Format::Mbox => mails::mbox(&store, &scope, fetcher.as_ref()),
        Format::Eml => {
            let folder = arguments.to.clone().unwrap_or_default();
            fetch::make(&folder)?;
            mails::folder(&store, &scope, fetcher.as_ref(), &folder)
        }
        Format::Md => markdown::write(&store, &scope),
    }
}

/// Most conversations of one person.
const OF_PERSON: u32 = 100_000;

/// Does something with every conversation of the scope.
fn each_chat(
    store: &Store,
    scope: &Scope,
    mut work: impl FnMut(&Conversation) -> Result<(), Failure>,
) -> Result<(), Failure> {
    match scope {
        Scope::Chat(chat) => work(chat),
        Scope::Person(person) => {
            let key = person.key;
            let chats =
                store.read_now(|db| read::conversations::with_person(db, key, OF_PERSON))?;
            chats.iter().try_for_each(work)
        }
        Scope::Everything => {
            let mut place = ConversationKey(0);
            loop {
                let window =
                    store.read_now(|db| read::conversations::all_after(db, place, WINDOW))?;
                let Some(last) = window.last() else {
                    return Ok(());
                };
                place = last.key;
                window.iter().try_for_each(&mut work)?;
            }
        }
    }
}

/// The conversations of entries, each looked up once while it is wanted often.
#[derive(Default)]
struct Chats(std::collections::HashMap<ConversationKey, Conversation>);

impl Chats {
    /// Most that are kept in memory.
    const KEPT: usize = 1_000;

    fn get(&mut self, store: &Store, key: ConversationKey) -> Stored<Option<&Conversation>> {
        if self.0.len() > Self::KEPT {
            self.0.clear();
        }
        if !self.0.contains_key(&key)
            && let Some(chat) = store.read_now(|db| read::conversations::get(db, key))?
        {
            self.0.insert(key, chat);
        }
        Ok(self.0.get(&key))
    }
}

/// Writes text that was made of what people wrote.
fn text(text: &str) -> Result<(), Failure> {
    output::raw(output::safe(text).as_bytes())
}
