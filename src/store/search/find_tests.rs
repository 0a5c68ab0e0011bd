//! What is found is what a reader of everything would find, whatever the query and however it is paged.

use std::collections::HashSet;

use jiff::{Timestamp, Zoned};
use proptest::prelude::*;
use rusqlite::Connection;

use super::find::{Bounds, find_within};
use super::samples::{self, Story};
use super::tests::same_every_time;
use super::*;
use crate::model::inbox::{Conversation, Entry, EntryKey};
use crate::store::read::{conversations, entries};

const PARTS: &[&str] = &[
    "alpha",
    "al",
    "be",
    "\"alpha beta\"",
    "-gamma",
    "-\"beta alpha\"",
    "réunion",
    "rapport",
    "東",
    "from:ada",
    "-from:ada",
    "from:bo@x",
    "from:me",
    "to:bo",
    "to:ada",
    "-to:ada",
    "to:me",
    "in:team",
    "-in:team",
    "in:receipts",
    "in:offer",
    "account:whatsapp",
    "-account:work",
    "has:link",
    "has:image",
    "has:file",
    "-has:attachment",
    "is:unread",
    "-is:unread",
    "is:read",
    "is:starred",
    "is:unanswered",
    "is:archived",
    "-is:muted",
    "is:mine",
    "before:2023-11-16",
    "after:2023-11-15",
    "on:2023-11-15",
    "-on:2023-11-15",
];

fn parse(text: &str) -> Query {
    let now: Zoned = "2023-11-20T12:00[UTC]".parse().unwrap();
    Query::parse(text, &now)
}

/// Whether a text has a term.
fn has(text: &str, term: &Term) -> bool {
    let query = Query {
        terms: vec![Term {
            excluded: false,
            ..term.clone()
        }],
        ..Query::default()
    };
    !highlights(text, &query).is_empty()
}

fn called(name: &str, value: &str) -> bool {
    has(name, &parse(value).terms[0])
}

/// Everything that is stored, read without any index.
struct Reader<'d> {
    db: &'d Connection,
    all: Vec<(Entry, Conversation)>,
}

impl<'d> Reader<'d> {
    fn new(db: &'d Connection) -> Self {
        let all = entries::all_from(db, EntryKey(i64::MIN), 10_000).unwrap();
        let of = |entry: &Entry| conversations::get(db, entry.conversation).unwrap().unwrap();
        let all = all.into_iter().map(|entry| (of(&entry), entry));
        Self {
            db,
            all: all
                .map(|(conversation, entry)| (entry, conversation))
                .collect(),
        }
    }

    /// Newest first.
    fn found(&self, query: &Query) -> Vec<EntryKey> {
        let fits = |(entry, conversation): &&(Entry, Conversation)| {
            !entry.hidden && !entry.deleted && self.fits(query, entry, conversation)
        };
        let found = self.all.iter().rev().filter(fits);
        found.map(|(entry, _)| entry.key).collect()
    }

    fn fits(&self, query: &Query, entry: &Entry, conversation: &Conversation) -> bool {
        let files: Vec<&str> = entry
            .attachments
            .iter()
            .filter_map(|it| it.name.as_deref())
            .collect();
        let subject = entry.subject.clone().unwrap_or_default();
        let fields = [entry.text.clone(), subject, files.join(" ")];
        let words = query
            .terms
            .iter()
            .all(|term| fields.iter().any(|field| has(field, term)) != term.excluded);
        // Of one kind, one that holds is enough, or one that must not hold too much.
        words
            && query.filters.iter().all(|filter| {
                let kin = query.filters.iter().filter(|other| {
                    let same =
                        std::mem::discriminant(&other.what) == std::mem::discriminant(&filter.what);
                    let widens = matches!(
                        filter.what,
                        What::From(_) | What::To(_) | What::In(_) | What::Account(_)
                    );
                    other.excluded == filter.excluded && same && (widens || *other == filter)
                });
                kin.into_iter()
                    .any(|it| self.holds(&it.what, entry, conversation))
                    != filter.excluded
            })
    }

