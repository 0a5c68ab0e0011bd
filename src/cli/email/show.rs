//! `onebox email show`: a mail as a whole, or one side of it as it is.

use clap::Args;

use super::mail;
use crate::cli::form::Form;
use crate::cli::{Failure, Globals, output, show, stored};
use crate::mail::eml::{Whole, eml};
use crate::store::read;

/// Shows a mail.
#[derive(Debug, Args)]
#[command(
    after_help = "Without an option it is laid out for reading, as `onebox show` does it. --source is the mail as an \
    .eml file without its attachments; `onebox email export` has them as well. With --json, the answer is one email; \
    docs/shell.md describes the fields."
)]
pub(in crate::cli) struct Arguments {
    /// The id of a mail
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    id: String,
    /// The text alone
    #[arg(long, group = "side")]
    plain: bool,
    /// The HTML alone
    #[arg(long, group = "side")]
    html: bool,
    /// The header lines alone
    #[arg(long, group = "side")]
    headers: bool,
    /// The whole mail as a file
    #[arg(long, group = "side", conflicts_with_all = ["json", "ids"])]
    source: bool,
    #[command(flatten)]
    form: Form,
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let it = mail(&store, &arguments.id)?;
    let sided = arguments.plain || arguments.html || arguments.headers || arguments.source;
    if arguments.form.json || !sided {
        return show::one(&store, it, arguments.form);
    }
    if arguments.plain {
        return text(&it.text);
    }
    let source = store.read_now(|db| read::entries::source(db, it.key))?;
    if arguments.html {
        let html = source.html.as_deref();
        return text(html.ok_or_else(|| Failure::usage("This mail has no HTML."))?);
    }
    let Some(head) = it.mail.as_deref() else {
        return Ok(());
    };
    let whole = eml(&Whole {
        entry: &it,
        head,
        source: &source,
        files: &[],
    });
    if arguments.headers {
        let lines = whole.split("\r\n\r\n").next().unwrap_or_default();
        return text(&lines.replace("\r\n", "\n"));
    }
    output::raw(whole.as_bytes())
}

/// Text as it is for programs, and harmless for a person.
fn text(text: &str) -> Result<(), Failure> {
    let shown = if output::is_terminal() {
        output::safe(text)
    } else {
        text.to_owned()
    };
    let end = if shown.ends_with('\n') { "" } else { "\n" };
    output::raw(format!("{shown}{end}").as_bytes())
}
