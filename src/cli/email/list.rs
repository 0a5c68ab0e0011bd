//! `onebox email list`: mails of all mailboxes, the latest first.

use clap::Args;

use super::place;
use crate::cli::form::{Form, Left};
use crate::cli::output::Paint;
use crate::cli::records::{Detail, Ids};
use crate::cli::table::{Column, Table};
use crate::cli::when::When;
use crate::cli::{Failure, Globals, output, records, stored, target, words};
use crate::model::email::FolderRole;
use crate::model::inbox::{AccountKey, Entry, EntryKey};
use crate::model::words::Spelled as _;
use crate::store::Store;
use crate::store::read::{self, mails};

/// Lists mails, the latest first.
#[derive(Debug, Args)]
#[command(
    after_help = "With --json, each line is an email: id, chat_id, account_id, time, sender, sender_id, own, \
    subject, text, starred, attachments, from, to, cc, bcc, reply_to, unread, role, folders, message_id, has_body, html, \
    in_reply_to, headers. docs/shell.md describes the fields."
)]
pub(in crate::cli) struct Arguments {
    /// Only those of an account: its id, name, address or network
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true)]
    account: Option<String>,
    /// Only those in a folder: its name, id or role (inbox, sent, drafts, archive, spam, trash, …)
    #[arg(long, value_name = "FOLDER", allow_hyphen_values = true)]
    folder: Option<String>,
    /// Only unread ones
    #[arg(long)]
    unread: bool,
    /// How many at most; 0 for all
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: u32,
    #[command(flatten)]
    form: Form,
}

/// Where to look.
enum Lists {
    Mails(mails::Which),
    Folders(Vec<(AccountKey, String)>),
}

pub(in crate::cli) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let lists = lists(&store, arguments)?;
    let ids = Ids::load(&store)?;
    let when = When::here();
    let mut table = Table::new(vec![
        Column::whole("", 0).painted(Paint::Yellow),
        Column::text("From", 0, 10).painted(Paint::Bold),
        Column::text("Subject", 0, 12),
        Column::text("Folder", 3, 6),
        Column::whole("When", 1).painted(Paint::Dim),
        Column::whole("Id", 0),
    ]);
    let mut left = Left::of(arguments.limit);
    let mut place = None;
    while let Some(count) = left.next() {
        let mut window = store.read_now(|db| match &lists {
            Lists::Mails(which) => mails::before(db, which, place, count),
            Lists::Folders(folders) => {
                mails::in_folders(db, folders, arguments.unread, place, count)
            }
        })?;
        let Some(last) = window.last() else { break };
        place = Some(EntryKey(last.key.0));
        left.take(&mut window);
        if arguments.form.json {
            print(&store, &window, &ids)?;
        } else {
            let rows: Vec<_> = window
                .iter()
                .map(|it| row(it, &when, arguments.form.ids))
                .collect();
            table.print(&rows)?;
        }
    }
    Ok(())
}

fn print(store: &Store, window: &[Entry], ids: &Ids) -> Result<(), Failure> {
    for it in window {
        let key = it.conversation;
        if let Some(chat) = store.read_now(|db| read::conversations::get(db, key))? {
            records::print(&records::entry(it, &Detail::of(&chat), ids))?;
        }
    }
    Ok(())
}

fn row(it: &Entry, when: &When, ids: bool) -> Vec<String> {
    let head = it.mail.as_deref();
    let who = match head.and_then(|head| head.to.first()) {
        Some(to) if it.own => format!("To {}", to.name.as_deref().unwrap_or(&to.address)),
        _ => words::sender(it).to_owned(),
    };
    let mut marks = if it.unread {
        "●".to_owned()
    } else {
        String::new()
    };
    if it.starred {
        marks.push('★');
    }
    let files = if it.attachments.is_empty() {
        ""
    } else {
        "[+] "
    };
    let subject = it.subject.as_deref().filter(|text| !text.is_empty());
    vec![
        marks,
        who,
        format!("{files}{}", subject.unwrap_or("(no subject)")),
        head.map_or_else(String::new, |head| head.folders.join(", ")),
        when.short(it.key.time()),
        if ids {
            it.uid.to_string()
        } else {
            String::new()
        },
    ]
}

fn lists(store: &Store, arguments: &Arguments) -> Result<Lists, Failure> {
    let account = match &arguments.account {
        Some(word) => Some(target::account(store, word)?.key),
        None => None,
    };
    let mut which = mails::Which {
        account,
        unread: arguments.unread,
        ..mails::Which::default()
    };
    let Some(word) = &arguments.folder else {
        return Ok(Lists::Mails(which));
    };
    let found = place::named(store, account, word)?
        .into_iter()
        .flat_map(|it| {
            let names = [format!("={}", it.name), it.provider_id, it.uid];
            names.map(|name| (it.account, name))
        })
        .collect::<Vec<_>>();
    if !found.is_empty() {
        return Ok(Lists::Folders(found));
    }
    // Folders may not have been fetched; the mails themselves tell the role of theirs.
    which.role = Some(FolderRole::from_word(&word.to_lowercase()));
    let any = store.read_now(|db| mails::before(db, &which, None, 1))?;
    if any.is_empty() {
        return Err(Failure::usage(format!(
            "No folder is called `{}`, and none is for that. `onebox show ACCOUNT-ID` lists the folders of an account.",
            output::safe(word)
        )));
    }
    Ok(Lists::Mails(which))
}
