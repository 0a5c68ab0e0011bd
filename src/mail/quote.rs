//! The words of older mails in an answer, and of a mail that is passed on.

use jiff::Zoned;

use super::letter::{Letter, Part, Role};
use super::plain::plain;
use crate::model::email::Address;

/// The mail that is answered or passed on.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a> {
    /// In the time of the one who quotes it.
    pub at: Option<&'a Zoned>,
    pub from: Option<&'a Address>,
    pub to: &'a [Address],
    pub cc: &'a [Address],
    pub subject: Option<&'a str>,
    /// Its words, as [`words`] gives them.
    pub text: &'a str,
}

/// The words of a mail that are worth quoting: without its signature.
pub fn words(letter: &Letter) -> String {
    let parts: Vec<Part> = letter
        .parts
        .iter()
        .filter(|it| it.role != Role::Signature)
        .cloned()
        .collect();
    plain(&parts)
}

/// What stands below an answer: who wrote when, and each line with a `>`.
pub fn answered(mail: &Quoted<'_>) -> String {
    let mut out = attribution(mail);
    for line in mail.text.trim_end().lines() {
        out.push('\n');
        out.push_str(match line {
            "" => ">",
            // Signs stand together.
            _ if line.starts_with('>') => ">",
            _ => "> ",
        });
        out.push_str(line.trim_end());
    }
    out.push('\n');
    out
}

/// `On Tue 3 Nov 2026 at 10:00, Ana Ribeiro <ana@x.example> wrote:`
fn attribution(mail: &Quoted<'_>) -> String {
    let at = mail.at.map(|it| format!("On {}, ", moment(it)));
    let from = mail.from.map_or_else(|| "somebody".to_owned(), full);
    format!("{}{from} wrote:", at.unwrap_or_default())
}

/// What stands below one's words when a mail is passed on: its head and its words.
pub fn passed_on(mail: &Quoted<'_>) -> String {
    let all = |list: &[Address]| list.iter().map(full).collect::<Vec<_>>().join(", ");
    let rows = [
        ("From", mail.from.map(full).unwrap_or_default()),
        ("Date", mail.at.map(moment).unwrap_or_default()),
        ("Subject", mail.subject.unwrap_or_default().to_owned()),
        ("To", all(mail.to)),
        ("Cc", all(mail.cc)),
    ];
    let mut out = "---------- Forwarded message ----------\n".to_owned();
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        out.extend([name, ": ", value, "\n"]);
    }
    out.extend(["\n", mail.text.trim_end(), "\n"]);
    out
}

fn moment(at: &Zoned) -> String {
    at.strftime("%a %-d %b %Y at %H:%M").to_string()
}

/// A name with its address, on one line.
fn full(who: &Address) -> String {
    let name = who.name.as_deref().unwrap_or_default();
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name == who.address {
        return who.address.clone();
    }
    format!("{name} <{}>", who.address)
}
