//! What of a message can be opened: its links and its files; a window to pick from when there are several.

use super::effect::Fetch;
use crate::mail::letter::{Letter, Link};
use crate::mail::links::links;
use crate::model::inbox::{Entry, StoredAccount};

/// Something that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Openable {
    Link(Way),
    File(Fetch),
}

impl Openable {
    /// What the window calls it.
    pub fn words(&self) -> &str {
        match self {
            Self::Link(way) => &way.target,
            Self::File(file) => &file.name,
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub target: String,
    /// The host it shows although it leads to another one.
    pub pretends: Option<String>,
}

/// The window to pick from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Openables {
    pub items: Vec<Openable>,
    pub cursor: usize,
}

/// The files of an entry that can be fetched.
pub fn files(entry: &Entry, account: Option<&StoredAccount>) -> Vec<Fetch> {
    let all = entry.attachments.iter().enumerate();
    all.filter(|(_, it)| !it.unavailable && !it.id.as_str().is_empty())
        .map(|(at, it)| Fetch {
            place: at,
            account: account.map(|it| it.id.clone()),
            message: entry.uid.clone(),
            attachment: it.id.clone(),
            is_mail: entry.mail.is_some(),
            name: it.name.clone().unwrap_or_else(|| it.kind.clone()),
            mime: it.mime.clone(),
        })
        .collect()
}

/// Where the links of an entry lead, as they are numbered.
pub fn ways(entry: &Entry, letter: Option<&Letter>) -> Vec<Way> {
    if let Some(letter) = letter {
        let links = letter.links.iter();
        let way = |it: &Link| Way {
            target: it.target.clone(),
            pretends: it.pretends.clone(),
        };
        return links.map(way).collect();
    }
    let links = links(&entry.text).into_iter();
    let way = |target| Way {
        target,
        pretends: None,
    };
    links.map(|it| way(it.url)).collect()
}

/// All that can be opened of an entry, links first.
pub fn all(
    entry: &Entry,
    letter: Option<&Letter>,
    account: Option<&StoredAccount>,
) -> Vec<Openable> {
    let found = ways(entry, letter).into_iter();
    let mut all: Vec<Openable> = found.map(Openable::Link).collect();
    all.extend(files(entry, account).into_iter().map(Openable::File));
    all
}
