//! `onebox chats`: the conversations, chats and threads of mails alike.

use std::collections::HashMap;

use clap::Args;

use super::form::{Form, Left};
use super::output::Paint;
use super::records::Ids;
use super::table::{Column, Table};
use super::when::When;
use super::{Failure, Globals, records, stored, target};
use crate::model::inbox::{AccountKey, Conversation, Edge, StoredAccount, View};
use crate::store::{Store, read};

/// Lists conversations, the latest first.
#[derive(Debug, Args)]
#[command(
    after_help = "With --json, each line is a chat: id, account_id, provider, type, name, subject, last_at, \
    last_text, last_by, last_own, unread, archived, pinned, muted, starred, needs_reply, has_draft, has_files, writable, \
    members. docs/shell.md describes the fields."
)]
pub(super) struct Arguments {
    /// Only those with something unread
    #[arg(long)]
    unread: bool,
    /// Only those in which the last word is theirs
    #[arg(long)]
    needs_reply: bool,
    /// Only those with a star
    #[arg(long)]
    starred: bool,
    /// The archived ones instead of the others
    #[arg(long)]
    archived: bool,
    /// Only those of an account: its id, name, address or network
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true)]
    account: Option<String>,
    /// Only threads of mails
    #[arg(long)]
    mail: bool,
    /// Only chats
    #[arg(long, conflicts_with = "mail")]
    chat: bool,
    /// How many at most; 0 for all
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: u32,
    #[command(flatten)]
    form: Form,
}

impl Arguments {
    fn view(&self) -> View {
        match self {
            Self { archived: true, .. } => View::Archived,
            Self { starred: true, .. } => View::Starred,
            Self {
                needs_reply: true, ..
            } => View::NeedsReply,
            Self { unread: true, .. } => View::Unread,
            _ => View::Inbox,
        }
    }

    /// Whether a conversation of the view is wanted; the view knows one condition only.
    fn wants(&self, it: &Conversation) -> bool {
        (!self.unread || it.unread > 0)
            && (!self.needs_reply || it.needs_reply)
            && (!self.starred || it.starred)
            && (!self.mail || it.is_mail)
            && (!self.chat || !it.is_mail)
    }
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let account = match &arguments.account {
        Some(word) => Some(target::account(&store, word)?.key),
        None => None,
    };
    let ids = Ids::load(&store)?;
    let mut rows = Rows::new(&store, arguments.form.ids)?;
    let mut left = Left::of(arguments.limit);
    let mut place = None;
    let view = arguments.view();
    while let Some(count) = left.next() {
        // Where a part is left out, asking for few would mean asking often.
        let count = count.max(50);
        let mut window = store.read_now(|db| {
            read::conversations::window(db, view, account, Edge::after(place), count)
        })?;
        let Some(last) = window.last() else { break };
        place = Some(last.place());
        window.retain(|it| arguments.wants(it));
        left.take(&mut window);
        if arguments.form.json {
            for it in &window {
                records::print(&records::chat(it, &ids, None))?;
            }
        } else {
            rows.print(&window)?;
        }
    }
    Ok(())
}

/// Conversations as rows of a table.
struct Rows {
    table: Table,
    when: When,
    networks: HashMap<AccountKey, String>,
    ids: bool,
}

impl Rows {
    fn new(store: &Store, ids: bool) -> Result<Self, Failure> {
        let accounts = store.read_now(read::accounts::all)?;
        let columns = vec![
            Column::whole("", 0).painted(Paint::Yellow),
            Column::text("Who", 0, 12).painted(Paint::Bold),
            Column::text("Network", 3, 8),
            Column::text("Last", 4, 10),
            Column::whole("When", 1).painted(Paint::Dim),
            Column::whole("Id", 0),
        ];
        Ok(Self {
            table: Table::new(columns),
            when: When::here(),
            networks: accounts
                .iter()
                .map(|it| (it.key, network(it, &accounts)))
                .collect(),
            ids,
        })
    }

    fn print(&mut self, window: &[Conversation]) -> Result<(), Failure> {
        let rows: Vec<_> = window.iter().map(|it| self.row(it)).collect();
        self.table.print(&rows)
    }

    fn row(&self, it: &Conversation) -> Vec<String> {
        let network = self.networks.get(&it.account).cloned();
        vec![
            marks(it),
            it.title.clone(),
            network.unwrap_or_else(|| it.provider.label().to_owned()),
            last(it),
            it.last_at
                .map_or_else(String::new, |at| self.when.short(at)),
            if self.ids {
                it.uid.clone()
            } else {
                String::new()
            },
        ]
    }
}

/// The network of an account, and which account of it where there are several.
fn network(it: &StoredAccount, all: &[StoredAccount]) -> String {
    let label = it.provider.label();
    let several = all
        .iter()
        .filter(|other| other.provider == it.provider)
        .count()
        > 1;
    match (&it.identity, several) {
        (Some(identity), true) => format!("{label} {identity}"),
        _ => label.to_owned(),
    }
}

fn marks(it: &Conversation) -> String {
    let unread = if it.unread > 0 {
        format!("●{}", it.unread)
    } else {
        String::new()
    };
    let star = if it.starred { "★" } else { "" };
    let pin = if it.pinned { "^" } else { "" };
    let draft = if it.has_draft { "✎" } else { "" };
    format!("{unread}{star}{pin}{draft}")
}

/// What was said last, and by whom where that is not plain.
fn last(it: &Conversation) -> String {
    let by = match &it.snippet_by {
        _ if it.last_own => "You: ".to_owned(),
        Some(name) if *name != it.title && !name.is_empty() => format!("{name}: "),
        _ => String::new(),
    };
    match it.subject.as_deref().filter(|text| !text.is_empty()) {
        Some(subject) => format!("{subject} — {by}{}", it.snippet),
        None => format!("{by}{}", it.snippet),
    }
}
