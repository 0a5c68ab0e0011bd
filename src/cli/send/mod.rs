//! `onebox send` and `onebox reply`: words on their way, once, and an answer about what became of them.

mod compose;
pub(super) mod wait;

use std::io::Read as _;
use std::path::PathBuf;

use clap::Args;
use jiff::{Timestamp, Zoned};

use super::connection::Connection;
use super::records;
use super::when::When as Clock;
use super::{Exit, Failure, Globals, block_on, output, stored, target};
use crate::config::{Config, ReadMarks};
use crate::model::act::{Act, FileRef};
use crate::model::inbox::ConversationKey;
use crate::model::later;
use crate::model::outbox::{OutboxItem, OutboxState};
use crate::store::outbox::{self, When, files};
use crate::store::{Care, Store, read};
pub(super) use compose::{Words, mail, typed};

/// What goes with a message, and how to wait for it.
#[derive(Debug, Args)]
pub(super) struct Way {
    /// A file to go with it; may be given several times
    #[arg(long = "attach", value_name = "FILE")]
    pub(super) attach: Vec<PathBuf>,
    /// Send it later: `mon 9:00`, `tomorrow 8:30`, `18:00`, `2h`, `2026-12-24 18:00`
    #[arg(long, value_name = "WHEN")]
    later: Option<String>,
    /// Do not wait for the server: what syncs this profile sends it
    #[arg(long)]
    no_wait: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: Connection,
}

/// Sends a message or a mail.
#[derive(Debug, Args)]
#[command(
    after_help = "A conversation that exists is used; --via ACCOUNT starts a new one. With --subject, or from a \
    mailbox, it is a mail. With --json the line is an outbox record: docs/shell.md describes it."
)]
pub(super) struct Arguments {
    /// To whom: a conversation, a person, a mail address, a phone number; several make a group or a mail to all
    #[arg(
        long,
        required = true,
        value_name = "NAME|CHAT",
        allow_hyphen_values = true
    )]
    to: Vec<String>,
    /// From which account: id, name, address or network
    #[arg(
        long,
        visible_alias = "account",
        value_name = "ACCOUNT",
        allow_hyphen_values = true
    )]
    via: Option<String>,
    /// Subject of a mail or an InMail
    #[arg(long)]
    subject: Option<String>,
    /// Name of a new group
    #[arg(long)]
    title: Option<String>,
    /// LinkedIn: spend a credit to reach somebody who is no relation
    #[arg(long)]
    inmail: bool,
    /// Who else gets the mail
    #[arg(long, value_name = "ADDRESS")]
    cc: Vec<String>,
    /// Who else gets the mail without the others knowing
    #[arg(long, value_name = "ADDRESS")]
    bcc: Vec<String>,
    /// What to say; `-` reads it from standard input
    #[arg(allow_hyphen_values = true)]
    text: Option<String>,
    #[command(flatten)]
    way: Way,
}

/// Answers a conversation.
#[derive(Debug, Args)]
pub(super) struct Answer {
    #[command(flatten)]
    chat: target::Named,
    /// What to say; `-` reads it from standard input
    #[arg(allow_hyphen_values = true)]
    text: Option<String>,
    /// The message or mail to answer; the last mail of a thread otherwise
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    quote: Option<String>,
    /// Mails: to everybody the mail went to
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    way: Way,
}

pub(super) fn send(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    globals.may("Sending a message")?;
    let store = stored::open(globals)?;
    let via = match &arguments.via {
        Some(word) => Some(target::account(&store, word)?),
        None => None,
    };
    let words = Words {
        text: said(arguments.text.as_deref(), &arguments.way)?,
        subject: arguments.subject.clone(),
        title: arguments.title.clone(),
        inmail: arguments.inmail,
        cc: arguments.cc.clone(),
        bcc: arguments.bcc.clone(),
        files: kept(&store, &arguments.way.attach)?,
    };
    let act = compose::message(&store, &arguments.to, via.as_ref(), words)?;
    hand_over(&store, act, None, &arguments.way, globals)
}

pub(super) fn reply(arguments: &Answer, globals: &Globals) -> Result<(), Failure> {
    globals.may("Sending a message")?;
    let store = stored::open(globals)?;
    let chat = arguments.chat.find(&store)?;
    let quote = match &arguments.quote {
        Some(id) => {
            let entry = store.read_now(|db| read::entries::with_uid(db, id))?;
            let entry = entry.filter(|it| it.conversation == chat.key);
            Some(entry.ok_or_else(|| {
                Failure::usage(format!(
                    "`{}` is no message of this conversation.",
                    output::safe(id)
                ))
            })?)
        }
        None => None,
    };
    let words = Words {
        text: said(arguments.text.as_deref(), &arguments.way)?,
        files: kept(&store, &arguments.way.attach)?,
        ..Words::default()
    };
    let act = compose::answer(&store, &chat, quote.as_ref(), arguments.all, words)?;
    hand_over(&store, act, Some(chat.key), &arguments.way, globals)
}

