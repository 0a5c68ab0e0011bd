//! `onebox show`: one thing as a whole, whatever it is.

use std::fmt::Write as _;

use clap::Args;
use serde_json::Value;

use super::form::Form;
use super::output::{self, Paint, painted};
use super::records::{Detail, Ids};
use super::target::Whom;
use super::when::When;
use super::{Failure, Globals, cells, records, stored, target, words};
use crate::model::email::{Address, Extent};
use crate::model::inbox::{
    Conversation, Entry, Handle, MailHead, MailSource, StoredAccount, StoredFolder, StoredPerson,
};
use crate::model::words::Spelled as _;
use crate::store::{Store, read};

/// Shows one message, mail, chat, account or person as a whole.
#[derive(Debug, Args)]
#[command(
    after_help = "With --json, the answer is one line of the kind that was found, with the members of a chat and \
    html, headers and in_reply_to of an email filled in. An account is followed by its folders. docs/shell.md describes \
    the fields."
)]
pub(super) struct Arguments {
    /// An id; the name of a person or a conversation will do as well
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    id: String,
    #[command(flatten)]
    form: Form,
}

/// What an id may name.
enum Found {
    Account(StoredAccount, Vec<StoredFolder>),
    Entry(Box<Entry>, Box<Conversation>, MailSource),
    Chat(Box<Conversation>, Vec<Handle>),
    Person(StoredPerson),
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let found = find(&store, &arguments.id)?;
    print(&store, &found, arguments.form)
}

/// Shows a message or a mail.
pub(super) fn one(store: &Store, it: Entry, form: Form) -> Result<(), Failure> {
    print(store, &entry_of(store, it)?, form)
}

fn print(store: &Store, found: &Found, form: Form) -> Result<(), Failure> {
    if form.json {
        let ids = Ids::load(store)?;
        return json(found, &ids).iter().try_for_each(records::print);
    }
    let mut sheet = Sheet::new(form.ids);
    match found {
        Found::Account(it, folders) => account(&mut sheet, it, folders),
        Found::Chat(it, members) => chat(&mut sheet, it, members),
        Found::Person(it) => person(&mut sheet, it),
        Found::Entry(it, chat, source) => entry(&mut sheet, it, chat, source),
    }
    sheet.print()
}

fn entry_of(store: &Store, it: Entry) -> Result<Found, Failure> {
    let source = store.read_now(|db| read::entries::source(db, it.key))?;
    let chat = store.read_now(|db| read::conversations::get(db, it.conversation))?;
    let chat = chat.ok_or(crate::store::Error::Missing {
        what: "conversation",
    })?;
    Ok(Found::Entry(Box::new(it), Box::new(chat), source))
}

fn find(store: &Store, id: &str) -> Result<Found, Failure> {
    let accounts = store.read_now(read::accounts::all)?;
    if let Some(it) = accounts.into_iter().find(|it| it.id.as_str() == id) {
        let folders = store.read_now(|db| read::accounts::folders(db, it.key))?;
        return Ok(Found::Account(it, folders));
    }
    if let Some(it) = store.read_now(|db| read::entries::with_uid(db, id))? {
        return entry_of(store, it);
    }
    match target::whom(store, id)? {
        Whom::Person(it) => Ok(Found::Person(it)),
        Whom::Chat(it) => {
            let members = store.read_now(|db| read::people::members(db, it.key))?;
            Ok(Found::Chat(it, members))
        }
    }
}

fn json(found: &Found, ids: &Ids) -> Vec<Value> {
    match found {
        Found::Account(it, folders) => {
            let folders = folders.iter().map(|it| records::folder(it, ids));
            std::iter::once(records::account(it))
                .chain(folders)
                .collect()
        }
        Found::Chat(it, members) => vec![records::chat(it, ids, Some(members))],
        Found::Person(it) => vec![records::person(it, ids)],
        Found::Entry(it, chat, source) => {
            let detail = Detail {
                source: Some(source),
                ..Detail::of(chat)
            };
            vec![records::entry(it, &detail, ids)]
        }
    }
}

