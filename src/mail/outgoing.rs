//! The words of a mail as they go out: always HTML, from which the server makes the plain text.

use crate::model::act::MailBody;

/// The HTML of a mail.
pub fn html(body: &MailBody) -> String {
    match body {
        MailBody::Plain(text) | MailBody::Markdown(text) => plain(text),
        MailBody::Html(html) => html.clone(),
    }
}

/// Plain words as HTML that shows them as they were written.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}
