//! Mails make the same threads in whatever order they come, also when the one that ties two threads together comes last.

use std::collections::BTreeSet;

use jiff::Timestamp;
use onebox::model::email::{Address, Email, Extent, FolderRole, Header, InReplyTo};
use onebox::store::apply::{self, Stamp};
use onebox::store::{Care, Store};
use proptest::prelude::*;

use super::hold;
use super::merge::in_memory;
use crate::support::dump::{assert_index_is_exact, difference, dump};

/// What ties a mail to others.
#[derive(Debug, Clone)]
struct Tie {
    thread: Option<u8>,
    /// Some programs write none.
    has_id: bool,
    /// By number; the last ones are of mails nobody has.
    parent: Option<u8>,
    references: Vec<u8>,
    subject: u8,
    people: u8,
}

const MAILS: usize = 7;

fn ties() -> impl Strategy<Value = Vec<Tie>> {
    let other = 0..9_u8;
    let one = (
        prop::option::weighted(0.3, 0..3_u8),
        prop::bool::weighted(0.9),
        prop::option::weighted(0.4, other.clone()),
        prop::collection::vec(other, 0..2),
        0..4_u8,
        0..2_u8,
    );
    let one = one.prop_map(
        |(thread, has_id, parent, references, subject, people)| Tie {
            thread,
            has_id,
            parent,
            references,
            subject,
            people,
        },
    );
    prop::collection::vec(one, 1..MAILS)
}

/// Mails by their number, all there is of them or their heads only, in an answer each with its number.
type Page = (i64, bool, Vec<usize>);

/// Answers in which every mail comes whole once at least, and their order of arrival.
fn arrivals() -> impl Strategy<Value = (Vec<Tie>, Vec<Page>, Vec<Page>)> {
    let heads = prop::collection::vec(prop::collection::vec(0..MAILS, 1..4), 0..3);
    (ties(), heads, 1..4_usize).prop_flat_map(|(ties, heads, size)| {
        let all: Vec<usize> = (0..ties.len()).collect();
        let whole = all.chunks(size).map(|page| (true, page.to_vec()));
        let heads = heads.into_iter().map(|page| {
            let page: BTreeSet<usize> = page.into_iter().map(|n| n % ties.len()).collect();
            (false, page.into_iter().collect())
        });
        let pages: Vec<(bool, Vec<usize>)> = whole.chain(heads).collect();
        let shuffled = Just(pages).prop_shuffle();
        (Just(ties), shuffled).prop_flat_map(|(ties, pages)| {
            let pages: Vec<Page> = (1..)
                .zip(pages)
                .map(|(stamp, (whole, page))| (stamp, whole, page))
                .collect();
            (Just(ties), Just(pages.clone()), Just(pages).prop_shuffle())
        })
    })
}

fn message_id(n: u8) -> String {
    format!("<{n}@x.example>")
}

fn mail(ties: &[Tie], n: usize, whole: bool) -> Email {
    let (tie, number) = (&ties[n], u8::try_from(n).unwrap());
    let address = |who: u8| Address::new(format!("who{who}@x.example")).named(format!("Who {who}"));
    let references: Vec<String> = tie.references.iter().map(|it| message_id(*it)).collect();
    let role = [FolderRole::Inbox, FolderRole::Sent, FolderRole::Archive][n % 3].clone();
    Email {
        id: format!("e{n}").into(),
        deprecated_id: None,
        account_id: "a".into(),
        provider: None,
        extent: Some(if whole {
            Extent::Full
        } else {
            Extent::Metadata
        }),
        date: Timestamp::from_second(1_700_000_000 + i64::from(number) * 10).unwrap(),
        folders: vec![format!("{role:?}")],
        role,
        folder_ids: vec![],
        is_read: n.is_multiple_of(2),
        read_date: None,
        message_id: tie.has_id.then(|| message_id(number)),
        provider_id: None,
        thread_id: tie.thread.map(|it| format!("t{it}")),
        from: Some(address(tie.people)),
        to: vec![address(9)],
        cc: vec![],
        bcc: vec![],
        reply_to: vec![],
        subject: Some(["", "Lunch", "Re: lunch", "Boat"][usize::from(tie.subject)].to_owned()),
        body: whole.then(|| format!("<p>mail number {n}</p>")),
        body_plain: None,
        has_attachments: Some(false),
        attachments: vec![],
        headers: (whole && !references.is_empty())
            .then(|| Header {
                name: "References".into(),
                value: references.join(" "),
            })
            .into_iter()
            .collect(),
        origin: None,
        tracking_id: None,
        in_reply_to: tie.parent.map(|it| InReplyTo {
            message_id: Some(message_id(it)),
            id: None,
        }),
        is_complete: Some(true),
        parent_mail: None,
    }
}

