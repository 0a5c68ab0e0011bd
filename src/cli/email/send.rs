//! `onebox email send`: a mail with all that mails have.

use clap::Args;

use crate::cli::send::{self, Way, Words};
use crate::cli::{Failure, Globals, output, stored, target};
use crate::model::act::{Act, MailBody, MailTracking};

/// Headers that servers take besides those that begin with `X-`.
const HEADERS: [&str; 6] = [
    "list-unsubscribe",
    "list-unsubscribe-post",
    "in-reply-to",
    "references",
    "reply-to",
    "importance",
];

/// Sends a mail.
#[derive(Debug, Args)]
#[command(
    after_help = "The text is plain unless --markdown or --html says otherwise. With --json the line is an outbox \
    record: docs/shell.md describes it.\n\n\
    Examples:\n  onebox email send --to lea@nuvem.example --subject Plans --attach plan.pdf \"Here it is\"\n  \
    onebox email send --to lea@nuvem.example --cc Noor --via gmail --subject News --markdown - < news.md"
)]
pub(in crate::cli) struct Arguments {
    /// To whom: a mail address, `Name <address>` or the name of somebody whose address is known; may be given several
    /// times
    #[arg(long, value_name = "ADDRESS", allow_hyphen_values = true)]
    to: Vec<String>,
    /// Who else gets it
    #[arg(long, value_name = "ADDRESS")]
    cc: Vec<String>,
    /// Who else gets it without the others knowing
    #[arg(long, value_name = "ADDRESS")]
    bcc: Vec<String>,
    /// Subject
    #[arg(long, default_value = "", hide_default_value = true)]
    subject: String,
    /// From which mailbox: id, name, address or network
    #[arg(
        long,
        visible_alias = "account",
        value_name = "ACCOUNT",
        allow_hyphen_values = true
    )]
    via: Option<String>,
    /// From another address of that mailbox, as set up at the provider
    #[arg(long, value_name = "ALIAS")]
    from: Option<String>,
    /// The text is HTML
    #[arg(long, conflicts_with = "markdown")]
    html: bool,
    /// The text is Markdown and goes out as HTML
    #[arg(long)]
    markdown: bool,
    /// A header line of your own, `X-Project: Bees`; may be given several times
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// Be told when it is opened
    #[arg(long)]
    track_opens: bool,
    /// Be told when a link in it is followed
    #[arg(long)]
    track_links: bool,
    /// What to call it in what is told about it
    #[arg(long, value_name = "LABEL")]
    track_label: Option<String>,
    /// The text; `-` reads it from standard input
    #[arg(allow_hyphen_values = true)]
    text: Option<String>,
    #[command(flatten)]
    way: Way,
}

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    globals.may("Sending a mail")?;
    let headers = arguments.headers.iter().map(|it| header(it));
    let headers = headers.collect::<Result<Vec<_>, _>>()?;
    if arguments.to.is_empty() && arguments.cc.is_empty() && arguments.bcc.is_empty() {
        return Err(Failure::usage(
            "Nobody is named to send it to. Give --to, --cc or --bcc.",
        ));
    }
    let store = stored::open(globals)?;
    let via = match &arguments.via {
        Some(word) => Some(target::account(&store, word)?),
        None => None,
    };
    if let Some(via) = via.as_ref().filter(|it| !it.has_mail) {
        return Err(Failure::usage(format!("{} has no mails.", via.name)));
    }
    let text = send::said(arguments.text.as_deref(), &arguments.way)?;
    let words = Words {
        subject: Some(arguments.subject.clone()),
        cc: arguments.cc.clone(),
        bcc: arguments.bcc.clone(),
        files: send::kept(&store, &arguments.way.attach)?,
        ..Words::default()
    };
    let mut mail = send::mail(&store, &arguments.to, via.as_ref(), words)?;
    if let Some(alias) = &arguments.from {
        mail.from = Some(send::typed(alias)?);
    }
    mail.body = if arguments.html {
        MailBody::Html(text)
    } else if arguments.markdown {
        MailBody::Markdown(text)
    } else {
        MailBody::Plain(text)
    };
    mail.headers = headers;
    let tracked = arguments.track_opens || arguments.track_links;
    mail.tracking = tracked.then(|| MailTracking {
        opens: arguments.track_opens,
        links: arguments.track_links,
        label: arguments.track_label.clone(),
    });
    send::hand_over(&store, Act::SendEmail(mail), None, &arguments.way, globals)
}

/// `Name: value`, where the name is one that a mail may have.
fn header(line: &str) -> Result<(String, String), Failure> {
    let wrong = |why: &str| {
        Err(Failure::usage(format!(
            "`{}` {why}. Write `X-Name: value`; besides those that begin with X- there are {}.",
            output::safe(line),
            HEADERS.join(", ")
        )))
    };
    let Some((name, value)) = line.split_once(':') else {
        return wrong("is no header");
    };
    let (name, value) = (name.trim(), value.trim());
    let lower = name.to_ascii_lowercase();
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !lower.chars().all(fits) || value.is_empty() || value.contains(['\n', '\r']) {
        return wrong("is no header");
    }
    if !lower.starts_with("x-") && !HEADERS.contains(&lower.as_str()) {
        return wrong("is a header that cannot be set");
    }
    Ok((name.to_owned(), value.to_owned()))
}
