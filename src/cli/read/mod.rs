//! `onebox read`: a conversation as a person reads it.

mod page;

use clap::Args;
use jiff::Timestamp;

use super::output::{self, Paint, painted};
use super::records::{Detail, Ids};
use super::span::Span;
use super::when::When;
use super::{Failure, Globals, cells, records, stored, target};
use crate::config::{Config, ReadMarks};
use crate::model::inbox::{Conversation, EntryKey};
use crate::store::{Care, Result as Stored, Store, outbox, read};

use page::Page;

/// Shows a conversation, the oldest message first.
#[derive(Debug, Args)]
#[command(
    after_help = "With --json, each line is a message or an email, as with `onebox messages --json`."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    chat: target::Named,
    #[command(flatten)]
    span: Span,
    #[command(flatten)]
    form: super::form::Form,
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let chat = arguments.chat.find(&store)?;
    let mut walk = arguments.span.walk(&store, chat.key)?;
    if arguments.form.json {
        let ids = Ids::load(&store)?;
        let detail = Detail::of(&chat);
        loop {
            let window = walk.step(&store)?;
            if window.is_empty() {
                return Ok(());
            }
            for it in &window {
                records::print(&records::entry(it, &detail, &ids))?;
            }
        }
    }
    head(&chat, arguments.form.ids)?;
    let new = first_new(&store, &chat)?;
    let mut page = Page::new(When::here(), output::width(), new, arguments.form.ids);
    loop {
        let window = walk.step(&store)?;
        if window.is_empty() {
            page.end()?;
            return mark_read(&store, &chat, globals);
        }
        for it in window {
            page.add(it)?;
        }
    }
}

/// What a person has had on screen is read, where the settings say so. The server hears of it with the next fetch.
fn mark_read(store: &Store, chat: &Conversation, globals: &Globals) -> Result<(), Failure> {
    let config = Config::load(&globals.profile.config_file()).map_err(Failure::usage)?;
    if chat.unread == 0
        || globals.readonly
        || !output::is_terminal()
        || config.read_marks != ReadMarks::Open
    {
        return Ok(());
    }
    let key = chat.key;
    store.write_now(Care::Kept, move |tx| {
        let acts = outbox::acts::read(tx, key, true)?;
        outbox::submit_quietly(tx, acts, Timestamp::now())
    })?;
    Ok(())
}

fn head(chat: &Conversation, ids: bool) -> Result<(), Failure> {
    let title = output::safe(&cells::one_line(&chat.title));
    let mut about = vec![chat.provider.label().to_owned()];
    if chat.unread > 0 {
        about.push(format!("{} unread", chat.unread));
    }
    for (is, word) in [
        (chat.archived, "archived"),
        (chat.muted, "muted"),
        (!chat.writable, "read only"),
    ] {
        if is {
            about.push(word.to_owned());
        }
    }
    if ids {
        about.push(chat.uid.clone());
    }
    let room = output::width();
    output::line(&painted(Paint::Bold, &cells::cut(&title, room)))?;
    let about = output::safe(&about.join(" · "));
    for line in cells::wrap(&about, room) {
        output::line(&painted(Paint::Dim, &line))?;
    }
    Ok(())
}

/// Where the unread part begins.
fn first_new(store: &Store, chat: &Conversation) -> Stored<Option<EntryKey>> {
    let (key, unread) = (chat.key, chat.unread);
    if chat.is_mail {
        return store.read_now(|db| read::entries::first_unread(db, key));
    }
    if unread == 0 {
        return Ok(None);
    }
    store.read_now(|db| read::entries::start_of_unread(db, key, unread))
}
