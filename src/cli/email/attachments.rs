//! `onebox email save-attachments`: the files of a mail, in a folder.

use std::path::PathBuf;

use clap::Args;

use super::{Fetcher, fetch, mail};
use crate::cli::connection::Connection;
use crate::cli::{Failure, Globals, output, records, stored};

/// Saves the files of a mail.
#[derive(Debug, Args)]
#[command(
    after_help = "Names are made safe, and nothing is overwritten: the second `plan.pdf` is `plan (1).pdf`. The paths \
    are printed, one a line; with --json each line is a saved file, which docs/shell.md describes."
)]
pub(in crate::cli) struct Arguments {
    /// The id of a mail
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    id: String,
    /// Into which folder
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    to: PathBuf,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: Connection,
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let it = mail(&store, &arguments.id)?;
    if it.attachments.is_empty() {
        let known = it.mail.as_ref().is_some_and(|head| {
            head.extent == crate::model::email::Extent::Full && head.is_complete != Some(false)
        });
        return Err(Failure::usage(if known {
            "This mail has no attachments."
        } else {
            "Nothing is known yet of what hangs on this mail: it has not been fetched as a whole. `onebox sync` does."
        }));
    }
    let fetcher = Fetcher::new(&arguments.connection, globals)?;
    fetch::make(&arguments.to)?;
    let mut failed = None;
    for file in &it.attachments {
        match fetcher.save(&store, &it, file, &arguments.to) {
            Ok(path) if arguments.json => records::print(&records::saved(&it, file, &path))?,
            Ok(path) => output::line(&output::safe(&path.display().to_string()))?,
            // One that is not there any more does not keep the others back.
            Err(failure) => {
                output::note(&format!("{}: {}", fetch::name(file), failure.message));
                failed = Some(failure);
            }
        }
    }
    failed.map_or(Ok(()), Err)
}
