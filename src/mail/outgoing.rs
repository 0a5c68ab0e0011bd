//! The words of a mail as they go out: always HTML, from which the server makes the plain text.

use super::write;
use crate::model::act::MailBody;

/// The HTML of a mail.
pub fn html(body: &MailBody) -> String {
    match body {
        MailBody::Plain(text) => write::html(text),
        MailBody::Markdown(text) => write::markdown(text),
        MailBody::Html(html) => html.clone(),
    }
}
