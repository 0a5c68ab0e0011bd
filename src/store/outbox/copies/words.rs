//! What a mail that is being written says, in one word: to tell whether it has changed here or at the provider.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::mail::{html, outgoing};
use crate::model::act::{Correspondent, FileRef, MailBody, NewMail};
use crate::model::email::{Address, Email};
use crate::model::outbox::{DraftBody, MailDraft};

/// All that would be stored of a mail: another digest means that there is something to store.
pub fn exact(mail: &NewMail) -> String {
    let files: Vec<_> = mail
        .attachments
        .iter()
        .map(|it| (&it.name, &it.sha256))
        .collect();
    digest(&json!([
        mail.account,
        mail.from,
        mail.to,
        mail.cc,
        mail.bcc,
        mail.subject,
        outgoing::html(&mail.body),
        matches!(mail.body, MailBody::Plain(_)),
        mail.reply_to,
        files,
        mail.headers,
        mail.tracking,
    ]))
}

/// What of a mail to be stored can be told from it once it is listed.
pub fn written(mail: &NewMail) -> String {
    let addresses = |list: &[Correspondent]| sorted(list.iter().map(|it| it.address.as_str()));
    let files = mail.attachments.iter().map(|it| it.name.as_str());
    told(
        &mail.subject,
        &[
            addresses(&mail.to),
            addresses(&mail.cc),
            addresses(&mail.bcc),
        ],
        &html::letter(&outgoing::html(&mail.body)).plain(),
        &sorted(files),
    )
}

/// The same of a mail as it is listed.
pub fn listed(mail: &Email) -> String {
    let addresses = |list: &[Address]| sorted(list.iter().map(|it| it.address.as_str()));
    let files = mail.attachments.iter().map(|it| it.name.as_str());
    told(
        mail.subject.as_deref().unwrap_or_default(),
        &[
            addresses(&mail.to),
            addresses(&mail.cc),
            addresses(&mail.bcc),
        ],
        &text(mail),
        &sorted(files),
    )
}

fn told(subject: &str, people: &[Vec<String>; 3], text: &str, files: &[String]) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    digest(&json!([subject.trim(), people, words.join(" "), files]))
}

fn sorted<'a>(list: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = list.map(str::to_lowercase).collect();
    all.sort_unstable();
    all
}

fn digest(value: &serde_json::Value) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(value.to_string()) {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The words of a mail, to go on writing.
fn text(mail: &Email) -> String {
    let html = mail.body.as_deref().unwrap_or_default();
    let text = if html.trim().is_empty() {
        mail.body_plain.clone().unwrap_or_default()
    } else {
        html::letter(html).plain()
    };
    text.trim_end().to_owned()
}

/// A mail that is a draft at the provider, as a draft here. `own` is the address of its account.
pub fn body(mail: &Email, own: Option<&str>, files: Vec<FileRef>) -> DraftBody {
    let people = |list: &[Address]| list.iter().map(Correspondent::from).collect();
    let is_own = |it: &&Address| !own.is_some_and(|own| own.eq_ignore_ascii_case(&it.address));
    DraftBody {
        account: Some(mail.account_id.clone()),
        text: text(mail),
        subject: mail.subject.clone().unwrap_or_default(),
        to: people(&mail.to),
        cc: people(&mail.cc),
        bcc: people(&mail.bcc),
        attachments: files,
        mail: Some(Box::new(MailDraft {
            // An alias; without knowing the own address nothing is one.
            from: own.and(mail.from.as_ref().filter(is_own).map(Correspondent::from)),
            answers: mail.in_reply_to.as_ref().and_then(|it| it.id.clone()),
            ..MailDraft::default()
        })),
        ..DraftBody::default()
    }
}
