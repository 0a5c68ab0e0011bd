//! `onebox email export`: one mail as a file that every mail program reads.

use std::path::PathBuf;

use clap::Args;

use super::{Fetcher, fetch, mail};
use crate::cli::connection::Connection;
use crate::cli::export::mails;
use crate::cli::{Failure, Globals, output, stored};

/// Writes a mail as an .eml file.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The id of a mail
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    id: String,
    /// Into which folder; standard output otherwise
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Fetch its attachments from the server and put them in
    #[arg(long)]
    attachments: bool,
    #[command(flatten)]
    connection: Connection,
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let it = mail(&store, &arguments.id)?;
    let fetcher = if arguments.attachments && !it.attachments.is_empty() {
        Some(Fetcher::new(&arguments.connection, globals)?)
    } else {
        None
    };
    let Some(folder) = &arguments.to else {
        let whole = mails::eml(&store, &it, fetcher.as_ref())?;
        return output::raw(whole.as_bytes());
    };
    fetch::make(folder)?;
    let path = mails::save(&store, &it, fetcher.as_ref(), folder)?;
    output::line(&output::safe(&path.display().to_string()))
}