/// The words: typed, or read from standard input. Files may go without any.
pub(super) fn said(text: Option<&str>, way: &Way) -> Result<String, Failure> {
    let text = match text {
        Some("-") => {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| {
                    Failure::usage(format!("Standard input cannot be read as text: {error}."))
                })?;
            text.trim_end().to_owned()
        }
        Some(text) => text.to_owned(),
        None => String::new(),
    };
    if text.trim().is_empty() && way.attach.is_empty() {
        return Err(Failure::usage(
            "There is nothing to say. Give a text, `-` for standard input, or --attach FILE.",
        ));
    }
    Ok(text)
}

/// The files, copied into the profile so that they can go out whenever it is time.
pub(super) fn kept(store: &Store, paths: &[PathBuf]) -> Result<Vec<FileRef>, Failure> {
    let mut kept = Vec::new();
    for path in paths {
        let file = files::keep(store.dir(), path).map_err(Failure::usage)?;
        if file.is_large() {
            output::note(&format!(
                "{} is larger than 15 MB; some networks refuse that.",
                file.name
            ));
        }
        kept.push(file);
    }
    Ok(kept)
}

/// Puts it into the outbox, and waits for what becomes of it.
pub(super) fn hand_over(
    store: &Store,
    act: Act,
    chat: Option<ConversationKey>,
    way: &Way,
    globals: &Globals,
) -> Result<(), Failure> {
    let when = match &way.later {
        None => When::Now,
        Some(text) => When::At(later::moment(text, &Zoned::now()).ok_or_else(|| {
            Failure::usage(format!("`{text}` is no time. Try `mon 9:00`, `tomorrow 8:30`, `18:00`, `2h` or `2026-12-24 18:00`."))
        })?),
    };
    // Who cannot reach any server hears so before anything is kept for it.
    let client = if way.no_wait || way.later.is_some() {
        None
    } else {
        Some(way.connection.access(&globals.profile)?.client()?)
    };
    let marks = Config::load(&globals.profile.config_file())
        .map_err(Failure::usage)?
        .read_marks;
    let ids = store.write_now(Care::Kept, move |tx| {
        let now = Timestamp::now();
        let ids = outbox::submit(tx, vec![act], now, when)?;
        if let Some(chat) = chat
            && marks != ReadMarks::Manual
        {
            let read = outbox::acts::read(tx, chat, true)?;
            outbox::submit_quietly(tx, read, now)?;
        }
        Ok(ids)
    })?;
    let id = *ids
        .first()
        .ok_or_else(|| Failure::usage("There was nothing to send."))?;
    let Some(client) = client else {
        let item = store.read_now(|db| outbox::get(db, id))?;
        return item.map_or(Ok(()), |item| tell(&item, way.json));
    };
    let outcome = block_on(wait::settle(store, client, id))?;
    tell(&outcome.item, way.json)?;
    verdict(&outcome)
}

/// Says how it stands.
pub(super) fn tell(item: &OutboxItem, json: bool) -> Result<(), Failure> {
    if json {
        return records::print(&records::outbox(item));
    }
    let id = item.id.0;
    output::line(&match item.state {
        OutboxState::Sent => "Sent.".to_owned(),
        OutboxState::Scheduled => format!(
            "Goes out {}. `onebox outbox cancel {id}` takes it back.",
            Clock::here().full(item.due_at)
        ),
        OutboxState::Queued | OutboxState::Sending => {
            format!("In the outbox as {id}; it goes out with the next `onebox sync`.")
        }
        OutboxState::Canceled => "Taken back.".to_owned(),
        OutboxState::Failed => format!(
            "Not sent. It stays in the outbox as {id}: `onebox outbox retry {id}` tries again."
        ),
        OutboxState::Unknown => format!(
            "Nobody knows whether it arrived. Look into the conversation; `onebox outbox retry {id}` sends it again, \
             `onebox outbox cancel {id}` lets it be."
        ),
    })
}

/// What is not sent is a failure, so that scripts notice.
pub(super) fn verdict(outcome: &wait::Outcome) -> Result<(), Failure> {
    let item = &outcome.item;
    let reason = outcome
        .unreachable
        .clone()
        .or_else(|| item.error.clone())
        .unwrap_or_default();
    let exit = match item.state {
        OutboxState::Sent | OutboxState::Scheduled | OutboxState::Canceled => return Ok(()),
        OutboxState::Failed | OutboxState::Unknown => Exit::Api,
        OutboxState::Queued | OutboxState::Sending => Exit::Network,
    };
    Err(Failure {
        exit,
        message: output::safe(&reason),
    })
}
