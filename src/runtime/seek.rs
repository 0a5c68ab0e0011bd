//! Looks in the store for what the user types: names, hits, and where else in a conversation the words are.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use jiff::Zoned;
use rusqlite::Connection;

use crate::app::seek::{Found, Hit, Known, Marked, Onward, Order, Seek, Sought};
use crate::model::account::Provider;
use crate::model::inbox::AccountKey;
use crate::store::Result;
use crate::store::read::{accounts, conversations};
use crate::store::search::{self, Excerpt, Query};

/// How many names are shown of each kind.
const NAMES: u32 = 8;
/// How many entries are found at once.
const HITS: usize = 60;
/// How long a walk through common words may go on before what was found so far is shown.
const PATIENCE: Duration = Duration::from_millis(20);
/// How many hits of one conversation are walked through with a key.
const WITHIN: usize = 1_000;

/// Answers a question.
pub fn seek(db: &Connection, seek: &Seek) -> Result<Sought> {
    match seek {
        Seek::Recent { limit } => Ok(Sought::Recent(recent(db, *limit)?)),
        Seek::Names { words } => {
            let query = Query::parse(words, &Zoned::now());
            Ok(Sought::Names(names(db, &query)?))
        }
        Seek::Values { people, words } => Ok(Sought::Values(values(db, *people, words)?)),
        Seek::Everything {
            words,
            order,
            after,
        } => {
            let found = everything(db, words, *order, *after)?;
            Ok(Sought::Everything(Box::new(found)))
        }
        Seek::Within {
            words,
            conversation,
        } => {
            let query = Query::parse(words, &Zoned::now());
            let mut hits = search::find_in(db, &query, *conversation, WITHIN)?;
            hits.reverse();
            let wanted = query.terms.into_iter().filter(|it| !it.excluded);
            Ok(Sought::Within {
                conversation: *conversation,
                words: wanted.flat_map(|it| it.words).collect(),
                hits,
            })
        }
    }
}

type Providers = HashMap<AccountKey, Provider>;

fn known(providers: &Providers, title: conversations::Title) -> Option<Known> {
    Some(Known {
        key: title.key,
        account: title.account,
        provider: providers.get(&title.account)?.clone(),
        title: plain(title.title),
        subject: title.subject,
        person: None,
    })
}

fn plain(text: String) -> Marked {
    Marked {
        text,
        ranges: Vec::new(),
    }
}

fn recent(db: &Connection, limit: u32) -> Result<Vec<Known>> {
    let providers = accounts::providers(db)?;
    let titles = conversations::latest_titles(db, limit)?;
    Ok(titles
        .into_iter()
        .filter_map(|it| known(&providers, it))
        .collect())
}

/// Conversations by their names, then by the people in them.
fn names(db: &Connection, query: &Query) -> Result<Vec<Known>> {
    let providers = accounts::providers(db)?;
    let names = search::find_names(db, query, NAMES)?;
    let mut all: Vec<Known> = Vec::new();
    for named in names.conversations {
        let Some(provider) = providers.get(&named.account) else {
            continue;
        };
        all.push(Known {
            key: named.key,
            account: named.account,
            provider: provider.clone(),
            title: marked(named.title),
            subject: named.subject.map(|it| it.text),
            person: None,
        });
    }
    for person in names.people {
        let Some(title) = conversations::latest_of(db, person.key)? else {
            continue;
        };
        if all.iter().any(|it| it.key == title.key) {
            continue;
        }
        all.extend(known(&providers, title).map(|it| Known {
            person: Some(marked(person.name)),
            ..it
        }));
    }
    Ok(all)
}

/// Names that begin like these words, or those of the latest conversations; each once.
fn values(db: &Connection, people: bool, words: &str) -> Result<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    if words.trim().is_empty() {
        let latest = conversations::latest_titles(db, NAMES)?;
        all.extend(latest.into_iter().map(|it| it.title));
    } else {
        let query = Query::parse(words, &Zoned::now());
        let names = search::find_names(db, &query, NAMES)?;
        if people {
            all.extend(names.people.into_iter().map(|it| it.name.text));
        } else {
            let chats = names.conversations.into_iter().filter(|it| !it.is_mail);
            all.extend(chats.map(|it| it.title.text));
        }
    }
    let mut seen = HashSet::new();
    all.retain(|it| !it.trim().is_empty() && seen.insert(it.clone()));
    Ok(all)
}

fn everything(db: &Connection, words: &str, order: Order, after: Option<Onward>) -> Result<Found> {
    let query = Query::parse(words, &Zoned::now());
    let mut found = Found {
        names: match after {
            None => names(db, &query)?,
            Some(_) => Vec::new(),
        },
        notes: query.notes.clone(),
        ..Found::default()
    };
    let providers = accounts::providers(db)?;
    let order = match order {
        Order::Newest => search::Order::Newest,
        Order::Best => search::Order::Best,
    };
    let begun = Instant::now();
    let mut place = after.map(|it| search::Place {
        before: it.before,
        shown: it.shown,
    });
    loop {
        let room = HITS - found.hits.len().min(HITS);
        let window = search::find(db, &query, order, place, room)?;
        let shown = window.hits.into_iter();
        found
            .hits
            .extend(shown.filter_map(|it| hit(&providers, it)));
        place = window.more;
        if place.is_none() || found.hits.len() >= HITS || begun.elapsed() > PATIENCE {
            break;
        }
    }
    found.more = place.map(|it| Onward {
        before: it.before,
        shown: it.shown,
    });
    Ok(found)
}

fn hit(providers: &Providers, hit: search::Hit) -> Option<Hit> {
    let subject = hit.subject.filter(|it| !it.ranges.is_empty());
    // Whatever has the words is shown, the text first.
    let text = if hit.text.ranges.is_empty() {
        subject.or(hit.file).unwrap_or(hit.text)
    } else {
        hit.text
    };
    Some(Hit {
        key: hit.key,
        conversation: hit.conversation,
        provider: providers.get(&hit.account)?.clone(),
        title: hit.title,
        by: hit.sender_name,
        own: hit.own,
        text: marked(text),
    })
}

fn marked(excerpt: Excerpt) -> Marked {
    Marked {
        text: excerpt.text,
        ranges: excerpt.ranges,
    }
}
