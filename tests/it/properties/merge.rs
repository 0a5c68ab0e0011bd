//! Answers that come in any order, any number of times, make the same store.

use std::collections::BTreeMap;

use jiff::Timestamp;
use onebox::model::account::{
    Account, AccountSource, AccountStatus, Connection, Login, MailServers, Provider,
};
use onebox::model::chat::{Chat, ChatKind, Muted};
use onebox::model::email::{
    Address, Email, EmailAttachment, Extent, Folder, FolderRole, InReplyTo,
};
use onebox::model::message::{Message, MessageEvent, Reaction, Seen};
use onebox::model::person::Attendee;
use onebox::store::apply::{self, Stamp};
use onebox::store::{Care, Result, Store, Tx};
use proptest::prelude::*;
use proptest::sample::Index;

use super::hold;
use crate::support::dump::{assert_index_is_exact, difference, dump};

/// One answer of a server; what it says about a thing is numbered.
#[derive(Debug, Clone)]
enum Answer {
    Accounts(Vec<(u8, u8)>, bool),
    Chats(Vec<(u8, u8)>),
    People(Vec<(u8, u8)>),
    Members(Vec<u8>),
    Messages(Vec<(u8, u8)>),
    Mails(Vec<(u8, u8)>),
    Folders(Vec<(u8, u8)>),
    Gone(u8, u8),
}

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let some = |most: u8| prop::collection::vec((0..most, 0..6_u8), 0..5);
    let one = prop_oneof![
        1 => (prop::collection::vec((0..2_u8, 0..6_u8), 0..3), any::<bool>())
            .prop_map(|(list, whole)| Answer::Accounts(list, whole)),
        2 => some(3).prop_map(Answer::Chats),
        2 => some(5).prop_map(Answer::People),
        1 => prop::collection::vec(0..5_u8, 0..5).prop_map(Answer::Members),
        4 => some(10).prop_map(Answer::Messages),
        4 => some(10).prop_map(Answer::Mails),
        1 => some(4).prop_map(Answer::Folders),
        1 => (0..3_u8, 0..10_u8).prop_map(|(kind, n)| Answer::Gone(kind, n)),
    ];
    prop::collection::vec(one, 1..14)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

/// One of a few texts.
fn words(n: u8) -> String {
    [
        "good morning",
        "see you at nine",
        "",
        "nine apples & https://a.example",
        "Grüße",
        "你好 world",
    ][usize::from(n) % 6]
        .to_owned()
}

fn account(n: u8, how: u8) -> Account {
    let mailbox = MailServers {
        imap_host: None,
        imap_port: None,
        imap_user: Some("Me@x.example".into()),
        imap_encryption: None,
        smtp_host: None,
        smtp_port: None,
        smtp_user: None,
    };
    Account {
        id: format!("a{n}").into(),
        provider: if n == 0 {
            Provider::Telegram
        } else {
            Provider::Imap
        },
        name: format!("name {how}"),
        created_at: None,
        connection: if n == 0 {
            Connection::Messaging(Login {
                id: Some("p0".into()),
                username: None,
            })
        } else {
            Connection::Mailbox(mailbox)
        },
        current_signature: None,
        signatures: vec![],
        groups: vec![],
        sources: vec![AccountSource {
            id: "s".into(),
            status: if how.is_multiple_of(2) {
                AccountStatus::Ok
            } else {
                AccountStatus::Credentials
            },
        }],
        sync_token: None,
        last_fetched_at: None,
    }
}

fn chat(n: u8, how: u8) -> Chat {
    Chat {
        id: format!("c{n}").into(),
        account_id: "a0".into(),
        provider: None,
        provider_id: None,
        attendee_provider_id: (n == 0).then(|| "p1".into()),
        name: (n > 0 && how > 2).then(|| words(how)),
        kind: if n == 0 {
            ChatKind::OneToOne
        } else {
            ChatKind::Group
        },
        last_activity: Some(at(how.into())),
        unread_count: how.into(),
        archived: how == 4,
        pinned: Some(how == 1),
        muted: if how == 5 { Muted::ForEver } else { Muted::No },
        read_only: 0,
        disabled_features: vec![],
        subject: None,
        organization_id: None,
        mailbox_id: None,
        content: None,
        folders: vec![],
        last_message: None,
    }
}

