//! `onebox api`: every operation of the API from the shell.
//!
//! Answers go to stdout as JSON; errors go to stderr. Exit codes: 0 done, 1 the server refused, 2 wrong usage,
//! 3 not reached, 4 no key or a wrong one.

mod list;
mod target;
mod values;

use std::path::PathBuf;

use clap::Args;
use futures_util::{StreamExt as _, pin_mut};

use super::{Connection, Failure, Globals, block_on, output};
use crate::api::operation::{Answer, Method, Operation};
use crate::api::{Client, Error, Request, by_name, pages};
use crate::sync::{Asker, Patience};

/// Calls one operation.
#[derive(Debug, Args)]
#[command(disable_help_flag = true, after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// An operation such as listChats, or a method such as GET followed by a path such as /chats
    #[arg(value_parser = target::Word, hide_possible_values = true)]
    operation: Option<String>,
    /// Values as `name=text`, `name=@file`, `name=@-` (standard input), `name:=json`; a path after a method
    #[arg(value_name = "NAME=VALUE")]
    values: Vec<String>,
    /// Another value; the same as without -q
    #[arg(short, long, value_name = "NAME=VALUE")]
    query: Vec<String>,
    /// Fetch all pages of a list and print them as one
    #[arg(long)]
    paginate: bool,
    /// Print the items of a list one a line
    #[arg(long)]
    lines: bool,
    /// Write a binary answer to a new file; `-` means standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print every operation
    #[arg(long)]
    list: bool,
    /// With --list: as JSON
    #[arg(long, requires = "list")]
    json: bool,
    /// Print help, or the parameters of the operation
    #[arg(short, long)]
    help: bool,
    #[command(flatten)]
    connection: Connection,
}

const EXAMPLES: &str = "Examples:
  onebox api --list
  onebox api --help sendMessage
  onebox api listChats limit=5 unread=true
  onebox api GET /chats -q limit=5 --paginate
  onebox api sendMessage chat_id=ID text=@- attachments=@offer.pdf
  onebox api sendEmail account_id=ID to='Léa <lea@nuvem.example>' subject=Hello body='<p>Hi</p>'
  onebox api createCalendarEvent calendar_id=ID account_id=ID title=Lunch \\
      'start[date]=2026-12-01' 'end[date]=2026-12-02' attendees:='[]'
  onebox api getMessageAttachment message_id=ID attachment_id=ID -o photo.jpg";

/// Does what was asked.
pub(super) fn run(arguments: Arguments, globals: &Globals) -> Result<(), Failure> {
    if arguments.list {
        return list::print(arguments.json);
    }
    let Some(word) = arguments.operation else {
        return list::help();
    };
    let (operation, mut given) = target::find(&word, &arguments.values)?;
    if arguments.help {
        return list::operation(operation);
    }
    if operation.method != Method::Get {
        globals.may(operation.id)?;
    }
    let rest = if target::is_method(&word) {
        arguments.values.get(1..).unwrap_or_default()
    } else {
        &arguments.values
    };
    for text in rest.iter().chain(&arguments.query) {
        given.push(values::read(operation, text)?);
    }
    let request =
        by_name::request(operation, given).map_err(|unfit| values::explain(operation, &unfit))?;
    let client = arguments.connection.access(&globals.profile)?.client()?;
    let call = Call {
        client,
        request,
        asker: Asker::default(),
        patience: Patience::default(),
    };
    let (paginate, lines, to) = (arguments.paginate, arguments.lines, arguments.output);
    if paginate && !operation.is_paged() {
        return Err(Failure::usage(format!("{} has no pages.", operation.id)));
    }
    match operation.answer {
        Answer::Bytes => block_on(call.bytes(to)),
        Answer::Json if to.is_some() => Err(Failure::usage(
            "-o is for files; this answer is JSON: use `> file`.",
        )),
        Answer::Json if paginate || lines => block_on(call.items(paginate, lines)),
        Answer::Json => block_on(call.json()),
    }
}

/// One call under way.
struct Call {
    client: Client,
    request: Request,
    asker: Asker,
    patience: Patience,
}

impl Call {
    fn operation(&self) -> &'static Operation {
        self.request.operation()
    }

    /// Asks through the budget, again where that is safe.
    async fn ask<T, A>(&self, call: impl FnMut() -> A) -> Result<T, Failure>
    where
        A: Future<Output = Result<T, Error>>,
    {
        Ok(self
            .asker
            .ask(
                self.operation(),
                self.request.account(),
                &self.patience,
                call,
            )
            .await?)
    }

    async fn json(self) -> Result<(), Failure> {
        let value = self.ask(|| self.client.value(&self.request)).await?;
        output::json(&value)
    }

    /// Prints items as they come, so that a million of them need no memory.
    async fn items(self, all: bool, lines: bool) -> Result<(), Failure> {
        let pages = pages(|cursor| {
            let call = &self;
            async move {
                let cursor = cursor.as_ref();
                call.asker
                    .ask(
                        call.operation(),
                        call.request.account(),
                        &call.patience,
                        || call.client.value_page(&call.request, cursor),
                    )
                    .await
            }
        });
        pin_mut!(pages);
        let mut first = true;
        while let Some(page) = pages.next().await {
            let page = page?;
            for item in &page.items {
                let text = output::shown(&serde_json::to_string(item).unwrap_or_default());
                match (lines, first) {
                    (true, _) => output::line(&text)?,
                    (false, true) => output::raw(format!("{{\"items\": [\n{text}").as_bytes())?,
                    (false, false) => output::raw(format!(",\n{text}").as_bytes())?,
                }
                first = false;
            }
            for flaw in page.flaws {
                output::error(&format!("left out: {flaw}"));
            }
            if !all {
                break;
            }
        }
        match (lines, first) {
            (true, _) => Ok(()),
            (false, true) => output::line("{\"items\": []}"),
            (false, false) => output::line("\n]}"),
        }
    }

    async fn bytes(self, to: Option<PathBuf>) -> Result<(), Failure> {
        let to_stdout = to.as_ref().is_none_or(|path| path.as_os_str() == "-");
        if to.is_none() && output::is_terminal() {
            return Err(Failure::usage(
                "The answer is a file and this is a terminal. Name a file with -o FILE, or -o - to print it all the same.",
            ));
        }
        if to_stdout {
            let (bytes, _) = self.ask(|| self.client.bytes(&self.request)).await?;
            return output::raw(&bytes);
        }
        let path = to.unwrap_or_default();
        if path.exists() {
            return Err(Failure::usage(format!(
                "{} exists already; nothing is overwritten.",
                path.display()
            )));
        }
        let saved = self
            .ask(|| self.client.download(&self.request, &path, |_, _| {}))
            .await?;
        let mime = saved.mime.unwrap_or_else(|| "unknown type".to_owned());
        output::error(&format!(
            "{} bytes of {} saved as {}",
            saved.bytes,
            output::safe(&mime),
            path.display()
        ));
        Ok(())
    }
}