fn store_of(ties: &[Tie], pages: &[Page]) -> (tempfile::TempDir, Store) {
    let dir = in_memory();
    let store = Store::open(dir.path()).unwrap();
    let pages: Vec<(i64, Vec<Email>)> = pages
        .iter()
        .map(|(stamp, whole, page)| {
            (
                *stamp,
                page.iter().map(|n| mail(ties, *n, *whole)).collect(),
            )
        })
        .collect();
    store
        .write_now(Care::Cache, move |tx| {
            for (stamp, page) in &pages {
                apply::mails(tx, page, Stamp(*stamp))?;
            }
            Ok(())
        })
        .unwrap();
    (dir, store)
}

/// Which mails are one thread, found out by comparing each with each until nothing changes.
fn expected(ties: &[Tie]) -> BTreeSet<BTreeSet<String>> {
    let keys = |n: usize| -> BTreeSet<String> {
        let (tie, number) = (&ties[n], u8::try_from(n).unwrap());
        let mut keys = BTreeSet::from([format!("mail {n}")]);
        keys.extend(tie.thread.map(|it| format!("thread {it}")));
        keys.extend(tie.has_id.then(|| message_id(number)));
        keys.extend(
            tie.parent
                .iter()
                .chain(&tie.references)
                .map(|it| message_id(*it)),
        );
        if tie.thread.is_none() && tie.parent.is_none() && tie.subject > 0 {
            let subject = ["", "lunch", "lunch", "boat"][usize::from(tie.subject)];
            keys.insert(format!("about {subject} from {}", tie.people));
        }
        keys
    };
    let mut threads: Vec<(BTreeSet<String>, BTreeSet<String>)> = Vec::new();
    for n in 0..ties.len() {
        let (mut mails, mut tied) = (BTreeSet::from([format!("e{n}")]), keys(n));
        threads.retain(|(others, theirs)| {
            let apart = theirs.is_disjoint(&tied);
            if !apart {
                mails.extend(others.iter().cloned());
                tied.extend(theirs.iter().cloned());
            }
            apart
        });
        threads.push((mails, tied));
        // What was tied together may tie more.
        let mut changed = true;
        while changed {
            changed = false;
            let Some((mut mails, mut tied)) = threads.pop() else {
                break;
            };
            threads.retain(|(others, theirs)| {
                let apart = theirs.is_disjoint(&tied);
                if !apart {
                    mails.extend(others.iter().cloned());
                    tied.extend(theirs.iter().cloned());
                    changed = true;
                }
                apart
            });
            threads.push((mails, tied));
        }
    }
    threads.into_iter().map(|(mails, _)| mails).collect()
}

fn found(store: &Store) -> BTreeSet<BTreeSet<String>> {
    let rows: Vec<(i64, String)> = store
        .read_now(|db| {
            let mut all = db.prepare("SELECT conversation, uid FROM messages")?;
            let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .unwrap();
    let keys: BTreeSet<i64> = rows.iter().map(|(key, _)| *key).collect();
    let of = |key: i64| {
        rows.iter()
            .filter(move |row| row.0 == key)
            .map(|row| row.1.clone())
    };
    keys.into_iter().map(|key| of(key).collect()).collect()
}

#[test]
fn mails_in_any_order_make_the_same_threads_with_the_same_rows() {
    let cases = if std::env::var_os("ONEBOX_LONG").is_some() {
        4_000
    } else {
        150
    };
    hold(cases, &arrivals(), |(ties, pages, mixed)| {
        let (_dir, straight) = store_of(&ties, &pages);
        let (_other, mixed) = store_of(&ties, &mixed);
        prop_assert_eq!(found(&straight), expected(&ties));
        prop_assert_eq!(found(&mixed), expected(&ties));
        let (one, two) = (dump(&straight), dump(&mixed));
        prop_assert!(one == two, "{}", difference(&one, &two));
        assert_index_is_exact(&mixed);
        Ok(())
    });
}
