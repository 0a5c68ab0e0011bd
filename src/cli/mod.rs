//! The command line: what can be asked, and which exit code means what.

mod accounts;
mod api;
mod cells;
mod chats;
mod connection;
mod demo;
mod emails;
mod export;
mod form;
mod messages;
mod output;
mod read;
mod records;
mod show;
mod span;
mod stored;
mod table;
mod target;
mod when;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

pub use connection::Connection;

/// One inbox for everything, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "onebox", version, max_term_width = 110)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a Unipile of your own, full of invented people, on this machine
    Demo(Box<demo::Arguments>),
    /// List the linked accounts
    Accounts(accounts::Arguments),
    /// List conversations
    Chats(chats::Arguments),
    /// Show a conversation
    Read(read::Arguments),
    /// List the messages of a conversation
    Messages(messages::Arguments),
    /// List mails
    Emails(emails::Arguments),
    /// Show one thing as a whole
    Show(show::Arguments),
    /// Write what is stored to standard output
    Export(export::Arguments),
    /// Call any operation of the API
    Api(Box<api::Arguments>),
    /// Print a completion script for a shell
    Completions { shell: clap_complete::Shell },
}

/// What a command ended with, as a number for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The server refused, or answered something that is not understood.
    Api = 1,
    /// The command line is not right.
    Usage = 2,
    /// The server was not reached.
    Network = 3,
    /// The key is missing or refused.
    Auth = 4,
}

/// A command that did not work out.
#[derive(Debug)]
struct Failure {
    exit: Exit,
    message: String,
}

impl Failure {
    fn usage(message: impl std::fmt::Display) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.to_string(),
        }
    }
}

impl From<crate::api::Error> for Failure {
    fn from(error: crate::api::Error) -> Self {
        use crate::api::Error;
        let exit = match &error {
            error if error.is_bad_key() => Exit::Auth,
            Error::Network { .. } | Error::Setup(_) => Exit::Network,
            Error::File { .. } => Exit::Usage,
            Error::Refused(_)
            | Error::Answer { .. }
            | Error::Redirected { .. }
            | Error::UnusableKey => Exit::Api,
        };
        Self {
            exit,
            message: output::safe(&error.to_string()),
        }
    }
}

/// Does what the command line says.
pub fn run() -> ExitCode {
    let line = Line::parse();
    output::log();
    let done = match line.command {
        Command::Demo(arguments) => demo::run(*arguments),
        Command::Accounts(arguments) => accounts::run(&arguments),
        Command::Chats(arguments) => chats::run(&arguments),
        Command::Read(arguments) => read::run(&arguments),
        Command::Emails(arguments) => emails::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Messages(arguments) => messages::run(&arguments),
        Command::Api(arguments) => api::run(*arguments),
        Command::Completions { shell } => {
            clap_complete::generate(
                shell,
                &mut Line::command(),
                "onebox",
                &mut std::io::stdout(),
            );
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::error(&failure.message);
            ExitCode::from(failure.exit as u8)
        }
    }
}

/// Runs something that waits on the network.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .build();
    runtime
        .map_err(|error| Failure {
            exit: Exit::Api,
            message: format!("The program could not start: {error}."),
        })?
        .block_on(work)
}