fn person(n: u8, how: u8) -> Attendee {
    Attendee {
        id: format!("id{n}").into(),
        account_id: "a0".into(),
        provider_id: format!("p{n}").into(),
        name: if how == 0 {
            String::new()
        } else {
            format!("Person {n} {}", "x".repeat(how.into()))
        },
        is_self: n == 0,
        hidden: false,
        picture_url: None,
        profile_url: None,
        // Two of them may turn out to be one, and not to be.
        public_identifier: (how > 3).then(|| format!("public-{}", n / 2)),
        specifics: None,
    }
}

fn message(n: u8, how: u8) -> Message {
    let reaction = |value: &str| Reaction {
        value: value.into(),
        sender_id: Some("p2".into()),
        is_sender: false,
    };
    Message {
        id: format!("m{n}").into(),
        account_id: "a0".into(),
        chat_id: format!("c{}", n % 3).into(),
        chat_provider_id: None,
        provider_id: None,
        message_id: None,
        sender_id: Some(format!("p{}", n % 4).into()),
        sender_attendee_id: None,
        text: Some(words(how)),
        subject: None,
        // The server may change its mind about the time.
        timestamp: at(i64::from(n) * 10 + i64::from(how == 5)),
        is_sender: n.is_multiple_of(4),
        attachments: vec![],
        reactions: (0..how % 3)
            .map(|it| reaction(["👍", "🎉"][usize::from(it)]))
            .collect(),
        quoted: None,
        reply_to: None,
        seen: Some(how > 3),
        seen_by: if how > 3 {
            BTreeMap::from([("p1".into(), Seen::Yes)])
        } else {
            BTreeMap::new()
        },
        delivered: None,
        hidden: n == 7,
        deleted: how == 4,
        edited: how == 3,
        event: (n == 8).then_some(MessageEvent::ParticipantAdded),
        behavior: None,
        replies: None,
        reply_by: vec![],
        parent: None,
        is_forwarded: None,
        mentions: None,
        kind: None,
        attendee_kind: None,
        attendee_distance: None,
        sender_urn: None,
    }
}

fn mail(n: u8, how: u8) -> Email {
    let full = how.is_multiple_of(2);
    let address = |who: u8| {
        let name = if n < 6 {
            format!("Name {who}")
        } else {
            format!("Name {who} of {n}")
        };
        let mine = who.is_multiple_of(4);
        let address = if mine {
            "me@x.example".to_owned()
        } else {
            format!("Who{who}@x.example")
        };
        // What somebody is called is remembered when the mail that said so has gone; the owner is never forgotten.
        if mine && n < 6 {
            return Address::new(address);
        }
        Address::new(address).named(name)
    };
    let file = EmailAttachment {
        id: "f".into(),
        name: format!("report {n}.pdf"),
        extension: None,
        size: Some(7),
        mime: None,
        cid: None,
    };
    Email {
        id: format!("e{n}").into(),
        deprecated_id: None,
        account_id: "a1".into(),
        provider: None,
        extent: Some(if full { Extent::Full } else { Extent::Metadata }),
        date: at(i64::from(n) * 10),
        role: if how == 5 {
            FolderRole::Trash
        } else {
            FolderRole::Inbox
        },
        folders: vec![if how == 5 {
            "Trash".into()
        } else {
            "INBOX".into()
        }],
        folder_ids: vec![],
        is_read: how > 2,
        read_date: None,
        message_id: Some(format!("<{n}@x.example>")),
        provider_id: None,
        thread_id: (n < 6).then(|| format!("t{}", n / 3)),
        from: Some(address(n % 5)),
        to: vec![address(n % 3), address(n % 4)],
        cc: vec![],
        bcc: vec![],
        reply_to: vec![],
        subject: Some(if n > 7 {
            "Re: lunch".into()
        } else {
            format!("subject {}", words(how))
        }),
        body: full.then(|| format!("<p>{}</p>", words(how))),
        body_plain: None,
        has_attachments: Some(n.is_multiple_of(2)),
        attachments: if full && n.is_multiple_of(2) {
            vec![file]
        } else {
            vec![]
        },
        headers: vec![],
        origin: None,
        tracking_id: None,
        in_reply_to: (n == 6).then(|| InReplyTo {
            message_id: Some("<7@x.example>".into()),
            id: None,
        }),
        is_complete: Some(true),
        parent_mail: None,
    }
}