/// Names and values in two columns, then text.
struct Sheet {
    facts: Vec<(String, String)>,
    text: Vec<String>,
    ids: bool,
    when: When,
}

impl Sheet {
    fn new(ids: bool) -> Self {
        Self {
            facts: Vec::new(),
            text: Vec::new(),
            ids,
            when: When::here(),
        }
    }

    fn fact(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.facts.push((name.to_owned(), value));
        }
    }

    fn maybe(&mut self, name: &str, value: Option<&String>) {
        self.fact(name, value.cloned().unwrap_or_default());
    }

    fn id(&mut self, id: &str) {
        if self.ids {
            self.fact("Id", id);
        }
    }

    fn print(self) -> Result<(), Failure> {
        let room = output::width();
        let names = self.facts.iter().map(|(name, _)| cells::width(name)).max();
        let names = names.unwrap_or(0).min(room / 3);
        let mut out = String::new();
        for (name, value) in &self.facts {
            let lines = cells::wrap(&output::safe(value), room.saturating_sub(names + 2));
            for (number, line) in lines.iter().enumerate() {
                let name = if number == 0 {
                    output::safe(name)
                } else {
                    String::new()
                };
                let name = painted(Paint::Dim, &cells::fitted(&name, names));
                // Writing to a String cannot fail.
                let _ = writeln!(out, "{name}  {line}");
            }
        }
        for text in &self.text {
            out.push('\n');
            for line in cells::wrap(&output::safe(text), room) {
                out.push_str(&line);
                out.push('\n');
            }
        }
        output::raw(out.as_bytes())
    }
}

fn account(sheet: &mut Sheet, it: &StoredAccount, folders: &[StoredFolder]) {
    sheet.fact("Network", it.provider.label());
    sheet.fact("Account", it.name.as_str());
    sheet.maybe("Identity", it.identity.as_ref());
    sheet.id(it.id.as_str());
    sheet.fact("State", it.status.to_word());
    sheet.fact("Since", sheet.when.full(it.status_since));
    sheet.fact("Unread", it.unread.to_string());
    if let Some(at) = it.synced_at {
        sheet.fact("Fetched", sheet.when.full(at));
    }
    for folder in folders {
        let unread = match folder.unread {
            0 => String::new(),
            count => format!(", {count} unread"),
        };
        sheet.fact("Folder", format!("{}{unread}", folder.name));
    }
}

fn chat(sheet: &mut Sheet, it: &Conversation, members: &[Handle]) {
    sheet.fact("Conversation", it.title.as_str());
    sheet.maybe("Subject", it.subject.as_ref());
    sheet.fact("Network", it.provider.label());
    sheet.id(&it.uid);
    if let Some(at) = it.last_at {
        sheet.fact("Last", format!("{}: {}", sheet.when.full(at), it.snippet));
    }
    sheet.fact("Unread", it.unread.to_string());
    let states = [
        (it.needs_reply, "waits for a reply"),
        (it.starred, "starred"),
        (it.pinned, "pinned"),
        (it.muted, "muted"),
        (it.archived, "archived"),
        (it.has_draft, "has a draft"),
        (!it.writable, "read only"),
    ];
    let states: Vec<_> = states
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| *word)
        .collect();
    sheet.fact("State", states.join(", "));
    for (number, member) in members.iter().enumerate() {
        let name = if member.name.is_empty() {
            member.provider_id.as_str()
        } else {
            &member.name
        };
        let own = if member.is_self { " (you)" } else { "" };
        sheet.fact(
            if number == 0 { "People" } else { "" },
            format!("{name}{own}"),
        );
        if name.is_empty() {
            sheet.fact("", "somebody without a name");
        }
    }
}

