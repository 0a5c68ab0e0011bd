//! `onebox messages`: the messages or mails of a conversation, a row each.

use clap::Args;

use super::form::Form;
use super::output::Paint;
use super::records::{Detail, Ids};
use super::span::Span;
use super::table::{Column, Table};
use super::when::When;
use super::{Failure, Globals, records, stored, target, words};
use crate::model::inbox::Entry;

/// Lists the messages of a conversation, the oldest first.
#[derive(Debug, Args)]
#[command(
    after_help = "With --json, each line is a message or an email: id, chat_id, account_id, time, sender, \
    sender_id, own, subject, text, starred, attachments; a message has event, quote, reactions, read_by, delivered, \
    seen, edited, deleted, forwarded and hidden besides; an email has from, to, cc, bcc, reply_to, unread, role, folders \
    and message_id. docs/shell.md describes the fields."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    chat: target::Named,
    #[command(flatten)]
    span: Span,
    #[command(flatten)]
    form: Form,
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let chat = arguments.chat.find(&store)?;
    let ids = Ids::load(&store)?;
    let detail = Detail::of(&chat);
    let when = When::here();
    let mut table = Table::new(vec![
        Column::whole("When", 1).painted(Paint::Dim),
        Column::text("Who", 0, 8).painted(Paint::Bold),
        Column::text("What", 0, 12),
        Column::whole("", 2).painted(Paint::Dim),
        Column::whole("Id", 0),
    ]);
    let mut walk = arguments.span.walk(&store, chat.key)?;
    loop {
        let window = walk.step(&store)?;
        if window.is_empty() {
            return Ok(());
        }
        if arguments.form.json {
            for it in &window {
                records::print(&records::entry(it, &detail, &ids))?;
            }
        } else {
            let rows: Vec<_> = window
                .iter()
                .map(|it| row(it, &when, arguments.form.ids))
                .collect();
            table.print(&rows)?;
        }
    }
}

fn row(it: &Entry, when: &When, ids: bool) -> Vec<String> {
    let at = it.key.time();
    let day = when.short(at);
    let time = when.clock(at);
    vec![
        if day == time {
            time
        } else {
            format!("{day} {time}")
        },
        words::sender(it).to_owned(),
        words::summary(it),
        words::marks(it).join(" "),
        if ids {
            it.uid.to_string()
        } else {
            String::new()
        },
    ]
}