fn folder(n: u8, how: u8) -> Folder {
    Folder {
        id: format!("folder{n}").into(),
        account_id: "a1".into(),
        name: format!("Folder {n} {how}"),
        role: FolderRole::Unknown,
        mails: Some(how.into()),
        provider_id: format!("f{n}"),
    }
}

fn put(tx: &Tx<'_>, answer: &Answer, stamp: Stamp) -> Result<()> {
    // No answer tells two things about one.
    fn list<T>(rows: &[(u8, u8)], make: impl Fn(u8, u8) -> T) -> Vec<T> {
        let rows: BTreeMap<_, _> = rows.iter().copied().collect();
        rows.into_iter().map(|(n, how)| make(n, how)).collect()
    }
    match answer {
        Answer::Accounts(rows, whole) => {
            apply::accounts(tx, &list(rows, account), *whole, stamp, at(0)).map(drop)
        }
        Answer::Chats(rows) => apply::chats(tx, &list(rows, chat), stamp).map(drop),
        Answer::People(rows) => apply::attendees(tx, &list(rows, person), stamp).map(drop),
        Answer::Members(rows) => {
            let rows: Vec<_> = rows.iter().map(|n| (*n, *n)).collect();
            apply::members(tx, "a0", "c1", &list(&rows, person), stamp).map(drop)
        }
        Answer::Messages(rows) => apply::messages(tx, &list(rows, message), stamp).map(drop),
        Answer::Mails(rows) => apply::mails(tx, &list(rows, mail), stamp).map(drop),
        Answer::Folders(rows) => apply::folders(tx, "a1", &list(rows, folder), stamp).map(drop),
        Answer::Gone(kind, n) => {
            let uid = match kind {
                0 => format!("m{n}"),
                1 => format!("c{}", n % 3),
                _ => format!("e{}", n % 6),
            };
            apply::gone(tx, &uid, stamp).map(drop)
        }
    }
}

/// A folder that is not written to a disk, where the machine has such: thousands of stores are made here.
pub(super) fn in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// The store after answers in an order; each answer has the number of its request.
fn store_of(answers: &[Answer], order: Vec<usize>) -> (tempfile::TempDir, Store) {
    let dir = in_memory();
    let store = Store::open(dir.path()).unwrap();
    let answers = answers.to_vec();
    store
        .write_now(Care::Cache, move |tx| {
            for at in order {
                put(tx, &answers[at], Stamp(i64::try_from(at).unwrap() + 1))?;
            }
            Ok(())
        })
        .unwrap();
    (dir, store)
}

#[test]
fn answers_in_any_order_and_any_number_of_times_make_the_same_store() {
    let cases = if std::env::var_os("ONEBOX_LONG").is_some() {
        4_000
    } else {
        100
    };
    let disorder = prop::collection::vec(any::<Index>(), 0..30);
    let orders = (answers(), disorder).prop_map(|(answers, disorder)| {
        let mut order: Vec<usize> = disorder.iter().map(|it| it.index(answers.len())).collect();
        // Whatever chance left out comes at the end, the last first.
        order.extend(
            (0..answers.len())
                .rev()
                .filter(|at| !disorder.iter().any(|it| it.index(answers.len()) == *at)),
        );
        (answers, order)
    });
    hold(cases, &orders, |(answers, order)| {
        let (_dir, straight) = store_of(&answers, (0..answers.len()).collect());
        let (_other, mixed) = store_of(&answers, order);
        let (one, two) = (dump(&straight), dump(&mixed));
        prop_assert!(one == two, "{}", difference(&one, &two));
        assert_index_is_exact(&straight);
        assert_index_is_exact(&mixed);
        let problems = mixed.read_now(onebox::store::check::integrity).unwrap();
        prop_assert!(problems.is_empty(), "{problems:?}");
        Ok(())
    });
}
