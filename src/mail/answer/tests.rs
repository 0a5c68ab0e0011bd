//! Who gets an answer, and what stands above it.

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

/// How; from, to, cc, bcc, reply-to; whether it is the user's own; to and cc of the answer.
type Case = (
    Answer,
    [&'static str; 5],
    bool,
    (&'static str, &'static str),
);

const ANSWERS: &[Case] = &[
    (Answer::Reply, ["ada", "me", "", "", ""], false, ("ada", "")),
    (
        Answer::Reply,
        ["ada", "me bob", "cleo", "", ""],
        false,
        ("ada", ""),
    ),
    (
        Answer::Reply,
        ["ada", "me", "", "", "list"],
        false,
        ("list", ""),
    ),
    (
        Answer::Reply,
        ["ada", "me", "", "", "ada2 ada3"],
        false,
        ("ada2 ada3", ""),
    ),
    (
        Answer::Reply,
        ["ada", "me", "", "", "me"],
        false,
        ("ada", ""),
    ),
    (
        Answer::Reply,
        ["me", "ada bob", "cleo", "dan", ""],
        true,
        ("ada bob", ""),
    ),
    (
        Answer::Reply,
        ["me", "ada", "", "", "reply"],
        true,
        ("ada", ""),
    ),
    (Answer::Reply, ["me", "me", "", "", ""], true, ("me", "")),
    (
        Answer::Reply,
        ["me", "me", "ada", "", ""],
        true,
        ("ada", ""),
    ),
    (
        Answer::Reply,
        ["alias", "me", "", "", ""],
        false,
        ("alias", ""),
    ),
    (Answer::Reply, ["", "me", "", "", ""], false, ("", "")),
    (
        Answer::ReplyAll,
        ["ada", "me", "", "", ""],
        false,
        ("ada", ""),
    ),
    (
        Answer::ReplyAll,
        ["ada", "me bob", "cleo", "", ""],
        false,
        ("ada", "bob cleo"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "bob", "me cleo", "", ""],
        false,
        ("ada", "bob cleo"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "me bob", "ALIAS@X.IO", "", ""],
        false,
        ("ada", "bob"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "m.e+shop@googlemail.com bob", "", "", ""],
        false,
        ("ada", "bob"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "me+news bob", "", "", ""],
        false,
        ("ada", "bob"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "bob BOB@x.io bob", "Ada@X.IO", "", ""],
        false,
        ("ada", "bob"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "bob", "bob cleo", "", ""],
        false,
        ("ada", "bob cleo"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "bob bob+tag", "", "", ""],
        false,
        ("ada", "bob bob+tag"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "b@gmail.com b+t@gmail.com", "", "", ""],
        false,
        ("ada", "b@gmail.com"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "me bob", "", "", "list"],
        false,
        ("list", "bob"),
    ),
    (
        Answer::ReplyAll,
        ["ada", "list", "", "", "list"],
        false,
        ("list", ""),
    ),
    (
        Answer::ReplyAll,
        ["ada", "me", "", "secret", ""],
        false,
        ("ada", ""),
    ),
    (
        Answer::ReplyAll,
        ["me", "ada bob", "cleo", "secret", ""],
        true,
        ("ada bob", "cleo"),
    ),
    (
        Answer::ReplyAll,
        ["me", "ada alias", "me cleo ada", "", ""],
        true,
        ("ada", "cleo"),
    ),
    (
        Answer::ReplyAll,
        ["alias", "ada me", "bob", "", ""],
        false,
        ("ada bob", ""),
    ),
    (Answer::ReplyAll, ["me", "me", "", "", ""], true, ("", "")),
    (
        Answer::Forward,
        ["ada", "me bob", "cleo", "secret", "list"],
        false,
        ("", ""),
    ),
];

#[test]
fn answers_go_to_whom_people_expect() {
    let mine = Mine::new(["me@x.io", "Alias@x.io", "me@gmail.com"]);
    for (how, [from, to, cc, bcc, reply_to], own, wanted) in ANSWERS {
        let (how, own) = (*how, *own);
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