fn person(sheet: &mut Sheet, it: &StoredPerson) {
    sheet.fact("Person", it.name.as_str());
    for handle in &it.handles {
        let id = handle.provider_id.as_str();
        let known = handle
            .public_id
            .as_deref()
            .or_else(|| id.contains('@').then_some(id));
        let parts = [
            Some(handle.name.as_str()),
            known,
            handle.headline.as_deref(),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        sheet.fact("Known as", parts.join(" · "));
        sheet.id(records::handle_id(handle));
    }
}

fn entry(sheet: &mut Sheet, it: &Entry, chat: &Conversation, source: &MailSource) {
    match &it.mail {
        Some(head) => mail(sheet, it, head, source),
        None => message(sheet, it, chat),
    }
    let files = it.attachments.iter();
    let files: Vec<String> = files
        .map(|file| format!("[{}]", words::attachment(file)))
        .collect();
    if !files.is_empty() {
        sheet.text.push(files.join("\n"));
    }
}

fn message(sheet: &mut Sheet, it: &Entry, chat: &Conversation) {
    sheet.fact("From", words::sender(it));
    sheet.fact("In", format!("{} ({})", chat.title, chat.provider.label()));
    sheet.fact("Time", sheet.when.full(it.key.time()));
    sheet.maybe("Subject", it.subject.as_ref());
    sheet.id(it.uid.as_str());
    sheet.fact("State", words::marks(it).join(", "));
    for (name, at) in &it.readers {
        let at = at.map_or_else(String::new, |at| format!(", {}", sheet.when.full(at)));
        sheet.fact("Seen by", format!("{name}{at}"));
    }
    for reaction in &it.reactions {
        let by = reaction.by.as_deref().unwrap_or("somebody");
        let by = if reaction.own { "You" } else { by };
        sheet.fact("Reaction", format!("{} {by}", reaction.value));
    }
    if let Some(quote) = &it.quote {
        let by = quote
            .by
            .as_deref()
            .map_or_else(String::new, |name| format!("{name}: "));
        sheet.fact("Answers", format!("{by}{}", quote.text));
    }
    let text = if it.deleted {
        "(deleted)".to_owned()
    } else {
        words::said(it)
    };
    if !text.is_empty() {
        sheet.text.push(text);
    }
}

fn mail(sheet: &mut Sheet, it: &Entry, head: &MailHead, source: &MailSource) {
    sheet.fact("From", head.from.as_ref().map(address).unwrap_or_default());
    for (name, list) in [
        ("To", &head.to),
        ("Cc", &head.cc),
        ("Bcc", &head.bcc),
        ("Reply-To", &head.reply_to),
    ] {
        sheet.fact(
            name,
            list.iter().map(address).collect::<Vec<_>>().join(", "),
        );
    }
    sheet.fact("Date", sheet.when.full(it.key.time()));
    sheet.maybe("Subject", it.subject.as_ref());
    sheet.maybe("Message-ID", head.message_id.as_ref());
    sheet.maybe("In-Reply-To", source.in_reply_to.as_ref());
    sheet.id(it.uid.as_str());
    sheet.fact("Folders", head.folders.join(", "));
    sheet.fact("State", words::marks(it).join(", "));
    let shown = [
        "from",
        "to",
        "cc",
        "bcc",
        "reply-to",
        "date",
        "subject",
        "message-id",
        "in-reply-to",
    ];
    for (name, value) in &source.headers {
        if !shown.contains(&name.to_lowercase().as_str()) {
            sheet.fact(name, value.as_str());
        }
    }
    if head.extent == Extent::Full {
        sheet.text.push(it.text.clone());
    } else {
        sheet
            .text
            .push("(The text of this mail has not been fetched yet.)".to_owned());
    }
}

fn address(it: &Address) -> String {
    match &it.name {
        Some(name) if !name.is_empty() => format!("{name} <{}>", it.address),
        _ => it.address.clone(),
    }
}
