//! Answers to mails: who gets them, and what they are called.

use std::collections::BTreeSet;

use super::address::mailbox;
use crate::model::act::Correspondent;
use crate::model::email::Address;
use crate::model::inbox::MailHead;

/// How a mail is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    Reply,
    ReplyAll,
    Forward,
}

/// Who gets an answer. Whoever got the mail without the others knowing is never among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    pub to: Vec<Correspondent>,
    pub cc: Vec<Correspondent>,
}

/// All addresses of the user: of every mailbox, aliases included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mine(BTreeSet<String>);

impl Mine {
    pub fn new<S: AsRef<str>>(addresses: impl IntoIterator<Item = S>) -> Self {
        Self(
            addresses
                .into_iter()
                .map(|it| mailbox(it.as_ref()))
                .collect(),
        )
    }

    /// Whether mail to this address comes to the user. Whoever has `ada@` has `ada+anything@` as well.
    pub fn has(&self, address: &str) -> bool {
        let address = mailbox(address);
        let untagged = address.rsplit_once('@').and_then(|(user, host)| {
            let (user, _) = user.split_once('+')?;
            Some(format!("{user}@{host}"))
        });
        self.0.contains(&address) || untagged.is_some_and(|it| self.0.contains(&it))
    }
}

/// Who gets the answer to a mail; `own` is one that the user wrote, whose answer goes on to the same people.
pub fn recipients(answer: Answer, head: &MailHead, own: bool, mine: &Mine) -> Recipients {
    let mut seen = BTreeSet::new();
    let mut others = |list: &[Address]| -> Vec<Correspondent> {
        let new = |it: &&Address| {
            !it.address.trim().is_empty()
                && !mine.has(&it.address)
                && seen.insert(mailbox(&it.address))
        };
        list.iter().filter(new).map(Correspondent::from).collect()
    };
    let from: Vec<Address> = head.from.iter().cloned().collect();
    let writers = if head.reply_to.is_empty() || own {
        &from
    } else {
        &head.reply_to
    };
    match answer {
        Answer::Forward => Recipients::default(),
        Answer::Reply => {
            let list = if own { &head.to } else { writers };
            let mut to = others(list);
            if to.is_empty() && own {
                to = others(&head.cc);
            }
            // Some write only to themselves, from one mailbox to the other.
            if to.is_empty() && !own {
                to = others(&from);
            }
            if to.is_empty() {
                to = once(list);
            }
            Recipients { to, cc: Vec::new() }
        }
        Answer::ReplyAll if own => Recipients {
            to: others(&head.to),
            cc: others(&head.cc),
        },
        Answer::ReplyAll => {
            let to = others(writers);
            let all: Vec<Address> = head.to.iter().chain(&head.cc).cloned().collect();
            let cc = others(&all);
            // A mail of one's own other mailbox: the others it went to are answered.
            if to.is_empty() {
                return Recipients {
                    to: cc,
                    cc: Vec::new(),
                };
            }
            Recipients { to, cc }
        }
    }
}

fn once(list: &[Address]) -> Vec<Correspondent> {
    let mut seen = BTreeSet::new();
    let new = |it: &&Address| !it.address.trim().is_empty() && seen.insert(mailbox(&it.address));
    list.iter().filter(new).map(Correspondent::from).collect()
}

/// What programs of all languages put before a subject that is answered or passed on.
const PREFIXES: &[&str] = &[
    // Answered.
    "re",
    "aw",
    "antw",
    "antwort",
    "sv",
    "vs",
    "vá",
    "vast",
    "odp",
    "r",
    "rif",
    "res",
    "réf",
    "ref",
    "bls",
    "atb",
    "απ",
    "σχετ",
    "ynt",
    "ilt",
    "yan",
    "回复",
    "回覆",
    "答复",
    "答覆",
    "回信",
    "返信",
    "회신",
    "отв",
    "תגובה",
    "השב",
    "رد",
    // Passed on.
    "fwd",
    "fw",
    "wg",
    "tr",
    "rv",
    "enc",
    "i",
    "doorst",
    "vb",
    "vl",
    "vidarebefordrat",
    "pd",
    "továbbítás",
    "πρθ",
    "i̇lt",
    "trs",
    "转发",
    "轉寄",
    "轉發",
    "転送",
    "전달",
    "пересл",
    "הועבר",
];

/// The subject of an answer: `Re:` or `Fwd:` once, whatever stood there before and in which language.
pub fn subject(answer: Answer, subject: &str) -> String {
    let prefix = match answer {
        Answer::Reply | Answer::ReplyAll => "Re:",
        Answer::Forward => "Fwd:",
    };
    let bare = bare(subject);
    if bare.is_empty() {
        return prefix.to_owned();
    }
    format!("{prefix} {bare}")
}

/// A subject without what programs put before it.
pub fn bare(subject: &str) -> String {
    let mut rest = subject.trim();
    let mut tags = String::new();
    loop {
        if let Some(behind) = unprefixed(rest) {
            rest = behind.trim_start();
        } else if let Some((tag, behind)) = tagged(rest) {
            // The name of a list stays, and what stands behind it goes.
            tags.push_str(tag);
            tags.push(' ');
            rest = behind.trim_start();
        } else {
            break;
        }
    }
    format!("{tags}{rest}").trim_end().to_owned()
}

/// What stands behind `Re:`, `AW :`, `RE[2]:`, `Re(3)：` or another of them.
fn unprefixed(subject: &str) -> Option<&str> {
    let (word, behind) = subject.split_once([':', '：'])?;
    let word = word.trim_end();
    let word = word
        .strip_suffix([']', ')'])
        .and_then(|it| it.rsplit_once(['[', '(']))
        .filter(|(_, count)| !count.is_empty() && count.bytes().all(|it| it.is_ascii_digit()))
        .map_or(word, |(word, _)| word.trim_end());
    let word = word.trim_end_matches(|c: char| c == '^' || c.is_ascii_digit());
    let word = word.to_lowercase();
    PREFIXES.contains(&word.as_str()).then_some(behind)
}

/// `[list]` at the start when something is put behind it.
fn tagged(subject: &str) -> Option<(&str, &str)> {
    let end = subject.strip_prefix('[')?.find(']')? + 2;
    let (tag, behind) = subject.split_at_checked(end)?;
    unprefixed(behind.trim_start())?;
    Some((tag, behind))
}

#[cfg(test)]
mod tests;
