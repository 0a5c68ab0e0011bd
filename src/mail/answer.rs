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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::email::{Extent, FolderRole};

    fn people(text: &str) -> Vec<Address> {
        let all = text.split_whitespace();
        all.map(|it| {
            Address::new(if it.contains('@') {
                it.to_owned()
            } else {
                format!("{it}@x.io")
            })
        })
        .collect()
    }

    fn head(from: &str, to: &str, cc: &str, bcc: &str, reply_to: &str) -> MailHead {
        MailHead {
            message_id: None,
            provider_id: None,
            role: FolderRole::Inbox,
            folders: Vec::new(),
            from: people(from).pop(),
            to: people(to),
            cc: people(cc),
            bcc: people(bcc),
            reply_to: people(reply_to),
            extent: Extent::Full,
            is_complete: None,
            has_html: false,
            body: None,
        }
    }

    fn said(all: &[Correspondent]) -> String {
        let short = |it: &Correspondent| it.address.trim_end_matches("@x.io").to_owned();
        all.iter().map(short).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn answers_go_to_whom_people_expect() {
        use Answer::{Forward, Reply, ReplyAll};
        let mine = Mine::new(["me@x.io", "Alias@x.io", "me@gmail.com"]);
        // How; from, to, cc, bcc, reply-to; own; to and cc of the answer.
        for (how, [from, to, cc, bcc, reply_to], own, wanted) in [
            (Reply, ["ada", "me", "", "", ""], false, ("ada", "")),
            (Reply, ["ada", "me bob", "cleo", "", ""], false, ("ada", "")),
            (Reply, ["ada", "me", "", "", "list"], false, ("list", "")),
            (
                Reply,
                ["ada", "me", "", "", "ada2 ada3"],
                false,
                ("ada2 ada3", ""),
            ),
            (Reply, ["ada", "me", "", "", "me"], false, ("ada", "")),
            (
                Reply,
                ["me", "ada bob", "cleo", "dan", ""],
                true,
                ("ada bob", ""),
            ),
            (Reply, ["me", "ada", "", "", "reply"], true, ("ada", "")),
            (Reply, ["me", "me", "", "", ""], true, ("me", "")),
            (Reply, ["me", "me", "ada", "", ""], true, ("ada", "")),
            (Reply, ["alias", "me", "", "", ""], false, ("alias", "")),
            (Reply, ["", "me", "", "", ""], false, ("", "")),
            (ReplyAll, ["ada", "me", "", "", ""], false, ("ada", "")),
            (
                ReplyAll,
                ["ada", "me bob", "cleo", "", ""],
                false,
                ("ada", "bob cleo"),
            ),
            (
                ReplyAll,
                ["ada", "bob", "me cleo", "", ""],
                false,
                ("ada", "bob cleo"),
            ),
            (
                ReplyAll,
                ["ada", "me bob", "ALIAS@X.IO", "", ""],
                false,
                ("ada", "bob"),
            ),
            (
                ReplyAll,
                ["ada", "m.e+shop@googlemail.com bob", "", "", ""],
                false,
                ("ada", "bob"),
            ),
            (
                ReplyAll,
                ["ada", "me+news bob", "", "", ""],
                false,
                ("ada", "bob"),
            ),
            (
                ReplyAll,
                ["ada", "bob BOB@x.io bob", "Ada@X.IO", "", ""],
                false,
                ("ada", "bob"),
            ),
            (
                ReplyAll,
                ["ada", "bob", "bob cleo", "", ""],
                false,
                ("ada", "bob cleo"),
            ),
            (
                ReplyAll,
                ["ada", "bob bob+tag", "", "", ""],
                false,
                ("ada", "bob bob+tag"),
            ),
            (
                ReplyAll,
                ["ada", "b@gmail.com b+t@gmail.com", "", "", ""],
                false,
                ("ada", "b@gmail.com"),
            ),
            (
                ReplyAll,
                ["ada", "me bob", "", "", "list"],
                false,
                ("list", "bob"),
            ),
            (
                ReplyAll,
                ["ada", "list", "", "", "list"],
                false,
                ("list", ""),
            ),
            (
                ReplyAll,
                ["ada", "me", "", "secret", ""],
                false,
                ("ada", ""),
            ),
            (
                ReplyAll,
                ["me", "ada bob", "cleo", "secret", ""],
                true,
                ("ada bob", "cleo"),
            ),
            (
                ReplyAll,
                ["me", "ada alias", "me cleo ada", "", ""],
                true,
                ("ada", "cleo"),
            ),
            (
                ReplyAll,
                ["alias", "ada me", "bob", "", ""],
                false,
                ("ada bob", ""),
            ),
            (ReplyAll, ["me", "me", "", "", ""], true, ("", "")),
            (
                Forward,
                ["ada", "me bob", "cleo", "secret", "list"],
                false,
                ("", ""),
            ),
        ] {
            let found = recipients(how, &head(from, to, cc, bcc, reply_to), own, &mine);
            let found = (said(&found.to), said(&found.cc));
            let wanted = (wanted.0.to_owned(), wanted.1.to_owned());
            assert_eq!(found, wanted, "{how:?} {from} {to} {cc} {reply_to}");
        }
    }

    #[test]
    fn names_go_along() {
        let mut head = head("", "me", "", "", "");
        head.from = Some(Address::new("ada@x.io").named("Ada Martin"));
        let found = recipients(Answer::ReplyAll, &head, false, &Mine::new(["me@x.io"]));
        assert_eq!(found.to[0].name.as_deref(), Some("Ada Martin"));
    }

    #[test]
    fn re_and_fwd_are_put_once_whatever_the_language() {
        for (before, bare) in [
            ("Contract", "Contract"),
            ("Re: Contract", "Contract"),
            ("RE: re:Re : Contract", "Contract"),
            ("RE[2]: Contract", "Contract"),
            ("Re(3): Re^2: Contract", "Contract"),
            ("Re2: Contract", "Contract"),
            ("AW: WG: Contract", "Contract"),
            ("Antw: SV: VS: Odp: Contract", "Contract"),
            ("Réf : TR: Contract", "Contract"),
            ("Rif: I: R: Contract", "Contract"),
            ("RES: ENC: Contract", "Contract"),
            ("YNT: İLT: Contract", "Contract"),
            ("回复：转发: Contract", "Contract"),
            ("ΑΠ: ΠΡΘ: Contract", "Contract"),
            ("Fwd: FW: Contract", "Contract"),
            ("[team] Re: Contract", "[team] Contract"),
            ("Re: [team] Re: Contract", "[team] Contract"),
            ("[team] Contract", "[team] Contract"),
            ("Reminder: Contract", "Reminder: Contract"),
            ("Resolved: a bug", "Resolved: a bug"),
            ("10:30 at the harbour", "10:30 at the harbour"),
            ("Fwd at noon: boats", "Fwd at noon: boats"),
            ("  ", ""),
            ("Re:", ""),
        ] {
            let with = |prefix: &str| format!("{prefix} {bare}").trim_end().to_owned();
            assert_eq!(subject(Answer::ReplyAll, before), with("Re:"), "{before}");
            assert_eq!(subject(Answer::Forward, before), with("Fwd:"), "{before}");
        }
    }

    fn some() -> impl Strategy<Value = Vec<Address>> {
        let address = prop_oneof![
            "(ME|me|Me)(\\+[a-z])?@(x|X)\\.io",
            "(alias|m\\.e)(\\+s)?@(gmail|googlemail)\\.com",
            "[a-cA-C](\\+[a-z])?@(x\\.io|gmail\\.com)",
        ];
        prop::collection::vec(address.prop_map(Address::new), 0..6)
    }

    proptest! {
        #[test]
        fn an_answer_to_all_has_none_of_the_own_addresses_nobody_twice_and_no_blind_copy(
            from in some(), to in some(), cc in some(), reply_to in some(), own in any::<bool>(), secret in "[a-z]{1,5}@secret\\.io",
        ) {
            let mine = Mine::new(["me@x.io", "alias@gmail.com", "me@gmail.com"]);
            let mut head = head("", "", "", "", "");
            head.from = from.first().cloned();
            (head.to, head.cc, head.reply_to) = (to, cc, reply_to);
            head.bcc = vec![Address::new(secret.clone())];
            for how in [Answer::Reply, Answer::ReplyAll, Answer::Forward] {
                let found = recipients(how, &head, own, &mine);
                let all: Vec<&Correspondent> = found.to.iter().chain(&found.cc).collect();
                let boxes: BTreeSet<String> = all.iter().map(|it| mailbox(&it.address)).collect();
                prop_assert_eq!(boxes.len(), all.len(), "{:?}", all);
                prop_assert!(all.iter().all(|it| it.address != secret));
                // A single answer goes to oneself only where there is nobody else.
                let mixed = all.len() > 1 && all.iter().any(|it| !mine.has(&it.address));
                if how != Answer::Reply || mixed {
                    prop_assert!(all.iter().all(|it| !mine.has(&it.address)), "{:?} {:?}", how, all);
                }
            }
        }

        #[test]
        fn answering_again_and_again_never_grows_the_subject(text in any::<String>(), forward in any::<bool>()) {
            let how = if forward { Answer::Forward } else { Answer::Reply };
            let once = subject(how, &text);
            prop_assert_eq!(subject(how, &once), once);
        }
    }
}