    fn holds(&self, what: &What, entry: &Entry, conversation: &Conversation) -> bool {
        let mail = entry.mail.as_deref();
        let is_of = |id: &str, value: &str| {
            samples::name_of(id).is_some_and(|name| called(name, value))
                || value.contains('@') && id.contains(value)
        };
        match what {
            What::From(value) if value == "me" => entry.own,
            What::To(value) if value == "me" => !entry.own,
            What::From(value) => entry
                .sender_id
                .as_ref()
                .is_some_and(|id| is_of(id.as_str(), value)),
            What::To(value) => match mail {
                Some(mail) => {
                    let everyone = mail.to.iter().chain(&mail.cc).chain(&mail.bcc);
                    everyone.into_iter().any(|it| is_of(&it.address, value))
                }
                None => {
                    entry.own
                        && samples::other(&conversation.uid).is_some_and(|id| is_of(id, value))
                }
            },
            What::In(value) => {
                let subject = conversation.subject.as_deref().unwrap_or_default();
                called(&format!("{} {subject}", conversation.title), value)
                    || mail.is_some_and(|it| it.folders.iter().any(|name| called(name, value)))
            }
            What::Account(value) => called(if mail.is_some() { "Work" } else { "WHATSAPP" }, value),
            What::Has(Has::Attachment) => !entry.attachments.is_empty(),
            What::Has(Has::Link) => entry.text.contains("https://x"),
            What::Has(Has::Image) => entry.attachments.iter().any(|it| it.kind == "img"),
            What::Has(_) => entry.attachments.iter().any(|it| it.kind == "file"),
            What::Is(is) => self.is(*is, entry, conversation),
            What::Sent(span) => {
                let at = entry.key.time();
                span.since.is_none_or(|it| at >= it) && span.until.is_none_or(|it| at < it)
            }
        }
    }

    fn is(&self, is: Is, entry: &Entry, conversation: &Conversation) -> bool {
        let theirs = self.all.iter().filter(|(it, _)| {
            it.conversation == entry.conversation && !it.own && !it.hidden && it.key > entry.key
        });
        let unread = match entry.mail {
            Some(_) => entry.unread,
            None => !entry.own && (theirs.count() as u64) < conversation.unread,
        };
        match is {
            Is::Unread => unread,
            Is::Read => !unread,
            Is::Starred => entry.starred || self.is_marked(conversation),
            Is::Unanswered => conversation.needs_reply,
            Is::Archived => conversation.archived && !self.is_away(conversation),
            Is::Muted => conversation.muted,
            Is::Mine => entry.own,
        }
    }

    fn is_marked(&self, conversation: &Conversation) -> bool {
        let query = "SELECT count(*) FROM settings WHERE conversation = ?1 AND starred = 1";
        self.db
            .query_row(query, [conversation.key.0], |row| row.get(0))
            .unwrap()
    }

    fn is_away(&self, conversation: &Conversation) -> bool {
        let query = "SELECT archived = 2 FROM conversations WHERE id = ?1";
        self.db
            .query_row(query, [conversation.key.0], |row| row.get(0))
            .unwrap()
    }
}

fn bounds() -> impl Strategy<Value = Bounds> {
    let bounds = (1..40_usize, 1..20_usize, 1..6_usize, 1..9_usize);
    bounds.prop_map(|(examined, ranked, batch, sample)| Bounds {
        examined,
        ranked,
        batch,
        sample,
    })
}

/// All windows after each other.
fn all(db: &Connection, query: &Query, order: Order, limit: usize, bounds: Bounds) -> Vec<Hit> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let window = find_within(db, query, order, after, limit, bounds).unwrap();
        assert!(window.hits.len() <= limit);
        found.extend(window.hits);
        after = window.more;
        if after.is_none() {
            return found;
        }
    }
}

fn keys(hits: &[Hit]) -> Vec<EntryKey> {
    hits.iter().map(|hit| hit.key).collect()
}

