//! The pages of the wizard and of the owner's pretended phone: plain HTML without scripts or anything from elsewhere.
//!
//! Every text that is not written here goes through `escape`, and every attribute stands in double quotes.

use super::attempts::{CAPTCHA, CODE, CONTRACTS, Step};
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::seed::escape;
use crate::demo::world::account::Network;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;\
    color:#1c1c28;background:#fafafc}h1{font-size:1.4rem}fieldset{border:1px solid #d5d5e0;border-radius:8px;\
    margin:0 0 1rem;padding:.8rem 1rem}legend{font-weight:600;padding:0 .4rem}label{display:block;margin:.4rem 0}\
    input{display:block;width:100%;box-sizing:border-box;padding:.4rem;font:inherit;border:1px solid #b9b9c8;\
    border-radius:6px}button{font:inherit;padding:.4rem 1rem;margin-top:.4rem;border:0;border-radius:6px;\
    background:#3b4cca;color:#fff}code{font-size:1.2em}small{color:#667}";

/// A whole page. `head` and `body` are HTML already.
fn page(status: u16, head: &str, title: &str, body: &str) -> Reply {
    let title = escape(title);
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         form-action 'self'; base-uri 'none'\">\
         <meta name=\"referrer\" content=\"no-referrer\">{head}\
         <title>{title}</title><style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n{body}\n\
         <p><small>onebox demo: nothing here reaches a real network. Do not type real passwords.</small></p>\
         </body></html>\n"
    );
    Reply::page(status, page)
}

/// Something went wrong. `back` is where the owner may go on.
pub(super) fn problem(problem: &Problem, back: Option<&str>) -> Reply {
    let detail = problem.detail.as_deref().unwrap_or_default();
    let mut body = format!("<p>{}</p>", escape(detail));
    if let Some(url) = back {
        body.push_str(&link(url, "Go back to the application"));
    }
    page(problem.status, "", problem.title, &body)
}

fn link(url: &str, text: &str) -> String {
    format!(
        "<p><a rel=\"noreferrer\" href=\"{}\">{}</a></p>",
        escape(url),
        escape(text)
    )
}

/// The phone said yes.
pub(super) fn approved(network: Network) -> Reply {
    let body = format!(
        "<p>Your {} account is linked. It takes a few seconds to connect.</p>",
        name(network)
    );
    page(200, "", "Approved", &body)
}

/// What the owner finds on the phone for checkpoints that want an answer.
pub(super) fn phone(network: Network, step: Step) -> Reply {
    let code = |text: &str| format!("<code>{}</code>", escape(text));
    let body = match step {
        Step::Code { by_sms: false } => {
            format!(
                "<p>Your authenticator app shows the code {}.</p>",
                code(CODE)
            )
        }
        Step::Code { by_sms: true } | Step::Otp => {
            format!("<p>A message came with the code {}.</p>", code(CODE))
        }
        Step::Phone => format!(
            "<p>A phone number is asked for, such as {}. A code is sent to it afterwards.</p>",
            code("(+33)639981234")
        ),
        Step::Captcha => format!("<p>Prove that you are human: answer {}.</p>", code(CAPTCHA)),
        Step::Contract => {
            let rows: Vec<String> = CONTRACTS
                .iter()
                .map(|(id, name)| format!("<li>{} {}</li>", code(id), escape(name)))
                .collect();
            format!(
                "<p>Choose a contract by its number:</p><ul>{}</ul>",
                rows.concat()
            )
        }
        Step::QrCode | Step::InApp => "<p>Nothing waits for you here.</p>".to_owned(),
    };
    page(200, "", &format!("Your phone: {}", name(network)), &body)
}

/// The wizard was walked to its end.
pub(super) fn success(network: Network, next: Option<&str>, at_once: bool) -> Reply {
    let mut body = format!("<p>Your {} account is linked.</p>", name(network));
    let mut head = String::new();
    match next {
        Some(url) => {
            body.push_str(&link(url, "Continue"));
            if at_once {
                head = format!(
                    "<meta http-equiv=\"refresh\" content=\"0;url={}\">",
                    escape(url)
                );
            }
        }
        None => body.push_str("<p>You can close this page.</p>"),
    }
    page(200, &head, "Linked", &body)
}

/// The forms of the wizard, one for each network that is offered.
pub(super) fn wizard(offered: &[Network], again: bool, back: Option<&str>) -> Reply {
    let mut body: String = offered.iter().map(|network| form(*network)).collect();
    if let Some(url) = back {
        body.push_str(&link(url, "Cancel"));
    }
    let title = if again {
        "Reconnect your account"
    } else {
        "Connect an account"
    };
    page(200, "", title, &body)
}

/// A field of a form: name, label, type, and what stands in it.
type Field = (&'static str, &'static str, &'static str, &'static str);

fn form(network: Network) -> String {
    let rows: Vec<String> = fields(network)
        .iter()
        .map(|(name, label, kind, value)| {
            if *kind == "hidden" {
                return format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
            }
            format!(
                "<label>{label}<input name=\"{name}\" type=\"{kind}\" value=\"{value}\" required \
                 autocomplete=\"off\"></label>"
            )
        })
        .collect();
    let rows = rows.concat();
    let (title, word) = (name(network), network.word());
    let act = if matches!(network, Network::Whatsapp | Network::Telegram) {
        "Pretend to scan the code"
    } else {
        "Connect"
    };
    format!(
        "<form method=\"post\"><fieldset><legend>{title}</legend>\
         <input type=\"hidden\" name=\"provider\" value=\"{word}\">{rows}\
         <button>{act}</button></fieldset></form>\n"
    )
}

fn fields(network: Network) -> &'static [Field] {
    match network {
        Network::Whatsapp | Network::Telegram | Network::Slack => &[],
        Network::Linkedin | Network::Instagram | Network::Messenger => &[
            ("username", "User name", "text", ""),
            ("password", "Password", "password", ""),
        ],
        Network::Twitter => &[
            ("username", "User name", "text", ""),
            ("email", "Mail address", "email", ""),
            ("password", "Password", "password", ""),
        ],
        Network::Google | Network::Outlook => &[
            ("username", "Mail address", "email", ""),
            ("id", "", "hidden", "wizard"),
            ("refresh_token", "", "hidden", "wizard"),
            ("access_token", "", "hidden", "wizard"),
        ],
        Network::Mail => &[
            ("imap_user", "Mail address", "email", ""),
            ("imap_password", "Password", "password", ""),
            ("imap_host", "IMAP server", "text", "imap.mail.example"),
            ("imap_port", "IMAP port", "number", "993"),
            ("imap_encryption", "", "hidden", "tls"),
            ("smtp_user", "User name for sending", "text", ""),
            ("smtp_password", "Password for sending", "password", ""),
            ("smtp_host", "SMTP server", "text", "smtp.mail.example"),
            ("smtp_port", "SMTP port", "number", "465"),
        ],
    }
}

fn name(network: Network) -> &'static str {
    match network {
        Network::Linkedin => "LinkedIn",
        Network::Whatsapp => "WhatsApp",
        Network::Telegram => "Telegram",
        Network::Instagram => "Instagram",
        Network::Messenger => "Messenger",
        Network::Twitter => "X",
        Network::Slack => "Slack",
        Network::Google => "Google",
        Network::Outlook => "Outlook",
        Network::Mail => "Mail",
    }
}
