//! The command line: what can be asked, and which exit code means what.

mod accounts;
mod api;
mod cells;
mod chats;
mod config;
mod connection;
mod demo;
mod doctor;
mod email;
mod export;
mod form;
mod globals;
mod inbox;
mod keep;
mod keyring;
mod login;
mod messages;
mod outbox;
mod output;
mod prompt;
mod reach;
mod read;
mod records;
mod search;
mod send;
mod show;
mod span;
mod stored;
mod sync;
mod table;
mod target;
mod when;
mod words;

use std::process::{ExitCode, Termination};

use clap::{CommandFactory as _, Parser, Subcommand};

pub use connection::{Access, Connection};
pub use globals::Globals;

/// One inbox for everything, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "onebox", version, max_term_width = 110)]
struct Line {
    #[command(flatten)]
    flags: globals::Flags,
    #[command(flatten)]
    connection: Connection,
    /// A `mailto:` link: the mail opens filled in, and nothing leaves by itself
    #[arg(value_name = "MAILTO", value_parser = inbox::link)]
    link: Option<String>,
    /// Without a command, the inbox opens on the screen
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a Unipile of your own, full of invented people, on this machine
    Demo(Box<demo::Arguments>),
    /// Set up your server and its key
    Login(Box<login::Arguments>),
    /// Forget the server and its key
    Logout(login::Leave),
    /// Fetch what is new
    Sync(Box<sync::Arguments>),
    /// Look whether everything is as it should be
    Doctor(Box<doctor::Arguments>),
    /// List the linked accounts
    Accounts(accounts::Arguments),
    /// List conversations
    Chats(chats::Arguments),
    /// Show a conversation
    Read(read::Arguments),
    /// List the messages of a conversation
    Messages(messages::Arguments),
    /// List, show, send, save, move and mark mails
    #[command(subcommand)]
    Email(email::Command),
    /// The same as `onebox email list`
    #[command(hide = true)]
    Emails(email::list::Arguments),
    /// Show one thing as a whole
    Show(show::Arguments),
    /// Send a message or a mail
    Send(Box<send::Arguments>),
    /// Answer a conversation
    Reply(Box<send::Answer>),
    /// See what is not sent yet; send it again or take it back
    Outbox(Box<outbox::Arguments>),
    /// Find messages, mails, people and conversations
    Search(search::Arguments),
    /// Write what is stored to standard output
    Export(export::Arguments),
    /// Look at the settings, and find mistakes in them
    Config(config::Arguments),
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

impl From<crate::store::Error> for Failure {
    fn from(error: crate::store::Error) -> Self {
        Self {
            exit: Exit::Api,
            message: output::safe(&error.to_string()),
        }
    }
}

/// The command line of the inbox, without all the commands, which do not have to be put together before the first frame.
#[derive(Debug, Parser)]
#[command(name = "onebox", max_term_width = 110)]
struct Bare {
    #[command(flatten)]
    flags: globals::Flags,
    #[command(flatten)]
    connection: Connection,
}

impl Line {
    fn read() -> Self {
        if std::env::args_os().nth(1).is_some() {
            return Self::parse();
        }
        let Bare { flags, connection } = Bare::parse();
        Self {
            flags,
            connection,
            link: None,
            command: None,
        }
    }
}

/// Does what the command line says.
pub fn run() -> ExitCode {
    let line = Line::read();
    let on_screen = match &line.command {
        None => true,
        Some(Command::Demo(arguments)) => arguments.is_on_screen(),
        Some(_) => false,
    };
    if !on_screen {
        output::log();
    }
    let globals = match line.flags.settle() {
        Ok(globals) => globals,
        Err(failure) => return ended(Err::<(), _>(failure)),
    };
    let Some(command) = line.command else {
        return ended(inbox::run(&line.connection, &globals, line.link));
    };
    match command {
        Command::Demo(arguments) => ended(demo::run(*arguments, &globals)),
        Command::Login(arguments) => ended(login::login(&arguments, &globals)),
        Command::Logout(arguments) => ended(login::logout(&arguments, &globals)),
        Command::Sync(arguments) => ended(sync::run(&arguments, &globals)),
        Command::Doctor(arguments) => ended(doctor::run(&arguments, &globals)),
        Command::Accounts(arguments) => ended(accounts::run(&arguments, &globals)),
        Command::Chats(arguments) => ended(chats::run(&arguments, &globals)),
        Command::Read(arguments) => ended(read::run(&arguments, &globals)),
        Command::Messages(arguments) => ended(messages::run(&arguments, &globals)),
        Command::Emails(arguments) => ended(email::list::run(&arguments, &globals)),
        Command::Email(command) => ended(email::run(&command, &globals)),
        Command::Show(arguments) => ended(show::run(&arguments, &globals)),
        Command::Send(arguments) => ended(send::send(&arguments, &globals)),
        Command::Reply(arguments) => ended(send::reply(&arguments, &globals)),
        Command::Outbox(arguments) => ended(outbox::run(&arguments, &globals)),
        Command::Search(arguments) => ended(search::run(&arguments, &globals)),
        Command::Export(arguments) => ended(export::run(&arguments, &globals)),
        Command::Config(arguments) => ended(config::run(&arguments, &globals)),
        Command::Api(arguments) => ended(api::run(*arguments, &globals)),
        Command::Completions { shell } => ended(completions(shell)),
    }
}

/// Says what went wrong, if something did, and gives the exit code.
fn ended<T: Termination>(done: Result<T, Failure>) -> ExitCode {
    match done {
        Ok(done) => done.report(),
        Err(failure) => {
            output::error(&failure.message);
            ExitCode::from(failure.exit as u8)
        }
    }
}

fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Line::command(), "onebox", &mut script);
    output::raw(&script)
}

/// Those who do what waits on the network and the disk.
fn crew() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        // Each thread keeps some memory of its own, and what they do takes milliseconds.
        .max_blocking_threads(6)
        .build();
    started(runtime)
}

fn started(
    runtime: std::io::Result<tokio::runtime::Runtime>,
) -> Result<tokio::runtime::Runtime, Failure> {
    runtime.map_err(|error| Failure {
        exit: Exit::Api,
        message: format!("The program could not start: {error}."),
    })
}

/// Runs something that waits on the network.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    crew()?.block_on(work)
}

/// Keeps a profile up to date, perhaps for hours, and does nothing else.
fn block_on_long<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    started(crate::sync::session::small_runtime())?.block_on(work)
}