fn queries() -> impl Strategy<Value = Vec<String>> {
    let query = prop::collection::vec(prop::sample::select(PARTS), 1..4);
    prop::collection::vec(query.prop_map(|parts| parts.join(" ")), 12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..same_every_time() })]
    #[test]
    fn a_search_finds_what_reading_everything_would(
        story in samples::stories(), queries in queries(), limit in 1..9_usize, bounds in bounds(),
    ) {
        let (_dir, store) = story.told();
        store.read_now(|db| {
            let reader = Reader::new(db);
            for asked in &queries {
                let query = parse(asked);
                let expected = reader.found(&query);
                let newest = all(db, &query, Order::Newest, limit, bounds);
                assert_eq!(keys(&newest), expected, "{asked}");
                let usual = find(db, &query, Order::Newest, None, 1_000).unwrap();
                assert_eq!(keys(&usual.hits), expected, "{asked}");
                let best = all(db, &query, Order::Best, limit, bounds);
                let distinct: HashSet<EntryKey> = best.iter().map(|hit| hit.key).collect();
                assert_eq!(distinct.len(), best.len(), "{asked}");
                assert_eq!(distinct, expected.into_iter().collect(), "{asked}");
            }
            Ok(())
        }).unwrap();
    }
}

#[test]
fn the_best_hit_is_the_one_that_is_about_it() {
    let mut story = Story::default();
    for (second, text) in [
        (0, "alpha beta alpha"),
        (10, "alphabet"),
        (
            20,
            "a long text that says alpha once and then goes on about many other things for no reason at all",
        ),
        (30, "nothing of the kind"),
    ] {
        story.messages.push(samples::said(second, text));
    }
    let (_dir, store) = story.told();
    let texts = store.read_now(|db| {
        let found = find(db, &parse("alpha"), Order::Best, None, 10)?;
        Ok(found
            .hits
            .into_iter()
            .map(|hit| hit.text.text)
            .collect::<Vec<_>>())
    });
    let texts = texts.unwrap();
    let starts: Vec<_> = texts.iter().map(|text| &text[..6]).collect();
    assert_eq!(starts, ["alpha ", "a long", "alphab"]);
}

#[test]
fn a_hit_says_where_it_is_from_and_where_its_words_stand() {
    let mut story = Story::default();
    story
        .messages
        .push(samples::said(5, "See the\nRÉUNION notes"));
    let (_dir, store) = story.told();
    let (hits, names) = store
        .read_now(|db| {
            let hits = find(db, &parse("reunion"), Order::Newest, None, 10)?.hits;
            Ok((hits, find_names(db, &parse("ad"), 10)?))
        })
        .unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].title, "Ada Lovelace");
    assert_eq!(hits[0].sender_name.as_deref(), Some("Ada Lovelace"));
    assert_eq!(
        hits[0].key.time(),
        Timestamp::from_second(samples::BEGAN + 5).unwrap()
    );
    let place = hits[0].text.ranges[0].clone();
    assert_eq!(
        (hits[0].text.text.as_str(), &hits[0].text.text[place]),
        ("See the RÉUNION notes", "RÉUNION")
    );
    assert_eq!(names.people[0].name.text, "Ada Lovelace");
    assert_eq!(names.people[0].name.ranges.first(), Some(&(0..3)));
    assert_eq!(names.conversations[0].title.text, "Ada Lovelace");
}

#[test]
fn the_beginning_of_a_few_words_or_of_very_many_finds_all_of_them_once() {
    let bounds = Bounds {
        examined: 1_000,
        ranked: 100,
        batch: 10,
        sample: 5,
    };
    // The bare beginning is a word, too.
    let ends = |many: u32| (1..many).map(|nth| char::from_u32(0x430 + nth));
    for (start, many) in ["pro", "proj", "proje", "projec"]
        .into_iter()
        .flat_map(|start| [1, 24, 25, 80_u32].map(|many| (start, many)))
    {
        let words = [None].into_iter().chain(ends(many)).map(|end| {
            let end = end.map(String::from).unwrap_or_default();
            format!("{start}{end}")
        });
        let words: Vec<_> = words.collect();
        let said = |(second, word)| samples::said(second, &format!("{word} {word}e"));
        let mut story = Story::default();
        story.messages = (0..).zip(&words).map(said).collect();
        let (_dir, store) = story.told();
        let found = |text: &str| {
            let query = parse(text);
            let hits = |db: &Connection| Ok(all(db, &query, Order::Newest, 7, bounds));
            store.read_now(hits).unwrap().len()
        };
        let many = many as usize;
        assert_eq!(found(start), many);
        assert_eq!(found(&format!("{start} {start}")), many);
        let one = &words[1 % words.len()];
        assert_eq!(found(&format!("{start} -\"{one}\"")), many - 1, "{one}");
        assert_eq!(found(&format!("{start}x")), 0);
    }
}
